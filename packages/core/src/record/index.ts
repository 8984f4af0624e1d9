/** What other workspaces use of the record of a person. */
export { commitTo, parseSalt, saltLength } from './commitment.ts';
export { isFullDay, type Day } from './day.ts';
export { checkListPaper, toListPaper } from './list-paper.ts';
export type {
  CheckedPaper,
  ListPlace,
  OpenedList,
  PaperFault,
  RecordFault,
  SaltedRecord,
} from './list-paper.ts';
export {
  nameSources,
  parseRecord,
  readRecord,
  recordBytesMax,
  recordSchema,
  sharedByChoice,
  toRecordBytes,
  withoutMembers,
} from './record.ts';
export type { PersonRecord, SharedByChoice, Spelling } from './record.ts';
export { findSamePersons, type SamePerson } from './same-person.ts';
