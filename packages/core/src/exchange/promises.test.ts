/**
 * The promises under random acts: persons who do what is next, and persons who do anything at all.
 *
 * The oracle beside each promise keeps its own books from the accepted acts alone and never looks at the decider's.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act, ActKind, Bodies } from './acts.ts';
import type { StepRef } from './act/vocabulary.ts';
import { findShapeFault } from './envelope.ts';
import { termsHash } from './rules/agreement.ts';
import { findAwaited } from './reading/awaited.ts';
import type { Awaited, AwaitedKind } from './reading/awaited.ts';
import { decide, evolve, findSigningKey } from './decide.ts';
import { describeAct } from './reading/description.ts';
import type { ActId, ContentHash, EntryId, KeyFingerprint, LegId, PartyId, TrancheId } from './act/ids.ts';
import { findRoom } from './rules/interlock.ts';
import { findIn, getFrom, isIn, valuesOf } from './state/persistent-map.ts';
import {
  byLeg,
  legOf,
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  powerRoles,
  Rehearsal,
  soughtOf,
  receiverOf,
} from '../../testing/rehearsal.ts';
import type { Player } from '../../testing/rehearsal.ts';
import { toSentence } from './rules/refusal.ts';
import { hasSigned } from './rules/rule.ts';
import { initial } from './state/state.ts';
import type { Entry, Movement, Signature, Step, Tranche } from './state/state.ts';
import { findMoving, heldBack } from './reading/summary.ts';
import type { Coupling, Terms } from './act/terms.ts';

const there = 'A-B' as LegId;
const back = 'B-A' as LegId;
const legs = [there, back];
const persons = 6;
const coupling: Coupling = { legs, stepSize: byLeg({ 'A-B': 2, 'B-A': 1 }) };
const terms: Terms = madeUpTerms({
  legs: [
    { id: there, from: 'A' as PartyId, to: 'B' as PartyId, lane: 'exchange', count: 6 },
    { id: back, from: 'B' as PartyId, to: 'A' as PartyId, lane: 'exchange', count: 3 },
  ],
  parity: [{ kind: 'ratio', sides: legs.map((id) => [id]), persons: [2, 1] }],
  couplings: [coupling],
  gates: [
    {
      id: 'across',
      leg: back,
      tranche: 2,
      requires: { kind: 'received', leg: there, persons: 2 },
    },
    { id: 'home', leg: there, tranche: 3, requires: { kind: 'returned', leg: back, persons: 1 } },
  ],
});
/** What the terms may be amended to: the same legs, gates and coupling in other words. */
const amendments: readonly Terms[] = [terms, ...[1, 2].map((verdictDays) => ({ ...terms, verdictDays }))];
const tranches = [1, 2, 3].map((n) => madeUpId(`random tranche ${n}`) as TrancheId);
const everybody = [...personsOf(there, persons), ...personsOf(back, persons), ...soughtOf(there, persons)];
/** Entries that may be added late to the list of those whom B holds. */
const lates = personsOf('late', 2);

/** Everything up to terms in force, once for all runs. */
const agreed = ((): Rehearsal => {
  const rehearsal = new Rehearsal('promises');
  rehearsal.open(['A', 'B'], ['N']);
  rehearsal.agree(terms);
  return rehearsal;
})();

/** And lists that were opened and answered; nobody has been asked yet. */
const listed = ((): Rehearsal => {
  const rehearsal = agreed.fork();
  rehearsal.list(terms, [
    { leg: there, persons, matched: true },
    { leg: back, persons },
  ]);
  return rehearsal;
})();

/** And everything else up to the first proposal. */
const prepared = ((): Rehearsal => {
  const rehearsal = listed.fork();
  for (const leg of legs) {
    rehearsal.askAndExamine('N', legOf(terms, leg).from, personsOf(leg, persons));
  }
  rehearsal.askAndExamine('N', 'A', soughtOf(there, persons));
  return rehearsal;
})();

/** Random sequences number their acts instead of hashing them. */
for (const rehearsal of [agreed, listed, prepared]) {
  rehearsal.idOf = (_act, count) => count.toString(16).padStart(64, '0') as ActId;
}

/** Keys that two persons of a power may grant: to somebody new, and to its coordinator, who is one person still. */
const newcomers: readonly Player[] = ['A', 'B'].flatMap((party) => [
  player(party, 'approver', 'late'),
  player(party, 'approver', 'coordinator'),
]);
const crowd: readonly Player[] = [
  ...['A', 'B'].flatMap((party) => powerRoles.map((role) => player(party, role))),
  ...newcomers,
  player('N', 'observer'),
  player('HOST', 'mediator'),
];
const observer = player('N', 'observer');
const giver = (leg: LegId): Player => player(legOf(terms, leg).from, 'officer');
const receiver = (leg: LegId): Player => player(receiverOf(terms, legOf(terms, leg)), 'officer');

interface Whim {
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
const whims = fc.array(
  fc.record({
    what: fc.nat(99),
    a: fc.nat(1000),
    b: fc.nat(1000),
    c: fc.nat(1000),
  }),
  { minLength: 20, maxLength: 80, size: 'max' },
);

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!;
const window = { opens: '2025-05-23T06:00:00.000Z', closes: '2025-05-23T18:00:00.000Z' };

const noticeOf = (tranche: TrancheId, leg: LegId): Bodies['MovementNotified'] => ({
  tranche,
  leg,
  crossing: terms.crossings[0]!.id,
  carrier: 'road',
  vehicles: 1,
  ...window,
  airspaceNeeded: false,
  route: madeUpHash('route'),
});

/** The key by which a power's second pair of eyes signs, as long as one stands. */
function approverOf(rehearsal: Rehearsal, party: string): Player {
  const all = [player(party, 'approver'), player(party, 'approver', 'late')];
  const stands = ({ key }: Player): boolean => {
    const found = findIn(rehearsal.state.keys, key);
    return found?.publicKey !== undefined && found.revoked === undefined;
  };
  return all.find(stands) ?? all[0]!;
}

function liveTranche(rehearsal: Rehearsal): Tranche | undefined {
  for (const tranche of valuesOf(rehearsal.state.tranches)) if (tranche.status === 'live') return tranche;
  return undefined;
}

/** What somebody who wants the exchange to go on would do next on one leg. */
function advance(rehearsal: Rehearsal, { a, b }: Whim): void {
  const { state } = rehearsal;
  const say = <K extends ActKind>(by: Player, kind: K, body: Bodies[K]): void =>
    void rehearsal.attempt(by, kind, body);
  const suspension = state.suspensions[0];
  if (suspension !== undefined) {
    say(player(suspension.party, suspension.party === 'N' ? 'observer' : 'coordinator'), 'ExchangeResumed', {
      suspension: suspension.act,
    });
    return;
  }
  const tranche = liveTranche(rehearsal);
  if (state.status === 'cancelled') {
    accountFor(rehearsal, a);
    return;
  }
  if (tranche !== undefined && tranche.terms !== state.terms!.hash) {
    const { id, number, persons, departed } = tranche;
    if (departed) say(player('A', 'coordinator'), 'TrancheCancelled', { tranche: id });
    else say(player('A', 'coordinator'), 'TrancheProposed', { tranche: id, number, persons });
    return;
  }
  if (tranche === undefined) {
    // Of a tranche that was cancelled, who had left is accounted for first, as often as not.
    if (b % 3 > 0 && accountFor(rehearsal, a)) return;
    const free = (leg: LegId): readonly EntryId[] =>
      personsOf(leg, persons).filter((id) => {
        const entry = getFrom(state.entries, id);
        return entry.whereabouts === 'held' && !entry.struck && entry.identity !== 'rejected';
      });
    const size = 1 + (a % 3);
    const number = 1 + [...valuesOf(state.tranches)].length;
    const id = madeUpId(`random tranche ${number}`) as TrancheId;
    // Now and then of anybody, also of who is gone, and by either of two matched entries.
    const anybody = [...soughtOf(there, persons), ...personsOf(there, persons)];
    const from = (all: readonly EntryId[], n: number): readonly EntryId[] =>
      all.map((_, i) => pick(all, i + b)).slice(0, n);
    const give = b % 2 === 0 ? free(there).slice(0, 2 * size) : from(anybody, 2 * size);
    const take = b % 4 === 1 ? from(personsOf(back, persons), size) : free(back).slice(0, size);
    say(player('A', 'coordinator'), 'TrancheProposed', {
      tranche: id,
      number,
      persons: byLeg({ [there]: give, [back]: take }),
    });
    return;
  }
  for (const party of ['A', 'B']) {
    for (const person of [player(party, 'coordinator'), approverOf(rehearsal, party)]) {
      if (tranche.approvals.some((approval) => approval.actor === person.actor)) continue;
      say(person, 'TrancheApproved', { tranche: tranche.id, hash: tranche.hash });
      return;
    }
  }
  const leg = pick(legs, a);
  const movement = findIn(tranche.movements, leg);
  if (movement !== undefined) advanceLeg(rehearsal, tranche, movement, b);
}

/** What is said of somebody who left in a tranche that has ended since; nothing when there is nobody left. */
function accountFor(rehearsal: Rehearsal, a: number): boolean {
  const moving = findMoving(rehearsal.state);
  if (moving.length === 0) return false;
  const { person, tranche, leg, step: number, whereabouts } = pick(moving, a);
  const ref = { tranche, leg, step: number };
  const step = rehearsal.step(ref) as Step;
  if (whereabouts === 'departed' && !step.closed) {
    rehearsal.attempt(giver(leg), 'PersonTurnedBack', { ...ref, persons: [person] });
  } else if (!step.closed) advanceStep(rehearsal, ref, step);
  else {
    const entry = getFrom(rehearsal.state.entries, person);
    const by = entry.confirmedByGiver ? receiver(leg) : giver(leg);
    rehearsal.attempt(by, 'ReturnConfirmed', { tranche, leg, persons: [person] });
  }
  return true;
}

function advanceLeg(rehearsal: Rehearsal, tranche: Tranche, movement: Movement, b: number): void {
  const { state } = rehearsal;
  const { leg } = movement;
  const say = <K extends ActKind>(by: Player, kind: K, body: Bodies[K]): void =>
    void rehearsal.attempt(by, kind, body);
  if (movement.route === undefined) {
    const route = { crossing: terms.crossings[0]!.id, ...window };
    say(rehearsal.host, 'TrancheScheduled', {
      tranche: tranche.id,
      hash: tranche.hash,
      routes: legs.filter((id) => isIn(tranche.movements, id)).map((id) => ({ leg: id, ...route })),
    });
    return;
  }
  if (movement.notice === undefined) {
    say(giver(leg), 'MovementNotified', noticeOf(tranche.id, leg));
    return;
  }
  if (!movement.acknowledged) {
    say(receiver(leg), 'MovementAcknowledged', { notice: movement.notice });
    return;
  }
  const steps = [...valuesOf(movement.steps)];
  const step = steps.find((one) => !one.closed);
  if (step !== undefined) {
    advanceStep(rehearsal, { tranche: tranche.id, leg, step: step.step }, step);
    return;
  }
  const waiting = tranche.persons[leg]!.filter((id) => {
    const entry = getFrom(state.entries, id);
    return entry.tranche === tranche.id && entry.whereabouts === 'held' && entry.step === undefined;
  });
  if (waiting.length > 0) {
    const most = Math.min(coupling.stepSize[leg]!, Math.max(1, findRoom(state, leg)?.most ?? 1));
    const ref = { tranche: tranche.id, leg, step: steps.length + 1 };
    say(giver(leg), 'ManifestIssued', { ...ref, vehicle: 'bus', persons: waiting.slice(0, most) });
    return;
  }
  const received = tranche.persons[leg]!.filter((id) => {
    const entry = getFrom(state.entries, id);
    const confirmed = b % 2 === 0 ? entry.confirmedByGiver : entry.confirmedByReceiver;
    return entry.tranche === tranche.id && entry.whereabouts === 'received' && !confirmed;
  });
  const confirmer = b % 2 === 0 ? giver(leg) : receiver(leg);
  if (received.length > 0) {
    say(confirmer, 'ReturnConfirmed', { tranche: tranche.id, leg, persons: received });
    return;
  }
  const returned: Record<string, number> = {};
  for (const one of valuesOf(tranche.movements)) returned[one.leg] = one.returned;
  say(observer, 'TrancheCertified', { tranche: tranche.id, returned });
}

function advanceStep(rehearsal: Rehearsal, ref: StepRef, step: Step): void {
  const say = <K extends ActKind>(by: Player, kind: K, body: Bodies[K]): void =>
    void rehearsal.attempt(by, kind, body);
  const { leg } = ref;
  const here = step.persons.length;
  const arrived = here + step.unlisted;
  const unasked = step.persons.filter(
    (id) => getFrom(rehearsal.state.entries, id).clearedAtLine === undefined,
  );
  const unwilling = step.persons.find((id) => getFrom(rehearsal.state.entries, id).clearedAtLine === false);
  const halt = step.halts[0];
  if (halt !== undefined) {
    say(player(halt.party, halt.party === 'N' ? 'observer' : 'officer'), 'StepResumed', ref);
  } else if (step.departureByGiver !== here && step.released === undefined) {
    say(giver(leg), 'HeadCounted', { ...ref, place: 'departure', count: here });
  } else if (step.departureByNeutral !== here && step.released === undefined) {
    say(observer, 'HeadCounted', { ...ref, place: 'departure', count: here });
  } else if (!step.departed) say(giver(leg), 'Departed', ref);
  else if (step.rejected.length > 0) say(giver(leg), 'PersonTurnedBack', { ...ref, persons: step.rejected });
  else if (unwilling !== undefined) {
    say(observer, 'PersonStayed', { ...ref, person: unwilling, outcome: 'stays' });
  } else if (unasked.length > 0 && step.released === undefined) {
    say(observer, 'ClearanceRecorded', {
      stage: 'at-line',
      persons: unasked.map((entry) => ({ entry, cleared: true })),
    });
  } else if (step.released === undefined) say(giver(leg), 'StepReleased', ref);
  else if (step.received === undefined) say(receiver(leg), 'StepReceived', { ...ref, count: arrived });
  else if (step.arrivalByReceiver !== arrived) {
    say(receiver(leg), 'HeadCounted', { ...ref, place: 'arrival', count: arrived });
  } else if (step.arrivalByNeutral !== arrived) {
    say(observer, 'HeadCounted', { ...ref, place: 'arrival', count: arrived });
  } else {
    const unknown = step.persons.filter((id) => !step.confirmed.includes(id));
    if (unknown.length > 0) say(receiver(leg), 'IdentityConfirmed', { ...ref, persons: unknown });
  }
}

/** Anything at all, by anybody, about anything. */
function disturb(rehearsal: Rehearsal, { what, a, b, c }: Whim): void {
  const { state } = rehearsal;
  const live = liveTranche(rehearsal);
  const tranche = live !== undefined && a % 4 !== 0 ? live.id : pick(tranches, a);
  const leg = pick(legs, b);
  const ref: StepRef = { tranche, leg, step: 1 + (c % 4) };
  const found = findIn(state.tranches, tranche);
  const hash = found?.hash ?? (madeUpHash('nothing') as string as ContentHash);
  const movement = found === undefined ? undefined : findIn(found.movements, leg);
  const step = movement === undefined ? undefined : findIn(movement.steps, String(ref.step));
  const someone = pick(step?.persons.length === 0 ? everybody : (step?.persons ?? everybody), c);
  const anyone = pick([...everybody, ...lates.filter((id) => isIn(state.entries, id))], a + b);
  const by = pick(crowd, a + c);
  const say = <K extends ActKind>(who: Player, kind: K, body: Bodies[K]): void =>
    void rehearsal.attempt(c % 5 === 0 ? by : who, kind, body);
  const acceptAs = (power: string, n: number): void => {
    const signers = [player(power, 'coordinator'), approverOf(rehearsal, power), ...newcomers];
    for (const signer of n % 2 === 0 ? signers : signers.slice(1))
      say(signer, 'TermsAccepted', { terms: termsHash(pick(amendments, n)) });
  };
  switch (what % 32) {
    case 0:
    case 1:
      say(giver(leg), 'StepReleased', ref);
      return;
    case 2:
      say(receiver(leg), 'StepReceived', { ...ref, count: b % 4 });
      return;
    case 3:
      say(receiver(leg), 'IdentityRejected', { ...ref, person: someone });
      return;
    case 4:
    case 5:
      say(c % 5 === 0 ? observer : giver(leg), 'PersonTurnedBack', { ...ref, persons: [someone] });
      return;
    case 6:
      say(observer, 'PersonStayed', {
        ...ref,
        person: someone,
        outcome: c % 2 === 0 ? 'stays' : 'neutral-custody',
      });
      return;
    case 7:
      say(giver(leg), 'ManifestIssued', { ...ref, vehicle: 'bus', persons: [anyone] });
      return;
    case 8:
      say(giver(leg), 'Departed', ref);
      return;
    case 9:
      say(b % 2 === 0 ? observer : receiver(leg), 'HeadCounted', { ...ref, place: 'arrival', count: a % 3 });
      return;
    case 10:
      say(observer, 'HeadCounted', { ...ref, place: 'departure', count: a % 3 });
      return;
    case 11:
      say(receiver(leg), 'IdentityConfirmed', { ...ref, persons: [someone] });
      return;
    case 12:
      say(a % 2 === 0 ? giver(leg) : receiver(leg), 'ReturnConfirmed', { tranche, leg, persons: [someone] });
      return;
    case 13:
      say(pick([player('A', 'coordinator'), player('B', 'approver')], a), 'ApprovalWithdrawn', {
        tranche,
        hash,
      });
      return;
    case 14:
      say(pick(crowd, b), 'TrancheApproved', { tranche, hash });
      return;
    case 15:
      if (c % 3 === 0) say(player('B', 'coordinator'), 'TrancheCancelled', { tranche });
      return;
    case 16:
      say(player(pick(['A', 'B'], a), 'coordinator'), 'ExchangeSuspended', {});
      return;
    case 17:
      say(player('N', 'observer'), 'StepHalted', { ...ref, reason: 'security' });
      return;
    case 18:
      say(receiver(leg), 'UnlistedReturnee', {
        ...ref,
        opening: {
          entry: madeUpId(`unlisted ${a} ${b} ${c}`) as EntryId,
          commitment: player('A', 'medic').publicKey,
          category: 'military',
          lane: 'exchange',
        },
        records: madeUpHash('unlisted'),
      });
      return;
    case 19:
      if (b % 3 === 0)
        say(pick([giver(leg), receiver(leg), observer], c), 'DeathRecorded', { entry: anyone });
      else say(player(pick(['A', 'B'], a), 'coordinator'), 'EntryStruck', { entry: anyone });
      return;
    case 20:
      say(observer, 'ClearanceRecorded', {
        stage: a % 2 === 0 ? 'at-line' : 'before-listing',
        persons: [{ entry: someone, cleared: b % 3 === 0 }],
      });
      return;
    case 21: {
      // A proposal of whoever, by either entry, also of persons who are gone.
      const give = pick([personsOf(there, persons), soughtOf(there, persons)], a).slice(b % 4, (b % 4) + 2);
      say(player('B', 'coordinator'), 'TrancheProposed', {
        tranche: pick(tranches, c),
        number: 1 + (a % 3),
        persons: byLeg({
          [there]: give,
          [back]: c % 4 === 0 ? [pick(lates, a)] : personsOf(back, 1, c % persons),
        }),
      });
      return;
    }
    case 22:
      say(player('N', 'observer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: anyone, cleared: b % 2 !== 0 }],
      });
      return;
    case 23:
      if (c % 7 === 0) {
        say(player(pick(['A', 'B'], a), 'coordinator'), 'KeyRevoked', {
          key: pick([player(pick(['A', 'B'], a), 'approver'), ...newcomers], b).key,
          reason: pick(['stolen', 'lost', 'retired'] as const, b),
        });
      }
      return;
    case 24:
      say(player(pick(['A', 'B'], b), 'coordinator'), 'EntryJudged', {
        judgements: [{ entry: anyone, verdict: a % 2 === 0 ? 'acknowledged' : 'identity-queried' }],
      });
      return;
    case 25:
      say(player('N', 'observer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: pick(lates, c), cleared: true }],
      });
      say(observer, 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: pick(lates, c), cleared: true }],
      });
      return;
    case 26:
      if (c % 4 === 0) {
        const replaces = state.terms!.hash;
        say(rehearsal.host, 'TermsAmended', { replaces, terms: pick(amendments, a) });
        // As often as not both sides take it at once; else one at a time does, by whichever keys.
        if (b % 2 === 0) for (const power of ['A', 'B']) acceptAs(power, a);
      }
      return;
    case 27:
    case 28:
      acceptAs(pick(['A', 'B'], a), b);
      return;
    case 29: {
      const { party, actor, role, key, publicKey } = pick(newcomers, a);
      const granting = [player(party, 'coordinator'), player(party, 'approver')];
      for (const one of b % 2 === 0 ? granting : [pick(granting, c)]) {
        say(one, 'RoleGranted', { actor, role, key });
      }
      if (c % 2 === 0) say(pick(newcomers, a), 'KeyEnrolled', { publicKey });
      return;
    }
    case 30: {
      const entry = pick(lates, a);
      const signer = player(c % 2 === 0 ? 'B' : 'A', b % 2 === 0 ? 'coordinator' : 'approver');
      say(signer, 'EntryAdded', lateEntry(entry));
      return;
    }
    case 31:
      if (c % 16 === 0) say(player(pick(['A', 'B'], a), 'approver'), 'ExchangeCancelled', {});
      return;
    default:
      // What was said once is said again.
      rehearsal.offer(pick(rehearsal.acts, a * 1000 + b));
  }
}

function lateEntry(entry: EntryId): Bodies['EntryAdded'] {
  return {
    list: prepared.listId('B' as PartyId, 'held'),
    opening: {
      entry,
      commitment: player('B', 'medic').publicKey,
      category: 'military',
      lane: 'exchange',
    },
    records: madeUpHash('late'),
  };
}

type Draft = ReturnType<Rehearsal['draft']>;

/** What is awaited of one of its parties, where it is awaited, and who signs for that party. */
interface Duty {
  readonly rehearsal: Rehearsal;
  readonly one: Awaited;
  readonly party: PartyId;
  readonly by: Player;
}

/** Persons of a power who could sign and have not. */
function signersOf({ rehearsal, party }: Duty, signed: readonly Signature[]): readonly Player[] {
  const { state } = rehearsal;
  return [player(party, 'coordinator'), player(party, 'approver'), ...newcomers].filter((one) => {
    const key = one.party === party ? findIn(state.keys, one.key) : undefined;
    const stands = key?.publicKey !== undefined && key.revoked === undefined;
    return stands && !hasSigned(state, signed, one.actor);
  });
}

const tranchesOf = ({ rehearsal, one }: Duty): readonly Tranche[] =>
  [...valuesOf(rehearsal.state.tranches)].filter(({ number }) => number === one.tranche);

/** Acts on the leg that is meant, from its place and the persons of it who are still in the tranche. */
function onLeg(
  duty: Duty,
  drafts: (at: {
    readonly ref: StepRef;
    readonly movement: Movement;
    readonly all: readonly Entry[];
  }) => readonly Draft[],
): readonly Draft[] {
  const { rehearsal, one } = duty;
  return tranchesOf(duty).flatMap((tranche) => {
    const movement = one.leg === undefined ? undefined : findIn(tranche.movements, one.leg);
    if (movement === undefined) return [];
    const { leg, steps } = movement;
    const all = (tranche.persons[leg] ?? [])
      .map((person) => getFrom(rehearsal.state.entries, person))
      .filter((entry) => entry.tranche === tranche.id);
    return drafts({ ref: { tranche: tranche.id, leg, step: one.step ?? steps.size + 1 }, movement, all });
  });
}

/** Acts on the step that is meant. */
const onStep = (duty: Duty, drafts: (ref: StepRef, step: Step) => readonly Draft[]): readonly Draft[] =>
  onLeg(duty, ({ ref, movement }) => {
    const step = findIn(movement.steps, String(ref.step));
    return step === undefined ? [] : drafts(ref, step);
  });

const ofList = (kind: 'ListSealed' | 'ListOpened', { rehearsal, one, party }: Duty): readonly Draft[] =>
  listed.acts.filter(({ act }) => act.kind === kind && act.body.list === rehearsal.listId(party, one.list!));

/** Acts by which a party could do what is awaited of it; of persons, one act for each of them. */
const deeds: Readonly<Record<AwaitedKind, (duty: Duty) => readonly Draft[]>> = {
  terms: (duty) =>
    [...valuesOf(duty.rehearsal.state.proposals)].flatMap(({ hash, acceptances }) =>
      signersOf(duty, acceptances).map((by) => duty.rehearsal.draft(by, 'TermsAccepted', { terms: hash })),
    ),
  seal: (duty) => ofList('ListSealed', duty),
  open: (duty) => ofList('ListOpened', duty),
  clearance: (duty) =>
    onLeg(duty, ({ all }) =>
      all
        .filter(({ cleared }) => cleared === undefined)
        .map(({ id }) =>
          duty.rehearsal.draft(player('N', 'observer'), 'ClearanceRecorded', {
            stage: 'before-listing',
            persons: [{ entry: id, cleared: true }],
          }),
        ),
    ),
  approvals: (duty) =>
    tranchesOf(duty).flatMap(({ id, hash, approvals }) =>
      signersOf(duty, approvals).map((by) =>
        duty.rehearsal.draft(by, 'TrancheApproved', { tranche: id, hash }),
      ),
    ),
  schedule: (duty) =>
    tranchesOf(duty).map(({ id, hash, movements }) =>
      duty.rehearsal.draft(duty.rehearsal.host, 'TrancheScheduled', {
        tranche: id,
        hash,
        routes: [...valuesOf(movements)]
          .filter(({ route }) => route === undefined)
          .map(({ leg }) => ({ leg, crossing: terms.crossings[0]!.id, ...window })),
      }),
    ),
  notice: (duty) =>
    onLeg(duty, ({ ref: { tranche, leg } }) => [
      duty.rehearsal.draft(duty.by, 'MovementNotified', noticeOf(tranche, leg)),
    ]),
  acknowledgement: (duty) =>
    onLeg(duty, ({ movement }) => [
      duty.rehearsal.draft(duty.by, 'MovementAcknowledged', { notice: movement.notice! }),
    ]),
  manifest: (duty) =>
    onLeg(duty, ({ ref, all }) =>
      all.map(({ id }) =>
        duty.rehearsal.draft(duty.by, 'ManifestIssued', { ...ref, vehicle: 'bus', persons: [id] }),
      ),
    ),
  departure: (duty) => onStep(duty, (ref) => [duty.rehearsal.draft(duty.by, 'Departed', ref)]),
  heads: (duty) =>
    onStep(duty, (ref, step) => {
      const place = duty.one.place!;
      const count = step.persons.length + (place === 'arrival' ? step.unlisted : 0);
      return [duty.rehearsal.draft(duty.by, 'HeadCounted', { ...ref, place, count })];
    }),
  'clearance-at-line': (duty) =>
    onStep(duty, (_ref, step) =>
      step.persons
        .filter((id) => getFrom(duty.rehearsal.state.entries, id).clearedAtLine === undefined)
        .map((entry) =>
          duty.rehearsal.draft(duty.by, 'ClearanceRecorded', {
            stage: 'at-line',
            persons: [{ entry, cleared: true }],
          }),
        ),
    ),
  release: (duty) => onStep(duty, (ref) => [duty.rehearsal.draft(duty.by, 'StepReleased', ref)]),
  receipt: (duty) =>
    onStep(duty, (ref, { persons: here, unlisted }) => [
      duty.rehearsal.draft(duty.by, 'StepReceived', { ...ref, count: here.length + unlisted }),
    ]),
  identity: (duty) =>
    onStep(duty, (ref, step) =>
      step.persons.map((id) => duty.rehearsal.draft(duty.by, 'IdentityConfirmed', { ...ref, persons: [id] })),
    ),
  'turning-back': (duty) =>
    onStep(duty, (ref, step) =>
      step.rejected.map((id) => duty.rehearsal.draft(duty.by, 'PersonTurnedBack', { ...ref, persons: [id] })),
    ),
  returns: (duty) =>
    onLeg(duty, ({ ref: { tranche, leg }, all }) =>
      all.map(({ id }) => duty.rehearsal.draft(duty.by, 'ReturnConfirmed', { tranche, leg, persons: [id] })),
    ),
  certificate: (duty) =>
    tranchesOf(duty).map(({ id, movements }) => {
      const returned: Record<string, number> = {};
      for (const movement of valuesOf(movements)) returned[movement.leg] = movement.returned;
      return duty.rehearsal.draft(duty.by, 'TrancheCertified', { tranche: id, returned });
    }),
  completion: ({ rehearsal, by }) => {
    const returned: Record<string, number> = {};
    for (const leg of legs) returned[leg] = getFrom(rehearsal.state.legs, leg).returned;
    return [rehearsal.draft(by, 'ExchangeCompleted', { returned })];
  },
};

/** What a party could do of what is awaited of it, and what of that the rules let it do. */
function tryDuty(rehearsal: Rehearsal, one: Awaited, party: PartyId) {
  const usual = player(party, party === 'N' ? 'observer' : 'officer');
  const by = party === rehearsal.host.party ? rehearsal.host : usual;
  const drafts = deeds[one.kind]({ rehearsal, one, party, by });
  const taken = drafts.filter(({ act, id }) => decide(rehearsal.state, act, id).kind === 'accepted');
  // A power whose keys are lost can sign nothing before it has granted others.
  const isMute = drafts.length === 0 && (one.kind === 'terms' || one.kind === 'approvals');
  return { taken, isTaken: isMute || taken.length >= (one.persons ?? 1) };
}

/** An account of the crossings, kept from accepted acts alone. */
class Books {
  /** Who is in which step, by the last manifest, less refused and turned back. */
  readonly steps = new Map<string, Set<EntryId>>();
  readonly departed = new Set<string>();
  readonly released = new Set<string>();
  readonly received = new Set<string>();
  readonly across: Record<string, Set<EntryId>> = { [there]: new Set(), [back]: new Set() };
  readonly crossings = new Map<EntryId, number>();
  readonly recognised = new Set<EntryId>();
  readonly confirmed = new Map<EntryId, Set<PartyId>>();
  /** The other entry of a person, while the two are matched. */
  readonly twins = new Map<EntryId, EntryId>();
  readonly approvals = new Map<string, Player[]>();
  /** Persons and number of a tranche as last proposed. */
  readonly proposals = new Map<string, { readonly number: number; readonly persons: ReadonlySet<EntryId> }>();
  /** Keys that were lost or stolen: nobody knows who signed by them. */
  readonly unsure = new Set<KeyFingerprint>();
  readonly acceptances = new Map<ContentHash, Player[]>();
  terms: ContentHash = termsHash(terms);
  readonly grants = new Map<KeyFingerprint, Player[]>();
  readonly additions = new Map<EntryId, Player[]>();
  readonly rejected = new Set<EntryId>();
  readonly heads = new Map<string, { receiver?: number | undefined; neutral?: number | undefined }>();
  readonly dead = new Set<EntryId>();
  /** Who has said that persons are to go back who have been received. */
  readonly turning = new Map<string, ReadonlySet<PartyId>>();
  readonly unlisted = new Map<EntryId, string>();
  readonly steppedBack = new Set<EntryId>();
  /** Steps received, counted alike by receiver and neutral, and everybody in them recognised. */
  readonly closed = new Set<string>();

  readonly #on: { readonly [K in ActKind]?: (body: Bodies[K], by: Player) => void } = {
    TrancheProposed: ({ tranche, number, persons: chosen }) => {
      this.approvals.set(tranche, []);
      this.proposals.set(tranche, { number, persons: new Set(Object.values(chosen).flat()) });
    },
    TrancheApproved: ({ tranche }, by) => void this.approvals.get(tranche)!.push(by),
    ApprovalWithdrawn: ({ tranche }, { actor }) => {
      const others = this.approvals.get(tranche)!.filter((one) => one.actor !== actor);
      this.approvals.set(tranche, others);
    },
    TermsAmended: ({ terms: amended }) => void this.acceptances.set(termsHash(amended), []),
    TermsAccepted: ({ terms: hash }, by) => {
      const accepted = [...this.acceptances.get(hash)!, by];
      this.acceptances.set(hash, accepted);
      if (!this.isOfBoth(accepted)) return;
      // What was agreed or approved under other terms counts no more.
      this.terms = hash;
      for (const other of this.acceptances.keys()) if (other !== hash) this.acceptances.set(other, []);
      for (const tranche of this.approvals.keys()) this.approvals.set(tranche, []);
    },
    RoleGranted: ({ key }, by) => void this.grants.set(key, [...(this.grants.get(key) ?? []), by]),
    KeyRevoked: ({ key, reason }) => {
      if (reason !== 'retired') this.unsure.add(key);
    },
    EntryAdded: ({ opening: { entry } }, by) =>
      void this.additions.set(entry, [...(this.additions.get(entry) ?? []), by]),
    ManifestIssued: (body) => void this.steps.set(nameOf(body), new Set(body.persons)),
    Departed: (body) => void this.departed.add(nameOf(body)),
    ClearanceRecorded: ({ stage, persons }) => {
      if (stage === 'at-line') return;
      for (const { entry, cleared } of persons) if (!cleared) this.fallOut(entry);
    },
    EntryStruck: ({ entry }) => {
      this.fallOut(entry);
    },
    DeathRecorded: ({ entry }) => {
      this.dead.add(entry);
      this.fallOut(entry);
      // Who died on the way is in their step no more.
      for (const [name, persons] of this.steps) if (!this.received.has(name)) persons.delete(entry);
    },
    EntryJudged: ({ judgements }) => {
      for (const { entry, verdict } of judgements) if (verdict !== 'acknowledged') this.fallOut(entry);
    },
    StepReleased: (body) => void this.released.add(nameOf(body)),
    StepReceived: (body) => {
      this.received.add(nameOf(body));
      this.heads.set(nameOf(body), { ...this.heads.get(nameOf(body)), receiver: body.count });
      for (const person of this.steps.get(nameOf(body))!) {
        this.across[body.leg]!.add(person);
        this.crossings.set(person, (this.crossings.get(person) ?? 0) + 1);
      }
    },
    IdentityConfirmed: (body) => {
      for (const person of body.persons) {
        this.recognised.add(person);
        this.rejected.delete(person);
      }
    },
    IdentityRejected: (body) => {
      this.recognised.delete(body.person);
      this.rejected.add(body.person);
    },
    HeadCounted: (body, { role }) => {
      const by = role === 'observer' ? 'neutral' : 'receiver';
      const heads = this.heads.get(nameOf(body));
      if (body.place === 'arrival') this.heads.set(nameOf(body), { ...heads, [by]: body.count });
    },
    UnlistedReturnee: (body) => void this.unlisted.set(body.opening.entry, nameOf(body)),
    ReturnConfirmed: (body, { party }) => {
      for (const person of body.persons) {
        this.confirmed.set(person, new Set([...(this.confirmed.get(person) ?? []), party]));
      }
    },
    PersonStayed: (body) => {
      this.steps.get(nameOf(body))!.delete(body.person);
      this.heads.delete(nameOf(body));
      this.steppedBack.add(body.person);
    },
    PersonTurnedBack: (body, { party }) => {
      // After receipt it takes two: the giver, and receiver or neutral; but for whom the receiver did not know.
      const isAcross = this.received.has(nameOf(body));
      if (isAcross && !body.persons.every((person) => this.rejected.has(person))) {
        const words = `${nameOf(body)} ${body.persons.join()}`;
        const said = new Set([...(this.turning.get(words) ?? []), party]);
        this.turning.set(words, said);
        const from = legOf(terms, body.leg).from;
        if (!said.has(from) || said.size < 2) return;
        this.turning.delete(words);
      }
      this.heads.delete(nameOf(body));
      for (const person of body.persons) {
        this.steps.get(nameOf(body))!.delete(person);
        this.recognised.delete(person);
        this.rejected.delete(person);
        if (this.across[body.leg]!.delete(person)) {
          this.crossings.set(person, this.crossings.get(person)! - 1);
        }
      }
    },
  };

  enter(act: Act): void {
    const by = crowd.find(({ key }) => key === act.by)!;
    const entering = this.#on[act.kind] as ((body: Act['body'], by: Player) => void) | undefined;
    entering?.(act.body, by);
    for (const name of this.departed) if (!this.closed.has(name) && this.isWhole(name)) this.closed.add(name);
  }

  /** Distinct humans of a power who signed by keys that nobody has lost. */
  humansOf(party: string, signed: readonly Player[]): number {
    const sure = signed.filter((one) => one.party === party && !this.unsure.has(one.key));
    return new Set(sure.map(({ actor }) => actor)).size;
  }

  /** Two humans of either power, one of them by an approver's key. */
  isOfBoth(signed: readonly Player[]): boolean {
    return ['A', 'B'].every((party) => {
      const approvers = signed.filter(({ role }) => role === 'approver');
      return this.humansOf(party, signed) >= 2 && this.humansOf(party, approvers) >= 1;
    });
  }

  isWhole(name: string): boolean {
    const here = this.steps.get(name)!;
    const arrived = here.size + [...this.unlisted.values()].filter((step) => step === name).length;
    if (arrived === 0) return true;
    const { receiver: counted, neutral } = this.heads.get(name) ?? {};
    const isKnown = [...here].every((person) => this.recognised.has(person) && !this.rejected.has(person));
    return this.received.has(name) && counted === arrived && neutral === arrived && isKnown;
  }

  /** Persons of a leg in steps that have closed, and those whom both sides have confirmed. */
  confirmedOn(leg: LegId): { readonly received: number; readonly returned: number } {
    const names = [...this.closed].filter((name) => name.startsWith(`${leg} `));
    const across = names.flatMap((name) => (this.released.has(name) ? [...this.steps.get(name)!] : []));
    const returned = across.filter((person) => this.confirmed.get(person)?.size === 2);
    return { received: across.length, returned: returned.length };
  }

  isOnTheWay(person: EntryId): boolean {
    return [...this.departed].some((name) => this.steps.get(name)!.has(person));
  }

  /** Who has left and neither come back nor been confirmed by both sides: nobody may be lost sight of. */
  onTheWay(): readonly EntryId[] {
    const listed = [...this.departed].flatMap((name) => [...this.steps.get(name)!]);
    const all = [...listed, ...this.unlisted.keys()];
    return all.filter((person) => this.confirmed.get(person)?.size !== 2).sort();
  }

  assertGates({ tranche, leg }: StepRef): void {
    const { number } = this.proposals.get(tranche)!;
    for (const gate of terms.gates) {
      if (gate.leg !== leg || number < gate.tranche || gate.requires.kind === 'condition-met') continue;
      const { kind, leg: awaited, persons: needed } = gate.requires;
      if (this.confirmedOn(awaited)[kind] < needed) throw new Error(`a shut gate was passed: ${gate.id}`);
    }
  }

  /** Once others of the tranche have left, who can no longer go, by either entry, is off a manifest that has not departed. */
  fallOut(person: EntryId): void {
    const entries = [person, this.twins.get(person) ?? person];
    for (const [tranche, proposal] of this.proposals) {
      const hasLeft = [...this.departed].some((name) => name.split(' ')[1] === tranche);
      // What was approved is no longer so: nobody has approved the rest.
      if (!hasLeft && entries.some((entry) => proposal.persons.has(entry))) this.approvals.set(tranche, []);
    }
    for (const [name, on] of this.steps) {
      const tranche = name.split(' ')[1]!;
      const running = [...this.departed].some((other) => other.split(' ')[1] === tranche);
      if (running && !this.departed.has(name)) for (const entry of entries) on.delete(entry);
    }
  }

  /** Persons of a leg who are across if everything released since has arrived. */
  atMost(leg: LegId): number {
    let most = this.across[leg]!.size;
    for (const name of this.released) {
      if (name.startsWith(`${leg} `) && !this.received.has(name)) most += this.steps.get(name)!.size;
    }
    return most;
  }

  /** N1, measured in steps times both sizes: what is known to be across, and what may be. */
  assertBalance(): void {
    for (const [l, m] of [legs, [back, there]] as [LegId, LegId][]) {
      const s = coupling.stepSize[l]!;
      const t = coupling.stepSize[m]!;
      const known = this.across[l]!.size * t - this.across[m]!.size * s;
      const possible = this.atMost(l) * t - this.across[m]!.size * s;
      if (known > s * t || possible > s * t) throw new Error(`N1: ${l} runs ahead of ${m}`);
    }
  }

  /** N2: nobody twice, by either of two matched entries. */
  assertNobodyTwice(): void {
    personsOf(there, persons).forEach((person, i) => {
      const twin = soughtOf(there, persons)[i]!;
      const times = (this.crossings.get(person) ?? 0) + (this.crossings.get(twin) ?? 0);
      if (times > 1) throw new Error('N2: somebody crossed by two entries');
    });
    for (const times of this.crossings.values()) {
      if (times > 1) throw new Error('N2: somebody crossed twice');
    }
  }
}
/** Distinct humans of a power among those who signed, whatever became of their keys since. */
const humans = (party: string, signed: readonly Player[] = []): number =>
  new Set(signed.filter((one) => one.party === party).map(({ actor }) => actor)).size;
const nameOf = (ref: StepRef): string => `${ref.leg} ${ref.tranche} ${ref.step}`;

function play(rehearsal: Rehearsal, whim: Whim): void {
  if (whim.what < 72) advance(rehearsal, whim);
  else disturb(rehearsal, whim);
}

describe('under random acts', () => {
  it('[EX-46] [EX-49] [EX-45] [EX-37] [EX-53] [EX-62] [EX-1] [EX-17] [EX-19] [EX-30] [EX-44] [EX-63] keeps N1, N2, N5 and N6 over 10,000 sequences', () => {
    let releases = 0;
    let returns = 0;
    const seen = new Map<ActKind, number>();
    fc.assert(
      fc.property(whims, (sequence) => {
        const rehearsal = prepared.fork();
        const books = new Books();
        let read = rehearsal.acts.length;
        for (const whim of sequence) {
          const before = rehearsal.state;
          play(rehearsal, whim);
          for (; read < rehearsal.acts.length; read += 1) {
            const { act } = rehearsal.acts[read]!;
            seen.set(act.kind, (seen.get(act.kind) ?? 0) + 1);
            for (const person of everybody) {
              const { counterpart } = getFrom(rehearsal.state.entries, person);
              if (counterpart === undefined) books.twins.delete(person);
              else books.twins.set(person, counterpart);
            }
            books.enter(act);
            if (act.kind === 'StepReleased') {
              releases += 1;
              if (heldBack(before, act.body).length > 0) throw new Error('a held step was released');
            }
            if (act.kind === 'StepReleased' || act.kind === 'Departed') {
              if (!books.isOfBoth(books.approvals.get(act.body.tranche)!)) throw new Error('N6: one hand');
              books.assertGates(act.body);
            }
            if (act.kind === 'ReturnConfirmed') {
              for (const person of act.body.persons) {
                const entry = getFrom(rehearsal.state.entries, person);
                if (entry.kind === 'unlisted') continue;
                const known = books.across[act.body.leg]!.has(person) && books.recognised.has(person);
                if (!known) throw new Error('N2: somebody unknown was counted');
                const both = books.confirmed.get(person)?.size === 2;
                if (both !== (entry.whereabouts === 'returned')) throw new Error('a return by one side');
                if (entry.whereabouts === 'returned') returns += 1;
              }
            }
            if (
              act.kind === 'StepReleased' ||
              act.kind === 'StepReceived' ||
              act.kind === 'PersonTurnedBack'
            ) {
              books.assertBalance();
              books.assertNobodyTwice();
            }
          }
          if (books.terms !== rehearsal.state.terms?.hash) throw new Error('N6: terms by one hand');
        }
        const { state } = rehearsal;
        for (const leg of legs) {
          const { received, settled, returned } = getFrom(state.legs, leg);
          expect(received).toBe(books.across[leg]!.size);
          expect({ received: settled, returned }).toEqual(books.confirmedOn(leg));
        }
        for (const person of everybody) {
          const { whereabouts } = getFrom(state.entries, person);
          const isWithGiver = !books.isOnTheWay(person) && books.confirmed.get(person)?.size !== 2;
          if (
            isWithGiver &&
            whereabouts !== 'held' &&
            !books.steppedBack.has(person) &&
            !books.dead.has(person)
          ) {
            throw new Error(`somebody was lost: ${whereabouts}`);
          }
        }
        expect(
          findMoving(state)
            .map(({ person }) => person)
            .sort(),
        ).toEqual(books.onTheWay());
        for (const { key, party } of newcomers) {
          if (isIn(state.keys, key) && humans(party, books.grants.get(key)) < 2)
            throw new Error('N6: a key by one hand');
        }
        for (const late of lates) {
          const isAgreed = ['A', 'B'].every((party) => humans(party, books.additions.get(late)) >= 2);
          if (isIn(state.entries, late) && !isAgreed) throw new Error('N6: a late entry by one hand');
        }
        let replayed = prepared.state;
        for (const { act, id } of rehearsal.acts.slice(prepared.acts.length)) {
          if (decide(replayed, act, id).kind === 'refused') throw new Error('N5: refused in replay');
          replayed = evolve(replayed, act, id);
        }
        if (replayed.hash !== state.hash || replayed.size !== state.size)
          throw new Error('N5: another state');
        expect(replayed.legs).toEqual(state.legs);
      }),
      { numRuns: 10_000, seed: 20250523 },
    );
    // A property over sequences in which nothing ever crosses would hold of anything.
    expect(releases).toBeGreaterThan(10_000);
    expect(returns).toBeGreaterThan(2_000);
    for (const kind of ['TermsAmended', 'RoleGranted', 'EntryAdded', 'ExchangeCancelled'] as const) {
      expect([kind, (seen.get(kind) ?? 0) > 100]).toEqual([kind, true]);
    }
  }, 480_000);

  it('[EX-67] whoever does what is awaited of them is not refused, at any state', () => {
    const seen = new Map<AwaitedKind, number>();
    const answers = listed.acts.filter(({ act }) => act.kind === 'EntryJudged');
    fc.assert(
      fc.property(whims, (sequence) => {
        const rehearsal = pick([agreed, listed, prepared], sequence.length).fork();
        for (const whim of sequence) {
          const could: Draft[] = [];
          for (const one of findAwaited(rehearsal.state)) {
            seen.set(one.kind, (seen.get(one.kind) ?? 0) + 1);
            for (const party of one.parties) {
              const { taken, isTaken } = tryDuty(rehearsal, one, party);
              if (!isTaken) throw new Error(`${party} is refused what is awaited: ${JSON.stringify(one)}`);
              could.push(...taken);
            }
          }
          if (whim.what >= 85) disturb(rehearsal, whim);
          else if (could.length > 0) rehearsal.offer(pick(could, whim.a));
          else {
            for (const answer of answers) rehearsal.offer(answer);
            advance(rehearsal, whim);
          }
        }
      }),
      { numRuns: 1_000, seed: 67 },
    );
    // What never came up would be taken of nobody. The end of a whole exchange is played in the scenarios.
    const {
      terms: toAccept = 0,
      certificate = 0,
      'turning-back': turningBack = 0,
    } = Object.fromEntries(seen);
    expect(seen.size).toBe(18);
    expect(Math.min(toAccept, certificate, turningBack)).toBeGreaterThan(20);
  });

  it('[EX-1] [EX-2] [EX-4] N5: the same acts give the same state, and none counts twice', () => {
    fc.assert(
      fc.property(whims, (sequence) => {
        const rehearsal = prepared.fork();
        const states = [rehearsal.state];
        for (const whim of sequence) {
          play(rehearsal, whim);
          states.push(rehearsal.state);
        }
        let replayed = initial;
        for (const { act, id } of rehearsal.acts) {
          expect(decide(replayed, act, id).kind).toBe('accepted');
          replayed = evolve(replayed, act, id);
        }
        expect(replayed.hash).toBe(rehearsal.state.hash);
        expect(replayed).toEqual(rehearsal.state);
        for (const { act, id } of rehearsal.acts) {
          const again = decide(rehearsal.state, act, id);
          expect(again.kind === 'refused' && again.refusal.kind).toBe(
            act.kind === 'ExchangeOpened' ? 'AlreadyOpened' : 'ActRepeated',
          );
        }
        // Earlier states are as they were.
        expect(states[0]).toBe(prepared.state);
        expect(prepared.state.size).toBe(prepared.acts.length);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('[EX-2] [EX-9] [EX-3] decides whatever is well-formed, from the parts of other acts, at any state', () => {
    // One whole story, its states, and every text and number that its acts hold.
    const rehearsal = prepared.fork();
    const states = [initial, rehearsal.state];
    for (let n = 0; n < 400; n += 1) {
      advance(rehearsal, { what: 0, a: n, b: n >> 1, c: 0 });
      states.push(rehearsal.state);
    }
    type Leaf = string | number | boolean;
    const leavesOf = (content: unknown): readonly Leaf[] =>
      typeof content === 'object' && content !== null
        ? Object.entries(content).flatMap(([key, value]) => [key, ...leavesOf(value)])
        : [content as Leaf];
    const leaves = [...new Set(rehearsal.acts.flatMap(({ act }) => leavesOf(act))), 0, 201, 'constructor'];
    const swap = (content: unknown, at: { n: number }, leaf: Leaf): unknown => {
      if (Array.isArray(content)) return content.map((value) => swap(value, at, leaf));
      if (typeof content === 'object' && content !== null) {
        return Object.fromEntries(
          Object.entries(content).map(([key, value]) => [key, swap(value, at, leaf)]),
        );
      }
      at.n -= 1;
      return at.n === -1 && typeof content === typeof leaf ? leaf : content;
    };
    let wellFormed = 0;
    const told = new Set<string>();
    const swaps = fc.array(fc.tuple(fc.nat(24), fc.nat()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(), fc.nat(), swaps, (s, n, changes) => {
        let act: unknown = pick(rehearsal.acts, n).act;
        for (const [at, leaf] of changes) act = swap(act, { n: at }, pick(leaves, leaf));
        if (findShapeFault(act) !== undefined) return;
        wellFormed += 1;
        const state = pick(states, s);
        const id = madeUpHash(`${s} ${n}`) as string as ActId;
        const decision = decide(state, act as Act, id);
        describeAct(state, act as Act);
        findSigningKey(state, act as Act);
        if (decision.kind === 'refused') {
          told.add(decision.refusal.kind);
          expect(toSentence(decision.refusal)).not.toMatch(/undefined|\[object|[A-Za-z0-9_-]{22}/u);
        } else expect(evolve(state, act as Act, id).size).toBe(state.size + 1);
      }),
      { numRuns: 20_000, seed: 3 },
    );
    expect(wellFormed).toBeGreaterThan(3000);
    expect(told.size).toBeGreaterThan(25);
  });
});
