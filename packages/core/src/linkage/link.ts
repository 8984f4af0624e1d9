/** Linking two lists: the parts in order, and their results as plain data. */
import { assignOneToOne } from './decision/assign.ts';
import { planBlocking, type RowIndexes } from './blocking/blocking.ts';
import { CandidateStore } from './blocking/candidate-store.ts';
import { knownColumns, type ColumnMapping, type ComparedColumn } from './columns/known-columns.ts';
import { estimateBlockingRecall } from './blocking/blocking-recall.ts';
import { buildField, type Field } from './fields/field.ts';
import { splitFullNames } from './columns/full-name-columns.ts';
import { createCeiling } from './decision/ceiling.ts';
import { countField, type FieldCounts } from './model/count-field.ts';
import { findModelFault, type Model } from './model/model.ts';
import { getVacancy, trainModel, type PatternCounts } from './model/train.ts';
import { toFieldWeights } from './model/weights.ts';
import {
  findLabelledRows,
  scoreLabels,
  toLabelledPatterns,
  type LabelledPair,
  type LabelledPatterns,
  type LabelledRows,
  type LabelScore,
} from './scoring/labels.ts';
import { toPatternCounts, toPatternId } from './model/patterns.ts';
import {
  getLevels,
  scoreCandidates,
  scoreRange,
  type ScoredRange,
  type ScoringPlan,
} from './scoring/scoring.ts';
import { toPersonTable, type PersonRow, type PersonTable } from './columns/person-table.ts';

/** How a run decides; every field has a default that is the same for all lists. */
export interface LinkSettings {
  /** Pairs of at least this probability are matches, if their margin allows; default 0.85 (0.5 for clusters). */
  readonly threshold?: number;
  /** Pairs of at least this probability are listed for review; default 0.1. */
  readonly review?: number;
  /** Least margin in bits of a match over its rivals (one-to-one only); default 2. */
  readonly margin?: number;
  /** Each person at most once on either side; default true. */
  readonly oneToOne?: boolean;
  /** A model from an earlier run: nothing is learnt, and equal lists give equal bytes. */
  readonly model?: Model;
  /** Judged pairs: what they show of matches is learnt from them, and the result is measured by them. None are needed. */
  readonly labels?: readonly LabelledPair[];
}

export const defaultSettings = {
  threshold: 0.85,
  /** Of a cluster's mean: its pairs bear each other out, where a match of two lists stands alone. */
  clusterThreshold: 0.5,
  review: 0.1,
  margin: 2,
  oneToOne: true,
} as const;

/** One pair of the result. */
export interface LinkedPair {
  readonly left: number;
  readonly right: number;
  readonly probability: number;
  /** Bits of evidence, prior included. */
  readonly weight: number;
  readonly decision: 'match' | 'review';
  /** Bits by which the best assignment without this pair is worse. */
  readonly margin: number;
}

/** What was looked at and what became of everybody. */
export interface Coverage {
  readonly leftPersons: number;
  readonly rightPersons: number;
  readonly comparedPairs: number;
  /** Pairs that a full bucket left out. */
  readonly lostPairs: number;
  /** Left persons whom nothing known of them could find: no value, or only values that too many share. */
  readonly keyless: number;
  /** Expected share of true pairs that were looked at; 1 when every pair was. */
  readonly blockingRecall: number;
  readonly matched: number;
  readonly review: number;
  readonly leftOnly: number;
  readonly rightOnly: number;
}

/** The comparison of two lists, ready to be scored in any number of parts. */
export interface Comparison {
  readonly left: PersonTable;
  readonly right: PersonTable;
  readonly fields: readonly Field[];
  readonly counts: readonly FieldCounts[];
  readonly oneList: boolean;
  readonly plan: ScoringPlan;
}

/** No list compares more columns than this. */
export const mostFields = 12;

/** Rows in the order of their ids, so that no result depends on the order of the file. */
export function sortTable(table: PersonTable): PersonTable {
  const { ids } = table;
  const order = new Int32Array(ids.length);
  let sorted = true;
  for (let row = 0; row < ids.length; row += 1) {
    order[row] = row;
    if (row > 0 && ids[row - 1]! > ids[row]!) sorted = false;
  }
  if (sorted) return table;
  order.sort((a, b) => (ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : a - b));
  return {
    ids: Array.from(order, (row) => ids[row]!),
    ignored: table.ignored,
    columns: table.columns.map((column) => {
      const codes = new Int32Array(order.length);
      for (let row = 0; row < order.length; row += 1) codes[row] = column.codes[order[row]!]!;
      return { ...column, codes };
    }),
  };
}

/** The columns both lists have, in reading order; without those that others imply (sex, beside a given name). */
export function getSharedColumns(left: PersonTable, right: PersonTable): readonly ComparedColumn[] {
  const shared = left.columns.filter((column) =>
    right.columns.some((other) => other.name === column.name && other.kind === column.kind),
  );
  const isImplied = ({ name }: ComparedColumn): boolean => {
    const impliedBy = knownColumns.find((known) => known.name === name)?.impliedBy;
    return impliedBy !== undefined && shared.some((column) => column.kind === impliedBy);
  };
  const rank = (column: ComparedColumn): number => {
    const at = knownColumns.findIndex((known) => known.name === column.name);
    return at < 0 ? knownColumns.length : at;
  };
  return shared
    .filter((column) => !isImplied(column))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .slice(0, mostFields)
    .map(({ name, kind }) => ({ name, kind }));
}

/** Says what happens, for a progress line; `share` runs from 0 to 1 within a step. */
export type Report = (
  step: 'read' | 'names' | 'keys' | 'learn' | 'compare' | 'assign',
  share: number,
) => void;

/**
 * Prepares two tables for comparison (give the same table twice to deduplicate one).
 *
 * Cost: proportional to rows for coding, to distinct cells for canonical forms and near pairs.
 */
export function prepareComparison(
  leftTable: PersonTable,
  rightTable: PersonTable,
  report?: Report,
): Comparison {
  const oneList = leftTable === rightTable;
  const left = sortTable(splitFullNames(leftTable));
  const right = oneList ? left : sortTable(splitFullNames(rightTable));
  const columns = getSharedColumns(left, right);
  const fields = columns.map((column, index) => {
    report?.('names', index / columns.length);
    const side = (table: PersonTable) => ({
      column: table.columns.find((one) => one.name === column.name),
      rows: table.ids.length,
    });
    return buildField(column.name, column.kind, side(left), side(right));
  });
  report?.('keys', 0);
  return assembleComparison(left, right, fields, oneList);
}

/** Puts a comparison together from sorted tables and their shared fields: counts, and keys for blocking. */
export function assembleComparison(
  left: PersonTable,
  right: PersonTable,
  fields: readonly Field[],
  oneList: boolean,
  indexes?: RowIndexes,
): Comparison {
  const family = fields.findIndex((field) => field.kind === 'family_name');
  const given = fields.findIndex((field) => field.kind === 'given_name');
  const counts = fields.map((field, index) =>
    countField(
      field,
      index === family ? fields[given] : index === given ? fields[family] : undefined,
      oneList,
    ),
  );
  const blocking = planBlocking(fields, left.ids.length, right.ids.length, oneList, indexes);
  return {
    left,
    right,
    fields,
    counts,
    oneList,
    plan: {
      fields,
      weights: [],
      blocking,
      leftRows: left.ids.length,
      rightRows: right.ids.length,
      oneList,
      prior: 0,
      vacancy: 0,
      floor: Number.NEGATIVE_INFINITY,
      family: given < 0 ? -1 : family,
      given: family < 0 ? -1 : given,
    },
  };
}

/** Left records whose pairs are counted for training: all of a short list, every n-th in id order of a long one. */
export function getTrainingStride(comparison: Comparison): number {
  return Math.max(1, Math.floor(comparison.plan.leftRows / 20_000));
}

/** Learns the model from counted patterns; see {@link getTrainingStride} for which pairs those are. */
export function learnModel(
  comparison: Comparison,
  found: readonly ReadonlyMap<number, number>[],
  oneToOne: boolean,
  labels?: LabelledRows,
): Model {
  const { plan, fields, counts, oneList } = comparison;
  const stride = getTrainingStride(comparison);
  const labelled =
    labels === undefined ? undefined : toLabelledPatterns(plan, labels, (left) => left % stride === 0);
  const totalPairs = oneList ? (plan.leftRows * (plan.leftRows - 1)) / 2 : plan.leftRows * plan.rightRows;
  return trainModel({
    fields,
    counts,
    ...toTrainingPatterns(found, fields.length, labelled),
    totalPairs,
    mostMatches:
      !oneList && oneToOne
        ? Math.min(plan.leftRows, plan.rightRows)
        : Math.max(plan.leftRows, Math.min(10 * plan.leftRows, 0.02 * totalPairs)),
    scale: stride,
    ...(!oneList && oneToOne ? { leastMatches: 0.02 * Math.min(plan.leftRows, plan.rightRows) } : {}),
  });
}

/** Counted patterns without the labelled pairs among them, and the labelled matches at each. */
function toTrainingPatterns(
  found: readonly ReadonlyMap<number, number>[],
  width: number,
  labelled: LabelledPatterns | undefined,
): { readonly patterns: PatternCounts; readonly labelled?: Float64Array } {
  if (labelled === undefined) return { patterns: toPatternCounts(found, width) };
  const none = new Map([...labelled.matches.keys()].map((id) => [id, 0] as const));
  const patterns = toPatternCounts([...found, none], width);
  const matches = new Float64Array(patterns.counts.length);
  const row = new Uint8Array(width);
  for (let pattern = 0; pattern < matches.length; pattern += 1) {
    row.set(patterns.levels.subarray(pattern * width, (pattern + 1) * width));
    const id = toPatternId(row);
    matches[pattern] = labelled.matches.get(id) ?? 0;
    patterns.counts[pattern] = Math.max(0, patterns.counts[pattern]! - (labelled.counted.get(id) ?? 0));
  }
  return { patterns, labelled: matches };
}

/**
 * Second look of training for one-to-one lists: only pairs that are each other's best count as possible matches, so that
 * brothers, namesakes and neighbours, who fill the candidates, cannot teach the model that a different name is usual.
 *
 * @param scored the pairs of the counted left records, scored by the first model
 */
export function refineModel(
  comparison: Comparison,
  first: Model,
  scored: ScoredRange,
  labels?: LabelledRows,
): Model {
  const { plan, fields, counts, oneList } = comparison;
  const bestLeft = new Map<number, number>();
  const bestRight = new Map<number, number>();
  for (let at = 0; at < scored.left.length; at += 1) {
    const weight = scored.weight[at]!;
    const left = bestLeft.get(scored.left[at]!);
    if (left === undefined || scored.weight[left]! < weight) bestLeft.set(scored.left[at]!, at);
    const right = bestRight.get(scored.right[at]!);
    if (right === undefined || scored.weight[right]! < weight) bestRight.set(scored.right[at]!, at);
  }
  const patterns = new Map<number, number>();
  const best = new Set<number>();
  const levels = new Uint8Array(fields.length);
  for (const at of bestLeft.values()) {
    if (bestRight.get(scored.right[at]!) !== at) continue;
    getLevels(plan, scored.left[at]!, scored.right[at]!, levels);
    const id = toPatternId(levels);
    patterns.set(id, (patterns.get(id) ?? 0) + 1);
    if (labels !== undefined) best.add(scored.left[at]! * plan.rightRows + scored.right[at]!);
  }
  const labelled =
    labels === undefined
      ? undefined
      : toLabelledPatterns(plan, labels, (left, right) => best.has(left * plan.rightRows + right));
  const refined = trainModel({
    fields,
    counts,
    ...toTrainingPatterns([patterns], fields.length, labelled),
    totalPairs: oneList ? (plan.leftRows * (plan.leftRows - 1)) / 2 : plan.leftRows * plan.rightRows,
    mostMatches: Math.min(plan.leftRows, plan.rightRows),
    rows: [plan.leftRows, plan.rightRows],
    scale: getTrainingStride(comparison),
  });
  return {
    ...refined,
    training: {
      ...refined.training,
      pairs: first.training.pairs,
      rounds: first.training.rounds + refined.training.rounds,
    },
  };
}

export const toOdds = (probability: number): number => Math.log2(probability / (1 - probability));
export const toProbability = (weight: number): number => 1 / (1 + 2 ** -weight);

/** See {@link getVacancy}. */
function getListVacancy({ plan, oneList }: Comparison, model: Model, oneToOne: boolean): number {
  const { leftRows, rightRows } = plan;
  const rows = oneList || !oneToOne ? undefined : ([leftRows, rightRows] as const);
  return getVacancy(model.lambda * leftRows * rightRows, rows);
}

/** The plan with a model's weights in it: what workers score by. */
export function toScoringPlan(comparison: Comparison, model: Model, settings: LinkSettings): ScoringPlan {
  const review = settings.review ?? defaultSettings.review;
  const vacancy = getListVacancy(comparison, model, settings.oneToOne ?? defaultSettings.oneToOne);
  return {
    ...comparison.plan,
    weights: model.fields.map((field, index) => toFieldWeights(field, comparison.counts[index]!)),
    // log2 of the odds that two records are one person before anything is compared.
    prior: toOdds(model.lambda) + vacancy,
    vacancy,
    floor: toOdds(Math.min(review, settings.threshold ?? defaultSettings.threshold)),
  };
}

export interface LinkResult {
  /** Highest weight first; ties by left id, then right id. */
  readonly pairs: readonly LinkedPair[];
  readonly coverage: Coverage;
  readonly model: Model;
  /** Canonical order: `leftIds[pair.left]` is a pair's left id. */
  readonly leftIds: readonly string[];
  readonly rightIds: readonly string[];
  /** Columns that were compared, and headers of either list that were not. */
  readonly compared: readonly ComparedColumn[];
  readonly ignored: readonly string[];
  readonly comparison: Comparison;
  readonly plan: ScoringPlan;
  readonly settings: LinkSettings;
}

/** Scored parts put together in the order of left rows, whatever worker made them. */
export function joinRanges(ranges: readonly ScoredRange[]): ScoredRange {
  let size = 0;
  for (const range of ranges) size += range.left.length;
  const left = new Int32Array(size);
  const right = new Int32Array(size);
  const weight = new Float64Array(size);
  let at = 0;
  let compared = 0;
  let lost = 0;
  let keyless = 0;
  for (const range of ranges) {
    left.set(range.left, at);
    right.set(range.right, at);
    weight.set(range.weight, at);
    at += range.left.length;
    compared += range.compared;
    lost += range.lost;
    keyless += range.keyless;
  }
  return { left, right, weight, compared, lost, keyless, patterns: undefined };
}

/** Decides over scored pairs: assignment, margins, match or review, coverage. */
export function decidePairs(
  comparison: Comparison,
  plan: ScoringPlan,
  model: Model,
  scored: ScoredRange,
  settings: LinkSettings,
): LinkResult {
  const threshold = settings.threshold ?? defaultSettings.threshold;
  const leastMargin = settings.margin ?? defaultSettings.margin;
  const oneToOne = settings.oneToOne ?? defaultSettings.oneToOne;
  const { left: leftTable, right: rightTable } = comparison;
  const floor = plan.floor;
  const pairs: LinkedPair[] = [];
  const getCeiling = createCeiling(plan, comparison.fields);
  const add = (at: number, margin: number): void => {
    const weight = scored.weight[at]!;
    const { bits } = getCeiling(scored.left[at]!, scored.right[at]!);
    const probability = toProbability(Math.min(weight, bits));
    const sure = probability >= threshold && (!oneToOne || margin >= leastMargin);
    pairs.push({
      left: scored.left[at]!,
      right: scored.right[at]!,
      probability,
      weight,
      decision: sure ? 'match' : 'review',
      margin,
    });
  };
  if (oneToOne) {
    const gain = scored.weight.map((weight) => Math.max(1e-9, weight - floor));
    const assignment = assignOneToOne(
      { left: scored.left, right: scored.right, gain },
      plan.leftRows,
      plan.rightRows,
    );
    for (let index = 0; index < assignment.chosen.length; index += 1)
      add(assignment.chosen[index]!, assignment.margin[index]!);
  } else for (let at = 0; at < scored.left.length; at += 1) add(at, scored.weight[at]! - floor);
  sortPairs(pairs);
  const leftSeen = new Uint8Array(plan.leftRows);
  const rightSeen = new Uint8Array(plan.rightRows);
  let matched = 0;
  let review = 0;
  for (const pair of pairs) {
    leftSeen[pair.left] = 1;
    rightSeen[pair.right] = 1;
    if (pair.decision === 'match') matched += 1;
    else review += 1;
  }
  const count = (seen: Uint8Array): number => seen.reduce((total, one) => total + one, 0);
  return {
    pairs,
    coverage: {
      leftPersons: plan.leftRows,
      rightPersons: plan.rightRows,
      comparedPairs: scored.compared,
      lostPairs: Math.round(scored.lost),
      keyless: scored.keyless,
      blockingRecall: estimateBlockingRecall(comparison.fields, plan.blocking, model),
      matched,
      review,
      leftOnly: plan.leftRows - count(leftSeen),
      rightOnly: plan.rightRows - count(rightSeen),
    },
    model,
    leftIds: leftTable.ids,
    rightIds: rightTable.ids,
    compared: comparison.fields.map(({ name, kind }) => ({ name, kind })),
    ignored: [...new Set([...leftTable.ignored, ...rightTable.ignored])].sort(),
    comparison,
    plan,
    settings,
  };
}

/** Rows are in id order, so row numbers break ties as ids do. */
export function sortPairs(pairs: LinkedPair[]): void {
  pairs.sort((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right);
}

/** Pairs down to this probability take part in the second look. */
export const trainingSettings: LinkSettings = { review: 0.01, oneToOne: false };

/** The rows of the labelled pairs of the settings, if there are any. */
export function getLabelledRows(comparison: Comparison, settings: LinkSettings): LabelledRows | undefined {
  if (settings.labels === undefined) return undefined;
  return findLabelledRows(comparison.left.ids, comparison.right.ids, comparison.oneList, settings.labels);
}

/** How a result stands to the labels of its settings; undefined when there were none. */
export function scoreResult(result: LinkResult): LabelScore | undefined {
  const labels = getLabelledRows(result.comparison, result.settings);
  return labels === undefined ? undefined : scoreLabels(result.pairs, labels, result.plan.rightRows);
}

/** The model for a comparison: the given one if it fits, else learnt here in one thread. */
export function findModel(comparison: Comparison, settings: LinkSettings): Model {
  return findModelAndScore(comparison, settings).model;
}

/** The model, and how pairs are scored in this thread: by the pairs found while learning, where they fitted in memory. */
export function findModelAndScore(
  comparison: Comparison,
  settings: LinkSettings,
): { readonly model: Model; readonly score: (plan: ScoringPlan) => ScoredRange } {
  const rows = comparison.plan.leftRows;
  if (settings.model !== undefined) {
    const fault = findModelFault(settings.model, comparison.fields);
    if (fault !== undefined) throw new Error(fault);
    return { model: settings.model, score: (plan) => scoreRange(plan, 0, rows, 1, false) };
  }
  const stride = getTrainingStride(comparison);
  const labels = getLabelledRows(comparison, settings);
  const store = stride === 1 ? new CandidateStore() : undefined;
  const found = scoreRange(comparison.plan, 0, rows, stride, true, store);
  const score = (plan: ScoringPlan, step: number): ScoredRange =>
    store?.complete === true ? scoreCandidates(plan, store, found) : scoreRange(plan, 0, rows, step, false);
  const oneToOne = !comparison.oneList && (settings.oneToOne ?? defaultSettings.oneToOne);
  let model = learnModel(comparison, [found.patterns!], oneToOne, labels);
  if (oneToOne) {
    const plan = toScoringPlan(comparison, model, trainingSettings);
    model = refineModel(comparison, model, score(plan, stride), labels);
  }
  return { model, score: (plan) => score(plan, 1) };
}

/** Links two tables in this thread. */
export function linkTables(left: PersonTable, right: PersonTable, settings: LinkSettings = {}): LinkResult {
  const comparison = prepareComparison(left, right);
  const { model, score } = findModelAndScore(comparison, settings);
  const plan = toScoringPlan(comparison, model, settings);
  return decidePairs(comparison, plan, model, score(plan), settings);
}

/** Links two lists given as plain rows. */
export function linkLists(
  left: readonly PersonRow[],
  right: readonly PersonRow[],
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  return linkTables(toPersonTable(left, settings.mapping), toPersonTable(right, settings.mapping), settings);
}
