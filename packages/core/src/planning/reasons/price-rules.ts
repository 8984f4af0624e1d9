/**
 * What relaxing a rule by one would gain: each price is found by planning again, not guessed from duals.
 *
 * Cost    One whole plan for each rule priced.
 */
import type { PlanningProblem } from '../problem/problem.ts';
import type { Solver } from '../problem/solver.ts';
import type { LevelResult, TranchePlan } from '../problem/plan.ts';
import { measure } from '../objectives/measure.ts';
import { toRoster } from '../problem/roster.ts';
import { readPositions } from '../plan/check.ts';
import { planTranches, type PlanningOptions } from '../plan/plan-tranches.ts';
import { kindOf } from '../rules/index.ts';

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
    if (kindOf(rule).nature === 'nothing') {
      prices.push({ rule: id, relaxed: 'binds nothing', status: 'planned', gain: null });
      continue;
    }
    const outcome = planTranches(
      {
        ...problem,
        rules: problem.rules.flatMap((one) => (one.id === id ? relaxed : [one])),
      },
      solver,
      options,
    );
    prices.push({
      rule: id,
      relaxed: text,
      ...(outcome.kind === 'planned'
        ? toPrice(problem, plan, outcome.plan)
        : { status: 'unknown' as const, gain: null }),
    });
  }
  return prices;
}

/**
 * What the plan without the rule gains, by the measures of the problem with it: leaving a rule out must not count as a
 * gain that something is no longer counted.
 */
function toPrice(
  problem: PlanningProblem,
  before: TranchePlan,
  after: TranchePlan,
): Pick<RulePrice, 'status' | 'gain'> {
  const roster = toRoster(problem);
  const levels = measure(roster, readPositions(roster, after).positions);
  const relaxed = new Map(
    after.certificate.levels.map((level) => [`${level.objective} ${level.part}`, level]),
  );
  for (const [at, { objective, part, sense, value }] of levels.entries()) {
    const old = before.certificate.levels[at];
    const own = relaxed.get(`${objective} ${part}`);
    if (old === undefined || old.bound !== old.value) return { status: 'unknown', gain: null };
    if (own !== undefined && own.bound !== own.value) return { status: 'unknown', gain: null };
    if (value === old.value) continue;
    if (value > old.value === (sense === 'max'))
      return { status: 'planned', gain: { objective, part, by: Math.abs(value - old.value) } };
    // Every plan of the rule is one of the relaxed rule: a worse plan shows that it is not the best, unless the rule
    // is itself what the level counts by. Then nothing above has been gained.
    return own?.value === value ? { status: 'unknown', gain: null } : { status: 'planned', gain: null };
  }
  return { status: 'planned', gain: null };
}
