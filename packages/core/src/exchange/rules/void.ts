/** What happens to approvals and to a tranche when something they were given for changes. */
import type { ActId, EntryId, TrancheId } from '../act/ids.ts';
import { withNotGoing, isAtHand } from './leaving.ts';
import { findIn, getFrom, setIn } from '../state/persistent-map.ts';
import type { Exchange } from '../state/state.ts';
import { withMovement, withStep } from './step.ts';

/**
 * The state in which a tranche's approvals are void because what they approved has changed, with the act that
 * voided them on record. A tranche that has ended, and no tranche at all, stay as they are.
 */
export function withoutApprovals(state: Exchange, id: TrancheId | undefined, act: ActId): Exchange {
  const tranche = id === undefined ? undefined : findIn(state.tranches, id);
  if (tranche?.status !== 'live' || tranche.approvals.length === 0) return state;
  return {
    ...state,
    tranches: setIn(state.tranches, tranche.id, {
      ...tranche,
      approvals: [],
      voided: { act, approvals: tranche.approvals.length },
    }),
  };
}

/**
 * The state in which a person who is still with the giver can no longer go with their tranche. Before anybody has
 * left, the proposal is no longer what was approved: its approvals are void. Afterwards the others go on and the
 * person alone falls out. Whoever is in no live tranche stays as they are. By whichever of their entries it was said.
 */
export function withoutPerson(state: Exchange, id: EntryId, act: ActId): Exchange {
  const { counterpart } = getFrom(state.entries, id);
  const next = withoutEntry(state, id, act);
  return counterpart === undefined ? next : withoutEntry(next, counterpart, act);
}

function withoutEntry(state: Exchange, id: EntryId, act: ActId): Exchange {
  const entry = getFrom(state.entries, id);
  const tranche = entry.tranche === undefined ? undefined : findIn(state.tranches, entry.tranche);
  if (tranche?.status !== 'live' || !isAtHand(entry) || entry.leg === undefined) return state;
  if (!tranche.departed) return withoutApprovals(state, tranche.id, act);
  return fallOut(state, id);
}

/** The state in which a person who is with the giver leaves the tranche under way and is back in the pool. */
function fallOut(state: Exchange, id: EntryId): Exchange {
  const entry = getFrom(state.entries, id);
  const ref = { tranche: entry.tranche!, leg: entry.leg! };
  const movement = getFrom(getFrom(state.tranches, ref.tranche).movements, ref.leg);
  const freed = { ...entry, tranche: undefined, leg: undefined, step: undefined };
  const without = withNotGoing({ ...state, entries: setIn(state.entries, id, freed) }, id, ref.leg);
  if (entry.step === undefined) {
    return withMovement(without, ref.tranche, { ...movement, waiting: movement.waiting - 1 });
  }
  const step = getFrom(movement.steps, String(entry.step));
  const moved = withMovement(without, ref.tranche, { ...movement, onManifest: movement.onManifest - 1 });
  return withStep(moved, ref, {
    ...step,
    persons: step.persons.filter((person) => person !== id),
    departureByGiver: undefined,
    departureByNeutral: undefined,
  });
}
