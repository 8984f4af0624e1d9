/** Solves planning problems on this machine: HiGHS behind the core's port, and a thread for the search. */
export { loadHighsSolver, type HighsSolverOptions } from './highs-solver.ts';
export { startPlanning, type PlanQuestion, type Planning } from './start-planning.ts';
export type { PlanAnswer } from './plan-worker.ts';
