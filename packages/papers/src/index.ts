/** The papers of lists: locked, sealed to whom they concern, opened and checked. */
export { drawRevealKey, lock, revealKeyLength, unlock, type LockFault } from './lock.ts';
export { findScript, makeList, recordColumns } from './make-list.ts';
export type { ListMaking, ListRow, MadeList, RecordColumn, RowFault } from './make-list.ts';
export { checkEscrow, readList, sealList, sealRevealKey } from './sealed-list.ts';
export type { ListFault, ListRecipients, SealedList, SealedPaper } from './sealed-list.ts';
