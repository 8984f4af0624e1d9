export { findAwaited } from './awaited.ts';
export type { Awaited, AwaitedKind } from './awaited.ts';
export { personsPerActMax, personsPerTrancheMax } from './act.ts';
export { actKinds } from './act-shape.ts';
export type {
  Act,
  ActHead,
  ActKind,
  Bodies,
  EntryOpening,
  Founder,
  HaltReason,
  ListKind,
  MedicalClass,
  Place,
  Role,
  StepRef,
  StrikeReason,
  Verdict,
} from './act.ts';
export { powersOfLeg, powersOfTerms, termsHash } from './agreement.ts';
export { canonicalBytes, canonicalText, contentHash } from './canonical.ts';
export { checkPhrase, checkWords } from './check-phrase.ts';
export { decide, evolve, findSigningKey, periodOf } from './decide.ts';
export type { Decision } from './decide.ts';
export { describeAct } from './description.ts';
export type { Description } from './description.ts';
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
} from './ids.ts';
export { coupledLegs, findRoom, findStopped, receiptsBefore } from './interlock.ts';
export { expectedLists, listRoot } from './lists.ts';
export { findIn, isIn, pairsOf, valuesOf } from './persistent-map.ts';
export type { PersistentMap } from './persistent-map.ts';
export { toSentence } from './refusal.ts';
export type { Refusal } from './refusal.ts';
export type { Period } from './rule.ts';
export { findStep } from './step.ts';
export type { StepAt } from './step.ts';
export { initial } from './state.ts';
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
} from './state.ts';
export {
  findImbalance,
  findImbalanceOf,
  findMoving,
  findNextStep,
  heldBack,
  summarize,
  summarizeTranche,
} from './summary.ts';
export type {
  Imbalance,
  LegSummary,
  ListSummary,
  Moving,
  NextStep,
  StepPhase,
  StepSummary,
  Summary,
  TrancheSummary,
} from './summary.ts';
export { findTermsFaults, termsFaultToSentence } from './terms-faults.ts';
export type { TermsFault } from './terms-faults.ts';
export type {
  Category,
  Coupling,
  Crossing,
  Gate,
  GateCondition,
  Lane,
  Leg,
  ParityRule,
  Terms,
  TrancheTerms,
} from './terms.ts';
export { missingApprovals, powersOfTranche, proposalHash } from './tranche.ts';
export { shutGates, stepSizeMax } from './movement.ts';
export { fingerprintOf } from './who.ts';
