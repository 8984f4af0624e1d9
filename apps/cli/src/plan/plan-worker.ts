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
  replanTranches,
  toReplanProblem,
  type Conflict,
  type ExactReason,
  type PlanningOptions,
  type PlanningOutcome,
  type PlanningProblem,
  type PreviousPlan,
  type RulePrice,
  type Solver,
  type WhatIf,
} from '@homeward/core/planning';
import { loadHighsSolver } from '@homeward/server/planning';
import { parentPort, workerData } from 'node:worker_threads';

export interface PlanTask {
  readonly problem: PlanningProblem;
  /** Plan again against this plan with these changes; plan the problem as it is when null. */
  readonly replan: { readonly previous: PreviousPlan; readonly changes: readonly WhatIf[] } | null;
  readonly secondsMax: number | null;
  readonly stop: SharedArrayBuffer;
  readonly prices: readonly string[];
  /** The person whose place is to be explained exactly. */
  readonly explain: string | null;
}

export type PlanMessage =
  /** What is looked at now, in words. */
  | { readonly kind: 'progress'; readonly text: string }
  | {
      readonly kind: 'done';
      readonly outcome: PlanningOutcome;
      readonly conflict: Conflict | null;
      readonly prices: readonly RulePrice[];
      /** Rules that were to be priced when the time or the patience ended. */
      readonly unpriced: readonly string[];
      readonly exact: ExactReason | null;
    };

const task = workerData as PlanTask;
const stop = new Int32Array(task.stop);
const isInterrupted = (): boolean => Atomics.load(stop, 0) === 1;
const send = (message: PlanMessage): void => parentPort?.postMessage(message);
const clock = (): number => performance.now() / 1000;
const end = task.secondsMax === null ? Infinity : clock() + task.secondsMax;
const secondsLeft = (): number => Math.max(0, end - clock());
const isOver = (): boolean => isInterrupted() || secondsLeft() === 0;

/** Every question ends with the whole task, whoever asks it; a last chance is a plan's own to give. */
function limitSolver(solver: Solver): Solver {
  return {
    name: solver.name,
    open(model) {
      const session = solver.open(model);
      return {
        ...session,
        solve: (question) =>
          session.solve({ ...question, secondsMax: Math.min(question.secondsMax, secondsLeft()) }),
      };
    },
  };
}

const solver = await loadHighsSolver({ isInterrupted });
const { problem, replan } = task;
const options = (): PlanningOptions => ({
  clock,
  isInterrupted,
  ...(task.secondsMax === null ? {} : { secondsMax: secondsLeft() }),
  onProgress: ({ objective, part, bound }) =>
    send({ kind: 'progress', text: `planning: ${objective}, ${part}: ${bound}` }),
});
const outcome =
  replan === null
    ? planTranches(problem, solver, options())
    : replanTranches(problem, replan.previous, replan.changes, solver, options());
const answered = replan === null ? problem : toReplanProblem(problem, replan.previous, replan.changes);
let conflict: Conflict | undefined;
if (outcome.kind === 'infeasible' && !isOver()) {
  send({ kind: 'progress', text: 'no plan: looking for the rules that cannot hold together' });
  conflict = explainConflict(answered, limitSolver(solver));
}
const prices: RulePrice[] = [];
const unpriced: string[] = [];
for (const [number, rule] of (outcome.kind === 'planned' ? task.prices : []).entries()) {
  if (outcome.kind !== 'planned' || isOver()) {
    unpriced.push(rule);
    continue;
  }
  send({ kind: 'progress', text: `pricing rule ${number + 1} of ${task.prices.length}` });
  const found = priceRules(answered, outcome.plan, solver, [rule], options());
  // A plan that was cut short says nothing of what the rule costs.
  if (isOver()) unpriced.push(rule);
  else prices.push(...found);
}
const exact =
  outcome.kind === 'planned' && task.explain !== null && !isOver()
    ? explainExactly(answered, outcome.plan, solver, task.explain, options())
    : null;
send({ kind: 'done', outcome, conflict: conflict ?? null, prices, unpriced, exact });
