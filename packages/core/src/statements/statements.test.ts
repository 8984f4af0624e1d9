/** What is said against what is so: neutrality as properties, and the ways in which numbers mislead as cases. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAmounts, toleranceOf, type Amount } from './amount.ts';
import { becauseSentences, becauseToSentence } from './because.ts';
import { claimKinds, type Claim, type ClaimKind } from './claim.ts';
import { daysBetween, parseMoment, parseSpan, toSpan } from './day.ts';
import type { EventRecord, Figure } from './figure.ts';
import { judgeClaims, type Judgement } from './judge.ts';
import { readClaims } from './read-claims.ts';
import { readFigures } from './read-figures.ts';
import { findSilences } from './silence.ts';
import type { Table } from './table.ts';
import { units, type Unit } from './unit.ts';
import { toUtterances } from './utterance.ts';

function toTable(text: string): Table {
  const [header = '', ...lines] = text.trim().split('\n');
  const columns = header.split(',').map((name) => name.trim());
  const rows = lines.map((line, index) => {
    const cells = line.split(',').map((cell) => cell.trim());
    return { line: index + 2, cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])) };
  });
  return { columns, rows };
}

/** An exchange of three days between A and B, as made up as its numbers. */
const record = read(`
row_id,event_id,stage,date,date_end,from_party,to_party,count,count_kind,unit,row_role,part_of,status,claimed_by,source,mediators,place,composition
t1,x,all,2031-05-10,2031-05-12,A,B,900,exact,persons,event_total,,completed,press,p,M,the bridge,
s1,x,1,2031-05-10,,A,B,300,exact,persons,stage_total,t1,completed,both,p,M,the bridge,
m1,x,1,2031-05-10,,A,B,210,exact,military,part,s1,completed,both,p,,,
c1,x,1,2031-05-10,,A,B,90,exact,civilians,part,s1,completed,both,p,,,
s2,x,2,2031-05-11,,A,B,310,exact,persons,stage_total,t1,completed,both,p,,,12 women among them
s3,x,3,2031-05-12,,A,B,290,exact,persons,stage_total,t1,completed,both,p,,,
t2,x,all,2031-05-10,2031-05-12,B,A,900,exact,persons,event_total,,completed,press,p,M,,
u1,x,1,2031-05-10,,B,A,300,exact,persons,stage_total,t2,completed,both,p,,,
u2,x,2,2031-05-11,,B,A,310,exact,persons,stage_total,t2,completed,both,p,,,
u3,x,3,2031-05-12,,B,A,290,exact,persons,stage_total,t2,completed,both,p,,,
y1,y,1,2031-06-01,,A,B,154,exact,persons,event_total,,completed,press,p,,,
y2,y,1,2031-06-01,,A,B,146,exact,military,part,y1,completed,press,p,,,
y3,y,1,2031-06-01,,A,B,8,exact,civilians,part,y1,completed,press,p,,,
y4,y,1,2031-06-01,,B,A,150,exact,persons,event_total,,completed,press,p,,,
y5,y,1,2031-06-01,,A,B,40,exact,remains,event_total,,completed,press,p,,,
y6,y,1,2031-06-01,,A,B,160,exact,persons,plan,y1,agreed_only,press,p,,,
y7,y,1,2031-06-01,,A,B,120,exact,persons,alternative,y1,completed,ICRC,p,,,
y8,y,1,2031-06-01,,A,B,149,exact,persons,alternative,y1,completed,A,p,,,
y9,y,1,2031-06-01,,A,B,6,exact,persons,refused,y1,completed,press,p,,,
z1,z,1,2031-07-01,,A,B,,undisclosed,persons,event_total,,completed,press,p,,,
z2,z,1,2031-07-01,,B,A,50,at_least,persons,event_total,,completed,press,p,,,
w1,w,1,2031-08-01,,A,C,33,exact,persons,event_total,,completed,A,p,,,
w2,w,1,2031-08-01,,C,A,44,exact,persons,event_total,,completed,press,,,,
k1,k,1,2031-09-01,,A,B,0,exact,persons,event_total,,cancelled,press,p,,,
k2,k,1,2031-09-01,,A,B,70,exact,persons,claim_only,k1,cancelled,A,p,,,
h1,h,1,2031-05-10,,A,B,7,exact,persons,stage_total,,completed,press,p,,,
h2,h,2,2031-06-10,,A,B,9,exact,persons,stage_total,,completed,press,p,,,
g1,g,1,2031-10-01,,A,B,500,exact,persons,plan,,agreed_only,press,p,,,
`);

function read(text: string): EventRecord {
  const figures = readFigures(toTable(text));
  if (!figures.ok) throw new Error(JSON.stringify(figures.error));
  return figures.value;
}

const plain: Claim = {
  id: 'c',
  madeAt: parseMoment('2031-05-12'),
  speaker: 'someone',
  role: 'spokesperson',
  affiliation: 'A',
  venue: '',
  about: { kind: 'event', event: 'x' },
  stage: undefined,
  returns: undefined,
  countedBy: undefined,
  kind: 'count',
  names: [],
  direction: { kind: 'each' },
  amount: undefined,
  unit: 'persons',
  attribution: 'named',
  isAuthorInDoubt: false,
  reportedBy: [],
  archived: undefined,
  sameAs: undefined,
  corrects: undefined,
};
const ab = { kind: 'way', from: 'A', to: 'B' } as const;
const exact = (value: number): Amount => ({ kind: 'exact', value });

interface Said extends Partial<Omit<Claim, 'madeAt'>> {
  readonly at?: string | undefined;
  readonly event?: string;
}

function claim({ at, event, ...rest }: Said): Claim {
  return {
    ...plain,
    ...(at === undefined ? {} : { madeAt: at === '' ? undefined : parseMoment(at) }),
    ...(event === undefined ? {} : { about: { kind: 'event', event } as const }),
    ...rest,
  };
}

function judge(said: Said, others: readonly Claim[] = []): Judgement {
  return judgeClaims(record, [claim(said), ...others])[0]!;
}

function labelOf(said: Said): string {
  const { label } = judge(said);
  return label.delta === undefined ? `${label.label} ${label.because.code}` : `${label.label} ${label.delta}`;
}

describe('numbers that mislead', () => {
  const day2 = '2031-05-11';
  const june = { event: 'y', at: '2031-06-02', direction: ab } as const;
  const cases: readonly (readonly [string, Said, string])[] = [
    [
      '[SM-31] the unit trick: both directions in one sum, given as one',
      { at: '2031-05-13', direction: ab, amount: exact(1800) },
      'different_unit unit-both-ways',
    ],
    [
      '[SM-31] one direction given as the sum of both',
      { at: '2031-05-13', direction: { kind: 'sum' }, amount: exact(900) },
      'different_unit unit-one-way',
    ],
    [
      '[SM-32] the subset: the military given as everybody',
      { ...june, amount: exact(146) },
      'differs_by_n -8',
    ],
    [
      '[SM-30] everybody given as military',
      { ...june, amount: exact(154), unit: 'military' },
      'differs_by_n 8',
    ],
    [
      '[SM-30] prisoners of war, a word that translations put for everybody',
      { at: day2, amount: exact(300), unit: 'prisoners_of_war' },
      'different_unit unit-status-civilians',
    ],
    ['[SM-31] the dead among the living', { ...june, amount: exact(194) }, 'different_unit unit-remains'],
    [
      '[SM-23] rounding: about 600 covers 610',
      { at: day2, amount: { kind: 'about', value: 600 } },
      'agrees rounded',
    ],
    [
      '[SM-23] and does not cover 900',
      { at: '2031-05-13', amount: { kind: 'about', value: 600 } },
      'differs_by_n rounded',
    ],
    [
      '[SM-23] a lower bound is reached',
      { at: day2, amount: { kind: 'at_least', value: 500 } },
      'agrees floor-met',
    ],
    ['[SM-26] the agreed number given as crossed', { ...june, amount: exact(160) }, 'differs_by_n 6'],
    ['[SM-21] the running total of the second day', { at: day2, amount: exact(610) }, 'agrees 0'],
    ['[SM-21] a stage of an earlier day', { at: '2031-05-13', amount: exact(310) }, 'agrees 0'],
    [
      '[SM-21] the civilians of the first stage',
      { at: day2, direction: ab, amount: exact(90), unit: 'civilians' },
      'agrees 0',
    ],
    [
      '[SM-35] a split of one stage is not the split of three',
      { at: '2031-05-13', amount: exact(810), unit: 'military' },
      'unverifiable not-split',
    ],
    [
      '[SM-21] a number that the composition names',
      { at: '2031-05-13', direction: ab, amount: exact(12) },
      'agrees within',
    ],
    [
      '[SM-25] date slip: the whole, said on the first day',
      { at: '2031-05-10', amount: exact(900) },
      'ahead_of_record ahead-open',
    ],
    [
      '[SM-25] date slip: said a day before anybody crossed',
      { at: '2031-05-09', amount: exact(300) },
      'ahead_of_record ahead-not-begun',
    ],
    [
      '[SM-25] above the whole it differs, also on the way',
      { at: '2031-05-10', direction: ab, amount: exact(1000) },
      'differs_by_n 700',
    ],
    ['[SM-14] a number without a date may be of any stage', { at: '', amount: exact(610) }, 'agrees 0'],
    [
      '[SM-33] the neutral’s own count, whoever repeats it',
      { ...june, amount: exact(120) },
      'different_unit unit-neutral',
    ],
    [
      '[SM-33] and where the statement says who counted',
      { ...june, amount: exact(131), countedBy: 'ICRC' },
      'different_unit unit-neutral',
    ],
    [
      '[SM-20] another claimant’s count of the same people',
      { ...june, amount: exact(149) },
      'differs_by_n -5',
    ],
    [
      '[SM-24] in each direction, and one does not hold',
      { ...june, direction: { kind: 'each' }, amount: exact(154) },
      'differs_by_n 4',
    ],
    [
      '[SM-22] a withheld number',
      { ...june, amount: { kind: 'undisclosed' } },
      'unverifiable withheld-claim',
    ],
    [
      '[SM-22] a number where the record has none',
      { event: 'z', at: '2031-07-02', direction: ab, amount: exact(60) },
      'unverifiable withheld-record',
    ],
    [
      '[SM-23] an exact number above a lower bound',
      { event: 'z', at: '2031-07-02', direction: { kind: 'way', from: 'B', to: 'A' }, amount: exact(60) },
      'unverifiable floor-only',
    ],
    [
      '[SM-40] the word of the releasing side alone',
      { event: 'w', at: '2031-08-02', direction: { kind: 'way', from: 'A', to: 'C' }, amount: exact(33) },
      'unverifiable one-word',
    ],
    [
      '[SM-40] a figure without a source',
      { event: 'w', at: '2031-08-02', direction: { kind: 'way', from: 'C', to: 'A' }, amount: exact(44) },
      'unverifiable unsourced',
    ],
    [
      '[SM-40] people who did not cross',
      { event: 'k', at: '2031-09-02', direction: ab, amount: exact(70) },
      'unverifiable did-not-cross',
    ],
    [
      '[SM-20] an agreement is no crossing',
      { event: 'g', at: '2031-10-02', direction: ab, amount: exact(500) },
      'ahead_of_record ahead-agreed',
    ],
    [
      '[SM-10] and agrees as an agreement',
      { event: 'g', at: '2031-10-02', direction: ab, amount: exact(500), kind: 'agreed' },
      'agrees 0',
    ],
    [
      '[SM-34] a direction that the event does not have',
      { direction: { kind: 'way', from: 'MULTI', to: 'B' }, amount: exact(900) },
      'not_comparable wider-scope',
    ],
    [
      '[SM-34] a running total of years, said about one event',
      { at: '2031-05-13', direction: ab, amount: exact(6266) },
      'not_comparable beyond-event',
    ],
    [
      '[SM-34] returns outside exchanges',
      { returns: 'outside_exchanges', amount: exact(31) },
      'not_comparable outside-exchanges',
    ],
    [
      '[SM-34] a total over a series',
      { about: { kind: 'cumulative', series: 'ab-all' }, amount: exact(900) },
      'not_comparable cumulative',
    ],
    [
      '[SM-12] time zone: an evening in the west is the next day at the border',
      { at: '2031-05-09T22:30:00-08:00', kind: 'started' },
      'unverifiable doubt-date',
    ],
    [
      '[SM-10] completed while it runs',
      { at: '2031-05-10', kind: 'completed' },
      'ahead_of_record ahead-incomplete',
    ],
    ['[SM-10] completed when it is', { at: '2031-05-12', kind: 'completed' }, 'agrees complete'],
    ['[SM-10] more is to come, and came', { at: '2031-05-10', kind: 'continues' }, 'agrees later-stages'],
    [
      '[SM-11] completed in some month in which it ended',
      { at: '2031-05', kind: 'completed' },
      'unverifiable doubt-date',
    ],
    ['[SM-14] begun, without a date', { at: '', kind: 'started' }, 'unverifiable doubt-date'],
    [
      '[SM-43] the largest until then',
      { at: '2031-06-02', event: 'y', kind: 'largest_to_date', direction: ab },
      'contradicts larger-exists',
    ],
    [
      '[SM-43] is not undone by anything later',
      { at: '2031-12-01', kind: 'largest_to_date' },
      'agrees larger',
    ],
    [
      '[SM-41] an author in doubt',
      { isAuthorInDoubt: true, amount: exact(900) },
      'unverifiable doubt-author',
    ],
    ['[SM-42] an accusation that nobody has answered', { kind: 'breach_alleged' }, 'unverifiable unanswered'],
    ['[SM-42] a denial', { kind: 'denied' }, 'contradicts denial'],
    ['[SM-20] people who chose to stay', { ...june, kind: 'people_refused', amount: exact(6) }, 'agrees 0'],
    [
      '[SM-30] something that is not people',
      { kind: 'count', unit: 'drones', amount: exact(900) },
      'not_comparable other-unit',
    ],
  ];
  it.each(cases)('%s', (_, said, expected) => {
    const got = labelOf(said);
    expect(got.split(' ')[0]).toBe(expected.split(' ')[0]);
    if (!(expected.startsWith('differs') && expected.endsWith('rounded'))) expect(got).toBe(expected);
  });

  it('[SM-12] the same evening is the first day where both places are ahead of it', () => {
    const events = record.map((figure) => ({
      ...figure,
      from: figure.from === 'A' ? 'UKR' : 'RUS',
      to: figure.to === 'B' ? 'RUS' : 'UKR',
    }));
    const said = claim({ at: '2031-05-09T17:30:00-05:00', kind: 'started' });
    expect(judgeClaims(events, [said])[0]!.label.label).toBe('agrees');
    expect(judgeClaims(events, [claim({ at: '2031-05-09', kind: 'started' })])[0]!.label.label).toBe(
      'ahead_of_record',
    );
  });

  it('[SM-13] a quote of a quote is as old as what it quotes, and is one utterance', () => {
    const first = claim({ id: 'first', at: '2031-05-10', kind: 'completed' });
    const copy = claim({ id: 'copy', at: '2031-05-30', kind: 'completed', sameAs: 'first' });
    const labels = judgeClaims(record, [first, copy]).map(({ label }) => label.label);
    expect(labels).toEqual(['ahead_of_record', 'ahead_of_record']);
    expect(toUtterances([first, copy])).toMatchObject([{ id: 'first', reports: [{ id: 'copy' }] }]);
  });

  it('[SM-42] an accusation and its denial, each called neither false nor true', () => {
    const accusation = claim({ id: 'a', event: 'g', kind: 'postponed', at: '2031-10-01' });
    const denial = claim({ id: 'd', event: 'g', kind: 'denied', at: '2031-10-02' });
    expect(judgeClaims(record, [accusation, denial]).map(({ label }) => label.label)).toEqual([
      'contradicts',
      'contradicts',
    ]);
    const elsewhere = claim({ id: 'd', event: 'x', kind: 'denied', at: '2031-10-02' });
    expect(judgeClaims(record, [accusation, elsewhere])[0]!.label.label).toBe('unverifiable');
  });

  it('[SM-5] keeps the label as of then beside the one by the whole record', () => {
    const { label, then, later } = judge({ at: '2031-05-10', kind: 'completed' });
    expect([label.label, then.label, later.label]).toEqual(['ahead_of_record', 'ahead_of_record', 'agrees']);
  });
});

describe('corrections and silence', () => {
  it('[SM-50] keeps what was corrected', () => {
    const one = claim({ id: 'one', amount: exact(800) });
    const two = claim({ id: 'two', amount: exact(900), corrects: 'one' });
    expect(toUtterances([one, two])).toMatchObject([
      { id: 'one', reading: { id: 'two' }, earlier: [{ id: 'one' }] },
    ]);
    expect(toUtterances([{ ...one, corrects: 'two' }, two])).toHaveLength(2);
  });

  it('[SM-51] shows since when a party is silent and when it spoke', () => {
    const report = claim({ id: 'r', kind: 'silence', affiliation: 'B', at: '2031-05-10' });
    const spoke = claim({ id: 's', affiliation: 'B', at: '2031-05-11', amount: exact(610) });
    const of = (claims: readonly Claim[]): unknown =>
      findSilences(record, claims).filter(({ event, party }) => event === 'x' && party === 'B');
    expect(of([report])).toEqual([{ event: 'x', party: 'B', since: '2031-05-10', until: undefined }]);
    expect(of([report, spoke])).toEqual([
      { event: 'x', party: 'B', since: '2031-05-10', until: '2031-05-11' },
    ]);
    expect(of([{ ...spoke, madeAt: parseMoment('2031-05-10') }])).toEqual([]);
  });
});

const days = [
  '2031-04-30',
  '2031-05-10',
  '2031-05-11',
  '2031-05-12',
  '2031-06-01',
  '2031-06-15',
  '2031-09-01',
  '2031-11',
];
const anyAmount: fc.Arbitrary<Amount | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant({ kind: 'undisclosed' } as const),
  fc.record({
    kind: fc.constantFrom('exact', 'about', 'at_least'),
    value: fc.oneof(fc.constantFrom(0, 6, 8, 90, 146, 150, 154, 300, 310, 610, 900, 1800), fc.nat(2000)),
  }),
);
const anyClaim: fc.Arbitrary<Claim> = fc
  .record({
    at: fc.constantFrom('', ...days),
    event: fc.constantFrom('x', 'y', 'z', 'w', 'k', 'g', 'h', 'nowhere'),
    kind: fc.constantFrom(...(Object.keys(claimKinds) as ClaimKind[])),
    direction: fc.constantFrom(
      ab,
      { kind: 'way', from: 'B', to: 'A' } as const,
      { kind: 'each' } as const,
      { kind: 'sum' } as const,
      { kind: 'none' } as const,
    ),
    amount: anyAmount,
    unit: fc.constantFrom(...(Object.keys(units) as Unit[])),
  })
  .map((said) => claim(said));

function swap(code: string): string {
  return code === 'A' ? 'B' : code === 'B' ? 'A' : code;
}
const swapFigure = (figure: Figure): Figure => ({
  ...figure,
  from: swap(figure.from),
  to: swap(figure.to),
  countedBy: figure.countedBy === undefined ? undefined : swap(figure.countedBy),
});

describe('neutrality', () => {
  it('[SM-1] no label depends on who speaks, where, or whether by name', () => {
    fc.assert(
      fc.property(
        fc.array(anyClaim, { minLength: 1, maxLength: 4 }),
        fc.array(fc.string(), { minLength: 4, maxLength: 4 }),
        fc.constantFrom('named', 'anonymous', 'institution'),
        (claims, [speaker, role, affiliation, venue], attribution) => {
          const others = claims.map((one) => ({
            ...one,
            speaker: speaker!,
            role: role!,
            affiliation: affiliation!,
            venue: venue!,
            attribution,
            reportedBy: [speaker!],
          }));
          expect(judgeClaims(record, others)).toEqual(judgeClaims(record, claims));
        },
      ),
    );
  });

  it('[SM-2] swapping the names of two parties swaps nothing else', () => {
    fc.assert(
      fc.property(fc.array(anyClaim, { minLength: 1, maxLength: 4 }), (claims) => {
        const swapped = claims.map((one) => ({
          ...one,
          affiliation: swap(one.affiliation),
          direction:
            one.direction.kind === 'way'
              ? { ...one.direction, from: swap(one.direction.from), to: swap(one.direction.to) }
              : one.direction,
        }));
        const told = (all: readonly Judgement[]): unknown =>
          all.map(({ label, then, later }) =>
            [label, then, later].map((one) => [one.label, one.delta, one.because.code]),
          );
        expect(told(judgeClaims(record.map(swapFigure), swapped))).toEqual(told(judgeClaims(record, claims)));
      }),
    );
  });

  it('[SM-3] later stages, parts, counts and exchanges never change a label as of then', () => {
    const laterFigure = fc.record({
      role: fc.constantFrom('stage_total', 'part', 'subset', 'alternative', 'refused', 'claim_only'),
      partOf: fc.constantFrom('t1', 't2', 'y1', 's2', undefined),
      event: fc.constantFrom('x', 'y', 'h'),
      value: fc.constantFrom(146, 154, 300, 610, 900, 12),
      unit: fc.constantFrom('persons', 'military', 'civilians', 'remains'),
      countedBy: fc.constantFrom('A', 'B', 'both', 'ICRC', undefined),
    });
    const until: readonly string[] = ['2031-05-10', '2031-05-11', '2031-06-01', '2031-06-15'];
    fc.assert(
      fc.property(
        anyClaim,
        fc.constantFrom(...until),
        fc.array(laterFigure, { minLength: 1, maxLength: 6 }),
        (one, at, later) => {
          const counted = { ...one, madeAt: parseMoment(at) };
          if (claimKinds[counted.kind].time === 'none' || counted.kind === 'people_refused') return;
          const day = parseSpan('2031-11-20')!;
          const added = later.map(({ value, ...rest }, index): Figure => ({
            id: `later${index}`,
            stage: '9',
            starts: day,
            ends: day,
            from: 'A',
            to: 'B',
            amount: exact(value),
            status: 'completed',
            isSourced: true,
            mediators: [],
            place: '',
            composition: `${value} persons`,
            ...rest,
          }));
          const whole: Figure = {
            ...added[0]!,
            id: 'young',
            event: 'young',
            role: 'event_total',
            partOf: undefined,
            amount: exact(5000),
          };
          expect(judgeClaims([...record, ...added, whole], [counted])[0]!.then).toEqual(
            judgeClaims(record, [counted])[0]!.then,
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('[SM-4] every reason is one sentence that names no speaker', () => {
    fc.assert(
      fc.property(anyClaim, (one) => {
        const { label } = judgeClaims(record, [{ ...one, speaker: 'Mx Example' }])[0]!;
        const sentence = becauseToSentence(label.because);
        expect(sentence).toMatch(/^[A-Z].*\.$/u);
        expect(sentence).not.toMatch(/\{|Mx Example|undefined/u);
      }),
    );
    for (const sentence of Object.values(becauseSentences)) {
      expect(sentence).not.toMatch(/\b(?:lie|lied|false claim|wrongly|admits?|propaganda|enemy)\b/iu);
    }
  });
});

describe('numbers and days', () => {
  it('[SM-23] a rounded number is as near as its last place', () => {
    expect([toleranceOf(400), toleranceOf(250), toleranceOf(7), toleranceOf(0)]).toEqual([
      50, 12.5, 0.5, 0.5,
    ]);
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (claimed, recorded) => {
        const fit = compareAmounts(exact(claimed), exact(recorded));
        expect(fit.kind).toBe(claimed === recorded ? 'fits' : 'differs');
        if (fit.kind === 'differs') expect(fit.delta).toBe(claimed - recorded);
      }),
    );
  });

  it('[SM-11] reads partial dates as spans and refuses what is no day', () => {
    expect(parseSpan('2032-02')).toEqual({ from: '2032-02-01', to: '2032-02-29' });
    for (const text of ['2031-02-29', '2031-13', '31-05-10', '2031-5-1', '', 'May'])
      expect(parseSpan(text)).toBeUndefined();
    for (const text of ['2031-05-10T25:00Z', '2031-05-10T10:00', '2031-02-30T10:00Z'])
      expect(parseMoment(text)).toBeUndefined();
  });

  it('[SM-12] the calendar of a place agrees with the one of the runtime', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const moment = parseMoment(date.toISOString())!;
          const east = new Date(date.getTime() + 3 * 3_600_000).toISOString().slice(0, 10);
          expect(toSpan(moment, ['TUR'])).toEqual({ from: east, to: east });
          expect(daysBetween(date.toISOString().slice(0, 10), east)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('tables', () => {
  const header =
    'statement_id,made_at,about_event,claim_kind,direction,value,value_kind,unit,role,scope,archived_sha256';
  it('[SM-60] names line, column and expectation of every fault at once', () => {
    const read = readClaims(
      toTable(
        `${header}\ns1,2031-05-40,x,cuont,A>B,5,exact,persons,,,\ns1,,x,count,A-B,five,exact,people,,ever,abc\n,,x,count,each,3,,persons,,,`,
      ),
    );
    expect(read.ok ? [] : read.error.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 made_at',
      '2 claim_kind',
      '3 statement_id',
      '3 archived_sha256',
      '3 scope',
      '3 direction',
      '3 value',
      '3 unit',
      '4 statement_id',
      '4 value_kind',
    ]);
  });

  it('[SM-60] names a column that is not there, and rows that point nowhere', () => {
    const missing = readClaims(toTable('statement_id,made_at\na,2031'));
    expect(missing.ok ? [] : missing.error.map(({ column }) => column)).toContain('claim_kind');
    const orphan = readFigures(
      toTable(
        'row_id,event_id,stage,date,from_party,to_party,count,count_kind,unit,row_role,status,part_of,date_end\na,x,1,2031-05-10,A,B,5,exact,persons,part,completed,b,2031-05-09',
      ),
    );
    expect(orphan.ok ? [] : orphan.error.map(({ column }) => column)).toEqual(['date_end', 'part_of']);
  });

  it('[SM-41] takes "as reported" in a role for doubt about who spoke, and a year for a total', () => {
    const read = readClaims(
      toTable(
        `${header}\ns1,2031,x,position,none,,none,none,head of an office as reported,,\ns2,2031,x,count,A>B,5,exact,persons,,this_year,`,
      ),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.map(({ isAuthorInDoubt, about }) => [isAuthorInDoubt, about.kind])).toEqual([
      [true, 'event'],
      [false, 'cumulative'],
    ]);
  });
});
