/**
 * The interlock: what crosses on coupled legs is never more unequal than the agreed step.
 *
 * Law     For coupled legs L and M with step sizes s and t, persons received l and m: |l·t − m·s| ≤ s·t at every
 *         moment, whatever has happened at crossings that nobody has heard from since (N1).
 * Why     A released step may have crossed or not. So a release counts every unsettled person of its own leg as
 *         across, and none of the others'. A release is a token: no token, no step, and none is issued more
 *         than one step beyond what is settled. Two crossings that hear nothing work off their token and stop.
 * Cost    The legs of one coupling, in every tranche so far; the steps are not walked.
 */
import type { LegId } from '../act/ids.ts';
import { findIn, getFrom, valuesOf } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import type { Exchange, Movement, Step, Tranche } from '../state/state.ts';
import type { Coupling, Leg } from '../act/terms.ts';
import { memberOf } from '../act/terms.ts';

export function findCoupling(state: Exchange, leg: LegId): Coupling | undefined {
  return state.terms?.terms.couplings.find((coupling) => coupling.legs.includes(leg));
}

/** The legs that move in step with this one, itself among them. */
export function coupledLegs(state: Exchange, leg: LegId): readonly LegId[] {
  return findCoupling(state, leg)?.legs ?? [leg];
}

/** Nobody of this leg of the tranche is still to be received. */
function isExhausted(movement: Movement): boolean {
  return movement.waiting === 0 && movement.onManifest === 0 && movement.inMotion === 0;
}

/** The first stop on a leg that is coupled with this one, in any tranche. */
export function findStopped(
  state: Exchange,
  leg: LegId,
): { readonly leg: LegId; readonly step: number; readonly reason: string } | undefined {
  for (const tranche of valuesOf(state.tranches)) {
    for (const id of coupledLegs(state, leg)) {
      const stop = findIn(tranche.movements, id)?.stopped[0];
      if (stop !== undefined) return { leg: id, step: stop.step, reason: stop.reason };
    }
  }
  return undefined;
}

/** The step before, on a coupled leg, that has to close first. */
function findUnclosed(
  state: Exchange,
  tranche: Tranche,
  leg: LegId,
  step: number,
): { readonly leg: LegId; readonly step: number } | undefined {
  if (step === 1 || findCoupling(state, leg) === undefined) return undefined;
  for (const id of coupledLegs(state, leg)) {
    const movement = findIn(tranche.movements, id);
    if (movement === undefined) continue;
    const before = findIn(movement.steps, String(step - 1));
    if (before === undefined ? !isExhausted(movement) : !before.closed) return { leg: id, step: step - 1 };
  }
  return undefined;
}

/**
 * The most persons of a leg that may be released now by the count alone, and the coupled leg that limits it;
 * undefined when no coupling limits it.
 */
export function findRoom(
  state: Exchange,
  leg: LegId,
): { readonly most: number; readonly behind: LegId } | undefined {
  const coupling = findCoupling(state, leg);
  if (coupling === undefined) return undefined;
  const own = getFrom(state.legs, leg);
  const size = memberOf(coupling.stepSize, leg) ?? 1;
  const ahead = own.settled + own.unsettled;
  let room: { most: number; behind: LegId } | undefined;
  for (const id of coupling.legs) {
    if (id === leg) continue;
    const other = getFrom(state.legs, id);
    const otherSize = memberOf(coupling.stepSize, id) ?? 1;
    // (ahead + most) / size - settled / otherSize <= 1
    const most = Math.max(0, Math.floor((size * otherSize + other.settled * size) / otherSize) - ahead);
    if (room === undefined || most < room.most) room = { most, behind: id };
  }
  return room;
}

/** How the interlock holds back a step of so many persons; the gates and counts of the step itself are not asked. */
export function* interlockHolds(
  state: Exchange,
  {
    tranche,
    leg,
    step,
    persons,
  }: { readonly tranche: Tranche; readonly leg: Leg; readonly step: number; readonly persons: number },
): Generator<Refusal> {
  const stop = findStopped(state, leg.id);
  if (stop !== undefined) yield { kind: 'StepHalted', ...stop };
  const unclosed = findUnclosed(state, tranche, leg.id, step);
  if (unclosed !== undefined) yield { kind: 'StepNotClosed', ...unclosed, tranche: tranche.id };
  const room = findRoom(state, leg.id);
  if (room !== undefined && persons > room.most) yield { kind: 'BeyondStep', leg: leg.id, ...room };
}

/** The receipts of the step before on the coupled legs: what a release may name. */
export function receiptsBefore(
  state: Exchange,
  tranche: Tranche,
  leg: LegId,
  step: number,
): readonly NonNullable<Step['received']>[] {
  return coupledLegs(state, leg).flatMap((id) => {
    const movement = findIn(tranche.movements, id);
    const before = movement === undefined ? undefined : findIn(movement.steps, String(step - 1));
    return before?.received === undefined ? [] : [before.received];
  });
}
