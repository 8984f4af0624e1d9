/**
 * Says whether one tree is the beginning of another: nothing changed, nothing dropped, only added.
 *
 * Source  RFC 9162, section 2.1.4.2, with the lengths of the proof's hashes demanded.
 */
import { type Hash, hashLength, nodeHash, pureSha256, type Sha256 } from './hashing.ts';
import { refuse, type Verdict } from './problem.ts';
import { isEqualBytes } from './text.ts';
import { toUint64, type Uint64 } from './uint64.ts';

/** The claim that the tree (`oldSize`, `oldRoot`) is the beginning of the tree (`newSize`, `newRoot`). */
export interface ConsistencyClaim {
  readonly oldSize: Uint64;
  readonly oldRoot: Hash;
  readonly newSize: Uint64;
  readonly newRoot: Hash;
  readonly proof: readonly Hash[];
}

/**
 * Says whether a consistency claim holds [LG-7].
 *
 * Contract  Every field may come from an adversary: the answer is a verdict, never an exception.
 *           The length of the two roots is not looked at here; a checkpoint's parser has done so.
 * Why       An old size of 0 is refused: the empty tree begins every tree, so a proof would prove nothing [LG-8].
 *           The witness protocol, which allows it, settles it before it comes here.
 * Cost      At most two hashes per proof element, at most 64 elements.
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256 = pureSha256): Verdict {
  const oldSize = toUint64(claim.oldSize);
  const newSize = toUint64(claim.newSize);
  if (oldSize === undefined || newSize === undefined) {
    return refuse('NumberTooLarge', 'Sizes must be whole numbers from 0 to 2^64 - 1.');
  }
  if (oldSize === 0n) return refuse('OldSizeZero', 'Consistency with the empty tree proves nothing.');
  if (oldSize > newSize) return refuse('OldSizeAhead', `Old size ${oldSize} is above new size ${newSize}.`);
  if (claim.proof.some((hash) => hash.length !== hashLength)) {
    return refuse('HashMalformed', 'Every hash of a consistency proof must have 32 bytes.');
  }
  if (oldSize === newSize) {
    if (claim.proof.length > 0)
      return refuse('ConsistencyWrong', 'Between equal sizes the proof must be empty.');
    return isEqualBytes(claim.oldRoot, claim.newRoot)
      ? { ok: true }
      : refuse('ConsistencyWrong', 'Two roots are claimed for one size: the log has forked.');
  }
  if (claim.proof.length === 0) return refuse('ConsistencyWrong', 'The proof is empty.');

  // A perfect old tree is itself a node of the new one, so its root is left out of the proof.
  const isPerfect = (oldSize & (oldSize - 1n)) === 0n;
  const [first, ...rest] = isPerfect ? [claim.oldRoot, ...claim.proof] : claim.proof;
  let node = oldSize - 1n;
  let last = newSize - 1n;
  while ((node & 1n) === 1n) {
    node >>= 1n;
    last >>= 1n;
  }
  let oldHash = first!;
  let newHash = first!;
  for (const hash of rest) {
    if (last === 0n) return refuse('ConsistencyWrong', 'The proof is longer than the tree is high.');
    if ((node & 1n) === 1n || node === last) {
      oldHash = nodeHash(hash, oldHash, sha256);
      newHash = nodeHash(hash, newHash, sha256);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      newHash = nodeHash(newHash, hash, sha256);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return refuse('ConsistencyWrong', 'The proof ends below the root.');
  if (!isEqualBytes(oldHash, claim.oldRoot))
    return refuse('ConsistencyWrong', 'The proof leads to another old root.');
  if (!isEqualBytes(newHash, claim.newRoot))
    return refuse('ConsistencyWrong', 'The proof leads to another new root.');
  return { ok: true };
}
