import { emptyRoot, type Hash, levelSize, nodeHash, tileWidth } from '@homeward/tlog';
import { nativeSha256 } from './hashing.ts';

/** The root of a full tile: of 2^n hashes. */
export function perfectRoot(hashes: readonly Hash[]): Hash {
  let level = hashes;
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, at) =>
      nodeHash(level[2 * at]!, level[2 * at + 1]!, nativeSha256),
    );
  }
  return level[0]!;
}

/** For each level of a tree of `size` leaves: which of its hashes stand in its last, unfinished tile. */
export function rightEdge(size: number): readonly { level: number; from: number; to: number }[] {
  const edge: { level: number; from: number; to: number }[] = [];
  for (let level = 0; levelSize(level, size) > 0; level += 1) {
    const to = levelSize(level, size);
    edge.push({ level, from: to - (to % tileWidth), to });
  }
  return edge;
}

/**
 * The RFC 6962 root over the unfinished tile of each level (`partials[level]`, as `rightEdge` names them).
 *
 * Cost    At most 255 hashes per level.
 */
export function edgeRoot(partials: readonly (readonly Hash[])[]): Hash {
  let right: Hash | undefined;
  // From the lowest, rightmost perfect subtree to the tallest: the fold of RFC 6962, section 2.1.
  for (const hashes of partials) {
    for (let end = hashes.length; end > 0;) {
      const width = end & -end;
      const left = perfectRoot(hashes.slice(end - width, end));
      right = right === undefined ? left : nodeHash(left, right, nativeSha256);
      end -= width;
    }
  }
  return right ?? emptyRoot(nativeSha256);
}
