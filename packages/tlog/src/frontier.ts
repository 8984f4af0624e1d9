/**
 * The right-hand edge of a Merkle tree: all that is needed to go on growing it.
 *
 *     size 7          o
 *                 /       \
 *               A           o          roots = [A, B, C], one per set bit of the size,
 *             /   \       /   \        the tallest first
 *            o     o     B     C
 *           / \   / \   / \
 *          0   1 2   3 4   5   6
 *
 * Law     The root over a frontier is the root over all its leaves [LG-5].
 * Cost    At most log2(size) hashes kept; an append hashes once on average, log2(size) times at worst;
 *         the root takes one hash per set bit of the size but one.
 * Source  RFC 6962, section 2.1; "compact range" in transparency-dev/merkle, docs/compact_ranges.md.
 */
import { emptyRoot, type Hash, nodeHash, pureSha256, type Sha256 } from './hashing.ts';

/** The roots of the perfect subtrees that tile `size` leaves from left to right, the tallest first. */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Hash[];
}

/** The frontier of the tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, roots: [] };

/** The frontier with one more leaf. The given one stays as it was. */
export function appendLeaf(frontier: Frontier, leaf: Hash, sha256: Sha256 = pureSha256): Frontier {
  const roots = [...frontier.roots];
  let subtree = leaf;
  // Halving, not shifting: sizes go beyond the 32 bits of the bit operators.
  for (let below = frontier.size; below % 2 === 1; below = (below - 1) / 2) {
    subtree = nodeHash(roots.pop()!, subtree, sha256);
  }
  roots.push(subtree);
  return { size: frontier.size + 1, roots };
}

/** The root of the whole tree. */
export function frontierRoot({ roots }: Frontier, sha256: Sha256 = pureSha256): Hash {
  const last = roots.at(-1);
  if (last === undefined) return emptyRoot(sha256);
  return roots.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, sha256), last);
}
