/** Solvers for the core's planning port. */
export { loadHighsSolver, type HighsSolverOptions } from './highs-solver.ts';
