/**
 * The search in a thread of its own: the solver blocks its thread, so only another can hear Ctrl-C.
 *
 * One message in (`PlanTask`), progress messages and one result out. Byte 0 of the shared flag stops the search.
 */
import {
  explainConflict,
  explainExactly,
  planTranches,
  priceRules,
  type Conflict,
  type ExactReason,
  type PlanningOutcome,
  type PlanningProblem,
  type PlanningProgress,
  type RulePrice,
} from '@homeward/core/planning';
import { loadHighsSolver } from '@homeward/server/planning';
import { parentPort, workerData } from 'node:worker_threads';

export interface PlanTask {
  readonly problem: PlanningProblem;
  readonly secondsMax: number | null;
  readonly stop: SharedArrayBuffer;
  readonly prices: readonly string[];
  /** The person whose place is to be explained exactly. */
  readonly explain: string | null;
}

export type PlanMessage =
  | { readonly kind: 'progress'; readonly progress: PlanningProgress }
  | {
      readonly kind: 'done';
      readonly outcome: PlanningOutcome;
      readonly conflict: Conflict | null;
      readonly prices: readonly RulePrice[];
      readonly exact: ExactReason | null;
    };

const task = workerData as PlanTask;
const stop = new Int32Array(task.stop);
const isInterrupted = (): boolean => Atomics.load(stop, 0) === 1;
const send = (message: PlanMessage): void => parentPort?.postMessage(message);

const solver = await loadHighsSolver({ isInterrupted });
const clock = (): number => performance.now() / 1000;
const outcome = planTranches(task.problem, solver, {
  clock,
  ...(task.secondsMax === null ? {} : { secondsMax: task.secondsMax }),
  isInterrupted,
  onProgress: (progress) => send({ kind: 'progress', progress }),
});
const conflict =
  outcome.kind === 'infeasible' && !isInterrupted() ? explainConflict(task.problem, solver) : undefined;
const prices =
  outcome.kind === 'planned' && task.prices.length > 0 && !isInterrupted()
    ? priceRules(task.problem, outcome.plan, solver, task.prices, { clock, isInterrupted })
    : [];
const exact =
  outcome.kind === 'planned' && task.explain !== null && !isInterrupted()
    ? explainExactly(task.problem, outcome.plan, solver, task.explain, {
        clock,
        ...(task.secondsMax === null ? {} : { secondsMax: task.secondsMax }),
        isInterrupted,
      })
    : null;
send({ kind: 'done', outcome, conflict: conflict ?? null, prices, exact });
