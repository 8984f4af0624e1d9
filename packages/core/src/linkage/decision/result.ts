/** What a run gives: pairs with their decisions, what was looked at, and what it was decided by. */
import type { ComparedColumn } from '../columns/known-columns.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { Model } from '../model/model.ts';
import { findLabelledRows, scoreLabels, type LabelledRows, type LabelScore } from '../scoring/labels.ts';
import type { ScoringPlan } from '../scoring/scoring.ts';
import type { LinkSettings } from './settings.ts';

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

/** Rows are in id order, so row numbers break ties as ids do. */
export function sortPairs(pairs: LinkedPair[]): void {
  pairs.sort((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right);
}

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
