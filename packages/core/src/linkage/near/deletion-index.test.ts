import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeletionIndex, findNearKeys, getIndexedEdits, NumberList, sortUnique } from './deletion-index.ts';

/** Levenshtein's distance by the table, for keys of a few letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(
        Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length]!;
}

const key = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 9 })
  .map((letters) => letters.join(''));
/** A key with one or two neighbouring letters gone, doubled or replaced: what a slip makes of it. */
const slipOf = (word: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(word.length), fc.constantFrom('', 'a', 'd', 'bc'), fc.nat(2))
    .map(([at, put, gone]) => `${word.slice(0, at)}${put}${word.slice(at + gone)}`.slice(0, 9) || 'a');
/** Keys of which many are near one another. */
const keys = fc
  .tuple(fc.array(key, { minLength: 1, maxLength: 6 }), fc.array(key, { minLength: 1, maxLength: 3 }))
  .chain(([others, bases]) =>
    fc
      .tuple(...bases.flatMap((base) => [slipOf(base), slipOf(base), slipOf(base), slipOf(base)]))
      .map((slips) => [...new Set([...others, ...bases, ...slips])]),
  );

function unpack(pairs: Float64Array, count: number): readonly string[] {
  return Array.from(pairs, (pair) => `${Math.floor(pair / count)} ${pair % count}`);
}

describe('keys within a few edits', () => {
  test('no pair within the allowed edits of both keys is missed', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom(1, 2), (list, most) => {
        const found = new Set(unpack(findNearKeys(list, most).pairs, list.length));
        for (let low = 0; low < list.length; low += 1) {
          for (let high = low + 1; high < list.length; high += 1) {
            const [a, b] = [list[low]!, list[high]!];
            const allowed = Math.min(getIndexedEdits(a.length, most), getIndexedEdits(b.length, most));
            if (allowed > 0 && distance(a, b) <= allowed) {
              expect(found, `${a} and ${b}`).toContain(`${low} ${high}`);
            }
          }
        }
      }),
    );
  });

  test('pairs are made once, in order, and of two different keys', () => {
    fc.assert(
      fc.property(keys, (list) => {
        const { pairs, skipped } = findNearKeys(list, 2);
        expect(skipped).toBe(0);
        expect([...pairs]).toEqual([...new Set(pairs)].sort((a, b) => a - b));
        for (const pair of pairs) {
          expect(Math.floor(pair / list.length)).toBeLessThan(pair % list.length);
        }
      }),
    );
  });

  test('looking one key up finds the very keys that pairing finds', () => {
    fc.assert(
      fc.property(keys, fc.nat(), (list, pick) => {
        const asked = list[pick % list.length]!;
        const index = new DeletionIndex(list, 2);
        const found = index.find(asked);
        list.forEach((known, at) => {
          const allowed = Math.min(getIndexedEdits(known.length, 2), getIndexedEdits(asked.length, 2));
          if (allowed > 0 && distance(known, asked) <= allowed) {
            expect(found.has(at), `${asked} finds ${known}`).toBe(true);
          }
        });
      }),
    );
  });

  test('a bucket of hundreds of keys is a common prefix: its pairs are counted and not made', () => {
    const many = Array.from({ length: 500 }, (_, n) => `abcdefghi${n}`);
    const { pairs, skipped } = findNearKeys(many, 2);
    expect(pairs.length).toBe(0);
    expect(skipped).toBeGreaterThan((500 * 499) / 2 - 1);
  });

  test('short keys bear fewer edits', () => {
    expect([1, 2, 3, 5, 6, 30].map((length) => getIndexedEdits(length, 2))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(getIndexedEdits(30, 1)).toBe(1);
  });

  test('a growing list keeps what is pushed, and sorting leaves each number once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 3000 }), (numbers) => {
        const list = new NumberList();
        for (const number of numbers) {
          list.push(number);
        }
        expect([...list.toArray()]).toEqual(numbers);
        expect([...sortUnique(list.toArray().slice())]).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });
});
