/** The log as this program reads it, without a node around it: what `homeward verify` needs. */
export { emptyLedger, follow, judge } from './ledger.ts';
export type { ActRefusal, IsSigned, Judgement, Ledger, LoggedExchange } from './ledger.ts';
export { refusalToSentence } from './refusal-sentence.ts';
export { nativeSha256 } from './store-source.ts';
export { toSummary } from './summary.ts';
