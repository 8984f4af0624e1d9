/** Why two records are, or are not, one person: the waterfall of weights in words and numbers. */
import { createCeiling, type Ceiling } from '../decision/ceiling.ts';
import {
  compareNames,
  describeRepair,
  getGivenNameClasses,
  getNameForm,
  repairName,
  splitAlternatives,
} from '../../names/index.ts';
import {
  createRecordScorer,
  getLevels,
  getPairWeight,
  scoreRange,
  type ScoringPlan,
} from '../scoring/scoring.ts';
import type { Field } from '../fields/field.ts';
import type { LinkedPair, LinkResult } from '../decision/result.ts';
import { toProbability } from '../decision/settings.ts';
import { kinds } from '../kinds/index.ts';
import type { Other } from '../kinds/kind.ts';
import { getFieldWeight } from '../model/weights.ts';

/** One bar of the waterfall. */
export interface ExplainedField {
  readonly column: string;
  readonly left: string;
  readonly right: string;
  /** The level in words; `missing` weighs nothing. */
  readonly level: string;
  /** Bits in all, and the part of them that comes from the value's rarity. */
  readonly weight: number;
  readonly rarity: number;
  /** About one person in this many has such a value; 0 when rarity was not used. */
  readonly oneIn: number;
  /** What was repaired or read, in words; empty when the letters agree as they stand. */
  readonly notes: readonly string[];
}

export interface ExplainedRival {
  readonly id: string;
  readonly side: 'left' | 'right';
  readonly weight: number;
}

export interface Explanation {
  readonly left: string;
  readonly right: string;
  readonly prior: number;
  readonly fields: readonly ExplainedField[];
  readonly weight: number;
  /** The most the weight counts for, where another person would show the rest as well; else undefined. */
  readonly ceiling: Ceiling | undefined;
  readonly probability: number;
  /** `match`, `review`, or why the pair is not in the result. */
  readonly decision: 'match' | 'review' | 'outscored' | 'below the review threshold';
  readonly margin: number;
  /** The keys by which the two were looked at together. */
  readonly blockedBy: readonly string[];
  /** The nearest other candidate of either record. */
  readonly rivals: readonly ExplainedRival[];
  /** What single missing fact would settle it most. */
  readonly missing: readonly string[];
}

function getRawCell(result: LinkResult, side: 'left' | 'right', column: string, row: number): string {
  const table = side === 'left' ? result.comparison.left : result.comparison.right;
  const found = table.columns.find((one) => one.name === column);
  const code = found?.codes[row] ?? -1;
  return code < 0 ? '' : found!.cells[code]!;
}

function getNotes(field: Field, left: string, right: string): string[] {
  const role = kinds[field.kind].nameRole;
  if (role === undefined) return [];
  const notes: string[] = [];
  const [ones, others] = [left, right].map((raw) =>
    splitAlternatives(raw, false).map((name) => {
      const repaired = repairName(name);
      for (const step of repaired.steps)
        if (step.kind === 'look-alike' || step.kind === 'digit') notes.push(describeRepair(step));
      return getNameForm(repaired.text, role);
    }),
  );
  // Of several names the pair that counted is the one to speak of.
  let [a, b] = [ones![0]!, others![0]!];
  for (const one of ones!)
    for (const other of others!) if (compareNames(one, other) < compareNames(a, b)) [a, b] = [one, other];
  if (ones!.length > 1 || others!.length > 1) notes.push(`of several names: ${a.text} and ${b.text}`);
  if (a.text !== b.text && a.fine === b.fine && a.fine !== '') notes.push(`both read "${a.fine}"`);
  const shared = a.classes.find((id) => b.classes.includes(id));
  if (shared !== undefined && a.text !== b.text) {
    const head = getGivenNameClasses()[shared]!.head;
    notes.push(role === 'patronymic' ? `both children of ${head}` : `both are spellings of ${head}`);
  } else if (a.stem === b.stem && a.fine !== b.fine) notes.push(`one stem: ${a.stem.replace(/-$/u, '')}`);
  else if (a.coarse === b.coarse && a.fine !== b.fine) notes.push(`both roughly "${a.coarse.toLowerCase()}"`);
  return notes;
}

/** Explains pairs of rows of one result, listed or not. */
export type Explainer = (left: number, right: number) => Explanation;

/** The pairs of a result by one of their rows. */
function groupPairs(result: LinkResult, by: 'left' | 'right'): ReadonlyMap<number, readonly LinkedPair[]> {
  const groups = new Map<number, LinkedPair[]>();
  for (const pair of result.pairs) {
    const known = groups.get(pair[by]);
    if (known === undefined) groups.set(pair[by], [pair]);
    else known.push(pair);
  }
  return groups;
}

/** So many right records are looked up by a pass over the left list each; then one pass serves for all. */
const looksMax = 8;

/** The left records that reach the floor beside a right one. */
function createReverseScorer(
  plan: ScoringPlan,
): (right: number) => readonly { readonly row: number; readonly weight: number }[] {
  const levels = new Uint8Array(plan.fields.length);
  let looks = 0;
  let all: Map<number, { row: number; weight: number }[]> | undefined;
  return (right) => {
    looks += 1;
    if (looks <= looksMax) {
      const found: { row: number; weight: number }[] = [];
      for (let row = 0; row < plan.leftRows; row += 1) {
        if (plan.oneList && row === right) continue;
        getLevels(plan, row, right, levels);
        const weight = getPairWeight(plan, row, right, levels);
        if (weight >= plan.floor) found.push({ row, weight });
      }
      return found;
    }
    if (all === undefined) {
      all = new Map();
      const scored = scoreRange(plan, 0, plan.leftRows, 1, false);
      for (let at = 0; at < scored.left.length; at += 1) {
        const one = { row: scored.left[at]!, weight: scored.weight[at]! };
        const known = all.get(scored.right[at]!);
        if (known === undefined) all.set(scored.right[at]!, [one]);
        else known.push(one);
      }
    }
    return all.get(right) ?? [];
  };
}

/**
 * Prepares a result for explaining many of its pairs.
 *
 * Cost: preparing once is proportional to the distinct values and pairs of the result; then one left record scored
 * against its candidates for each pair. For its rivals a pass over the left list, or from the ninth pair on one look-up
 * after a single pass over all candidates.
 */
export function createExplainer(result: LinkResult): Explainer {
  const { plan, comparison } = result;
  const { fields } = comparison;
  const levels = new Uint8Array(fields.length);
  const getCeiling = createCeiling(plan, fields);
  const scoreRecord = createRecordScorer(plan);
  const byLeft = groupPairs(result, 'left');
  const findLeftRivals = createReverseScorer(plan);

  const explainField = (index: number, left: number, right: number): ExplainedField => {
    const field = fields[index]!;
    const level = levels[index]!;
    const a = field.left[left]!;
    const b = field.right[right]!;
    const leftCell = getRawCell(result, 'left', field.name, left);
    const rightCell = getRawCell(result, 'right', field.name, right);
    const weights = plan.weights[index]!;
    const total = level === 0 ? 0 : getFieldWeight(weights, level, a, b);
    const use = weights.use[level]!;
    const rarity = level === 0 || use === 0 ? 0 : total - weights.base[level]!;
    return {
      column: field.name,
      left: leftCell,
      right: rightCell,
      level: field.levelNames[level]!,
      weight: total,
      rarity,
      oneIn: use === 1 && level !== 0 ? Math.round(2 ** Math.min(weights.rarity[a]!, weights.rarity[b]!)) : 0,
      notes: level === 0 ? [] : getNotes(field, leftCell, rightCell),
    };
  };

  const findRivals = (left: number, right: number): ExplainedRival[] => {
    const rivals: ExplainedRival[] = [];
    const near = scoreRecord(left);
    for (let at = 0; at < near.right.length; at += 1)
      if (near.right[at] !== right)
        rivals.push({ id: result.rightIds[near.right[at]!]!, side: 'right', weight: near.weight[at]! });
    for (const rival of findLeftRivals(right))
      if (rival.row !== left)
        rivals.push({ id: result.leftIds[rival.row]!, side: 'left', weight: rival.weight });
    return rivals.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, 5);
  };

  return (left, right) => {
    getLevels(plan, left, right, levels);
    const weight = getPairWeight(plan, left, right, levels);
    const ceiling = getCeiling(left, right);
    const explained = fields.map((_, index) => explainField(index, left, right));
    const listed = byLeft.get(left)?.find((pair) => pair.right === right);
    return {
      left: result.leftIds[left]!,
      right: result.rightIds[right]!,
      prior: plan.prior,
      fields: explained,
      weight,
      ceiling: ceiling.bits < weight ? ceiling : undefined,
      probability: listed?.probability ?? toProbability(Math.min(weight, ceiling.bits)),
      decision: listed?.decision ?? (weight >= plan.floor ? 'outscored' : 'below the review threshold'),
      margin: listed?.margin ?? 0,
      blockedBy: findKeys(result, left, right),
      rivals: findRivals(left, right),
      missing: explained.filter((field) => field.level === 'missing').map((field) => field.column),
    };
  };
}

function findKeys(result: LinkResult, left: number, right: number): string[] {
  const { plan } = result;
  if (plan.blocking.all) return ['every pair was compared'];
  const names: string[] = [];
  const isNear = (index: number): boolean => {
    const field = plan.fields[index]!;
    const a = field.left[left]!;
    const b = field.right[right]!;
    if (a === 0 || b === 0) return false;
    for (let at = field.nearStart[a]!; at < field.nearStart[a + 1]!; at += 1)
      if (field.nearItems[at] === b) return true;
    return false;
  };
  for (const key of plan.blocking.singles) {
    const field = plan.fields[key.field]!;
    const b = field.right[right]!;
    if (isNear(key.field) && key.start[b + 1]! - key.start[b]! <= key.cap) names.push(`near ${field.name}`);
  }
  for (const key of plan.blocking.pairs) {
    const field = plan.fields[key.field]!;
    const second = plan.fields[key.second]!;
    const b = field.right[right]!;
    if (!isNear(key.field) || key.start[b + 1]! - key.start[b]! <= key.cap) continue;
    if (key.exact && field.group[field.left[left]!] !== field.group[b]) continue;
    const x = second.left[left]!;
    const y = second.right[right]!;
    if (x !== 0 && y !== 0 && Math.abs(second.wide[x]! - second.wide[y]!) <= key.reach)
      names.push(`near ${field.name} and ${key.reach > 0 ? 'year of ' : ''}${second.name}`);
  }
  return names.length > 0 ? names : ['no key: these two were not looked at together'];
}

/** Explains a pair by its ids; undefined when an id is not on its list. */
export function explainPair(result: LinkResult, leftId: string, rightId: string): Explanation | undefined {
  const left = result.leftIds.indexOf(leftId);
  const right = result.rightIds.indexOf(rightId);
  if (left < 0 || right < 0) return undefined;
  return createExplainer(result)(left, right);
}

const signed = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(1)}`;

const describeOther: Readonly<Record<Other, string>> = {
  kin: 'two given names: a brother, sister or twin would show the rest as well',
  stranger: 'a contradiction: that the others have matches says nothing here',
  namesake: 'another father or another date of birth: a namesake would show the rest as well',
};

/** An explanation as lines of text, one bar per line; what the lists hold stands in them as it is. */
export function describeExplanation(explanation: Explanation): string[] {
  const lines = [
    `${explanation.left} and ${explanation.right}: ${explanation.decision}, ${explanation.weight.toFixed(2)} bits, probability ${explanation.probability.toFixed(4)}`,
    `  before anything is compared: ${signed(explanation.prior)}`,
  ];
  for (const field of explanation.fields) {
    const words = [field.level];
    if (field.oneIn > 0) words.push(`about 1 person in ${field.oneIn}`);
    words.push(...field.notes);
    const bar =
      field.weight === 0
        ? ''
        : (field.weight > 0 ? '█' : '░').repeat(
            Math.min(20, Math.max(1, Math.round(Math.abs(field.weight)))),
          );
    lines.push(
      `  ${field.column}: ${field.left === '' ? '–' : field.left} | ${field.right === '' ? '–' : field.right}: ${words.join('; ')}: ${signed(field.weight)} ${bar}`.trimEnd(),
    );
  }
  lines.push(
    `  total ${signed(explanation.weight)}; margin over the next best: ${explanation.margin.toFixed(2)}`,
  );
  if (explanation.ceiling !== undefined)
    lines.push(
      `  ${describeOther[explanation.ceiling.other]}, so it counts for at most ${signed(explanation.ceiling.bits)}`,
    );
  lines.push(`  looked at together by: ${explanation.blockedBy.join(', ')}`);
  lines.push(
    explanation.rivals.length === 0
      ? '  no rival on either list'
      : `  rivals: ${explanation.rivals.map((rival) => `${rival.id} (${rival.side}, ${signed(rival.weight)})`).join(', ')}`,
  );
  if (explanation.missing.length > 0) lines.push(`  would help: ${explanation.missing.join(', ')}`);
  return lines;
}

/** The coverage statement of a run: what was checked, what waits for a person. */
export function describeCoverage(result: LinkResult): string {
  const { coverage } = result;
  const compared = coverage.leftPersons - coverage.keyless;
  const unchecked =
    coverage.keyless === 0
      ? []
      : [
          `${coverage.keyless} could not be checked by keys: too little is known of them, or they share it with too many; a column that tells them apart is needed`,
        ];
  const nobody =
    coverage.matched + coverage.review > 0 || coverage.comparedPairs === 0
      ? []
      : [
          'nobody on either list comes near anybody on the other: they share nobody, or a column is not what its name says (family and given name changed places?)',
        ];
  const named = result.compared.some((column) => column.kind === 'family_name') ? 'surnames' : 'records';
  return [
    `${compared} of ${coverage.leftPersons} ${named} checked against ${coverage.rightPersons}, ${coverage.review} awaiting a decision`,
    result.rightIds === result.leftIds
      ? `${coverage.matched} pairs are one person, ${coverage.leftOnly} rows stand alone`
      : `${coverage.matched} matched, ${coverage.leftOnly} on the left list only, ${coverage.rightOnly} on the right list only`,
    `${coverage.comparedPairs} pairs compared, ${coverage.lostPairs} left out of full buckets, estimated recall of blocking ${(100 * coverage.blockingRecall).toFixed(2)} %`,
    ...unchecked,
    ...nobody,
  ].join('\n');
}
