import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getEditDistance, getJaroWinkler, getJaroWinklerSlowly } from './index.ts';

test('[NM-19] the fast Jaro–Winkler equals the definition on any strings, and known values', () => {
  const near = fc.string({
    unit: fc.constantFrom('а', 'б', 'в', 'a', 'b', '\ud800', '\u0301'),
    maxLength: 40,
  });
  for (const word of [near, fc.string({ unit: 'binary', maxLength: 40 })])
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(getJaroWinkler(a, b)).toBe(getJaroWinklerSlowly(a, b));
      }),
      { numRuns: 1000 },
    );
  expect(getJaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4);
  expect(getJaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4);
  expect(getJaroWinkler('абв', 'где')).toBe(0);
  expect(getJaroWinkler('', '')).toBe(1);
  expect(getJaroWinkler('я'.repeat(10_000), 'я'.repeat(9_999))).toBeGreaterThan(0.99);
  expect(getEditDistance('я'.repeat(10_000), 'я'.repeat(9_999), 2)).toBe(1);
});
