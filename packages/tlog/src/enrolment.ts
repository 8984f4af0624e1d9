/**
 * Which public keys may be enrolled at all.
 *
 * Why     Under a key of small order one signature fits many messages, and a key that is not written in its one
 *         canonical form is read differently by different verifiers. Neither can be told from a forgery later,
 *         so both are refused at the door.
 * Source  RFC 8032, sections 5.1 and 5.1.3; "Taming the many EdDSAs" (eprint 2020/1244), section 5.
 */
import { isCanonicalPoint, isSmallOrder, publicKeyLength } from './ed25519.ts';
import { refuse, type Verdict } from './problem.ts';

/**
 * Says whether a public key may be enrolled.
 *
 * Law     Refused: the 14 encodings of the seven y that belong to points of order 1, 2, 4 or 8, whatever the sign
 *         bit of x [LG-49]; and every y that is not below 2^255 - 19 [LG-50].
 * Cost    A microsecond: no arithmetic on the curve.
 * Hides   Whether the key decodes to a point at all: no signature verifies under one that does not.
 */
export function assessPublicKey(publicKey: Uint8Array): Verdict {
  if (publicKey.length !== publicKeyLength)
    return refuse('KeyMalformed', 'An Ed25519 public key has 32 bytes.');
  if (isSmallOrder(publicKey)) {
    return refuse('KeySmallOrder', 'The public key is a point of small order: anyone could sign for it.');
  }
  return isCanonicalPoint(publicKey)
    ? { ok: true }
    : refuse('KeyNotCanonical', 'The public key is not written in its canonical form.');
}
