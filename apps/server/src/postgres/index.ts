export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
export { PostgresProblem, type PostgresProblemKind } from './problem.ts';
