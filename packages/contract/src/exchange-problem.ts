/**
 * How the rules of an exchange say no over HTTP: one status per refusal of the core, in one exhaustive table.
 *
 * 403 the signer may not do this · 404 what it names is not there · 409 not now, as the exchange stands ·
 * 422 what it says cannot stand.
 */
import { toSentence, type Refusal } from '@homeward/core/exchange';
import type { Problem } from './problem.ts';

const statuses = {
  NotOpened: 404,
  AlreadyOpened: 409,
  WrongExchange: 404,
  ActRepeated: 409,
  Unknown: 404,
  KnownAlready: 409,
  KeyNotEnrolled: 403,
  KeyRevoked: 403,
  KeyDiffers: 403,
  KeyWeak: 403,
  RoleDiffers: 403,
  RoleMayNot: 403,
  RoleNotForParty: 403,
  PartyMayNot: 403,
  FoundersMissing: 422,
  ActorOfOtherParty: 403,
  WitnessMissing: 422,
  WitnessUnfit: 422,
  WitnessTaken: 409,
  SignedAlready: 409,
  NotSigned: 409,
  Suspended: 409,
  Ended: 409,
  TermsInForce: 409,
  TermsNotInForce: 409,
  TermsReplaced: 409,
  TermsFaulty: 422,
  PersonsInMotion: 409,
  ConditionMetAlready: 409,
  ListNotExpected: 409,
  ListsOpening: 409,
  ListsUnsealed: 409,
  EscrowNotDue: 409,
  PartOutOfOrder: 409,
  PartsUnfit: 422,
  ListNotOpen: 409,
  ListOpen: 409,
  CountDiffers: 422,
  RootDiffers: 422,
  EntryRepeated: 422,
  EntryStruck: 409,
  OwnEntry: 403,
  CounterpartUnfit: 422,
  RoundOutOfOrder: 409,
  RoundsOver: 409,
  CommentOpen: 409,
  CommentAnswered: 409,
  PersonMoving: 409,
  NumberTaken: 409,
  CountNotAgreed: 422,
  CategoryNotAgreed: 422,
  LegExceeded: 422,
  ParityBroken: 422,
  NobodyProposed: 422,
  TooManyPersons: 422,
  PersonRepeated: 422,
  PersonElsewhere: 409,
  PersonGone: 409,
  PersonNotOnList: 409,
  PersonNotAcknowledged: 409,
  PersonOfOtherLane: 409,
  PersonMisidentified: 409,
  CommissionRefused: 409,
  TrancheEnded: 409,
  TrancheDeparted: 409,
  HashDiffers: 409,
  ApprovalsMissing: 409,
  RouteMissing: 422,
  RouteDiffers: 422,
  NoticeMissing: 409,
  NoticeNotAcknowledged: 409,
  NoticeReplaced: 409,
  GateShut: 409,
  StepOutOfOrder: 409,
  StepTooLarge: 422,
  StepDeparted: 409,
  StepNotDeparted: 409,
  StepReleased: 409,
  StepNotReleased: 409,
  StepReceived: 409,
  StepNotReceived: 409,
  StepClosed: 409,
  StepNotClosed: 409,
  StepHalted: 409,
  NotHalted: 409,
  BeyondStep: 409,
  CountsMissing: 409,
  CountMismatch: 409,
  CountNotYours: 403,
  ReceiptsDiffer: 409,
  PersonNotInTranche: 409,
  PersonNotInStep: 409,
  PersonOnManifest: 409,
  PersonNotReceived: 409,
  ConfirmedAlready: 409,
  ReturnedDiffers: 422,
  ReturnsUnconfirmed: 409,
  TranchesOpen: 409,
  AgreedNumbersOpen: 409,
  CategoryUnknown: 422,
  PersonOfOtherCategory: 422,
  ClearanceMissing: 409,
  PersonNotCleared: 409,
  NotRemains: 422,
  PartyBound: 409,
  RouteRepeated: 422,
  AnsweredAlready: 409,
} as const satisfies Record<Refusal['kind'], 403 | 404 | 409 | 422>;

/** The kind in plain words: `KeyRevoked` reads "Key revoked." */
function toTitle(kind: string): string {
  return `${kind.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)}.`;
}

/** The problem document of a refusal; its facts stand in `refusal`, under the names the core gives them. */
export function toExchangeProblem(refusal: Refusal): Problem {
  const { kind } = refusal;
  return {
    type: `urn:homeward:problem:${kind}`,
    title: toTitle(kind),
    status: statuses[kind],
    detail: toSentence(refusal),
    kind,
    refusal,
  };
}

/** The status that a refusal of the rules by this kind has; nothing for a kind that no rule knows. */
export function findRefusalStatus(kind: string): number | undefined {
  return Object.hasOwn(statuses, kind) ? statuses[kind as Refusal['kind']] : undefined;
}
