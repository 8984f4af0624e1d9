import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignExactly, assignOneToOne, findComponents, type CandidatePairs } from './assign.ts';

interface Edge {
  readonly left: number;
  readonly right: number;
  readonly gain: number;
}

/** Small tables of candidates, each pair at most once, gains in quarters so that sums are exact. */
const edges = fc.uniqueArray(
  fc.record({
    left: fc.nat(5),
    right: fc.nat(5),
    gain: fc.integer({ min: 1, max: 80 }).map((quarters) => quarters / 4),
  }),
  { maxLength: 14, selector: ({ left, right }) => left * 6 + right },
);

const toPairs = (list: readonly Edge[]): CandidatePairs => ({
  left: Int32Array.from(list, ({ left }) => left),
  right: Int32Array.from(list, ({ right }) => right),
  gain: Float64Array.from(list, ({ gain }) => gain),
});

/** The greatest total of any choice that matches nobody twice: by trying all of them. */
function bestByTrying(list: readonly Edge[], at = 0, usedLeft = 0, usedRight = 0): number {
  const edge = list[at];
  if (edge === undefined) {
    return 0;
  }
  const without = bestByTrying(list, at + 1, usedLeft, usedRight);
  const left = 1 << edge.left;
  const right = 1 << edge.right;
  return (usedLeft & left) !== 0 || (usedRight & right) !== 0
    ? without
    : Math.max(without, edge.gain + bestByTrying(list, at + 1, usedLeft | left, usedRight | right));
}

describe('one-to-one assignment', () => {
  test('is the best of all choices, and matches nobody twice', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const { chosen, approximate } = assignOneToOne(toPairs(list), 6, 6);
        const taken = Array.from(chosen, (at) => list[at]!);
        expect(approximate).toBe(0);
        expect(new Set(taken.map(({ left }) => left)).size).toBe(taken.length);
        expect(new Set(taken.map(({ right }) => right)).size).toBe(taken.length);
        expect(taken.reduce((sum, { gain }) => sum + gain, 0)).toBe(bestByTrying(list));
        expect([...chosen]).toEqual([...chosen].sort((a, b) => a - b));
      }),
    );
  });

  test('a margin is what the best choice loses without the pair', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const { chosen, margin } = assignOneToOne(toPairs(list), 6, 6);
        const total = bestByTrying(list);
        chosen.forEach((at, index) => {
          expect(margin[index]).toBeCloseTo(total - bestByTrying(list.toSpliced(at, 1)), 9);
        });
      }),
    );
  });

  test('leaves rows out rather than take a pair that is no candidate', () => {
    const none = Number.NEGATIVE_INFINITY;
    expect([...assignExactly(new Float64Array([none, none]), 2, 1)]).toEqual([-1, -1]);
    expect([...assignExactly(new Float64Array([3, none]), 2, 1)]).toEqual([0, -1]);
    expect([...assignExactly(new Float64Array(0), 0, 0)]).toEqual([]);
  });

  test('components are the connected parts: each pair in one, and no person in two', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const pairs = toPairs(list);
        const groups = findComponents(pairs, 6, 6);
        expect(groups.flatMap((group) => [...group]).sort((a, b) => a - b)).toEqual(list.map((_, at) => at));
        for (const side of ['left', 'right'] as const) {
          const people = groups.map((group) => new Set(Array.from(group, (at) => list[at]![side])));
          const together = new Set(people.flatMap((set) => [...set]));
          expect(people.reduce((sum, set) => sum + set.size, 0)).toBe(together.size);
        }
      }),
    );
  });

  test('a component beyond the exact size is assigned greedily and says so; its margins are lower bounds', () => {
    const wide: Edge[] = Array.from({ length: 70 }, (_, n) => ({ left: 0, right: n, gain: 100 - n }));
    const hub: Edge[] = Array.from({ length: 69 }, (_, n) => ({ left: n + 1, right: 0, gain: 20 + n / 8 }));
    const { chosen, margin, approximate } = assignOneToOne(toPairs([...wide, ...hub]), 70, 70);
    expect(approximate).toBe(1);
    expect(chosen[0]).toBe(0);
    // The pair 0–0 is 1 bit ahead of 0–1, whatever the hub's other rivals are.
    expect(margin[0]).toBeLessThanOrEqual(1 + 28.5);
    expect(margin[0]).toBeGreaterThanOrEqual(0);
    const people = Array.from(chosen, (at) => [...wide, ...hub][at]!);
    expect(new Set(people.map(({ left }) => left)).size).toBe(people.length);
  });
});
