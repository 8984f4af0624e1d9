import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  generateSealingKeys,
  parseSealedPayload,
  type SealedPayload,
  type SealingKeyPair,
} from '@homeward/contract/sealing';
import { listRoot, type EntryId, type EntryOpening } from '@homeward/core/exchange';
import { commitTo, type OpenedList, type SaltedRecord } from '@homeward/core/record';
import {
  checkEscrow,
  drawRevealKey,
  lock,
  readList,
  sealList,
  sealRevealKey,
  unlock,
  type SealedList,
  type SealedPaper,
} from './index.ts';

const names = ['Перша', 'Друга', 'Третя'];
const place = {
  exchange: 'X000000000000000000001',
  list: 'L000000000000000000001',
  ...{ kind: 'held', from: 'A' },
} as Pick<OpenedList, 'exchange' | 'list' | 'kind' | 'from'>;

const salted = names.map((family, n): SaltedRecord => ({
  salt: new Uint8Array(32).fill(n + 1),
  record: {
    schema: 'homeward/record/v1',
    exchange: place.exchange,
    list: place.list,
    entry: `E00000000000000000000${n}` as EntryId,
    names: [{ family: `${family} Вигадана`, given: 'Особа', script: 'Cyrl', source: 'document' }],
  },
}));
const openings = salted.map(({ salt, record }): EntryOpening => ({
  entry: record.entry,
  commitment: commitTo(salt, record),
  category: 'military',
  lane: 'exchange',
}));
const log: OpenedList = { ...place, root: listRoot(openings), openings };
const read = ({ bytes }: SealedPaper): SealedPayload => parseSealedPayload(bytes)!;

let b: SealingKeyPair;
let neutral: SealingKeyPair;
let stranger: SealingKeyPair;
let sealed: SealedList;
let reveal: SealedPaper;

beforeAll(async () => {
  [b, neutral, stranger] = await Promise.all([
    generateSealingKeys(),
    generateSealingKeys(),
    generateSealingKeys(),
  ]);
  const readers = [{ party: 'B', publicKey: b.publicKey }];
  sealed = await sealList(place, salted, {
    readers,
    neutral: { party: 'N1', publicKey: neutral.publicKey },
  });
  reveal = await sealRevealKey(place, readers, sealed.revealKey);
});

describe('the papers of a list', () => {
  test('[RD-30] nobody reads before the key is given out; then the receiver reads all', async () => {
    const [records, escrow] = [read(sealed.records), read(sealed.escrow)];
    // All that B holds before: the records and, at worst, the escrow that is not for B.
    expect(await readList(log, { records, reveal: escrow }, b)).toEqual({
      ok: false,
      error: { kind: 'reveal-does-not-open', why: 'not-addressed' },
    });
    expect(await readList(log, { records, reveal: records }, b)).toMatchObject({
      error: { kind: 'locked', why: 'not-a-reveal-key' },
    });
    const opened = await readList(log, { records, reveal: read(reveal) }, b);
    expect(opened.ok && [...opened.value.records.values()]).toEqual(salted.map(({ record }) => record));
    expect(opened.ok && opened.value.faults).toEqual([]);
    for (const { bytes } of [sealed.records, sealed.escrow, reveal]) {
      expect(Buffer.from(bytes).includes(Buffer.from('Вигадана'))).toBe(false);
    }
  });

  test('[RD-31] the neutral finds an escrow that opens nothing', async () => {
    expect(
      await checkEscrow({ records: read(sealed.records), escrow: read(sealed.escrow) }, neutral),
    ).toEqual({
      ok: true,
      value: undefined,
    });
    const readers = [{ party: 'N1', publicKey: neutral.publicKey }];
    const lie = await sealRevealKey(place, readers, drawRevealKey());
    expect(await checkEscrow({ records: read(sealed.records), escrow: read(lie) }, neutral)).toMatchObject({
      error: { kind: 'locked', why: 'does-not-unlock' },
    });
  });

  test('[RD-32] papers of others, wrong keys and changed bytes give no record', async () => {
    const papers = { records: read(sealed.records), reveal: read(reveal) };
    expect(await readList(log, papers, stranger)).toMatchObject({ error: { why: 'not-addressed' } });
    const otherOwner = { ...log, from: 'C' as OpenedList['from'] };
    expect(await readList(otherOwner, papers, b)).toMatchObject({ error: { kind: 'not-from-its-owner' } });
    const otherList = { ...log, list: 'L000000000000000000002' as OpenedList['list'] };
    expect(await readList(otherList, papers, b)).toMatchObject({ error: { kind: 'other-list' } });
    const otherEntries = { ...log, openings: openings.slice(1) };
    expect(await readList(otherEntries, papers, b)).toMatchObject({ error: { kind: 'root-differs' } });
    const wrong = await sealRevealKey(place, [{ party: 'B', publicKey: b.publicKey }], drawRevealKey());
    expect(await readList(log, { ...papers, reveal: read(wrong) }, b)).toMatchObject({
      error: { kind: 'locked', why: 'does-not-unlock' },
    });
    const key = drawRevealKey();
    const locked = await lock(key, new TextEncoder().encode('three persons'));
    await fc.assert(
      fc.asyncProperty(fc.nat(locked.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = locked.slice();
        changed[at]! ^= mask;
        expect((await unlock(key, changed)).ok).toBe(false);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (noise) => !(await unlock(key, noise)).ok),
    );
  });
});
