import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalText, listRoot, type EntryId, type EntryOpening } from '../exchange/index.ts';
import {
  checkListPaper,
  commitTo,
  findSamePersons,
  parseRecord,
  parseSalt,
  readRecord,
  recordBytesMax,
  sharedByChoice,
  toListPaper,
  toRecordBytes,
  withoutMembers,
  type OpenedList,
  type PersonRecord,
  type SaltedRecord,
} from './index.ts';

const idOf = (kind: string, n: number): string => `${kind}${String(n).padStart(22 - kind.length, '0')}`;
const place = {
  exchange: idOf('X', 1),
  list: idOf('L', 1),
} as Pick<PersonRecord, 'exchange' | 'list'>;

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.length <= 200);
const two = (n: number): string => String(n).padStart(2, '0');
const dayText = fc
  .tuple(
    fc.integer({ min: 1900, max: 2026 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .chain(([year, month, day]) =>
    fc.constantFrom(`${year}`, `${year}-${two(month)}`, `${year}-${two(month)}-${two(day)}`),
  );
const day = fc.record({ on: dayText, about: fc.boolean() }, { requiredKeys: ['on'] });
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

const spelling = fc.record(
  {
    family: word,
    given: word,
    patronymic: word,
    whole: word,
    script: fc.constantFrom('Cyrl', 'Latn', 'Arab'),
    source: fc.constantFrom('document' as const, 'relatives' as const, 'holder' as const),
  },
  { requiredKeys: ['family', 'script', 'source'] },
);

/** Records as any hand could write them, of the entry with this number. */
function recordOf(n: number): fc.Arbitrary<PersonRecord> {
  return fc.record(
    {
      schema: fc.constant('homeward/record/v1' as const),
      exchange: fc.constant(place.exchange),
      list: fc.constant(place.list),
      entry: fc.constant(idOf('E', n) as EntryId),
      names: fc.array(spelling, { minLength: 1, maxLength: 3 }),
      sex: orNull(fc.constantFrom('female' as const, 'male' as const)),
      born: orNull(day),
      birthplace: orNull(word),
      citizenships: orNull(fc.array(word, { minLength: 1, maxLength: 2 })),
      service: orNull(
        fc.record({ unit: orNull(word), rank: word, number: orNull(word) }, { requiredKeys: [] }),
      ),
      captured: orNull(fc.record({ on: orNull(day), place: word }, { requiredKeys: [] })),
      region: orNull(word),
      remarks: word,
      photo: fc.constant('0f'.repeat(32)),
    },
    { requiredKeys: ['schema', 'exchange', 'list', 'entry', 'names'] },
  );
}

const salt = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** A list of one to twelve persons as its owner made it, with what the log says of it. */
const sealed = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc
    .tuple(...Array.from({ length: count }, (_, n) => fc.record({ salt, record: recordOf(n) })))
    .map((salted: readonly SaltedRecord[]) => {
      const openings = salted.map((each): EntryOpening => ({
        entry: each.record.entry,
        commitment: commitTo(each.salt, each.record),
        category: 'military',
        lane: 'exchange',
      }));
      const log: OpenedList = {
        ...place,
        ...{ kind: 'held', from: 'A' as OpenedList['from'], root: listRoot(openings), openings },
      };
      return { salted, log };
    }),
);

describe('one record', () => {
  test('[RD-1] a closed form: what departs is named by its place', () => {
    const good = fc.sample(recordOf(1), { numRuns: 1, seed: 7 })[0]!;
    const pointers = (content: unknown): readonly string[] => {
      const read = readRecord(content);
      return read.ok ? [] : read.error.map(({ pointer }) => pointer);
    };
    expect(pointers(good)).toEqual([]);
    expect(pointers({ ...good, worth: 3 })).toEqual(['/worth']);
    expect(pointers({ ...good, sex: 'm' })).toEqual(['/sex']);
    for (const on of ['2023-02-29', '1990-13', '1990-00-01', '90-01-01', '1990-04-31']) {
      expect(pointers({ ...good, born: { on } })).toEqual(['/born/on']);
    }
    expect(pointers({ ...good, born: { on: '2024-02-29' } })).toEqual([]);
    expect(pointers({ ...good, names: [{ family: 'Ім’я', script: 'Cyrl' }] })).toEqual(['/names/0/source']);
    expect(pointers({ ...good, names: [{ patronymic: 'x', script: 'Cyrl', source: 'holder' }] })).toEqual([
      '/names/0',
    ]);
    expect(pointers({ ...good, remarks: 'x'.repeat(4001) })).toEqual(['/remarks']);
    expect(pointers({ ...good, remarks: '\ud800' })).toEqual(['']);
  });

  test('[RD-2] bytes in one spelling, and no other', () => {
    fc.assert(
      fc.property(recordOf(1), (record) => {
        const bytes = toRecordBytes(record);
        const parsed = parseRecord(bytes);
        expect(parsed.ok && toRecordBytes(parsed.value)).toEqual(bytes);
        const spaced = new TextEncoder().encode(JSON.stringify(JSON.parse(canonicalText(record)), null, 1));
        expect(parseRecord(spaced).ok).toBe(false);
      }),
    );
  });

  test('[RD-3] bytes of anyone are a record or faults, and never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => !parseRecord(noise).ok));
    fc.assert(
      fc.property(recordOf(1), fc.nat(), fc.integer({ min: 1, max: 255 }), (record, at, mask) => {
        const bytes = toRecordBytes(record);
        const changed = bytes.slice();
        changed[at % bytes.length]! ^= mask;
        const parsed = parseRecord(changed);
        if (parsed.ok) {
          expect(toRecordBytes(parsed.value)).toEqual(changed);
        }
      }),
    );
    expect(parseRecord(new Uint8Array(recordBytesMax + 1)).ok).toBe(false);
    expect(parseRecord(new TextEncoder().encode('['.repeat(20_000))).ok).toBe(false);
  });

  test('[RD-4] absent and unknown are two things', () => {
    fc.assert(
      fc.property(
        recordOf(1),
        salt,
        fc.constantFrom('born', 'birthplace', 'region'),
        (record, own, member) => {
          const absent = withoutMembers(record, new Set([member]));
          const unknown = { ...absent, [member]: null } as PersonRecord;
          expect(commitTo(own, unknown)).not.toBe(commitTo(own, absent));
        },
      ),
    );
  });

  test('[RD-5] choosing what to share takes members away and changes no other', () => {
    fc.assert(
      fc.property(recordOf(1), fc.subarray([...sharedByChoice]), (record, left) => {
        const fewer = withoutMembers(record, new Set(left));
        expect(readRecord(fewer).ok).toBe(true);
        for (const [name, value] of Object.entries(fewer)) {
          expect(canonicalText(value)).toBe(canonicalText(record[name as keyof PersonRecord]));
        }
        for (const name of left) {
          expect(Object.hasOwn(fewer, name)).toBe(false);
        }
      }),
    );
  });
});

describe('commitments', () => {
  test('[RD-10] a commitment holds for its record and salt alone', () => {
    fc.assert(
      fc.property(recordOf(1), recordOf(1), salt, fc.nat(255), (record, other, own, bit) => {
        const made = commitTo(own, record);
        const changed = own.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(commitTo(changed, record)).not.toBe(made);
        expect(commitTo(own, other) === made).toBe(canonicalText(other) === canonicalText(record));
      }),
    );
    expect(() => commitTo(new Uint8Array(31), fc.sample(recordOf(1), 1)[0]!)).toThrow('32 bytes');
    expect(parseSalt('AAAA')).toBeUndefined();
  });

  test('[RD-11] equal records have different commitments under different salts', () => {
    fc.assert(
      fc.property(
        recordOf(1),
        fc.uniqueArray(salt, { minLength: 4, maxLength: 4, selector: String }),
        (record, salts) => {
          expect(new Set(salts.map((each) => commitTo(each, record))).size).toBe(4);
        },
      ),
    );
  });

  test('[RD-12] the vectors', () => {
    const file = join(import.meta.dirname, '../../../../spec/vectors/record/record-v1.json');
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
      vectors: readonly {
        readonly name: string;
        readonly record: PersonRecord;
        readonly salt: string;
        readonly canonical: string;
        readonly commitment: string;
      }[];
    };
    expect(vectors.length).toBeGreaterThanOrEqual(4);
    for (const { record, salt: text, canonical, commitment } of vectors) {
      expect(readRecord(record).ok).toBe(true);
      expect(canonicalText(record)).toBe(canonical);
      expect(commitTo(parseSalt(text)!, record)).toBe(commitment);
    }
  });
});

describe('the paper of a list', () => {
  test('[RD-20] what was sealed and travels whole is known whole', () => {
    fc.assert(
      fc.property(sealed, ({ salted, log }) => {
        const checked = checkListPaper(toListPaper(log, salted), log);
        expect(checked.ok && checked.value.faults).toEqual([]);
        expect(checked.ok && [...checked.value.records.keys()]).toEqual(
          log.openings.map(({ entry }) => entry),
        );
      }),
    );
  });

  test('[RD-20] a wrong salt, a changed, missing, foreign, repeated or broken record is named', () => {
    const faultsOf = (salted: readonly unknown[], log: OpenedList): readonly string[] => {
      const text = canonicalText({
        ...(JSON.parse(new TextDecoder().decode(toListPaper(log, []))) as object),
        records: salted,
      });
      const checked = checkListPaper(new TextEncoder().encode(text), log);
      if (!checked.ok) throw new Error(checked.error.kind);
      // RD-21: whatever fails, all others stay known.
      const failing = checked.value.faults.length;
      expect(checked.value.records.size).toBeGreaterThanOrEqual(log.openings.length - failing);
      return checked.value.faults.map(({ kind }) => kind);
    };
    fc.assert(
      fc.property(sealed, fc.nat(), salt, recordOf(99), ({ salted, log }, pick, other, stranger) => {
        const rows = (
          JSON.parse(new TextDecoder().decode(toListPaper(log, salted))) as {
            records: { salt: string; record: object }[];
          }
        ).records;
        const at = pick % rows.length;
        const row = rows[at]!;
        const replaced = (by: object): readonly unknown[] => rows.with(at, by as (typeof rows)[number]);
        expect(
          faultsOf(
            replaced({ ...row, record: { ...row.record, remarks: 'another remark, not sealed' } }),
            log,
          ),
        ).toEqual(['commitment-differs']);
        const resalted = replaced({ ...row, salt: Buffer.from(other).toString('base64') });
        if (Buffer.compare(Buffer.from(other), salted[at]!.salt) !== 0) {
          expect(faultsOf(resalted, log)).toEqual(['commitment-differs']);
        }
        expect(faultsOf(rows.toSpliced(at, 1), log)).toEqual(['record-missing']);
        expect(faultsOf([...rows, row], log)).toEqual(['entry-repeated']);
        const foreign = { salt: row.salt, record: stranger };
        expect(faultsOf([...rows, foreign], log)).toEqual(['record-of-no-entry']);
        const moved = { ...row, record: { ...row.record, list: idOf('L', 2) } };
        expect(faultsOf([...rows, moved], log)).toEqual(['record-of-no-entry']);
        for (const broken of [
          null,
          7,
          'x',
          [],
          {},
          { salt: 'AA' },
          { salt: row.salt, record: { ...row.record, sex: 1 } },
        ]) {
          expect(faultsOf([...rows, broken], log)).toEqual(['malformed']);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('[RD-20] [RD-21] a paper for another exchange or list, or against another root, is none of this list', () => {
    fc.assert(
      fc.property(sealed, ({ salted, log }) => {
        const bytes = toListPaper(log, salted);
        const kindOf = (other: Partial<OpenedList>): string | undefined => {
          const checked = checkListPaper(bytes, { ...log, ...other });
          return checked.ok ? undefined : checked.error.kind;
        };
        expect(kindOf({ exchange: idOf('X', 2) as OpenedList['exchange'] })).toBe('other-exchange');
        expect(kindOf({ list: idOf('L', 2) as OpenedList['list'] })).toBe('other-list');
        expect(kindOf({ openings: log.openings.slice(1) })).toBe('root-differs');
      }),
      { numRuns: 30 },
    );
    const log = fc.sample(sealed, { numRuns: 1, seed: 3 })[0]!.log;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const checked = checkListPaper(noise, log);
        expect(checked.ok ? '' : checked.error.kind).toBe('not-a-paper');
      }),
    );
  });

  test('[RD-22] the same person twice is a doubt; namesakes are none', () => {
    const base = fc.sample(recordOf(0), { numRuns: 1, seed: 11 })[0]!;
    const person = (n: number, family: string, born: string, number?: string): PersonRecord => ({
      ...base,
      entry: idOf('E', n) as EntryId,
      names: [{ family, given: 'Андрій', patronymic: 'Іванович', script: 'Cyrl', source: 'document' }],
      born: { on: born },
      service: number === undefined ? null : { number },
    });
    expect(
      findSamePersons([
        person(1, 'Вигаданий', '1990-05-23'),
        person(2, 'ВИГАДАНИЙ', '1990-05-23'),
        person(3, 'Вигаданий', '1991-05-23'),
        person(4, 'Вигаданий', '1990-05'),
        person(5, 'Інший', '1980-01-02', 'АБ 123'),
        person(6, 'Иной', '1981-01-02', 'аб  123'),
      ]),
    ).toEqual([
      { entries: [idOf('E', 1), idOf('E', 2)], by: 'name-and-birth' },
      { entries: [idOf('E', 5), idOf('E', 6)], by: 'service-number' },
    ]);
  });
});
