/**
 * By how little rules must give way so that a plan exists: each number by persons, each name by leaving it out.
 *
 * Law     Least in all, then in the fewest rules. A rule without a number (package, family, apart, circuit)
 *         cannot give way in part; it is kept here.
 * Cost    One search over the problem with the persons of the rules that give way counted one by one.
 */
import { toBinding } from '../rules/binding.ts';
import { toValue, type LevelForm } from '../objectives/level-draft.ts';
import { kindOf } from '../rules/index.ts';
import { toCells, toKinds } from '../formulation/cells.ts';
import { findPoint, openFace, toLevelRow, type LevelRow } from '../search/face.ts';
import { formulate, type Formulation } from '../formulation/formulate.ts';
import type { PlanningProblem, Rule } from '../problem/problem.ts';
import { getIndex, toRoster, type Roster } from '../problem/roster.ts';
import type { LinearModel, Solver } from '../problem/solver.ts';

export interface Relaxation {
  readonly rule: string;
  /** By how many persons, over all its rows; null when only leaving the rule out helps. */
  readonly by: number | null;
  readonly text: string;
}

/** Whether a rule can give way in part. */
export function isElastic(rule: Rule): boolean {
  return kindOf(rule).isElastic;
}

/** A rule's column of giving way: a row missed from below or above, a gate's number, or one person's name. */
interface Slack {
  readonly rule: Rule;
  readonly side: 'fewer' | 'more' | 'gate' | 'person';
  readonly person?: string;
  /** Which of the rule's sums, and which of its groups of tranches. */
  readonly sum?: number;
  readonly group?: number;
}

/**
 * The smallest relaxation of the rules given that makes the whole problem feasible, one entry for each rule
 * that gives way; undefined when none does, or when the time did not suffice.
 */
export function findLeastRelaxation(
  problem: PlanningProblem,
  given: readonly Rule[],
  solver: Solver,
  secondsMax: number,
): readonly Relaxation[] | undefined {
  const { roster, model, slacks, width } = toElastic(problem, new Set(given.filter(isElastic)));
  const total = toLevel(slacks.map((_, at) => width + at));
  const ask = (
    of: LinearModel,
    level: LevelForm,
    levelRows: readonly LevelRow[],
  ): Float64Array | undefined => {
    const face = openFace(of);
    face.levelRows = levelRows;
    const { status, values } = findPoint(face, solver, { secondsMax, level });
    return status === 'optimal' ? values : undefined;
  };
  const least = ask(model, total, []);
  if (least === undefined) return undefined;
  const sum = toValue(total, least);
  const rules = [...new Set(slacks.map(({ rule }) => rule))];
  // One column for each rule says whether it gives way at all.
  const wide = addUses(model, slacks, rules, width, sum);
  const uses = toLevel(rules.map((_, at) => model.columnLower.length + at));
  const fewest = ask(wide, uses, [toLevelRow(total, sum, sum)]) ?? least;
  const amounts = slacks.map((_, at) => fewest[width + at] ?? 0);
  return rules.flatMap((rule) => describeRelaxation(roster, rule, slacks, amounts));
}

function toLevel(columns: readonly number[]): LevelForm {
  return {
    objective: 'returned',
    part: 'given way',
    sense: 'min',
    constant: 0,
    span: Infinity,
    columns: Int32Array.from(columns),
    values: new Float64Array(columns.length).fill(1),
  };
}

interface Elastic {
  readonly roster: Roster;
  readonly model: LinearModel;
  readonly slacks: readonly Slack[];
  /** The columns before the first slack. */
  readonly width: number;
}

function toElastic(problem: PlanningProblem, giving: ReadonlySet<Rule>): Elastic {
  // Ids of our own, so that no id can be the beginning of another; names that give way bind nobody here, but
  // give each person a cell.
  const rules = problem.rules.map((rule, number): Rule => {
    const id = `#${number}`;
    return giving.has(rule) && (rule.kind === 'must-go' || rule.kind === 'veto' || rule.kind === 'place')
      ? { id, kind: 'family', form: 'wish', persons: rule.persons }
      : { ...rule, id };
  });
  const roster = toRoster({ ...problem, rules });
  const binding = toBinding(roster);
  const kinds = toKinds(roster, binding, []);
  const formulation = formulate(roster, toCells(roster, binding, kinds), [], false);
  const rows = readRows(formulation);
  const width = formulation.model.columnLower.length;
  const slacks: Slack[] = [];
  const addSlack = (slack: Slack): number => width + slacks.push(slack) - 1;
  problem.rules.forEach((rule, number) => {
    if (!giving.has(rule)) return;
    if (rule.kind === 'must-go' || rule.kind === 'veto' || rule.kind === 'place') {
      for (const person of rule.persons)
        rows.push(toPersonRow(roster, formulation, rule, person, addSlack({ rule, side: 'person', person })));
      return;
    }
    const own = rows.filter(({ key }) => key.startsWith(`rule #${number} `));
    if (rule.kind === 'gate') {
      const column = addSlack({ rule, side: 'gate' });
      for (const row of own) if (row.key.includes(' after ')) row.entries.push([column, 1]);
      return;
    }
    for (const row of own) {
      // Rows of sums are called by their numbers; what else a rule writes is not told apart.
      const [sum, group] = row.key.split(' ').slice(2).map(Number);
      const at = sum === undefined || group === undefined || Number.isNaN(sum + group) ? {} : { sum, group };
      if (Number.isFinite(row.lower)) row.entries.push([addSlack({ rule, side: 'fewer', ...at }), 1]);
      if (Number.isFinite(row.upper)) row.entries.push([addSlack({ rule, side: 'more', ...at }), -1]);
    }
  });
  const most = problem.persons.length + (problem.counted ?? []).reduce((sum, { count }) => sum + count, 0);
  const highest = Math.max(most, ...problem.rules.map((rule) => (rule.kind === 'gate' ? rule.count : 0)));
  return { roster, model: toModel(formulation.model, rows, slacks.length, highest * 1_000), slacks, width };
}

interface Row {
  readonly key: string;
  readonly entries: (readonly [column: number, value: number])[];
  readonly lower: number;
  readonly upper: number;
}

function readRows({ model, rowKeys }: Formulation): Row[] {
  return rowKeys.map((key, row) => {
    const entries: [number, number][] = [];
    for (let at = model.rowStarts[row] ?? 0; at < (model.rowStarts[row + 1] ?? 0); at += 1)
      entries.push([model.rowColumns[at] ?? 0, model.rowValues[at] ?? 0]);
    return { key, entries, lower: model.rowLower[row] ?? 0, upper: model.rowUpper[row] ?? 0 };
  });
}

/** What a name asks of one person, unless its slack is taken. */
function toPersonRow(
  roster: Roster,
  { cells, columns }: Formulation,
  rule: Rule & { readonly kind: 'must-go' | 'veto' | 'place' },
  person: string,
  slack: number,
): Row {
  const off = roster.trancheCount;
  const cell = cells.cellOf[getIndex(roster.personIndex, person)] ?? -1;
  const at = (tranche: string): number => getIndex(roster.trancheIndex, tranche);
  const within = (from: number, until: number): (readonly [number, number])[] => {
    const entries: [number, number][] = [];
    for (let tranche = from; tranche < until && cell >= 0; tranche += 1) {
      const column = columns[cell * off + tranche] ?? -1;
      if (column >= 0) entries.push([column, 1]);
    }
    return entries;
  };
  const must = (entries: (readonly [number, number])[]): Row => ({
    key: '',
    entries: [...entries, [slack, 1]],
    lower: 1,
    upper: Infinity,
  });
  const mustNot = (entries: (readonly [number, number])[]): Row => ({
    key: '',
    entries: [...entries, [slack, -1]],
    lower: -Infinity,
    upper: 0,
  });
  switch (rule.kind) {
    case 'must-go':
      return must(within(0, rule.by === undefined ? off : at(rule.by) + 1));
    case 'veto':
      return mustNot(
        rule.tranche === undefined ? within(0, off) : within(at(rule.tranche), at(rule.tranche) + 1),
      );
    case 'place':
      return rule.tranche === null
        ? mustNot(within(0, off))
        : must(within(at(rule.tranche), at(rule.tranche) + 1));
  }
}

function toModel(model: LinearModel, rows: readonly Row[], added: number, slackMax: number): LinearModel {
  const width = model.columnLower.length;
  const pad = (bounds: Float64Array, value: number): Float64Array => {
    const padded = new Float64Array(width + added).fill(value);
    padded.set(bounds);
    return padded;
  };
  const starts = [0];
  for (const { entries } of rows) starts.push((starts.at(-1) ?? 0) + entries.length);
  return {
    columnLower: pad(model.columnLower, 0),
    columnUpper: pad(model.columnUpper, slackMax),
    columnInteger: new Uint8Array(width + added).fill(1),
    rowLower: Float64Array.from(rows, ({ lower }) => lower),
    rowUpper: Float64Array.from(rows, ({ upper }) => upper),
    rowStarts: Int32Array.from(starts),
    rowColumns: Int32Array.from(rows.flatMap(({ entries }) => entries.map(([column]) => column))),
    rowValues: Float64Array.from(rows.flatMap(({ entries }) => entries.map(([, value]) => value))),
  };
}

function addUses(
  model: LinearModel,
  slacks: readonly Slack[],
  rules: readonly Rule[],
  width: number,
  sum: number,
): LinearModel {
  const first = model.columnLower.length;
  const rows: Row[] = Array.from(model.rowLower, (lower, row) => ({
    key: '',
    entries: Array.from(
      { length: (model.rowStarts[row + 1] ?? 0) - (model.rowStarts[row] ?? 0) },
      (_, entry): [number, number] => {
        const at = (model.rowStarts[row] ?? 0) + entry;
        return [model.rowColumns[at] ?? 0, model.rowValues[at] ?? 0];
      },
    ),
    lower,
    upper: model.rowUpper[row] ?? 0,
  }));
  rules.forEach((rule, number) => {
    const entries = slacks.flatMap((slack, at): (readonly [number, number])[] =>
      slack.rule === rule ? [[width + at, 1]] : [],
    );
    rows.push({ key: '', entries: [...entries, [first + number, -sum]], lower: -Infinity, upper: 0 });
  });
  return toModel(model, rows, rules.length, 1);
}

function describeRelaxation(
  roster: Roster,
  rule: Rule,
  slacks: readonly Slack[],
  amounts: readonly number[],
): readonly Relaxation[] {
  const sum = (side: Slack['side']): number =>
    slacks.reduce(
      (total, slack, at) => (slack.rule === rule && slack.side === side ? total + (amounts[at] ?? 0) : total),
      0,
    );
  const [fewer, more, gate] = [sum('fewer'), sum('more'), sum('gate')];
  const persons = slacks.flatMap(({ rule: own, person }, at) =>
    own === rule && person !== undefined && (amounts[at] ?? 0) > 0 ? [person] : [],
  );
  const by = fewer + more + gate + persons.length;
  if (by === 0) return [];
  const say = (text: string): readonly Relaxation[] => [{ rule: rule.id, by, text: `"${rule.id}" ${text}.` }];
  if (rule.kind === 'gate') return say(`opens after ${rule.count - gate} instead of ${rule.count}`);
  if (persons.length > 0) {
    const names = persons.slice(0, 6).map((id) => {
      const ground = roster.persons[getIndex(roster.personIndex, id)]?.ineligible;
      return ground === undefined ? id : `${id} (${ground})`;
    });
    const rest = persons.length > 6 ? ` and ${persons.length - 6} more` : '';
    return say(`without ${names.join(', ')}${rest}`);
  }
  if (rule.kind === 'parity' && rule.form === 'ratio')
    return say(
      `lets ${by} ${by === 1 ? 'person' : 'persons'} in all go beside the ratio of ${rule.ratio.join(' to ')}`,
    );
  if (rule.kind === 'parity' && rule.form !== 'fixed') return say(`lets the sides differ by ${by} in all`);
  const numbers = toNewNumbers(roster, rule, slacks, amounts);
  if (numbers.length > 0) return say(numbers.join('; '));
  const ways = [
    ...(fewer === 0 ? [] : [`asks for ${fewer} fewer`]),
    ...(more === 0 ? [] : [`allows ${more} more`]),
  ];
  return say(`${ways.join(' and ')} in all`);
}

/** The numbers that the rule would have: those of its sums that give way, in words. */
function toNewNumbers(
  roster: Roster,
  rule: Rule,
  slacks: readonly Slack[],
  amounts: readonly number[],
): readonly string[] {
  const changes = new Map<number, Map<number, { fewer: number; more: number }>>();
  slacks.forEach(({ rule: own, side, sum, group }, at) => {
    const amount = amounts[at] ?? 0;
    if (own !== rule || amount === 0 || sum === undefined || group === undefined) return;
    const groups = changes.get(sum) ?? new Map<number, { fewer: number; more: number }>();
    changes.set(sum, groups);
    const change = groups.get(group) ?? { fewer: 0, more: 0 };
    groups.set(group, change);
    if (side === 'fewer') change.fewer += amount;
    else change.more += amount;
  });
  const sums = kindOf(rule).sums(rule, roster);
  return [...changes].flatMap(([number, groups]): readonly string[] => {
    const sum = sums[number];
    if (sum === undefined) return [];
    if (rule.kind === 'parity') {
      const counts = sum.low.map(
        (low, group) => low - (groups.get(group)?.fewer ?? 0) + (groups.get(group)?.more ?? 0),
      );
      return [
        `fixes ${counts.join(', ')} on ${sum.terms[0][0].legs?.join(' + ') ?? ''} instead of ${sum.low.join(', ')}`,
      ];
    }
    const what = rule.kind === 'vehicles' ? ` ${sum.terms[0][0].needs?.join(' or ') ?? ''}s` : '';
    return [...groups].flatMap(([group, { fewer, more }]): readonly string[] => {
      const [low, high] = [sum.low[group] ?? 0, sum.high[group] ?? 0];
      const where = toWhere(roster, sum.groupOf, group);
      if (low === high) return [`is ${low - fewer + more} instead of ${low} in ${where}`];
      return [
        ...(fewer === 0 ? [] : [`asks for at least ${low - fewer} instead of ${low} in ${where}`]),
        ...(more === 0 ? [] : [`allows ${high + more}${what} instead of ${high} in ${where}`]),
      ];
    });
  });
}

function toWhere(roster: Roster, groupOf: readonly number[], group: number): string {
  const names = roster.problem.tranches.flatMap(({ id }, at) => (groupOf[at] === group ? [id] : []));
  return names.length === 1 ? (names[0] ?? '') : names.length === groupOf.length ? 'all' : names.join(', ');
}
