/**
 * What every store must do, whatever database is under it. Run on PGlite beside this file and on a real PostgreSQL
 * in the server.
 */
import { createHash } from 'node:crypto';
import type {
  ActId,
  ActorId,
  ContentHash,
  ExchangeId,
  KeyFingerprint,
  LegId,
  PartyId,
  PayloadHash,
  TrancheId,
} from '@homeward/core/exchange';
import {
  appendLeaf,
  emptyFrontier,
  emptyTip,
  frontierRoot,
  leafHash,
  planAppend,
  tilePath,
} from '@homeward/tlog';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from './interlock/claim.ts';
import type { AppendResult, NewEntry } from './log/entry.ts';
import { openSequencer } from './log/sequence.ts';
import type { Store } from './store.ts';

/** A fresh, empty store, and a way past it: raw SQL with the rights of the node that serves. */
export interface Opened {
  readonly store: Store;
  raw(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Raw SQL as the owner of the tables, with triggers off: what a flipped bit or an intruder on the disk could do. */
  damage(sql: string): Promise<void>;
  close(): Promise<void>;
}

export const toDigest = (text: string): string => createHash('sha256').update(text).digest('hex');
const exchange = 'ex-1' as ExchangeId;
const tranche = 't-1' as TrancheId;
const proposal = toDigest('proposal') as ContentHash;
const keyOf = (who: string): KeyFingerprint => toDigest(`key of ${who}`) as KeyFingerprint;
const legA = 'leg-a' as LegId;
const legB = 'leg-b' as LegId;

/** Act `n` of an exchange: its bytes, id and nonce follow from its number. */
export function toNewEntry(n: number, claims: readonly Claim[] = [], more: Partial<NewEntry> = {}): NewEntry {
  return {
    bytes: new TextEncoder().encode(`act ${n}`),
    act: toDigest(`act ${n}`) as ActId,
    exchange,
    by: keyOf('coordinator'),
    nonce: `nonce-${n}`,
    kind: 'Corrected',
    claims,
    ...more,
  };
}

export const propose: Claim = {
  kind: 'propose',
  tranche,
  hash: proposal,
  proposer: 'proposer' as ActorId,
  key: keyOf('proposer'),
};

export function approve(
  party: string,
  actor: string,
  role: 'coordinator' | 'approver' = 'approver',
  key = actor,
): Claim {
  return {
    kind: 'approve',
    tranche,
    hash: proposal,
    party: party as PartyId,
    actor: actor as ActorId,
    key: keyOf(key),
    role,
  };
}

export const schedule: Claim = {
  kind: 'schedule',
  tranche,
  hash: proposal,
  powers: ['A', 'B'] as PartyId[],
  couplings: [[legA, legB]],
};

const release = (leg: LegId, step: number, exhausted: readonly LegId[] = []): Claim => ({
  kind: 'release',
  tranche,
  leg,
  step,
  exhausted,
});
const closeStep = (leg: LegId, step: number): Claim => ({
  kind: 'close-step',
  tranche,
  leg,
  step,
  outcome: 'received',
});
export const fourApprovals: readonly Claim[] = [
  approve('A', 'a1', 'coordinator'),
  approve('A', 'a2'),
  approve('B', 'b1', 'coordinator'),
  approve('B', 'b2'),
];

export function describeStore(name: string, open: () => Promise<Opened>): void {
  describe(`the store on ${name}`, () => {
    let opened: Opened;
    let store: Store;

    /** Appends acts that carry these claims, one act each, numbered from the present size. */
    const append = async (...claims: readonly Claim[]): Promise<AppendResult> => {
      const size = await store.log.size();
      return store.log.append(
        size,
        claims.map((claim, at) => toNewEntry(size + at, [claim])),
      );
    };
    const fill = async (size: number): Promise<void> => {
      for (let at = await store.log.size(); at < size;) {
        const batch = Array.from({ length: Math.min(300, size - at) }, (_, i) => toNewEntry(at + i));
        expect(await store.log.append(at, batch)).toMatchObject({ kind: 'appended', first: at });
        at += batch.length;
      }
    };

    describe('of one exchange', () => {
      beforeEach(async () => {
        opened = await open();
        store = opened.store;
        return () => opened.close();
      });

      test('[ST-1] an append takes the indexes from the size named, or nothing', async () => {
        const appended = await store.log.append(0, [toNewEntry(0), toNewEntry(1)]);
        expect(appended).toMatchObject({ kind: 'appended', first: 0, size: 2 });
        expect(await store.log.append(1, [toNewEntry(2)])).toEqual({
          kind: 'size-moved',
          expected: 1,
          size: 2,
        });
        expect(await store.log.append(3, [toNewEntry(2)])).toEqual({
          kind: 'size-moved',
          expected: 3,
          size: 2,
        });
        expect(await store.log.append(2, [])).toMatchObject({ kind: 'appended', first: 2, size: 2 });
        const entries = await store.log.entries(0, 99);
        for (const { storedAt } of entries) expect(appended).toMatchObject({ storedAt });
        expect(entries.map(({ index, act, kind }) => ({ index, act, kind }))).toEqual(
          [0, 1].map((n) => ({ index: n, act: toNewEntry(n).act, kind: 'Corrected' })),
        );
        expect(entries.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['act 0', 'act 1']);
        expect(await store.log.findAct(toNewEntry(1).act)).toEqual(entries[1]);
        expect(await store.log.findAct(toNewEntry(7).act)).toBeUndefined();
      });

      test('[ST-2] an act and a nonce are taken once', async () => {
        await store.log.append(0, [toNewEntry(0), toNewEntry(1)]);
        const again = toNewEntry(1);
        expect(await store.log.append(2, [toNewEntry(2), again])).toEqual({
          kind: 'act-known',
          at: 1,
          act: again.act,
          index: 1,
        });
        const reused = toNewEntry(3, [], { nonce: 'nonce-0' });
        expect(await store.log.append(2, [toNewEntry(2), reused])).toEqual({
          kind: 'nonce-used',
          at: 1,
          act: reused.act,
        });
        expect(await store.log.append(2, [toNewEntry(2), toNewEntry(2)])).toMatchObject({
          kind: 'act-known',
          at: 1,
          index: undefined,
        });
        expect(
          await store.log.append(2, [toNewEntry(2), toNewEntry(3, [], { nonce: 'nonce-2' })]),
        ).toMatchObject({ kind: 'nonce-used', at: 1 });
        expect(await store.log.size()).toBe(2);
        const elsewhere = toNewEntry(4, [], { nonce: 'nonce-0', exchange: 'ex-2' as ExchangeId });
        const other = toNewEntry(5, [], { nonce: 'nonce-0', by: keyOf('other') });
        expect(await store.log.append(2, [elsewhere, other])).toMatchObject({ kind: 'appended' });
        expect(await store.log.findIndexes([again.act, other.act, toNewEntry(9).act])).toEqual(
          new Map([
            [again.act, 1],
            [other.act, 3],
          ]),
        );
      });

      test('[ST-3] raw SQL changes no entry, removes none and leaves no gap', async () => {
        await fill(300);
        const hex = '00'.repeat(32);
        const insert = (index: number) =>
          `insert into entry (index, bytes, leaf_hash, act, exchange, signer, nonce, kind)
           values (${index}, '\\x01', '\\x${hex}', '\\x${hex}', 'e', '\\x${hex}', 'n', 'k')`;
        for (const sql of [
          `update entry set bytes = '\\x00' where index = 3`,
          `update entry set bytes = bytes`,
          'delete from entry where index = 299',
          'truncate entry cascade',
          `update tile_hash set hash = '\\x${hex}'`,
          'delete from tile_hash',
          'update log_head set size = 299',
          'update log_head set size = 301',
          'delete from log_head',
          insert(301),
          insert(0),
          insert(-1),
        ]) {
          await expect(opened.raw(sql), sql).rejects.toThrow();
        }
        expect(await store.log.size()).toBe(300);
        expect((await store.log.entries(0, 400)).length).toBe(300);
      });

      test('[ST-6] an entry has 1 to 65,535 bytes', async () => {
        const sized = (n: number, length: number) =>
          toNewEntry(n, [], { bytes: new Uint8Array(length).fill(7) });
        await expect(store.log.append(0, [sized(0, 0)])).rejects.toThrow(RangeError);
        await expect(store.log.append(0, [sized(0, 65_536)])).rejects.toThrow(RangeError);
        expect(await store.log.append(0, [sized(0, 1), sized(1, 65_535)])).toMatchObject({
          kind: 'appended',
        });
        expect((await store.log.entries(1, 2))[0]!.bytes.length).toBe(65_535);
      });

      test('[ST-7] any changed byte of what is stored is found', async () => {
        const size = 600;
        const signed = 520;
        await fill(size);
        const from = { size: signed, root: await store.log.rootAt(signed) };
        const request = { from, to: size, cursor: 0, budget: 10_000 };
        const intact = await store.log.rehash(request);
        expect(intact).toMatchObject({ kind: 'intact', rehashed: size });
        expect(intact.kind === 'intact' && intact.root).toEqual(await store.log.rootAt(size));
        const flips = fc.record({
          index: fc.nat({ max: size - 1 }),
          column: fc.constantFrom('bytes', 'leaf_hash'),
          bit: fc.nat({ max: 5 * 8 - 1 }),
        });
        await fc.assert(
          fc.asyncProperty(flips, async ({ index, column, bit }) => {
            const flip = `update entry set ${column} = set_bit(${column}, ${bit}, 1 - get_bit(${column}, ${bit})) where index = ${index}`;
            await opened.damage(flip);
            const verdict = await store.log.rehash(request);
            await opened.damage(flip);
            expect(verdict).toMatchObject({ kind: 'damaged', at: index });
          }),
          {
            numRuns: 25,
            examples: [[{ index: 0, column: 'bytes', bit: 0 }], [{ index: 599, column: 'bytes', bit: 9 }]],
          },
        );
        for (const tile of [0, 1]) {
          const flip = `update tile_hash set hash = set_bit(hash, 77, 1 - get_bit(hash, 77)) where index = ${tile}`;
          await opened.damage(flip);
          expect(await store.log.rehash(request)).toMatchObject({ kind: 'damaged' });
          await opened.damage(flip);
        }
        // An entry and its hash changed together: only the signed root still knows.
        await opened.damage(
          `update entry set bytes = '\\xff', leaf_hash = sha256('\\x00ff') where index = 515`,
        );
        expect(await store.log.rehash(request)).toMatchObject({ kind: 'damaged', at: signed });
      });

      test('[ST-7] a log that is shorter than what was signed is damaged', async () => {
        await fill(20);
        const from = { size: 20, root: await store.log.rootAt(20) };
        expect(await store.log.rehash({ from, to: 19, cursor: 0, budget: 10 })).toMatchObject({
          kind: 'damaged',
        });
        await opened.damage('delete from entry where index = 19');
        expect(await store.log.rehash({ from, to: 20, cursor: 0, budget: 10 })).toMatchObject({
          kind: 'damaged',
          at: 19,
        });
      });

      test('[ST-8] re-hashing goes round a log beyond its budget', async () => {
        const size = 256 * 5 + 9;
        await fill(size);
        const from = { size, root: await store.log.rootAt(size) };
        for (const damaged of [0, 600, 1_279]) {
          const flip = `update entry set bytes = set_bit(bytes, 1, 1 - get_bit(bytes, 1)) where index = ${damaged}`;
          await opened.damage(flip);
          let cursor = 0;
          let found = 0;
          for (let turn = 0; turn < 3; turn += 1) {
            const verdict = await store.log.rehash({ from, to: size, cursor, budget: 512 });
            if (verdict.kind === 'damaged') {
              expect(verdict.at).toBe(damaged);
              found += 1;
              cursor += 512;
            } else {
              expect(verdict.rehashed).toBe(512 + 9);
              cursor = verdict.cursor;
            }
          }
          expect(found).toBeGreaterThanOrEqual(1);
          await opened.damage(flip);
        }
      });

      test('[ST-20] [ST-27] a step leaves once and is closed once', async () => {
        await append(propose, ...fourApprovals, schedule);
        expect(await append(release(legA, 1))).toMatchObject({ kind: 'appended' });
        expect(await append(release(legA, 1))).toMatchObject({
          kind: 'claim-refused',
          says: 'This step has already left.',
        });
        const row = `'${exchange}', '${tranche}', '${legA}', 1, 0`;
        await expect(
          opened.raw(`insert into step (exchange, tranche, leg, step, released) values (${row})`),
        ).rejects.toThrow();
        expect(await append(closeStep(legB, 1))).toMatchObject({ kind: 'claim-refused' });
        expect(await append(closeStep(legA, 1))).toMatchObject({ kind: 'appended' });
        expect(await append(closeStep(legA, 1))).toMatchObject({ kind: 'claim-refused' });
        for (const sql of [
          'update step set closed = null, outcome = null',
          "update step set outcome = 'turned-back'",
          'update step set step = 2',
          'delete from step',
          'truncate step',
        ]) {
          await expect(opened.raw(sql), sql).rejects.toThrow();
        }
      });

      test('[ST-21] a step waits for the step before it on every coupled leg', async () => {
        await append(propose, ...fourApprovals, schedule);
        const can = async (claim: Claim): Promise<boolean> => (await append(claim)).kind === 'appended';
        expect(await can(release(legA, 2))).toBe(false);
        expect(await can(release(legA, 1))).toBe(true);
        expect(await can(release(legA, 2))).toBe(false);
        expect(await can(release(legA, 2, [legA, legB]))).toBe(false);
        expect(await can(closeStep(legA, 1))).toBe(true);
        expect(await can(release(legA, 2))).toBe(false);
        expect(await can(release(legB, 1))).toBe(true);
        expect(await can(release(legA, 2))).toBe(false);
        expect(await can(release(legA, 2, [legB]))).toBe(false);
        await expect(
          opened.raw(`insert into step (exchange, tranche, leg, step, released)
            values ('${exchange}', '${tranche}', '${legA}', 2, 0)`),
        ).rejects.toThrow(/coupled leg/);
        expect(await can(closeStep(legB, 1))).toBe(true);
        expect(await can(release(legA, 2))).toBe(true);
        expect(await can({ kind: 'skip-step', tranche, leg: legA, step: 2 })).toBe(false);
        expect(await can(closeStep(legA, 2))).toBe(true);
        expect(await can(release(legA, 3))).toBe(false);
        expect(await can(release(legA, 3, [legB]))).toBe(true);
        expect(await can(closeStep(legA, 3))).toBe(true);
        expect(await can({ kind: 'skip-step', tranche, leg: legA, step: 4 })).toBe(true);
        expect(await can(release(legA, 5, [legB]))).toBe(true);
        expect(await can(release(legB, 2, [legA]))).toBe(true);
        for (const sql of [
          'update coupled_leg set coupling = 7',
          'delete from coupled_leg',
          'delete from schedule',
        ]) {
          await expect(opened.raw(sql), sql).rejects.toThrow();
        }
      });

      test('[ST-21] a leg that no other is coupled with goes at its own pace', async () => {
        await append(propose, ...fourApprovals, schedule);
        const alone = 'leg-c' as LegId;
        expect(await append(release(alone, 1), release(alone, 2), release(alone, 3))).toMatchObject({
          kind: 'appended',
        });
        expect(await append(release(alone, 2))).toMatchObject({ kind: 'claim-refused' });
      });

      test('[ST-23] each person and each key approves once', async () => {
        await append(propose);
        const refused = { kind: 'claim-refused' };
        expect(await append(approve('A', 'a1'))).toMatchObject({ kind: 'appended' });
        expect(await append(approve('A', 'a1', 'approver', 'second key'))).toMatchObject(refused);
        expect(await append(approve('A', 'a2', 'approver', 'a1'))).toMatchObject(refused);
        expect(await append({ ...approve('A', 'a3'), hash: toDigest('changed') } as Claim)).toMatchObject(
          refused,
        );
        const insert = (actor: string, key: string) =>
          opened.raw(`insert into approval (exchange, tranche, hash, party, actor, key, role, entry)
            values ('${exchange}', '${tranche}', '${proposal}', 'A', '${actor}', '${key}', 'approver', 0)`);
        await expect(insert('a1', 'x')).rejects.toThrow();
        await expect(insert('x', keyOf('a1'))).rejects.toThrow();
        await expect(opened.raw(`update approval set actor = 'a9'`)).rejects.toThrow();
        await expect(opened.raw(`update proposal set proposer = 'a9'`)).rejects.toThrow();
        await expect(opened.raw('delete from approval')).rejects.toThrow();
      });

      test('[ST-24] the proposer alone moves nothing, by whatever keys', async () => {
        await append(
          propose,
          approve('A', 'proposer', 'coordinator'),
          approve('B', 'b1'),
          approve('B', 'b2'),
        );
        expect(await append(schedule)).toMatchObject({ kind: 'claim-refused' });
        expect(await append(approve('A', 'proposer', 'approver', 'second key'))).toMatchObject({
          kind: 'claim-refused',
        });
        await append(approve('A', 'a1', 'coordinator'));
        expect(await append(schedule)).toMatchObject({ kind: 'claim-refused' });
        await append(approve('A', 'a2', 'approver'));
        expect(await append(schedule)).toMatchObject({ kind: 'appended' });
      });

      test('[ST-24] a tranche is scheduled with two standing approvals of each power', async () => {
        await append(propose, approve('A', 'a1'), approve('A', 'a2'), approve('B', 'b1'));
        expect(await append(schedule)).toMatchObject({ kind: 'claim-refused' });
        await append(approve('B', 'b2'));
        const withdraw: Claim = {
          kind: 'withdraw-approval',
          tranche,
          hash: proposal,
          actor: 'a2' as ActorId,
        };
        expect(await append(withdraw)).toMatchObject({ kind: 'appended' });
        expect(await append(withdraw)).toMatchObject({ kind: 'claim-refused' });
        expect(await append(schedule)).toMatchObject({ kind: 'claim-refused' });
        await expect(
          opened.raw(`insert into schedule (exchange, tranche, hash, powers, entry)
            values ('${exchange}', '${tranche}', '${proposal}', '{A,B}', 0)`),
        ).rejects.toThrow(/two standing approvals/);
        await expect(opened.raw('update approval set withdrawn = null')).rejects.toThrow();
        expect(await append(approve('A', 'a2'))).toMatchObject({ kind: 'appended' });
        expect(await append(schedule)).toMatchObject({ kind: 'appended' });
        expect(await append(withdraw)).toMatchObject({ kind: 'appended' });
        expect(await append(release(legA, 1))).toMatchObject({ kind: 'claim-refused' });
        await append(approve('A', 'a3'));
        expect(await append(release(legA, 1))).toMatchObject({ kind: 'appended' });
      });

      test('[ST-25] nothing leaves from a tranche that is not scheduled or is closed', async () => {
        await append(propose, ...fourApprovals);
        expect(await append(release(legA, 1))).toMatchObject({ kind: 'claim-refused' });
        await append(schedule);
        expect(await append(release(legA, 1))).toMatchObject({ kind: 'appended' });
        expect(await append({ kind: 'close-tranche', tranche })).toMatchObject({ kind: 'appended' });
        expect(await append(release(legB, 1))).toMatchObject({ kind: 'claim-refused' });
        expect(await append(closeStep(legA, 1))).toMatchObject({ kind: 'appended' });
        expect(await append({ kind: 'close-tranche', tranche })).toMatchObject({ kind: 'claim-refused' });
      });

      test('[ST-26] a refused claim takes the whole append with it', async () => {
        await append(propose);
        const size = await store.log.size();
        const batch = [
          toNewEntry(size, [approve('A', 'a1')]),
          toNewEntry(size + 1, [schedule]),
          toNewEntry(size + 2),
        ];
        expect(await store.log.append(size, batch)).toMatchObject({
          kind: 'claim-refused',
          at: 1,
          act: batch[1]!.act,
        });
        expect(await store.log.size()).toBe(size);
        expect(await opened.raw('select from approval')).toHaveLength(0);
      });

      test('[ST-10] [ST-11] [ST-13] the sequencer answers each submission for itself', async () => {
        const sequencer = await openCounting(store);
        const answers = await Promise.allSettled([1, 2, 2, -1, 3, 0, 1, 4].map((n) => sequencer.submit(n)));
        expect(
          answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'fault')),
        ).toMatchObject([
          { kind: 'logged', index: 0, again: false },
          { kind: 'logged', index: 1, again: false },
          { kind: 'logged', index: 1, again: true },
          { kind: 'refused', refusal: 'negative' },
          { kind: 'logged', index: 2, again: false },
          'fault',
          { kind: 'logged', index: 0, again: true },
          { kind: 'logged', index: 3, again: false },
        ]);
        expect(await sequencer.submit(4)).toEqual({ kind: 'logged', index: 3, again: true });
        expect(sequencer.state()).toMatchObject(['act 1', 'act 2', 'act 3', 'act 4']);
        expect(sequencer.size()).toBe(4);
        const reopened = await openCounting(store);
        expect(reopened.state()).toEqual(sequencer.state());
      });

      test('[ST-12] the sequencer reads on when another has written', async () => {
        const sequencer = await openCounting(store);
        await sequencer.submit(1);
        await store.log.append(1, [toNewEntry(2)]);
        expect(await sequencer.submit(3)).toMatchObject({ kind: 'logged', index: 2, again: false });
        expect(sequencer.state()).toEqual(['act 1', 'act 2', 'act 3']);
        expect(await sequencer.submit(2)).toEqual({ kind: 'logged', index: 1, again: true });
      });

      test('[ST-14] a full queue turns submissions away', async () => {
        const sequencer = await openCounting(store, 3);
        const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => sequencer.submit(n)));
        expect(answers.map(({ kind }) => kind)).toEqual(['logged', 'logged', 'logged', 'busy', 'busy']);
        await sequencer.settled();
        expect(await store.log.size()).toBe(3);
      });

      test('[ST-30] checkpoints are kept whole, the fork beside the first', async () => {
        const origin = 'homeward.example/log';
        const put = (size: number, byte: number, note: string) =>
          store.checkpoints.put({ origin, size, root: new Uint8Array(32).fill(byte), note });
        expect(await store.checkpoints.latest(origin)).toBeUndefined();
        await put(5, 1, 'five');
        await put(7, 2, 'seven');
        await put(7, 3, 'seven, forked');
        await put(7, 2, 'seven');
        await put(6, 4, 'six');
        expect((await store.checkpoints.latest(origin))?.note).toBe('seven, forked');
        expect((await store.checkpoints.at(origin, 7)).map(({ note, root }) => [note, root[0]])).toEqual([
          ['seven', 2],
          ['seven, forked', 3],
        ]);
        expect(await store.checkpoints.at('elsewhere', 7)).toEqual([]);
        await expect(opened.raw('delete from checkpoint')).rejects.toThrow();
        await expect(opened.raw(`update checkpoint set note = ''`)).rejects.toThrow();
      });

      test('[ST-31] [ST-32] cosignatures are counted per root, the newest of each witness kept', async () => {
        const origin = 'o';
        const put = (size: number, witness: string, byte: number, time: number) =>
          store.checkpoints.putCosignature({
            origin,
            size,
            witness,
            root: new Uint8Array(32).fill(byte),
            line: `${witness} at ${time}`,
            time,
          });
        await put(5, 'A', 1, 10);
        await put(5, 'A', 1, 30);
        await put(5, 'A', 1, 20);
        await put(5, 'B', 1, 11);
        await put(8, 'A', 1, 40);
        await put(8, 'B', 2, 41);
        await put(9, 'A', 1, 50);
        await put(9, 'X', 1, 50);
        expect((await store.checkpoints.cosignatures(origin, 5)).map(({ line }) => line)).toEqual([
          'A at 30',
          'B at 11',
        ]);
        expect(await store.checkpoints.largestCosigned(origin, ['A', 'B'], 2)).toBe(5);
        expect(await store.checkpoints.largestCosigned(origin, ['A', 'B'], 1)).toBe(9);
        expect(await store.checkpoints.largestCosigned(origin, ['C'], 1)).toBe(0);
      });

      test('[ST-50] a payload goes to those it is addressed to', async () => {
        const ciphertext = new Uint8Array(100_000).map((_, at) => at % 251);
        const hash = createHash('sha256').update(ciphertext).digest('hex') as PayloadHash;
        const recipients = ['r1', 'r2'].map((recipient, at) => ({
          recipient,
          sealedKey: new Uint8Array([at]),
        }));
        const payload = { hash, exchange, ciphertext, recipients };
        expect(await store.payloads.put({ ...payload, ciphertext: new Uint8Array(1) })).toEqual({
          kind: 'hash-differs',
        });
        expect(await store.payloads.missing([hash])).toEqual([hash]);
        expect(await store.payloads.put(payload)).toEqual({ kind: 'stored' });
        expect(await store.payloads.put(payload)).toEqual({ kind: 'already-held' });
        expect(await store.payloads.missing([hash, toDigest('x') as PayloadHash])).toEqual([toDigest('x')]);
        expect(await store.payloads.find(hash)).toEqual(payload);
        expect(await store.payloads.findFor(hash, 'r2')).toEqual({
          exchange,
          ciphertext,
          sealedKey: new Uint8Array([1]),
        });
        expect(await store.payloads.findFor(hash, 'r3')).toBeUndefined();
      });

      test('[ST-51] an erased payload is gone for good', async () => {
        const ciphertext = new Uint8Array([1, 2, 3]);
        const hash = createHash('sha256').update(ciphertext).digest('hex') as PayloadHash;
        const payload = {
          hash,
          exchange,
          ciphertext,
          recipients: [{ recipient: 'r', sealedKey: new Uint8Array(8) }],
        };
        expect(await store.payloads.erase(hash)).toBe('unknown');
        await store.payloads.put(payload);
        expect(await store.payloads.state(hash)).toBe('held');
        expect(await store.payloads.erase(hash)).toBe('erased');
        expect(await store.payloads.erase(hash)).toBe('erased');
        expect(await store.payloads.find(hash)).toBeUndefined();
        expect(await store.payloads.findFor(hash, 'r')).toBeUndefined();
        expect(await store.payloads.put(payload)).toEqual({ kind: 'erased' });
        expect(await store.payloads.missing([hash])).toEqual([]);
        expect(await opened.raw('select sealed_key from payload_recipient')).toHaveLength(0);
        await expect(
          opened.raw(`update payload set ciphertext = '\\x01', erased_at = null`),
        ).rejects.toThrow();
        await expect(opened.raw('delete from payload')).rejects.toThrow();
      });

      test('[ST-55] the outbox keeps its order', async () => {
        const [a, b, c] = [0, 1, 2].map((n) => toNewEntry(n));
        for (const { act, bytes } of [c!, a!, b!, c!]) await store.pending.put(act, bytes);
        const order = async () => (await store.pending.waiting(10)).map(({ act }) => act);
        expect(await order()).toEqual([c!.act, a!.act, b!.act]);
        expect((await store.pending.waiting(2)).length).toBe(2);
        await store.pending.noteAttempt(c!.act, 'host-away');
        expect(await store.pending.find(c!.act)).toMatchObject({
          attempts: 1,
          problem: 'host-away',
          bytes: c!.bytes,
        });
        await store.pending.refuse(a!.act);
        await store.pending.settle([c!.act]);
        expect(await order()).toEqual([b!.act]);
        expect(await store.pending.find(a!.act)).toBeUndefined();
        expect(await store.pending.find(c!.act)).toBeUndefined();
      });

      test('[ST-55] a refused act that is put again waits again, after the others, as it was put last', async () => {
        const [a, b] = [0, 1].map((n) => toNewEntry(n));
        for (const { act, bytes } of [a!, b!]) await store.pending.put(act, bytes);
        await store.pending.noteAttempt(a!.act, 'host-away');
        await store.pending.refuse(a!.act);
        const signedAnew = Uint8Array.of(...a!.bytes, 1);
        await store.pending.put(a!.act, signedAnew);
        const waiting = await store.pending.waiting(10);
        expect(waiting.map(({ act }) => act)).toEqual([b!.act, a!.act]);
        const { problem, ...again } = waiting[1]!;
        expect(problem).toBeUndefined();
        expect(again).toMatchObject({ bytes: signedAnew, status: 'waiting', attempts: 0 });
      });

      test('[ST-56] peers and settings read back', async () => {
        await store.peers.put('A', 'http://127.0.0.1:1');
        await store.peers.put('A', 'http://127.0.0.1:2');
        expect(await store.peers.all()).toEqual([{ name: 'A', url: 'http://127.0.0.1:2' }]);
        await store.peers.failed('A', 'away');
        await store.peers.heard('A', 7);
        await store.peers.heard('A', 5);
        expect(await store.peers.all()).toEqual([
          { name: 'A', url: 'http://127.0.0.1:2', lastSize: 7, lastHeard: expect.stringMatching(/Z$/) },
        ]);
        for (const json of [[1, 'two', null], { a: [] }, 'text', 3, true]) {
          await store.settings.put('s', json);
          expect(await store.settings.find('s')).toEqual(json);
        }
        await store.settings.put('s:1', 1);
        await store.settings.put('s:%', [2]);
        await store.settings.put('t:1', 3);
        expect(await store.settings.under('s:')).toEqual(
          new Map<string, unknown>([
            ['s:1', 1],
            ['s:%', [2]],
          ]),
        );
        expect(await store.settings.under('s:%')).toEqual(new Map([['s:%', [2]]]));
        await store.settings.delete('s');
        await store.settings.delete('none');
        expect(await store.settings.find('s')).toBeUndefined();
        expect(await store.settings.find('none')).toBeUndefined();
      });
    });

    describe('with a log of several tiles', () => {
      const size = 256 * 3 + 5;
      beforeAll(async () => {
        opened = await open();
        store = opened.store;
        await fill(size);
      });
      afterAll(() => opened.close());

      test('[ST-4] serves the files of every size as the writer would make them', async () => {
        let tip = emptyTip;
        const files = new Map<string, Uint8Array>();
        for (let n = 0; n < size; n += 1) {
          const plan = planAppend(tip, [toNewEntry(n).bytes]);
          tip = plan.tip;
          for (const { path, bytes } of plan.files) files.set(path, bytes);
        }
        const paths = [...files.keys()];
        const sample = [
          ...paths.filter((path) => !path.includes('.p/')),
          ...fc.sample(fc.constantFrom(...paths), { numRuns: 60, seed: 7 }),
        ];
        for (const path of sample) expect(await store.log.findTile(path), path).toEqual(files.get(path));
        for (const path of [
          tilePath({ level: 0, index: 3, width: 6 }),
          tilePath({ level: 0, index: 3, width: 256 }),
          tilePath({ level: 'entries', index: 3, width: 6 }),
          tilePath({ level: 1, index: 0, width: 4 }),
          tilePath({ level: 2, index: 0, width: 1 }),
          tilePath({ level: 63, index: 0, width: 1 }),
          tilePath({ level: 0, index: 999_999_999_999, width: 1 }),
          'checkpoint',
          'tile/0/000/',
          '../etc/passwd',
        ]) {
          expect(await store.log.findTile(path), path).toBeUndefined();
        }
      });

      test('[ST-5] has the root of RFC 6962 at every size', async () => {
        let frontier = emptyFrontier;
        const roots = [frontierRoot(frontier)];
        for (let n = 0; n < size; n += 1) {
          frontier = appendLeaf(frontier, leafHash(toNewEntry(n).bytes));
          roots.push(frontierRoot(frontier));
        }
        const sizes = [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 767, 768, 769, size];
        for (const at of sizes) expect(await store.log.rootAt(at), String(at)).toEqual(roots[at]);
        await expect(store.log.rootAt(size + 1)).rejects.toThrow(RangeError);
      });
    });
  });
}

/** A state that is the list of texts logged; -1 is refused, 0 is a fault. */
function openCounting(store: Store, queueMax = 100) {
  return openSequencer<readonly string[], number, string>(store.log, {
    initial: [],
    queueMax,
    evolve: (state, entry) => [...state, new TextDecoder().decode(entry.bytes)],
    onStoreRefusal: ({ kind }) => kind,
    admit(state, n) {
      if (n < 0) return { kind: 'refused', refusal: 'negative' };
      if (n === 0) throw new Error('a fault');
      const entry = toNewEntry(n);
      if (state.includes(`act ${n}`)) return { kind: 'known', act: entry.act };
      return { kind: 'admitted', state: [...state, `act ${n}`], entry };
    },
  });
}
