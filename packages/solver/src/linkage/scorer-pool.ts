/** Scores candidate pairs on worker threads; ranges are put together by block, never by who came first. */
import {
  blockRows,
  toFieldNumbers,
  type ScoredRange,
  type ScoreProgress,
  type Scorer,
  type ScoringPlan,
  type ScoringRequest,
} from '@homeward/core/linkage';
import { Worker } from 'node:worker_threads';
import type { ScoreAnswer, ScoreTask } from './scorer-worker.ts';

export class ScorerPool implements Scorer {
  readonly #workers: Worker[] = [];
  readonly #size: number;

  /** @param size threads to use; they are started when they are first asked for */
  constructor(size: number) {
    this.#size = size;
  }

  #get(index: number): Worker {
    const file = import.meta.url.endsWith('.ts') ? './scorer-worker.ts' : './scorer-worker.js';
    this.#workers[index] ??= new Worker(new URL(file, import.meta.url));
    return this.#workers[index];
  }

  #run(worker: Worker, task: ScoreTask, take: (block: number, range: ScoredRange) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const onMessage = (answer: ScoreAnswer): void => {
        if (answer.kind === 'block') {
          take(answer.block, answer.range);
        } else {
          worker.off('message', onMessage);
          worker.off('error', reject);
          resolve();
        }
      };
      worker.on('message', onMessage);
      worker.once('error', reject);
      worker.postMessage(task);
    });
  }

  async score(
    { plan, stride, look }: ScoringRequest,
    report?: ScoreProgress,
  ): Promise<readonly ScoredRange[]> {
    const ranges: ScoredRange[] = [];
    let pairs = 0;
    let rows = 0;
    const take = (block: number, range: ScoredRange): void => {
      ranges[block] = range;
      pairs += range.compared;
      rows = Math.min(plan.leftRows, rows + blockRows);
      report?.(rows, plan.leftRows, pairs);
    };
    const next = new Int32Array(new SharedArrayBuffer(4));
    const numbers: ScoringPlan = { ...plan, fields: plan.fields.map((field) => toFieldNumbers(field)) };
    const task: ScoreTask = { plan: numbers, blockRows, stride, patterns: look === 'count', next };
    await Promise.all(
      Array.from({ length: this.#size }, (_, index) => this.#run(this.#get(index), task, take)),
    );
    return ranges;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
