/**
 * Deaths, and whose the remains are. Who has a person, or a neutral, says that they died; nobody else. A person may come
 * home in several handovers and one handover may hold several persons, so remains and persons are tied many to many.
 */
import type { PartyId } from '../act/ids.ts';
import { day, entryId } from '../act/vocabulary.ts';
import { listOf, members, optional } from '../../json/shape.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import type { Entry, Exchange } from '../state/state.ts';
import { withEntries, withNotGoing, withoutPersons } from './leaving.ts';
import { neutralsInForce, powersInForce } from './parties.ts';
import type { Refusal } from './refusal.ts';
import { refuseOthers, row } from './rule.ts';
import { findLeg } from './tranche.ts';
import { withoutPerson } from './void.ts';

/** Who has a person, as far as the acts say: the party that would know of their death. */
export function holdersOf(state: Exchange, entry: Entry): readonly PartyId[] {
  const { custodian, kind, owner, verdicts } = entry;
  const leg = entry.leg === undefined ? undefined : findLeg(state, entry.leg);
  if (custodian !== undefined) return [custodian];
  if (leg !== undefined) return [leg.from];
  if (kind !== 'sought') return [owner];
  return verdicts.filter(({ verdict }) => verdict === 'acknowledged').map(({ by }) => by);
}

/** The state in which somebody who was on the way is in their step no longer. Their step is counted anew. */
function outOfStep(state: Exchange, { id, tranche, leg, step, whereabouts }: Entry): Exchange {
  const isOnTheWay = whereabouts === 'departed' || whereabouts === 'crossing';
  if (!isOnTheWay || tranche === undefined || leg === undefined || step === undefined) return state;
  return withNotGoing(withoutPersons(state, { tranche, leg, step }, [id]), id, leg);
}

function refuseLinks(
  state: Exchange,
  ids: readonly Entry['id'][],
  remains: Entry['id'],
): Refusal | undefined {
  for (const id of [remains, ...ids])
    if (findIn(state.entries, id) === undefined) return { kind: 'Unknown', what: 'entry' };
  if (new Set([remains, ...ids]).size !== ids.length + 1) return { kind: 'EntryRepeated' };
  if (getFrom(state.entries, remains).lane !== 'remains') return { kind: 'NotRemains', entry: remains };
  for (const id of ids) {
    const { whereabouts, lane } = getFrom(state.entries, id);
    if (whereabouts === 'returned' && lane !== 'remains')
      return { kind: 'PersonGone', entry: id, whereabouts };
  }
  return undefined;
}

function linked(state: Exchange, remains: Entry['id'], persons: readonly Entry['id'][]): Exchange {
  const known = withEntries(state, persons, (entry) => ({
    ...entry,
    whereabouts: 'died',
    remains: [...new Set([...entry.remains, remains])],
  }));
  return withEntries(known, [remains], (entry) => ({
    ...entry,
    identifiedAs: [...new Set([...entry.identifiedAs, ...persons])],
  }));
}

export const deathActs = {
  DeathRecorded: row({
    group: 'persons',
    effect: 'moves-balance',
    body: members({
      entry: entryId,
      /** The entry by which the body is to come home, if it has one. */
      remains: optional(entryId),
    }),
    tell: ({ entry }) => ({ entry }),
    says: 'recorded that a person has died',
    roles: ['officer', 'medic', 'coordinator', 'observer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const entry = findIn(state.entries, body.entry);
      if (entry === undefined) return { kind: 'Unknown', what: 'entry' };
      if (entry.whereabouts === 'died') return { kind: 'KnownAlready', what: 'death' };
      // That they arrived is confirmed first: it is as true of them as of the others.
      if (entry.whereabouts === 'received') {
        return { kind: 'PersonMoving', entry: entry.id, whereabouts: entry.whereabouts };
      }
      // Who came home has come home: what follows is no matter of the exchange, and takes no return away.
      if (entry.whereabouts === 'returned' || entry.whereabouts === 'set-free') {
        return { kind: 'PersonGone', entry: entry.id, whereabouts: entry.whereabouts };
      }
      const refused = refuseOthers(signer, ...holdersOf(state, entry), ...neutralsInForce(state));
      if (refused !== undefined || body.remains === undefined) return refused;
      return refuseLinks(state, [entry.id], body.remains);
    },
    evolve: (state, { body }, _signer, id) => {
      const entry = getFrom(state.entries, body.entry);
      const out = outOfStep(withoutPerson(state, entry.id, id), entry);
      const died = withEntries(out, [entry.id], (one) => ({ ...one, whereabouts: 'died', step: undefined }));
      return body.remains === undefined ? died : linked(died, body.remains, [entry.id]);
    },
  }),
  RemainsIdentified: row({
    group: 'after',
    effect: 'none',
    body: members({
      remains: entryId,
      persons: listOf(entryId, 1, 50),
      /** The day they were numbered at reception, and the day on which it was known who they are. */
      numberedOn: optional(day),
      identifiedOn: day,
    }),
    tell: ({ remains, persons: { length }, identifiedOn: until }) => ({
      entry: remains,
      persons: length,
      until,
    }),
    says: 'identified remains as those of {persons} persons ({until})',
    roles: ['coordinator', 'officer', 'observer'],
    period: 'always',
    refuse: (state, { body }, signer) =>
      refuseOthers(signer, ...powersInForce(state), ...neutralsInForce(state)) ??
      refuseLinks(state, body.persons, body.remains),
    evolve: (state, { body }) => linked(state, body.remains, body.persons),
  }),
};
