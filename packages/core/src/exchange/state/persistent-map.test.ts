import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMap, findIn, getFrom, isIn, pairsOf, setIn } from './persistent-map.ts';
import type { PersistentMap } from './persistent-map.ts';

const writes = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.integer()), { maxLength: 200 });

/** Counts the nodes, and finds no side more than three times as heavy as the other. */
function weigh(node: PersistentMap<string, number>['root']): number {
  if (node === undefined) return 0;
  const [left, right] = [weigh(node.left), weigh(node.right)];
  expect(left + 1).toBeLessThanOrEqual(3 * (right + 1));
  expect(right + 1).toBeLessThanOrEqual(3 * (left + 1));
  expect(node.size).toBe(1 + left + right);
  return node.size;
}

describe('a persistent map', () => {
  it('holds what a Map holds, in code-unit order, and stays balanced', () => {
    fc.assert(
      fc.property(writes, (pairs) => {
        let map = emptyMap<string, number>();
        const oracle = new Map<string, number>();
        for (const [key, value] of pairs) {
          map = setIn(map, key, value);
          oracle.set(key, value);
        }
        expect(map.size).toBe(oracle.size);
        expect([...pairsOf(map)]).toEqual([...oracle].sort(([a], [b]) => (a < b ? -1 : 1)));
        for (const [key, value] of oracle) expect(getFrom(map, key)).toBe(value);
        expect(isIn(map, 'nowhere')).toBe(false);
        expect(findIn(map, 'nowhere')).toBeUndefined();
        weigh(map.root);
      }),
      { numRuns: 300 },
    );
  });

  it('[EX-2] keeps every earlier map as it was', () => {
    fc.assert(
      fc.property(writes, (pairs) => {
        const maps: PersistentMap<string, number>[] = [emptyMap<string, number>()];
        for (const [key, value] of pairs) maps.push(setIn(maps.at(-1)!, key, value));
        const oracle = new Map<string, number>();
        maps.forEach((map, i) => {
          if (i > 0) oracle.set(...pairs[i - 1]!);
          expect(new Map(pairsOf(map))).toEqual(oracle);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('stays balanced when keys arrive in order', () => {
    let map = emptyMap<string, number>();
    for (let n = 0; n < 3000; n += 1) map = setIn(map, String(n).padStart(6, '0'), n);
    weigh(map.root);
    for (let n = 3000; n > 0; n -= 1)
      map = setIn<string, number>(map, `down ${String(n).padStart(6, '0')}`, n);
    expect(weigh(map.root)).toBe(6000);
  });

  it('crashes on a key that has to be there and is not', () => {
    expect(() => getFrom(emptyMap<string, number>(), 'absent')).toThrow('does not hold');
  });
});
