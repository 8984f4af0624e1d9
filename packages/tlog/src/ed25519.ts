/**
 * The signature algorithm comes from outside; the one rule for hostile signatures stands here.
 *
 * Law     A signature is RFC 8032 without cofactor, and neither the key nor the point R in it has small order or a second
 *         spelling [LG-51]. Of the twelve speccheck cases that leaves number 3.
 * Why     Runtimes differ: Go and Node 20 (OpenSSL 3.0) take speccheck cases 0, 1, 2 and 11, Node 24.21 (OpenSSL 3.5)
 *         refuses them. Case 2 is a key that enrolment cannot tell, so without this rule a signer could make
 *         an act that half of the nodes accept. What is refused here no honest signer ever makes.
 * Source  RFC 8032, section 5.1.7; "Taming the many EdDSAs" (eprint 2020/1244), section 5.
 */

/** Checks Ed25519 signatures. */
export interface Ed25519 {
  /**
   * True when `signature` (64 bytes) is one over `message` under `publicKey` (32 bytes).
   *
   * Contract  False, not an exception, for keys and signatures that do not decode.
   */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/** Makes Ed25519 signatures with one key. */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** How many bytes a public key has. */
export const publicKeyLength = 32;

/** How many bytes a signature has. */
export const signatureLength = 64;

/** The prime of the field. */
const prime = 2n ** 255n - 19n;

/** y of two of the points of order 8, with its negative: the root of d y^4 + 2 y^2 = 1, where the double has y = 0. */
const orderEightY = 0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** Every y that stands for a point of order 1, 2, 4 or 8, those above the prime included. */
const smallOrderYs: readonly bigint[] = [
  0n,
  1n,
  orderEightY,
  prime - orderEightY,
  prime - 1n,
  prime,
  prime + 1n,
];

/** The y coordinate in 32 bytes, little-endian, without the sign bit of x: 0 to 2^255 - 1. */
function readY(point: Uint8Array): bigint {
  const view = new DataView(point.buffer, point.byteOffset, 32);
  const word = (at: number) => view.getBigUint64(at, true);
  return ((word(24) & 0x7fff_ffff_ffff_ffffn) << 192n) | (word(16) << 128n) | (word(8) << 64n) | word(0);
}

/** True for the 14 encodings of the points of small order, whatever their sign bit. Takes 32 bytes. */
export function isSmallOrder(point: Uint8Array): boolean {
  return smallOrderYs.includes(readY(point));
}

/** True when y is below 2^255 - 19, so that it has no other spelling. Takes 32 bytes. */
export function isCanonicalPoint(point: Uint8Array): boolean {
  return readY(point) < prime;
}

/**
 * True when the one rule leaves the question to the curve: lengths fit, and neither the key nor R has small order or a
 * second spelling.
 *
 * Contract  For callers that reach a runtime's verifier themselves, synchronously or on another thread; where this is
 *           false the signature is refused, whatever the runtime says.
 * Cost      About a microsecond.
 */
export function isStrictSignature(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== publicKeyLength || signature.length !== signatureLength) return false;
  return [publicKey, signature.subarray(0, 32)].every(
    (point) => !isSmallOrder(point) && isCanonicalPoint(point),
  );
}

/**
 * A runtime's Ed25519 under the one rule, so that every node, browser and device gives the same verdict.
 *
 * Contract  Wrap the runtime's verifier once and use nothing else, for acts as for notes.
 * Cost      About a microsecond on top of the runtime's own verification, which takes about two hundred.
 */
export function toStrictEd25519(runtime: Ed25519): Ed25519 {
  return {
    verify: (publicKey, message, signature) =>
      isStrictSignature(publicKey, signature) && runtime.verify(publicKey, message, signature),
  };
}
