import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMap, findIn, getFrom, isIn, pairsOf, setIn } from './persistent-map.ts';
import type { PersistentMap } from './persistent-map.ts';

const writes = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.integer()), { maxLength: 200 });

function heightOf(node: PersistentMap<string, number>['root']): number {
  if (node === undefined) return 0;
  const [left, right] = [heightOf(node.left), heightOf(node.right)];
  expect(Math.abs(left - right)).toBeLessThanOrEqual(1);
  return 1 + Math.max(left, right);
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
        heightOf(map.root);
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

  it('crashes on a key that has to be there and is not', () => {
    expect(() => getFrom(emptyMap<string, number>(), 'absent')).toThrow('does not hold');
  });
});
