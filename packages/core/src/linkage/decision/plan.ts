/** What scoring needs of a comparison and a model: the weights, the prior odds, and the floor below which no pair is kept. */
import type { Comparison } from '../comparison/comparison.ts';
import type { Model } from '../model/model.ts';
import { getVacancy } from '../model/train.ts';
import { toFieldWeights } from '../model/weights.ts';
import type { ScoringPlan } from '../scoring/scoring.ts';
import { defaultSettings, toOdds, type LinkSettings } from './settings.ts';

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
