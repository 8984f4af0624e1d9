/** Runs reading and scoring on worker threads; results are put together by block, never by who came first. */
import {
  CandidateStore,
  scoreCandidates,
  scoreRange,
  toFieldNumbers,
  type ColumnMapping,
  type ScoredRange,
  type ScoringPlan,
} from '@homeward/core/linkage';
import { Worker } from 'node:worker_threads';
import type { WorkerTask } from './link-worker.ts';
import type { ReadOutcome, ReadProgress } from './read-list.ts';

type Answer =
  | { readonly kind: 'read'; readonly read: number; readonly total: number }
  | { readonly kind: 'block'; readonly block: number; readonly range: ScoredRange }
  | { readonly kind: 'done'; readonly outcome?: ReadOutcome };

/** Tells how many left records are done and how many pairs were compared so far. */
export type ScoreProgress = (rows: number, total: number, pairs: number) => void;

const blockRows = 4096;

export class WorkerPool {
  private readonly workers: Worker[] = [];
  private readonly size: number;
  /** In the calling thread: what the look that counted patterns saw, for the looks that follow. */
  private seen: { readonly store: CandidateStore; readonly found: ScoredRange } | undefined;

  /** @param size threads to use; 1 scores in the calling thread */
  constructor(size: number) {
    this.size = size;
  }

  private get(index: number): Worker {
    const file = import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.js';
    this.workers[index] ??= new Worker(new URL(file, import.meta.url));
    return this.workers[index];
  }

  private run(worker: Worker, task: WorkerTask, hear: (answer: Answer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const onMessage = (answer: Answer): void => {
        hear(answer);
        if (answer.kind === 'done') {
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

  /** Reads several lists at once, each on a thread of its own. */
  async read(
    paths: readonly string[],
    mapping: ColumnMapping,
    progress?: ReadProgress,
  ): Promise<ReadOutcome[]> {
    const outcomes: ReadOutcome[] = [];
    const state = paths.map(() => ({ read: 0, total: 0 }));
    await Promise.all(
      paths.map((path, index) =>
        this.run(this.get(index), { task: 'read', path, mapping }, (answer) => {
          if (answer.kind === 'read') {
            state[index] = answer;
            progress?.(
              state.reduce((sum, one) => sum + one.read, 0),
              state.reduce((sum, one) => sum + one.total, 0),
            );
          } else if (answer.kind === 'done' && answer.outcome !== undefined) outcomes[index] = answer.outcome;
        }),
      ),
    );
    return outcomes;
  }

  /** Scores all left records (every `stride`-th when patterns are counted), in blocks that any thread may take. */
  async score(
    plan: ScoringPlan,
    stride: number,
    patterns: boolean,
    progress?: ScoreProgress,
  ): Promise<ScoredRange[]> {
    const ranges: ScoredRange[] = [];
    let pairs = 0;
    let rows = 0;
    const take = (block: number, range: ScoredRange): void => {
      ranges[block] = range;
      pairs += range.compared;
      rows = Math.min(plan.leftRows, rows + blockRows);
      progress?.(rows, plan.leftRows, pairs);
    };
    if (this.size <= 1) {
      if (!patterns && this.seen?.store.complete === true)
        return [scoreCandidates(plan, this.seen.store, this.seen.found)];
      if (patterns && stride === 1) {
        const store = new CandidateStore();
        const found = scoreRange(plan, 0, plan.leftRows, 1, true, store);
        this.seen = { store, found };
        return [found];
      }
      for (let block = 0; block * blockRows < plan.leftRows; block += 1) {
        const from = block * blockRows;
        const start = Math.ceil(from / stride) * stride;
        take(block, scoreRange(plan, start, Math.min(plan.leftRows, from + blockRows), stride, patterns));
      }
      return ranges;
    }
    const next = new Int32Array(new SharedArrayBuffer(4));
    const numbers: ScoringPlan = {
      ...plan,
      fields: plan.fields.map((field) => toFieldNumbers(field)),
    };
    await Promise.all(
      Array.from({ length: this.size }, (_, index) =>
        this.run(
          this.get(index),
          { task: 'score', plan: numbers, blockRows, stride, patterns, next },
          (answer) => {
            if (answer.kind === 'block') take(answer.block, answer.range);
          },
        ),
      ),
    );
    return ranges;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
