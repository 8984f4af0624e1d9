/** Who of the accredited parties has which part in the terms in force, and who answers for persons on a leg. */
import type { PartyId } from '../act/ids.ts';
import { endOf, neutralsOf, powersOfTerms, type Leg } from '../act/terms.ts';
import type { Exchange } from '../state/state.ts';

/** The powers of the terms in force; nobody while there are none. */
export function powersInForce(state: Exchange): readonly PartyId[] {
  return state.terms === undefined ? [] : powersOfTerms(state.terms.terms);
}

/** The neutrals of the terms in force and those who may stand in for them. */
export function neutralsInForce(state: Exchange): readonly PartyId[] {
  return neutralsOf(state.terms?.terms);
}

/** Whether a neutral counts and clears by the terms in force; false where the parties do so alone. */
export function isWitnessed(state: Exchange): boolean {
  return state.terms?.terms.unwitnessed === undefined;
}

/** Who receives the persons of a leg: the party it leads to, or the neutrals who see them set free. */
export function receiversOf(state: Exchange, leg: Leg): readonly PartyId[] {
  return leg.to === undefined ? neutralsInForce(state) : [leg.to];
}

/** Who answers that persons left and that they arrived, when no neutral is there to say either. */
export function partiesOfLeg(state: Exchange, leg: Leg): readonly PartyId[] {
  return [...new Set([leg.from, ...receiversOf(state, leg)])];
}

/** Everybody whom the terms in force name, in whatever part. */
export function partiesInForce(state: Exchange): readonly PartyId[] {
  if (state.terms === undefined) return [];
  const { legs, mediators = [] } = state.terms.terms;
  const ofLegs = legs.flatMap(({ from, to, via = [] }) => [from, ...(to === undefined ? [] : [to]), ...via]);
  const named = [...powersInForce(state), ...neutralsInForce(state), ...mediators, ...ofLegs];
  return [...new Set(named)];
}

/**
 * Whether a party may stop or move anything: the host, whoever the terms in force name; while there are none, every
 * accredited party. Who is in no terms can do neither.
 */
export function takesPart(state: Exchange, party: PartyId): boolean {
  return party === state.host || state.terms === undefined || partiesInForce(state).includes(party);
}

/** Persons of the leg are under the receiver's roof at its end, and not at home. */
export function endsOnTheWay(leg: Leg): boolean {
  const end = endOf(leg);
  return end === 'custody' || end === 'accommodation';
}
