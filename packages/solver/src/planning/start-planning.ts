/**
 * A planning search in a thread of its own, so that the caller's thread can still hear a signal or a request.
 *
 * Law  `stop` asks for the best plan so far; the thread ends with its answer, or when `planning.answer` rejects.
 */
import { Worker } from 'node:worker_threads';
import type { PlanAnswer, PlanMessage, PlanTask } from './plan-worker.ts';

export type PlanQuestion = Omit<PlanTask, 'stop'>;

export interface Planning {
  /** Rejects where the thread fails; a problem without a plan is an answer. */
  readonly answer: Promise<PlanAnswer>;
  /** Ends the search with the best plan so far. May be called at any time, and more than once. */
  readonly stop: () => void;
}

/** Starts the search. `onProgress` is told in words what is looked at. */
export function startPlanning(question: PlanQuestion, onProgress: (text: string) => void): Planning {
  const stop = new SharedArrayBuffer(4);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./plan-worker.${extension}`, import.meta.url), {
    workerData: { ...question, stop } satisfies PlanTask,
  });
  const answer = new Promise<PlanAnswer>((resolve, reject) => {
    worker.on('message', (message: PlanMessage) => {
      if (message.kind === 'done') resolve(message);
      else onProgress(message.text);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code !== 0) reject(new Error(`the search ended with code ${code}`));
    });
  }).finally(() => worker.terminate());
  return {
    answer,
    stop: () => {
      Atomics.store(new Int32Array(stop), 0, 1);
    },
  };
}
