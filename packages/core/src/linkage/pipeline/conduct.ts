/**
 * The order of a run, stated once: learn, weigh, score, decide. It asks for each pass over the pairs and is handed the
 * answer, so that one thread and a pool of threads go the same way.
 */
import type { Comparison } from '../comparison/comparison.ts';
import { toScoringPlan } from '../decision/plan.ts';
import { getLabelledRows } from '../decision/result.ts';
import { defaultSettings, trainingSettings, type LinkSettings } from '../decision/settings.ts';
import { findModelFault, type Model } from '../model/model.ts';
import type { ScoredRange, ScoringPlan } from '../scoring/scoring.ts';
import { getTrainingStride, learnModel, refineModel } from './learn.ts';
import { joinRanges, ThreadScorer, type Scorer, type ScoringRequest, type ScoreProgress } from './scorer.ts';

/** A run that stops at each pass over the pairs. */
export type Steps<T> = Generator<ScoringRequest, T, readonly ScoredRange[]>;

/** Turns scored pairs into a result. */
export type Decide<T> = (
  comparison: Comparison,
  plan: ScoringPlan,
  model: Model,
  scored: ScoredRange,
  settings: LinkSettings,
) => T;

/**
 * The model for a comparison: the given one, or one learnt from the lists.
 *
 * @throws Error when the given model does not fit the columns; {@link findModelFault} tells it before
 */
export function* learn(comparison: Comparison, settings: LinkSettings): Steps<Model> {
  if (settings.model !== undefined) {
    const fault = findModelFault(settings.model, comparison.fields);
    if (fault !== undefined) throw new Error(fault);
    return settings.model;
  }
  const stride = getTrainingStride(comparison);
  const labels = getLabelledRows(comparison, settings);
  const oneToOne = !comparison.oneList && (settings.oneToOne ?? defaultSettings.oneToOne);
  const counted = yield { plan: comparison.plan, stride, look: 'count', stage: 'learn' };
  const model = learnModel(
    comparison,
    counted.map((range) => range.patterns!),
    oneToOne,
    labels,
  );
  if (!oneToOne) return model;
  const plan = toScoringPlan(comparison, model, trainingSettings);
  const scored = yield { plan, stride, look: 'keep', stage: 'learn' };
  return refineModel(comparison, model, joinRanges(scored), labels);
}

/** The whole run over a comparison. */
export function* conduct<T>(comparison: Comparison, settings: LinkSettings, decide: Decide<T>): Steps<T> {
  const model = yield* learn(comparison, settings);
  const plan = toScoringPlan(comparison, model, settings);
  const scored = yield { plan, stride: 1, look: 'keep', stage: 'compare' };
  return decide(comparison, plan, model, joinRanges(scored), settings);
}

/** Runs all steps in this thread. */
export function finish<T>(steps: Steps<T>): T {
  const scorer = new ThreadScorer();
  let step = steps.next();
  while (step.done !== true) step = steps.next(scorer.scoreNow(step.value));
  return step.value;
}

/** Runs all steps on a scorer's threads. */
export async function finishOn<T>(
  steps: Steps<T>,
  scorer: Scorer,
  report?: (stage: ScoringRequest['stage'], ...progress: Parameters<ScoreProgress>) => void,
): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    const { stage } = step.value;
    step = steps.next(
      await scorer.score(step.value, (rows, total, pairs) => report?.(stage, rows, total, pairs)),
    );
  }
  return step.value;
}
