/**
 * Says whether an entry stands in a tree.
 *
 * Source  RFC 9162, section 2.1.3.2, with the lengths of leaf, root and path hashes demanded.
 */
import { type Hash, hashLength, nodeHash, pureSha256, type Sha256 } from './hashing.ts';
import { refuse, type Verdict } from './problem.ts';
import { isEqualBytes } from './text.ts';
import { toUint64, type Uint64 } from './uint64.ts';

/** The claim that the leaf `leaf` stands at `index` in the tree of `size` leaves whose root is `root`. */
export interface InclusionClaim {
  readonly leaf: Hash;
  readonly index: Uint64;
  readonly size: Uint64;
  readonly root: Hash;
  /** From the leaf's sibling upward. */
  readonly path: readonly Hash[];
}

/**
 * Says whether an inclusion claim holds [LG-6].
 *
 * Contract  Every field may come from an adversary: the answer is a verdict, never an exception.
 * Law       Inverse of `proveInclusion`; a change to the leaf, to the root or to any hash of the path is refused.
 * Why       The path does not bind `size`: entry 0 of a tree of 3 verifies as entry 0 of a tree of 4.
 *           Take `size` from the signed checkpoint that carries `root`, never from the prover.
 * Cost      One hash per path element, at most 64; a longer path ends the loop.
 */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256 = pureSha256): Verdict {
  const index = toUint64(claim.index);
  const size = toUint64(claim.size);
  if (index === undefined || size === undefined) {
    return refuse('NumberTooLarge', 'Index and size must be whole numbers from 0 to 2^64 - 1.');
  }
  if (index >= size)
    return refuse('IndexOutsideTree', `Index ${index} is outside a tree of ${size} entries.`);
  if ([claim.leaf, claim.root, ...claim.path].some((hash) => hash.length !== hashLength)) {
    return refuse('HashMalformed', 'Every hash of an inclusion claim must have 32 bytes.');
  }
  let node = index;
  let last = size - 1n;
  let hash = claim.leaf;
  for (const sibling of claim.path) {
    if (last === 0n) return refuse('InclusionWrong', 'The path is longer than the tree is high.');
    if ((node & 1n) === 1n || node === last) {
      hash = nodeHash(sibling, hash, sha256);
      // A node without a right sibling rises unchanged until it is a right child.
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return refuse('InclusionWrong', 'The path ends below the root.');
  return isEqualBytes(hash, claim.root)
    ? { ok: true }
    : refuse('InclusionWrong', 'The path leads to another root.');
}
