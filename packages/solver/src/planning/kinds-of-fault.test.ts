/** Kinds of fault that strangers found, each with inputs of our own. */
import {
  explainConflict,
  explainPlaces,
  findOrderWarnings,
  measureFairness,
  parseProblem,
  planTranches,
  priceRules,
  type PlanningPerson,
  type PlanningProblem,
  type Rule,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';
import { toRandomProblem, toRandomSource } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

function person(id: string, leg: string, days: number, fields: Partial<PlanningPerson> = {}): PlanningPerson {
  return { id, leg, category: 'soldier', lane: 'exchange', days, need: 'seat', ...fields };
}

function toProblem(
  persons: readonly PlanningPerson[],
  rules: readonly Rule[],
  more: Partial<PlanningProblem> = {},
): PlanningProblem {
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }, { id: 't2' }],
    legs: [
      { id: 'north', from: 'p', to: 'q', crossing: 'ford' },
      { id: 'south', from: 'q', to: 'p', crossing: 'ford' },
    ],
    persons,
    rules,
    ...more,
  };
}

function planOf(problem: PlanningProblem): TranchePlan {
  const outcome = planTranches(problem, solver);
  if (outcome.kind !== 'planned') throw new Error(outcome.kind);
  return outcome.plan;
}

const parity: Rule = { id: 'pairs', kind: 'parity', form: 'equal', left: ['north'], right: ['south'] };
const ford = (max: number): Rule => ({ id: 'ford', kind: 'capacity', crossing: 'ford', max });

describe('law by default', () => {
  const wounded = person('w', 'north', 12, { lane: 'direct-repatriation' });
  const persons = [wounded, person('n', 'north', 700), person('s', 'south', 700)];
  const one = [{ id: 't1' }];

  test('[PL-22] [PL-6] a netted pair never takes the place of somebody of a legal lane', () => {
    const plan = planOf(toProblem(persons, [parity, ford(2)], { tranches: one }));
    expect(plan.places).toEqual([{ person: 'w', tranche: 't1' }]);
  });

  test('[PL-41] an order that forgets the lanes, or puts something above them, is warned of', () => {
    const warn = (kinds: readonly ('returned' | 'legal-lanes' | 'change')[]): number =>
      findOrderWarnings(toProblem(persons, [], { objectives: kinds.map((kind) => ({ kind })) })).length;
    expect(warn(['returned'])).toBe(1);
    expect(warn(['returned', 'legal-lanes'])).toBe(1);
    expect(warn(['legal-lanes', 'returned'])).toBe(0);
    expect(warn(['change', 'legal-lanes', 'returned'])).toBe(0);
    expect(findOrderWarnings(toProblem(persons, []))).toEqual([]);
    const unfit = toProblem([{ ...wounded, ineligible: 'unfit' }], [], {
      objectives: [{ kind: 'returned' }],
    });
    expect(findOrderWarnings(unfit)).toEqual([]);
  });
});

describe('no meaning in the order of writing', () => {
  test('[PL-23] persons, legs, rules and names in rules in any order give the same places', () => {
    for (let seed = 900; seed < 960; seed += 1) {
      const problem = toRandomProblem(seed, 9);
      const random = toRandomSource(seed);
      const shuffle = <T>(list: readonly T[]): readonly T[] =>
        list
          .map((value) => [random(), value] as const)
          .sort(([a], [b]) => a - b)
          .map(([, value]) => value);
      const turned = {
        ...problem,
        persons: shuffle(problem.persons),
        legs: shuffle(problem.legs),
        rules: shuffle(problem.rules).map((rule): Rule => {
          if ('persons' in rule) return { ...rule, persons: shuffle(rule.persons) };
          if (rule.kind === 'circuit') return { ...rule, legs: shuffle(rule.legs) };
          return rule;
        }),
      };
      const [one, other] = [planTranches(problem, solver), planTranches(turned, solver)];
      expect([seed, other.kind]).toEqual([seed, one.kind]);
      if (one.kind !== 'planned' || other.kind !== 'planned') continue;
      expect([seed, other.plan.places]).toEqual([seed, one.plan.places]);
    }
  });

  test('[PL-16] a gated cycle may be opened by any of its links', () => {
    const persons = [
      person('n', 'north', 90, { earliest: 't2' }),
      person('s', 'south', 90, { latest: 't1' }),
    ];
    for (const legs of [
      ['north', 'south'],
      ['south', 'north'],
    ])
      expect(
        planOf(toProblem(persons, [{ id: 'c', kind: 'circuit', legs, cap: 2, timing: 'gated' }])).places,
      ).toHaveLength(2);
  });

  test('[PL-40] persons known by number go as early as they can', () => {
    const group = (id: string, leg: string) =>
      ({ id, leg, category: 'soldier', lane: 'exchange', count: 30 }) as const;
    const plan = planOf(
      toProblem([], [parity, ford(40)], { counted: [group('ours', 'north'), group('theirs', 'south')] }),
    );
    expect(plan.counted).toEqual([
      { group: 'ours', tranche: 't1', count: 20 },
      { group: 'ours', tranche: 't2', count: 10 },
      { group: 'theirs', tranche: 't1', count: 20 },
      { group: 'theirs', tranche: 't2', count: 10 },
    ]);
  });
});

describe('what cannot be', () => {
  test('[PL-13] [PL-38] persons apart two by two are one clique: more than tranches is proven at once', () => {
    const ids = Array.from({ length: 9 }, (_, number) => `p${number}`);
    const rules: Rule[] = ids.flatMap((one, at) =>
      ids.slice(0, at).map((other) => ({ id: `${one} ${other}`, kind: 'apart', persons: [one, other] })),
    );
    rules.push({ id: 'all', kind: 'must-go', persons: ids });
    const tranches = Array.from({ length: 8 }, (_, number) => ({ id: `t${number}` }));
    const problem = toProblem(
      ids.map((id) => person(id, 'north', 50)),
      rules,
      { tranches },
    );
    expect(planTranches(problem, solver)).toEqual({ kind: 'infeasible', isProven: true });
  });

  test('[PL-9] a quota that counts nobody is kept at 0 and a conflict above', () => {
    const quota = (min: number): Rule => ({
      id: 'medics',
      kind: 'quota',
      who: { categories: ['medic'] },
      min,
    });
    expect(planTranches(toProblem([person('n', 'north', 1)], [quota(0)]), solver).kind).toBe('planned');
    expect(planTranches(toProblem([person('n', 'north', 1)], [quota(1)]), solver)).toEqual({
      kind: 'infeasible',
      isProven: true,
    });
  });

  test('[PL-35] a conflict says whom a rule counts, and ways out give new numbers and what sets them', () => {
    const persons = [
      ...Array.from({ length: 6 }, (_, at) =>
        person(`n${at}`, 'north', 100, { sex: at < 2 ? 'female' : 'male', age: 20 + at * 5 }),
      ),
      ...Array.from({ length: 6 }, (_, at) => person(`s${at}`, 'south', 100)),
    ];
    const young: Rule = {
      id: 'young',
      kind: 'quota',
      who: { legs: ['north'], sexes: ['female'], ageMax: 30 },
      tranche: 't1',
      min: 3,
    };
    const conflict = explainConflict(toProblem(persons, [young]), solver);
    expect(conflict?.rules[0]?.text).toContain('3 female persons on north, aged 30 or younger, are required');
    expect(conflict?.relaxations[0]?.text).toBe('"young" asks for at least 2 instead of 3 in t1.');
    const fixed: Rule = {
      id: 'fixed',
      kind: 'parity',
      form: 'fixed',
      legs: ['north', 'south'],
      counts: [4, 2],
    };
    const bridged = explainConflict(toProblem(persons, [fixed, ford(6)]), solver);
    // Two persons fewer, on one leg or on both: which is not said to matter.
    expect(bridged?.relaxations[0]).toMatchObject({ rule: 'fixed', by: 2 });
    expect(bridged?.relaxations[0]?.text).toMatch(
      /^"fixed" fixes .* instead of 4, 2.*: so much by "ford"\.$/,
    );
    expect(bridged?.relaxations[1]?.text).toBe('"ford" allows 8 instead of 6 in t1: so much by "fixed".');
    const four = ['n0', 'n1', 'n2'];
    const named = explainConflict(
      toProblem(persons, [
        { id: 'apart', kind: 'apart', persons: four },
        { id: 'go', kind: 'must-go', persons: four },
      ]),
      solver,
    );
    expect(named?.relaxations.map(({ text }) => text)).toContain('"go" without any one of n0, n1, n2.');
  });
});

describe('reasons', () => {
  test('[PL-33] [PL-34] a place that is another lane’s by law is said to be', () => {
    const persons = [
      person('n1', 'north', 800),
      person('n2', 'north', 700),
      person('s1', 'south', 800),
      person('s2', 'south', 700),
      person('w', 'north', 20, { lane: 'direct-repatriation' }),
    ];
    const problem = toProblem(persons, [parity, ford(3)]);
    const plan = planOf(problem);
    const reasons = explainPlaces(problem, plan);
    const of = (id: string) => reasons.find((reason) => reason.person === id);
    expect(of('n2')).toMatchObject({ code: 'lane-first', rules: ['ford'] });
    expect(of('n2')?.text).toContain('1 belongs to lanes that come first (direct-repatriation)');
    expect(of('n2')?.remedy).toBe('"ford" allows 2 more in t1.');
    expect(of('w')?.text).toContain('in the lane direct-repatriation, which comes first');
    expect(measureFairness(problem, plan).inversions.map(({ pairs }) => pairs)).toEqual([0, 0]);
    // With so much room the remedy is true.
    expect(
      planOf(toProblem(persons, [parity, ford(5)])).places.every(({ tranche }) => tranche === 't1'),
    ).toBe(true);
  });

  test('[PL-33] the objective that decides is named', () => {
    const at = (id: string, days: number, facility: string) => person(id, 'north', days, { facility });
    const problem = toProblem(
      [at('a', 59, 'east'), at('b', 55, 'west'), at('c', 52, 'west'), at('d', 50, 'east')],
      [ford(2)],
    );
    const waiting = explainPlaces(problem, planOf(problem)).filter(({ tranche }) => tranche === 't2');
    expect(waiting.map(({ person: id, code, objective }) => [id, code, objective])).toEqual([
      ['b', 'order', 'facilities'],
      ['c', 'order', 'facilities'],
    ]);
    expect(waiting[0]?.text).toContain('the objective facilities decides');
  });

  test('[PL-21] who can never go is held back by nobody', () => {
    const problem = toProblem(
      [
        person('a', 'north', 44),
        person('b', 'north', 31),
        person('c', 'north', 90, { ineligible: 'withheld' }),
      ],
      [{ id: 'c with a', kind: 'package', form: 'only-with', persons: ['c'], with: ['a'] }, ford(1)],
      { tranches: [{ id: 't1' }] },
    );
    expect(planOf(problem).places).toEqual([{ person: 'a', tranche: 't1' }]);
  });

  test('[PL-36] a wish has no price, and what is no longer counted is no gain', () => {
    const problem = toProblem(
      [person('a', 'north', 90), person('b', 'north', 80), person('c', 'north', 70)],
      [
        { id: 'kin', kind: 'family', form: 'wish', persons: ['a', 'b'] },
        { id: 'pack', kind: 'package', form: 'only-with', persons: ['c'], with: ['b'], timing: 'by-then' },
        ford(1),
      ],
    );
    const prices = priceRules(problem, planOf(problem), solver, ['kin', 'pack']);
    expect(prices).toEqual([
      { rule: 'kin', relaxed: 'binds nothing', status: 'planned', gain: null },
      { rule: 'pack', relaxed: 'left out', status: 'planned', gain: null },
    ]);
    expect(parseProblem(problem).isParsed).toBe(true);
  });
});
