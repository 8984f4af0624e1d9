/**
 * The words and forms that several kinds of acts share: roles, lists, verdicts, an entry as opened, a step.
 *
 * Law     Each is written once, as a shape; its type derives from the shape. Acts name people by random ids only.
 */
import { listOf, matching, members, oneOf, tableOf, text, wholeNumber, type Of } from '../../json/shape.ts';
import type {
  ActId,
  ActorId,
  Base64Hash,
  ContentHash,
  CrossingId,
  EntryId,
  KeyFingerprint,
  LegId,
  ListId,
  PartyId,
  PayloadHash,
  TrancheId,
} from './ids.ts';

/** Persons one act may name: keeps every envelope below the 65,535 bytes of a log entry. */
export const personsPerActMax = 200;
/** Persons one tranche may name over all its legs, for the same reason. */
export const personsPerTrancheMax = 1600;
/** Legs, crossings, rules and the like that terms may have. */
export const partsOfTermsMax = 64;

const randomIdForm = /^[A-Za-z0-9_-]{22,43}$/u;
const hexForm = /^[0-9a-f]{64}$/u;
const nameForm = /^[A-Za-z0-9-]{1,64}$/u;
const randomOf = <T extends string>() =>
  matching<T>(randomIdForm, 'a random id of 22 to 43 base64url characters');
const hexOf = <T extends string>() => matching<T>(hexForm, '64 lowercase hex digits');
const nameOf = <T extends string>() => matching<T>(nameForm, 'a name of 1 to 64 of A–Z a–z 0–9 -');

export const randomId = randomOf<string>();
export const entryId = randomOf<EntryId>();
export const listId = randomOf<ListId>();
export const trancheId = randomOf<TrancheId>();
export const actorId = randomOf<ActorId>();
export const partyId = matching<PartyId>(/^[A-Za-z0-9-]{1,16}$/u, 'a code of 1 to 16 of A–Z a–z 0–9 -');
export const legId = nameOf<LegId>();
export const crossingId = nameOf<CrossingId>();
export const shortName = nameOf<string>();
export const actId = hexOf<ActId>();
export const contentId = hexOf<ContentHash>();
export const payloadId = hexOf<PayloadHash>();
export const keyId = hexOf<KeyFingerprint>();
export const base64Hash = matching<Base64Hash>(
  /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/u,
  '32 bytes in padded base64',
);
export const instant = matching(
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/u,
  'a time as 2025-05-23T06:30:00.000Z',
);
/** A calendar day. */
export const day = matching(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u, 'a day as 2025-05-23');
export const label = text(1, 200);
/** A party where there is little room: on a wall, in a table. */
export const shortLabel = text(1, 16);
export const sentence = text(1, 500);
export const someCount = wholeNumber(0, 10_000_000);
export const ordinal = wholeNumber(1, 1_000_000);

/**
 * What a key may be used for. A key has one role; a human may hold several keys, and still is one human.
 *
 * mediator      of the host: opens, accredits, hosts terms and schedules; never edits a list
 * coordinator   of a power: lists, verdicts, comments, proposals
 * approver      of a power: second pair of eyes
 * officer       of a power: movement, head counts, steps, identity at the crossing
 * medic         of a power or a neutral: fitness to travel
 * observer      of a neutral: will interviews, head counts, certificates
 * commissioner  of a Mixed Medical Commission
 * guarantor     answers for named conditions
 */
export const roles = [
  'mediator',
  'coordinator',
  'approver',
  'officer',
  'medic',
  'observer',
  'commissioner',
  'guarantor',
] as const;
export const role = oneOf(...roles);
export type Role = Of<typeof role>;

export const listKinds = ['sought', 'held', 'withheld'] as const;
export const listKind = oneOf(...listKinds);
export type ListKind = Of<typeof listKind>;

/**
 * The legal lane of a leg. Only `exchange` legs may be netted against each other: seriously wounded and sick
 * persons go home whatever their number or rank (GC III 109–110), civilians are released, not exchanged
 * against soldiers, the dead are counted apart, and what is best for a child is decided for that child alone.
 */
export const lanes = ['exchange', 'direct-repatriation', 'civilian-release', 'remains', 'children'] as const;
export const lane = oneOf(...lanes);
export type Lane = Of<typeof lane>;

/** The code of a category of persons that the terms define; which one a person has is a claim of who listed them. */
export const category = nameOf<string>();

/** The other side's answer to one entry. */
export const verdicts = [
  'acknowledged',
  'not-held',
  'conflicting-data',
  'withheld-for-proceedings',
  'reported-dead',
  'transferred-to-third-power',
  'identity-queried',
  'declined',
  'outside-category',
  'already-home',
  'not-known-yet',
] as const;
export const verdict = oneOf(...verdicts);
export type Verdict = Of<typeof verdict>;

export const haltReason = oneOf(
  'count-mismatch',
  'identity',
  'security',
  'medical',
  'communications',
  'party-decision',
);
export type HaltReason = Of<typeof haltReason>;

export const place = oneOf('departure', 'arrival');
export type Place = Of<typeof place>;

/** Whether a person is asked before they are listed, or at the line. */
export const stage = oneOf('before-listing', 'at-line');
export type Stage = Of<typeof stage>;

/** One entry as opened: who it is stays in the sealed payload, bound by the commitment. */
export const opening = members({ entry: entryId, commitment: base64Hash, category, lane });
export type EntryOpening = Of<typeof opening>;

/** A person whose key a party brings when it is accredited. */
export const founder = members({ actor: actorId, role, key: keyId });
export type Founder = Of<typeof founder>;
export const founders = listOf(founder, 1, 32);

/** One step of the interlock: the nth group of persons on one leg of one tranche, 1-based. */
export const stepRef = { tranche: trancheId, leg: legId, step: ordinal };
export interface StepRef {
  readonly tranche: TrancheId;
  readonly leg: LegId;
  readonly step: number;
}

export const persons = listOf(entryId, 1, personsPerActMax);
/** Verified returns by leg. */
export const returned = tableOf(legId, someCount, partsOfTermsMax);
