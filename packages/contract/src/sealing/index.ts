/** Sealed payloads: personal data that only its recipients can open, and that can be erased. `spec/wire.md`. */
export { addressOf, generateSealingKeys, openPayload, sealPayload } from './seal.ts';
export type { Opened, Recipient, RecordAddress, SealingKeyPair } from './seal.ts';
export { parseSealedPayload, toSealedBytes } from './sealed-payload.ts';
export type { SealedHeader, SealedPayload, WrappedKey } from './sealed-payload.ts';
