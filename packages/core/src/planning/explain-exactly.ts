/**
 * What it would cost that one person goes, or goes earlier: planned again, not guessed.
 *
 * Cost    One whole plan; where none exists, the questions of `explainConflict`.
 */
import { explainConflict } from './explain-conflict.ts';
import { planTranches, type PlanningOptions } from './plan-tranches.ts';
import type { LevelResult, TranchePlan } from './plan.ts';
import type { PersonId, PlanningProblem, Rule } from './problem.ts';
import type { Solver } from './solver.ts';

export type ExactReason =
  /** The person stands in the first tranche, or no reason of eligibility lets anybody ask. */
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
  /** No plan has the person there while these rules hold together; minimal. */
  | { readonly kind: 'conflict'; readonly rules: readonly string[] }
  /** The time did not suffice. */
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
  const at = problem.tranches.findIndex(({ id }) => id === tranche);
  const isEligible = problem.persons.some(({ id, ineligible }) => id === person && ineligible === undefined);
  if (!isEligible || at === 0) return { kind: 'nothing-to-ask' };
  const by = problem.tranches[at - 1]?.id;
  const wish: Rule = {
    id: toFreeId(problem.rules),
    kind: 'must-go',
    persons: [person],
    ...(by === undefined ? {} : { by }),
  };
  const asked: PlanningProblem = { ...problem, rules: [...problem.rules, wish] };
  const outcome = planTranches(asked, solver, options);
  if (outcome.kind === 'infeasible') {
    const conflict = explainConflict(asked, solver);
    if (conflict === undefined) return { kind: 'unknown' };
    return {
      kind: 'conflict',
      rules: conflict.rules.map(({ rule }) => rule).filter((rule) => rule !== wish.id),
    };
  }
  if (outcome.kind !== 'planned') return { kind: 'unknown' };
  const { levels } = outcome.plan.certificate;
  for (const [index, { objective, part, value, bound }] of levels.entries()) {
    const before = plan.certificate.levels[index]?.value;
    if (before === undefined) break;
    if (before !== value) return { kind: 'worse', objective, part, before, after: value };
    if (bound !== value) return { kind: 'unknown' };
  }
  return { kind: 'equal' };
}

function toFreeId(rules: readonly Rule[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  let id = 'wish';
  while (taken.has(id)) id += '+';
  return id;
}
