/**
 * What some moves make worse: the first level of the published order that falls behind the plan.
 *
 * Cost    One measuring of the plan, and one for each question; questions are bounded by the size of the problem.
 */
import { measure } from '../objectives/measure.ts';
import type { Objective } from '../problem/problem.ts';
import type { Positions, Roster } from '../problem/roster.ts';
import type { Moves } from './judge-moves.ts';

export interface WorseLevel {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly before: number;
  readonly after: number;
}

/** Persons measured in all, for the questions of one plan. */
const measuredMax = 4_000_000;

/** Undefined when no level gets worse before one gets better, or when enough has been asked. */
export function toWorse(roster: Roster, positions: Positions): (moves: Moves) => WorseLevel | undefined {
  let left = Math.floor(measuredMax / (roster.persons.length + 1));
  let known: ReturnType<typeof measure> | undefined;
  return (moves) => {
    left -= 1;
    if (left < 0) return undefined;
    known ??= measure(roster, positions);
    const moved = positions.slice();
    for (const [index, to] of moves) moved[index] = to;
    for (const [number, level] of measure(roster, moved).entries()) {
      const before = known[number]?.value ?? level.value;
      if (before === level.value) continue;
      const isWorse = level.value > before === (level.sense === 'min');
      return isWorse
        ? { objective: level.objective, part: level.part, before, after: level.value }
        : undefined;
    }
    return undefined;
  };
}
