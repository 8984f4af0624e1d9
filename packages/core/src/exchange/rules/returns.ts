/**
 * Returns. A return is verified when giver and receiver have both confirmed that entry; every number of persons
 * returned is a sum of those. The neutral certifies a tranche when nobody of it is on the way any more.
 */
import { personsInMotion } from './agreement.ts';
import type { EntryId, LegId } from '../act/ids.ts';
import { withGoing } from './leaving.ts';
import { findIn, getFrom, pairsOf, setIn, valuesOf } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { refuseOthers, refuseUnlessNeutral } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Entry, Exchange } from '../state/state.ts';
import { withoutIdleStops } from './step.ts';
import { findLeg } from './tranche.ts';
import type { Said } from '../act/act.ts';
import { legId, persons, returned, trancheId } from '../act/vocabulary.ts';
import { members, type Of } from '../../json/shape.ts';
import { row, trancheFacts } from './rule.ts';
import { partiesOfLeg, isWitnessed, powersInForce } from './parties.ts';
import { exactCount, memberOf, type Leg, endOf } from '../act/terms.ts';

const confirmation = members({ tranche: trancheId, leg: legId, persons });
const certificate = members({ tranche: trancheId, returned });
const completion = members({ returned });

function refuseConfirmation(
  state: Exchange,
  { body }: Said<Of<typeof confirmation>>,
  signer: Signer,
): Refusal | undefined {
  const tranche = findIn(state.tranches, body.tranche);
  if (tranche === undefined) return { kind: 'Unknown', what: 'tranche' };
  const leg = findLeg(state, body.leg);
  const movement = findIn(tranche.movements, body.leg);
  if (leg === undefined || movement === undefined) return { kind: 'Unknown', what: 'leg' };
  const refused = refuseOthers(signer, ...partiesOfLeg(state, leg));
  if (refused !== undefined) return refused;
  const asGiver = signer.party.id === leg.from;
  const named = new Set<EntryId>();
  for (const id of body.persons) {
    if (named.has(id)) return { kind: 'PersonRepeated', entry: id };
    named.add(id);
    const entry = findIn(state.entries, id);
    if (entry?.tranche !== body.tranche || entry.leg !== body.leg) {
      return { kind: 'PersonNotInTranche', entry: id };
    }
    if (asGiver ? entry.confirmedByGiver : entry.confirmedByReceiver) {
      return { kind: 'ConfirmedAlready', entry: id };
    }
    const step = entry.step === undefined ? undefined : findIn(movement.steps, String(entry.step));
    if (entry.whereabouts !== 'received' || step?.closed !== true) {
      return { kind: 'PersonNotReceived', entry: id };
    }
  }
  return undefined;
}

/** The person at the end of a leg, by word of both sides. Who is not at home yet may be named by a leg that leads on. */
function arrived(entry: Entry, leg: Leg): Entry {
  switch (endOf(leg)) {
    case 'home':
      return { ...entry, whereabouts: 'returned', custodian: undefined };
    case 'free':
      return { ...entry, whereabouts: 'set-free', custodian: undefined };
    case 'custody':
      return { ...entry, whereabouts: 'neutral-custody', custodian: leg.to };
    case 'accommodation':
      return { ...entry, whereabouts: 'accommodated', custodian: leg.to };
  }
}

function evolveConfirmation(
  state: Exchange,
  { body }: Said<Of<typeof confirmation>>,
  signer: Signer,
): Exchange {
  const leg = findLeg(state, body.leg)!;
  const asGiver = signer.party.id === leg.from;
  let entries = state.entries;
  let listed = 0;
  let unlisted = 0;
  for (const id of body.persons) {
    const before = getFrom(entries, id);
    const entry: Entry = asGiver
      ? { ...before, confirmedByGiver: true }
      : { ...before, confirmedByReceiver: true };
    const both = entry.confirmedByGiver && entry.confirmedByReceiver;
    entries = setIn(entries, id, both ? arrived(entry, leg) : entry);
    if (both && entry.kind === 'unlisted') unlisted += 1;
    else if (both) listed += 1;
  }
  const gone = body.persons.filter((id) => {
    const { confirmedByGiver, confirmedByReceiver } = getFrom(entries, id);
    return confirmedByGiver && confirmedByReceiver;
  });
  const next = gone.reduce(withGoing, { ...state, entries });
  const count = getFrom(next.legs, body.leg);
  const tranche = getFrom(state.tranches, body.tranche);
  const movement = getFrom(tranche.movements, body.leg);
  return {
    ...next,
    legs: setIn(next.legs, body.leg, {
      ...count,
      returned: count.returned + listed,
      unlisted: count.unlisted + unlisted,
    }),
    tranches: setIn(state.tranches, tranche.id, {
      ...tranche,
      movements: setIn(tranche.movements, body.leg, {
        ...movement,
        received: movement.received - listed,
        returned: movement.returned + listed,
      }),
    }),
  };
}

function refuseNumbers(
  verified: ReadonlyMap<LegId, number>,
  said: Readonly<Record<LegId, number>>,
): Refusal | undefined {
  for (const id of Object.keys(said)) {
    if (!verified.has(id as LegId)) return { kind: 'Unknown', what: 'leg' };
  }
  for (const [leg, returned] of verified) {
    const claim = memberOf(said, leg) ?? 0;
    if (claim !== returned) return { kind: 'ReturnedDiffers', leg, verified: returned, said: claim };
  }
  return undefined;
}

/** Persons received and not yet confirmed by both sides, over all tranches. */
export function unconfirmedReturns(state: Exchange): number {
  let persons = 0;
  for (const tranche of valuesOf(state.tranches)) {
    for (const movement of valuesOf(tranche.movements)) persons += movement.received;
  }
  return persons;
}

function refuseCertificate(
  state: Exchange,
  { body }: Said<Of<typeof certificate>>,
  signer: Signer,
): Refusal | undefined {
  const refused = isWitnessed(state)
    ? refuseUnlessNeutral(state, signer)
    : refuseOthers(signer, state.host!, ...(state.terms?.terms.mediators ?? []), ...powersInForce(state));
  if (refused !== undefined) return refused;
  const tranche = findIn(state.tranches, body.tranche);
  if (tranche === undefined) return { kind: 'Unknown', what: 'tranche' };
  if (tranche.certified || tranche.status === 'withdrawn') {
    return { kind: 'TrancheEnded', status: tranche.status === 'withdrawn' ? 'withdrawn' : 'certified' };
  }
  const verified = new Map<LegId, number>();
  for (const [leg, movement] of pairsOf(tranche.movements)) {
    // A tranche that was cancelled leaves behind persons who never left; a live one still has to move them.
    const still = tranche.status === 'live' ? movement.waiting + movement.onManifest : 0;
    const moving = movement.inMotion + still;
    if (moving > 0) return { kind: 'PersonsInMotion', persons: moving };
    if (movement.received > 0) return { kind: 'ReturnsUnconfirmed', persons: movement.received };
    verified.set(leg, movement.returned);
  }
  return refuseNumbers(verified, body.returned);
}

function refuseCompletion(state: Exchange, { body }: Said<Of<typeof completion>>): Refusal | undefined {
  if (state.terms === undefined) return { kind: 'TermsNotInForce' };
  const moving = personsInMotion(state);
  if (moving > 0) return { kind: 'PersonsInMotion', persons: moving };
  const unconfirmed = unconfirmedReturns(state);
  if (unconfirmed > 0) return { kind: 'ReturnsUnconfirmed', persons: unconfirmed };
  let live = 0;
  for (const tranche of valuesOf(state.tranches)) if (tranche.status === 'live') live += 1;
  if (live > 0) return { kind: 'TranchesOpen', tranches: live };
  const verified = new Map<LegId, number>();
  for (const leg of state.terms.terms.legs) {
    const count = getFrom(state.legs, leg.id);
    // Whoever said no, or could not go, is a difference on record; nobody is owed for them without new terms.
    const open = (exactCount(leg) ?? 0) - count.returned - count.notGoing;
    if (open > 0) return { kind: 'AgreedNumbersOpen', leg: leg.id, open };
    verified.set(leg.id, count.returned);
  }
  return refuseNumbers(verified, body.returned);
}

export const returnActs = {
  ReturnConfirmed: row({
    group: 'return',
    effect: 'none',
    body: confirmation,
    tell: ({ tranche, leg, persons: { length } }, telling) => ({
      ...trancheFacts(tranche, telling),
      leg,
      persons: length,
    }),
    says: 'confirmed the return of {persons} persons on leg {leg}, tranche {tranche}',
    roles: ['officer', 'coordinator'],
    period: 'always',
    refuse: refuseConfirmation,
    evolve: evolveConfirmation,
  }),
  TrancheCertified: row({
    group: 'return',
    effect: 'none',
    body: certificate,
    tell: ({ tranche, returned: byLeg }, telling) => ({ ...trancheFacts(tranche, telling), byLeg }),
    says: 'certified tranche {tranche} ({byLeg})',
    roles: ['observer', 'mediator', 'coordinator'],
    period: 'accounting',
    refuse: refuseCertificate,
    evolve: (state, { body }) => {
      const tranche = getFrom(state.tranches, body.tranche);
      return {
        ...state,
        tranches: setIn(state.tranches, tranche.id, {
          ...withoutIdleStops(tranche),
          status: tranche.status === 'live' ? 'certified' : tranche.status,
          certified: true,
        }),
      };
    },
  }),
  ExchangeCompleted: row({
    group: 'return',
    effect: 'none',
    body: completion,
    tell: ({ returned: byLeg }) => ({ byLeg }),
    says: 'completed the exchange ({byLeg})',
    roles: ['mediator', 'observer'],
    period: 'running',
    refuse: refuseCompletion,
    evolve: (state) => ({ ...state, status: 'completed' }),
  }),
};
