/**
 * The crossing, step by step: released by the giver, received and counted on the other side, every face confirmed.
 * Anybody may step back at the last metre. Whoever is not the person named stops all that is coupled until they
 * are back with the giver.
 */
import type { EntryId } from '../act/ids.ts';
import { interlockHolds, receiptsBefore } from './interlock.ts';
import { withCount, withEntries, withNotGoing, withoutPersons } from './leaving.ts';
import { newEntry } from './lists.ts';
import { departureHolds, first } from './movement.ts';
import { getFrom, isIn, setIn, findIn } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { refuseOthers, refuseUnlessNeutral } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Entry, Exchange, Step } from '../state/state.ts';
import { findStep, getStep, withMovement, withStep } from './step.ts';
import type { StepAt } from './step.ts';
import type { Said } from '../act/act.ts';
import {
  actId,
  entryId,
  opening,
  partsOfTermsMax,
  payloadId,
  persons,
  haltReason,
  someCount,
  stepRef,
  type StepRef,
} from '../act/vocabulary.ts';
import { listOf, members, oneOf, optional, type Of } from '../../json/shape.ts';
import { row, stepFacts } from './rule.ts';
import { receiversOf, isWitnessed, neutralsInForce } from './parties.ts';
import { powersOfLeg } from '../act/terms.ts';
import { refuseSecond, withJoint } from './joint.ts';

const turningBack = members({ ...stepRef, persons });

/** What holds a step back from being released, the signer apart; nothing when it may be. */
export function* releaseHolds(state: Exchange, at: StepAt): Generator<Refusal> {
  const { step } = at;
  if (step.released !== undefined) yield { kind: 'StepReleased' };
  else if (step.closed) yield { kind: 'StepClosed' };
  if (!step.departed) yield { kind: 'StepNotDeparted' };
  yield* departureHolds(state, at, step.persons);
  const { departureByGiver: giver, departureByNeutral: neutral } = step;
  const counts = isWitnessed(state) ? [giver, neutral] : [giver];
  const made = counts.filter((count) => count !== undefined);
  if (made.length < counts.length) yield { kind: 'CountsMissing', place: 'departure' };
  else if (made.some((count) => count !== step.persons.length)) {
    yield { kind: 'CountMismatch', place: 'departure', counts: [...made, step.persons.length] };
  }
  for (const id of step.persons) {
    const { clearedAtLine, lane } = getFrom(state.entries, id);
    if (lane === 'remains') continue;
    if (clearedAtLine === undefined) yield { kind: 'ClearanceMissing', entry: id, stage: 'at-line' };
    else if (!clearedAtLine) yield { kind: 'PersonNotCleared', entry: id };
  }
  yield* interlockHolds(state, { ...at, step: step.step, persons: step.persons.length });
}

/** A released step of which something can still be said. */
function refuseOpenStep(state: Exchange, ref: StepRef, persons: readonly EntryId[]): StepAt | Refusal {
  const at = findStep(state, ref);
  if ('kind' in at) return at;
  if (!at.step.departed) return { kind: 'StepNotDeparted' };
  if (at.step.closed) return { kind: 'StepClosed' };
  const named = new Set<EntryId>();
  for (const id of persons) {
    if (named.has(id)) return { kind: 'PersonRepeated', entry: id };
    named.add(id);
    if (!at.step.persons.includes(id)) return { kind: 'PersonNotInStep', entry: id };
  }
  return at;
}

/** Where a person is who is with the giver and not on the way: in custody, if that is what the leg leads from. */
function atGiver({ custodian }: Entry): Entry['whereabouts'] {
  return custodian === undefined ? 'held' : 'neutral-custody';
}

/** Before receipt the giver has them still; after it, only whom the receiver does not recognise is the giver's to take. */
function mayTurnBackAlone({ received, rejected }: Step, persons: readonly EntryId[]): boolean {
  return received === undefined || persons.every((id) => rejected.includes(id));
}

function turnBack(state: Exchange, { body }: Said<Of<typeof turningBack>>): Exchange {
  const { step, tranche } = getStep(state, body);
  const rejected = step.rejected.filter((id) => body.persons.includes(id)).length;
  const without = withoutPersons(state, body, body.persons);
  const stays = tranche.status === 'live';
  const back = withEntries(without, body.persons, (entry) => {
    const isOther = step.rejected.includes(entry.id);
    const kept = stays && !isOther;
    return {
      ...entry,
      whereabouts: atGiver(entry),
      clearedAtLine: undefined,
      identity: isOther ? 'rejected' : 'unchecked',
      tranche: kept ? entry.tranche : undefined,
      leg: kept ? entry.leg : undefined,
      step: undefined,
    };
  });
  const counted = step.rejected
    .filter((id) => body.persons.includes(id))
    .reduce((next, id) => withNotGoing(next, id, body.leg), back);
  if (!stays) return counted;
  const { movement } = getStep(counted, body);
  return withMovement(counted, body.tranche, {
    ...movement,
    waiting: movement.waiting + body.persons.length - rejected,
  });
}

export const crossingActs = {
  StepReleased: row({
    group: 'crossing',
    effect: 'starts',
    body: members({ ...stepRef, receipts: optional(listOf(actId, 1, partsOfTermsMax)) }),
    tell: stepFacts,
    says: 'released step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer'],
    period: 'running',
    refuse: (state, { body }, signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      const refused = refuseOthers(signer, at.leg.from) ?? first(releaseHolds(state, at));
      if (refused !== undefined || body.receipts === undefined) return refused;
      const receipts = receiptsBefore(state, at.tranche, body.leg, body.step);
      const same = [...body.receipts].sort().join() === [...receipts].sort().join();
      return same ? undefined : { kind: 'ReceiptsDiffer' };
    },
    evolve: (state, { body }, _signer, id) => {
      const { step } = getStep(state, body);
      const crossing = withEntries(state, step.persons, (entry) => ({ ...entry, whereabouts: 'crossing' }));
      const counted = withCount(crossing, body.leg, (count) => ({
        ...count,
        unsettled: count.unsettled + step.persons.length,
      }));
      return withStep(counted, body, { ...step, released: id });
    },
  }),
  StepReceived: row({
    group: 'crossing',
    effect: 'moves-balance',
    body: members({ ...stepRef, count: someCount }),
    tell: (body, telling) => ({ ...stepFacts(body, telling), persons: body.count }),
    says: 'received step {step}, leg {leg}, tranche {tranche}: {persons} persons',
    roles: ['officer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      const refused = refuseOthers(signer, ...receiversOf(state, at.leg));
      if (refused !== undefined) return refused;
      if (at.step.released === undefined) return { kind: 'StepNotReleased' };
      if (at.step.closed) return { kind: 'StepClosed' };
      return at.step.received === undefined ? undefined : { kind: 'StepReceived' };
    },
    evolve: (state, { body }, _signer, id) => {
      const { step, movement } = getStep(state, body);
      const persons = step.persons.length;
      const received = withEntries(state, step.persons, (entry) => ({ ...entry, whereabouts: 'received' }));
      const counted = withCount(received, body.leg, (count) => ({
        ...count,
        received: count.received + persons,
      }));
      const moved = withMovement(counted, body.tranche, {
        ...movement,
        inMotion: movement.inMotion - persons,
        received: movement.received + persons,
      });
      return withStep(moved, body, { ...step, received: id, arrivalByReceiver: body.count });
    },
  }),
  IdentityConfirmed: row({
    group: 'crossing',
    effect: 'none',
    body: members({ ...stepRef, persons }),
    tell: (body, telling) => ({ ...stepFacts(body, telling), persons: body.persons.length }),
    says: 'confirmed the identity of {persons} persons in step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const at = refuseOpenStep(state, body, body.persons);
      if ('kind' in at) return at;
      const refused = refuseOthers(signer, ...receiversOf(state, at.leg));
      if (refused !== undefined) return refused;
      if (at.step.released === undefined) return { kind: 'StepNotReleased' };
      for (const id of body.persons) {
        if (at.step.confirmed.includes(id)) return { kind: 'ConfirmedAlready', entry: id };
      }
      return undefined;
    },
    evolve: (state, { body }) => {
      const { step } = getStep(state, body);
      const known = withEntries(state, body.persons, (entry) => ({ ...entry, identity: 'confirmed' }));
      return withStep(known, body, {
        ...step,
        confirmed: [...step.confirmed, ...body.persons],
        // Who was taken for somebody else, and is not, is known now.
        rejected: step.rejected.filter((id) => !body.persons.includes(id)),
      });
    },
  }),
  IdentityRejected: row({
    group: 'crossing',
    effect: 'none',
    body: members({ ...stepRef, person: entryId }),
    tell: (body, telling) => ({ ...stepFacts(body, telling), entry: body.person }),
    says: 'did not recognise a person in step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const at = refuseOpenStep(state, body, [body.person]);
      if ('kind' in at) return at;
      const refused = refuseOthers(signer, ...receiversOf(state, at.leg));
      if (refused !== undefined) return refused;
      return at.step.rejected.includes(body.person)
        ? { kind: 'PersonMisidentified', entry: body.person }
        : undefined;
    },
    evolve: (state, { body }, signer) => {
      const { step } = getStep(state, body);
      const known = withEntries(state, [body.person], (entry) => ({
        ...entry,
        identity: 'rejected',
        rejectedBy: signer.party.id,
      }));
      return withStep(known, body, {
        ...step,
        rejected: [...step.rejected, body.person],
        confirmed: step.confirmed.filter((id) => id !== body.person),
      });
    },
  }),
  PersonStayed: row({
    group: 'crossing',
    effect: 'moves-balance',
    body: members({
      ...stepRef,
      person: entryId,
      outcome: oneOf('stays', 'neutral-custody'),
      /** Why, sealed to whom it concerns. */
      grounds: optional(payloadId),
    }),
    tell: (body, telling) => ({
      ...stepFacts(body, telling),
      entry: body.person,
      word: { of: 'outcome', is: body.outcome },
    }),
    says: 'recorded that a person does not cross ({word}) in step {step}, leg {leg}, tranche {tranche}',
    roles: ['observer', 'officer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const at = refuseOpenStep(state, body, [body.person]);
      if ('kind' in at) return at;
      const refused = isWitnessed(state)
        ? refuseUnlessNeutral(state, signer)
        : refuseOthers(signer, at.leg.from);
      if (refused !== undefined) return refused;
      return at.step.received === undefined ? undefined : { kind: 'StepReceived' };
    },
    evolve: (state, { body }, signer) => {
      const without = withoutPersons(state, body, [body.person]);
      const told = withEntries(without, [body.person], (entry) => ({
        ...entry,
        clearedAtLine: false,
        whereabouts: body.outcome === 'stays' ? 'stayed' : 'neutral-custody',
        custodian: body.outcome === 'stays' ? undefined : signer.party.id,
      }));
      return withNotGoing(told, body.person, body.leg);
    },
  }),
  StepHalted: row({
    group: 'crossing',
    effect: 'stops',
    body: members({ ...stepRef, reason: haltReason }),
    tell: (body, telling) => ({ ...stepFacts(body, telling), word: { of: 'halt', is: body.reason } }),
    says: 'halted step {step}, leg {leg}, tranche {tranche} ({word})',
    roles: ['officer', 'observer', 'coordinator', 'medic', 'mediator'],
    period: 'accounting',
    refuse: (state, { body }, signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      const refused =
        signer.party.kind === 'power'
          ? refuseOthers(signer, at.leg.from, ...receiversOf(state, at.leg), ...powersOfLeg(at.leg))
          : undefined;
      if (refused !== undefined) return refused;
      if (at.step.closed && at.tranche.status !== 'live') return { kind: 'StepClosed' };
      // One standing halt says all that a party can say by it.
      return at.step.halts.some((halt) => halt.party === signer.party.id)
        ? { kind: 'KnownAlready', what: 'halt' }
        : undefined;
    },
    evolve: (state, { body }, signer) => {
      const { step } = getStep(state, body);
      return withStep(state, body, {
        ...step,
        halts: [...step.halts, { party: signer.party.id, reason: body.reason }],
      });
    },
  }),
  StepResumed: row({
    group: 'crossing',
    effect: 'starts',
    body: members(stepRef),
    tell: stepFacts,
    says: 'resumed step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer', 'observer', 'coordinator', 'medic', 'mediator'],
    period: 'running',
    refuse: (state, { body }, signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      return at.step.halts.some((halt) => halt.party === signer.party.id) ? undefined : { kind: 'NotHalted' };
    },
    evolve: (state, { body }, signer) => {
      const { step } = getStep(state, body);
      const halts: Step['halts'] = step.halts.filter((halt) => halt.party !== signer.party.id);
      return withStep(state, body, { ...step, halts });
    },
  }),
  PersonTurnedBack: row({
    group: 'crossing',
    effect: 'moves-balance',
    body: turningBack,
    tell: (body, telling) => ({ ...stepFacts(body, telling), persons: body.persons.length }),
    says: 'took back {persons} persons of step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer', 'observer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const at = refuseOpenStep(state, body, body.persons);
      if ('kind' in at) return at;
      const alone = mayTurnBackAlone(at.step, body.persons);
      const others = alone ? [] : [...receiversOf(state, at.leg), ...neutralsInForce(state)];
      return (
        refuseOthers(signer, at.leg.from, ...others) ?? refuseSecond(state, 'PersonTurnedBack', body, signer)
      );
    },
    evolve: (state, act, signer) => {
      const { step, leg } = getStep(state, act.body);
      if (mayTurnBackAlone(step, act.body.persons)) return turnBack(state, act);
      const said = { kind: 'PersonTurnedBack', body: act.body, signer };
      const { state: next, carried } = withJoint(
        state,
        said,
        (all) => all.some(({ party }) => party === leg.from) && all.some(({ party }) => party !== leg.from),
      );
      return carried ? turnBack(next, act) : next;
    },
  }),
  UnlistedReturnee: row({
    group: 'return',
    effect: 'moves-balance',
    body: members({ ...stepRef, opening, records: payloadId }),
    tell: (body, telling) => ({ ...stepFacts(body, telling), entry: body.opening.entry }),
    says: 'received a person who was on no list, step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer'],
    period: 'always',
    refuse: (state, { body }, signer: Signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      const refused = refuseOthers(signer, ...receiversOf(state, at.leg));
      if (refused !== undefined) return refused;
      if (at.step.released === undefined) return { kind: 'StepNotReleased' };
      return isIn(state.entries, body.opening.entry) ? { kind: 'KnownAlready', what: 'entry' } : undefined;
    },
    evolve: (state, { body }, signer) => {
      const { step } = getStep(state, body);
      const entry: Entry = {
        ...newEntry(body.opening, { list: undefined, owner: signer.party.id, kind: 'unlisted' }),
        tranche: body.tranche,
        leg: body.leg,
        step: body.step,
        identity: 'confirmed',
        whereabouts: 'received',
      };
      const known = { ...state, entries: setIn(state.entries, entry.id, entry) };
      return withStep(known, body, { ...step, unlisted: step.unlisted + 1 });
    },
  }),
  UnlistedWithdrawn: row({
    group: 'return',
    effect: 'moves-balance',
    body: members({ ...stepRef, entry: entryId }),
    tell: (body, telling) => ({ ...stepFacts(body, telling), entry: body.entry }),
    says: 'takes off a person recorded as on no list, step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer', 'observer'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      const others = isWitnessed(state) ? neutralsInForce(state) : [];
      const refused = refuseOthers(signer, ...receiversOf(state, at.leg), ...others);
      if (refused !== undefined) return refused;
      if (at.step.closed) return { kind: 'StepClosed' };
      const entry = findIn(state.entries, body.entry);
      const isHere = entry?.kind === 'unlisted' && entry.step === body.step && entry.tranche === body.tranche;
      if (!isHere || entry.leg !== body.leg) return { kind: 'PersonNotInStep', entry: body.entry };
      return refuseSecond(state, 'UnlistedWithdrawn', body, signer);
    },
    evolve: (state, { body }, signer) => {
      const { leg } = getStep(state, body);
      const receivers = receiversOf(state, leg);
      const said = { kind: 'UnlistedWithdrawn', body, signer };
      const { state: next, carried } = withJoint(
        state,
        said,
        (all) =>
          all.some(({ party }) => receivers.includes(party)) &&
          (!isWitnessed(state) || new Set(all.map(({ actor }) => actor)).size >= 2),
      );
      if (!carried) return next;
      const off = withEntries(next, [body.entry], (entry) => ({
        ...entry,
        struck: true,
        whereabouts: 'held',
        ...{ tranche: undefined, leg: undefined, step: undefined },
      }));
      const { step } = getStep(off, body);
      return withStep(off, body, {
        ...step,
        unlisted: step.unlisted - 1,
        arrivalByReceiver: undefined,
        arrivalByNeutral: undefined,
      });
    },
  }),
};
