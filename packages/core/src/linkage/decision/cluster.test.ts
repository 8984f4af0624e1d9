import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterComponent } from './cluster.ts';

/** Gains between up to seven records, in sixteenths so that sums are exact. */
const gains = fc.integer({ min: 2, max: 7 }).chain((count) =>
  fc
    .array(fc.integer({ min: -64, max: 64 }), {
      minLength: (count * (count - 1)) / 2,
      maxLength: (count * (count - 1)) / 2,
    })
    .map((cells) => ({
      count,
      gain: (a: number, b: number): number => {
        const [low, high] = a < b ? [a, b] : [b, a];
        return cells[(high * (high - 1)) / 2 + low]! / 16;
      },
    })),
);

const mean = (
  one: readonly number[],
  other: readonly number[],
  gain: (a: number, b: number) => number,
): number =>
  one.reduce((sum, a) => sum + other.reduce((part, b) => part + gain(a, b), 0), 0) /
  (one.length * other.length);

describe('clusters by average linkage', () => {
  test('each record is in one cluster, ascending, and asked about once per pair', () => {
    fc.assert(
      fc.property(gains, ({ count, gain }) => {
        const asked = new Set<string>();
        const members = Array.from({ length: count }, (_, n) => n * 3);
        const groups = clusterComponent(members, (a, b) => {
          const name = `${Math.min(a, b)} ${Math.max(a, b)}`;
          expect(asked.has(name)).toBe(false);
          asked.add(name);
          return gain(a / 3, b / 3);
        });
        expect(groups.flat().sort((a, b) => a - b)).toEqual(members);
        for (const group of groups) {
          expect(group).toEqual([...group].sort((a, b) => a - b));
        }
        expect(groups.map(([first]) => first)).toEqual(groups.map(([first]) => first!).sort((a, b) => a - b));
      }),
    );
  });

  test('no two clusters that would join are left apart', () => {
    fc.assert(
      fc.property(gains, ({ count, gain }) => {
        const groups = clusterComponent(
          Array.from({ length: count }, (_, n) => n),
          gain,
        );
        groups.forEach((one, at) => {
          for (const other of groups.slice(at + 1)) {
            expect(mean(one, other, gain)).toBeLessThanOrEqual(1e-9);
          }
        });
      }),
    );
  });

  test('one lucky pair does not chain two persons together', () => {
    // 0–1 and 2–3 are sure; 1–2 agrees by chance; every other pair speaks against.
    const gain = (a: number, b: number): number => {
      const name = `${Math.min(a, b)}${Math.max(a, b)}`;
      if (name === '01' || name === '23') {
        return 10;
      }
      return name === '12' ? 3 : -8;
    };
    expect(clusterComponent([0, 1, 2, 3], gain)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('two records join above the threshold alone', () => {
    expect(clusterComponent([4, 9], () => 0.1)).toEqual([[4, 9]]);
    expect(clusterComponent([4, 9], () => 0)).toEqual([[4], [9]]);
  });
});
