/** Persons leaving a step on the giver's side of it, and the counts that go with them. */
import type { StepRef } from '../act/vocabulary.ts';
import type { EntryId } from '../act/ids.ts';
import { getFrom, setIn } from '../state/persistent-map.ts';
import type { PersistentMap } from '../state/persistent-map.ts';
import type { Entry, Exchange, LegCount } from '../state/state.ts';
import { getStep, withMovement, withStep } from './step.ts';
import { type LegId } from '../act/ids.ts';

/** Whether a person is with a party that could let them go: not on the way, not across. */
export const isAtHand = ({ whereabouts }: Entry): boolean =>
  whereabouts === 'held' || whereabouts === 'neutral-custody' || whereabouts === 'accommodated';

/** At the end of a leg, by word of both sides. */
export function hasArrived(whereabouts: Entry['whereabouts']): boolean {
  return whereabouts === 'returned' || whereabouts === 'set-free' || whereabouts === 'accommodated';
}

export function withCount(
  state: Exchange,
  leg: LegCount['leg'],
  change: (count: LegCount) => LegCount,
): Exchange {
  return { ...state, legs: setIn(state.legs, leg, change(getFrom(state.legs, leg))) };
}

export function withEntries(
  state: Exchange,
  persons: readonly EntryId[],
  change: (entry: Entry) => Entry,
): Exchange {
  let entries: PersistentMap<EntryId, Entry> = state.entries;
  for (const id of persons) entries = setIn(entries, id, change(getFrom(entries, id)));
  return { ...state, entries };
}

/** The state in which a person counts as not going on a leg: once, however often they were chosen and by whichever entry. */
export function withNotGoing(state: Exchange, id: EntryId, leg: LegId): Exchange {
  const next = withEntries(withGoing(state, id), [id], (entry) => ({ ...entry, notGoing: leg }));
  return withCount(next, leg, (count) => ({ ...count, notGoing: count.notGoing + 1 }));
}

/** The state in which a person no longer counts as not going, by either of two matched entries. */
export function withGoing(state: Exchange, id: EntryId): Exchange {
  const { counterpart } = getFrom(state.entries, id);
  const next = withEntryGoing(state, id);
  return counterpart === undefined ? next : withEntryGoing(next, counterpart);
}

/** The state in which an entry that has just been matched with another counts with it as the one person they are. */
export function withOnePerson(state: Exchange, id: EntryId): Exchange {
  const { counterpart } = getFrom(state.entries, id);
  if (counterpart === undefined) return state;
  const both = [id, counterpart].map((entry) => getFrom(state.entries, entry));
  if (both.some(({ whereabouts }) => hasArrived(whereabouts))) return withGoing(state, id);
  const standing = both.find(({ notGoing }) => notGoing !== undefined);
  return standing === undefined ? state : withNotGoing(state, standing.id, standing.notGoing!);
}

function withEntryGoing(state: Exchange, id: EntryId): Exchange {
  const { notGoing } = getFrom(state.entries, id);
  if (notGoing === undefined) return state;
  const next = withEntries(state, [id], (entry) => ({ ...entry, notGoing: undefined }));
  return withCount(next, notGoing, (count) => ({ ...count, notGoing: count.notGoing - 1 }));
}

/**
 * The state in which persons have left a step on the giver's side of it. Counts made while they were in it are
 * void: before the release those at departure, after it those at arrival.
 */
export function withoutPersons(state: Exchange, ref: StepRef, persons: readonly EntryId[]): Exchange {
  const { step, movement } = getStep(state, ref);
  const gone = new Set(persons);
  // A count is changed by who counted, and by nobody else: what no longer fits is void and made anew.
  const counts = step.released === undefined ? undefined : step;
  const counted = withCount(state, ref.leg, (count) => ({
    ...count,
    unsettled: step.released === undefined ? count.unsettled : count.unsettled - persons.length,
    received: step.received === undefined ? count.received : count.received - persons.length,
  }));
  const moved = withMovement(counted, ref.tranche, {
    ...movement,
    inMotion: step.received === undefined ? movement.inMotion - persons.length : movement.inMotion,
    received: step.received === undefined ? movement.received : movement.received - persons.length,
  });
  return withStep(moved, ref, {
    ...step,
    persons: step.persons.filter((id) => !gone.has(id)),
    confirmed: step.confirmed.filter((id) => !gone.has(id)),
    rejected: step.rejected.filter((id) => !gone.has(id)),
    departureByGiver: counts?.departureByGiver,
    departureByNeutral: counts?.departureByNeutral,
    arrivalByReceiver: undefined,
    arrivalByNeutral: undefined,
  });
}
