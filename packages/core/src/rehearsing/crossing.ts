/** The day itself: notice, manifest, counts, departure, the last question, release, receipt, faces, confirmation. */
import {
  findIn,
  findRoom,
  personsPerActMax,
  shutGates,
  stepSizeMax,
  type EntryId,
  type Leg,
  type LegId,
  type PartyId,
  type Step,
  type StepRef,
  type Tranche,
} from '../exchange/index.ts';
import { madeUpCommitment, madeUpHash, official } from './cast.ts';
import { openNumbers, propose, windowOf } from './choosing.ts';
import { toGroup, type Person } from './people.ts';
import type { Rehearsal } from './rehearsal.ts';
import { stages, type HappeningOf, type Stage } from './scenario.ts';
import { fail, inRuns, offer, type Script, type Steps } from './script.ts';

const isBefore = (stage: Stage, other: Stage): boolean => stages.indexOf(stage) < stages.indexOf(other);

const refOf = (tranche: Tranche, leg: LegId, step: number): StepRef => ({ tranche: tranche.id, leg, step });

/** Who receives the persons of a leg: where nobody does, the neutral who sees them set free. */
const receiverOf = (at: Rehearsal, leg: Leg): PartyId => leg.to ?? at.neutral ?? leg.from;

/** One step of a leg, drawn up and brought as far as `until`; a tranche is proposed where none is there. */
export function* give(at: Rehearsal, happening: Omit<HappeningOf<'give'>, 'do'>): Script {
  const { leg, persons, by, until = 'returned' } = happening;
  let tranche = at.liveTranches().find((one) => at.waiting(one, leg).length > 0);
  if (tranche === undefined) {
    yield* propose(at, {});
    tranche = at.liveTranches().find((one) => at.waiting(one, leg).length > 0);
  }
  if (tranche === undefined) {
    return yield* fail(`Nobody of leg ${leg} is in a tranche that is under way.`);
  }
  const waiting = at.personsOf(at.waiting(tranche, leg));
  const most = Math.min(sizeOf(at, tranche, leg), waiting.length);
  const going = yield* at.pick(persons ?? most, waiting, `of leg ${leg} in tranche ${tranche.number}`);
  if (going.length > personsPerActMax) {
    return yield* fail(`${going.length} persons are meant; one manifest names at most ${personsPerActMax}.`);
  }
  const step = yield* drawUp(at, { tranche, leg, vehicle: by }, going);
  yield* bring(at, step, until);
}

/** Persons that one step of a leg can hold. */
function sizeOf(at: Rehearsal, tranche: Tranche, leg: LegId): number {
  const movement = at.movement(tranche, leg);
  const size = movement === undefined ? Infinity : stepSizeMax(at.state, at.leg(leg), movement);
  return Math.min(size, personsPerActMax);
}

/** The notice, if it is not there, and the manifest of the next step. */
function* drawUp(
  at: Rehearsal,
  {
    tranche,
    leg,
    vehicle,
  }: { readonly tranche: Tranche; readonly leg: LegId; readonly vehicle: string | undefined },
  going: readonly Person[],
): Steps<StepRef> {
  yield* notify(at, tranche, leg);
  const officer = official(at.leg(leg).from, 'officer');
  const number = (at.movement(current(at, tranche), leg)?.steps.size ?? 0) + 1;
  const ref = refOf(tranche, leg, number);
  yield* offer(officer, 'ManifestIssued', {
    ...ref,
    vehicle: vehicle ?? `${leg} ${number}`,
    persons: going.map(({ entry }) => entry),
  });
  return ref;
}

/** The tranche as it is now. */
function current(at: Rehearsal, { id }: Tranche): Tranche {
  const now = findIn(at.state.tranches, id);
  if (now === undefined) {
    throw new Error('A tranche has gone from the record.');
  }
  return now;
}

function* notify(at: Rehearsal, tranche: Tranche, leg: LegId): Script {
  const form = at.leg(leg);
  const movement = at.movement(current(at, tranche), leg);
  if (movement?.acknowledged === true) {
    return;
  }
  let notice = movement?.notice;
  const { route } = movement ?? {};
  if (notice === undefined) {
    if (route === undefined) {
      return yield* fail(`Leg ${leg} of tranche ${tranche.number} has not been scheduled.`);
    }
    notice = yield* offer(official(form.from, 'officer'), 'MovementNotified', {
      ...{ tranche: tranche.id, leg, crossing: route.crossing, carrier: 'road', vehicles: 1 },
      ...{ ...windowOf(at.day), airspaceNeeded: false, route: madeUpHash(`route ${leg} ${tranche.number}`) },
    });
  }
  const done = findIn(at.state.notices, notice)?.acknowledgedBy ?? [];
  for (const party of new Set([receiverOf(at, form), ...(form.via ?? [])])) {
    if (!done.includes(party)) {
      yield* offer(official(party, 'officer'), 'MovementAcknowledged', { notice });
    }
  }
}

/** Brings a step as far as `until`, from wherever it is. */
export function* bring(at: Rehearsal, ref: StepRef, until: Stage): Script {
  const leg = at.leg(ref.leg);
  const giver = official(leg.from, 'officer');
  const receiver = official(receiverOf(at, leg), 'officer');
  const observer = at.neutral === undefined ? undefined : official(at.neutral, 'observer');
  const now = (): Step => stepOf(at, ref);
  if (until === 'manifest') {
    return;
  }
  if (!now().departed) {
    const count = now().persons.length;
    if (now().departureByGiver === undefined) {
      yield* offer(giver, 'HeadCounted', { ...ref, place: 'departure', count });
    }
    if (now().departureByNeutral === undefined && observer !== undefined) {
      yield* offer(observer, 'HeadCounted', { ...ref, place: 'departure', count });
    }
    yield* offer(giver, 'Departed', ref);
  }
  if (until === 'departed') {
    return;
  }
  if (now().released === undefined && leg.lane !== 'remains') {
    const unasked = now().persons.filter((id) => at.entry(id)?.clearedAtLine === undefined);
    for (const run of inRuns(unasked, personsPerActMax)) {
      // Where no neutral takes part, the party that has the persons says it.
      yield* offer(observer ?? giver, 'ClearanceRecorded', {
        stage: 'at-line',
        persons: run.map((entry) => ({ entry, cleared: true })),
      });
    }
  }
  if (until === 'line') {
    return;
  }
  // Whoever stepped back or was turned back at the line is counted no more.
  yield* recount(at, ref, giver, observer);
  if (now().persons.length + now().unlisted === 0) {
    return;
  }
  if (now().released === undefined) {
    yield* offer(giver, 'StepReleased', ref);
  }
  if (until === 'released') {
    return;
  }
  yield* receive(at, ref, { receiver, observer });
  if (isBefore(until, 'closed')) {
    return;
  }
  const unknown = now().persons.filter((id) => !now().confirmed.includes(id) && !now().rejected.includes(id));
  for (const persons of inRuns(now().closed ? [] : unknown, personsPerActMax)) {
    yield* offer(receiver, 'IdentityConfirmed', { ...ref, persons });
  }
  if (until !== 'closed') {
    yield* confirm(at, ref.leg, undefined, ref);
  }
}

function stepOf(at: Rehearsal, ref: StepRef): Step {
  const tranche = findIn(at.state.tranches, ref.tranche);
  const movement = tranche === undefined ? undefined : findIn(tranche.movements, ref.leg);
  const step = movement === undefined ? undefined : findIn(movement.steps, String(ref.step));
  if (step === undefined) {
    throw new Error('A step has gone from the record.');
  }
  return step;
}

/** Counts at the line that no longer fit who is in the step, by those who counted before. */
function* recount(
  at: Rehearsal,
  ref: StepRef,
  giver: ReturnType<typeof official>,
  observer: ReturnType<typeof official> | undefined,
): Script {
  const { released, persons, departureByGiver, departureByNeutral } = stepOf(at, ref);
  if (released !== undefined || persons.length === 0 || departureByGiver !== departureByNeutral) {
    return;
  }
  // Nobody changes another's count: when somebody has left the step, both counts are void.
  if (departureByGiver === persons.length) {
    return;
  }
  for (const counter of observer === undefined ? [giver] : [giver, observer]) {
    yield* offer(counter, 'HeadCounted', { ...ref, place: 'departure', count: persons.length });
  }
}

function* receive(
  at: Rehearsal,
  ref: StepRef,
  {
    receiver,
    observer,
  }: {
    readonly receiver: ReturnType<typeof official>;
    readonly observer: ReturnType<typeof official> | undefined;
  },
): Script {
  const arrived = (): number => stepOf(at, ref).persons.length + stepOf(at, ref).unlisted;
  if (stepOf(at, ref).received === undefined) {
    yield* offer(receiver, 'StepReceived', { ...ref, count: arrived() });
  }
  if (stepOf(at, ref).arrivalByNeutral === undefined && observer !== undefined && !stepOf(at, ref).closed) {
    yield* offer(observer, 'HeadCounted', { ...ref, place: 'arrival', count: arrived() });
  }
}

/** The step that a happening is about: the one that it names, or the newest of the leg that is still open. */
export function* openStep(
  at: Rehearsal,
  leg: LegId,
  number: number | undefined,
): Steps<{ readonly ref: StepRef; readonly step: Step }> {
  const steps = at.steps(leg).filter(({ tranche }) => tranche.status !== 'withdrawn');
  const found =
    number === undefined
      ? (steps.findLast(({ step }) => !step.closed) ?? steps.at(-1))
      : steps.findLast(({ step }) => step.step === number);
  if (found === undefined) {
    return yield* fail(
      number === undefined ? `No step of leg ${leg} has been drawn up.` : `Leg ${leg} has no step ${number}.`,
    );
  }
  return { ref: refOf(found.tranche, leg, found.step.step), step: found.step };
}

export function* cross(at: Rehearsal, { leg, step, until }: Omit<HappeningOf<'cross'>, 'do'>): Script {
  const { ref } = yield* openStep(at, leg, step);
  yield* bring(at, ref, until ?? 'returned');
}

/** Everybody of the tranche under way, step by step on all its legs: the legs that are tied stay in step. */
export function* carry(at: Rehearsal, happening: Omit<HappeningOf<'carry'>, 'do'>): Script {
  const { legs, all, steps = Infinity } = happening;
  let done = 0;
  for (;;) {
    let tranche = at.liveTranches().find((one) => isWaiting(at, one, legs));
    if (tranche === undefined) {
      if (done > 0 && (all !== true || !isAnybodyLeft(at, legs))) {
        return;
      }
      yield* propose(at, { only: legs });
      tranche = at.liveTranches().find((one) => isWaiting(at, one, legs));
    }
    if (tranche === undefined) {
      return yield* fail('Nobody is in a tranche that is under way.');
    }
    const moved = yield* carryRound(at, tranche, legs);
    if (!moved) {
      if (done === 0) {
        return yield* fail('A gate of the terms holds back everybody who is in the tranche.');
      }
      return;
    }
    done += 1;
    if (done >= steps) {
      return;
    }
  }
}

const legsOf = (tranche: Tranche): readonly LegId[] => Object.keys(tranche.persons) as LegId[];

/** Whether somebody of a tranche, on one of these legs, waits for a manifest. */
function isWaiting(at: Rehearsal, tranche: Tranche, only: readonly LegId[] | undefined): boolean {
  return legsOf(tranche).some((leg) => only?.includes(leg) !== false && at.waiting(tranche, leg).length > 0);
}

/** Whether somebody could still be proposed. */
function isAnybodyLeft(at: Rehearsal, only: readonly LegId[] | undefined): boolean {
  return openNumbers(at, only).some(([, count]) => count > 0);
}

/** One step on each leg that has somebody waiting and no shut gate; whether anybody moved. */
function* carryRound(at: Rehearsal, tranche: Tranche, only: readonly LegId[] | undefined): Steps<boolean> {
  const moving: StepRef[] = [];
  for (const leg of legsOf(tranche)) {
    const waiting = at.waiting(tranche, leg);
    const isHeld = shutGates(at.state, leg, tranche.number).length > 0;
    if (waiting.length === 0 || isHeld || only?.includes(leg) === false) {
      continue;
    }
    const going = at.personsOf(waiting.slice(0, sizeOf(at, tranche, leg)));
    const ref = yield* drawUp(at, { tranche, leg, vehicle: undefined }, going);
    yield* bring(at, ref, 'line');
    moving.push(ref);
  }
  for (let open: readonly StepRef[] = moving; open.length > 0;) {
    // Who would run ahead of a coupled leg waits until that leg has been received; if all would, the rules say so.
    const free = open.filter((ref) => hasRoom(at, ref));
    const now = free.length === 0 ? open.slice(0, 1) : free;
    for (const ref of now) {
      yield* bring(at, ref, 'released');
    }
    for (const ref of now) {
      yield* bring(at, ref, 'returned');
    }
    open = open.filter((ref) => !now.includes(ref));
  }
  return moving.length > 0;
}

/** Whether the interlock lets everybody of a step go now. */
function hasRoom(at: Rehearsal, ref: StepRef): boolean {
  const room = findRoom(at.state, ref.leg);
  return room === undefined || stepOf(at, ref).persons.length <= room.most;
}

/** Heads as somebody counts them, whoever is there. */
export function* count(at: Rehearsal, happening: Omit<HappeningOf<'count'>, 'do'>): Script {
  const { leg: id, giver, receiver, neutral } = happening;
  const { ref, step } = yield* openStep(at, id, happening.step);
  const leg = at.leg(id);
  const place = happening.place ?? (step.released === undefined ? 'departure' : 'arrival');
  if (giver !== undefined) {
    yield* offer(official(leg.from, 'officer'), 'HeadCounted', { ...ref, place: 'departure', count: giver });
  }
  if (receiver !== undefined) {
    const officer = official(receiverOf(at, leg), 'officer');
    if (stepOf(at, ref).received === undefined) {
      yield* offer(officer, 'StepReceived', { ...ref, count: receiver });
    } else {
      yield* offer(officer, 'HeadCounted', { ...ref, place: 'arrival', count: receiver });
    }
  }
  if (neutral !== undefined) {
    if (at.neutral === undefined) {
      return yield* fail('The terms name no neutral who could count.');
    }
    yield* offer(official(at.neutral, 'observer'), 'HeadCounted', { ...ref, place, count: neutral });
  }
}

/** Persons of a step, as a happening means them. */
function* pickInStep(
  at: Rehearsal,
  leg: LegId,
  step: number | undefined,
  wanted: HappeningOf<'refuse'>['persons'] | undefined,
): Steps<{ readonly ref: StepRef; readonly persons: readonly Person[] }> {
  const open = yield* openStep(at, leg, step);
  const inStep = at.personsOf(open.step.persons);
  const persons =
    wanted === undefined ? inStep : yield* at.pick(wanted, inStep, `of this step of leg ${leg}`);
  return { ref: open.ref, persons };
}

export function* refuseAtLine(at: Rehearsal, happening: Omit<HappeningOf<'refuse'>, 'do'>): Script {
  const { ref, persons } = yield* pickInStep(at, happening.leg, happening.step, happening.persons);
  const by =
    at.neutral === undefined
      ? official(at.leg(happening.leg).from, 'officer')
      : official(at.neutral, 'observer');
  for (const { entry } of persons) {
    yield* offer(by, 'PersonStayed', {
      ...{ ...ref, person: entry, outcome: happening.outcome ?? 'stays' },
    });
  }
}

export function* misidentify(at: Rehearsal, happening: Omit<HappeningOf<'misidentify'>, 'do'>): Script {
  const { ref, persons } = yield* pickInStep(at, happening.leg, happening.step, happening.persons);
  const officer = official(receiverOf(at, at.leg(happening.leg)), 'officer');
  for (const { entry } of persons) {
    yield* offer(officer, 'IdentityRejected', { ...ref, person: entry });
  }
}

/** Persons go back with the giver: those named, or else those who are not who the manifest says, or else all. */
export function* turnBack(at: Rehearsal, happening: Omit<HappeningOf<'turn-back'>, 'do'>): Script {
  const { ref, persons } = yield* pickInStep(at, happening.leg, happening.step, happening.persons);
  const { rejected } = stepOf(at, ref);
  const back =
    happening.persons === undefined && rejected.length > 0
      ? persons.filter(({ entry }) => rejected.includes(entry))
      : persons;
  if (back.length === 0) {
    return yield* fail('Nobody is in the step who could be turned back.');
  }
  for (const run of inRuns(back, personsPerActMax)) {
    const body = { ...ref, persons: run.map(({ entry }) => entry) };
    const leg = at.leg(happening.leg);
    yield* offer(official(leg.from, 'officer'), 'PersonTurnedBack', body);
    // After receipt it takes the receiver's word as well.
    if (run.some(({ entry }) => stepOf(at, ref).persons.includes(entry))) {
      yield* offer(official(receiverOf(at, leg), 'officer'), 'PersonTurnedBack', body);
    }
  }
}

/** Persons arrive who were on no list. */
export function* arriveUnlisted(at: Rehearsal, happening: Omit<HappeningOf<'arrive'>, 'do'>): Script {
  const { leg: id, unlisted, category } = happening;
  const { ref } = yield* openStep(at, id, happening.step);
  const leg = at.leg(id);
  const group = `${id}-unlisted`;
  const from = at.groups.get(group)?.persons.length ?? 0;
  const form = {
    leg: id,
    count: unlisted,
    list: 'none' as const,
    ...(category === undefined ? {} : { category }),
  };
  const arrived = toGroup(group, form, from);
  at.admit(arrived);
  for (const { entry, name, category: is } of arrived.persons) {
    yield* offer(official(receiverOf(at, leg), 'officer'), 'UnlistedReturnee', {
      ...ref,
      opening: {
        ...{
          entry,
          commitment: madeUpCommitment(entry),
          category: is,
          lane: leg.lane,
        },
      },
      records: madeUpHash(`record ${name}`),
    });
  }
}

/** Giver and receiver, or one of them, confirm everybody who has arrived and is known by face. */
export function* confirm(
  at: Rehearsal,
  leg: LegId,
  party: PartyId | undefined,
  only?: StepRef,
  named?: readonly EntryId[],
): Script {
  const form = at.leg(leg);
  const receiver = receiverOf(at, form);
  const parties = party === undefined ? [form.from, receiver] : [party];
  const unlisted = at.groups.get(`${leg}-unlisted`)?.persons.map(({ entry }) => entry) ?? [];
  let done = 0;
  for (const tranche of at.liveAndEnded()) {
    if (only !== undefined && only.tranche !== tranche.id) {
      continue;
    }
    const listed = only === undefined ? (tranche.persons[leg] ?? []) : stepOf(at, only).persons;
    for (const by of parties) {
      const arrived = [...listed, ...unlisted].filter((id) => {
        const entry = at.entry(id);
        return (
          entry?.tranche === tranche.id &&
          entry.leg === leg &&
          entry.whereabouts === 'received' &&
          (only === undefined || only.step === entry.step) &&
          (named === undefined || named.includes(id)) &&
          !(by === form.from ? entry.confirmedByGiver : entry.confirmedByReceiver)
        );
      });
      for (const persons of inRuns(arrived, personsPerActMax)) {
        done += 1;
        yield* offer(official(by, 'officer'), 'ReturnConfirmed', { tranche: tranche.id, leg, persons });
      }
    }
  }
  if (done === 0 && only === undefined) {
    yield* fail(`Nobody of leg ${leg} has arrived whose return is still to be confirmed.`);
  }
}

export function* halt(at: Rehearsal, happening: Omit<HappeningOf<'halt'>, 'do'>): Script {
  const { ref } = yield* openStep(at, happening.leg, happening.step);
  yield* offer(whoStops(at, happening.party), 'StepHalted', {
    ...{ ...ref, reason: happening.reason ?? 'party-decision' },
  });
}

export function* goOn(at: Rehearsal, happening: Omit<HappeningOf<'go-on'>, 'do'>): Script {
  const { ref } = yield* openStep(at, happening.leg, happening.step);
  yield* offer(whoStops(at, happening.party), 'StepResumed', ref);
}

/** Who of a party stops a step. */
function whoStops(at: Rehearsal, party: PartyId): ReturnType<typeof official> {
  const kind = at.parties.get(party)?.kind;
  return official(
    party,
    kind === 'host' || kind === 'mediator' ? 'mediator' : kind === 'neutral' ? 'observer' : 'officer',
  );
}
