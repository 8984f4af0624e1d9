/**
 * The figures of 23–25 May 2025, and the same in proportion for a smaller run: 1,000 for 1,000 in three days of
 * 390, 307 and 303 each way, the first with 270 military and 120 civilians, two crossings about 50 km apart.
 */

/** `total` in the proportion of `weights`, in whole persons that add up: the largest remainders are rounded up. */
export function inProportion(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .slice(0, left)
    .forEach(({ index }) => (parts[index] = parts[index]! + 1));
  return parts;
}

export interface Figures {
  /** Persons agreed each way. */
  readonly agreed: number;
  /** Persons each power holds of the other, so that choosing is real. */
  readonly population: number;
  /** Civilians among them. */
  readonly civilians: number;
  /** Persons each way per tranche, in order. */
  readonly tranches: readonly number[];
  /** Civilians each way in the first tranche; the rest of it is military. */
  readonly civiliansInFirst: number;
  /** Persons in one bus: the step of the interlock. */
  readonly stepSize: number;
  /** Pairs over both powers of whom neither goes without the other. */
  readonly packages: number;
  readonly families: number;
  /** Answers of no to the question whether a person wishes to go, over both powers. */
  readonly refusalsOfWill: number;
}

/** The figures for `agreed` persons each way; 1,000 gives those of the day itself. At least 12. */
export function figuresFor(agreed: number): Figures {
  if (!Number.isInteger(agreed) || agreed < 12) throw new RangeError('at least 12 persons each way');
  const [first, second, third] = inProportion(agreed, [390, 307, 303]) as [number, number, number];
  const scaled = (number: number): number => Math.max(1, Math.round((number * agreed) / 1_000));
  const population = Math.max(Math.round(agreed * 1.4), agreed + 20);
  const civiliansInFirst = Math.round((first * 120) / 390);
  return {
    agreed,
    population,
    civilians: Math.max(Math.round(population * 0.15), civiliansInFirst + 6),
    tranches: [first, second, third],
    civiliansInFirst,
    stepSize: Math.min(50, Math.max(2, Math.ceil(agreed / 20))),
    packages: scaled(30),
    families: scaled(12),
    refusalsOfWill: 3,
  };
}
