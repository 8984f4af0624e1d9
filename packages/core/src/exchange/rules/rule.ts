/**
 * One kind of act as one row: its form, who may sign it and when, what it moves, how it is told, when it is refused
 * and what the state is after it. `acts.ts` puts the rows together; whatever is a set of kinds derives from them.
 */
import type { Said } from '../act/act.ts';
import type {
  ActId,
  ActorId,
  Base64Hash,
  CrossingId,
  KeyFingerprint,
  LegId,
  PartyId,
  TrancheId,
} from '../act/ids.ts';
import type { ListKind, Place, Role, Stage, StepRef } from '../act/vocabulary.ts';
import type { Shape } from '../../json/shape.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import type { Exchange, Party, Signature } from '../state/state.ts';
import type { Refusal } from './refusal.ts';
import { neutralsOf } from '../act/terms.ts';

/** Who signed an act, as the record knows them. */
export interface Signer {
  readonly key: KeyFingerprint;
  readonly actor: ActorId;
  readonly role: Role;
  readonly party: Party;
}

/**
 * When an act is possible:
 * `opening`     only before anything else
 * `running`     only while nobody has suspended the exchange (it moves persons forward)
 * `open`        also while it is suspended
 * `accounting`  also after it is cancelled, not after it is completed
 * `always`      also after it is completed: it says where persons are or what was broken, or who may still say so
 */
export type Period = 'opening' | 'running' | 'open' | 'accounting' | 'always';

/** What part of an exchange a kind belongs to, in the order a reader looks for them. */
export const groups = [
  'who',
  'terms',
  'lists',
  'persons',
  'tranche',
  'movement',
  'crossing',
  'return',
  'stop',
  'after',
] as const;
export type Group = (typeof groups)[number];

/**
 * What an act of a kind can do to movement:
 * `starts`         lets people move, or move again; not to be believed of a log that may have gone on unseen
 * `stops`          stops people or keys from moving; never held back, since nothing moves because of it
 * `moves-balance`  changes how many persons of a leg count as received
 * `none`           none of these
 */
export type Effect = 'starts' | 'stops' | 'moves-balance' | 'none';

/** Families of words that acts choose from; a language names each word of each. */
export type WordFamily = 'role' | 'revoked' | 'halt' | 'outcome' | 'decision' | 'carrier';

/** What an act says, for people, as data in no language. Absent where the kind has none. */
export interface Facts {
  readonly persons?: number;
  readonly byLeg?: Readonly<Record<LegId, number>>;
  /** The number of the tranche. */
  readonly tranche?: number;
  readonly leg?: LegId;
  readonly step?: number;
  readonly vehicle?: string;
  readonly vehicles?: number;
  readonly crossings?: readonly CrossingId[];
  readonly party?: PartyId;
  readonly title?: string;
  readonly list?: ListKind;
  readonly part?: number;
  readonly parts?: number;
  readonly verdicts?: Readonly<Record<string, number>>;
  readonly answers?: { readonly yes: number; readonly no: number };
  readonly stage?: Stage;
  readonly word?: { readonly of: WordFamily; readonly is: string };
  readonly place?: Place;
  readonly counter?: 'giver' | 'neutral' | 'receiver';
  /** Free text of a party: a label, a condition, a reason. */
  readonly text?: string;
  readonly round?: number;
  readonly legs?: number;
  readonly until?: string;
  /** The name of a condition or an undertaking. */
  readonly name?: string;
  /** Ids, for who looks the thing up. They are in no sentence of `describeAct`. */
  readonly entry?: string;
  readonly hash?: string;
  readonly act?: string;
  readonly key?: string;
}

/** Where and by whom an act was said: what its facts are read against. */
export interface Telling {
  readonly state: Exchange;
  readonly party: PartyId | undefined;
  readonly key: KeyFingerprint;
}

interface RowHead<B> {
  readonly group: Group;
  readonly roles: readonly Role[];
  readonly period: Period;
  readonly effect: Effect;
  readonly body: Shape<B>;
  /** What the act says. Total: a party may name what is not there. */
  readonly tell: (body: B, telling: Telling) => Facts;
  /** An English sentence without its subject; `{name}` stands for the fact of that name. Names no person. */
  readonly says: string;
}

/** A kind that is signed by a key which the record knows. */
export interface Row<B> extends RowHead<B> {
  /** Undefined when the act may stand. Total; reads nothing but its arguments. */
  readonly refuse: (state: Exchange, act: Said<B>, signer: Signer) => Refusal | undefined;
  /** The state after an act that `refuse` let stand. */
  readonly evolve: (state: Exchange, act: Said<B>, signer: Signer, id: ActId) => Exchange;
}

/** A kind that is signed by the key which its own body brings. */
export interface SelfSignedRow<B extends { readonly publicKey: Base64Hash }> extends RowHead<B> {
  readonly isSelfSigned: true;
  readonly refuse: (state: Exchange, act: Said<B>) => Refusal | undefined;
  readonly evolve: (state: Exchange, act: Said<B>) => Exchange;
}

/** A row as written; the type of the body comes from its shape. */
export function row<B>(made: Row<B>): Row<B> {
  return made;
}

export function selfSigned<B extends { readonly publicKey: Base64Hash }>(
  made: Omit<SelfSignedRow<B>, 'isSelfSigned'>,
): SelfSignedRow<B> {
  return { ...made, isSelfSigned: true };
}

/** The number of a tranche, for people; nothing for one that is not there. */
export function trancheFacts(tranche: TrancheId, { state }: Telling): Facts {
  const found = findIn(state.tranches, tranche);
  return found === undefined ? {} : { tranche: found.number };
}

export function stepFacts(ref: StepRef, telling: Telling): Facts {
  return { ...trancheFacts(ref.tranche, telling), leg: ref.leg, step: ref.step };
}

export function toSignature(signer: Signer): Signature {
  return { actor: signer.actor, key: signer.key, party: signer.party.id, role: signer.role };
}

/** Refuses a signer whose party is none of `only`. */
export function refuseOthers(signer: Signer, ...only: readonly PartyId[]): Refusal | undefined {
  return only.includes(signer.party.id)
    ? undefined
    : { kind: 'PartyMayNot', party: signer.party.id, only: [...new Set(only)] };
}

/** Refuses everyone but powers. */
export function refuseUnlessPower(signer: Signer): Refusal | undefined {
  return signer.party.kind === 'power'
    ? undefined
    : { kind: 'PartyMayNot', party: signer.party.id, only: [] };
}

/** Refuses everyone but the neutrals of the terms in force. */
export function refuseUnlessNeutral(state: Exchange, signer: Signer): Refusal | undefined {
  return refuseOthers(signer, ...neutralsOf(state.terms?.terms));
}

/** Distinct humans of one party among signatures whose keys still stand. */
export function distinctActors(
  state: Exchange,
  signatures: readonly Signature[],
  party: PartyId,
): readonly ActorId[] {
  const actors = new Set<ActorId>();
  for (const signature of signatures) {
    if (signature.party === party && isStanding(state, signature)) actors.add(signature.actor);
  }
  return [...actors];
}

/** A signature stands unless its key was lost or stolen since: then nobody knows who made it. */
export function isStanding(state: Exchange, signature: Signature): boolean {
  const { revoked } = getFrom(state.keys, signature.key);
  return revoked === undefined || revoked === 'retired';
}

/** Whether a human has a standing signature among these, by whichever key. */
export function hasSigned(state: Exchange, signatures: readonly Signature[], actor: ActorId): boolean {
  return signatures.some((signature) => signature.actor === actor && isStanding(state, signature));
}
