/**
 * Movement to the line: notified and acknowledged before anybody leaves, a manifest for each step, heads counted
 * by giver and neutral.
 */
import type { EntryId } from '../act/ids.ts';
import { findIn, getFrom, setIn } from '../state/persistent-map.ts';
import type { PersistentMap } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { refuseOthers } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Entry, Exchange, Movement, Step, Tranche } from '../state/state.ts';
import { findStep, getStep, withMovement, withStep } from './step.ts';
import type { GateCondition, Leg } from '../act/terms.ts';
import { findLeg, refusePerson, refuseTwin, refuseUnlessApproved } from './tranche.ts';
import type { Said } from '../act/act.ts';
import {
  actId,
  crossingId,
  instant,
  legId,
  payloadId,
  persons,
  place,
  type Place,
  someCount,
  stepRef,
  trancheId,
} from '../act/vocabulary.ts';
import { members, oneOf, text, wholeNumber, yesOrNo, type Of } from '../../json/shape.ts';
import { type Facts, type Telling, row, trancheFacts, stepFacts } from './rule.ts';
import { receiversOf, neutralsInForce } from './parties.ts';
import { type PartyId } from '../act/ids.ts';
import { memberOf, powersOfLeg } from '../act/terms.ts';
import { type Notice } from '../state/state.ts';

const noticeBody = members({
  tranche: trancheId,
  leg: legId,
  crossing: crossingId,
  carrier: oneOf('road', 'rail', 'air'),
  vehicles: wholeNumber(1, 10_000),
  opens: instant,
  closes: instant,
  airspaceNeeded: yesOrNo,
  route: payloadId,
});
const manifestBody = members({ ...stepRef, vehicle: text(1, 64), persons });
const countBody = members({ ...stepRef, place, count: someCount });

interface Way {
  readonly leg: Leg;
  readonly tranche: Tranche;
  readonly movement: Movement;
}

function findWay(
  state: Exchange,
  at: { readonly tranche: Tranche['id']; readonly leg: Leg['id'] },
): Way | Refusal {
  const tranche = findIn(state.tranches, at.tranche);
  if (tranche === undefined) return { kind: 'Unknown', what: 'tranche' };
  const leg = findLeg(state, at.leg);
  const movement = findIn(tranche.movements, at.leg);
  if (leg === undefined || movement === undefined) return { kind: 'Unknown', what: 'leg' };
  return { leg, tranche, movement };
}

/** Persons that one step of a leg may hold: the agreed step, and what the crossing takes. */
export function stepSizeMax(state: Exchange, leg: Leg, movement: Movement): number {
  const terms = state.terms?.terms;
  const coupling = terms?.couplings.find((one) => one.legs.includes(leg.id));
  const agreed = coupling === undefined ? undefined : memberOf(coupling.stepSize, leg.id);
  const capacity = terms?.crossings.find((one) => one.id === movement.route?.crossing)?.capacity;
  return Math.min(agreed ?? Infinity, capacity ?? Infinity);
}

/** Persons of a leg that a gate may count: none by the word of one side alone. */
function confirmedOn(
  state: Exchange,
  { kind, leg }: Exclude<GateCondition, { kind: 'condition-met' }>,
): number {
  const count = findIn(state.legs, leg);
  if (count === undefined) return 0;
  // Before their step has closed, persons are received by one side's word, and the giver can still take them back.
  return kind === 'returned' ? count.returned : count.settled;
}

/** Gates of the terms that still hold a leg back in a tranche. */
export function shutGates(state: Exchange, leg: Leg['id'], tranche: number): readonly string[] {
  const shut: string[] = [];
  for (const gate of state.terms?.terms.gates ?? []) {
    if (gate.leg !== leg || tranche < gate.tranche) continue;
    const { requires } = gate;
    const holds =
      requires.kind === 'condition-met'
        ? findIn(state.conditions, requires.condition)?.met === true
        : confirmedOn(state, requires) >= requires.persons;
    if (!holds) shut.push(gate.id);
  }
  return shut;
}

/** Why a person on a manifest may not leave. The dead are asked nothing. */
export function refuseTraveller(entry: Entry): Refusal | undefined {
  if (entry.lane === 'remains') return undefined;
  if (entry.cleared === undefined) {
    return { kind: 'ClearanceMissing', entry: entry.id, stage: 'before-listing' };
  }
  return entry.cleared ? undefined : { kind: 'PersonNotCleared', entry: entry.id };
}

function refuseNotice(
  state: Exchange,
  { body }: Said<Of<typeof noticeBody>>,
  signer: Signer,
): Refusal | undefined {
  const way = findWay(state, body);
  if ('kind' in way) return way;
  const refused = refuseOthers(signer, way.leg.from) ?? refuseUnlessApproved(state, way.tranche);
  if (refused !== undefined) return refused;
  if (way.movement.route === undefined) return { kind: 'RouteMissing', leg: body.leg };
  return way.movement.route.crossing === body.crossing ? undefined : { kind: 'RouteDiffers', leg: body.leg };
}

function refuseManifest(
  state: Exchange,
  { body }: Said<Of<typeof manifestBody>>,
  signer: Signer,
): Refusal | undefined {
  const way = findWay(state, body);
  if ('kind' in way) return way;
  const refused = refuseOthers(signer, way.leg.from) ?? refuseUnlessApproved(state, way.tranche);
  if (refused !== undefined) return refused;
  const before = findIn(way.movement.steps, String(body.step));
  if (before?.departed === true) return { kind: 'StepDeparted' };
  const next = way.movement.steps.size + 1;
  if (before === undefined && body.step !== next) return { kind: 'StepOutOfOrder', next };
  const most = stepSizeMax(state, way.leg, way.movement);
  if (body.persons.length > most) return { kind: 'StepTooLarge', most };
  const named = new Set<EntryId>();
  for (const id of body.persons) {
    if (named.has(id)) return { kind: 'PersonRepeated', entry: id };
    named.add(id);
    const entry = findIn(state.entries, id);
    if (entry?.tranche !== body.tranche || entry.leg !== body.leg) {
      return { kind: 'PersonNotInTranche', entry: id };
    }
    if (entry.step !== undefined && entry.step !== body.step) {
      return { kind: 'PersonOnManifest', entry: id, step: entry.step };
    }
    const unfit = refusePerson(state, id, way.leg, body.tranche) ?? refuseTraveller(entry);
    if (unfit !== undefined) return unfit;
  }
  return undefined;
}

function evolveManifest(
  state: Exchange,
  { body }: Said<Of<typeof manifestBody>>,
  act: Step['manifest'],
): Exchange {
  const { movement } = findWay(state, body) as Way;
  const before = findIn(movement.steps, String(body.step));
  let entries: PersistentMap<EntryId, Entry> = state.entries;
  for (const id of before?.persons ?? []) {
    entries = setIn(entries, id, { ...getFrom(entries, id), step: undefined });
  }
  for (const id of body.persons) {
    entries = setIn(entries, id, { ...getFrom(entries, id), step: body.step, clearedAtLine: undefined });
  }
  const step: Step = {
    step: body.step,
    vehicle: body.vehicle,
    persons: body.persons,
    manifest: act,
    departed: false,
    released: undefined,
    received: undefined,
    departureByGiver: undefined,
    departureByNeutral: undefined,
    arrivalByReceiver: undefined,
    arrivalByNeutral: undefined,
    confirmed: [],
    rejected: [],
    unlisted: 0,
    halts: before?.halts ?? [],
    closed: false,
  };
  const more = body.persons.length - (before?.persons.length ?? 0);
  const next = withMovement({ ...state, entries }, body.tranche, {
    ...movement,
    waiting: movement.waiting - more,
    onManifest: movement.onManifest + more,
  });
  return withStep(next, body, step);
}

/** What holds `persons` of a leg back from departing together, the signer apart; nothing when they may depart. */
export function* departureHolds(state: Exchange, way: Way, persons: readonly EntryId[]): Generator<Refusal> {
  const unapproved = refuseUnlessApproved(state, way.tranche);
  if (unapproved !== undefined) yield unapproved;
  for (const gate of shutGates(state, way.leg.id, way.tranche.number)) yield { kind: 'GateShut', gate };
  if (way.movement.route === undefined) yield { kind: 'RouteMissing', leg: way.leg.id };
  if (way.movement.notice === undefined) yield { kind: 'NoticeMissing' };
  else if (!way.movement.acknowledged) yield { kind: 'NoticeNotAcknowledged' };
  const most = stepSizeMax(state, way.leg, way.movement);
  // The crossing may have changed since the manifest was made up.
  if (persons.length > most) yield { kind: 'StepTooLarge', most };
  for (const id of persons) {
    const entry = getFrom(state.entries, id);
    const unfit = refuseTraveller(entry);
    if (unfit !== undefined) yield unfit;
    const kept = entry.counterpart === undefined ? undefined : refuseTwin(state, entry.counterpart);
    if (kept !== undefined) yield kept;
  }
}

export function first(holds: Generator<Refusal>): Refusal | undefined {
  for (const hold of holds) return hold;
  return undefined;
}

function refuseCount(
  state: Exchange,
  { body }: Said<Of<typeof countBody>>,
  signer: Signer,
): Refusal | undefined {
  const at = findStep(state, body);
  if ('kind' in at) return at;
  const powers = body.place === 'departure' ? [at.leg.from] : receiversOf(state, at.leg);
  // The role tells the counter: a neutral's observer, or an officer of the power whose count it is.
  const counter = signer.role === 'observer' ? neutralsInForce(state) : powers;
  if (!counter.includes(signer.party.id)) return { kind: 'CountNotYours' };
  if (body.place === 'departure') {
    return at.step.released === undefined ? undefined : { kind: 'StepReleased' };
  }
  if (at.step.released === undefined) return { kind: 'StepNotReleased' };
  if (at.step.closed) return { kind: 'StepClosed' };
  return signer.role === 'officer' && at.step.received === undefined
    ? { kind: 'StepNotReceived' }
    : undefined;
}

function counterOf(at: Place, { state, party }: Telling): NonNullable<Facts['counter']> {
  const kind = party === undefined ? undefined : findIn(state.parties, party)?.kind;
  if (kind !== 'power') return 'neutral';
  return at === 'departure' ? 'giver' : 'receiver';
}

/** Who may acknowledge a movement for the other side: who receives, and whose the persons are. */
export function acknowledgersOf(state: Exchange, leg: Leg): readonly PartyId[] {
  const all = new Set([...receiversOf(state, leg), ...powersOfLeg(leg)]);
  all.delete(leg.from);
  return [...all];
}

/** Whose acknowledgement a movement still waits for: any one of each group. */
export function missingAcknowledgements(
  state: Exchange,
  leg: Leg,
  { acknowledgedBy }: Notice,
): readonly (readonly PartyId[])[] {
  const groups = [acknowledgersOf(state, leg), ...(leg.via ?? []).map((party) => [party])];
  return groups.filter((group) => !group.some((party) => acknowledgedBy.includes(party)));
}

export const movementActs = {
  MovementNotified: row({
    group: 'movement',
    effect: 'none',
    body: noticeBody,
    tell: ({ tranche, leg, crossing, vehicles, carrier }, telling) => ({
      ...trancheFacts(tranche, telling),
      leg,
      crossings: [crossing],
      vehicles,
      word: { of: 'carrier', is: carrier },
    }),
    says: 'notified the movement of leg {leg}, tranche {tranche}, to crossing {crossings} in {vehicles} vehicles',
    roles: ['officer', 'coordinator'],
    period: 'running',
    refuse: refuseNotice,
    evolve: (state, { body }, _signer, id) => {
      const { movement } = findWay(state, body) as Way;
      const notice = { id, tranche: body.tranche, leg: body.leg, acknowledgedBy: [] };
      return withMovement({ ...state, notices: setIn(state.notices, id, notice) }, body.tranche, {
        ...movement,
        notice: id,
        acknowledged: false,
      });
    },
  }),
  MovementAcknowledged: row({
    group: 'movement',
    effect: 'none',
    body: members({ notice: actId }),
    tell: ({ notice: id }, telling) => {
      const notice = findIn(telling.state.notices, id);
      return notice === undefined ? {} : { ...trancheFacts(notice.tranche, telling), leg: notice.leg };
    },
    says: 'acknowledged a movement notice',
    roles: ['officer', 'coordinator'],
    period: 'running',
    refuse: (state, { body }, signer) => {
      const notice = findIn(state.notices, body.notice);
      if (notice === undefined) return { kind: 'Unknown', what: 'movement notice' };
      const way = findWay(state, notice);
      if ('kind' in way) return way;
      const refused = refuseOthers(signer, ...acknowledgersOf(state, way.leg), ...(way.leg.via ?? []));
      if (refused !== undefined) return refused;
      if (way.movement.notice !== notice.id) return { kind: 'NoticeReplaced' };
      return notice.acknowledgedBy.includes(signer.party.id) ? { kind: 'SignedAlready' } : undefined;
    },
    evolve: (state, { body }, signer) => {
      const before = getFrom(state.notices, body.notice);
      const notice = { ...before, acknowledgedBy: [...before.acknowledgedBy, signer.party.id] };
      const { movement, leg } = findWay(state, notice) as Way;
      const acknowledged = missingAcknowledgements(state, leg, notice).length === 0;
      const notices = setIn(state.notices, notice.id, notice);
      return withMovement({ ...state, notices }, notice.tranche, { ...movement, acknowledged });
    },
  }),
  ManifestIssued: row({
    group: 'movement',
    effect: 'none',
    body: manifestBody,
    tell: (body, telling) => ({
      ...stepFacts(body, telling),
      vehicle: body.vehicle,
      persons: body.persons.length,
    }),
    says: 'issued the manifest of step {step}, leg {leg}, tranche {tranche}: {persons} persons',
    roles: ['officer', 'coordinator'],
    period: 'running',
    refuse: refuseManifest,
    evolve: (state, act, _signer, id) => evolveManifest(state, act, id),
  }),
  Departed: row({
    group: 'movement',
    effect: 'starts',
    body: members(stepRef),
    tell: stepFacts,
    says: 'reported the departure of step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer'],
    period: 'running',
    refuse: (state, { body }, signer) => {
      const at = findStep(state, body);
      if ('kind' in at) return at;
      if (at.step.departed) return { kind: 'StepDeparted' };
      return refuseOthers(signer, at.leg.from) ?? first(departureHolds(state, at, at.step.persons));
    },
    evolve: (state, { body }) => {
      const at = getStep(state, body);
      let entries: PersistentMap<EntryId, Entry> = state.entries;
      for (const id of at.step.persons) {
        entries = setIn(entries, id, {
          ...getFrom(entries, id),
          whereabouts: 'departed',
          // Who goes on from custody has been confirmed before, for the leg that led there.
          confirmedByGiver: false,
          confirmedByReceiver: false,
        });
      }
      const tranches = setIn(state.tranches, body.tranche, { ...at.tranche, departed: true });
      const gone = at.step.persons.length;
      const next = withMovement({ ...state, entries, tranches }, body.tranche, {
        ...at.movement,
        onManifest: at.movement.onManifest - gone,
        inMotion: at.movement.inMotion + gone,
      });
      return withStep(next, body, { ...at.step, departed: true });
    },
  }),
  HeadCounted: row({
    group: 'movement',
    effect: 'none',
    body: countBody,
    tell: (body, telling) => ({
      ...stepFacts(body, telling),
      place: body.place,
      persons: body.count,
      counter: counterOf(body.place, telling),
    }),
    says: 'counted {persons} heads at {place}, step {step}, leg {leg}, tranche {tranche}',
    roles: ['officer', 'observer'],
    period: 'always',
    refuse: refuseCount,
    evolve: (state, { body }, signer) => {
      const { step } = getStep(state, body);
      const byNeutral = signer.role === 'observer';
      const counted: Step =
        body.place === 'departure'
          ? byNeutral
            ? { ...step, departureByNeutral: body.count }
            : { ...step, departureByGiver: body.count }
          : byNeutral
            ? { ...step, arrivalByNeutral: body.count }
            : { ...step, arrivalByReceiver: body.count };
      return withStep(state, body, counted);
    },
  }),
};
