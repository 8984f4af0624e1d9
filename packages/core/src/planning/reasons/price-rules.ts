/**
 * What relaxing a rule by one would gain: each price is found by planning again, not guessed from duals.
 *
 * Cost    One whole plan for each rule priced.
 */
import { planTranches, type PlanningOptions } from '../plan/plan-tranches.ts';
import { toFreeId } from '../reading/change-problem.ts';
import { findFirstDifference, type FirstDifference } from '../plan/compare-plans.ts';
import type { LevelResult, TranchePlan } from '../problem/plan.ts';
import type { PlanningProblem, Rule } from '../problem/problem.ts';
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
    const { relaxed, text } = relaxByOne(problem, rule);
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

interface RelaxedRule {
  /** What stands in its place: every plan that keeps the rule keeps these. */
  readonly relaxed: readonly Rule[];
  readonly text: string;
}

/** The rule with one more person's room in it; nothing where only leaving it out relaxes it. */
function relaxByOne(problem: PlanningProblem, rule: Rule): RelaxedRule {
  switch (rule.kind) {
    case 'quota': {
      const { exact, min, max, ...rest } = rule;
      if (exact !== undefined)
        return {
          relaxed: [{ ...rest, min: Math.max(0, exact - 1), max: exact + 1 }],
          text: `one more or less than ${exact}`,
        };
      return {
        relaxed: [
          {
            ...rest,
            ...(min === undefined ? {} : { min: Math.max(0, min - 1) }),
            ...(max === undefined ? {} : { max: max + 1 }),
          },
        ],
        text: 'by one',
      };
    }
    case 'capacity':
    case 'facility':
      return { relaxed: [{ ...rule, max: rule.max + 1 }], text: `${rule.max + 1} instead of ${rule.max}` };
    case 'vehicles':
      return {
        relaxed: [
          {
            ...rule,
            vehicles: [...rule.vehicles, { id: 'one more place', seats: 1, stretchers: 1, ambulances: 1 }],
          },
        ],
        text: 'one more place of each kind',
      };
    case 'gate':
      return { relaxed: [{ ...rule, count: Math.max(0, rule.count - 1) }], text: 'one person earlier' };
    case 'parity':
      if (rule.form === 'fixed')
        return {
          relaxed: loosen(problem, rule.id, rule.legs, rule.counts),
          text: 'one more on each leg and in each tranche',
        };
      return { relaxed: [], text: 'left out' };
    case 'must-go':
    case 'veto':
    case 'place':
    case 'package':
    case 'family':
    case 'apart':
    case 'circuit':
      return { relaxed: [], text: 'left out' };
  }
}

/** Fixed numbers as quotas with one more person's room in each. */
function loosen(
  problem: PlanningProblem,
  id: string,
  legs: readonly string[],
  counts: readonly number[],
): readonly Rule[] {
  const taken = new Set(problem.rules.map((rule) => rule.id));
  return legs.flatMap((leg, number) =>
    problem.tranches.map(({ id: tranche }, at): Rule => {
      const count = counts[at] ?? 0;
      const free = toFreeId(taken, `${id}, ${number}.${at}`);
      taken.add(free);
      return {
        id: free,
        kind: 'quota',
        who: { legs: [leg] },
        tranche,
        min: count,
        max: count + 1,
      };
    }),
  );
}
