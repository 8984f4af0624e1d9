/** Two plans side by side: who moves, and what becomes better or worse. */
import type { CountedPlace, LevelResult, TranchePlan } from '../problem/plan.ts';
import { compareText } from '../problem/roster.ts';

export interface Move {
  readonly person: string;
  /** null: off. */
  readonly from: string | null;
  readonly to: string | null;
}

/** How many known only by number go in a tranche, before and after. */
export interface CountedDifference {
  readonly group: string;
  readonly tranche: string;
  readonly before: number;
  readonly after: number;
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
  /** By group, then by tranche; only where the numbers differ. */
  readonly counted: readonly CountedDifference[];
  /** Levels that both plans have, in the order of the second. */
  readonly levels: readonly LevelDifference[];
}

export type FirstDifference =
  /** The first level on which the best plans of two problems differ. */
  | { readonly kind: 'different'; readonly level: LevelDifference }
  /** Every level has the same value, and is proven in both. */
  | { readonly kind: 'equal' }
  /** Before any difference stands a level, or is one, of which either plan does not have the proven best value. */
  | { readonly kind: 'unproven' };

/** What the best plans of two problems with the same levels differ in first, so far as both plans are proven best. */
export function findFirstDifference(before: TranchePlan, after: TranchePlan): FirstDifference {
  const { levels } = before.certificate;
  if (levels.length !== after.certificate.levels.length) return { kind: 'unproven' };
  for (const [index, { objective, part, sense, value, bound }] of after.certificate.levels.entries()) {
    const old = levels[index];
    if (old === undefined || old.bound !== old.value || bound !== value) return { kind: 'unproven' };
    if (old.value !== value) {
      const verdict = old.value < value === (sense === 'max') ? 'better' : 'worse';
      return { kind: 'different', level: { objective, part, before: old.value, after: value, verdict } };
    }
  }
  return { kind: 'equal' };
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
  return { moves, counted: compareCounted(before.counted, after.counted), levels };
}

function compareCounted(
  before: readonly CountedPlace[],
  after: readonly CountedPlace[],
): readonly CountedDifference[] {
  const sums = new Map<string, { group: string; tranche: string; before: number; after: number }>();
  for (const [side, places] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const { group, tranche, count } of places) {
      const key = JSON.stringify([group, tranche]);
      const sum = sums.get(key) ?? { group, tranche, before: 0, after: 0 };
      sum[side] += count;
      sums.set(key, sum);
    }
  }
  return [...sums.values()]
    .filter((sum) => sum.before !== sum.after)
    .sort((one, other) => compareText(one.group, other.group) || compareText(one.tranche, other.tranche));
}
