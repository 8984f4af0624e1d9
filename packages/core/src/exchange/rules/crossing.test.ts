/** From will and health to the crossing, the return and the stops: each rule on two coupled legs of eight persons. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActKind, Bodies } from '../acts.ts';
import type { StepRef } from '../act/vocabulary.ts';
import type { ActId, EntryId, LegId, PartyId, TrancheId } from '../act/ids.ts';
import { receiptsBefore } from './interlock.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import {
  byLeg,
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
  soughtOf,
} from '../../../testing/rehearsal.ts';
import type { Attempt, Player } from '../../../testing/rehearsal.ts';
import type { Entry, LegCount, Step, Tranche } from '../state/state.ts';
import { findMoving, findNextStep, heldBack, summarize } from '../reading/summary.ts';
import { findRoom } from './interlock.ts';

const ids = (...names: readonly string[]): readonly LegId[] => names as readonly LegId[];
const [there, back] = ids('A-B', 'B-A') as [LegId, LegId];
const terms = madeUpTerms({
  legs: [
    { id: there, from: 'A' as PartyId, to: 'B' as PartyId, lane: 'exchange', count: 6 },
    { id: back, from: 'B' as PartyId, to: 'A' as PartyId, lane: 'exchange', count: 6 },
  ],
  parity: [{ kind: 'equal-per-tranche', sides: [there, back].map((id) => [id]) }],
  couplings: [{ legs: [there, back], stepSize: byLeg({ 'A-B': 2, 'B-A': 2 }) }],
  tranches: [
    { number: 1, persons: byLeg({ 'A-B': 4, 'B-A': 4 }), categories: byLeg({ 'A-B': { military: 4 } }) },
  ],
});
const [officerOfA, officerOfB] = [player('A', 'officer'), player('B', 'officer')];
const [coordinatorOfA, coordinatorOfB] = [player('A', 'coordinator'), player('B', 'coordinator')];
const observer = player('N', 'observer');
const [ones, others] = [personsOf(there, 8), personsOf(back, 8)];
const refusalOf = ({ decision }: Attempt): string =>
  decision.kind === 'refused' ? decision.refusal.kind : 'accepted';

const listed = ((): Rehearsal => {
  const rehearsal = new Rehearsal('crossing');
  rehearsal.open(['A', 'B'], ['N', 'M']);
  rehearsal.agree(terms);
  rehearsal.list(terms, [
    { leg: there, persons: 8, matched: true },
    { leg: back, persons: 8 },
  ]);
  return rehearsal;
})();
const asked = ((): Rehearsal => {
  const rehearsal = listed.fork();
  rehearsal.askAndExamine('N', 'A', ones.slice(0, 7));
  rehearsal.askAndExamine('N', 'B', others);
  return rehearsal;
})();

let r: Rehearsal;
const play = <K extends ActKind>(by: Player, kind: K, body: Bodies[K]): ActId => r.play(by, kind, body);
const attempt = <K extends ActKind>(by: Player, kind: K, body: Bodies[K]): string =>
  refusalOf(r.attempt(by, kind, body));
const entry = (id: EntryId): Entry => getFrom(r.state.entries, id);
const count = (leg: LegId): LegCount => getFrom(r.state.legs, leg);
const trancheOf = (id: TrancheId): Tranche => getFrom(r.state.tranches, id);
const proposal = (
  tranche: string,
  number: number,
  give: readonly EntryId[],
  take: readonly EntryId[],
): Bodies['TrancheProposed'] => ({
  tranche: madeUpId(tranche) as TrancheId,
  number,
  persons: byLeg({ [there]: give, [back]: take }),
});
const four = (): TrancheId => r.prepare(terms, 1, { [there]: ones.slice(0, 4), [back]: others.slice(0, 4) });
const at = (tranche: TrancheId, leg: LegId, step: number): StepRef => ({ tranche, leg, step });
const stepAt = (ref: StepRef): Step => r.step(ref) as Step;
/** Both legs of a step at the line. */
const bothAtLine = (tranche: TrancheId, step: number): void => {
  r.bringToLine(terms, at(tranche, there, step), ones.slice(2 * step - 2, 2 * step), 'N');
  r.bringToLine(terms, at(tranche, back, step), others.slice(2 * step - 2, 2 * step), 'N');
};
const bothAcross = (tranche: TrancheId, step: number): void => {
  for (const leg of [there, back]) {
    r.cross(terms, at(tranche, leg, step), 'N');
    r.confirm(terms, at(tranche, leg, step));
  }
};

beforeEach(() => {
  r = asked.fork();
});

/** Giver and neutral count the heads of a step anew: their former counts are void. */
function recount(ref: StepRef): void {
  for (const counter of [ref.leg === there ? officerOfA : officerOfB, observer]) {
    play(counter, 'HeadCounted', { ...ref, place: 'departure', count: stepAt(ref).persons.length });
  }
}

describe('clearance', () => {
  const clear = (id: EntryId, cleared: boolean, stage: 'before-listing' | 'at-line' = 'before-listing') => ({
    stage,
    persons: [{ entry: id, cleared }],
  });

  it('[EX-31] only a neutral of the terms clears, and nobody leaves who is not cleared, twice', () => {
    r = listed.fork();
    for (const other of [player('M', 'observer'), player('A', 'medic'), officerOfA]) {
      expect(attempt(other, 'ClearanceRecorded', clear(ones[0]!, true))).toBe('PartyMayNot');
    }
    expect(attempt(observer, 'ClearanceRecorded', clear(ones[0]!, true, 'at-line'))).toBe('StepNotDeparted');
    const tranche = four();
    const ref = at(tranche, there, 1);
    const manifest = { ...ref, vehicle: 'bus', persons: ones.slice(0, 2) };
    expect(attempt(officerOfA, 'ManifestIssued', manifest)).toBe('ClearanceMissing');
    for (const one of ones.slice(0, 4)) play(observer, 'ClearanceRecorded', clear(one, true));
    play(officerOfA, 'ManifestIssued', manifest);
    play(officerOfA, 'Departed', ref);
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('CountsMissing');
    const count = (heads: number): void => {
      for (const counter of [officerOfA, observer]) {
        play(counter, 'HeadCounted', { ...ref, place: 'departure', count: heads });
      }
    };
    count(2);
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('ClearanceMissing');
    play(observer, 'ClearanceRecorded', clear(ones[0]!, true, 'at-line'));
    play(observer, 'ClearanceRecorded', clear(ones[1]!, false, 'at-line'));
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('PersonNotCleared');
    // Whoever stayed may be asked again by the neutral, and go later.
    play(observer, 'PersonStayed', { ...ref, person: ones[1]!, outcome: 'stays' });
    // [EX-43] Nobody changes another's count: what no longer fits is void, and made anew by who counted.
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('CountsMissing');
    count(1);
    play(officerOfA, 'StepReleased', ref);
    expect(attempt(observer, 'ClearanceRecorded', clear(ones[0]!, false, 'at-line'))).toBe('StepReleased');
    expect(entry(ones[1]!).whereabouts).toBe('stayed');
    play(observer, 'ClearanceRecorded', clear(ones[1]!, true));
    expect([entry(ones[1]!).whereabouts, entry(ones[1]!).tranche]).toEqual(['held', undefined]);
  });

  it('[EX-32] a word that keeps somebody stands until who said it says otherwise; the dead are asked nothing', () => {
    r = listed.fork();
    play(observer, 'ClearanceRecorded', clear(ones[0]!, false));
    play(player('N', 'medic'), 'ClearanceRecorded', clear(ones[1]!, false));
    const body = proposal('t', 1, ones.slice(0, 4), others.slice(0, 4));
    expect(attempt(coordinatorOfA, 'TrancheProposed', body)).toBe('PersonNotCleared');
    for (const one of ones) play(observer, 'ClearanceRecorded', clear(one, true));
    expect(attempt(coordinatorOfA, 'TrancheProposed', body)).toBe('accepted');
  });

  it('[EX-33] a commission decides by two of its members, and no power by its own alone', () => {
    r = listed.fork();
    const say = (by: Player, decision: 'repatriate' | 'defer') =>
      attempt(by, 'CommissionDecided', { entry: ones[0]!, decision, grounds: madeUpHash(decision) });
    const [own, neutral] = [player('N', 'commissioner'), player('N', 'commissioner', 'second')];
    const { actor, role, key } = neutral;
    play(observer, 'RoleGranted', { actor, role, key });
    play(neutral, 'KeyEnrolled', { publicKey: neutral.publicKey });
    expect(say(own, 'repatriate')).toBe('accepted');
    expect([entry(ones[0]!).commission, entry(ones[0]!).lane]).toEqual([undefined, 'exchange']);
    expect(say(own, 'repatriate')).toBe('SignedAlready');
    expect(say(neutral, 'repatriate')).toBe('accepted');
    // P1. Repatriated whatever the numbers: out of every leg that nets.
    expect([entry(ones[0]!).commission, entry(ones[0]!).lane]).toEqual(['repatriate', 'direct-repatriation']);
    const body = proposal('t', 1, ones.slice(0, 4), others.slice(0, 4));
    expect(attempt(coordinatorOfA, 'TrancheProposed', body)).toBe('PersonOfOtherLane');
  });
});

describe('a tranche', () => {
  it('[EX-34] holds eligible persons only, by whichever entry', () => {
    const with1 = (person: EntryId, rest = ones.slice(1, 4)): string =>
      refusalOf(
        r
          .fork()
          .attempt(
            coordinatorOfB,
            'TrancheProposed',
            proposal('t', 1, [person, ...rest], others.slice(0, 4)),
          ),
      );
    expect(with1(ones[0]!)).toBe('accepted');
    expect(with1(soughtOf(there, 1)[0]!)).toBe('accepted');
    expect(with1(others[5]!)).toBe('PersonNotOnList');
    expect(with1(madeUpId('nobody') as EntryId)).toBe('Unknown');
    expect(with1(ones[1]!)).toBe('PersonRepeated');
    expect(with1(soughtOf(there, 2)[1]!)).toBe('PersonRepeated');
    play(coordinatorOfB, 'EntryJudged', { judgements: [{ entry: ones[0]!, verdict: 'conflicting-data' }] });
    expect(with1(ones[0]!)).toBe('PersonNotAcknowledged');
    play(observer, 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: ones[5]!, cleared: false }],
    });
    expect(with1(ones[5]!)).toBe('PersonNotCleared');
    // Chosen by one entry, the person is not free by the other.
    play(coordinatorOfB, 'TrancheProposed', proposal('first', 1, ones.slice(1, 5), others.slice(0, 4)));
    const twin = proposal('second', 2, [soughtOf(there, 2)[1]!], [others[4]!]);
    expect(attempt(coordinatorOfB, 'TrancheProposed', twin)).toBe('PersonElsewhere');
    expect(attempt(coordinatorOfB, 'TrancheProposed', proposal('second', 2, [ones[1]!], [others[4]!]))).toBe(
      'PersonElsewhere',
    );
  });

  it('[EX-35] holds the numbers and categories of the terms', () => {
    const offer = (number: number, give: number, take: number): string =>
      refusalOf(
        r
          .fork()
          .attempt(
            coordinatorOfA,
            'TrancheProposed',
            proposal('t', number, ones.slice(0, give), others.slice(0, take)),
          ),
      );
    expect(offer(1, 3, 3)).toBe('CountNotAgreed');
    expect(offer(2, 7, 7)).toBe('LegExceeded');
    expect(offer(2, 6, 6)).toBe('accepted');
    expect(offer(2, 0, 0)).toBe('NobodyProposed');
    four();
    expect(
      attempt(coordinatorOfA, 'TrancheProposed', proposal('x', 1, ones.slice(4, 8), others.slice(4, 8))),
    ).toBe('NumberTaken');
    expect(
      attempt(coordinatorOfA, 'TrancheProposed', proposal('x', 2, ones.slice(4, 7), others.slice(4, 7))),
    ).toBe('LegExceeded');
    const civilians = new Rehearsal('categories');
    civilians.open(['A', 'B'], ['N']);
    civilians.agree(terms);
    civilians.list(terms, [
      { leg: there, persons: 4, categoryOf: (n) => (n === 0 ? 'civilian' : 'military') },
      { leg: back, persons: 4 },
    ]);
    const mixed = proposal('t', 1, ones.slice(0, 4), others.slice(0, 4));
    expect(civilians.attempt(coordinatorOfA, 'TrancheProposed', mixed).decision).toMatchObject({
      refusal: { kind: 'CategoryNotAgreed', category: 'military', agreed: 4, proposed: 3 },
    });
  });

  it('[EX-36] keeps parity by itself, or evens out the whole', () => {
    const offer = (give: number, take: number): string =>
      refusalOf(
        r
          .fork()
          .attempt(
            coordinatorOfA,
            'TrancheProposed',
            proposal('second', 2, ones.slice(4, 4 + give), others.slice(4, 4 + take)),
          ),
      );
    const tranche = four();
    expect(offer(2, 1)).toBe('ParityBroken');
    bothAtLine(tranche, 1);
    play(observer, 'PersonStayed', {
      ...at(tranche, there, 1),
      person: ones[0]!,
      outcome: 'neutral-custody',
    });
    recount(at(tranche, there, 1));
    bothAcross(tranche, 1);
    bothAtLine(tranche, 2);
    bothAcross(tranche, 2);
    expect([count(there).received, count(back).received]).toEqual([3, 4]);
    expect(offer(1, 0)).toBe('accepted');
    expect(offer(2, 1)).toBe('accepted');
    expect(offer(1, 1)).toBe('accepted');
    expect(offer(1, 2)).toBe('ParityBroken');
  });

  it('[EX-37] is approved by two persons of every power, on the hash of the present proposal', () => {
    const body = proposal('t', 1, ones.slice(0, 4), others.slice(0, 4));
    play(coordinatorOfA, 'TrancheProposed', body);
    const { hash } = trancheOf(body.tranche);
    const approve = (by: Player, on = hash): string =>
      attempt(by, 'TrancheApproved', { tranche: body.tranche, hash: on });
    const schedule = (): string =>
      attempt(r.host, 'TrancheScheduled', { tranche: body.tranche, hash, routes: [] });
    expect(approve(coordinatorOfA, 'f'.repeat(64) as typeof hash)).toBe('HashDiffers');
    for (const by of [coordinatorOfA, coordinatorOfB, player('B', 'approver')])
      expect(approve(by)).toBe('accepted');
    expect(approve(coordinatorOfA)).toBe('SignedAlready');
    expect(schedule()).toBe('ApprovalsMissing');
    expect(approve(player('A', 'approver'))).toBe('accepted');
    expect(schedule()).toBe('accepted');
    // Whose key was stolen has approved nothing.
    play(coordinatorOfB, 'KeyRevoked', { key: player('B', 'approver').key, reason: 'stolen' });
    expect(schedule()).toBe('ApprovalsMissing');
  });

  it('[EX-38] loses its approvals when what they approved changes, and says by which act', () => {
    const changes: readonly (readonly [Player, ActKind, object])[] = [
      [coordinatorOfB, 'TrancheProposed', proposal('', 1, ones.slice(1, 5), others.slice(0, 4))],
      [coordinatorOfA, 'EntryStruck', { entry: ones[0] }],
      [
        observer,
        'ClearanceRecorded',
        { stage: 'before-listing', persons: [{ entry: ones[0], cleared: false }] },
      ],
      [
        player('N', 'observer'),
        'ClearanceRecorded',
        { stage: 'before-listing', persons: [{ entry: ones[0], cleared: false }] },
      ],
      [coordinatorOfB, 'EntryJudged', { judgements: [{ entry: ones[0], verdict: 'reported-dead' }] }],
    ];
    for (const [by, kind, body] of changes) {
      r = asked.fork();
      const tranche = four();
      expect(trancheOf(tranche).approvals).toHaveLength(4);
      const id = play(by, kind, (kind === 'TrancheProposed' ? { ...body, tranche } : body) as never);
      expect(trancheOf(tranche).approvals).toEqual([]);
      expect(trancheOf(tranche).voided).toEqual({ act: id, approvals: 4 });
    }
    // Once others have left, the person alone falls out.
    r = asked.fork();
    const tranche = four();
    bothAtLine(tranche, 1);
    play(coordinatorOfA, 'EntryStruck', { entry: ones[3]! });
    expect(trancheOf(tranche).approvals).toHaveLength(4);
    expect(count(there).notGoing).toBe(1);
    bothAcross(tranche, 1);
    r.bringToLine(terms, at(tranche, there, 2), [ones[2]!], 'N');
    r.bringToLine(terms, at(tranche, back, 2), others.slice(2, 4), 'N');
    bothAcross(tranche, 2);
    r.certify(tranche, 'N');
  });

  it('[EX-39] may be revised and withdrawn until somebody has left; an approval at any time', () => {
    const tranche = four();
    const revised = { ...proposal('', 1, ones.slice(1, 5), others.slice(0, 4)), tranche };
    expect(refusalOf(r.fork().attempt(coordinatorOfB, 'TrancheProposed', revised))).toBe('accepted');
    expect(attempt(coordinatorOfB, 'TrancheWithdrawn', { tranche })).toBe('PartyMayNot');
    expect(refusalOf(r.fork().attempt(coordinatorOfA, 'TrancheWithdrawn', { tranche }))).toBe('accepted');
    bothAtLine(tranche, 1);
    expect(attempt(coordinatorOfB, 'TrancheProposed', revised)).toBe('TrancheDeparted');
    expect(attempt(coordinatorOfA, 'TrancheWithdrawn', { tranche })).toBe('TrancheDeparted');
    const { hash } = trancheOf(tranche);
    play(player('B', 'approver'), 'ApprovalWithdrawn', { tranche, hash });
    expect(attempt(player('B', 'approver'), 'ApprovalWithdrawn', { tranche, hash })).toBe('NotSigned');
    expect(attempt(officerOfA, 'StepReleased', at(tranche, there, 1))).toBe('ApprovalsMissing');
    play(officerOfA, 'PersonTurnedBack', { ...at(tranche, there, 1), persons: ones.slice(0, 2) });
    play(player('B', 'approver'), 'TrancheApproved', { tranche, hash });
    expect(attempt(officerOfB, 'StepReleased', at(tranche, back, 1))).toBe('accepted');
  });
});

describe('movement', () => {
  it('[EX-40] is notified and acknowledged, anew for another time or place', () => {
    const tranche = four();
    const { hash } = trancheOf(tranche);
    const window = { opens: '2025-05-23T06:00:00.000Z', closes: '2025-05-23T18:00:00.000Z' };
    const notice = {
      tranche,
      leg: there,
      crossing: terms.crossings[0]!.id,
      carrier: 'air' as const,
      vehicles: 1,
      ...window,
      airspaceNeeded: true,
      route: madeUpHash('route'),
    };
    const ref = at(tranche, there, 1);
    play(officerOfA, 'ManifestIssued', { ...ref, vehicle: 'bus', persons: ones.slice(0, 2) });
    expect(attempt(officerOfB, 'MovementNotified', notice)).toBe('PartyMayNot');
    expect(attempt(officerOfA, 'MovementNotified', { ...notice, crossing: 'C9' as never })).toBe(
      'RouteDiffers',
    );
    const newer = play(officerOfA, 'MovementNotified', notice);
    expect(attempt(officerOfA, 'Departed', ref)).toBe('NoticeNotAcknowledged');
    const first = r.acts.find(({ act }) => act.kind === 'MovementNotified')!.id;
    expect(attempt(officerOfB, 'MovementAcknowledged', { notice: first })).toBe('NoticeReplaced');
    expect(attempt(officerOfA, 'MovementAcknowledged', { notice: newer })).toBe('PartyMayNot');
    play(officerOfB, 'MovementAcknowledged', { notice: newer });
    const route = { leg: there, crossing: terms.crossings[0]!.id, ...window };
    expect(
      attempt(r.host, 'TrancheScheduled', { tranche, hash, routes: [{ ...route, crossing: 'C9' as never }] }),
    ).toBe('Unknown');
    play(r.host, 'TrancheScheduled', { tranche, hash, routes: [route] });
    expect(attempt(officerOfA, 'Departed', ref)).toBe('NoticeMissing');
    r.schedule(terms, tranche, [there]);
    play(officerOfA, 'Departed', ref);
    expect(attempt(r.host, 'TrancheScheduled', { tranche, hash, routes: [route] })).toBe('TrancheDeparted');
  });

  it('[EX-41] goes by manifests that leave no gap, no double and no crowd', () => {
    const tranche = four();
    const issue = (step: number, persons: readonly EntryId[]): string =>
      attempt(officerOfA, 'ManifestIssued', { ...at(tranche, there, step), vehicle: 'bus', persons });
    expect(issue(2, ones.slice(0, 2))).toBe('StepOutOfOrder');
    expect(issue(1, ones.slice(0, 3))).toBe('StepTooLarge');
    expect(issue(1, [ones[5]!])).toBe('PersonNotInTranche');
    expect(issue(1, [ones[0]!, ones[0]!])).toBe('PersonRepeated');
    expect(issue(1, ones.slice(0, 2))).toBe('accepted');
    expect(issue(2, ones.slice(1, 3))).toBe('PersonOnManifest');
    expect(issue(1, ones.slice(1, 3))).toBe('accepted');
    expect(issue(2, [ones[0]!, ones[3]!])).toBe('accepted');
    expect(getFrom(trancheOf(tranche).movements, there)).toMatchObject({ waiting: 0, onManifest: 4 });
    const first = at(tranche, there, 1);
    play(officerOfA, 'Departed', first);
    expect(issue(1, ones.slice(1, 3))).toBe('StepDeparted');
    expect(attempt(officerOfA, 'Departed', first)).toBe('StepDeparted');
  });

  it('[EX-42] does not begin without its gates', () => {
    const body = proposal('t', 1, ones.slice(0, 4), others.slice(0, 4));
    play(coordinatorOfA, 'TrancheProposed', body);
    const manifest = { ...at(body.tranche, there, 1), vehicle: 'bus', persons: ones.slice(0, 2) };
    expect(attempt(officerOfA, 'ManifestIssued', manifest)).toBe('ApprovalsMissing');
    const { hash } = trancheOf(body.tranche);
    for (const party of ['A', 'B']) {
      for (const role of ['coordinator', 'approver'] as const) {
        play(player(party, role), 'TrancheApproved', { tranche: body.tranche, hash });
      }
    }
    play(officerOfA, 'ManifestIssued', manifest);
    expect(heldBack(r.state, manifest).map(({ kind }) => kind)).toEqual([
      'StepNotDeparted',
      'RouteMissing',
      'NoticeMissing',
      'CountsMissing',
      'ClearanceMissing',
    ]);
    expect(attempt(officerOfA, 'Departed', at(body.tranche, there, 1))).toBe('RouteMissing');
    expect(attempt(officerOfB, 'Departed', at(body.tranche, there, 1))).toBe('PartyMayNot');
  });

  it('[EX-62] tells what holds the next step back before it has a manifest', () => {
    const gate = {
      id: 'paper',
      leg: there,
      tranche: 1,
      requires: { kind: 'condition-met' as const, condition: 'c' },
    };
    const gated = { ...terms, gates: [gate] };
    const one = new Rehearsal('gated');
    one.open(['A', 'B'], ['N', 'M']);
    one.agree(gated);
    one.list(gated, [
      { leg: there, persons: 8 },
      { leg: back, persons: 8 },
    ]);
    one.askAndExamine('N', 'A', ones);
    one.askAndExamine('N', 'B', others);
    const id = madeUpId('tranche gated') as TrancheId;
    const persons = byLeg({ 'A-B': ones.slice(0, 4), 'B-A': others.slice(0, 4) });
    one.play(coordinatorOfA, 'TrancheProposed', { tranche: id, number: 1, persons });
    const why = (rehearsal: Rehearsal, tranche: TrancheId, which = 0): readonly string[] | undefined =>
      findNextStep(
        rehearsal.state,
        getFrom(rehearsal.state.tranches, tranche),
        terms.legs[which]!,
      )?.holds.map(({ kind }) => kind);
    expect(why(one, id)).toEqual(['ApprovalsMissing', 'GateShut', 'RouteMissing', 'NoticeMissing']);
    const { hash } = getFrom(one.state.tranches, id);
    for (const party of ['A', 'B']) {
      for (const role of ['coordinator', 'approver'] as const) {
        one.play(player(party, role), 'TrancheApproved', { tranche: id, hash });
      }
    }
    expect(why(one, id)).toEqual(['GateShut', 'RouteMissing', 'NoticeMissing']);
    one.schedule(gated, id, [there, back]);
    expect(why(one, id)).toEqual(['GateShut']);
    one.play(observer, 'ExchangeSuspended', {});
    expect(why(one, id)).toEqual(['Suspended', 'GateShut']);

    const tranche = four();
    expect(why(r, tranche)).toEqual([]);
    bothAtLine(tranche, 1);
    r.cross(terms, at(tranche, there, 1), 'N');
    // The other side's first step has not crossed: a second one of this side would run ahead.
    expect(why(r, tranche)).toEqual(['StepNotClosed', 'BeyondStep']);
    r.cross(terms, at(tranche, back, 1), 'N');
    expect(why(r, tranche)).toEqual([]);
    bothAtLine(tranche, 2);
    r.cross(terms, at(tranche, there, 2), 'N');
    expect(why(r, tranche)).toBeUndefined();
  });

  it('[EX-43] is counted by giver, neutral and receiver, each for itself', () => {
    const tranche = four();
    const ref = at(tranche, there, 1);
    const heads = (by: Player, place: 'departure' | 'arrival', n: number): string =>
      attempt(by, 'HeadCounted', { ...ref, place, count: n });
    play(officerOfA, 'ManifestIssued', { ...ref, vehicle: 'bus', persons: ones.slice(0, 2) });
    expect(heads(officerOfB, 'departure', 2)).toBe('CountNotYours');
    expect(heads(player('M', 'observer'), 'departure', 2)).toBe('CountNotYours');
    expect(heads(observer, 'arrival', 2)).toBe('StepNotReleased');
    play(officerOfA, 'Departed', ref);
    play(observer, 'ClearanceRecorded', {
      stage: 'at-line',
      persons: ones.slice(0, 2).map((one) => ({ entry: one, cleared: true })),
    });
    expect(heads(officerOfA, 'departure', 2)).toBe('accepted');
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('CountsMissing');
    expect(heads(observer, 'departure', 3)).toBe('accepted');
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('CountMismatch');
    expect(heads(officerOfA, 'departure', 3)).toBe('accepted');
    expect(attempt(officerOfA, 'StepReleased', ref)).toBe('CountMismatch');
    for (const by of [officerOfA, observer]) expect(heads(by, 'departure', 2)).toBe('accepted');
    play(officerOfA, 'StepReleased', ref);
    expect(heads(observer, 'departure', 1)).toBe('StepReleased');
    expect(heads(officerOfB, 'arrival', 2)).toBe('StepNotReceived');
    play(officerOfB, 'StepReceived', { ...ref, count: 2 });
    play(officerOfB, 'IdentityConfirmed', { ...ref, persons: ones.slice(0, 2) });
    expect(stepAt(ref).closed).toBe(false);
    expect(heads(observer, 'arrival', 1)).toBe('accepted');
    expect(stepAt(ref).closed).toBe(false);
    expect(heads(observer, 'arrival', 2)).toBe('accepted');
    expect(stepAt(ref).closed).toBe(true);
    expect(heads(officerOfB, 'arrival', 1)).toBe('StepClosed');
  });
});

describe('the interlock', () => {
  it('[EX-45] releases a step only when the one before is closed on every coupled leg', () => {
    const tranche = four();
    bothAtLine(tranche, 1);
    bothAtLine(tranche, 2);
    const next = at(tranche, there, 2);
    const why = (): readonly string[] => heldBack(r.state, next).map(({ kind }) => kind);
    expect(attempt(officerOfA, 'StepReleased', next)).toBe('StepNotClosed');
    r.cross(terms, at(tranche, there, 1), 'N');
    expect(why()).toEqual(['StepNotClosed', 'BeyondStep']);
    play(officerOfB, 'StepReleased', at(tranche, back, 1));
    play(officerOfA, 'StepReceived', { ...at(tranche, back, 1), count: 2 });
    play(observer, 'HeadCounted', { ...at(tranche, back, 1), place: 'arrival', count: 2 });
    expect(why()).toEqual(['StepNotClosed', 'BeyondStep']);
    play(officerOfA, 'IdentityConfirmed', { ...at(tranche, back, 1), persons: others.slice(0, 2) });
    expect(why()).toEqual([]);
    play(officerOfA, 'StepReleased', next);
    expect(attempt(officerOfA, 'StepReleased', next)).toBe('StepReleased');
  });

  it('[EX-46] lets a leg that is ahead send fewer, and none beyond the step', () => {
    const tranche = four();
    bothAtLine(tranche, 1);
    play(observer, 'PersonStayed', { ...at(tranche, back, 1), person: others[0]!, outcome: 'stays' });
    recount(at(tranche, back, 1));
    bothAcross(tranche, 1);
    bothAtLine(tranche, 2);
    const attemptOf = r.attempt(officerOfA, 'StepReleased', at(tranche, there, 2));
    expect(attemptOf.decision).toMatchObject({
      refusal: { kind: 'BeyondStep', leg: there, behind: back, most: 1 },
    });
    expect([there, back].map((leg) => findRoom(r.state, leg)?.most)).toEqual([1, 3]);
    play(officerOfA, 'PersonTurnedBack', { ...at(tranche, there, 2), persons: [ones[2]!] });
    recount(at(tranche, there, 2));
    play(officerOfA, 'StepReleased', at(tranche, there, 2));
    play(officerOfB, 'StepReleased', at(tranche, back, 2));
  });

  it('[EX-47] takes only the receipts of the step before', () => {
    const tranche = four();
    bothAtLine(tranche, 1);
    bothAcross(tranche, 1);
    bothAtLine(tranche, 2);
    const ref = at(tranche, there, 2);
    const receipts = receiptsBefore(r.state, trancheOf(tranche), there, 2);
    expect(receipts).toHaveLength(2);
    expect(attempt(officerOfA, 'StepReleased', { ...ref, receipts: receipts.slice(1) })).toBe(
      'ReceiptsDiffer',
    );
    expect(attempt(officerOfA, 'StepReleased', { ...ref, receipts: [...receipts].reverse() })).toBe(
      'accepted',
    );
  });

  it('[EX-48] stops every coupled leg on a wrong count, a wrong person, or a halt', () => {
    const stops: readonly (readonly [string, () => void, () => void])[] = [
      [
        'count-mismatch',
        () => play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 1 }),
        () => play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 2 }),
      ],
      [
        'identity',
        () => play(officerOfB, 'IdentityRejected', { ...ref, person: ones[0]! }),
        () => play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [ones[0]!] }),
      ],
      [
        'security',
        () => play(observer, 'StepHalted', { ...ref, reason: 'security' }),
        () => {
          expect(attempt(officerOfA, 'StepResumed', ref)).toBe('NotHalted');
          play(observer, 'StepResumed', ref);
        },
      ],
    ];
    let ref: StepRef;
    for (const [reason, stop, settle] of stops) {
      r = asked.fork();
      const tranche = four();
      ref = at(tranche, there, 1);
      bothAtLine(tranche, 1);
      play(officerOfA, 'StepReleased', ref);
      play(officerOfB, 'StepReceived', { ...ref, count: 2 });
      stop();
      const held = r.attempt(officerOfB, 'StepReleased', at(tranche, back, 1));
      expect(held.decision).toMatchObject({ refusal: { kind: 'StepHalted', leg: there, step: 1, reason } });
      settle();
      expect(attempt(officerOfB, 'StepReleased', at(tranche, back, 1))).toBe('accepted');
    }
  });

  it('[EX-49] counts nobody whom the receiver does not know, and nobody twice', () => {
    const tranche = four();
    const ref = at(tranche, there, 1);
    bothAtLine(tranche, 1);
    play(officerOfA, 'StepReleased', ref);
    play(officerOfB, 'StepReceived', { ...ref, count: 2 });
    play(officerOfB, 'IdentityRejected', { ...ref, person: ones[0]! });
    play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [ones[0]!] });
    expect(entry(ones[0]!)).toMatchObject({ whereabouts: 'held', identity: 'rejected', tranche: undefined });
    expect(count(there)).toMatchObject({ received: 1, notGoing: 1 });
    play(officerOfB, 'IdentityConfirmed', { ...ref, persons: [ones[1]!] });
    for (const by of [officerOfB, observer]) play(by, 'HeadCounted', { ...ref, place: 'arrival', count: 1 });
    expect(stepAt(ref).closed).toBe(true);
    const again = (id: EntryId): string =>
      refusalOf(r.fork().attempt(coordinatorOfB, 'TrancheProposed', proposal('x', 2, [id], [others[4]!])));
    expect(again(ones[0]!)).toBe('PersonMisidentified');
    expect(again(ones[1]!)).toBe('PersonGone');
    expect(again(soughtOf(there, 2)[1]!)).toBe('PersonGone');
    play(coordinatorOfB, 'EntryJudged', { judgements: [{ entry: ones[0]!, verdict: 'acknowledged' }] });
    expect(again(ones[0]!)).toBe('accepted');
  });

  it('[EX-50] lets anybody step back until received, by word of the neutral', () => {
    const tranche = four();
    const ref = at(tranche, there, 1);
    bothAtLine(tranche, 1);
    const refuse = (by: Player, person: EntryId): string =>
      attempt(by, 'PersonStayed', { ...ref, person, outcome: 'neutral-custody' });
    expect(refuse(player('M', 'observer'), ones[0]!)).toBe('PartyMayNot');
    expect(refuse(observer, ones[3]!)).toBe('PersonNotInStep');
    play(officerOfA, 'StepReleased', ref);
    expect(refuse(observer, ones[0]!)).toBe('accepted');
    expect(entry(ones[0]!).whereabouts).toBe('neutral-custody');
    play(officerOfB, 'StepReceived', { ...ref, count: 1 });
    expect(refuse(observer, ones[1]!)).toBe('StepReceived');
    expect(count(there)).toMatchObject({ notGoing: 1, received: 1, unsettled: 1 });
  });

  it('[EX-51] lets the giver take back who is not across for good', () => {
    const tranche = four();
    const ref = at(tranche, there, 1);
    bothAtLine(tranche, 1);
    expect(attempt(officerOfB, 'PersonTurnedBack', { ...ref, persons: [ones[0]!] })).toBe('PartyMayNot');
    play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [ones[0]!] });
    expect(entry(ones[0]!)).toMatchObject({ whereabouts: 'held', tranche, step: undefined });
    recount(ref);
    r.cross(terms, ref, 'N');
    expect(attempt(officerOfA, 'PersonTurnedBack', { ...ref, persons: [ones[1]!] })).toBe('StepClosed');
    // In the live tranche they wait for another step.
    r.cross(terms, at(tranche, back, 1), 'N');
    r.bringToLine(terms, at(tranche, there, 2), [ones[0]!, ones[2]!], 'N');
    play(coordinatorOfB, 'TrancheCancelled', { tranche });
    play(officerOfA, 'PersonTurnedBack', { ...at(tranche, there, 2), persons: [ones[0]!, ones[2]!] });
    expect(entry(ones[0]!)).toMatchObject({ whereabouts: 'held', tranche: undefined });
    expect(findMoving(r.state).map(({ whereabouts }) => whereabouts)).toEqual([
      'received',
      'received',
      'received',
    ]);
  });

  it('[EX-52] takes in who was on no list, and counts them apart', () => {
    const tranche = four();
    const ref = at(tranche, there, 1);
    bothAtLine(tranche, 1);
    const opening = {
      entry: madeUpId('unlisted') as EntryId,
      commitment: officerOfB.publicKey,
      category: 'civilian' as const,
      lane: 'exchange' as const,
    };
    const body = { ...ref, opening, records: madeUpHash('unlisted') };
    expect(attempt(officerOfB, 'UnlistedReturnee', body)).toBe('StepNotReleased');
    play(officerOfA, 'StepReleased', ref);
    expect(attempt(officerOfA, 'UnlistedReturnee', body)).toBe('PartyMayNot');
    play(officerOfB, 'UnlistedReturnee', body);
    expect(attempt(officerOfB, 'UnlistedReturnee', body)).toBe('KnownAlready');
    play(officerOfB, 'StepReceived', { ...ref, count: 3 });
    play(officerOfB, 'IdentityConfirmed', { ...ref, persons: ones.slice(0, 2) });
    play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 3 });
    expect(stepAt(ref).closed).toBe(true);
    const persons = [...ones.slice(0, 2), opening.entry];
    for (const by of [officerOfA, officerOfB]) play(by, 'ReturnConfirmed', { tranche, leg: there, persons });
    expect(count(there)).toMatchObject({ received: 2, returned: 2, unlisted: 1 });
  });
});

describe('the return', () => {
  it('[EX-53] is verified by both sides, after the step has closed', () => {
    const tranche = four();
    const ref = at(tranche, there, 1);
    bothAtLine(tranche, 1);
    const confirm = (by: Player, persons = ones.slice(0, 2)): string =>
      attempt(by, 'ReturnConfirmed', { tranche, leg: there, persons });
    play(officerOfA, 'StepReleased', ref);
    expect(confirm(officerOfA)).toBe('PersonNotReceived');
    play(officerOfB, 'StepReceived', { ...ref, count: 2 });
    expect(confirm(officerOfA)).toBe('PersonNotReceived');
    play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 2 });
    play(officerOfB, 'IdentityConfirmed', { ...ref, persons: ones.slice(0, 2) });
    expect(confirm(officerOfA)).toBe('accepted');
    expect(confirm(officerOfA)).toBe('ConfirmedAlready');
    expect([count(there).returned, entry(ones[0]!).whereabouts]).toEqual([0, 'received']);
    expect(confirm(officerOfB, [ones[3]!])).toBe('PersonNotReceived');
    expect(confirm(officerOfB, [others[0]!])).toBe('PersonNotInTranche');
    expect(confirm(officerOfB)).toBe('accepted');
    expect([count(there).returned, entry(ones[0]!).whereabouts]).toEqual([2, 'returned']);
    // In the other order too: one side alone makes no return.
    r.cross(terms, at(tranche, back, 1), 'N');
    const taken = { tranche, leg: back, persons: others.slice(0, 2) };
    play(officerOfA, 'ReturnConfirmed', taken);
    expect([count(back).returned, entry(others[0]!).whereabouts]).toEqual([0, 'received']);
    play(officerOfB, 'ReturnConfirmed', taken);
    expect([count(back).returned, entry(others[0]!).whereabouts]).toEqual([2, 'returned']);
  });

  it('[EX-54] [EX-55] is certified and completed with the verified numbers and nobody left', () => {
    const tranche = four();
    const certify = (returned: Record<string, number>): string =>
      attempt(observer, 'TrancheCertified', { tranche, returned });
    const complete = (returned: Record<string, number>, by: Player = r.host): string =>
      attempt(by, 'ExchangeCompleted', { returned });
    expect(certify({})).toBe('PersonsInMotion');
    bothAtLine(tranche, 1);
    bothAcross(tranche, 1);
    bothAtLine(tranche, 2);
    expect(complete({})).toBe('PersonsInMotion');
    r.cross(terms, at(tranche, there, 2), 'N');
    r.cross(terms, at(tranche, back, 2), 'N');
    expect(certify({ [there]: 4, [back]: 4 })).toBe('ReturnsUnconfirmed');
    expect(complete({ [there]: 4, [back]: 4 })).toBe('ReturnsUnconfirmed');
    r.confirm(terms, at(tranche, there, 2));
    r.confirm(terms, at(tranche, back, 2));
    expect(complete({ [there]: 4, [back]: 4 })).toBe('TranchesOpen');
    expect(certify({ [there]: 4, [back]: 3 })).toBe('ReturnedDiffers');
    expect(certify({ [there]: 4, [back]: 4, 'C-D': 1 })).toBe('Unknown');
    expect(attempt(player('M', 'observer'), 'TrancheCertified', { tranche, returned: {} })).toBe(
      'PartyMayNot',
    );
    expect(certify({ [there]: 4, [back]: 4 })).toBe('accepted');
    expect(certify({ [there]: 4, [back]: 4 })).toBe('TrancheEnded');
    expect(complete({ [there]: 4, [back]: 4 })).toBe('AgreedNumbersOpen');
    const rest = r.prepare(terms, 2, { [there]: ones.slice(4, 6), [back]: others.slice(4, 6) });
    r.carry(terms, rest, { [there]: 2, [back]: 2 }, 'N', [others[5]!]);
    r.certify(rest, 'N');
    expect(complete({ [there]: 6, [back]: 6 })).toBe('ReturnedDiffers');
    // Who stepped back is a difference on record, not somebody owed.
    expect(complete({ [there]: 6, [back]: 5 }, observer)).toBe('accepted');
    expect(r.state.status).toBe('completed');
  });
});

describe('stops', () => {
  it('[EX-56] suspend what goes forward, and never what accounts for persons', () => {
    const tranche = four();
    bothAtLine(tranche, 1);
    const [here, other] = [at(tranche, there, 1), at(tranche, back, 1)];
    play(officerOfA, 'StepReleased', here);
    const byB = play(player('B', 'approver'), 'ExchangeSuspended', {});
    const byN = play(observer, 'ExchangeSuspended', {});
    expect(attempt(officerOfA, 'ExchangeSuspended', {})).toBe('RoleMayNot');
    expect(attempt(officerOfB, 'StepReleased', other)).toBe('Suspended');
    expect(heldBack(r.state, other)[0]).toEqual({ kind: 'Suspended', by: ['B', 'N'] });
    expect(attempt(officerOfA, 'Departed', at(tranche, there, 2))).toBe('Suspended');
    expect(summarize(r.state)).toMatchObject({ status: 'suspended', suspendedBy: ['B', 'N'] });
    r.receive(terms, here, 'N');
    r.confirm(terms, here);
    play(officerOfB, 'PersonTurnedBack', { ...other, persons: [others[0]!] });
    expect(attempt(coordinatorOfA, 'ExchangeResumed', { suspension: byB })).toBe('PartyMayNot');
    play(coordinatorOfB, 'ExchangeResumed', { suspension: byB });
    expect(attempt(officerOfB, 'StepReleased', other)).toBe('Suspended');
    play(observer, 'ExchangeResumed', { suspension: byN });
    expect(attempt(coordinatorOfB, 'ExchangeResumed', { suspension: byB })).toBe('Unknown');
    recount(other);
    expect(attempt(officerOfB, 'StepReleased', other)).toBe('accepted');
  });

  it('[EX-57] [EX-58] [EX-63] cancel at every state; who had left is accounted for', () => {
    // Every state of one tranche, from nothing proposed to everybody home.
    const whole = asked.fork();
    r = whole;
    const from = whole.acts.length;
    const tranche = four();
    bothAtLine(tranche, 1);
    bothAcross(tranche, 1);
    bothAtLine(tranche, 2);
    bothAcross(tranche, 2);
    const story = whole.acts.slice(from);
    for (let length = 0; length <= story.length; length += 1) {
      r = asked.fork();
      for (const draft of story.slice(0, length)) expect(refusalOf(r.offer(draft))).toBe('accepted');
      play(player('A', 'approver'), 'ExchangeCancelled', {});
      expect(r.state.status).toBe('cancelled');
      const found = findIn(r.state.tranches, tranche);
      expect(found?.approvals ?? []).toEqual([]);
      for (const moving of findMoving(r.state)) {
        const ref = at(moving.tranche, moving.leg, moving.step);
        const { closed, released, received } = stepAt(ref);
        if (closed) continue;
        expect(moving.with).toBe(received === undefined ? moving.backTo : moving.leg === there ? 'B' : 'A');
        if (released === undefined || moving.person.charCodeAt(3) % 2 === 0) {
          play(moving.leg === there ? officerOfA : officerOfB, 'PersonTurnedBack', {
            ...ref,
            persons: [moving.person],
          });
        }
      }
      for (const leg of [there, back]) {
        for (const step of [1, 2]) {
          const movement = found === undefined ? undefined : findIn(found.movements, leg);
          if (movement === undefined || findIn(movement.steps, String(step)) === undefined) continue;
          const ref = at(tranche, leg, step);
          const open = stepAt(ref);
          if (open.closed || open.released === undefined) continue;
          const receiver = leg === there ? officerOfB : officerOfA;
          const n = open.persons.length;
          if (open.received === undefined) play(receiver, 'StepReceived', { ...ref, count: n });
          for (const by of [receiver, observer]) {
            if (!stepAt(ref).closed) play(by, 'HeadCounted', { ...ref, place: 'arrival', count: n });
          }
          const unknown = stepAt(ref).persons.filter((id) => !stepAt(ref).confirmed.includes(id));
          if (unknown.length > 0) play(receiver, 'IdentityConfirmed', { ...ref, persons: unknown });
        }
      }
      for (const moving of findMoving(r.state)) {
        for (const by of [officerOfA, officerOfB]) {
          r.attempt(by, 'ReturnConfirmed', { tranche, leg: moving.leg, persons: [moving.person] });
        }
      }
      expect(findMoving(r.state)).toEqual([]);
      for (const leg of [there, back]) {
        expect(count(leg).unsettled).toBe(0);
        expect(count(leg).returned).toBe(count(leg).received);
      }
      expect(attempt(coordinatorOfA, 'TrancheProposed', proposal('x', 2, [ones[6]!], [others[6]!]))).toBe(
        'Ended',
      );
      expect(attempt(coordinatorOfA, 'ExchangeSuspended', {})).toBe('Ended');
      expect(attempt(coordinatorOfA, 'ExchangeCancelled', {})).toBe('Ended');
    }
  });

  it('[EX-57] give the persons of a cancelled tranche back to the pool', () => {
    const tranche = four();
    expect(attempt(officerOfA, 'TrancheCancelled', { tranche })).toBe('RoleMayNot');
    play(player('B', 'approver'), 'TrancheCancelled', { tranche, reason: 'none' });
    expect(attempt(coordinatorOfA, 'TrancheCancelled', { tranche })).toBe('TrancheEnded');
    expect(trancheOf(tranche)).toMatchObject({ status: 'cancelled', approvals: [] });
    expect(
      attempt(coordinatorOfA, 'TrancheProposed', proposal('again', 1, ones.slice(0, 4), others.slice(0, 4))),
    ).toBe('accepted');
  });

  it('[EX-58] [EX-59] [EX-60] leave room for undertakings, breaches and corrections', () => {
    play(coordinatorOfA, 'ExchangeCancelled', {});
    const given = {
      undertaking: 'u-1',
      guarantor: 'N' as PartyId,
      persons: ones.slice(0, 1),
      until: 'the end',
    };
    expect(
      attempt(coordinatorOfA, 'UndertakingGiven', { ...given, persons: [madeUpId('x') as EntryId] }),
    ).toBe('Unknown');
    expect(attempt(coordinatorOfA, 'UndertakingGiven', { ...given, guarantor: 'X' as PartyId })).toBe(
      'Unknown',
    );
    play(coordinatorOfA, 'UndertakingGiven', given);
    expect(attempt(coordinatorOfA, 'UndertakingGiven', given)).toBe('KnownAlready');
    const evidence = madeUpHash('evidence');
    expect(attempt(coordinatorOfB, 'BreachAlleged', { undertaking: 'u-2', evidence })).toBe('Unknown');
    const allegation = play(coordinatorOfB, 'BreachAlleged', { undertaking: 'u-1', evidence });
    expect(attempt(coordinatorOfB, 'BreachAnswered', { allegation, text: evidence })).toBe('PartyMayNot');
    // Named by another it answers for nothing yet; its own signature makes it the guarantor.
    const byGuarantor = player('N', 'guarantor');
    expect(attempt(byGuarantor, 'BreachAnswered', { allegation, text: evidence })).toBe('PartyMayNot');
    play(byGuarantor, 'UndertakingGuaranteed', { undertaking: given.undertaking });
    play(byGuarantor, 'BreachAnswered', { allegation, text: evidence });
    expect(attempt(coordinatorOfA, 'BreachAnswered', { allegation, text: evidence })).toBe('AnsweredAlready');
    const before = r.state;
    play(officerOfB, 'Corrected', { act: allegation, says: 'The date was another.' });
    const { corrections, acts, size, hash, ...rest } = r.state;
    expect(before).toMatchObject(rest);
    expect([corrections.size, acts.size, size]).toEqual([1, before.acts.size + 1, before.size + 1]);
    expect(hash).not.toBe(before.hash);
    expect(
      attempt(officerOfB, 'Corrected', { act: madeUpHash('no act') as string as ActId, says: 'x' }),
    ).toBe('Unknown');
    expect(attempt(coordinatorOfA, 'KeyRevoked', { key: officerOfA.key, reason: 'retired' })).toBe(
      'accepted',
    );
  });

  it('[EX-5] never refuse because of a time or of what the signer had seen', () => {
    const tranche = four();
    bothAtLine(tranche, 1);
    const draft = r.draft(officerOfA, 'StepReleased', at(tranche, there, 1));
    for (const [n, at] of ['1970-01-01T00:00:00.000Z', '2099-12-31T23:59:59.999Z'].entries()) {
      const act = { ...draft.act, at, after: { ...draft.act.after, size: 10 ** (9 * n) } };
      expect(refusalOf(r.fork().offer({ ...draft, act }))).toBe('accepted');
    }
  });
});
