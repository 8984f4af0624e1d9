/** One step of the interlock in the state: finding it, replacing it, and closing it once it is settled. */
import type { HaltReason, StepRef } from '../act/vocabulary.ts';
import { findIn, getFrom, pairsOf, setIn } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import type { Exchange, Movement, Step, Tranche } from '../state/state.ts';
import type { Leg } from '../act/terms.ts';

export interface StepAt {
  readonly leg: Leg;
  readonly tranche: Tranche;
  readonly movement: Movement;
  readonly step: Step;
}

export function findStep(state: Exchange, ref: StepRef): StepAt | Refusal {
  const tranche = findIn(state.tranches, ref.tranche);
  if (tranche === undefined) return { kind: 'Unknown', what: 'tranche' };
  const leg = state.terms?.terms.legs.find((one) => one.id === ref.leg);
  const movement = findIn(tranche.movements, ref.leg);
  if (leg === undefined || movement === undefined) return { kind: 'Unknown', what: 'leg' };
  const step = findIn(movement.steps, String(ref.step));
  return step === undefined ? { kind: 'Unknown', what: 'step' } : { leg, tranche, movement, step };
}

/** The step of an act that was let stand. */
export function getStep(state: Exchange, ref: StepRef): StepAt {
  const at = findStep(state, ref);
  if ('kind' in at) throw new Error('An act that was let stand refers to a step that is not there.');
  return at;
}

/** The tranche once it ends: a step of it that never left, and never will, stops nobody any more. */
export function withoutIdleStops(tranche: Tranche): Tranche {
  let { movements } = tranche;
  for (const [leg, movement] of pairsOf(tranche.movements)) {
    const stopped = movement.stopped.filter((stop) => getFrom(movement.steps, String(stop.step)).departed);
    movements = setIn(movements, leg, { ...movement, stopped });
  }
  return { ...tranche, movements };
}

export function withMovement(state: Exchange, id: Tranche['id'], movement: Movement): Exchange {
  const tranche = getFrom(state.tranches, id);
  const movements = setIn(tranche.movements, movement.leg, movement);
  return { ...state, tranches: setIn(state.tranches, id, { ...tranche, movements }) };
}

/** Received, counted alike by receiver and neutral, and every face confirmed; or nobody is left in it. */
function isSettled(step: Step, isWitnessed: boolean): boolean {
  if (!step.departed) return false;
  const arrived = step.persons.length + step.unlisted;
  if (arrived === 0) return true;
  return (
    step.received !== undefined &&
    step.arrivalByReceiver === arrived &&
    (!isWitnessed || step.arrivalByNeutral === arrived) &&
    step.confirmed.length === step.persons.length &&
    step.rejected.length === 0
  );
}

/** Whether two counts are there and do not agree with each other and with who should be there. */
function differ(a: number | undefined, b: number | undefined, expected: number): boolean {
  return a !== undefined && b !== undefined && (a !== b || a !== expected);
}

/** Why a step holds every leg that it is coupled with; undefined when it does not. */
function findStop(step: Step, isWitnessed: boolean): HaltReason | undefined {
  if (step.halts.length > 0) return step.halts[0]!.reason;
  if (step.closed) return undefined;
  if (step.rejected.length > 0) return 'identity';
  // Without a neutral a party's own count is held against who should be there.
  const other = (byNeutral: number | undefined, byParty: number | undefined): number | undefined =>
    isWitnessed ? byNeutral : byParty;
  const { departureByGiver: giver, arrivalByReceiver: receiver } = step;
  const mismatch =
    step.released === undefined
      ? differ(giver, other(step.departureByNeutral, giver), step.persons.length)
      : differ(receiver, other(step.arrivalByNeutral, receiver), step.persons.length + step.unlisted);
  return mismatch ? 'count-mismatch' : undefined;
}

/** The state with one step replaced; a step that is settled now is closed and never opens again. */
export function withStep(state: Exchange, ref: Pick<StepRef, 'tranche' | 'leg'>, changed: Step): Exchange {
  const tranche = getFrom(state.tranches, ref.tranche);
  const movement = getFrom(tranche.movements, ref.leg);
  const witnessed = state.terms?.terms.unwitnessed === undefined;
  const closes = !changed.closed && isSettled(changed, witnessed);
  const step: Step = closes ? { ...changed, closed: true } : changed;
  const isIdle = tranche.status !== 'live' && !step.departed;
  const reason = isIdle ? undefined : findStop(step, witnessed);
  const others = movement.stopped.filter((stop) => stop.step !== step.step);
  const next = withMovement(state, ref.tranche, {
    ...movement,
    steps: setIn(movement.steps, String(step.step), step),
    stopped: reason === undefined ? others : [...others, { step: step.step, reason }],
  });
  if (!closes || step.released === undefined) return next;
  const count = getFrom(next.legs, ref.leg);
  const persons = step.persons.length;
  return {
    ...next,
    legs: setIn(next.legs, ref.leg, {
      ...count,
      unsettled: count.unsettled - persons,
      settled: count.settled + persons,
    }),
  };
}
