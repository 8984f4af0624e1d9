/** How a run decides, and the two scales of its evidence: probabilities, and bits (log2 of the odds). */
import type { Model } from '../model/model.ts';
import type { LabelledPair } from '../scoring/labels.ts';

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

export const toOdds = (probability: number): number => Math.log2(probability / (1 - probability));
export const toProbability = (weight: number): number => 1 / (1 + 2 ** -weight);

/** Pairs down to this probability take part in the second look of training. */
export const trainingSettings: LinkSettings = { review: 0.01, oneToOne: false };
