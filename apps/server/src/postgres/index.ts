export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
export { type DatabaseParts, parseDatabaseUrl, provideDatabase } from './provide.ts';
export { PostgresProblem, type PostgresProblemKind } from './problem.ts';
