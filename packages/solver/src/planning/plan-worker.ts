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
import { parentPort, workerData } from 'node:worker_threads';
import { loadHighsSolver } from './highs-solver.ts';

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
  { readonly kind: 'progress'; readonly text: string } | PlanAnswer;

export interface PlanAnswer {
  readonly kind: 'done';
  readonly outcome: PlanningOutcome;
  readonly conflict: Conflict | null;
  readonly prices: readonly RulePrice[];
  /** Rules whose turn had not come when the time or the patience ended. */
  readonly unpriced: readonly string[];
  readonly exact: ExactReason | null;
}

const task = workerData as PlanTask;
const stop = new Int32Array(task.stop);
const isInterrupted = (): boolean => Atomics.load(stop, 0) === 1;
const send = (message: PlanMessage): void => parentPort?.postMessage(message);
const clock = (): number => performance.now() / 1000;
const end = task.secondsMax === null ? Infinity : clock() + task.secondsMax;
const secondsLeft = (): number => Math.max(0, end - clock());
const isOver = (): boolean => isInterrupted() || secondsLeft() === 0;

/**
 * For all that is asked of a plan that is made: every question ends with the whole task, whoever asks it. There is no
 * last chance for a first plan then: one that is not proven best tells neither a price nor a reason.
 */
function limitSolver(solver: Solver): Solver {
  return {
    name: solver.name,
    open(model) {
      const session = solver.open(model);
      return {
        ...session,
        solve: (question) =>
          session.solve({
            ...question,
            secondsMax: Math.min(question.secondsMax, secondsLeft()),
            isLastChance: false,
          }),
      };
    },
  };
}

const solver = await loadHighsSolver({ isInterrupted });
const limited = limitSolver(solver);
const { problem, replan } = task;
const options = (): PlanningOptions => ({
  clock,
  isInterrupted,
  isRecorded: true,
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
  conflict = explainConflict(answered, limited);
}
const prices: RulePrice[] = [];
const unpriced: string[] = [];
for (const [number, rule] of (outcome.kind === 'planned' ? task.prices : []).entries()) {
  if (outcome.kind !== 'planned' || isOver()) {
    unpriced.push(rule);
    continue;
  }
  send({ kind: 'progress', text: `pricing rule ${number + 1} of ${task.prices.length}` });
  prices.push(...priceRules(answered, outcome.plan, limited, [rule], options()));
}
const exact =
  outcome.kind === 'planned' && task.explain !== null && !isOver()
    ? explainExactly(answered, outcome.plan, limited, task.explain, options())
    : null;
send({ kind: 'done', outcome, conflict: conflict ?? null, prices, unpriced, exact });
