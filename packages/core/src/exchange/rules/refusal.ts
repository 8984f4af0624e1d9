import type { ListKind, Role } from '../act/vocabulary.ts';
import type { ActId, EntryId, LegId, PartyId, TrancheId } from '../act/ids.ts';
import type { Whereabouts } from '../state/state.ts';
import type { TermsFault } from './terms-faults.ts';
import { termsFaultToSentence } from './terms-faults.ts';

/** A thing an act names and the exchange does not know, or knows already. */
export type Named =
  | 'party'
  | 'key'
  | 'terms'
  | 'condition'
  | 'list'
  | 'entry'
  | 'comment'
  | 'tranche'
  | 'leg'
  | 'crossing'
  | 'movement notice'
  | 'step'
  | 'suspension'
  | 'halt'
  | 'undertaking'
  | 'allegation'
  | 'act'
  | 'grant'
  | 'death';

/** Every way an exchange can say no: a kind, and what a human needs to act on it. */
export type Refusal =
  // who
  | { readonly kind: 'NotOpened' }
  | { readonly kind: 'AlreadyOpened' }
  | { readonly kind: 'WrongExchange' }
  | { readonly kind: 'ActRepeated'; readonly act: ActId }
  | { readonly kind: 'Unknown'; readonly what: Named }
  | { readonly kind: 'KnownAlready'; readonly what: Named }
  | { readonly kind: 'KeyNotEnrolled' }
  | { readonly kind: 'KeyRevoked' }
  | { readonly kind: 'KeyDiffers' }
  | { readonly kind: 'KeyWeak' }
  | { readonly kind: 'RoleDiffers'; readonly has: Role; readonly claims: Role }
  | {
      readonly kind: 'RoleMayNot';
      /** The kind of act. */
      readonly act: string;
      readonly role: Role;
      readonly roles: readonly Role[];
    }
  | { readonly kind: 'RoleNotForParty'; readonly role: Role }
  | { readonly kind: 'PartyMayNot'; readonly party: PartyId; readonly only: readonly PartyId[] }
  | { readonly kind: 'FoundersMissing'; readonly roles: readonly Role[] }
  | { readonly kind: 'ActorOfOtherParty' }
  | { readonly kind: 'WitnessMissing' }
  | { readonly kind: 'WitnessUnfit' }
  | { readonly kind: 'WitnessTaken'; readonly party: PartyId }
  | { readonly kind: 'SignedAlready' }
  | { readonly kind: 'NotSigned' }
  // where the exchange stands
  | { readonly kind: 'Suspended'; readonly by: readonly PartyId[] }
  | { readonly kind: 'Ended'; readonly status: 'completed' | 'cancelled' }
  // terms
  | { readonly kind: 'TermsInForce' }
  | { readonly kind: 'TermsNotInForce' }
  | { readonly kind: 'TermsReplaced' }
  | { readonly kind: 'TermsFaulty'; readonly faults: readonly TermsFault[] }
  | { readonly kind: 'PersonsInMotion'; readonly persons: number }
  | { readonly kind: 'ConditionMetAlready' }
  // lists
  | { readonly kind: 'ListNotExpected'; readonly party: PartyId; readonly list: ListKind }
  | { readonly kind: 'ListsOpening' }
  | {
      readonly kind: 'ListsUnsealed';
      readonly missing: readonly { readonly party: PartyId; readonly list: ListKind }[];
    }
  | { readonly kind: 'EscrowNotDue' }
  | { readonly kind: 'PartOutOfOrder'; readonly next: number; readonly parts: number }
  | { readonly kind: 'PartsUnfit'; readonly left: number; readonly parts: number; readonly most: number }
  | { readonly kind: 'ListNotOpen' }
  | { readonly kind: 'ListOpen' }
  | { readonly kind: 'CountDiffers'; readonly sealed: number; readonly opened: number }
  | { readonly kind: 'RootDiffers' }
  | { readonly kind: 'EntryRepeated' }
  | { readonly kind: 'EntryStruck'; readonly entry: EntryId }
  | { readonly kind: 'OwnEntry'; readonly entry: EntryId }
  | { readonly kind: 'CounterpartUnfit'; readonly entry: EntryId }
  | { readonly kind: 'RoundOutOfOrder'; readonly next: number }
  | { readonly kind: 'RoundsOver'; readonly most: number }
  | { readonly kind: 'CommentOpen' }
  | { readonly kind: 'CommentAnswered' }
  | { readonly kind: 'PersonMoving'; readonly entry: EntryId; readonly whereabouts: Whereabouts }
  // tranche
  | { readonly kind: 'NumberTaken'; readonly number: number }
  | {
      readonly kind: 'CountNotAgreed';
      readonly leg: LegId;
      readonly agreed: number;
      readonly proposed: number;
    }
  | {
      readonly kind: 'CategoryNotAgreed';
      readonly leg: LegId;
      readonly category: string;
      readonly agreed: number;
      readonly proposed: number;
    }
  | { readonly kind: 'LegExceeded'; readonly leg: LegId; readonly left: number; readonly proposed: number }
  | { readonly kind: 'ParityBroken'; readonly legs: readonly LegId[]; readonly proposed: readonly number[] }
  | { readonly kind: 'NobodyProposed' }
  | { readonly kind: 'TooManyPersons'; readonly most: number }
  | { readonly kind: 'PersonRepeated'; readonly entry: EntryId }
  | { readonly kind: 'PersonElsewhere'; readonly entry: EntryId; readonly tranche: TrancheId }
  | { readonly kind: 'PersonGone'; readonly entry: EntryId; readonly whereabouts: Whereabouts }
  | { readonly kind: 'PersonNotOnList'; readonly entry: EntryId; readonly leg: LegId }
  | { readonly kind: 'PersonNotAcknowledged'; readonly entry: EntryId }
  | { readonly kind: 'PersonOfOtherLane'; readonly entry: EntryId; readonly leg: LegId }
  | { readonly kind: 'CategoryUnknown'; readonly category: string }
  | {
      readonly kind: 'PersonOfOtherCategory';
      readonly entry: EntryId;
      readonly leg: LegId;
      readonly category: string;
    }
  | { readonly kind: 'PersonMisidentified'; readonly entry: EntryId }
  | { readonly kind: 'CommissionRefused'; readonly entry: EntryId }
  | { readonly kind: 'TrancheEnded'; readonly status: 'withdrawn' | 'cancelled' | 'certified' }
  | { readonly kind: 'TrancheDeparted' }
  | { readonly kind: 'HashDiffers' }
  | {
      readonly kind: 'ApprovalsMissing';
      readonly parties: readonly { readonly party: PartyId; readonly has: number; readonly needs: number }[];
    }
  | { readonly kind: 'RouteMissing'; readonly leg: LegId }
  | { readonly kind: 'RouteDiffers'; readonly leg: LegId }
  // movement and crossing
  | { readonly kind: 'NoticeMissing' }
  | { readonly kind: 'NoticeNotAcknowledged' }
  | { readonly kind: 'NoticeReplaced' }
  | { readonly kind: 'GateShut'; readonly gate: string }
  | { readonly kind: 'StepOutOfOrder'; readonly next: number }
  | { readonly kind: 'StepTooLarge'; readonly most: number }
  | { readonly kind: 'StepDeparted' }
  | { readonly kind: 'StepNotDeparted' }
  | { readonly kind: 'StepReleased' }
  | { readonly kind: 'StepNotReleased' }
  | { readonly kind: 'StepReceived' }
  | { readonly kind: 'StepNotReceived' }
  | { readonly kind: 'StepClosed' }
  | {
      readonly kind: 'StepNotClosed';
      readonly leg: LegId;
      readonly step: number;
      readonly tranche: TrancheId;
    }
  | { readonly kind: 'StepHalted'; readonly leg: LegId; readonly step: number; readonly reason: string }
  | { readonly kind: 'NotHalted' }
  | { readonly kind: 'BeyondStep'; readonly leg: LegId; readonly behind: LegId; readonly most: number }
  | { readonly kind: 'CountsMissing'; readonly place: 'departure' | 'arrival' }
  | {
      readonly kind: 'CountMismatch';
      readonly place: 'departure' | 'arrival';
      readonly counts: readonly number[];
    }
  | { readonly kind: 'CountNotYours' }
  | { readonly kind: 'ReceiptsDiffer' }
  | { readonly kind: 'PersonNotInTranche'; readonly entry: EntryId }
  | { readonly kind: 'PersonNotInStep'; readonly entry: EntryId }
  | { readonly kind: 'PersonOnManifest'; readonly entry: EntryId; readonly step: number }
  // return and stop
  | { readonly kind: 'PersonNotReceived'; readonly entry: EntryId }
  | { readonly kind: 'ConfirmedAlready'; readonly entry: EntryId }
  | {
      readonly kind: 'ReturnedDiffers';
      readonly leg: LegId;
      readonly verified: number;
      readonly said: number;
    }
  | { readonly kind: 'ReturnsUnconfirmed'; readonly persons: number }
  | { readonly kind: 'TranchesOpen'; readonly tranches: number }
  | { readonly kind: 'AgreedNumbersOpen'; readonly leg: LegId; readonly open: number }
  | {
      readonly kind: 'ClearanceMissing';
      readonly entry: EntryId;
      readonly stage: 'before-listing' | 'at-line';
    }
  | { readonly kind: 'PersonNotCleared'; readonly entry: EntryId }
  | { readonly kind: 'NotRemains'; readonly entry: EntryId }
  | { readonly kind: 'PartyBound'; readonly party: PartyId }
  | { readonly kind: 'RouteRepeated'; readonly leg: LegId }
  | { readonly kind: 'AnsweredAlready' };

type RefusalKind = Refusal['kind'];
type Sentences = { readonly [K in RefusalKind]: (refusal: Extract<Refusal, { readonly kind: K }>) => string };

const persons = (n: number): string => (n === 1 ? '1 person' : `${n} persons`);
const listed = (words: readonly string[]): string => words.join(', ');

const sentences: Sentences = {
  NotOpened: () => 'The exchange has not been opened yet.',
  AlreadyOpened: () => 'The exchange has been opened already.',
  WrongExchange: () => 'The act belongs to another exchange.',
  ActRepeated: () => 'This very act is in the record already; it was not counted again.',
  Unknown: (r) => `The act names a ${r.what} that is not in the record.`,
  KnownAlready: (r) => `The act names a new ${r.what}, but it is in the record already.`,
  KeyNotEnrolled: () => 'The key was granted but its holder has not enrolled it yet.',
  KeyRevoked: () => 'The key has been revoked; sign with another one.',
  KeyDiffers: () => 'The public key is not the one whose fingerprint was granted.',
  KeyWeak: () => 'The public key is of a form that proves nothing; make a new one.',
  RoleDiffers: (r) => `The key was granted for the role ${r.has}, but the act claims ${r.claims}.`,
  RoleMayNot: (r) => `A ${r.role} may not sign ${r.act}; it takes one of: ${listed(r.roles)}.`,
  RoleNotForParty: (r) => `A party of this kind has no ${r.role}.`,
  PartyMayNot: (r) =>
    `This act is not for ${r.party} to sign; it is for ${listed(r.only) || 'another party'}.`,
  FoundersMissing: (r) => `The founders must be different persons and hold the roles ${listed(r.roles)}.`,
  ActorOfOtherParty: () => 'That person acts for another party.',
  WitnessMissing: () => 'A power is let in with the witness key of its node; the act names none.',
  WitnessUnfit: () =>
    'The witness key cannot cosign: it must be a line name+id+key of type 4, with a key that proves something.',
  WitnessTaken: (r) =>
    `The witness key is that of ${r.party} already; one key does not cosign for two parties.`,
  SignedAlready: () => 'This person has signed already; another person has to.',
  NotSigned: () => 'This person has not signed, so there is nothing to withdraw.',
  Suspended: (r) =>
    `The exchange is suspended by ${listed(r.by)}; nothing moves forward until they resume it.`,
  Ended: (r) =>
    `The exchange is ${r.status}; only acts that account for persons or correct the record follow.`,
  TermsInForce: () => 'Terms are in force; propose a change as an amendment of them.',
  TermsNotInForce: () => 'The powers have not accepted terms yet.',
  TermsReplaced: () => 'These terms are not the ones in force; name the hash of those in force.',
  TermsFaulty: (r) => `The terms cannot stand. ${r.faults.map(termsFaultToSentence).join(' ')}`,
  PersonsInMotion: (r) => `${persons(r.persons)} on the way or not yet confirmed; account for them first.`,
  ConditionMetAlready: () => 'That condition has been declared met already.',
  ListNotExpected: (r) => `By the terms ${r.party} brings no ${r.list} list.`,
  ListsOpening: () => 'Lists are being opened; none can be sealed again. Add or strike entries instead.',
  ListsUnsealed: (r) =>
    `No list opens before all are sealed; missing: ${listed(r.missing.map((m) => `${m.list} list of ${m.party}`))}.`,
  EscrowNotDue: () => 'A neutral opens a list from escrow only once another party has opened one of its own.',
  PartOutOfOrder: (r) => `The list is opened part by part; the next is part ${r.next} of ${r.parts}.`,
  PartsUnfit: (r) =>
    `${r.left} entries are left for ${r.parts} parts: each part opens one at least and ${r.most} at most.`,
  ListNotOpen: () => 'The list has not been opened in full yet.',
  ListOpen: () => 'The list has been opened in full already.',
  CountDiffers: (r) => `The list was sealed with ${r.sealed} entries, but ${r.opened} were opened.`,
  RootDiffers: () => 'The entries opened are not the entries that were sealed.',
  EntryRepeated: () => 'The same entry is named twice.',
  EntryStruck: () => 'The entry has been struck.',
  OwnEntry: () => 'The entry is on the signer’s own list; the other side answers it.',
  CounterpartUnfit: () =>
    'The counterpart must be an entry on the judging side’s own opened lists that no other person is matched to.',
  RoundOutOfOrder: (r) => `The next comment on this entry is round ${r.next}.`,
  RoundsOver: (r) => `The terms allow ${r.most} comment rounds for an entry, and they are used.`,
  CommentOpen: () => 'The last comment on this entry waits for its answer.',
  CommentAnswered: () => 'The comment has been answered already.',
  PersonMoving: (r) =>
    `The person is not with the holding side (${r.whereabouts}); use the acts of the crossing.`,
  NumberTaken: (r) => `Tranche number ${r.number} is taken by another proposal.`,
  CountNotAgreed: (r) =>
    `The terms put ${persons(r.agreed)} of leg ${r.leg} in this tranche, not ${r.proposed}.`,
  CategoryNotAgreed: (r) =>
    `The terms put ${r.agreed} ${r.category} persons of leg ${r.leg} in this tranche, not ${r.proposed}.`,
  LegExceeded: (r) => `Leg ${r.leg} has room for ${r.left} more, not ${r.proposed}.`,
  ParityBroken: (r) =>
    `The numbers ${listed(r.proposed.map(String))} on legs ${listed(r.legs)} do not keep the agreed parity.`,
  NobodyProposed: () => 'The proposal names nobody.',
  TooManyPersons: (r) => `One act names at most ${persons(r.most)}.`,
  PersonRepeated: () => 'A person is named twice, by one entry or by two that are matched.',
  PersonElsewhere: () => 'A person is in another tranche already.',
  PersonGone: (r) => `A person is no longer in the pool (${r.whereabouts}).`,
  PersonNotOnList: (r) => `A person is on no opened list that makes them eligible for leg ${r.leg}.`,
  PersonNotAcknowledged: () => 'A person has not been acknowledged by the other side.',
  PersonOfOtherLane: (r) => `A person is listed in another lane than leg ${r.leg}.`,
  CategoryUnknown: (r) => `The terms define no category ${r.category}.`,
  PersonOfOtherCategory: (r) => `Leg ${r.leg} is for persons of the category ${r.category}.`,
  PersonMisidentified: () => 'A person’s identity was rejected at the line and has not been settled since.',
  CommissionRefused: () => 'The medical commission has not decided for this person’s repatriation.',
  TrancheEnded: (r) => `The tranche is ${r.status}.`,
  TrancheDeparted: () => 'Persons of this tranche have left; it can be cancelled, not revised.',
  HashDiffers: () => 'The proposal has changed since; read it again and sign its present hash.',
  ApprovalsMissing: (r) =>
    `Approvals are missing: ${listed(r.parties.map((p) => `${p.party} has ${p.has} of ${p.needs}`))}.`,
  RouteMissing: (r) => `No crossing is scheduled for leg ${r.leg}.`,
  RouteDiffers: (r) => `Leg ${r.leg} is scheduled at another crossing.`,
  NoticeMissing: () => 'The movement has not been notified.',
  NoticeNotAcknowledged: () => 'The other side has not acknowledged the movement notice.',
  NoticeReplaced: () => 'A newer notice has replaced this one.',
  GateShut: (r) => `The gate ${r.gate} of the terms is still shut.`,
  StepOutOfOrder: (r) => `The next step is ${r.next}.`,
  StepTooLarge: (r) => `A step of this leg takes at most ${persons(r.most)}.`,
  StepDeparted: () => 'The step has departed already.',
  StepNotDeparted: () => 'The step has not departed yet.',
  StepReleased: () => 'The step has been released already.',
  StepNotReleased: () => 'The step has not been released.',
  StepReceived: () => 'The step has been received already.',
  StepNotReceived: () => 'The step has not been received yet.',
  StepClosed: () => 'The step is closed.',
  StepNotClosed: (r) =>
    `Step ${r.step} of leg ${r.leg} is not yet received, counted alike and identified; wait for it.`,
  StepHalted: (r) => `Step ${r.step} of leg ${r.leg} is halted (${r.reason}); settle that first.`,
  NotHalted: () => 'The step is not halted by this party.',
  BeyondStep: (r) =>
    `Leg ${r.leg} would run ahead of leg ${r.behind} by more than the agreed step; at most ${persons(r.most)} may go now.`,
  CountsMissing: (r) => `The heads have not been counted by both counters at ${r.place}.`,
  CountMismatch: (r) => `The counts at ${r.place} differ (${listed(r.counts.map(String))}); count again.`,
  CountNotYours: () =>
    'Heads are counted at departure by giver and neutral, at arrival by receiver and neutral.',
  ReceiptsDiffer: () => 'The receipts named are not those of the step before on the coupled legs.',
  PersonNotInTranche: () => 'A person is not in this tranche on this leg.',
  PersonNotInStep: () => 'A person is not in this step.',
  PersonOnManifest: (r) => `A person is on the manifest of step ${r.step}.`,
  PersonNotReceived: () => 'A person has not been received in a closed step.',
  ConfirmedAlready: () => 'This side has confirmed a person already.',
  ReturnedDiffers: (r) => `The record shows ${r.verified} verified returns on leg ${r.leg}, not ${r.said}.`,
  ReturnsUnconfirmed: (r) => `${persons(r.persons)} received but not confirmed by both sides.`,
  TranchesOpen: (r) => `${r.tranches} tranche(s) neither certified nor ended.`,
  AgreedNumbersOpen: (r) => `Leg ${r.leg} still owes ${persons(r.open)} by the terms.`,
  ClearanceMissing: (r) => `A person has not been cleared to go (${r.stage}).`,
  PersonNotCleared: () => 'A person is not cleared to go.',
  NotRemains: () => 'The entry named as remains is in another lane.',
  PartyBound: (r) => `${r.party} is bound by the terms in force, or has left.`,
  RouteRepeated: (r) => `Leg ${r.leg} is given two routes.`,
  AnsweredAlready: () => 'The allegation has been answered already.',
};

/** The refusal in plain English, for a person who can do something about it. Names nobody. */
export function toSentence(refusal: Refusal): string {
  const say = sentences[refusal.kind] as (refusal: Refusal) => string;
  return say(refusal);
}
