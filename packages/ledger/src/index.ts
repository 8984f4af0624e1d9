/** One reading of a log: judge, follow and verify it, on a node, in a command, in a page. */
export {
  toEntryFinding,
  type EntryFault,
  type Fault,
  type FileFault,
  type Finding,
  type WitnessFault,
} from './finding.ts';
export {
  judge,
  refusalToSentence,
  toIsSigned,
  type ActRefusal,
  type IsSigned,
  type Judgement,
} from './judge.ts';
export {
  emptyLedger,
  findExchangeOf,
  findKeyOf,
  follow,
  followStored,
  holdsAct,
  summarizeLogged,
  type Ledger,
  type LoggedExchange,
  type LoggedSummary,
} from './ledger.ts';
export { whoMustCosign, type PartyWitness } from './policy.ts';
export { toFolderSource, type FolderPorts } from './source/folder.ts';
export { fileBytesMax, toHttpSource, toReason, Unreachable, type HttpPorts } from './source/http.ts';
export { verifyStretch, type AcceptedEntry, type StretchVerdict } from './verify-acts.ts';
export {
  readKeys,
  verifyLog,
  type Ports,
  type Progress,
  type Trust,
  type Verification,
} from './verify-log.ts';
