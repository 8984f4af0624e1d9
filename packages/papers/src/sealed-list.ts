/**
 * A list on its way: sealed by its owner before either side opens, read by its receivers after.
 *
 * Law     Until the reveal key is given out nobody but the owner reads a record: the records are locked under the key, and the
 *         key lies with the neutral alone (the escrow). The neutral receives the locked records too, so it can check that
 *         the escrow opens them before anything opens.
 * Cost    One AES pass over the records, and one HPKE seal per recipient.
 */
import {
  addressOf,
  openPayload,
  sealPayload,
  toSealedBytes,
  type Recipient,
  type SealedPayload,
  type SealingKeyPair,
} from '@homeward/contract/sealing';
import type { PayloadHash } from '@homeward/core/exchange';
import {
  checkListPaper,
  toListPaper,
  type CheckedPaper,
  type ListPlace,
  type OpenedList,
  type PaperFault,
  type SaltedRecord,
} from '@homeward/core/record';
import { err, ok, type Result } from '@homeward/core/result';
import { drawRevealKey, lock, unlock, type LockFault } from './lock.ts';

/** One sealed paper as a node stores it, with the hash that an act names. */
export interface SealedPaper {
  readonly hash: PayloadHash;
  readonly bytes: Uint8Array;
}

/** What the owner leaves at its node before it signs `ListSealed`, and keeps for `ListOpened`. */
export interface SealedList {
  readonly records: SealedPaper;
  readonly escrow: SealedPaper;
  /** Private to the owner until the list opens. */
  readonly revealKey: Uint8Array;
}

/** Who the papers of a list are for: the parties that will judge it, and the neutral that holds the escrow. */
export interface ListRecipients {
  readonly readers: readonly Recipient[];
  readonly neutral: Recipient;
}

async function seal(place: ListPlace, to: readonly Recipient[], content: Uint8Array): Promise<SealedPaper> {
  // The record's name is random: a label would tell the host what the paper is about.
  const record = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const sealed = await sealPayload({ exchange: place.exchange, from: place.from, record }, to, content);
  return { hash: (await addressOf(sealed)) as PayloadHash, bytes: toSealedBytes(sealed) };
}

/** Seals the records of a list. Sealing is never the same twice: keep what it returns. */
export async function sealList(
  place: ListPlace,
  records: readonly SaltedRecord[],
  { readers, neutral }: ListRecipients,
): Promise<SealedList> {
  const revealKey = drawRevealKey();
  const locked = await lock(revealKey, toListPaper(place, records));
  return {
    revealKey,
    records: await seal(place, [...readers, neutral], locked),
    escrow: await seal(place, [neutral], revealKey),
  };
}

/** The reveal key as a paper for whoever may read the list now: what `ListOpened` names. */
export async function sealRevealKey(
  place: ListPlace,
  readers: readonly Recipient[],
  revealKey: Uint8Array,
): Promise<SealedPaper> {
  return seal(place, readers, revealKey);
}

/** Why a list that is open cannot be read. */
export type ListFault =
  | { readonly kind: 'records-do-not-open'; readonly why: 'not-addressed' | 'erased' | 'does-not-open' }
  | { readonly kind: 'reveal-does-not-open'; readonly why: 'not-addressed' | 'erased' | 'does-not-open' }
  | { readonly kind: 'not-from-its-owner' }
  | { readonly kind: 'locked'; readonly why: LockFault }
  | PaperFault;

/**
 * The records of an open list as the log vouches for them: opened with the receiver's own key, unlocked with the reveal key,
 * and every commitment checked. The papers may come from anyone.
 */
export async function readList(
  log: OpenedList,
  papers: { readonly records: SealedPayload; readonly reveal: SealedPayload },
  own: SealingKeyPair,
): Promise<Result<CheckedPaper, ListFault>> {
  const { records, reveal } = papers;
  const ofOwner = [records, reveal].every(
    ({ header }) => header.exchange === log.exchange && header.from === log.from,
  );
  if (!ofOwner) {
    return err({ kind: 'not-from-its-owner' });
  }
  const key = await openPayload(reveal, own);
  if (!key.ok) {
    return err({ kind: 'reveal-does-not-open', why: key.why });
  }
  const locked = await openPayload(records, own);
  if (!locked.ok) {
    return err({ kind: 'records-do-not-open', why: locked.why });
  }
  const plain = await unlock(key.content, locked.content);
  return plain.ok ? checkListPaper(plain.value, log) : err({ kind: 'locked', why: plain.error });
}

/** Whether the escrow that the neutral holds unlocks the records of the list: asked before any list opens. */
export async function checkEscrow(
  papers: { readonly records: SealedPayload; readonly escrow: SealedPayload },
  own: SealingKeyPair,
): Promise<Result<undefined, ListFault>> {
  const key = await openPayload(papers.escrow, own);
  if (!key.ok) {
    return err({ kind: 'reveal-does-not-open', why: key.why });
  }
  const locked = await openPayload(papers.records, own);
  if (!locked.ok) {
    return err({ kind: 'records-do-not-open', why: locked.why });
  }
  const plain = await unlock(key.content, locked.content);
  return plain.ok ? ok(undefined) : err({ kind: 'locked', why: plain.error });
}
