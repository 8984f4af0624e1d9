export { findAwaited } from './reading/awaited.ts';
export type { Awaited, AwaitedKind } from './reading/awaited.ts';
export { actKinds, acts, groupOf, isSelfSigned, kindsWithEffect, periodOf } from './acts.ts';
export type { Act, ActHead, ActKind, Bodies } from './acts.ts';
export type { Said } from './act/act.ts';
export {
  lanes,
  listKinds,
  personsPerActMax,
  personsPerTrancheMax,
  roles,
  verdicts,
} from './act/vocabulary.ts';
export type {
  EntryOpening,
  Founder,
  HaltReason,
  Lane,
  ListKind,
  Place,
  Role,
  Stage,
  StepRef,
  Verdict,
} from './act/vocabulary.ts';
export { termsHash } from './rules/agreement.ts';
export { canonicalBytes, canonicalText, contentHash } from './act/canonical.ts';
export { checkPhrase, checkWords } from './act/check-phrase.ts';
export { decide, evolve, findSigningKey } from './decide.ts';
export type { Decision } from './decide.ts';
export { describeAct, factsOf } from './reading/description.ts';
export type { Description } from './reading/description.ts';
export {
  actIdOf,
  encodeAct,
  envelopeBytesMax,
  faultToSentence,
  parseEnvelope,
  payloadType,
  preAuthEncoding,
  sealEnvelope,
} from './envelope.ts';
export type { Envelope, EnvelopeFault, ParsedEnvelope } from './envelope.ts';
export type {
  ActId,
  ActorId,
  Base64Hash,
  Category,
  ContentHash,
  CrossingId,
  EntryId,
  ExchangeId,
  KeyFingerprint,
  LegId,
  ListId,
  PartyId,
  PayloadHash,
  TrancheId,
} from './act/ids.ts';
export { coupledLegs, findRoom, findStopped, receiptsBefore } from './rules/interlock.ts';
export { expectedLists, listRoot, refuseEntry } from './rules/lists.ts';
export { findIn, isIn, pairsOf, valuesOf } from './state/persistent-map.ts';
export type { PersistentMap } from './state/persistent-map.ts';
export { toSentence } from './rules/refusal.ts';
export type { Refusal } from './rules/refusal.ts';
export { groups } from './rules/rule.ts';
export type { Effect, Facts, Group, Period, WordFamily } from './rules/rule.ts';
export { findStep } from './rules/step.ts';
export type { StepAt } from './rules/step.ts';
export { initial, partyKinds, type PartyKind } from './state/state.ts';
export type {
  Allegation,
  Comment,
  Condition,
  Entry,
  Exchange,
  Key,
  LegCount,
  List,
  Movement,
  Notice,
  Party,
  Route,
  Signature,
  Step,
  TermsProposal,
  Tranche,
  Undertaking,
  Whereabouts,
} from './state/state.ts';
export {
  findImbalance,
  findImbalanceOf,
  findMoving,
  findNextStep,
  heldBack,
  imbalanceOf,
  summarize,
  summarizeLegs,
  summarizeLists,
  summarizeTranche,
  tranchesOf,
} from './reading/summary.ts';
export type {
  ExchangeSummary,
  Imbalance,
  LegSummary,
  ListSummary,
  Moving,
  NextStep,
  TrancheLegSummary,
  TrancheSummary,
} from './reading/summary.ts';
export { progressOfLeg, type Progress } from './reading/progress.ts';
export {
  exchangeStatuses,
  exchangeStatusOf,
  stepStatusOf,
  trancheStatuses,
  type ExchangeStatus,
  type StepStatus,
  type TrancheStatus,
} from './reading/status.ts';
export { findTermsFaults, termsFaultToSentence } from './rules/terms-faults.ts';
export type { TermsFault } from './rules/terms-faults.ts';
export {
  countMax,
  endOf,
  exactCount,
  homeOf,
  legEnds,
  neutralsOf,
  powersOfLeg,
  powersOfTerms,
  tiedSides,
} from './act/terms.ts';
export { terms as termsForm } from './act/terms.ts';
export type {
  CategoryTerms,
  Departure,
  LawRule,
  LegEnd,
  LegTotal,
  Coupling,
  Crossing,
  Gate,
  GateCondition,
  Leg,
  ParityRule,
  Terms,
  TrancheTerms,
} from './act/terms.ts';
export { committed, missingApprovals, powersOfTranche, proposalHash, refusePerson } from './rules/tranche.ts';
export { shutGates, stepSizeMax } from './rules/movement.ts';
export { fingerprintOf } from './rules/who.ts';
