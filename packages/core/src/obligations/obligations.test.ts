/** Promises of a played exchange on a timetable: met, due, late, alleged broken, answered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIn, type LegId, type PartyId } from '../exchange/index.ts';
import { madeUpHash, madeUpTerms, personsOf, player, Rehearsal } from '../../testing/rehearsal.ts';
import { toDayAfter } from '../statements/day.ts';
import { standingOf, type Obligation } from './obligation.ts';
import { forGuarantor, toReminders, toTimetable, type RecordedAct } from './timetable.ts';

const leg = 'A-B' as LegId;
const terms = madeUpTerms({
  legs: [{ id: leg, from: 'A' as PartyId, to: 'B' as PartyId, lane: 'exchange', count: 4 }],
  parity: [{ kind: 'one-way', legs: [leg] }],
  verdictDays: 10,
});

function recordedOf(r: Rehearsal): readonly RecordedAct[] {
  return r.acts.map(({ act, id }, index) => ({
    act,
    id,
    index,
    party: findIn(r.state.keys, act.by)?.party ?? r.host.party,
  }));
}

function played(): Rehearsal {
  const r = new Rehearsal('obligations');
  r.open(['A', 'B'], ['N', 'G']);
  r.play(player('A', 'coordinator'), 'ConditionLinked', {
    condition: 'corridor',
    text: 'The corridor stands by 2025-06-30',
  });
  r.play(player('G', 'guarantor'), 'GuaranteeGiven', { condition: 'corridor', text: 'We answer for it' });
  r.agree(terms);
  r.list(terms, [{ leg, persons: 4 }]);
  return r;
}
const of = (r: Rehearsal, today: string): readonly Obligation[] => toTimetable(recordedOf(r), r.state, today);
const standings = (all: readonly Obligation[]): Readonly<Record<string, string>> =>
  Object.fromEntries(all.map(({ kind, name, standing }) => [`${kind} ${name}`, standing]));

describe('the timetable of what was promised', () => {
  it('[OB-1] holds numbers, verdicts, conditions and undertakings, each with its days', () => {
    const r = played();
    expect(standings(of(r, '2025-05-24'))).toMatchObject({
      'numbers A-B': 'open',
      'condition corridor': 'open',
      'verdicts A held': 'met',
    });
    expect(standings(of(r, '2025-06-30'))).toMatchObject({ 'condition corridor': 'due' });
    expect(standings(of(r, '2025-07-01'))).toMatchObject({
      'condition corridor': 'late',
      'numbers A-B': 'open',
    });
    r.play(player('G', 'guarantor'), 'ConditionMet', { condition: 'corridor' });
    expect(standings(of(r, '2025-07-01'))).toMatchObject({ 'condition corridor': 'met' });
  });

  it('[OB-2] an allegation waits for its answer, and the answer decides nothing', () => {
    const r = played();
    r.play(player('A', 'coordinator'), 'UndertakingGiven', {
      undertaking: 'stay',
      persons: personsOf(leg, 2),
      until: 'the end of hostilities',
    });
    expect(standings(of(r, '2031-01-01'))).toMatchObject({ 'undertaking stay': 'open' });
    const evidence = madeUpHash('evidence');
    const allegation = r.play(player('B', 'coordinator'), 'BreachAlleged', { undertaking: 'stay', evidence });
    expect(standings(of(r, '2031-01-01'))).toMatchObject({ 'undertaking stay': 'alleged' });
    expect(toReminders(of(r, '2025-05-24'), '2025-05-24', 7)).toContainEqual({
      obligation: 'undertaking stay',
      to: ['A'],
      why: 'answer-awaited',
    });
    r.play(player('A', 'coordinator'), 'BreachAnswered', { allegation, text: madeUpHash('answer') });
    const stay = of(r, '2031-01-01').find(({ name }) => name === 'stay')!;
    expect(stay.standing).toBe('answered');
    expect(stay.evidence.map(({ what, payload }) => [what, payload])).toEqual([
      ['given', undefined],
      ['alleged', evidence],
      ['answered', madeUpHash('answer')],
    ]);
  });

  it('[OB-3] a guarantor sees what it signed and nothing else', () => {
    const r = played();
    r.play(player('A', 'coordinator'), 'UndertakingGiven', {
      undertaking: 'stay',
      guarantor: 'N' as PartyId,
      persons: [],
      until: '2026-01-01',
    });
    const all = of(r, '2025-06-29');
    expect(forGuarantor(all, 'G' as PartyId).map(({ name }) => name)).toEqual(['corridor']);
    expect(forGuarantor(all, 'N' as PartyId)).toEqual([]);
    expect(toReminders(all, '2025-06-29', 7)).toEqual(
      expect.arrayContaining([
        { obligation: 'undertaking stay', to: ['N'], why: 'signature-awaited' },
        { obligation: 'condition corridor', to: ['G'], why: 'soon' },
      ]),
    );
  });

  it('[OB-4] names no person: no entry of any list is in what is shown', () => {
    const r = played();
    r.play(player('A', 'coordinator'), 'UndertakingGiven', {
      undertaking: 'stay',
      persons: personsOf(leg, 2),
      until: '2026',
    });
    const shown = JSON.stringify(of(r, '2025-06-29'));
    for (const person of personsOf(leg, 4)) expect(shown).not.toContain(person);
    expect(of(r, '2025-06-29').find(({ name }) => name === 'stay')?.persons).toEqual({ owed: 2, done: 2 });
  });

  it('[OB-5] goes through open, due and late or met in this order as days pass', () => {
    const order = ['open', 'due', 'late', 'met'];
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.constantFrom('to-do', 'to-keep'), (first, more, nature) => {
        const last = toDayAfter('2025-05-01', 30);
        const draft = {
          ...of(played(), '2025-05-01')[0]!,
          nature,
          until: { from: last, to: last },
          metOn: undefined,
        };
        const at = (days: number): number => order.indexOf(standingOf(draft, toDayAfter('2025-05-01', days)));
        expect(at(first + more)).toBeGreaterThanOrEqual(at(first));
        if (nature === 'to-do' && first > 30) expect(order[at(first)]).toBe('late');
        if (nature === 'to-keep' && first > 30) expect(order[at(first)]).toBe('met');
      }),
      { numRuns: 30 },
    );
  });
});
