/**
 * Several levels of the order as one weighted sum: a search for its best is a search for the best of each in turn
 * (lexicographic optimisation by weights).
 *
 * Law     Each weight is more than all that the levels below it can differ by, and the whole sum stays so small that
 *         the tolerances of a solver do not reach one unit.
 */
import type { LevelForm } from '../objectives/level-draft.ts';

/** The whole sum is less than this. */
const spanMax = 1_000_000;

export interface WeighedLevels {
  /** The sum, in the sense of its first level. */
  readonly level: LevelForm;
  /** How many levels it holds; one at least. */
  readonly count: number;
}

/** As many levels from one on as a sum can hold, at most `most`. */
export function weighLevels(
  levels: readonly LevelForm[],
  from: number,
  most: number = levels.length,
): WeighedLevels {
  const first = levels[from];
  if (first === undefined) throw new Error('no level left');
  let count = 1;
  for (let span = first.span; count < most; count += 1) {
    const next = levels[from + count];
    if (next === undefined) break;
    span *= next.span;
    if (span > spanMax) break;
  }
  if (count === 1) return { level: first, count };
  const sums = new Map<number, number>();
  let constant = 0;
  let weight = 1;
  for (let at = from + count - 1; at >= from; at -= 1) {
    const level = levels[at];
    if (level === undefined) continue;
    const sign = level.sense === first.sense ? weight : -weight;
    constant += sign * level.constant;
    level.columns.forEach((column, entry) => {
      sums.set(column, (sums.get(column) ?? 0) + sign * (level.values[entry] ?? 0));
    });
    weight *= level.span;
  }
  const entries = [...sums].filter(([, value]) => value !== 0);
  return {
    level: {
      ...first,
      constant,
      span: weight,
      columns: Int32Array.from(entries, ([column]) => column),
      values: Float64Array.from(entries, ([, value]) => value),
    },
    count,
  };
}
