/** Reconciliation: what linkage found and persons decided → answers to the other side's entries. */
export {
  entriesFor,
  reconcile,
  reconciliationFaultToSentence,
  type Coverage,
  type Decided,
  type Judgement,
  type Listed,
  type Reconciliation,
  type ReconciliationFault,
  type ReconciliationWork,
  type Review,
  type ReviewReason,
  type Standing,
} from './answers.ts';
export { toLinkedEntries, type LinkedEntries } from './pairs.ts';
