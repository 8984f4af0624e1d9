/** Scoring of candidate pairs on the threads of this machine. */
export { ScorerPool } from './scorer-pool.ts';
