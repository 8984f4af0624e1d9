/**
 * The state of an exchange: what its acts, in their order, amount to. It is derived from nothing else.
 *
 * Law     Same acts, same state, same `hash`. No state is ever changed: `evolve` answers a new one that shares
 *         what did not change, so every earlier state stays readable.
 * Hides   Names. A state knows random ids, counts, verdicts and commitments.
 */
import type { Frontier } from '@homeward/tlog';
import type { HaltReason, Lane, ListKind, Role, Verdict } from '../act/vocabulary.ts';
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
  TrancheId,
} from '../act/ids.ts';
import { emptyMap } from './persistent-map.ts';
import type { PersistentMap } from './persistent-map.ts';
import type { Terms } from '../act/terms.ts';
import { type Category } from '../act/ids.ts';
import { type Founder } from '../act/vocabulary.ts';

/** `state`: a third state that gives custody, accommodation or transit. `mediator`: mediates beside the host. */
export const partyKinds = ['host', 'power', 'neutral', 'mediator', 'state'] as const;
export type PartyKind = (typeof partyKinds)[number];

export interface Party {
  readonly id: PartyId;
  readonly kind: PartyKind;
  readonly label: string;
  /** What it is called where there is little room; empty where it gave none. */
  readonly short: string;
  /** The verifier key of the party's node as a witness; empty for the host and for a neutral without a node. */
  readonly witness: string;
  /** The X25519 key that papers for the party are sealed to (base64); empty until it names one. */
  readonly sealing: string;
  /** The party that holds stand-in keys for it: what it does is reported by that one, and never verified. */
  readonly representedBy: PartyId | undefined;
  /** The act from which on it speaks for itself, where another did before. */
  readonly speaksSince: ActId | undefined;
  readonly left: boolean;
}

/** A party that the host has accredited and that the powers in force have yet to let in. */
export interface Admission {
  readonly party: Party;
  readonly founders: readonly Founder[];
}

/** A key and the human it belongs to. `publicKey` is there once the key was enrolled. */
export interface Key {
  readonly key: KeyFingerprint;
  readonly actor: ActorId;
  readonly party: PartyId;
  readonly role: Role;
  readonly publicKey: Base64Hash | undefined;
  readonly revoked: 'lost' | 'stolen' | 'retired' | undefined;
  /** The colleague who revoked it alone; undefined where its holder did. */
  readonly revokedBy: ActorId | undefined;
}

/** One person's signature under something that needs several persons. */
export interface Signature {
  readonly actor: ActorId;
  readonly key: KeyFingerprint;
  readonly party: PartyId;
  readonly role: Role;
}

export interface TermsProposal {
  readonly hash: ContentHash;
  readonly terms: Terms;
  readonly replaces: ContentHash | undefined;
  readonly acceptances: readonly Signature[];
}

export interface Condition {
  readonly condition: string;
  readonly text: string;
  /** Who alone may answer for it, and who does. */
  readonly named: PartyId | undefined;
  readonly guarantor: PartyId | undefined;
  readonly met: boolean;
}

export interface List {
  readonly id: ListId;
  readonly party: PartyId;
  readonly kind: ListKind;
  readonly root: Base64Hash;
  readonly count: number;
  /** Parts opened so far, of how many; all are open when they are equal. */
  readonly opened: { readonly part: number; readonly parts: number; readonly entries: number };
  /** The tree over the entries opened so far. */
  readonly frontier: Frontier;
  readonly struck: number;
  readonly added: number;
}

/** Where a person is, as far as the acts say. */
export type Whereabouts =
  | 'held' // with the giver, not on the way (or struck as dead)
  | 'departed' // on the way to the line, with the giver
  | 'crossing' // step released, not yet received
  | 'received' // on the other side, not yet confirmed by both
  | 'returned' // at home, confirmed by giver and receiver
  | 'accommodated' // in a third state, confirmed by giver and receiver; their way on is open
  | 'died' // said by who had them, or by a neutral
  | 'set-free' // free where they were, confirmed by giver and neutral
  | 'stayed' // said no at the line and stays
  | 'neutral-custody'; // with a neutral: from the line, or by a leg that ends there; their way on is open

export interface Entry {
  readonly id: EntryId;
  /** Undefined for a person who arrived on no list. */
  readonly list: ListId | undefined;
  readonly owner: PartyId;
  readonly kind: ListKind | 'unlisted';
  readonly category: Category;
  readonly lane: Lane;
  readonly commitment: Base64Hash;
  /** The newest answer, and the newest of each power that has answered. */
  readonly verdict: { readonly verdict: Verdict; readonly by: PartyId } | undefined;
  readonly verdicts: readonly { readonly verdict: Verdict; readonly by: PartyId }[];
  /** The other side's entry for the same person. */
  readonly counterpart: EntryId | undefined;
  /** Of a person who died: the entries of their remains. Of remains: the persons they were found to be. */
  readonly remains: readonly EntryId[];
  readonly identifiedAs: readonly EntryId[];
  readonly struck: boolean;
  /** The newest word of each neutral on whether the person goes, and all of them together. */
  readonly clearances: readonly { readonly by: PartyId; readonly cleared: boolean }[];
  readonly cleared: boolean | undefined;
  /** The word at the line of the present step. */
  readonly clearedAtLine: boolean | undefined;
  readonly commission: 'repatriate' | 'refuse' | 'defer' | undefined;
  readonly identity: 'unchecked' | 'confirmed' | 'rejected';
  readonly whereabouts: Whereabouts;
  /** The party that did not recognise the person at the line; it settles who they are. */
  readonly rejectedBy: PartyId | undefined;
  /** Who has the person in custody or gives them accommodation; undefined for everybody else. */
  readonly custodian: PartyId | undefined;
  /** The live or last tranche that names the person; undefined while in the pool. */
  readonly tranche: TrancheId | undefined;
  readonly leg: LegId | undefined;
  readonly step: number | undefined;
  readonly confirmedByGiver: boolean;
  readonly confirmedByReceiver: boolean;
  /** The leg in which the person is counted as not going; undefined for everybody else. */
  readonly notGoing: LegId | undefined;
  /** Comment rounds so far, and whether the last still waits for its answer. */
  readonly rounds: number;
  readonly commentOpen: boolean;
}

export interface Comment {
  readonly id: ActId;
  readonly entry: EntryId;
  readonly by: PartyId;
  readonly round: number;
  readonly answered: boolean;
}

export interface Route {
  readonly crossing: CrossingId;
  readonly opens: string;
  readonly closes: string;
}

export interface Step {
  readonly step: number;
  readonly vehicle: string;
  /** Who is in this step now: refused and turned-back persons are no longer here. */
  readonly persons: readonly EntryId[];
  readonly manifest: ActId;
  readonly departed: boolean;
  readonly released: ActId | undefined;
  readonly received: ActId | undefined;
  readonly departureByGiver: number | undefined;
  readonly departureByNeutral: number | undefined;
  readonly arrivalByReceiver: number | undefined;
  readonly arrivalByNeutral: number | undefined;
  readonly confirmed: readonly EntryId[];
  readonly rejected: readonly EntryId[];
  /** Persons in this step who were on no list. */
  readonly unlisted: number;
  readonly halts: readonly { readonly party: PartyId; readonly reason: HaltReason }[];
  /** Received, counted alike, every identity settled; or nobody is left in it. It never opens again. */
  readonly closed: boolean;
}

export interface Notice {
  readonly id: ActId;
  readonly tranche: TrancheId;
  readonly leg: LegId;
  /** Receiver or home, and every power on the way, each by its own act. */
  readonly acknowledgedBy: readonly PartyId[];
}

/** One leg of one tranche under way. */
export interface Movement {
  readonly leg: LegId;
  readonly route: Route | undefined;
  readonly notice: ActId | undefined;
  readonly acknowledged: boolean;
  /** Keyed by the step's number. */
  readonly steps: PersistentMap<string, Step>;
  /** Persons of the tranche on this leg who are still with the giver and on no manifest. */
  readonly waiting: number;
  /** On a manifest, not yet departed. */
  readonly onManifest: number;
  /** Persons departed or crossing. */
  readonly inMotion: number;
  /** Received, not yet confirmed by both sides. */
  readonly received: number;
  readonly returned: number;
  /** Steps that hold this leg and those coupled with it, and why. */
  readonly stopped: readonly { readonly step: number; readonly reason: HaltReason }[];
}

export interface Tranche {
  readonly id: TrancheId;
  readonly number: number;
  readonly hash: ContentHash;
  /** The terms it was proposed under. */
  readonly terms: ContentHash;
  readonly proposer: Signature;
  readonly persons: Readonly<Record<LegId, readonly EntryId[]>>;
  readonly approvals: readonly Signature[];
  readonly status: 'live' | 'withdrawn' | 'cancelled' | 'certified';
  /** Somebody has left: the proposal can no longer be revised. */
  readonly departed: boolean;
  readonly certified: boolean;
  readonly movements: PersistentMap<LegId, Movement>;
  /** The act that last voided approvals, and how many it voided. */
  readonly voided: { readonly act: ActId; readonly approvals: number } | undefined;
}

/** Running counts of one leg over all tranches. */
export interface LegCount {
  readonly leg: LegId;
  /** Released and not yet in a closed step: each may or may not have crossed. */
  readonly unsettled: number;
  /** Received in closed steps. */
  readonly settled: number;
  /** Received, closed step or not. */
  readonly received: number;
  readonly returned: number;
  /** Persons who left a tranche under way, for whatever reason, and have not gone since. */
  readonly notGoing: number;
  /** Verified returns of persons who were on no list: counted apart. */
  readonly unlisted: number;
}

export interface Undertaking {
  readonly undertaking: string;
  readonly by: PartyId;
  /** Whom it names as guarantor, and who answers for it by an act of its own. */
  readonly named: PartyId | undefined;
  readonly guarantor: PartyId | undefined;
  readonly lane: Lane | undefined;
  readonly persons: readonly EntryId[];
  readonly until: string;
  readonly alleged: number;
}

export interface Allegation {
  readonly id: ActId;
  readonly undertaking: string;
  readonly by: PartyId;
  readonly answered: boolean;
}

export interface Exchange {
  readonly id: ExchangeId | undefined;
  readonly title: string;
  readonly host: PartyId | undefined;
  readonly status: 'unopened' | 'open' | 'completed' | 'cancelled';
  readonly suspensions: readonly { readonly act: ActId; readonly party: PartyId }[];
  /** Acts so far. */
  readonly size: number;
  /** SHA-256 chain over the act ids: two nodes with the same hash hold the same acts in the same order. */
  readonly hash: ContentHash;
  /** The kind of each act so far. */
  readonly acts: PersistentMap<ActId, string>;
  readonly parties: PersistentMap<PartyId, Party>;
  readonly keys: PersistentMap<KeyFingerprint, Key>;
  readonly actors: PersistentMap<ActorId, PartyId>;
  /** Grants of a power that wait for a second person, by the hash of their content. */
  readonly grants: PersistentMap<ContentHash, readonly Signature[]>;
  readonly admissions: PersistentMap<PartyId, Admission>;
  /** Signatures under what several persons have to sign alike, by the hash of its content. */
  readonly joint: PersistentMap<ContentHash, readonly Signature[]>;
  readonly proposals: PersistentMap<ContentHash, TermsProposal>;
  readonly terms: { readonly hash: ContentHash; readonly terms: Terms } | undefined;
  readonly conditions: PersistentMap<string, Condition>;
  readonly lists: PersistentMap<ListId, List>;
  readonly entries: PersistentMap<EntryId, Entry>;
  /** Decisions of a medical commission, by the hash of their content. */
  readonly decisions: PersistentMap<ContentHash, readonly Signature[]>;
  /** Late entries that wait for more signatures, by the hash of their content. */
  readonly additions: PersistentMap<ContentHash, readonly Signature[]>;
  readonly comments: PersistentMap<ActId, Comment>;
  readonly tranches: PersistentMap<TrancheId, Tranche>;
  readonly notices: PersistentMap<ActId, Notice>;
  readonly legs: PersistentMap<LegId, LegCount>;
  readonly undertakings: PersistentMap<string, Undertaking>;
  readonly allegations: PersistentMap<ActId, Allegation>;
  /** How often an act was corrected. */
  readonly corrections: PersistentMap<ActId, number>;
}

export const initial: Exchange = {
  id: undefined,
  title: '',
  host: undefined,
  status: 'unopened',
  suspensions: [],
  size: 0,
  hash: '0'.repeat(64) as ContentHash,
  acts: emptyMap(),
  parties: emptyMap(),
  keys: emptyMap(),
  actors: emptyMap(),
  grants: emptyMap(),
  admissions: emptyMap(),
  joint: emptyMap(),
  proposals: emptyMap(),
  terms: undefined,
  conditions: emptyMap(),
  lists: emptyMap(),
  entries: emptyMap(),
  decisions: emptyMap(),
  additions: emptyMap(),
  comments: emptyMap(),
  tranches: emptyMap(),
  notices: emptyMap(),
  legs: emptyMap(),
  undertakings: emptyMap(),
  allegations: emptyMap(),
  corrections: emptyMap(),
};
