/** Rehearsals: the exchanges that took place end as they did, and no scenario makes a rehearsal fail. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValid, type Schema } from '../planning/reference/index.ts';
import {
  happeningKinds,
  outcomes,
  readScenario,
  rehearse,
  stages,
  toText,
  type RehearsalResult,
} from './index.ts';
import { numbersToText } from './people.ts';

const root = new URL('../../../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const examples = readdirSync(new URL('examples/exchanges/', root))
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, data: json(`examples/exchanges/${name}`) as Readonly<Record<string, unknown>> }));
const schema = json('spec/scenario-v1.schema.json') as Schema;

function played(data: unknown): RehearsalResult {
  const scenario = readScenario(data);
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.error));
  return rehearse(scenario.value);
}

/** Ten persons each way, one for one in buses of five. */
const base = {
  ...{ format: 'homeward-scenario', version: 1, title: 'Ten for ten' },
  parties: { H: { kind: 'host' }, A: { kind: 'power' }, B: { kind: 'power' }, N: { kind: 'neutral' } },
  terms: {
    legs: [
      { from: 'A', to: 'B', count: 10 },
      { from: 'B', to: 'A', count: 10 },
    ],
    parity: [{ kind: 'equal-per-tranche', legs: ['A-B', 'B-A'] }],
    couplings: [{ legs: ['A-B', 'B-A'], stepSize: 5 }],
  },
  persons: [
    { leg: 'A-B', count: 10 },
    { leg: 'B-A', count: 10 },
  ],
  happens: [{ do: 'carry' }, { do: 'complete' }] as readonly unknown[],
};
const withHappens = (...happens: readonly unknown[]): typeof base => ({ ...base, happens });

describe('exchanges that took place', () => {
  it.each(examples)('[RH-10] $name ends as it ended', ({ data }) => {
    const result = played(data);
    expect(result.differences).toEqual([]);
    expect(result.timeline.filter(({ asExpected }) => !asExpected)).toEqual([]);
    expect(result.asExpected).toBe(true);
    expect(data['ends']).toBeDefined();
  });

  it('[RH-10] are all of them different', () => {
    expect(new Set(examples.map(({ data }) => data['title'])).size).toBe(examples.length);
  });
});

describe('the form', () => {
  it('[RH-1] is the published schema’s, whole and with a member changed', () => {
    let changed = 0;
    for (const { name, data } of examples) {
      expect([name, isValid(schema, data)]).toEqual([name, true]);
      const happens = data['happens'] as readonly Readonly<Record<string, unknown>>[];
      for (const [index, happening] of happens.entries()) {
        for (const key of [...Object.keys(happening), 'importance']) {
          const other = { ...happening, [key]: null };
          const broken = { ...data, happens: happens.map((one, at) => (at === index ? other : one)) };
          expect([name, index, key, isValid(schema, broken)]).toEqual([name, index, key, false]);
          expect([name, index, key, readScenario(broken).ok]).toEqual([name, index, key, false]);
          changed += 1;
        }
      }
    }
    expect(changed).toBeGreaterThan(100);
  });

  it('[RH-1] knows the same happenings in the reader, in the schema and in the guide', () => {
    const listed = (schema.$defs?.['happening']?.oneOf ?? []).map((one) => one.properties?.['do']?.const);
    expect(listed).toEqual(happeningKinds);
    const guide = readFileSync(new URL('docs/guides/rehearse.md', root), 'utf8');
    for (const kind of happeningKinds) expect(guide, kind).toContain(`\`${kind}\``);
    for (const outcome of outcomes) expect(guide, outcome).toContain(`\`${outcome}\``);
    for (const stage of stages) expect(guide, stage).toContain(`\`${stage}\``);
  });

  it('[RH-1] names what departs by its place', () => {
    const faultsOf = (data: unknown): readonly string[] => {
      const scenario = readScenario(data);
      return scenario.ok ? [] : scenario.error.map(({ pointer }) => pointer);
    };
    expect(faultsOf(undefined)).toEqual(['']);
    expect(faultsOf({ ...base, version: 2 })).toEqual(['/version']);
    expect(faultsOf({ ...base, terms: { ...base.terms, legs: [] } })).toEqual(['/terms/legs']);
    expect(faultsOf({ ...base, terms: [] })).toEqual(['/terms']);
    expect(faultsOf(withHappens({ do: 'give', leg: 'A-C' }))).toEqual(['/happens/0/leg']);
    expect(faultsOf(withHappens({ do: 'cancel', party: 'C' }))).toEqual(['/happens/0/party']);
    expect(faultsOf(withHappens({ do: 'strike', persons: { of: 'C' } }))).toEqual(['/happens/0/persons/of']);
    expect(faultsOf(withHappens({ do: 'propose', persons: { 'A-C': 1 } }))).toEqual([
      '/happens/0/persons/A-C',
    ]);
    expect(faultsOf(withHappens({ do: 'dance' }))).toEqual(['/happens/0/do']);
    expect(faultsOf(withHappens({ do: 'amend', terms: { legs: [{}] } }))).toContain(
      '/happens/0/terms/legs/0/from',
    );
    expect(faultsOf({ ...base, parties: { A: { kind: 'power' }, B: { kind: 'power' } } })).toContain(
      '/parties',
    );
    expect(faultsOf({ ...base, ends: { legs: { C: { returned: 1 } } } })).toEqual(['/ends/legs/C']);
    expect(faultsOf({ ...base, persons: [...base.persons, { leg: 'A-B', id: 'A-B', count: 1 }] })).toEqual([
      '/persons',
    ]);
  });
});

describe('a rehearsal', () => {
  it('[RH-2] fills in what the planner leaves out', () => {
    const result = played(base);
    expect(result).toMatchObject({ asExpected: true, status: 'completed', refusedActs: 0 });
    const kinds = new Set(result.timeline.flatMap(({ acts }) => acts.map(({ kind }) => kind)));
    for (const kind of [
      'ListSealed',
      'EntryJudged',
      'TrancheApproved',
      'ManifestIssued',
      'ReturnConfirmed',
      'TrancheCertified',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('[RH-3] [RH-4] ends a happening at the first refusal, and goes on', () => {
    const result = played(
      withHappens(
        { do: 'give', leg: 'A-B', persons: 7 },
        { do: 'give', leg: 'A-B', persons: 5, by: 'bus 1' },
        { do: 'give', leg: 'A-B', persons: 5, until: 'line' },
        { do: 'cross', leg: 'A-B' },
        { do: 'give', leg: 'B-A', persons: 5 },
        { do: 'cross', leg: 'A-B' },
      ),
    );
    expect(result.timeline.map(({ refused }) => refused?.kind)).toEqual([
      ...[undefined, 'StepTooLarge', undefined, undefined, 'StepNotClosed', undefined, undefined],
    ]);
    expect(result.timeline[1]?.refused).toMatchObject({ act: 'ManifestIssued', by: 'A' });
    expect(toText(result)).toContain('REFUSED — NOT AS EXPECTED');
    expect(result.legs.map(({ returned }) => returned)).toEqual([10, 5]);
  });

  it('[RH-4] names persons by number', () => {
    const result = played(
      withHappens(
        { do: 'ask', persons: { of: 'A-B', numbers: [4] }, goes: false },
        { do: 'propose', persons: { 'A-B': { of: 'A-B', numbers: [3, 4] }, 'B-A': 2 } },
      ),
    );
    expect(result.timeline[2]?.refused).toMatchObject({ kind: 'PersonNotCleared' });
    expect(result.timeline[2]?.refused?.sentence).toContain('(A-B/4)');
  });

  it('[RH-5] [RH-6] tells the outcome of everybody, and figures that agree with it', () => {
    const result = played(
      withHappens(
        { do: 'strike', persons: { of: 'A-B', numbers: [10] }, reason: 'party-decision' },
        { do: 'ask', persons: { of: 'B-A', numbers: [10] }, goes: false },
        { do: 'propose', persons: { 'A-B': 9, 'B-A': 9 } },
        { do: 'give', leg: 'A-B', persons: 5, until: 'line' },
        { do: 'refuse', leg: 'A-B', persons: 1 },
        { do: 'refuse', leg: 'A-B', persons: 1, outcome: 'neutral-custody' },
        { do: 'cross', leg: 'A-B', until: 'closed' },
        { do: 'confirm', leg: 'A-B', party: 'A' },
        { do: 'give', leg: 'B-A', persons: 5, until: 'departed' },
      ),
    );
    expect(result.outcomes).toEqual([
      { group: 'A-B', outcome: 'neutral-custody', count: 1, numbers: '2' },
      { group: 'A-B', outcome: 'received', count: 3, numbers: '3–5' },
      { group: 'A-B', outcome: 'stayed', count: 1, numbers: '1' },
      { group: 'A-B', outcome: 'struck', count: 1, numbers: '10' },
      { group: 'A-B', outcome: 'in-tranche', count: 4, numbers: '6–9' },
      { group: 'B-A', outcome: 'departed', count: 5, numbers: '1–5' },
      { group: 'B-A', outcome: 'in-tranche', count: 4, numbers: '6–9' },
      { group: 'B-A', outcome: 'not-cleared', count: 1, numbers: '10' },
    ]);
    expect(result.legs).toMatchObject([
      { leg: 'A-B', returned: 0, received: 3, notGoing: 2 },
      { leg: 'B-A', returned: 0, moving: 5 },
    ]);
    expect(result.persons).toHaveLength(20);
  });

  it('[RH-6] says beside a figure that its counts differ', () => {
    const result = played(
      withHappens(
        { do: 'give', leg: 'A-B', persons: 5, until: 'released' },
        { do: 'count', leg: 'A-B', receiver: 4, neutral: 4 },
        { do: 'cross', leg: 'A-B' },
      ),
    );
    expect(result.legs[0]?.labels.join()).toContain('disputed');
    expect(toText(result)).toContain('disputed');
  });

  it('[RH-6] never counts as verified what one side alone reports', () => {
    const parties = { ...base.parties, B: { kind: 'power', representedBy: 'A' } };
    const happens = [
      { do: 'give', leg: 'A-B' },
      { do: 'join', party: 'B' },
      { do: 'give', leg: 'B-A' },
    ];
    const result = played({ ...base, parties, happens });
    expect(result.asExpected).toBe(true);
    expect(result.legs).toMatchObject([
      { reached: 5, reported: 5, returned: 0 },
      { reached: 5, reported: 0, returned: 5, labels: [] },
    ]);
    const alone = played({
      ...base,
      parties,
      happens: [
        { do: 'give', leg: 'A-B' },
        { do: 'join', party: 'A' },
      ],
    });
    expect(alone.legs[1]?.labels).toEqual(['reported by A, not signed by B']);
    expect(alone.timeline[2]?.refused?.kind).toBe('Impossible');
  });

  it('[RH-6] says beside every figure that the parties alone have counted', () => {
    const { H, A, B } = base.parties;
    const parties = { H, A, B };
    const result = played({
      ...base,
      parties,
      terms: { ...base.terms, unwitnessed: 'by-the-parties-alone' },
    });
    expect(result.status).toBe('completed');
    expect(result.legs.map(({ labels }) => labels)).toEqual([
      ['counted by the parties alone'],
      ['counted by the parties alone'],
    ]);
  });

  it('[RH-8] is as expected only when refusals and the end are those of the scenario', () => {
    const ends = { status: 'open', persons: { 'A-B': { returned: 5 } } };
    const give = { do: 'give', leg: 'A-B', persons: 5 };
    const cases: readonly (readonly [unknown, unknown, boolean])[] = [
      [give, ends, true],
      [{ ...give, persons: 6 }, ends, false],
      [{ ...give, persons: 6, refused: true }, { status: 'open' }, true],
      [{ ...give, persons: 6, refused: 'StepTooLarge' }, { status: 'open' }, true],
      [{ ...give, persons: 6, refused: 'GateShut' }, { status: 'open' }, false],
      [{ ...give, refused: true }, ends, false],
      [give, { ...ends, status: 'completed' }, false],
      [give, { persons: { 'A-B': { returned: 4 } } }, false],
      [give, { legs: { 'A-B': { returned: 5, notGoing: 0 } } }, true],
      [give, { legs: { 'A-B': { persons: 5 } } }, false],
      [give, { awaited: [] }, false],
    ];
    for (const [happening, end, is] of cases) {
      expect([happening, end, played({ ...withHappens(happening), ends: end }).asExpected]).toEqual([
        happening,
        end,
        is,
      ]);
    }
  });

  it('[RH-2] proposes a tranche anew whose approvals have fallen, and nobody beyond what is left', () => {
    const result = played({
      ...base,
      persons: [
        { leg: 'A-B', count: 30 },
        { leg: 'B-A', count: 10 },
      ],
      happens: [
        { do: 'propose' },
        { do: 'strike', persons: { of: 'A-B', numbers: [3] } },
        { do: 'carry', refused: 'ApprovalsMissing' },
        { do: 'propose' },
        { do: 'carry', all: true },
        { do: 'complete' },
      ],
    });
    expect(result.asExpected).toBe(true);
    expect(result.outcomes).toContainEqual({ group: 'A-B', outcome: 'listed', count: 19, numbers: '12–30' });
    expect(result.legs.map(({ returned }) => returned)).toEqual([10, 10]);
  });

  it('[RH-4] says that a manifest names no more than an act does', () => {
    const terms = { legs: [{ from: 'A', to: 'B', count: 300 }] };
    const happens = [{ do: 'give', leg: 'A-B', persons: 201 }];
    const result = played({ ...base, terms, persons: [{ leg: 'A-B', count: 300 }], happens });
    expect(result.timeline[1]?.refused?.sentence).toContain('at most 200');
  });

  it('[RH-2] takes what is said by hand: who accepts, who approves, what arrives', () => {
    const waiting = played(withHappens({ do: 'accept', party: 'A' }, { do: 'give', leg: 'A-B', persons: 5 }));
    expect(waiting.timeline[2]?.refused?.kind).toBe('TermsNotInForce');
    const approved = played(
      withHappens(
        { do: 'propose', until: 'proposed' },
        { do: 'approve', party: 'A' },
        { do: 'schedule', refused: 'ApprovalsMissing' },
        { do: 'approve', party: 'B' },
        { do: 'approve', party: 'B', refused: 'SignedAlready' },
        { do: 'schedule' },
        { do: 'give', leg: 'A-B', until: 'released' },
        { do: 'arrive', leg: 'A-B', unlisted: 2 },
        { do: 'cross', leg: 'A-B' },
      ),
    );
    expect(approved.asExpected).toBe(true);
    expect(approved.legs[0]).toMatchObject({ returned: 5, unlisted: 2 });
    expect(approved.outcomes).toContainEqual({
      group: 'A-B-unlisted',
      outcome: 'returned',
      count: 2,
      numbers: '1–2',
    });
  });
});

describe('any scenario', () => {
  const party = fc.constantFrom('H', 'A', 'B', 'N');
  const leg = fc.constantFrom('A-B', 'B-A');
  const persons = fc.oneof(
    fc.integer({ min: 1, max: 12 }),
    fc.record({
      of: leg,
      numbers: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ of: leg, count: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ of: leg }),
  );
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    ...{ party, leg, guarantor: party },
    ...Object.fromEntries(
      ['persons', 'remains', 'as'].map((key) => [
        key,
        fc.oneof(persons, fc.array(persons, { minLength: 1, maxLength: 2 })),
      ]),
    ),
    legs: fc.array(leg, { minLength: 1, maxLength: 2 }),
    ...Object.fromEntries(
      ['number', 'tranche', 'step', 'steps', 'unlisted'].map((key) => [key, fc.integer({ min: 1, max: 3 })]),
    ),
    ...Object.fromEntries(
      ['giver', 'receiver', 'neutral'].map((key) => [key, fc.integer({ min: 0, max: 6 })]),
    ),
    ...Object.fromEntries(['goes', 'answered', 'all'].map((key) => [key, fc.boolean()])),
    ...Object.fromEntries(
      ['condition', 'undertaking'].map((key) => [key, fc.constantFrom('one', 'A thing?')]),
    ),
  };
  /** A happening of a kind from the schema: what it needs, and some of what it may say. */
  const happening = fc.constantFrom(...(schema.$defs?.['happening']?.oneOf ?? [])).chain((form) => {
    const kind = form.properties?.['do']?.const as string;
    const fields = Object.entries(form.properties ?? {})
      .filter(([key]) => !['do', 'on', 'note', 'refused', 'by', 'category'].includes(key))
      .map(([key, member]): readonly [string, fc.Arbitrary<unknown>] => {
        if (member.enum !== undefined) return [key, fc.constantFrom(...member.enum)];
        if (kind === 'amend') {
          return [
            key,
            fc.constant({
              legs: [
                { from: 'A', to: 'B', count: 12 },
                { from: 'B', to: 'A', count: 12 },
              ],
            }),
          ];
        }
        if (kind === 'add') return [key, fc.record({ leg, count: fc.integer({ min: 1, max: 3 }) })];
        if (kind === 'propose' && key === 'persons') {
          return [key, fc.record({ 'A-B': persons, 'B-A': persons }, { requiredKeys: [] })];
        }
        if (kind === 'approve' && key === 'persons') return [key, fc.integer({ min: 1, max: 4 })];
        if (key === 'until' && kind !== 'undertake') return [key, fc.constantFrom(...stages)];
        return [key, values[key] ?? fc.constant('some words')];
      });
    return fc.record(
      { do: fc.constant(kind), ...Object.fromEntries(fields) },
      { requiredKeys: ['do', ...(form.required ?? []).filter((key) => key !== 'do')] as never },
    );
  });

  it('[RH-7] [RH-9] is played to its end, the same each time, and everybody has one outcome', () => {
    const accepted = new Set<string>();
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 14 }), (happens) => {
        const data = withHappens(...happens);
        const scenario = readScenario(data);
        if (!scenario.ok) throw new Error(JSON.stringify([scenario.error, happens]));
        const result = rehearse(scenario.value);
        expect(result.timeline).toHaveLength(happens.length + 1);
        expect(result.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(result.persons.length);
        expect(new Set(result.persons.map(({ person }) => person)).size).toBe(result.persons.length);
        const home = result.persons.filter(({ outcome }) => outcome === 'returned').length;
        expect(home).toBe(result.legs.reduce((sum, { returned, unlisted }) => sum + returned + unlisted, 0));
        for (const { refused } of result.timeline) {
          if (refused !== undefined) expect(refused.sentence).toMatch(/^[A-Z0-9].*\S$/su);
        }
        expect(toText(result)).toContain('Outcome of every person');
        expect(JSON.stringify(rehearse(scenario.value))).toBe(JSON.stringify(result));
        result.timeline.forEach(({ refused }, index) => {
          const one = happens[index - 1];
          if (refused === undefined && one !== undefined) accepted.add(one['do']);
        });
      }),
      { numRuns: 200 },
    );
    // The sequences are no mere string of refusals.
    expect(accepted.size).toBeGreaterThan(15);
  });

  it('[RH-9] is played also where legs come and go, and end otherwise than at home', () => {
    const data = {
      ...base,
      parties: {
        ...base.parties,
        B: { kind: 'power', representedBy: 'A' },
        S: { kind: 'state' },
        M: { kind: 'mediator' },
      },
      terms: {
        ...base.terms,
        legs: [
          ...base.terms.legs,
          { from: 'A', to: 'S', count: { kind: 'up-to', persons: 4 }, ends: 'accommodation', origin: 'B' },
          { from: 'S', to: 'B', count: { kind: 'up-to', persons: 4 }, starts: 'custody' },
          { id: 'free', from: 'A', count: { kind: 'all', category: 'civilian' } },
        ],
        mediators: ['M'],
      },
      persons: [...base.persons, { leg: 'A-S', count: 3 }, { leg: 'free', count: 2, category: 'civilian' }],
    };
    const anyLeg = fc.constantFrom('A-B', 'B-A', 'A-S', 'S-B', 'free', 'late');
    const amended = {
      legs: [
        { from: 'A', to: 'B', count: 12 },
        { id: 'late', from: 'B', to: 'A', count: 3 },
      ],
      parity: [],
      couplings: [],
    };
    const one = fc.oneof(
      fc.record({ do: fc.constant('give'), leg: anyLeg, until: fc.constantFrom(...stages) }),
      fc.record({ do: fc.constantFrom('cross', 'turn-back', 'confirm'), leg: anyLeg }),
      fc.record({ do: fc.constantFrom('refuse', 'misidentify'), leg: anyLeg, persons: fc.constant(1) }),
      fc.record({
        do: fc.constantFrom('join', 'leave', 'suspend', 'resume', 'cancel-tranche'),
        party: fc.constantFrom('A', 'B', 'S', 'M'),
      }),
      fc.record({ do: fc.constantFrom('carry', 'propose', 'certify', 'complete') }),
      fc.record({
        do: fc.constant('die'),
        persons: fc.record({ of: fc.constantFrom('A-B', 'A-S'), count: fc.constant(1) }),
      }),
      fc.constant({ do: 'amend', terms: amended }),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (happens) => {
        // The last names the leg that is to come, so that it is one of the scenario before it is one of the terms.
        const all = [...happens, { do: 'amend', terms: amended }];
        const result = played({ ...data, happens: all });
        expect(result.timeline).toHaveLength(all.length + 1);
        expect(result.persons).toHaveLength(25);
        expect(toText(result)).toContain('Figures of each leg');
      }),
      { numRuns: 100 },
    );
  });

  it('writes numbers as people do', () => {
    expect(numbersToText([3, 1, 2, 7, 9, 10])).toBe('1–3, 7, 9–10');
    expect(numbersToText([])).toBe('');
  });
});
