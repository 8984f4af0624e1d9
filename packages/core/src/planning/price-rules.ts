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
  /** `unknown`: the relaxed problem was not planned in the time given. */
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
    if (outcome.kind !== 'planned') {
      prices.push({ rule: id, relaxed: text, status: 'unknown', gain: null });
      continue;
    }
    let gain: RulePrice['gain'] = null;
    for (const [index, level] of outcome.plan.certificate.levels.entries()) {
      const before = plan.certificate.levels[index];
      if (before === undefined || before.value === level.value) continue;
      if (level.value > before.value === (level.sense === 'max'))
        gain = { objective: level.objective, part: level.part, by: Math.abs(level.value - before.value) };
      break;
    }
    prices.push({ rule: id, relaxed: text, status: 'planned', gain });
  }
  return prices;
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
  // Longer than any id of the problem, so that no other rule has it.
  const longest = problem.rules.reduce((most, rule) => Math.max(most, rule.id.length), 0);
  const head = id.padEnd(longest + 1, '.');
  return legs.flatMap((leg, number) =>
    problem.tranches.map(({ id: tranche }, at): Rule => {
      const count = counts[at] ?? 0;
      return {
        id: `${head}${number}.${at}`,
        kind: 'quota',
        who: { legs: [leg] },
        tranche,
        min: count,
        max: count + 1,
      };
    }),
  );
}
