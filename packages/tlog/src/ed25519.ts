/**
 * The signature algorithm comes from outside, because one rule for hostile signatures must hold on every node.
 *
 * Law     RFC 8032 without cofactor, as node:crypto, WebCrypto and Go verify it: of the twelve speccheck cases
 *         0 to 3 and 11 are accepted, the others refused [LG-51]. Libraries with another rule split verifiers.
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
