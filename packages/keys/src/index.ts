/** Keys of nodes and persons as files, the signatures they make, and requests signed by them. */
export {
  ed25519,
  generateSigningKey,
  type SigningKey,
  toSigningKey,
  verifyEd25519,
  verifyEd25519Aside,
} from './ed25519.ts';
export { KeyFile, type KeyFileResult, type KeyPurpose, readKeyFile, writeKeyFile } from './key-file.ts';
export {
  fingerprintOf,
  generateActKey,
  generateNodeKeys,
  type HostKeys,
  type KeyPlan,
  loadNodeKeys,
  type MemberKeys,
  type NodeKeys,
  receiptKeyName,
  type SealingKey,
  toNoteSigner,
  toPublicLine,
} from './node-keys.ts';
export { createRequestSigner } from './request-signing.ts';
export { nativeSha256 } from './sha256.ts';
