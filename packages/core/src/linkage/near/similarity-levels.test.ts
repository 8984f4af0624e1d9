import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getJaroWinklerSlowly } from '../../names/index.ts';
import { SimilarityLevels } from './similarity-levels.ts';

const thresholds = [0.92, 0.88, 0.7];

function levelSlowly(a: string, b: string, limits: readonly number[]): number {
  if (a === b) return limits.length + 1;
  const similarity = getJaroWinklerSlowly(a, b);
  return limits.filter((limit) => similarity >= limit).length;
}

const strange = fc.oneof(
  fc.string({ unit: fc.constantFrom('а', 'б', 'в', 'a', 'b'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...Array.from('шевченкоіїoa\u0301𝒳')), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', 'а'.repeat(32), 'а'.repeat(33), `${'а'.repeat(31)}б`, 'шевченко', 'шевчук', 'шевченка'),
);

test('[LK-30] levels of similarity are those of the definition, for any strings and thresholds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(strange, { minLength: 2, maxLength: 30 }),
      fc.constantFrom(thresholds, [0.95], [0.9, 0.5, 0.2]),
      (values, limits) => {
        const levels = new SimilarityLevels(values, limits);
        const rights = Int32Array.from(values, (_, index) => index);
        const out = new Uint8Array(values.length);
        for (let a = 0; a < values.length; a += 1) {
          levels.getMany(a, rights, 0, values.length, out);
          for (let b = 0; b < values.length; b += 1) {
            const slow = levelSlowly(values[a]!, values[b]!, limits);
            expect(levels.get(a, b)).toBe(slow);
            expect(out[b]).toBe(slow);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('[LK-30] a dictionary too large to remember its pairs gives the same levels', () => {
  const roots = ['шевч', 'мельни', 'коваль', 'бондар', 'ткач', 'гонча', 'стельма', 'лісов', 'дуб', 'орли'];
  const endings = ['енко', 'ук', 'ик', 'ський', 'ов', 'ович', 'чак', 'ів', 'ко', 'ець'];
  const values: string[] = [];
  for (let number = 0; values.length < 4100; number += 1)
    values.push(
      `${roots[number % 10]!}${endings[Math.trunc(number / 10) % 10]!}${Math.trunc(number / 100).toString(26)}`,
    );
  values[7] = 'а'.repeat(50);
  values[8] = '';
  const levels = new SimilarityLevels(values, thresholds);
  const rights = Int32Array.from({ length: 400 }, (_, index) => (index * 37) % values.length);
  const out = new Uint8Array(rights.length);
  for (const a of [0, 7, 8, 37, 74, 1000, 4099]) {
    levels.getMany(a, rights, 0, rights.length, out);
    for (const [at, b] of rights.entries()) {
      const slow = levelSlowly(values[a]!, values[b]!, thresholds);
      expect(out[at]).toBe(slow);
      expect(levels.get(a, b)).toBe(slow);
    }
  }
});
