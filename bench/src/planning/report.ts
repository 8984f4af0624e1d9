/** What the parts of the planning benchmark share: the solver, the rows they report, and the clock. */
import {
  planTranches,
  replanTranches,
  type PlanningProblem,
  type Replan,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';

export interface Row {
  readonly what: string;
  readonly [figure: string]: string | number | boolean | null | readonly (string | number)[];
}

export interface Bench {
  readonly solver: Solver;
  readonly report: (row: Row) => void;
  /** Keeps a problem or plan where the caller asked for them. */
  readonly keep: (name: string, data: PlanningProblem | TranchePlan) => void;
}

export interface Timed<T> {
  readonly value: T;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** Wall-clock and the thread's own processor time: on a busy machine only the second says what the work costs. */
export function time<T>(work: () => T): Timed<T> {
  const cpu = process.threadCpuUsage();
  const start = performance.now();
  const value = work();
  const wallSeconds = (performance.now() - start) / 1000;
  const used = process.threadCpuUsage(cpu);
  return { value, wallSeconds, cpuSeconds: (used.user + used.system) / 1e6 };
}

export function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

export function planOrThrow(
  problem: PlanningProblem,
  solver: Solver,
  replan?: Pick<Replan, 'previous' | 'changes'>,
): TranchePlan {
  const outcome =
    replan === undefined
      ? planTranches(problem, solver)
      : replanTranches(problem, replan.previous, replan.changes, solver);
  if (outcome.kind !== 'planned') throw new Error(`bench: ${outcome.kind}`);
  return outcome.plan;
}

/** How many levels rest on what, of all levels of a plan. */
export function toProofs({ certificate }: TranchePlan): Omit<Row, 'what'> {
  const { levels, status } = certificate;
  const count = (proof: string): number => levels.filter((level) => level.proof === proof).length;
  return {
    status,
    levels: levels.length,
    levelsProven: levels.filter(({ value, bound }) => value === bound).length,
    byEnumeration: count('enumeration'),
    onTheSolversWord: count('branch-and-bound'),
  };
}
