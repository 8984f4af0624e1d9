/** Decides over scored pairs of two lists: one-to-one assignment, margins, match or review, coverage. */
import { estimateBlockingRecall } from '../blocking/blocking-recall.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { Model } from '../model/model.ts';
import type { ScoredRange, ScoringPlan } from '../scoring/scoring.ts';
import { assignOneToOne } from './assign.ts';
import { createCeiling } from './ceiling.ts';
import { sortPairs, type LinkedPair, type LinkResult } from './result.ts';
import { defaultSettings, toProbability, type LinkSettings } from './settings.ts';

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
