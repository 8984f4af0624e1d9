/**
 * Who scores candidate pairs: this thread, or many.
 *
 * Law: the ranges of an answer are in the order of left rows, whoever made them, so that a result is the same bytes for
 * any number of threads.
 */
import { CandidateStore } from '../blocking/candidate-store.ts';
import { scoreCandidates, scoreRange, type ScoredRange, type ScoringPlan } from '../scoring/scoring.ts';

/** One pass over the left records. */
export interface ScoringRequest {
  readonly plan: ScoringPlan;
  /** Every n-th left record is looked at; 1 for all. */
  readonly stride: number;
  /** `count`: patterns of levels are counted; `keep`: pairs that reach the plan's floor are kept. */
  readonly look: 'count' | 'keep';
  /** What the pass is for. */
  readonly stage: 'learn' | 'compare';
}

/** Tells how many left records are done, of how many, and how many pairs were compared so far. */
export type ScoreProgress = (rows: number, total: number, pairs: number) => void;

/** The port: a pool of threads answers later, this thread at once. */
export interface Scorer {
  score(request: ScoringRequest, report?: ScoreProgress): Promise<readonly ScoredRange[]>;
}

/** Left records that are scored between two reports. */
export const blockRows = 4096;

/** Scores in this thread, and remembers the candidates of the first look where they fit in memory. */
export class ThreadScorer implements Scorer {
  #seen: { readonly store: CandidateStore; readonly found: ScoredRange } | undefined;

  score(request: ScoringRequest, report?: ScoreProgress): Promise<readonly ScoredRange[]> {
    return Promise.resolve(this.scoreNow(request, report));
  }

  /** Cost: one pass over the candidates; a later pass over remembered candidates costs one read for most of them. */
  scoreNow({ plan, stride, look }: ScoringRequest, report?: ScoreProgress): readonly ScoredRange[] {
    const rows = plan.leftRows;
    if (look === 'keep' && this.#seen?.store.complete === true)
      return [scoreCandidates(plan, this.#seen.store, this.#seen.found)];
    if (look === 'count' && stride === 1) {
      const store = new CandidateStore();
      const found = scoreRange(plan, 0, rows, 1, true, store);
      this.#seen = { store, found };
      return [found];
    }
    const ranges: ScoredRange[] = [];
    let pairs = 0;
    for (let from = 0; from < rows; from += blockRows) {
      // The counted records are every n-th of the whole list, wherever a block begins.
      const start = Math.ceil(from / stride) * stride;
      const to = Math.min(rows, from + blockRows);
      const range = scoreRange(plan, start, to, stride, look === 'count');
      ranges.push(range);
      pairs += range.compared;
      report?.(to, rows, pairs);
    }
    return ranges;
  }
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
