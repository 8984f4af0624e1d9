/**
 * The value of every level of the published order, straight from the problem and the places of persons.
 *
 * Law     spec/planning.md, "Objectives": the checker and the oracle use it. The formulation counts the same things
 *         by another way, over cells of persons.
 * Cost    One pass over the persons for each objective.
 */
import type { Positions, Roster } from '../problem/roster.ts';
import { objectiveKindOf } from './index.ts';
import type { MeasuredLevel } from './objective-kind.ts';

/** The value of every level, most important first. */
export function measure(roster: Roster, positions: Positions): readonly MeasuredLevel[] {
  return roster.objectives.flatMap((objective) =>
    objectiveKindOf(objective.kind).measure(objective, roster, positions),
  );
}

/** Negative when `left` is the better plan, positive when `right` is, by the first level that differs. */
export function compareLevels(left: readonly MeasuredLevel[], right: readonly MeasuredLevel[]): number {
  for (const [index, level] of left.entries()) {
    const other = right[index];
    if (other === undefined || level.value === other.value) continue;
    return level.value < other.value === (level.sense === 'min') ? -1 : 1;
  }
  return 0;
}
