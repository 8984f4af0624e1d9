/**
 * Checks what acts say they come `after`: a tree of this log, by size and root.
 *
 * Law     `after` is the root of a true beginning of the log, so an act proves which history its signer had seen; an
 *         act signed on a fork fits no other.
 * Cost    One query of a few hundred hashes for a size not asked before; sizes asked are checkpoints, so few.
 */
import type { LogRepository } from '@homeward/store';
import { encodeBase64 } from '@homeward/tlog';

export interface RootMemory {
  /** The root of the first `size` entries, base64; nothing where the log is shorter. */
  findRoot(size: number): Promise<string | undefined>;
}

const rootsMax = 4_096;

export function createRootMemory(log: LogRepository, sizeNow: () => number): RootMemory {
  const roots = new Map<number, Promise<string>>();
  return {
    async findRoot(size) {
      if (size > sizeNow()) return undefined;
      let root = roots.get(size);
      if (root === undefined) {
        if (roots.size >= rootsMax) roots.clear();
        root = log.rootAt(size).then(encodeBase64);
        roots.set(size, root);
        root.catch(() => roots.delete(size));
      }
      return root;
    },
  };
}
