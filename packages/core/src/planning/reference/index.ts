/** The oracle for small problems and the random problems it is tried on: for tests and benches only. */
export { findBestByTrying } from './find-best-by-trying.ts';
export { toRandomProblem, toRandomSource, type RandomSource } from './random-problem.ts';
export { lies, toLiar, type Lie } from './lying-solver.ts';
export { toPlainModel, type PlainModel } from './plain-formulation.ts';
export { changeEach } from './change-each.ts';
export { isValid, type Schema } from './read-schema.ts';
