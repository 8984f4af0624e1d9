/**
 * Why a problem has no plan: a minimal set of rules that cannot hold together, in words, and the smallest
 * relaxations that would help.
 *
 * Law     Minimal: without any one of the rules named, the others can hold together (given what no rule may
 *         change: eligibility and the persons' own windows).
 * Cost    About k log(n / k) feasibility questions for k rules among n, then one per rule of the set.
 * Source  QuickXplain: Junker, AAAI 2004.
 */
import { toBinding, toCells, toKinds, toSelectors } from './cells.ts';
import { findPoint, openFace } from './face.ts';
import { formulate, type Formulation } from './formulate.ts';
import type { LevelForm } from './level-forms.ts';
import type { PlanningProblem, Rule, Selector } from './problem.ts';
import { compareText, getIndex, isSelected, toRoster, type Roster } from './roster.ts';
import type { LinearModel, Solver } from './solver.ts';

export interface ConflictingRule {
  readonly rule: string;
  /** What it asks for, and what there is. */
  readonly text: string;
}

export interface Relaxation {
  readonly rule: string;
  /** By how many persons, over all its rows; null when only leaving the rule out helps. */
  readonly by: number | null;
  readonly text: string;
}

export interface Conflict {
  readonly rules: readonly ConflictingRule[];
  /** Each makes the whole problem feasible alone. Smallest first. */
  readonly relaxations: readonly Relaxation[];
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
    const { status, values } = findPoint(openFace(build({ ...problem, rules }).formulation.model), solver, {
      secondsMax,
    });
    if (values === undefined && status !== 'infeasible') unanswered.push(rules);
    return values !== undefined;
  };
  if (isFeasible(problem.rules) || unanswered.length > 0) return undefined;
  const minimal = findMinimal([], false, problem.rules, isFeasible);
  if (unanswered.length > 0) return undefined;
  const { roster } = build(problem);
  const relaxations = minimal
    .flatMap((rule) => findRelaxation(problem, rule, solver, secondsMax, isFeasible))
    .sort((one, other) => (one.by ?? Infinity) - (other.by ?? Infinity));
  return {
    rules: minimal.map((rule) => ({ rule: rule.id, text: describeDemand(roster, rule) })),
    relaxations,
  };
}

function build(problem: PlanningProblem): { readonly roster: Roster; readonly formulation: Formulation } {
  const roster = toRoster(problem);
  const binding = toBinding(roster);
  const kinds = toKinds(roster, binding, toSelectors(roster), []);
  return { roster, formulation: formulate(roster, toCells(roster, binding, kinds), [], false) };
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

const elastic: ReadonlySet<Rule['kind']> = new Set(['parity', 'quota', 'capacity', 'vehicles', 'facility']);

/** The least sum by which the rows of one rule must give way; leaving the rule out, where it has no number. */
function findRelaxation(
  problem: PlanningProblem,
  rule: Rule,
  solver: Solver,
  secondsMax: number,
  isFeasible: (rules: readonly Rule[]) => boolean,
): readonly Relaxation[] {
  if (elastic.has(rule.kind)) {
    const { formulation } = build(problem);
    const { model, level } = toElastic(formulation, `rule ${rule.id} `);
    const { values, status } = findPoint(openFace(model), solver, { secondsMax, level });
    if (values !== undefined && status === 'optimal') {
      const given = values.subarray(formulation.model.columnLower.length);
      const sum = (side: 0 | 1): number =>
        given.reduce((total, one, at) => (at % 2 === side ? total + one : total), 0);
      const [fewer, more] = [sum(0), sum(1)];
      const by = fewer + more;
      if (rule.kind === 'parity' && rule.form !== 'fixed')
        return [{ rule: rule.id, by, text: `"${rule.id}" lets the sides differ by ${by} in all.` }];
      const ways = [
        ...(fewer === 0 ? [] : [`asks for ${fewer} fewer`]),
        ...(more === 0 ? [] : [`allows ${more} more`]),
      ];
      return [{ rule: rule.id, by, text: `"${rule.id}" ${ways.join(' and ')} in all.` }];
    }
  }
  return isFeasible(problem.rules.filter(({ id }) => id !== rule.id))
    ? [{ rule: rule.id, by: null, text: `"${rule.id}" is left out.` }]
    : [];
}

/** The model with two columns for each row of the rule, by which it may be missed from below or above. */
function toElastic(
  formulation: Formulation,
  prefix: string,
): { readonly model: LinearModel; readonly level: LevelForm } {
  const { model, rowKeys } = formulation;
  const width = model.columnLower.length;
  const columns: number[] = [];
  const values: number[] = [];
  const starts: number[] = [0];
  let next = width;
  rowKeys.forEach((key, row) => {
    for (let at = model.rowStarts[row] ?? 0; at < (model.rowStarts[row + 1] ?? 0); at += 1) {
      columns.push(model.rowColumns[at] ?? 0);
      values.push(model.rowValues[at] ?? 0);
    }
    if (key.startsWith(prefix)) {
      columns.push(next, next + 1);
      values.push(1, -1);
      next += 2;
    }
    starts.push(columns.length);
  });
  const pad = (bounds: Float64Array, value: number): Float64Array => {
    const padded = new Float64Array(next).fill(value);
    padded.set(bounds);
    return padded;
  };
  const given = Array.from({ length: next - width }, (_, at) => width + at);
  return {
    model: {
      ...model,
      columnLower: pad(model.columnLower, 0),
      columnUpper: pad(model.columnUpper, 1_000_000),
      columnInteger: new Uint8Array(next).fill(1),
      rowStarts: Int32Array.from(starts),
      rowColumns: Int32Array.from(columns),
      rowValues: Float64Array.from(values),
    },
    level: {
      objective: 'returned',
      part: 'given way',
      sense: 'min',
      constant: 0,
      columns: Int32Array.from(given),
      values: new Float64Array(given.length).fill(1),
    },
  };
}

/** What a rule asks for and what there is, in words. */
function describeDemand(roster: Roster, rule: Rule): string {
  const count = (who: Selector, tranche: string | undefined): string => {
    const at = tranche === undefined ? undefined : getIndex(roster.trancheIndex, tranche);
    let eligible = 0;
    let outside = 0;
    const grounds = new Map<string, number>();
    for (const person of roster.persons) {
      if (!isSelected(roster, person, who)) continue;
      if (person.ineligible !== undefined)
        grounds.set(person.ineligible, (grounds.get(person.ineligible) ?? 0) + 1);
      else if (at !== undefined && (at < person.first || at > person.last)) outside += 1;
      else eligible += 1;
    }
    const rest = [...grounds]
      .sort(([one, many], [other, more]) => more - many || compareText(one, other))
      .map(([ground, number]) => `${number} ${ground}`);
    if (outside > 0) rest.push(`${outside} not in this tranche`);
    return `${eligible} are eligible${rest.length === 0 ? '' : `: ${rest.join(', ')}`}`;
  };
  const names = (list: readonly string[]): string =>
    list.length > 6 ? `${list.slice(0, 6).join(', ')} and ${list.length - 6} more` : list.join(', ');
  switch (rule.kind) {
    case 'quota': {
      const { categories } = rule.who;
      const what = categories === undefined ? 'persons' : `persons (${categories.join(', ')})`;
      const where = rule.tranche ?? (rule.over === 'total' ? 'all tranches together' : 'each tranche');
      const asked =
        rule.exact !== undefined
          ? `exactly ${rule.exact} ${what} are required`
          : [
              ...(rule.min === undefined ? [] : [`at least ${rule.min} ${what} are required`]),
              ...(rule.max === undefined ? [] : [`at most ${rule.max} ${what} are allowed`]),
            ].join(' and ');
      return `"${rule.id}": ${asked} in ${where}; ${count(rule.who, rule.tranche)}.`;
    }
    case 'parity':
      switch (rule.form) {
        case 'fixed':
          return `"${rule.id}": ${rule.counts.join(', ')} are fixed on ${names(rule.legs)}; ${rule.legs
            .map((leg) => `on ${leg} ${count({ legs: [leg] }, undefined)}`)
            .join('; ')}.`;
        case 'equal':
          return `"${rule.id}": as many on ${names(rule.left)} as on ${names(rule.right)}; on the first ${count({ legs: rule.left }, undefined)}; on the second ${count({ legs: rule.right }, undefined)}.`;
        case 'ratio':
          return `"${rule.id}": ${rule.ratio.join(' : ')} on ${names(rule.left)} and ${names(rule.right)}.`;
        case 'balance':
          return `"${rule.id}": ${names(rule.powers)} give as many as they receive.`;
        case 'one-way':
          return `"${rule.id}": couples nothing.`;
      }
    // eslint-disable-next-line no-fallthrough -- every form above returns
    case 'must-go': {
      const kept = rule.persons.filter((id) => {
        const person = roster.persons[getIndex(roster.personIndex, id)];
        return person?.ineligible !== undefined;
      });
      return `"${rule.id}": ${names(rule.persons)} must go${rule.by === undefined ? '' : ` by ${rule.by}`}${
        kept.length === 0 ? '' : `; ${names(kept)} cannot be planned`
      }.`;
    }
    case 'veto':
      return `"${rule.id}": ${names(rule.persons)} may not go${rule.tranche === undefined ? '' : ` in ${rule.tranche}`}.`;
    case 'place':
      return `"${rule.id}": ${names(rule.persons)} ${rule.tranche === null ? 'stay off' : `go in ${rule.tranche}`}.`;
    case 'package':
      return rule.form === 'together'
        ? `"${rule.id}": ${names(rule.persons)} go together or not at all.`
        : `"${rule.id}": ${names(rule.persons)} go only with ${names(rule.with)}.`;
    case 'family':
      return `"${rule.id}": ${names(rule.persons)} are one family and go together.`;
    case 'apart':
      return `"${rule.id}": no two of ${names(rule.persons)} share a tranche.`;
    case 'capacity':
      return `"${rule.id}": at most ${rule.max} cross at ${rule.crossing}.`;
    case 'vehicles': {
      const sum = (kind: 'seats' | 'stretchers' | 'ambulances'): number =>
        rule.vehicles.reduce((total, vehicle) => total + (vehicle[kind] ?? 0), 0);
      return `"${rule.id}": ${sum('seats')} seats, ${sum('stretchers')} stretchers and ${sum('ambulances')} ambulance places on ${names(rule.legs)}.`;
    }
    case 'facility':
      return `"${rule.id}": at most ${rule.max} a day are fetched from ${rule.facility}.`;
    case 'circuit':
      return `"${rule.id}": everyone on ${names(rule.legs)} goes in a cycle or chain of at most ${rule.cap} legs.`;
    case 'gate':
      return `"${rule.id}": ${names(rule.open)} open when ${rule.count} have crossed on ${names(rule.after)}.`;
  }
}
