/**
 * What relaxing a rule by one would gain: each price is found by planning again, not guessed from duals.
 *
 * Cost    One whole plan for each rule priced.
 */
import { planTranches, type PlanningOptions } from './plan-tranches.ts';
import type { LevelResult, TranchePlan } from './plan.ts';
import type { PlanningProblem, Rule } from './problem.ts';
import type { Solver } from './solver.ts';

export interface RulePrice {
  readonly rule: string;
  /** How it was relaxed, in words. */
  readonly relaxed: string;
  /** The first level that gains, and by how much; null when none does. */
  readonly gain: {
    readonly objective: LevelResult['objective'];
    readonly part: string;
    readonly by: number;
  } | null;
}

/** Prices of the rules named, or of all that have a number or can be left out. */
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
    const { relaxed, text } = relaxByOne(rule);
    const outcome = planTranches(
      {
        ...problem,
        rules: problem.rules.flatMap((one) =>
          one.id === id ? (relaxed === undefined ? [] : [relaxed]) : [one],
        ),
      },
      solver,
      options,
    );
    if (outcome.kind !== 'planned') continue;
    let gain: RulePrice['gain'] = null;
    for (const [index, level] of outcome.plan.certificate.levels.entries()) {
      const before = plan.certificate.levels[index];
      if (before === undefined || before.value === level.value) continue;
      if (level.value > before.value === (level.sense === 'max'))
        gain = { objective: level.objective, part: level.part, by: Math.abs(level.value - before.value) };
      break;
    }
    prices.push({ rule: id, relaxed: text, gain });
  }
  return prices;
}

/** The rule with one more person's room in it; undefined when only leaving it out relaxes it. */
function relaxByOne(rule: Rule): { readonly relaxed: Rule | undefined; readonly text: string } {
  switch (rule.kind) {
    case 'quota': {
      const { exact, min, max, ...rest } = rule;
      if (exact !== undefined)
        return {
          relaxed: { ...rest, min: Math.max(0, exact - 1), max: exact + 1 },
          text: `one more or less than ${exact}`,
        };
      return {
        relaxed: {
          ...rest,
          ...(min === undefined ? {} : { min: Math.max(0, min - 1) }),
          ...(max === undefined ? {} : { max: max + 1 }),
        },
        text: 'by one',
      };
    }
    case 'capacity':
    case 'facility':
      return { relaxed: { ...rule, max: rule.max + 1 }, text: `${rule.max + 1} instead of ${rule.max}` };
    case 'vehicles':
      return {
        relaxed: {
          ...rule,
          vehicles: [...rule.vehicles, { id: 'one more place', seats: 1, stretchers: 1, ambulances: 1 }],
        },
        text: 'one more place of each kind',
      };
    case 'gate':
      return { relaxed: { ...rule, count: Math.max(0, rule.count - 1) }, text: 'one person earlier' };
    case 'parity':
      if (rule.form === 'fixed')
        return {
          relaxed: { ...rule, counts: rule.counts.map((count, index) => (index === 0 ? count + 1 : count)) },
          text: 'one more in the first tranche',
        };
      return { relaxed: undefined, text: 'left out' };
    case 'must-go':
    case 'veto':
    case 'place':
    case 'package':
    case 'family':
    case 'apart':
    case 'circuit':
      return { relaxed: undefined, text: 'left out' };
  }
}
