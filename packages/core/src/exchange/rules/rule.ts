import type { ActHead, ActKind, Role } from '../act/act.ts';
import type { ActId, ActorId, KeyFingerprint, PartyId } from '../act/ids.ts';
import { getFrom } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import type { Exchange, Party, Signature } from '../state/state.ts';

/** Who signed an act, as the record knows them. */
export interface Signer {
  readonly key: KeyFingerprint;
  readonly actor: ActorId;
  readonly role: Role;
  readonly party: Party;
}

/**
 * When an act is possible:
 * `running`     only while nobody has suspended the exchange (it moves persons forward)
 * `open`        also while it is suspended
 * `accounting`  also after it is cancelled, not after it is completed
 * `always`      also after it is completed: it says where persons are or what was broken, or who may still say so
 */
export type Period = 'running' | 'open' | 'accounting' | 'always';

export interface Rule<K extends ActKind> {
  readonly roles: readonly Role[];
  readonly period: Period;
  /** Undefined when the act may stand. Total; reads nothing but its arguments. */
  readonly refuse: (state: Exchange, act: ActHead<K>, signer: Signer) => Refusal | undefined;
  /** The state after an act that `refuse` let stand. */
  readonly evolve: (state: Exchange, act: ActHead<K>, signer: Signer, id: ActId) => Exchange;
}

export type Rules<K extends ActKind> = { readonly [Kind in K]: Rule<Kind> };

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
  return refuseOthers(signer, ...(state.terms?.terms.neutrals ?? []));
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
