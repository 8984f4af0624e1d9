/**
 * Why a problem has no plan: minimal sets of rules that cannot hold together, in words, and the smallest
 * relaxations that would help.
 *
 * Law     Minimal: without any one of the rules of a set, its others can hold together (given what no rule may
 *         change: eligibility and the persons' own windows). Every way out makes the whole problem feasible.
 * Cost    About k log(n / k) feasibility questions for each set of k rules among n, then one per rule of a set
 *         that stands alone, or a few for the joint way out.
 * Source  QuickXplain: Junker, AAAI 2004.
 */
import { toBinding } from '../rules/binding.ts';
import { toCells, toKinds } from '../formulation/cells.ts';
import { kindOf } from '../rules/index.ts';
import { RuleWords } from '../rules/rule-words.ts';
import { findPoint, openFace } from '../search/face.ts';
import { formulate } from '../formulation/formulate.ts';
import type { PlanningProblem, Rule } from '../problem/problem.ts';
import { findLeastRelaxation, isElastic, type Relaxation } from './relax-rules.ts';
import { toRoster } from '../problem/roster.ts';
import type { LinearModel, Solver } from '../problem/solver.ts';

export interface ConflictingRule {
  readonly rule: string;
  /** What it asks for, and what there is. */
  readonly text: string;
}

export interface Conflict {
  readonly rules: readonly ConflictingRule[];
  /** Other sets that cannot hold together, with no rule in common with this one or with each other. */
  readonly others: readonly (readonly ConflictingRule[])[];
  /** Each makes the whole problem feasible alone. Smallest first; empty where no rule alone is enough. */
  readonly relaxations: readonly Relaxation[];
  /** Where no rule alone is enough: what makes the whole problem feasible together, by as little as can be. */
  readonly together: readonly Relaxation[];
}

export interface ConflictOptions {
  /** Seconds for each question to the solver. */
  readonly secondsMax?: number;
}

/** The conflict of a problem that has no plan; undefined when it has one, or when the time did not suffice. */
export function explainConflict(
  problem: PlanningProblem,
  solver: Solver,
  options: ConflictOptions = {},
): Conflict | undefined {
  const secondsMax = options.secondsMax ?? 30;
  const unanswered: (readonly Rule[])[] = [];
  const isFeasible = (rules: readonly Rule[]): boolean => {
    const { status, values } = findPoint(openFace(toFeasibilityModel({ ...problem, rules })), solver, {
      secondsMax,
    });
    if (values === undefined && status !== 'infeasible') unanswered.push(rules);
    return values !== undefined;
  };
  if (isFeasible(problem.rules) || unanswered.length > 0) return undefined;
  const sets: (readonly Rule[])[] = [];
  let rest = problem.rules;
  do {
    const minimal = findMinimal([], false, rest, isFeasible);
    if (unanswered.length > 0) return undefined;
    sets.push(minimal);
    rest = rest.filter((rule) => !minimal.includes(rule));
    if (minimal.length === 0) break;
  } while (sets.length < setsMax && !isFeasible(rest) && unanswered.length === 0);
  // With two sets that share no rule, no rule alone is enough.
  const relaxations =
    sets.length > 1
      ? []
      : (sets[0] ?? [])
          .flatMap((rule) => relaxAlone(problem, rule, solver, secondsMax, isFeasible))
          .sort((one, other) => (one.by ?? Infinity) - (other.by ?? Infinity));
  const words = new RuleWords(toRoster(problem));
  const [rules = [], ...others] = sets.map((set) =>
    set.map((rule) => ({ rule: rule.id, text: kindOf(rule).describe(rule, words) })),
  );
  return {
    rules,
    others,
    relaxations,
    together: relaxations.length > 0 ? [] : relaxTogether(problem, solver, secondsMax),
  };
}

/** No more conflicts than this are listed. */
const setsMax = 10;

function toFeasibilityModel(problem: PlanningProblem): LinearModel {
  const roster = toRoster(problem);
  const binding = toBinding(roster);
  const kinds = toKinds(roster, binding, []);
  return formulate(roster, toCells(roster, binding, kinds), [], false).model;
}

/** QuickXplain: the preferred minimal subset of `rules` that conflicts with `background`. */
function findMinimal(
  background: readonly Rule[],
  hasNew: boolean,
  rules: readonly Rule[],
  isFeasible: (rules: readonly Rule[]) => boolean,
): readonly Rule[] {
  if (hasNew && !isFeasible(background)) return [];
  if (rules.length <= 1) return rules;
  const half = Math.floor(rules.length / 2);
  const [first, second] = [rules.slice(0, half), rules.slice(half)];
  const fromSecond = findMinimal([...background, ...first], first.length > 0, second, isFeasible);
  const fromFirst = findMinimal([...background, ...fromSecond], fromSecond.length > 0, first, isFeasible);
  return [...fromFirst, ...fromSecond];
}

/** The least by which one rule must give way; leaving it out, where it cannot give way in part. */
function relaxAlone(
  problem: PlanningProblem,
  rule: Rule,
  solver: Solver,
  secondsMax: number,
  isFeasible: (rules: readonly Rule[]) => boolean,
): readonly Relaxation[] {
  const least = isElastic(rule) ? findLeastRelaxation(problem, [rule], solver, secondsMax) : undefined;
  if (least !== undefined)
    return least.map((one) => nameOthers(problem, rule, one, solver, secondsMax, isFeasible));
  return isFeasible(problem.rules.filter(({ id }) => id !== rule.id)) ? [leaveOut(rule)] : [];
}

/** Equal ways out of names, and what sets the amount of a number: asked of so many at most. */
const askedMax = 20;

/** Where one name is left out: whose would do as well. Of a number: the rules without which it would give way by less. */
function nameOthers(
  problem: PlanningProblem,
  rule: Rule,
  relaxation: Relaxation,
  solver: Solver,
  secondsMax: number,
  isFeasible: (rules: readonly Rule[]) => boolean,
): Relaxation {
  if (rule.kind === 'must-go' || rule.kind === 'veto' || rule.kind === 'place') {
    if (relaxation.by !== 1 || rule.persons.length > askedMax || rule.persons.length < 2) return relaxation;
    const without = (person: string): readonly Rule[] =>
      problem.rules.map((one) =>
        one === rule ? { ...rule, persons: rule.persons.filter((id) => id !== person) } : one,
      );
    const equal = rule.persons.filter((person) => isFeasible(without(person)));
    return equal.length < 2
      ? relaxation
      : { ...relaxation, text: `"${rule.id}" without any one of ${equal.join(', ')}.` };
  }
  const others = problem.rules.filter((one) => one !== rule);
  if (others.length > askedMax || relaxation.by === null) return relaxation;
  const alone = findLeastRelaxation({ ...problem, rules: [rule] }, [rule], solver, secondsMax);
  if (alone?.[0]?.by === relaxation.by) return relaxation;
  const kept = [...others];
  for (const other of others) {
    const rules = [rule, ...kept.filter((one) => one !== other)];
    const least = findLeastRelaxation({ ...problem, rules }, [rule], solver, secondsMax);
    if (least?.[0]?.by === relaxation.by) kept.splice(kept.indexOf(other), 1);
  }
  return kept.length === 0
    ? relaxation
    : {
        ...relaxation,
        text: `${relaxation.text.slice(0, -1)}: so much by ${kept.map(({ id }) => `"${id}"`).join(', ')}.`,
      };
}

function leaveOut(rule: Rule): Relaxation {
  return { rule: rule.id, by: null, text: `"${rule.id}" is left out.` };
}

/**
 * The least by which all rules together must give way. Rules that cannot give way in part are left out only
 * where they conflict among themselves, one of each such conflict.
 */
function relaxTogether(problem: PlanningProblem, solver: Solver, secondsMax: number): readonly Relaxation[] {
  const out: Rule[] = [];
  const isFeasible = (rules: readonly Rule[]): boolean =>
    findPoint(openFace(toFeasibilityModel({ ...problem, rules })), solver, { secondsMax }).values !==
    undefined;
  for (;;) {
    const rules = problem.rules.filter((rule) => !out.includes(rule));
    const least = findLeastRelaxation({ ...problem, rules }, rules, solver, secondsMax);
    if (least !== undefined) return [...out.map(leaveOut), ...least];
    const firm = rules.filter((rule) => !isElastic(rule));
    const last = isFeasible(firm) ? undefined : findMinimal([], false, firm, isFeasible).at(-1);
    if (last === undefined) return [];
    out.push(last);
  }
}
