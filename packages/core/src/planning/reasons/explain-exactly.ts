/**
 * What it would cost that one person goes, or goes earlier: planned again, not guessed.
 *
 * Cost    One whole plan; where none exists, the questions of `explainConflict`.
 */
import { toFreeId } from '../rules/free-id.ts';
import { findFirstDifference } from '../plan/compare-plans.ts';
import { explainConflict } from './explain-conflict.ts';
import { planTranches, type PlanningOptions } from '../plan/plan-tranches.ts';
import type { LevelResult, TranchePlan } from '../problem/plan.ts';
import type { PersonId, PlanningProblem, Rule } from '../problem/problem.ts';
import type { Solver } from '../problem/solver.ts';

export type ExactReason =
  /** The person stands in the first tranche open to them, or may not go at all, whatever the rules. */
  | { readonly kind: 'nothing-to-ask' }
  /** The first level that gets worse when the person goes, or goes earlier. */
  | {
      readonly kind: 'worse';
      readonly objective: LevelResult['objective'];
      readonly part: string;
      readonly before: number;
      readonly after: number;
    }
  /** Another plan is as good on every level: the order of captivity and ids decides. */
  | { readonly kind: 'equal' }
  /** No plan has the person there while these rules, one at least, hold together; minimal. */
  | { readonly kind: 'conflict'; readonly rules: readonly string[] }
  /** The time did not suffice, or one of the two plans is not proven best as far as they must be compared. */
  | { readonly kind: 'unknown' };

/** The exact reason of one person's place in a plan that is proven best. */
export function explainExactly(
  problem: PlanningProblem,
  plan: TranchePlan,
  solver: Solver,
  person: PersonId,
  options: PlanningOptions = {},
): ExactReason {
  const tranche = plan.places.find((place) => place.person === person)?.tranche;
  const findTranche = (wanted: string | undefined): number =>
    problem.tranches.findIndex(({ id }) => id === wanted);
  const at = findTranche(tranche);
  const asking = problem.persons.find(({ id }) => id === person);
  const isFirst = at >= 0 && at <= Math.max(0, findTranche(asking?.earliest));
  if (asking === undefined || asking.ineligible !== undefined || isFirst) return { kind: 'nothing-to-ask' };
  const by = problem.tranches[at - 1]?.id;
  const wish: Rule = {
    id: toFreeId(new Set(problem.rules.map(({ id }) => id)), 'wish'),
    kind: 'must-go',
    persons: [person],
    ...(by === undefined ? {} : { by }),
  };
  const asked: PlanningProblem = { ...problem, rules: [...problem.rules, wish] };
  const outcome = planTranches(asked, solver, options);
  if (outcome.kind === 'infeasible') {
    const conflict = explainConflict(asked, solver);
    if (conflict === undefined) return { kind: 'unknown' };
    const rules = conflict.rules.map(({ rule }) => rule).filter((rule) => rule !== wish.id);
    return rules.length === 0 ? { kind: 'nothing-to-ask' } : { kind: 'conflict', rules };
  }
  if (outcome.kind !== 'planned') return { kind: 'unknown' };
  const first = findFirstDifference(plan, outcome.plan);
  switch (first.kind) {
    case 'different': {
      const { objective, part, before, after, verdict } = first.level;
      // More is asked than before: a better plan shows that the first was not the best.
      return verdict === 'better' ? { kind: 'unknown' } : { kind: 'worse', objective, part, before, after };
    }
    case 'equal':
      return { kind: 'equal' };
    case 'unproven':
      return { kind: 'unknown' };
  }
}
