import { hash as digest } from 'node:crypto';
import type { ActId, ExchangeId, KeyFingerprint } from '@homeward/core/exchange';
import { generateSigningKey, verifyEd25519 } from '@homeward/keys';
import { emptyLedger, findExchangeOf, follow, judge, toIsSigned, type Ledger } from '@homeward/ledger';
import { type NewEntry, openSequencer, type Store, toEntry } from '@homeward/store';
import { ActMaker, getEnvelope } from './acts.ts';

export interface AppendFigures {
  /** Entries in the log before the measurement. */
  readonly size: number;
  readonly acts: number;
  readonly actsPerSecond: number;
  /** From the submission of the envelope's bytes to a signature over the index. */
  readonly receiptMsP50: number;
  readonly receiptMsP99: number;
  readonly receiptMsMax: number;
  /** One re-hash before a signature over all of these acts, with the usual budget. */
  readonly rehashMs: number;
  readonly rehashed: number;
}

const isSigned = toIsSigned(verifyEd25519);

/** Entries re-hashed besides the new ones before each signature: what a host uses. */
const rehashBudget = 16_384;

/**
 * The core of admission in this process: parse, verify the signature, decide, evolve, claims, group commit on disk, and
 * one signature like a receipt's; `submitters` wait for one each before they hand in their next act. What a host does
 * around it is not in here: HTTP, the tree that an act comes after, allowances, the receipt's form. `host.ts` has it all.
 */
export async function measureAppend(
  store: Store,
  { acts, submitters }: { readonly acts: number; readonly submitters: number },
): Promise<AppendFigures> {
  const size = await store.log.size();
  const maker = new ActMaker(`exchange-at-${size}-${Date.now()}`);
  const envelopes = [maker.opening, ...Array.from({ length: acts }, () => maker.next())];
  const receiptKey = generateSigningKey();
  const sequencer = await openSequencer<Ledger, Uint8Array, string>(store.log, {
    initial: emptyLedger,
    // What lies below is of other exchanges: nothing of it bears on this one.
    evolve: (ledger) => ledger,
    onStoreRefusal: (refusal) => refusal.kind,
    admit(ledger, bytes) {
      const envelope = getEnvelope(bytes);
      const judgement = judge(ledger, envelope, isSigned);
      if (judgement.kind !== 'accepted') return { kind: 'refused', refusal: judgement.kind };
      const after = follow(ledger, envelope);
      const { act } = envelope;
      return {
        kind: 'admitted',
        state: after,
        entry: toEntry(bytes, envelope, findExchangeOf(ledger, act), findExchangeOf(after, act)),
      };
    },
  });
  const submit = async (bytes: Uint8Array): Promise<void> => {
    const answer = await sequencer.submit(bytes);
    if (answer.kind !== 'logged') throw new Error(`an act was ${JSON.stringify(answer)}`);
    receiptKey.sign(
      Buffer.concat([Buffer.from(`receipt ${answer.index} `), digest('sha256', bytes, 'buffer')]),
    );
  };
  await submit(maker.opening.bytes);
  const waits: number[] = [];
  let next = 1;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: submitters }, async () => {
      while (next < envelopes.length) {
        const { bytes } = envelopes[next]!;
        next += 1;
        const submitted = performance.now();
        await submit(bytes);
        waits.push(performance.now() - submitted);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  waits.sort((a, b) => a - b);
  const end = await store.log.size();
  const from = { size: end - acts, root: await store.log.rootAt(end - acts) };
  const rehashStarted = performance.now();
  const verdict = await store.log.rehash({ from, to: end, cursor: 0, budget: rehashBudget });
  if (verdict.kind !== 'intact') throw new Error(verdict.says);
  return {
    size,
    acts,
    actsPerSecond: acts / seconds,
    receiptMsP50: atShare(waits, 0.5),
    receiptMsP99: atShare(waits, 0.99),
    receiptMsMax: atShare(waits, 1),
    rehashMs: performance.now() - rehashStarted,
    rehashed: verdict.rehashed,
  };
}

/** The value below which a share of sorted values lies. */
export function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** Entries of the length of an act, under their real hashes, through the very append that is measured. */
export async function fill(store: Store, to: number, onBatch: (size: number) => void): Promise<void> {
  const hex = (text: string): string => digest('sha256', text, 'hex');
  const by = hex('nobody') as KeyFingerprint;
  const batchMax = 4_000;
  for (let at = await store.log.size(); at < to;) {
    const batch = Array.from({ length: Math.min(batchMax, to - at) }, (_, i): NewEntry => {
      const n = at + i;
      return {
        bytes: Buffer.from(`${hex(String(n))}${'.'.repeat(900)}`),
        act: hex(`filler ${n}`) as ActId,
        exchange: 'filler' as ExchangeId,
        by,
        nonce: String(n).padStart(22, '0'),
        kind: 'Corrected',
        claims: [],
      };
    });
    const result = await store.log.append(at, batch);
    if (result.kind !== 'appended') throw new Error(result.kind);
    at = result.size;
    onBatch(at);
  }
}
