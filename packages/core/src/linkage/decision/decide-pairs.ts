/** Decides over scored pairs of two lists: one-to-one assignment, margins, match or review, coverage. */
import { estimateBlockingRecall } from '../blocking/blocking-recall.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { Model } from '../model/model.ts';
import type { ScoredRange, ScoringPlan } from '../scoring/scoring.ts';
import { assignOneToOne, type Assignment } from './assign.ts';
import { createCeiling } from './ceiling.ts';
import { sortPairs, type LinkedPair, type LinkResult } from './result.ts';
import { defaultSettings, toProbability, type LinkSettings } from './settings.ts';

/** No row is listed with more rivals than this. */
const rivalsMax = 3;

/**
 * Pairs that were not chosen and are as near as a chosen one but for less than the margin: they are put to review beside
 * it, so that no order of ids decides between them.
 */
function findRivals(
  { left, right, weight }: ScoredRange,
  { chosen, margin }: Assignment,
  leastMargin: number,
  { leftRows, rightRows }: ScoringPlan,
): { readonly at: number; readonly margin: number }[] {
  const ofLeft = new Int32Array(leftRows).fill(-1);
  const ofRight = new Int32Array(rightRows).fill(-1);
  const isChosen = new Uint8Array(left.length);
  for (const [index, at] of chosen.entries()) {
    isChosen[at] = 1;
    if (margin[index]! >= leastMargin) continue;
    ofLeft[left[at]!] = at;
    ofRight[right[at]!] = at;
  }
  const counts = new Uint8Array(leftRows + rightRows);
  const rivals: { at: number; margin: number }[] = [];
  for (let at = 0; at < left.length; at += 1) {
    if (isChosen[at] === 1) continue;
    const [one, other] = [ofLeft[left[at]!]!, ofRight[right[at]!]!];
    if (one < 0 && other < 0) continue;
    const best = Math.max(one < 0 ? -Infinity : weight[one]!, other < 0 ? -Infinity : weight[other]!);
    const [l, r] = [left[at]!, leftRows + right[at]!];
    if (weight[at]! < best - leastMargin || counts[l]! >= rivalsMax || counts[r]! >= rivalsMax) continue;
    counts[l]! += 1;
    counts[r]! += 1;
    rivals.push({ at, margin: Math.min(0, weight[at]! - best) });
  }
  return rivals;
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
    // Of rivals that are equally near none is surer than the margin between them.
    const tie = oneToOne && margin < leastMargin ? margin : Number.POSITIVE_INFINITY;
    const probability = toProbability(Math.min(weight, bits, tie));
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
    for (const rival of findRivals(scored, assignment, leastMargin, plan)) add(rival.at, rival.margin);
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
