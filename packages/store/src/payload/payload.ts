import type { ExchangeId, PayloadHash } from '@homeward/core/exchange';

/** A sealed payload: ciphertext, and its data key sealed to each addressed recipient. The host can open neither. */
export interface SealedPayload {
  /** SHA-256 of `ciphertext`, lowercase hex. The repository checks it. */
  readonly hash: PayloadHash;
  readonly exchange: ExchangeId;
  readonly ciphertext: Uint8Array;
  readonly recipients: readonly PayloadRecipient[];
}

export interface PayloadRecipient {
  /** The recipient's sealing key id, as the parties agreed to name it. */
  readonly recipient: string;
  /** The data key, sealed to that key (HPKE). Destroyed by erasure. */
  readonly sealedKey: Uint8Array;
}

export type PayloadState = 'held' | 'erased' | 'unknown';

export type PutPayloadResult =
  | { readonly kind: 'stored' }
  | { readonly kind: 'already-held' }
  /** Erased payloads never come back. */
  | { readonly kind: 'erased' }
  | { readonly kind: 'hash-differs' };

export interface PayloadRepository {
  put(payload: SealedPayload): Promise<PutPayloadResult>;
  /** The payload as this recipient may have it: the ciphertext and only that recipient's sealed key. */
  findFor(
    hash: PayloadHash,
    recipient: string,
  ): Promise<
    | { readonly exchange: ExchangeId; readonly ciphertext: Uint8Array; readonly sealedKey: Uint8Array }
    | undefined
  >;
  /** All recipients' sealed keys as well: for a node that forwards the payload it addressed itself. */
  find(hash: PayloadHash): Promise<SealedPayload | undefined>;
  state(hash: PayloadHash): Promise<PayloadState>;
  /** Of these, the ones neither held nor erased: what a replica must still fetch. */
  missing(hashes: readonly PayloadHash[]): Promise<readonly PayloadHash[]>;
  /** Destroys every sealed data key and the ciphertext; the hash stays, marked erased. Idempotent. */
  erase(hash: PayloadHash): Promise<PayloadState>;
}
