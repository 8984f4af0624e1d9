/** A node's own log, as the source that proofs are made from. */
import type { LogRepository, Store } from '@homeward/store';
import { isEqualBytes, type TileSource } from '@homeward/tlog';

export function toStoreSource(log: LogRepository): TileSource {
  return { read: async (path) => log.findTile(path) };
}

/** Whether a tree is a beginning of this node's log. */
export async function isBeginning({ log }: Store, size: number, root: Uint8Array): Promise<boolean> {
  return size <= (await log.size()) && isEqualBytes(await log.rootAt(size), root);
}
