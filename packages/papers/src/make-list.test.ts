import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, listRoot } from '@homeward/core/exchange';
import { commitTo, readRecord, sharedByChoice } from '@homeward/core/record';
import { findScript, makeList, type ListMaking, type ListRow, type MadeList } from './index.ts';

/** A stream of bytes from a seed: the tests draw nothing by chance. */
function drawFrom(seed: string): ListMaking['draw'] {
  let n = 0;
  return (bytes) => {
    n += 1;
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, at) =>
      createHash('sha256').update(`${seed} ${n} ${at}`).digest(),
    );
    return new Uint8Array(Buffer.concat(blocks).subarray(0, bytes));
  };
}

const making = (over: Partial<ListMaking> = {}): ListMaking => ({
  place: {
    exchange: 'X000000000000000000001',
    list: 'L000000000000000000001',
    ...{ kind: 'sought', from: 'A' },
  } as ListMaking['place'],
  lane: 'exchange',
  source: 'document',
  left: new Set(),
  categories: { byWord: new Map([['цивільний', 'civilian']]), otherwise: 'military' },
  draw: drawFrom('list'),
  ...over,
});

const letters = 'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ’-абвгґдеєжзиіїйклмнопрстуфхцчшщьюя';
const name = fc
  .array(fc.constantFrom(...letters.split(/(?=.)/u)), { minLength: 2, maxLength: 30 })
  .map((signs) => `Я${signs.join('')}`);
const row = fc.record({
  family_name: fc.tuple(name),
  given_name: fc.tuple(name),
  patronymic: fc.oneof(fc.tuple(name), fc.constant(['—'])),
  sex: fc.constantFrom(['ч'], ['Ж'], ['чол.'], ['female'], ['невідомо'], ['']),
  date_of_birth: fc.constantFrom(['23.05.1990'], ['1990-05'], ['1990'], ['немає даних'], ['']),
  category: fc.constantFrom(['Цивільний'], []),
  notes: fc.constantFrom(['шрам на лівій руці'], []),
});
const rows = fc
  .array(row, { minLength: 1, maxLength: 12 })
  .map((cells) => cells.map((each, at): ListRow => ({ at: at + 2, id: `0${at}`, cells: each })));

function made(list: Iterable<ListRow>, over: Partial<ListMaking> = {}): MadeList {
  const result = makeList(list, making(over));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('a list from the rows of a file', () => {
  test('[RD-40] names stand as they stand in the cells, and what is not known is null', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { salted, openings, root, ownId } = made(list);
        expect(root).toBe(listRoot(openings));
        salted.forEach(({ record, salt }, at) => {
          const cells = list[at]!.cells;
          expect(record.names[0]).toMatchObject({
            family: cells.family_name![0],
            given: cells.given_name![0],
            script: 'Cyrl',
          });
          expect(record.names[0]?.patronymic).toBe(
            cells.patronymic![0] === '—' ? undefined : cells.patronymic![0],
          );
          expect(record.sex === null).toBe(['невідомо', ''].includes(cells.sex![0]!));
          expect(record.born === null).toBe(['немає даних', ''].includes(cells.date_of_birth![0]!));
          expect(readRecord(record).ok).toBe(true);
          expect(openings[at]!.commitment).toBe(commitTo(salt, record));
          expect(openings[at]!.category).toBe(cells.category!.length === 0 ? 'military' : 'civilian');
          // Ids with leading zeros survive.
          expect(ownId.get(record.entry)).toBe(list[at]!.id);
        });
      }),
    );
    const both = made([
      { at: 2, id: '1', cells: { family_name: ['Вигаданий', 'Vyhadanyi'], given_name: ['Яків', 'Yakiv'] } },
      { at: 3, id: '2', cells: { full_name: ['ВИГАДАНА Юлія Яківна'] } },
    ]);
    expect(both.salted[0]!.record.names).toEqual([
      { family: 'Вигаданий', given: 'Яків', script: 'Cyrl', source: 'document' },
      { family: 'Vyhadanyi', given: 'Yakiv', script: 'Latn', source: 'document' },
    ]);
    expect(both.salted[1]!.record.names).toEqual([
      { whole: 'ВИГАДАНА Юлія Яківна', script: 'Cyrl', source: 'document' },
    ]);
    expect(['اسم', 'გვარი', 'Ազգ', '№ 7'].map(findScript)).toEqual(['Arab', 'Geor', 'Armn', 'Zyyy']);
  });

  test('[RD-41] all or nothing, and every fault by row and column, never with the cell', () => {
    const bad: readonly (readonly [ListRow['cells'], string])[] = [
      [{ family_name: ['Вигаданий'], date_of_birth: ['таємниця-дати'] }, 'date_of_birth'],
      [{ family_name: ['Вигаданий'], date_of_birth: ['31.02.1990'] }, 'date_of_birth'],
      [{ family_name: ['Вигаданий'], sex: ['таємниця-статі'] }, 'sex'],
      [{ family_name: ['Вигаданий'], category: ['таємниця-категорії'] }, 'category'],
      [{ patronymic: ['Іванович'] }, 'names'],
      [{ family_name: ['В'.repeat(201)] }, 'names'],
      [{ family_name: ['Вигаданий'], notes: ['x'.repeat(4001)] }, 'notes'],
    ];
    fc.assert(
      fc.property(rows, fc.subarray([...bad], { minLength: 1 }), fc.nat(), (good, some, seed) => {
        const list = [...good];
        some.forEach(([cells], n) => {
          list.splice((seed + n) % (list.length + 1), 0, { at: 0, id: `bad ${n}`, cells });
        });
        const placed = list.map((each, at): ListRow => ({ ...each, at: at + 2 }));
        const result = makeList(placed, making());
        if (result.ok) throw new Error('a bad row was taken');
        expect(result.error.map(({ column }) => column).sort()).toEqual(
          some.map(([, column]) => column).sort(),
        );
        for (const { at } of result.error) expect(placed[at - 2]!.id).toContain('bad');
        expect(JSON.stringify(result.error)).not.toContain('таємниця');
      }),
    );
    const twice: ListRow = { at: 2, id: '7', cells: { family_name: ['Вигаданий'] } };
    expect(makeList([twice, { ...twice, at: 3 }], making())).toEqual({
      ok: false,
      error: [{ at: 3, column: 'id', expected: 'an id that no other row has' }],
    });
  });

  test('[RD-42] what is not shared is in no record, and ids and salts are drawn anew', () => {
    fc.assert(
      fc.property(rows, fc.subarray([...sharedByChoice]), (list, left) => {
        const { salted, ownId } = made(list, { left: new Set(left) });
        for (const { record } of salted) {
          for (const member of left) expect(Object.hasOwn(record, member)).toBe(false);
        }
        expect(new Set(salted.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(list.length);
        expect(ownId.size).toBe(list.length);
        for (const { id } of list) {
          expect(salted.some(({ record }) => canonicalText(record).includes(`"${id}"`))).toBe(false);
        }
      }),
    );
  });
});
