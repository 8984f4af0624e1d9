/**
 * Which public keys may be enrolled at all.
 *
 * Why     Under a key of small order one signature fits many messages, and a key that is not written in its one
 *         canonical form is read differently by different verifiers. Neither can be told from a forgery later,
 *         so both are refused at the door.
 * Source  RFC 8032, sections 5.1 and 5.1.3; "Taming the many EdDSAs" (eprint 2020/1244), section 5.
 */
import { publicKeyLength } from './ed25519.ts';
import { refuse, type Verdict } from './problem.ts';

/** The prime of the field. */
const prime = 2n ** 255n - 19n;

/** The constant d of the curve -x^2 + y^2 = 1 + d x^2 y^2. */
const curveD = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

/** The y coordinate, little-endian, without the sign bit of x: 0 to 2^255 - 1. */
function readY(publicKey: Uint8Array): bigint {
  return publicKey.reduceRight(
    (y, byte, at) => (y << 8n) | BigInt(at === publicKeyLength - 1 ? byte & 0x7f : byte),
    0n,
  );
}

/**
 * Says whether a public key may be enrolled.
 *
 * Law     Refused: the 14 encodings of the seven y that belong to points of order 1, 2, 4 or 8, whatever the sign
 *         bit of x [LG-49]; and every y that is not below 2^255 - 19 [LG-50].
 * Why     y is 1, -1 or 0 for the orders 1, 2 and 4. A point has order 8 when its double has y = 0, which
 *         the doubling formula turns into d y^4 + 2 y^2 = 1: an equation to check instead of a table to trust.
 * Cost    A few multiplications; meant for enrolment, not for every signature.
 * Hides   Whether the key decodes to a point at all: no signature verifies under one that does not.
 */
export function assessPublicKey(publicKey: Uint8Array): Verdict {
  if (publicKey.length !== publicKeyLength)
    return refuse('KeyMalformed', 'An Ed25519 public key has 32 bytes.');
  const written = readY(publicKey);
  const y = written % prime;
  const square = (y * y) % prime;
  const isOrderEight = (curveD * square * square + 2n * square) % prime === 1n;
  if (y <= 1n || y === prime - 1n || isOrderEight) {
    return refuse('KeySmallOrder', 'The public key is a point of small order: anyone could sign for it.');
  }
  return written < prime
    ? { ok: true }
    : refuse('KeyNotCanonical', 'The public key is not written in its canonical form.');
}
