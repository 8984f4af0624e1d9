/** What terms can say: legs that end elsewhere than at home, counts that are no numbers, sums that balance, the law. */
import { describe, expect, it } from 'vitest';
import { byLeg, madeUpHash, madeUpTerms, personsOf, player, Rehearsal } from '../../../testing/rehearsal.ts';
import type { LegId, PartyId } from '../act/ids.ts';
import { tiedSides, type Leg, type Terms } from '../act/terms.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import { findTermsFaults } from './terms-faults.ts';

type Draft = Partial<Omit<Leg, 'id' | 'from' | 'to'>> & { readonly to?: string };
const leg = (id: string, from: string, rest: Draft): Leg =>
  ({ id, from, lane: 'exchange', count: 4, ...rest }) as unknown as Leg;
const ids = (...names: string[]) => names as unknown as readonly LegId[];
const faultsOf = (terms: Terms): readonly string[] => findTermsFaults(terms).map(({ kind }) => kind);

/** Everybody of one leg listed, cleared, approved and carried to its end. */
function carried(legs: readonly Leg[], over: Partial<Terms> = {}, title = 'terms'): Rehearsal {
  const terms = madeUpTerms({ legs, ...over });
  const r = new Rehearsal(title);
  r.open(['A', 'B'], ['N'], { state: ['S'], mediator: ['M'] });
  r.agree(terms);
  r.list(terms, [{ leg: legs[0]!.id, persons: 4 }]);
  const persons = personsOf(legs[0]!.id, 4);
  r.askAndExamine('N', 'A', persons);
  const tranche = r.prepare(terms, 1, byLeg({ [legs[0]!.id]: persons }));
  r.carry(terms, tranche, { [legs[0]!.id]: 2 }, 'N');
  r.certify(tranche, 'N');
  return r;
}
const whereOf = (r: Rehearsal, id: string): readonly string[] =>
  personsOf(id, 4).map((person) => getFrom(r.state.entries, person).whereabouts);

describe('a leg', () => {
  it.each([
    ['home', { to: 'B' }, 'returned'],
    ['custody of a neutral', { to: 'N', ends: 'custody' }, 'neutral-custody'],
    ['a third state', { to: 'S', ends: 'accommodation', origin: 'B' as PartyId }, 'accommodated'],
    ['freedom where they are', {}, 'set-free'],
  ] as const)('[EX-69] leads to %s, verified by both sides', (_name, end, where) => {
    const r = carried([leg('L', 'A', end)]);
    expect(whereOf(r, 'L')).toEqual([where, where, where, where]);
    expect(findIn(r.state.legs, 'L' as LegId)).toMatchObject({ received: 4, returned: 4 });
    r.complete(r.state.terms!.terms);
  });

  it('[EX-69] leads on from custody by the entry the person came by, and nobody is home before', () => {
    const r = carried([
      leg('L', 'A', { to: 'N', ends: 'custody', origin: 'B' as PartyId }),
      leg('ON', 'N', { to: 'B', starts: 'custody' }),
    ]);
    const terms = r.state.terms!.terms;
    const persons = personsOf('L', 4);
    // Who is in no custody goes on no such leg, and nobody goes the first leg twice.
    const again = r.attempt(player('A', 'coordinator'), 'TrancheProposed', {
      tranche: r.newTranche(),
      number: 2,
      persons: byLeg({ L: persons.slice(0, 1) }),
    });
    expect(again.decision).toMatchObject({ kind: 'refused' });
    const tranche = r.newTranche();
    r.play(player('B', 'coordinator'), 'TrancheProposed', {
      tranche,
      number: 2,
      persons: byLeg({ ON: persons }),
    });
    const { hash } = getFrom(r.state.tranches, tranche);
    for (const role of ['coordinator', 'approver'] as const) {
      r.play(player('B', role), 'TrancheApproved', { tranche, hash });
    }
    r.schedule(terms, tranche, ids('ON'));
    r.carry(terms, tranche, { ON: 4 }, 'N');
    expect(whereOf(r, 'L')).toEqual(['returned', 'returned', 'returned', 'returned']);
    expect(findIn(r.state.legs, 'ON' as LegId)).toMatchObject({ returned: 4 });
  });

  it('[EX-69] that nobody receives and no neutral sees, or that leads to nobody who could, cannot stand', () => {
    expect(
      faultsOf(madeUpTerms({ legs: [leg('L', 'A', {})], neutrals: [], unwitnessed: 'by-the-parties-alone' })),
    ).toEqual(['LegUnreceived']);
    const r = new Rehearsal('receive');
    r.open(['A', 'B'], ['N'], { mediator: ['M'] });
    const terms = madeUpTerms({ legs: [leg('L', 'A', { to: 'M', ends: 'accommodation' })] });
    const { decision } = r.attempt(r.host, 'TermsProposed', { terms });
    expect(decision).toMatchObject({ refusal: { kind: 'TermsFaulty', faults: [{ kind: 'CannotReceive' }] } });
  });

  it('[EX-70] is for a number, for up to a number, or for everybody of a category', () => {
    const upTo = carried([leg('L', 'A', { to: 'B', count: { kind: 'up-to', persons: 9 } })]);
    upTo.complete(upTo.state.terms!.terms);
    const all = carried([leg('L', 'A', { to: 'B', count: { kind: 'all', category: 'military' } })]);
    all.complete(all.state.terms!.terms);
    const other = madeUpTerms({
      legs: [leg('L', 'A', { to: 'B', count: { kind: 'all', category: 'civilian' } })],
    });
    const r = new Rehearsal('category');
    r.open(['A', 'B'], ['N']);
    r.agree(other);
    r.list(other, [{ leg: 'L' as LegId, persons: 1 }]);
    const proposal = { tranche: r.newTranche(), number: 1, persons: byLeg({ L: personsOf('L', 1) }) };
    const { decision } = r.attempt(player('A', 'coordinator'), 'TrancheProposed', proposal);
    expect(decision).toMatchObject({ refusal: { kind: 'PersonOfOtherCategory', category: 'civilian' } });
    const unnamed = {
      ...other,
      legs: [leg('L', 'A', { to: 'B', count: { kind: 'all', category: 'medics' } })],
    };
    expect(faultsOf(unnamed)).toEqual(['NoSuch']);
  });

  it('[EX-75] crosses the soil of others only by their own acknowledgement of each movement', () => {
    const terms = madeUpTerms({ legs: [leg('L', 'A', { to: 'B', via: ['S' as PartyId] })] });
    const r = new Rehearsal('transit');
    r.open(['A', 'B'], ['N'], { state: ['S'] });
    r.agree(terms);
    r.list(terms, [{ leg: 'L' as LegId, persons: 2 }]);
    r.askAndExamine('N', 'A', personsOf('L', 2));
    const tranche = r.prepare(terms, 1, byLeg({ L: personsOf('L', 2) }));
    const step = { tranche, leg: 'L' as LegId, step: 1 };
    r.play(player('A', 'officer'), 'ManifestIssued', { ...step, vehicle: 'bus', persons: personsOf('L', 2) });
    const depart = () => r.attempt(player('A', 'officer'), 'Departed', step).decision;
    expect(depart()).toMatchObject({ refusal: { kind: 'NoticeNotAcknowledged' } });
    const { notice } = findIn(getFrom(r.state.tranches, tranche).movements, step.leg)!;
    r.play(player('S', 'officer'), 'MovementAcknowledged', { notice: notice! });
    expect(depart()).toEqual({ kind: 'accepted' });
  });
});

describe('parity', () => {
  const four = [
    leg('A1', 'A', { to: 'B', count: 200 }),
    leg('A2', 'A', { to: 'B', count: 190 }),
    leg('B1', 'B', { to: 'A', count: 190 }),
    leg('B2', 'B', { to: 'A', count: 200 }),
  ];
  const sides = [ids('A1', 'A2'), ids('B1', 'B2')];

  it('[EX-71] balances sums of legs: one direction may use several crossings', () => {
    expect(faultsOf(madeUpTerms({ legs: four, parity: [{ kind: 'equal-per-tranche', sides }] }))).toEqual([]);
    const ratio = { kind: 'ratio', sides, persons: [1, 2] } as const;
    expect(faultsOf(madeUpTerms({ legs: four, parity: [ratio] }))).toEqual(['ParityLopsided']);
    expect(tiedSides(ratio)?.weights).toEqual([1, 2]);
    const terms = madeUpTerms({
      legs: [
        leg('A1', 'A', { to: 'B', count: 2 }),
        leg('A2', 'A', { to: 'B', count: 1 }),
        leg('B1', 'B', { to: 'A', count: 3 }),
      ],
      parity: [{ kind: 'equal-per-tranche', sides: [ids('A1', 'A2'), ids('B1')] }],
    });
    const r = new Rehearsal('sums');
    r.open(['A', 'B'], ['N']);
    r.agree(terms);
    r.list(terms, [
      { leg: 'A1' as LegId, persons: 2 },
      { leg: 'A2' as LegId, persons: 1 },
      { leg: 'B1' as LegId, persons: 3 },
    ]);
    const propose = (a1: number, a2: number, b1: number) =>
      r.fork().attempt(player('A', 'coordinator'), 'TrancheProposed', {
        tranche: r.newTranche(),
        number: 1,
        persons: byLeg({ A1: personsOf('A1', a1), A2: personsOf('A2', a2), B1: personsOf('B1', b1) }),
      }).decision.kind;
    expect(propose(2, 1, 3)).toBe('accepted');
    expect(propose(1, 1, 2)).toBe('accepted');
    expect(propose(2, 1, 2)).toBe('refused');
  });

  it('[EX-72] of what the law keeps apart stands only where the terms name the departure by rule and reason', () => {
    const legs = [leg('L', 'A', { to: 'B' }), leg('D', 'B', { to: 'A', lane: 'remains' })];
    const ratio = [{ kind: 'ratio', sides: [ids('L'), ids('D')], persons: [1, 1] }] as const;
    const gate = [
      {
        id: 'G',
        leg: 'L' as LegId,
        tranche: 1,
        requires: { kind: 'returned', leg: 'D' as LegId, persons: 4 },
      },
    ] as const;
    // One answer to both: the living tied to the dead by a number, and the living made to wait for them.
    expect(faultsOf(madeUpTerms({ legs, parity: ratio }))).toEqual(['NetsRemains']);
    expect(faultsOf(madeUpTerms({ legs, gates: gate }))).toEqual(['NetsRemains']);
    const departures = [
      { leg: 'D' as LegId, rule: 'NetsRemains', reason: 'The powers agreed to 1 for 1 in talks.' },
    ] as const;
    expect(faultsOf(madeUpTerms({ legs, parity: ratio, gates: gate, departures }))).toEqual([]);
    const other = [{ ...departures[0], rule: 'NetsChildren' }] as const;
    expect(faultsOf(madeUpTerms({ legs, parity: ratio, departures: other }))).toEqual(['NetsRemains']);
    const children = [leg('L', 'A', { to: 'B' }), leg('D', 'B', { to: 'A', lane: 'children' })];
    expect(faultsOf(madeUpTerms({ legs: children, parity: ratio }))).toEqual(['NetsChildren']);
  });

  it.each(['direct-repatriation', 'civilian-release', 'remains', 'children'] as const)(
    '[EX-20] a condition that binds no leg to another nets nobody of the lane %s',
    (lane) => {
      const gates = [
        {
          id: 'open',
          leg: 'L' as LegId,
          tranche: 1,
          requires: { kind: 'condition-met', condition: 'corridor-open' },
        },
      ] as const;
      expect(faultsOf(madeUpTerms({ legs: [leg('L', 'A', { to: 'B', lane })], gates }))).toEqual([]);
    },
  );
});

describe('categories', () => {
  it('[EX-73] are data of the terms: a person of a category they do not define goes nowhere until they do', () => {
    const terms = madeUpTerms({ legs: [leg('L', 'A', { to: 'B' })], categories: [] });
    const r = new Rehearsal('categories');
    r.open(['A', 'B'], ['N']);
    r.agree(terms);
    r.list(terms, [{ leg: 'L' as LegId, persons: 4 }]);
    const propose = () =>
      r.attempt(player('A', 'coordinator'), 'TrancheProposed', {
        tranche: r.newTranche(),
        number: 1,
        persons: byLeg({ L: personsOf('L', 4) }),
      }).decision;
    expect(propose()).toMatchObject({ refusal: { kind: 'CategoryUnknown', category: 'military' } });
    const named = madeUpTerms({ legs: terms.legs });
    r.play(r.host, 'TermsAmended', { replaces: r.state.terms!.hash, terms: named });
    r.accept(named);
    expect(propose()).toEqual({ kind: 'accepted' });
    expect(faultsOf({ ...named, categories: [...named.categories, named.categories[0]!] })).toEqual([
      'Repeated',
    ]);
  });
});

describe('mediators', () => {
  it('[EX-76] beside the host, perhaps of other states, propose, schedule and stop; they let nobody in', () => {
    const terms = madeUpTerms({ legs: [leg('L', 'A', { to: 'B' })], mediators: ['M' as PartyId] });
    const r = new Rehearsal('mediators');
    r.open(['A', 'B'], ['N'], { mediator: ['M'] });
    const mediator = player('M', 'mediator');
    r.play(mediator, 'TermsProposed', { terms });
    r.accept(terms);
    r.play(mediator, 'ConditionLinked', { condition: 'c', text: 'The corridor is open.' });
    const founders = [
      { actor: r.newTranche() as never, role: 'observer' as const, key: madeUpHash('k') as never },
    ];
    const letIn = { party: 'X' as PartyId, kind: 'neutral' as const, label: 'X', founders, witness: '' };
    expect(r.attempt(mediator, 'PartyAccredited', letIn).decision).toMatchObject({ kind: 'refused' });
    const unknown = madeUpTerms({ legs: terms.legs, mediators: ['A' as PartyId] });
    const amend = { replaces: r.state.terms!.hash, terms: unknown };
    expect(r.attempt(mediator, 'TermsAmended', amend).decision).toMatchObject({
      refusal: { faults: [{ kind: 'NotAMediator' }] },
    });
  });
});
