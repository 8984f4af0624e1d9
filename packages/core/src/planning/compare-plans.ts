/** Two plans side by side: who moves, and what becomes better or worse. */
import type { LevelResult, TranchePlan } from './plan.ts';
import { compareText } from './roster.ts';

export interface Move {
  readonly person: string;
  /** null: off. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface LevelDifference {
  readonly objective: LevelResult['objective'];
  readonly part: string;
  readonly before: number;
  readonly after: number;
  /** Whether the second plan is better on this level alone. */
  readonly verdict: 'better' | 'worse' | 'equal';
}

export interface PlanDifference {
  /** By person id. */
  readonly moves: readonly Move[];
  /** Levels that both plans have, in the order of the second. */
  readonly levels: readonly LevelDifference[];
}

/** The difference from one plan to another of the same persons. Cost: one pass over both. */
export function comparePlans(before: TranchePlan, after: TranchePlan): PlanDifference {
  const from = new Map(before.places.map(({ person, tranche }) => [person, tranche]));
  const to = new Map(after.places.map(({ person, tranche }) => [person, tranche]));
  const persons = [...new Set([...from.keys(), ...to.keys()])].sort(compareText);
  const moves = persons
    .map((person) => ({ person, from: from.get(person) ?? null, to: to.get(person) ?? null }))
    .filter((move) => move.from !== move.to);
  const known = new Map(
    before.certificate.levels.map((level) => [`${level.objective} ${level.part}`, level.value]),
  );
  const levels = after.certificate.levels.flatMap(
    ({ objective, part, sense, value }): readonly LevelDifference[] => {
      const old = known.get(`${objective} ${part}`);
      if (old === undefined) return [];
      const verdict = old === value ? 'equal' : old < value === (sense === 'max') ? 'better' : 'worse';
      return [{ objective, part, before: old, after: value, verdict }];
    },
  );
  return { moves, levels };
}
