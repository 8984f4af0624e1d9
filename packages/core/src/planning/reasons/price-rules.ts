/**
 * What relaxing a rule by one would gain: each price is found by planning again, not guessed from duals.
 *
 * Cost    One whole plan for each rule priced.
 */
import { planTranches, type PlanningOptions } from '../plan/plan-tranches.ts';
import { kindOf } from '../rules/index.ts';
import { findFirstDifference, type FirstDifference } from '../plan/compare-plans.ts';
import type { LevelResult, TranchePlan } from '../problem/plan.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import type { Solver } from '../problem/solver.ts';

export interface RulePrice {
  readonly rule: string;
  /** How it was relaxed, in words. */
  readonly relaxed: string;
  /**
   * `unknown`: the relaxed problem was not planned in the time given, or one of the two plans is not proven best as
   * far as they must be compared.
   */
  readonly status: 'planned' | 'unknown';
  /** The first level that gains, and by how much; null when none does, or when it is unknown. */
  readonly gain: {
    readonly objective: LevelResult['objective'];
    readonly part: string;
    readonly by: number;
  } | null;
}

/** The price of every rule named, in their order; a name that is no rule's has none. */
export function priceRules(
  problem: PlanningProblem,
  plan: TranchePlan,
  solver: Solver,
  rules: readonly string[],
  options: PlanningOptions = {},
): readonly RulePrice[] {
  const prices: RulePrice[] = [];
  for (const id of rules) {
    const rule = problem.rules.find((one) => one.id === id);
    if (rule === undefined) continue;
    const { relaxed, text } = kindOf(rule).loosen(rule, problem);
    const outcome = planTranches(
      {
        ...problem,
        rules: problem.rules.flatMap((one) => (one.id === id ? relaxed : [one])),
      },
      solver,
      options,
    );
    const first =
      outcome.kind === 'planned' ? findFirstDifference(plan, outcome.plan) : { kind: 'unproven' as const };
    prices.push({ rule: id, relaxed: text, ...toPrice(first) });
  }
  return prices;
}

function toPrice(first: FirstDifference): Pick<RulePrice, 'status' | 'gain'> {
  switch (first.kind) {
    case 'equal':
      return { status: 'planned', gain: null };
    case 'different': {
      const { objective, part, before, after, verdict } = first.level;
      // Every plan of the rule is one of the relaxed rule: a worse plan shows that it is not the best.
      if (verdict === 'worse') return { status: 'unknown', gain: null };
      return { status: 'planned', gain: { objective, part, by: Math.abs(after - before) } };
    }
    case 'unproven':
      return { status: 'unknown', gain: null };
  }
}
