/**
 * The acts of an exchange: everything the parties do together, as plain data.
 *
 * An act is `{ exchange, kind, body, by, role, after, nonce, at }` in RFC 8785 canonical JSON inside a DSSE
 * envelope (`envelope.ts`). Acts name people by random entry ids only; names, dates of birth and findings travel
 * beside them as sealed payloads, named here by hash. An act is never edited or deleted: a mistake is answered
 * by `Corrected`.
 *
 * Where many persons are judged, interviewed or confirmed at one sitting, one act carries the whole sitting
 * (at most `personsPerActMax`; a tranche `personsPerTrancheMax`), so that 1,000 persons do not need 1,000 signatures of one tired officer.
 */
import type {
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
import type { Category, Lane, Terms } from './terms.ts';

/** What a key may be used for. A key has one role; a human may hold several keys, and still is one human. */
export type Role =
  | 'mediator' // of the host: opens, accredits, hosts terms and schedules; never edits a list
  | 'coordinator' // of a power: lists, verdicts, comments, proposals
  | 'approver' // of a power: second pair of eyes
  | 'officer' // of a power: movement, head counts, steps, identity at the crossing
  | 'medic' // of a power or a neutral: fitness to travel
  | 'observer' // of a neutral: will interviews, head counts, certificates
  | 'commissioner' // of a Mixed Medical Commission
  | 'guarantor'; // answers for named conditions

export type ListKind = 'sought' | 'held' | 'withheld';

/** The other side's answer to one entry. */
export type Verdict =
  | 'acknowledged'
  | 'not-held'
  | 'conflicting-data'
  | 'withheld-for-proceedings'
  | 'reported-dead'
  | 'transferred-to-third-power'
  | 'identity-queried';

/** GC III 110: the classes for direct repatriation (1) and for accommodation in a neutral country (2). */
export type MedicalClass = 'A110_1_1' | 'A110_1_2' | 'A110_1_3' | 'A110_2_1' | 'A110_2_2';

/** One entry as opened: who it is stays in the sealed payload, bound by the commitment. */
export interface EntryOpening {
  readonly entry: EntryId;
  readonly commitment: Base64Hash;
  readonly category: Category;
  readonly lane: Lane;
}

export interface Founder {
  readonly actor: ActorId;
  readonly role: Role;
  readonly key: KeyFingerprint;
}

export type Counter = 'giver' | 'neutral' | 'receiver';
export type Place = 'departure' | 'arrival';

/** One step of the interlock: the nth group of persons on one leg of one tranche, 1-based. */
export interface StepRef {
  readonly tranche: TrancheId;
  readonly leg: LegId;
  readonly step: number;
}

/** The content of each kind of act. */
export interface Bodies {
  // who
  readonly ExchangeOpened: {
    readonly title: string;
    readonly host: PartyId;
    /** The host's name among the parties. */
    readonly label: string;
    /** The raw Ed25519 key of the opener (`by` is its fingerprint): the first signature verifies from it. */
    readonly publicKey: Base64Hash;
    readonly founders: readonly Founder[];
  };
  readonly PartyAccredited: {
    readonly party: PartyId;
    readonly kind: 'power' | 'neutral';
    readonly label: string;
    readonly founders: readonly Founder[];
    /** The verifier key of this party's node as a witness of the log; empty for a neutral without a node. */
    readonly witness: string;
  };
  /** Of a power: takes effect when two persons of it have signed the same grant. */
  readonly RoleGranted: { readonly actor: ActorId; readonly role: Role; readonly key: KeyFingerprint };
  /** Signed by the new key itself: proof that its holder has it. `publicKey` is raw, base64. */
  readonly KeyEnrolled: { readonly publicKey: Base64Hash };
  readonly KeyRevoked: { readonly key: KeyFingerprint; readonly reason: 'lost' | 'stolen' | 'retired' };
  // terms
  readonly TermsProposed: { readonly terms: Terms };
  readonly TermsAccepted: { readonly terms: ContentHash };
  readonly TermsAmended: { readonly replaces: ContentHash; readonly terms: Terms };
  readonly ConditionLinked: { readonly condition: string; readonly text: string };
  readonly ConditionMet: { readonly condition: string };
  readonly GuaranteeGiven: { readonly condition: string; readonly text: string };
  // lists
  readonly ListSealed: {
    readonly list: ListId;
    readonly kind: ListKind;
    readonly root: Base64Hash;
    readonly count: number;
    /** The sealed records, and the reveal key sealed to the neutral that keeps it in escrow. */
    readonly records: PayloadHash;
    readonly escrow: PayloadHash;
  };
  readonly ListOpened: {
    readonly list: ListId;
    /** Which part of how many, 1-based; the root is checked when the last part arrives. */
    readonly part: number;
    readonly parts: number;
    readonly entries: readonly EntryOpening[];
    /** The key to the list's sealed records, sealed to those the records are addressed to. */
    readonly reveal: PayloadHash;
  };
  readonly EntryJudged: {
    readonly judgements: readonly {
      readonly entry: EntryId;
      readonly verdict: Verdict;
      /** The judging side's own entry for the same person. */
      readonly counterpart?: EntryId;
      readonly reason?: PayloadHash;
    }[];
  };
  readonly CommentMade: { readonly entry: EntryId; readonly round: number; readonly text: PayloadHash };
  readonly CommentAnswered: { readonly comment: ActId; readonly text: PayloadHash };
  readonly EntryStruck: { readonly entry: EntryId; readonly reason: StrikeReason };
  /** Takes effect when two persons of the list's power and two of one other power have signed it alike. */
  readonly EntryAdded: {
    readonly list: ListId;
    readonly opening: EntryOpening;
    readonly records: PayloadHash;
  };
  // persons' will and health
  readonly WillRecorded: {
    readonly stage: 'before-listing' | 'at-line';
    readonly answers: readonly { readonly entry: EntryId; readonly goes: boolean }[];
  };
  readonly FitnessRecorded: {
    readonly findings: readonly {
      readonly entry: EntryId;
      readonly fitness: 'fit' | 'needs-stretcher' | 'needs-ambulance' | 'unfit';
    }[];
  };
  readonly CommissionDecided: {
    readonly entry: EntryId;
    readonly decision: 'repatriate' | 'refuse' | 'defer';
    readonly medicalClass?: MedicalClass;
    readonly votes: { readonly for: number; readonly against: number };
  };
  // tranche
  readonly TrancheProposed: {
    readonly tranche: TrancheId;
    readonly number: number;
    readonly persons: Readonly<Record<LegId, readonly EntryId[]>>;
    /** Where the choice and its reasons are laid open, if the proposer did. */
    readonly plan?: PayloadHash;
  };
  readonly TrancheApproved: { readonly tranche: TrancheId; readonly hash: ContentHash };
  readonly ApprovalWithdrawn: { readonly tranche: TrancheId; readonly hash: ContentHash };
  readonly TrancheWithdrawn: { readonly tranche: TrancheId };
  readonly TrancheScheduled: {
    readonly tranche: TrancheId;
    readonly hash: ContentHash;
    readonly routes: readonly {
      readonly leg: LegId;
      readonly crossing: CrossingId;
      readonly opens: string;
      readonly closes: string;
    }[];
  };
  // movement
  readonly MovementNotified: {
    readonly tranche: TrancheId;
    readonly leg: LegId;
    readonly crossing: CrossingId;
    readonly carrier: 'road' | 'rail' | 'air';
    readonly vehicles: number;
    readonly opens: string;
    readonly closes: string;
    readonly airspaceNeeded: boolean;
    readonly route: PayloadHash;
  };
  readonly MovementAcknowledged: { readonly notice: ActId };
  readonly ManifestIssued: StepRef & { readonly vehicle: string; readonly persons: readonly EntryId[] };
  readonly Departed: StepRef;
  readonly HeadCounted: StepRef & { readonly place: Place; readonly count: number };
  // crossing
  /**
   * The token for one step: until it is received on the other side, no further one is issued. `receipts` may name
   * the `StepReceived` acts of the step before, so that an officer out of contact can check it by itself.
   */
  readonly StepReleased: StepRef & { readonly receipts?: readonly ActId[] };
  readonly StepReceived: StepRef & { readonly count: number };
  readonly IdentityConfirmed: StepRef & { readonly persons: readonly EntryId[] };
  readonly IdentityRejected: StepRef & { readonly person: EntryId };
  readonly RefusedAtLine: StepRef & {
    readonly person: EntryId;
    readonly outcome: 'stays' | 'neutral-custody';
  };
  readonly StepHalted: StepRef & { readonly reason: HaltReason };
  readonly StepResumed: StepRef;
  readonly PersonTurnedBack: StepRef & { readonly persons: readonly EntryId[] };
  // return
  readonly ReturnConfirmed: {
    readonly tranche: TrancheId;
    readonly leg: LegId;
    readonly persons: readonly EntryId[];
  };
  readonly UnlistedReturnee: StepRef & { readonly opening: EntryOpening; readonly records: PayloadHash };
  readonly TrancheCertified: {
    readonly tranche: TrancheId;
    readonly returned: Readonly<Record<LegId, number>>;
  };
  readonly ExchangeCompleted: { readonly returned: Readonly<Record<LegId, number>> };
  // stop
  readonly ExchangeSuspended: { readonly reason?: string };
  readonly ExchangeResumed: { readonly suspension: ActId };
  readonly TrancheCancelled: { readonly tranche: TrancheId; readonly reason?: string };
  readonly ExchangeCancelled: { readonly reason?: string };
  // after
  readonly UndertakingGiven: {
    readonly undertaking: string;
    readonly guarantor?: PartyId;
    readonly lane?: Lane;
    readonly persons: readonly EntryId[];
    readonly until: string;
  };
  readonly BreachAlleged: { readonly undertaking: string; readonly evidence: PayloadHash };
  readonly BreachAnswered: { readonly allegation: ActId; readonly text: PayloadHash };
  readonly Corrected: { readonly act: ActId; readonly says: string; readonly evidence?: PayloadHash };
}

export type StrikeReason =
  'refused' | 'unfit' | 'identity' | 'withheld-for-proceedings' | 'died' | 'party-decision' | 'duplicate';

export type HaltReason =
  'count-mismatch' | 'identity' | 'security' | 'medical' | 'communications' | 'party-decision';

export type ActKind = keyof Bodies;

/** What every act says besides its body. */
export interface ActHead<K extends ActKind> {
  readonly exchange: ExchangeId;
  readonly kind: K;
  readonly body: Bodies[K];
  /** The key that signed. */
  readonly by: KeyFingerprint;
  readonly role: Role;
  /** The newest cosigned checkpoint its signer had seen: causal order. */
  readonly after: { readonly size: number; readonly root: Base64Hash };
  /** At least 128 random bits, base64url: makes the act single-use. */
  readonly nonce: string;
  /** RFC 3339 UTC, to the millisecond. A claim of the signer, never used to decide an order. */
  readonly at: string;
}

/** One act, discriminated by `kind`. */
export type Act = { readonly [K in ActKind]: ActHead<K> }[ActKind];

/** Persons one act may name: keeps every envelope below the 65,535 bytes of a log entry. */
export const personsPerActMax = 200;
/** Persons one tranche may name over all its legs, for the same reason. */
export const personsPerTrancheMax = 1600;
