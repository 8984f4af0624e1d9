/** Choice, against the decider: what is put into a problem, and that what comes out of a plan may be proposed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byLeg,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
  soughtOf,
} from '../../testing/rehearsal.ts';
import type { EntryId, LegId, PartyId, Terms, TrancheId } from '../exchange/index.ts';
import { checkPlan, toProblemDigest, type PlanningProblem, type TranchePlan } from '../planning/index.ts';
import {
  byCaptivity,
  choiceFaultToSentence,
  choiceOf,
  personsByTranche,
  poolOf,
  toProblem,
  toProposals,
  type ChoiceFault,
  type ChoiceWork,
  type PersonFacts,
  type Pool,
} from './index.ts';

const [ab, ba] = ['A-B', 'B-A'] as unknown as readonly [LegId, LegId];
const [a, b] = ['A', 'B'] as unknown as readonly [PartyId, PartyId];

const legsOf = (count: number): Terms['legs'] => [
  { id: ab, from: a, to: b, lane: 'exchange', count },
  { id: ba, from: b, to: a, lane: 'exchange', count },
];
const equal: Terms = madeUpTerms({
  legs: legsOf(6),
  parity: [{ kind: 'equal-per-tranche', sides: [[ab], [ba]] }],
});
const fixed: Terms = madeUpTerms({
  legs: legsOf(6),
  parity: [{ kind: 'equal-per-tranche', sides: [[ab], [ba]] }],
  tranches: [4, 2].map((persons, index) => ({
    number: index + 1,
    persons: byLeg({ [ab]: persons, [ba]: persons }),
    ...(index === 0 ? { categories: byLeg({ [ab]: { civilian: 1 } }) } : {}),
  })),
});

/** Eight persons each way listed, matched, asked and examined under these terms. */
function readied(terms: Terms, title: string, persons = 8): Rehearsal {
  const rehearsal = new Rehearsal(title);
  rehearsal.open(['A', 'B'], ['N']);
  rehearsal.agree(terms);
  rehearsal.list(
    terms,
    terms.legs.map(({ id }) => ({
      ...{ leg: id, persons, matched: true },
      categoryOf: (n: number) => (n % 3 === 0 ? 'civilian' : 'military'),
    })),
  );
  for (const { id, from } of terms.legs) rehearsal.askAndExamine('N', from, personsOf(id, persons));
  return rehearsal;
}

const factsOf = (entry: EntryId): PersonFacts => ({ days: 100 + (entry.codePointAt(3) ?? 0) });

function poolFor(rehearsal: Rehearsal, options?: Parameters<typeof poolOf>[1]): Pool {
  const pool = poolOf(rehearsal.state, options);
  if (!pool.ok) throw new Error(choiceFaultToSentence(pool.error));
  return pool.value;
}

function problemFor(work: ChoiceWork): PlanningProblem {
  const problem = toProblem(work);
  if (!problem.ok) throw new Error(choiceFaultToSentence(problem.error));
  return problem.value.problem;
}

function faultOf(result: {
  readonly ok: boolean;
  readonly error?: ChoiceFault;
}): ChoiceFault['kind'] | undefined {
  if (result.error !== undefined) expect(choiceFaultToSentence(result.error)).toMatch(/^[A-Z].*\.$/u);
  return result.error?.kind;
}

/** A plan with the claims that the checker itself counts: sound as far as its places keep the rules. */
function planOf(problem: PlanningProblem, places: TranchePlan['places']): TranchePlan {
  const draft: TranchePlan = {
    format: 'homeward-tranche-plan',
    version: 1,
    problem: '',
    places: places.toSorted((one, other) => (one.person < other.person ? -1 : 1)),
    counted: [],
    circuits: [],
    certificate: { status: 'feasible', stopped: 'time-limit', solver: 'by hand', levels: [] },
  };
  const { levels } = checkPlan(problem, draft);
  return {
    ...draft,
    problem: toProblemDigest(problem),
    certificate: {
      ...draft.certificate,
      levels: levels.map(({ objective, part, sense, value }) => ({
        ...{ objective, part, sense, value },
        ...{ bound: null, proof: 'none' as const },
      })),
    },
  };
}

/** The longest in captivity first, so many on each leg in each tranche. */
function placesFor(problem: PlanningProblem, sizes: readonly number[]): TranchePlan['places'] {
  return [ab, ba].flatMap((leg) => {
    const queue = problem.persons
      .filter((person) => person.leg === leg && person.ineligible === undefined)
      .toSorted(byCaptivity);
    return sizes.flatMap((size, index) =>
      queue.splice(0, size).map(({ id }) => ({ person: id, tranche: problem.tranches[index]!.id })),
    );
  });
}

const idsFor = (...numbers: readonly number[]): ReadonlyMap<number, TrancheId> =>
  new Map(numbers.map((number) => [number, madeUpId(`tranche ${number}`) as TrancheId]));

describe('the pool', () => {
  it('[CH-1] has everybody once, by the holder’s entry', () => {
    const { candidates } = poolFor(readied(equal, 'pool'));
    expect(candidates).toHaveLength(16);
    expect(new Set(candidates.map(({ entry }) => entry))).toEqual(
      new Set([...personsOf(ab, 8), ...personsOf(ba, 8)]),
    );
    expect(candidates.every(({ held }) => held === undefined)).toBe(true);
  });

  it('[CH-1] has by the sought entry whom no entry of the holder is known to be', () => {
    const rehearsal = readied(equal, 'sought');
    const [person] = personsOf(ab, 1);
    const [twin] = soughtOf(ab, 1);
    const inPool = (entry: EntryId | undefined): boolean =>
      poolFor(rehearsal).candidates.some((one) => one.entry === entry && one.held === undefined);
    expect([inPool(person), inPool(twin)]).toEqual([true, false]);
    rehearsal.play(player('B', 'coordinator'), 'EntryJudged', {
      judgements: [{ entry: person!, verdict: 'identity-queried' }],
    });
    expect([inPool(person), inPool(twin)]).toEqual([false, true]);
  });

  it('[CH-1] leaves out by either entry whom one of them was struck', () => {
    const rehearsal = readied(equal, 'struck');
    const [person] = personsOf(ab, 1);
    rehearsal.play(player('A', 'coordinator'), 'EntryStruck', { entry: person! });
    const entries = poolFor(rehearsal).candidates.map(({ entry }) => entry);
    expect(entries).toHaveLength(15);
    expect(entries).not.toContain(soughtOf(ab, 1)[0]);
  });

  it('[CH-2] keeps whom the rules keep, with the refusal', () => {
    const rehearsal = readied(equal, 'kept');
    const [unwilling, unfit, queried] = personsOf(ab, 3);
    rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: unwilling!, cleared: false }],
    });
    rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: unfit!, cleared: false }],
    });
    rehearsal.play(player('B', 'coordinator'), 'EntryJudged', {
      judgements: [{ entry: queried!, verdict: 'identity-queried' }],
    });
    const pool = poolFor(rehearsal);
    const heldOf = (entry: EntryId): unknown => pool.candidates.find((one) => one.entry === entry)?.held;
    expect([unwilling!, unfit!, queried!].map(heldOf)).toEqual([
      'PersonNotCleared',
      'PersonNotCleared',
      'PersonNotAcknowledged',
    ]);
    const problem = problemFor({ pool, factsOf, tranches: [1] });
    expect(problem.persons.find(({ id }) => id === unfit)?.ineligible).toBe('PersonNotCleared');
    const plan = planOf(problem, [{ person: unfit!, tranche: 'tranche-1' }]);
    expect(faultOf(toProposals(problem, plan, idsFor(1)))).toBe('PlanUnsound');
  });

  it('[CH-3] gives back a live tranche that is revised, and no other', () => {
    const rehearsal = readied(equal, 'revised');
    const persons = { [ab]: personsOf(ab, 4), [ba]: personsOf(ba, 4) };
    const tranche = rehearsal.prepare(equal, 1, persons);
    const without = poolFor(rehearsal);
    expect([without.candidates.length, without.left.get(ab), [...without.taken]]).toEqual([8, 2, [1]]);
    const revised = poolFor(rehearsal, { revising: [tranche] });
    expect([revised.candidates.length, revised.left.get(ab), [...revised.taken]]).toEqual([16, 6, []]);
    expect(faultOf(toProblem({ pool: without, factsOf, tranches: [1] }))).toBe('TrancheTaken');
    const problem = problemFor({
      ...{ pool: revised, factsOf, tranches: [1] },
      previous: choiceOf([{ number: 1, persons: byLeg(persons) }]),
    });
    expect(problem.previous?.places).toHaveLength(8);
  });

  it('[CH-3] leaves out who has gone', () => {
    const rehearsal = readied(equal, 'gone');
    const tranche = rehearsal.prepare(equal, 1, { [ab]: personsOf(ab, 2), [ba]: personsOf(ba, 2) });
    rehearsal.carry(equal, tranche, { [ab]: 2, [ba]: 2 }, 'N');
    rehearsal.certify(tranche, 'N');
    const pool = poolFor(rehearsal);
    expect([pool.candidates.length, pool.left.get(ab), [...pool.taken]]).toEqual([12, 4, [1]]);
  });
});

describe('the problem', () => {
  const problem = problemFor({ pool: poolFor(readied(fixed, 'problem')), factsOf });
  const ruleOf = (id: string): unknown => problem.rules.find((rule) => rule.id === id);

  it('[CH-4] says what the terms fix, and nothing that follows from it', () => {
    expect(ruleOf('agreed-numbers')).toMatchObject({ form: 'fixed', legs: [ab, ba], counts: [4, 2] });
    expect(ruleOf(`agreed-${ab}-1-civilian`)).toMatchObject({
      ...{ kind: 'quota', tranche: 'tranche-1', exact: 1 },
      who: { legs: [ab], categories: ['civilian'] },
    });
    expect(problem.rules).toHaveLength(2);
    expect(problem.tranches.map(({ id }) => id)).toEqual(['tranche-1', 'tranche-2']);
  });

  it('[CH-4] fixes numbers by tranche where the terms fix some, whatever number a tranche has', () => {
    const some: Terms = {
      ...fixed,
      tranches: [{ number: 7, persons: byLeg({ [ab]: 3, [ba]: 3 }) }],
    };
    const { rules } = problemFor({ pool: poolFor(readied(some, 'some')), factsOf, tranches: [9, 7] });
    const quotas = rules.filter(({ kind }) => kind === 'quota');
    expect(quotas.map(({ id }) => id).sort()).toEqual([
      `agreed-${ab}-7`,
      `agreed-${ba}-7`,
      `left-${ab}`,
      `left-${ba}`,
    ]);
    expect(rules.filter(({ kind }) => kind === 'parity')).toMatchObject([
      { form: 'equal', left: [ab], right: [ba] },
    ]);
  });

  it('[CH-4] keeps ratios, and what is left of a leg', () => {
    const terms = madeUpTerms({
      legs: [
        { id: ab, from: a, to: b, lane: 'exchange', count: 6 },
        { id: ba, from: b, to: a, lane: 'exchange', count: 2 },
      ],
      parity: [{ kind: 'ratio', sides: [[ab], [ba]], persons: [3, 1] }],
    });
    const { rules } = problemFor({ pool: poolFor(readied(terms, 'ratio')), factsOf, tranches: [1] });
    expect(rules).toMatchObject([
      { form: 'ratio', left: [ab], right: [ba], ratio: [3, 1] },
      { id: `left-${ab}`, max: 6, over: 'total' },
      { id: `left-${ba}`, max: 2, over: 'total' },
    ]);
  });

  it('[CH-5] says the gates that a plan can open, and names the others', () => {
    const gate = (id: string, tranche: number, requires: Terms['gates'][number]['requires']) => ({
      ...{ id, leg: ba, tranche, requires },
    });
    const terms = madeUpTerms({
      legs: legsOf(6),
      gates: [
        gate('first', 1, { kind: 'returned', leg: ab, persons: 2 }),
        gate('later', 2, { kind: 'received', leg: ab, persons: 2 }),
        gate('outside', 1, { kind: 'condition-met', condition: 'C' }),
      ],
    });
    const made = toProblem({ pool: poolFor(readied(terms, 'gates')), factsOf, tranches: [1, 2] });
    expect(made.ok && made.value.unsaid).toEqual(['later', 'outside']);
    expect(made.ok && made.value.problem.rules).toContainEqual({
      id: 'gate-first',
      kind: 'gate',
      open: [ba],
      after: [ab],
      count: 2,
    });
  });

  it('[CH-6] names what is missing', () => {
    const pool = poolFor(readied(equal, 'missing'));
    const [gone] = personsOf(ab, 1);
    const partly = (entry: EntryId): PersonFacts | undefined => (entry === gone ? undefined : factsOf(entry));
    expect(toProblem({ pool, factsOf: partly, tranches: [1] })).toEqual({
      ok: false,
      error: { kind: 'FactsMissing', entries: [gone] },
    });
    expect(toProblem({ pool, factsOf: partly, tranches: [1], without: new Set([gone!]) }).ok).toBe(true);
    expect(faultOf(toProblem({ pool, factsOf }))).toBe('NoTranche');
    const rules = [{ id: `left-${ab}`, kind: 'veto', persons: [] }] as const;
    expect(faultOf(toProblem({ pool, factsOf, tranches: [1], rules }))).toBe('RuleIdTaken');
    expect(faultOf(poolOf(new Rehearsal('nothing').state))).toBe('TermsNotInForce');
  });

  it('[CH-6] asks which leg somebody takes who could take two', () => {
    const [first, second] = ['north', 'south'] as unknown as readonly [LegId, LegId];
    const terms = madeUpTerms({
      legs: [first, second].map((id) => ({ id, from: a, to: b, lane: 'exchange' as const, count: 3 })),
    });
    const rehearsal = new Rehearsal('two legs');
    rehearsal.open(['A', 'B'], ['N']);
    rehearsal.agree(terms);
    rehearsal.list(terms, [{ leg: first, persons: 3 }]);
    expect(faultOf(poolOf(rehearsal.state))).toBe('LegOpen');
    const { candidates } = poolFor(rehearsal, { legOf: () => second });
    expect(candidates.map(({ leg }) => leg)).toEqual([second, second, second]);
  });

  it('[CH-7] is the same for the same exchange, in the order of ids', () => {
    const again = problemFor({ pool: poolFor(readied(fixed, 'problem')), factsOf });
    expect(JSON.stringify(again)).toBe(JSON.stringify(problem));
    const ids = problem.persons.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
  });
});

describe('the proposals', () => {
  it('[CH-8] are made of nothing but a sound plan of this problem with everybody named', () => {
    const problem = problemFor({ pool: poolFor(readied(equal, 'sound')), factsOf, tranches: [1] });
    const sound = planOf(problem, placesFor(problem, [3]));
    expect(toProposals(problem, sound, idsFor(1)).ok).toBe(true);
    expect(faultOf(toProposals(problem, sound, idsFor()))).toBe('TrancheIdMissing');
    expect(faultOf(toProposals(problem, { ...sound, problem: '0'.repeat(64) }, idsFor(1)))).toBe(
      'PlanUnsound',
    );
    const uneven = planOf(problem, placesFor(problem, [3]).slice(1));
    expect(faultOf(toProposals(problem, uneven, idsFor(1)))).toBe('PlanUnsound');
    const counted = [{ group: 'others', tranche: 'tranche-1', count: 1 }];
    expect(faultOf(toProposals(problem, { ...sound, counted }, idsFor(1)))).toBe('PersonsUnnamed');
    const renamed: PlanningProblem = { ...problem, tranches: [{ id: 'Monday' }] };
    const places = sound.places.map((place) => ({ ...place, tranche: 'Monday' }));
    expect(faultOf(toProposals(renamed, planOf(renamed, places), idsFor(1)))).toBe('TrancheUnnumbered');
  });

  it('[CH-8] name persons in the order of boarding', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.nat(5), fc.boolean()), { maxLength: 20 }), (drawn) => {
        const ids = new Set(drawn.map(([id]) => id));
        const persons = drawn.map(([id, days, first], index) => ({
          ...{ id: `${id} ${index}`, days, leg: first ? ab : ba },
          ...{ category: 'military', lane: 'exchange' as const, need: 'seat' as const },
        }));
        const choice = new Map(persons.map(({ id }) => [id as EntryId, 1]));
        const legs = personsByTranche({ persons }, choice).get(1) ?? byLeg<readonly EntryId[]>({});
        expect(Object.values(legs).flat()).toHaveLength(persons.length);
        for (const boarding of Object.values(legs)) {
          const days = boarding.map((entry) => persons.find(({ id }) => id === entry)!.days);
          expect(days).toEqual(days.toSorted((one, other) => other - one));
        }
        expect(ids.size).toBeLessThanOrEqual(persons.length);
      }),
    );
  });

  it('[CH-9] may be proposed: the decider lets each of them stand, one after the other', () => {
    const sizes = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 3 }));
    const kept = fc.subarray([...personsOf(ab, 2), ...personsOf(ba, 2)]);
    fc.assert(
      fc.property(sizes, kept, ([first, second], unwilling) => {
        const rehearsal = readied(equal, 'stands');
        if (unwilling.length > 0) {
          rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
            stage: 'before-listing',
            persons: unwilling.map((entry) => ({ entry, cleared: false })),
          });
        }
        const problem = problemFor({ pool: poolFor(rehearsal), factsOf, tranches: [1, 2] });
        const plan = planOf(problem, placesFor(problem, [first, second]));
        const proposals = toProposals(problem, plan, idsFor(1, 2));
        if (!proposals.ok) throw new Error(choiceFaultToSentence(proposals.error));
        expect(proposals.value).toHaveLength(first === 0 ? 1 : 2);
        for (const body of proposals.value) {
          expect(rehearsal.attempt(player('A', 'coordinator'), 'TrancheProposed', body).decision.kind).toBe(
            'accepted',
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});
