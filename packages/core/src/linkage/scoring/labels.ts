/** Pairs that somebody has already judged: they teach the model what a match looks like, and measure its answers. */
import { toPatternId } from '../model/patterns.ts';
import { getLevels, type ScoringPlan } from './scoring.ts';

/** One judged pair, by the ids of the lists (of one list, in either order, when one is deduplicated). */
export interface LabelledPair {
  readonly left: string;
  readonly right: string;
  /** True: one person. False: two. */
  readonly match: boolean;
}

/** Labels by the rows of two lists; parallel lists in the order of rows, every pair once. */
export interface LabelledRows {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly match: Uint8Array;
  /** Labels whose ids are not on the lists. */
  readonly unknown: number;
  /** Pairs that were judged both ways: neither judgement is used. */
  readonly disputed: number;
}

/** Finds the rows of labelled pairs. Cost: proportional to the lists and the labels. */
export function findLabelledRows(
  leftIds: readonly string[],
  rightIds: readonly string[],
  oneList: boolean,
  labels: readonly LabelledPair[],
): LabelledRows {
  const wanted = new Set(labels.flatMap((label) => [label.left, label.right]));
  const findRows = (ids: readonly string[]): Map<string, number> => {
    const rows = new Map<string, number>();
    for (const [row, id] of ids.entries()) if (wanted.has(id)) rows.set(id, row);
    return rows;
  };
  const leftRows = findRows(leftIds);
  const rightRows = oneList ? leftRows : findRows(rightIds);
  const judged = new Map<number, 'match' | 'other' | 'disputed'>();
  let unknown = 0;
  for (const label of labels) {
    let left = leftRows.get(label.left);
    let right = rightRows.get(label.right);
    if (left === undefined || right === undefined || (oneList && left === right)) {
      unknown += 1;
      continue;
    }
    if (oneList && left > right) [left, right] = [right, left];
    const key = left * rightIds.length + right;
    const known = judged.get(key);
    const own = label.match ? 'match' : 'other';
    judged.set(key, known === undefined || known === own ? own : 'disputed');
  }
  const certain = [...judged].filter(([, judgement]) => judgement !== 'disputed').sort((a, b) => a[0] - b[0]);
  return {
    left: Int32Array.from(certain, ([key]) => Math.floor(key / rightIds.length)),
    right: Int32Array.from(certain, ([key]) => key % rightIds.length),
    match: Uint8Array.from(certain, ([, judgement]) => (judgement === 'match' ? 1 : 0)),
    unknown,
    disputed: judged.size - certain.length,
  };
}

/** Patterns of labelled pairs: how many matches show each, and how many labelled pairs were counted with the others. */
export interface LabelledPatterns {
  readonly matches: ReadonlyMap<number, number>;
  readonly counted: ReadonlyMap<number, number>;
}

/** @param isCounted whether a pair is among those whose patterns were counted without knowing its label */
export function toLabelledPatterns(
  plan: ScoringPlan,
  labels: LabelledRows,
  isCounted: (left: number, right: number) => boolean,
): LabelledPatterns {
  const matches = new Map<number, number>();
  const counted = new Map<number, number>();
  const levels = new Uint8Array(plan.fields.length);
  for (let at = 0; at < labels.left.length; at += 1) {
    getLevels(plan, labels.left[at]!, labels.right[at]!, levels);
    const id = toPatternId(levels);
    if (labels.match[at] === 1) matches.set(id, (matches.get(id) ?? 0) + 1);
    if (isCounted(labels.left[at]!, labels.right[at]!)) counted.set(id, (counted.get(id) ?? 0) + 1);
  }
  return { matches, counted };
}

/** How a result stands to the labels. Where the labels taught the model the figures flatter it a little. */
export interface LabelScore {
  /** Labelled pairs on the lists, matches and others. */
  readonly matches: number;
  readonly others: number;
  readonly unknown: number;
  readonly disputed: number;
  /** Labelled matches that the result has as matches, and as pairs for review. */
  readonly found: number;
  readonly inReview: number;
  /** Labelled others that the result has as matches. */
  readonly wrong: number;
  /** 1 when the result matches none of the labelled pairs. */
  readonly precision: number;
  /** 1 when no match is among the labels. */
  readonly recall: number;
}

interface DecidedPair {
  readonly left: number;
  readonly right: number;
  readonly decision: 'match' | 'review';
}

/** Counts a result's decisions over labelled pairs. */
export function scoreLabels(
  pairs: readonly DecidedPair[],
  labels: LabelledRows,
  rightRows: number,
): LabelScore {
  const label = new Map<number, boolean>();
  for (let at = 0; at < labels.left.length; at += 1)
    label.set(labels.left[at]! * rightRows + labels.right[at]!, labels.match[at] === 1);
  let found = 0;
  let inReview = 0;
  let wrong = 0;
  for (const pair of pairs) {
    const match = label.get(pair.left * rightRows + pair.right);
    if (match === undefined) continue;
    if (pair.decision === 'review') inReview += match ? 1 : 0;
    else if (match) found += 1;
    else wrong += 1;
  }
  const matches = labels.match.reduce((sum, one) => sum + one, 0);
  return {
    matches,
    others: labels.match.length - matches,
    unknown: labels.unknown,
    disputed: labels.disputed,
    found,
    inReview,
    wrong,
    precision: found + wrong === 0 ? 1 : found / (found + wrong),
    recall: matches === 0 ? 1 : found / matches,
  };
}
