/** The differencing attack: somebody who keeps every publication and subtracts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReleasedCount, sumReleased, toReleased } from './release.ts';

interface Life {
  readonly cellMin: number;
  readonly agreed: number;
  /** The count after each act. */
  readonly counts: readonly number[];
  /** Acts after which somebody publishes. */
  readonly looks: readonly number[];
}

/** Buses, single confirmations and later findings that take some back. */
const life: fc.Arbitrary<Life> = fc
  .record({
    cellMin: fc.integer({ min: 2, max: 12 }),
    agreed: fc.oneof(fc.nat(30), fc.nat(1_200)),
    steps: fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: -4, max: -1 }),
      ),
      {
        minLength: 1,
        maxLength: 60,
      },
    ),
    looks: fc.array(fc.nat(59), { minLength: 1, maxLength: 20 }),
  })
  .map(({ cellMin, agreed, steps, looks }) => {
    const counts: number[] = [];
    for (const step of steps) counts.push(Math.min(agreed, Math.max(0, (counts.at(-1) ?? 0) + step)));
    return {
      cellMin,
      agreed,
      counts,
      looks: looks.map((look) => Math.min(look, counts.length - 1)).sort((a, b) => a - b),
    };
  });

function publish({ cellMin, agreed, counts }: Life): readonly number[] {
  const released = new ReleasedCount(cellMin, agreed);
  return counts.map((count) => released.take(count));
}

describe('what the public may read', () => {
  it('[PB-1] subtracting publications, and from what was agreed, finds no small group', () => {
    fc.assert(
      fc.property(life, (one) => {
        const published = publish(one);
        const seen = [0, ...one.looks.map((look) => published[look]!)];
        const isReadable = (group: number): boolean => group === 0 || Math.abs(group) >= one.cellMin;
        const isRising = one.counts.every((count, at) => at === 0 || count >= one.counts[at - 1]!);
        for (const [at, later] of seen.entries()) {
          expect(isReadable(one.agreed - later) || later === 0).toBe(true);
          expect(isReadable(later)).toBe(true);
          // Where some were taken back, only neighbours in the log differ by one group.
          for (const earlier of isRising ? seen.slice(0, at) : [])
            expect(isReadable(later - earlier)).toBe(true);
        }
        published.slice(1).forEach((value, at) => expect(isReadable(value - published[at]!)).toBe(true));
      }),
      { numRuns: 1_000 },
    );
  });

  it('[PB-2] another count that ends in another small group is published alike, so that none is found', () => {
    let tried = 0;
    fc.assert(
      fc.property(life, (one) => {
        const published = publish(one);
        const [last, shown] = [one.counts.at(-1)!, published.at(-1)!];
        const hidden = last - shown;
        if (hidden <= 0 || hidden >= one.cellMin) return;
        const alike = Array.from({ length: one.cellMin }, (_, group) => shown + group).filter(
          (other) =>
            other !== last &&
            other <= one.agreed &&
            String(publish({ ...one, counts: [...one.counts.slice(0, -1), other] })) === String(published),
        );
        tried += 1;
        expect(alike.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
    expect(tried).toBeGreaterThan(200);
  });

  it('[PB-3] publishing more often shows nothing more', () => {
    fc.assert(
      fc.property(life, (one) => {
        const published = publish(one);
        for (const look of one.looks) {
          expect(publish({ ...one, counts: one.counts.slice(0, look + 1) }).at(-1)).toBe(published[look]);
        }
      }),
    );
  });

  it('[PB-4] never shows more than the count once reached, and shows all of what was agreed', () => {
    fc.assert(
      fc.property(life, (one) => {
        const published = publish(one);
        published.forEach((value, at) =>
          expect(value).toBeLessThanOrEqual(Math.max(...one.counts.slice(0, at + 1))),
        );
        if (one.agreed >= one.cellMin) {
          expect(publish({ ...one, counts: [...one.counts, 0, one.agreed] }).at(-1)).toBe(one.agreed);
        }
      }),
    );
  });

  it('[PB-5] a total is the sum of what is shown, and undisclosed numbers are in none', () => {
    const shown = toReleased(40, 5, false);
    expect(sumReleased([shown, toReleased(7, 5, true), toReleased(0, 5, false)])).toEqual(shown);
    expect(sumReleased([toReleased(7, 5, true)])).toEqual({ kind: 'undisclosed' });
    expect(sumReleased([toReleased(0, 5, false)])).toEqual({ kind: 'held-back' });
    expect(toReleased(0, 0, false)).toEqual({ kind: 'shown', value: 0 });
  });
});
