/** Learning a model from counted patterns: the first look over all candidate pairs, the second over mutual best pairs. */
import type { Comparison } from '../comparison/comparison.ts';
import type { Model } from '../model/model.ts';
import { toPatternCounts, toPatternId } from '../model/patterns.ts';
import { trainModel, type PatternCounts } from '../model/train.ts';
import { toLabelledPatterns, type LabelledPatterns, type LabelledRows } from '../scoring/labels.ts';
import { getLevels, type ScoredRange } from '../scoring/scoring.ts';

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
