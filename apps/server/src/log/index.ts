/** What a program beside a node needs of it: how it sums up an exchange. */
export { toSummary } from './summary.ts';
