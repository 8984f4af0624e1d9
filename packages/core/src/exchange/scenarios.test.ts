/** Exchanges that took place, with the figures that were published, played from the opening to the end. */
import { describe, expect, it } from 'vitest';
import { termsHash } from './rules/agreement.ts';
import type { EntryId, LegId, PartyId } from './act/ids.ts';
import { findIn, getFrom, valuesOf } from './state/persistent-map.ts';
import { byLeg, legOf, madeUpTerms, personsOf, player, Rehearsal } from '../../testing/rehearsal.ts';
import type { Attempt } from '../../testing/rehearsal.ts';
import { findImbalance, findMoving, heldBack, summarize } from './reading/summary.ts';
import type { Leg, Terms } from './act/terms.ts';
import { powersOfTerms, exactCount } from './act/terms.ts';

const leg = (id: string, from: string, to: string, count: number, more: Partial<Leg> = {}): Leg => ({
  id: id as LegId,
  from: from as PartyId,
  to: to as PartyId,
  lane: 'exchange',
  count,
  ...more,
});
const ids = (...names: readonly string[]): readonly LegId[] => names as readonly LegId[];
const refusalOf = ({ decision }: Attempt): string =>
  decision.kind === 'refused' ? decision.refusal.kind : 'accepted';

/** Everybody listed, asked and found fit, so that tranches can be proposed. */
function readied(terms: Terms, title: string): Rehearsal {
  const rehearsal = new Rehearsal(title);
  const powers = powersOfTerms(terms);
  rehearsal.open([...powers], ['N']);
  rehearsal.agree(terms);
  rehearsal.list(
    terms,
    terms.legs.map((one) => ({ leg: one.id, persons: exactCount(one)! })),
  );
  for (const one of terms.legs) rehearsal.askAndExamine('N', one.from, personsOf(one.id, exactCount(one)!));
  return rehearsal;
}

const returnedOn = (rehearsal: Rehearsal, id: string): number =>
  getFrom(rehearsal.state.legs, id as LegId).returned;

describe('May 2025: 1,000 for 1,000 in 390, 307 and 303', () => {
  it('brings everybody home in step and completes', () => {
    const sizes = [390, 307, 303];
    const step = byLeg({ 'A-B': 50, 'B-A': 50 });
    const categories = { military: 270, civilian: 120 };
    const terms = madeUpTerms({
      legs: [leg('A-B', 'A', 'B', 1000), leg('B-A', 'B', 'A', 1000)],
      parity: [{ kind: 'equal-per-tranche', sides: ids('A-B', 'B-A').map((id) => [id]) }],
      couplings: [{ legs: ids('A-B', 'B-A'), stepSize: step }],
      crossings: ['north', 'south'].map((id) => ({ id: id as never, label: id, capacity: 100 })),
      tranches: sizes.map((n, i) => ({
        number: i + 1,
        persons: byLeg({ 'A-B': n, 'B-A': n }),
        ...(i === 0 ? { categories: byLeg({ 'A-B': categories, 'B-A': categories }) } : {}),
      })),
    });
    const rehearsal = new Rehearsal('may 2025');
    rehearsal.open(['A', 'B'], ['N']);
    rehearsal.agree(terms);
    rehearsal.list(
      terms,
      terms.legs.map((one) => ({
        leg: one.id,
        persons: 1000,
        categoryOf: (i: number) => (i < 270 || i >= 390 ? 'military' : 'civilian'),
      })),
    );
    for (const one of terms.legs) rehearsal.askAndExamine('N', one.from, personsOf(one.id, 1000));
    let from = 0;
    const running: number[] = [];
    sizes.forEach((n, i) => {
      const tranche = rehearsal.prepare(
        terms,
        i + 1,
        { 'A-B': personsOf('A-B', n, from), 'B-A': personsOf('B-A', n, from) },
        'north',
      );
      rehearsal.carry(terms, tranche, step, 'N');
      rehearsal.certify(tranche, 'N');
      from += n;
      running.push(returnedOn(rehearsal, 'A-B'));
    });
    expect(running).toEqual([390, 697, 1000]);
    rehearsal.complete(terms);
    const { status, legs, imbalance } = summarize(rehearsal.state);
    expect(status).toBe('completed');
    expect(legs.map((one) => [one.id, one.agreed, one.returned])).toEqual([
      ['A-B', 1000, 1000],
      ['B-A', 1000, 1000],
    ]);
    expect(imbalance).toBe(0);
  });
});

describe('September 2022: 215 against 55 on four legs, two of them to third states', () => {
  const step = byLeg({ 'R-U': 50, 'U-R': 14 });
  const terms = madeUpTerms({
    legs: [
      leg('R-U', 'R', 'U', 200),
      leg('U-R', 'U', 'R', 55),
      leg('R-T', 'R', 'T', 5, { origin: 'U' as PartyId }),
      leg('R-S', 'R', 'S', 10, { origin: 'U' as PartyId }),
    ],
    parity: [{ kind: 'fixed-numbers', legs: ids('R-U', 'U-R', 'R-T', 'R-S') }],
    couplings: [{ legs: ids('R-U', 'U-R'), stepSize: step }],
    gates: [
      {
        id: 'commanders',
        leg: 'R-T' as LegId,
        tranche: 1,
        requires: { kind: 'received', leg: 'U-R' as LegId, persons: 28 },
      },
    ],
  });

  it('moves legs that differ in size in proportion, and completes unequal as agreed', () => {
    const rehearsal = readied(terms, 'september 2022');
    const tranche = rehearsal.prepare(terms, 1, {
      'R-U': personsOf('R-U', 200),
      'U-R': personsOf('U-R', 55),
      'R-T': personsOf('R-T', 5),
      'R-S': personsOf('R-S', 10),
    });
    const commanders = { tranche, leg: 'R-T' as LegId, step: 1 };
    const giver = player('R', 'officer');
    rehearsal.play(giver, 'ManifestIssued', {
      ...commanders,
      vehicle: 'aircraft',
      persons: personsOf('R-T', 5),
    });
    expect(refusalOf(rehearsal.attempt(giver, 'Departed', commanders))).toBe('GateShut');

    // One leg cannot run ahead of what the other has in proportion: 50 for 14, not 100 for 14.
    for (const [id, from] of [
      ['R-U', 0],
      ['R-U', 50],
    ] as const) {
      rehearsal.bringToLine(
        terms,
        { tranche, leg: id as LegId, step: from / 50 + 1 },
        personsOf(id, 50, from),
        'N',
      );
    }
    rehearsal.cross(terms, { tranche, leg: 'R-U' as LegId, step: 1 }, 'N');
    const second = { tranche, leg: 'R-U' as LegId, step: 2 };
    expect(heldBack(rehearsal.state, second).map(({ kind }) => kind)).toEqual([
      'StepNotClosed',
      'BeyondStep',
    ]);

    for (let n = 0; n < 4; n += 1) {
      const ref = { tranche, leg: 'U-R' as LegId, step: n + 1 };
      rehearsal.bringToLine(terms, ref, personsOf('U-R', Math.min(14, 55 - 14 * n), 14 * n), 'N');
      rehearsal.cross(terms, ref, 'N');
      rehearsal.confirm(terms, ref);
      const next = { tranche, leg: 'R-U' as LegId, step: n + 2 };
      if (n > 0 && n < 3) rehearsal.bringToLine(terms, next, personsOf('R-U', 50, 50 * (n + 1)), 'N');
      if (n < 3) rehearsal.cross(terms, next, 'N');
      rehearsal.confirm(terms, { ...next, step: n + 1 });
    }
    rehearsal.play(giver, 'HeadCounted', { ...commanders, place: 'departure', count: 5 });
    rehearsal.play(player('N', 'observer'), 'HeadCounted', { ...commanders, place: 'departure', count: 5 });
    rehearsal.play(giver, 'Departed', commanders);
    rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
      stage: 'at-line',
      persons: personsOf('R-T', 5).map((entry) => ({ entry, cleared: true })),
    });
    rehearsal.cross(terms, commanders, 'N');
    rehearsal.confirm(terms, commanders);
    const foreigners = { tranche, leg: 'R-S' as LegId, step: 1 };
    rehearsal.bringToLine(terms, foreigners, personsOf('R-S', 10), 'N');
    rehearsal.cross(terms, foreigners, 'N');
    rehearsal.confirm(terms, foreigners);

    rehearsal.certify(tranche, 'N');
    rehearsal.complete(terms);
    const returned = terms.legs.map((one) => returnedOn(rehearsal, one.id));
    expect(returned).toEqual([200, 55, 5, 10]);
    expect(returned[0]! + returned[2]! + returned[3]!).toBe(215);
    // The commanders must stay until the end of the war: an undertaking outlives the handover.
    rehearsal.play(player('T', 'coordinator'), 'UndertakingGiven', {
      undertaking: 'commanders-stay',
      persons: personsOf('R-T', 5),
      until: 'the end of hostilities',
    });
    expect(rehearsal.state.undertakings.size).toBe(1);
  });
});

describe('17 October 2022: 110 agreed, two refuse at the line', () => {
  it('records 108 and 110 and completes unequal', () => {
    const step = byLeg({ 'R-U': 10, 'U-R': 10 });
    const terms = madeUpTerms({
      legs: [leg('R-U', 'R', 'U', 110), leg('U-R', 'U', 'R', 110)],
      parity: [{ kind: 'equal-per-tranche', sides: ids('R-U', 'U-R').map((id) => [id]) }],
      couplings: [{ legs: ids('R-U', 'U-R'), stepSize: step }],
    });
    const rehearsal = readied(terms, '17 october 2022');
    const tranche = rehearsal.prepare(terms, 1, {
      'R-U': personsOf('R-U', 110),
      'U-R': personsOf('U-R', 110),
    });
    const stepBack = [personsOf('R-U', 110)[107]!, personsOf('R-U', 110)[109]!];
    rehearsal.carry(terms, tranche, step, 'N', stepBack);
    rehearsal.certify(tranche, 'N');
    rehearsal.complete(terms);
    const { legs } = summarize(rehearsal.state);
    expect(legs.map(({ returned, notGoing }) => [returned, notGoing])).toEqual([
      [108, 2],
      [110, 0],
    ]);
    expect(findImbalance(rehearsal.state)).toMatchObject({
      ahead: 'U-R',
      behind: 'R-U',
      persons: 2,
      stepSize: 10,
    });
    for (const person of stepBack) {
      expect(getFrom(rehearsal.state.entries, person).whereabouts).toBe('stayed');
    }
  });
});

describe('24 January 2024: 192 for 192, cancelled in motion', () => {
  it('accounts for everybody who had left and gives the lists back', () => {
    const step = byLeg({ 'R-U': 65, 'U-R': 65 });
    const terms = madeUpTerms({
      legs: [leg('R-U', 'R', 'U', 192), leg('U-R', 'U', 'R', 192)],
      parity: [{ kind: 'equal-per-tranche', sides: ids('R-U', 'U-R').map((id) => [id]) }],
      couplings: [{ legs: ids('R-U', 'U-R'), stepSize: step }],
    });
    const rehearsal = readied(terms, '24 january 2024');
    const tranche = rehearsal.prepare(terms, 1, {
      'R-U': personsOf('R-U', 192),
      'U-R': personsOf('U-R', 192),
    });
    const flight = { tranche, leg: 'R-U' as LegId, step: 1 };
    rehearsal.bringToLine(terms, flight, personsOf('R-U', 65), 'N');
    const buses = [0, 1, 2].map((n) => ({ tranche, leg: 'U-R' as LegId, step: n + 1 }));
    buses.forEach((ref, n) =>
      rehearsal.bringToLine(terms, ref, personsOf('U-R', Math.min(65, 192 - 65 * n), 65 * n), 'N'),
    );
    rehearsal.play(player('U', 'coordinator'), 'TrancheCancelled', { tranche });

    const moving = findMoving(rehearsal.state);
    expect(moving).toHaveLength(65 + 192);
    expect(
      new Set(moving.map((one) => `${one.leg} ${one.whereabouts} with ${one.with}, back to ${one.backTo}`)),
    ).toEqual(new Set(['R-U departed with R, back to R', 'U-R departed with U, back to U']));
    expect(refusalOf(rehearsal.attempt(player('R', 'officer'), 'StepReleased', flight))).toBe('TrancheEnded');

    // Who had them says that 65 were aboard the aircraft that was lost.
    for (const entry of personsOf('R-U', 65)) {
      rehearsal.play(player('R', 'officer'), 'DeathRecorded', { entry });
    }
    for (const ref of buses) {
      rehearsal.play(player('U', 'officer'), 'PersonTurnedBack', {
        ...ref,
        persons: rehearsal.step(ref).persons,
      });
    }
    expect(findMoving(rehearsal.state)).toEqual([]);
    rehearsal.play(player('N', 'observer'), 'TrancheCertified', { tranche, returned: {} });
    for (const count of valuesOf(rehearsal.state.legs)) {
      expect([count.received, count.unsettled, count.returned]).toEqual([0, 0, 0]);
    }
    // The rest of both lists is in the pool again: another tranche names them, under new approvals.
    const again = rehearsal.prepare(terms, 2, {
      'R-U': personsOf('R-U', 127, 65),
      'U-R': personsOf('U-R', 127, 65),
    });
    expect(getFrom(rehearsal.state.tranches, again).approvals).toHaveLength(4);
    rehearsal.play(player('R', 'approver'), 'ExchangeCancelled', { reason: 'none given' });
    expect(rehearsal.state.status).toBe('cancelled');
    expect(getFrom(rehearsal.state.tranches, again).approvals).toEqual([]);
  });
});

describe('1953: sick and wounded, 684 and 6,670, never netted', () => {
  const lane = 'direct-repatriation';
  const legs = [leg('K-U', 'K', 'U', 684, { lane }), leg('U-K', 'U', 'K', 6670, { lane })];

  it('[EX-20] refuses terms that net them, and names the articles', () => {
    const rehearsal = new Rehearsal('1953 netted');
    rehearsal.open(['K', 'U'], ['N']);
    for (const netting of [
      { parity: [{ kind: 'ratio', sides: ids('K-U', 'U-K').map((id) => [id]), persons: [684, 6670] }] },
      { couplings: [{ legs: ids('K-U', 'U-K'), stepSize: byLeg({ 'K-U': 684, 'U-K': 6670 }) }] },
      {
        gates: [
          { id: 'wait', leg: 'U-K', tranche: 1, requires: { kind: 'returned', leg: 'K-U', persons: 684 } },
        ],
      },
    ] as unknown as readonly Partial<Terms>[]) {
      const { decision } = rehearsal.attempt(rehearsal.host, 'TermsProposed', {
        terms: madeUpTerms({ legs, ...netting }),
      });
      expect(decision).toMatchObject({
        kind: 'refused',
        refusal: {
          kind: 'TermsFaulty',
          faults: [{ kind: 'NetsDirectRepatriation' }, { kind: 'NetsDirectRepatriation' }],
        },
      });
      expect(JSON.stringify(decision)).toContain('GC III, articles 109 and 110');
    }
  });

  it('brings both home in their own numbers', () => {
    const terms = madeUpTerms({
      legs,
      parity: [
        { kind: 'one-way', legs: ids('K-U') },
        { kind: 'one-way', legs: ids('U-K') },
      ],
    });
    const rehearsal = readied(terms, '1953');
    for (const [id, count] of [
      ['K-U', 684],
      ['U-K', 6670],
    ] as const) {
      for (let from = 0; from < count; from += 1600) {
        const size = Math.min(1600, count - from);
        const number = 1 + [...valuesOf(rehearsal.state.tranches)].length;
        const tranche = rehearsal.prepare(terms, number, { [id]: personsOf(id, size, from) });
        rehearsal.carry(terms, tranche, { [id]: 200 }, 'N');
        rehearsal.certify(tranche, 'N');
      }
    }
    rehearsal.complete(terms);
    expect([returnedOn(rehearsal, 'K-U'), returnedOn(rehearsal, 'U-K')]).toEqual([684, 6670]);
    expect(findImbalance(rehearsal.state)).toBeUndefined();
  });
});

describe('Ankara, 1 August 2024: 26 persons among seven states', () => {
  it('needs two persons of every one of the seven, and moves as one', () => {
    const legs = [
      leg('RU-DE', 'RU', 'DE', 12),
      leg('RU-US', 'RU', 'US', 3),
      leg('BY-DE', 'BY', 'DE', 1),
      leg('US-RU', 'US', 'RU', 3),
      leg('DE-RU', 'DE', 'RU', 1),
      leg('SI-RU', 'SI', 'RU', 4),
      leg('NO-RU', 'NO', 'RU', 1),
      leg('PL-RU', 'PL', 'RU', 1),
    ];
    const size = Object.fromEntries(legs.map((one) => [one.id, exactCount(one)!]));
    const terms = madeUpTerms({
      legs,
      parity: [{ kind: 'fixed-numbers', legs: legs.map(({ id }) => id) }],
      couplings: [{ legs: legs.map(({ id }) => id), stepSize: byLeg(size) }],
    });
    expect(legs.reduce((sum, one) => sum + exactCount(one)!, 0)).toBe(26);
    const rehearsal = readied(terms, 'ankara 2024');
    const tranche = rehearsal.prepare(
      terms,
      1,
      Object.fromEntries(legs.map((one) => [one.id, personsOf(one.id, exactCount(one)!)])),
    );
    const approvals = getFrom(rehearsal.state.tranches, tranche).approvals;
    expect(new Set(approvals.map(({ party }) => party)).size).toBe(7);
    // One approval less and nobody leaves.
    const { hash } = getFrom(rehearsal.state.tranches, tranche);
    rehearsal.play(player('NO', 'approver'), 'ApprovalWithdrawn', { tranche, hash });
    const flight = { tranche, leg: 'RU-DE' as LegId, step: 1 };
    expect(
      refusalOf(
        rehearsal.attempt(player('RU', 'officer'), 'ManifestIssued', {
          ...flight,
          vehicle: 'aircraft',
          persons: personsOf('RU-DE', 12),
        }),
      ),
    ).toBe('ApprovalsMissing');
    rehearsal.play(player('NO', 'approver'), 'TrancheApproved', { tranche, hash });
    rehearsal.carry(terms, tranche, size, 'N');
    rehearsal.certify(tranche, 'N');
    rehearsal.complete(terms);
    expect(legs.map(({ id }) => returnedOn(rehearsal, id))).toEqual([12, 3, 1, 3, 1, 4, 1, 1]);
  });
});

describe('October 2011: 27 leave once one is in neutral hands, 450 once he is home, 550 later', () => {
  it('[EX-44] [EX-23] opens each gate on a confirmed event', () => {
    const terms = madeUpTerms({
      legs: [
        leg('soldier', 'G', 'E', 1, { origin: 'I' as PartyId }),
        leg('first', 'I', 'G', 27),
        leg('second', 'I', 'G', 450),
        leg('third', 'I', 'G', 550),
      ],
      parity: [{ kind: 'fixed-numbers', legs: ids('soldier', 'first', 'second', 'third') }],
      gates: (
        [
          ['first', { kind: 'received', leg: 'soldier', persons: 1 }],
          ['second', { kind: 'returned', leg: 'soldier', persons: 1 }],
          ['third', { kind: 'condition-met', condition: 'two-months' }],
        ] as const
      ).map(([id, requires]) => ({ id, leg: id as LegId, tranche: 1, requires: requires as never })),
    });
    const rehearsal = readied(terms, '2011');
    rehearsal.play(player('N', 'guarantor'), 'ConditionLinked', {
      condition: 'two-months',
      text: 'Two months after the return of the soldier.',
    });
    rehearsal.play(player('N', 'guarantor'), 'GuaranteeGiven', {
      condition: 'two-months',
      text: 'The neutral.',
    });
    const tranche = rehearsal.prepare(terms, 1, {
      soldier: personsOf('soldier', 1),
      first: personsOf('first', 27),
      second: personsOf('second', 450),
      third: personsOf('third', 550),
    });
    const shut = (id: string): boolean => {
      const ref = { tranche, leg: id as LegId, step: 1 };
      const { movements } = getFrom(rehearsal.state.tranches, tranche);
      if (findIn(getFrom(movements, ref.leg).steps, '1') === undefined) {
        rehearsal.play(player('I', 'officer'), 'ManifestIssued', {
          ...ref,
          vehicle: 'bus 1',
          persons: personsOf(id, 20),
        });
      }
      return heldBack(rehearsal.state, ref).some(({ kind }) => kind === 'GateShut');
    };
    const gates = (): readonly boolean[] => ['first', 'second', 'third'].map(shut);
    expect(gates()).toEqual([true, true, true]);
    const ref = { tranche, leg: 'soldier' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, personsOf('soldier', 1), 'N');
    rehearsal.play(player('G', 'officer'), 'StepReleased', ref);
    expect(gates()).toEqual([true, true, true]);
    rehearsal.receive(terms, ref, 'N');
    expect(gates()).toEqual([false, true, true]);
    rehearsal.confirm(terms, ref);
    expect(gates()).toEqual([false, false, true]);
    expect(refusalOf(rehearsal.attempt(rehearsal.host, 'ConditionMet', { condition: 'two-months' }))).toBe(
      'PartyMayNot',
    );
    rehearsal.play(player('N', 'guarantor'), 'ConditionMet', { condition: 'two-months' });
    expect(gates()).toEqual([false, false, false]);

    for (const [id, count] of [
      ['first', 27],
      ['second', 450],
      ['third', 550],
    ] as const) {
      for (let from = 0; from < count; from += 200) {
        const step = from / 200 + 1;
        const group: readonly EntryId[] = personsOf(id, Math.min(200, count - from), from);
        const at = { tranche, leg: id as LegId, step };
        rehearsal.bringToLine(terms, at, group, 'N');
        rehearsal.cross(terms, at, 'N');
        rehearsal.confirm(terms, at);
      }
    }
    rehearsal.certify(tranche, 'N');
    rehearsal.complete(terms);
    expect(terms.legs.map(({ id }) => returnedOn(rehearsal, id))).toEqual([1, 27, 450, 550]);
    expect(rehearsal.state.terms?.hash).toBe(termsHash(terms));
    expect(legOf(terms, 'soldier' as LegId).to).toBe('E');
  });
});
