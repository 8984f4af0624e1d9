/** A thread that scores blocks of left records; it keeps nothing between runs but the plan it was given. */
import { scoreRange, type ScoredRange, type ScoringPlan } from '@homeward/core/linkage';
import { parentPort } from 'node:worker_threads';

/** What the main thread asks. */
export interface ScoreTask {
  readonly plan: ScoringPlan;
  readonly blockRows: number;
  readonly stride: number;
  readonly patterns: boolean;
  /** Shared: the next block that nobody has taken. */
  readonly next: Int32Array;
}

export type ScoreAnswer =
  { readonly kind: 'block'; readonly block: number; readonly range: ScoredRange } | { readonly kind: 'done' };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

port.on('message', ({ plan, blockRows, stride, patterns, next }: ScoreTask) => {
  const blocks = Math.ceil(plan.leftRows / blockRows);
  for (;;) {
    const block = Atomics.add(next, 0, 1);
    if (block >= blocks) break;
    const from = block * blockRows;
    // The counted records are every n-th of the whole list, wherever a block begins.
    const start = Math.ceil(from / stride) * stride;
    const range = scoreRange(plan, start, Math.min(plan.leftRows, from + blockRows), stride, patterns);
    port.postMessage({ kind: 'block', block, range } satisfies ScoreAnswer, [
      range.left.buffer as ArrayBuffer,
      range.right.buffer as ArrayBuffer,
      range.weight.buffer as ArrayBuffer,
    ]);
  }
  port.postMessage({ kind: 'done' } satisfies ScoreAnswer);
});
