import {
  checkPlan,
  explainConflict,
  explainExactly,
  explainPlaces,
  measureFairness,
  applyWhatIf,
  planTranches,
  priceRules,
  type PlaceReason,
  type PlanningPerson,
  type PlanningProblem,
  type Rule,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';
import { findBestByTrying, toRandomProblem } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

function person(id: string, days: number, fields: Partial<PlanningPerson> = {}): PlanningPerson {
  return { id, leg: 'ab', category: 'soldier', lane: 'exchange', days, need: 'seat', ...fields };
}

function toProblem(persons: readonly PlanningPerson[], rules: readonly Rule[]): PlanningProblem {
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }, { id: 't2' }],
    legs: [
      { id: 'ab', from: 'a', to: 'b' },
      { id: 'ba', from: 'b', to: 'a' },
    ],
    persons,
    rules,
  };
}

function plan(problem: PlanningProblem): TranchePlan {
  const outcome = planTranches(problem, solver);
  if (outcome.kind !== 'planned') throw new Error(outcome.kind);
  return outcome.plan;
}

describe('a reason for every person', () => {
  const problem = toProblem(
    [
      person('p1', 900),
      person('p2', 800),
      person('p3', 700),
      person('p4', 600),
      person('p5', 950, { ineligible: 'withheld for proceedings' }),
      person('p6', 940),
      person('p7', 930, { earliest: 't2' }),
    ],
    [
      { id: 'two a day', kind: 'quota', who: { legs: ['ab'] }, max: 2 },
      { id: 'no', kind: 'veto', persons: ['p6'], saidBy: 'b' },
    ],
  );

  test('[PL-33] names the tranche and why, or the rule that keeps off and what would have to change', () => {
    const reasons = explainPlaces(problem, plan(problem));
    expect(reasons.map(({ person: id, tranche, code, rule }) => [id, tranche, code, rule])).toEqual([
      ['p1', 't1', 'first-open', null],
      ['p2', 't1', 'first-open', null],
      ['p3', 't2', 'full', 'two a day'],
      ['p4', null, 'full', 'two a day'],
      ['p5', null, 'not-eligible', null],
      ['p6', null, 'vetoed', 'no'],
      ['p7', 't2', 'window', null],
    ]);
    expect(reasons[2]?.text).toBe(
      'In t2: "two a day" allows at most in t1: 2 of 2. All there have been held 800 days or more; this person 700.',
    );
    expect(reasons.filter(({ tranche, remedy }) => tranche === null && remedy === null)).toEqual([]);
  });

  test('[PL-33] every named person of any plan has a reason, and nobody else is named in it', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = toRandomProblem(seed, 7);
      const outcome = planTranches(random, solver);
      if (outcome.kind !== 'planned') continue;
      const reasons = explainPlaces(random, outcome.plan);
      expect(reasons.map((reason) => reason.person)).toEqual(random.persons.map(({ id }) => id).toSorted());
      const places = new Map(outcome.plan.places.map(({ person: id, tranche }) => [id, tranche]));
      for (const reason of reasons) {
        expect(reason.tranche).toBe(places.get(reason.person) ?? null);
        expect(/\bp\d\b/.test(reason.text)).toBe(false);
      }
    }
  });

  test('[PL-33] without the rules named the person can go, or go earlier; where none is named, nothing forbids it', () => {
    let [named, unnamed] = [0, 0];
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = toRandomProblem(seed, 6);
      const outcome = planTranches(random, solver);
      if (outcome.kind !== 'planned') continue;
      for (const reason of explainPlaces(random, outcome.plan)) {
        if (reason.remedy === null || reason.code === 'not-eligible' || reason.code === 'window') continue;
        const at = random.tranches.findIndex(({ id }) => id === reason.tranche);
        const by = at < 0 ? {} : { by: random.tranches[at - 1]?.id ?? '' };
        const wish: Rule = { id: 'wish', kind: 'must-go', persons: [reason.person], ...by };
        const rest = random.rules.filter(({ id }) => !reason.rules.includes(id));
        const tried = planTranches(
          { ...random, rules: [...rest, wish], objectives: [{ kind: 'returned' }] },
          solver,
        );
        expect([seed, reason.person, reason.rules, tried.kind]).toEqual([
          seed,
          reason.person,
          reason.rules,
          'planned',
        ]);
        if (reason.rules.length > 0) named += 1;
        else unnamed += 1;
      }
    }
    expect(named).toBeGreaterThan(250);
    expect(unnamed).toBeGreaterThan(20);
  });

  describe('[PL-33] the rule named is the one that decides', () => {
    const sides = [1, 2, 3, 4, 5, 6].flatMap((number) => [
      person(`a${number}`, 100 * number),
      person(`b${number}`, 90 * number, { leg: 'ba' }),
    ]);
    const equal: Rule = { id: 'eq', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] };
    const two: Rule = { id: 'two', kind: 'quota', who: {}, max: 2 };
    const withheld = person('x', 100, { leg: 'ba', ineligible: 'withheld' });
    test.each<[string, readonly PlanningPerson[], readonly Rule[], string, Partial<PlaceReason>]>([
      [
        'a companion who is withheld',
        [...sides, withheld],
        [equal, { id: 'p', kind: 'package', form: 'only-with', persons: ['a6'], with: ['x'] }],
        'a6',
        { code: 'held-with-others', rules: ['p'] },
      ],
      [
        'a companion under a veto',
        sides,
        [
          equal,
          { id: 'p', kind: 'package', form: 'together', persons: ['a6', 'b6'] },
          { id: 'v', kind: 'veto', persons: ['b6'] },
        ],
        'a6',
        {
          code: 'held-with-others',
          rules: ['p'],
          text: 'Off: bound to others by "p", who cannot all go in t1: "v" holds some of them back.',
          remedy: '"p" is lifted; or "v" is lifted.',
        },
      ],
      [
        'a veto of the first tranche',
        sides,
        [{ id: 'v', kind: 'veto', persons: ['a6'], tranche: 't1' }],
        'a6',
        { code: 'vetoed', rules: ['v'] },
      ],
      [
        'a must-go for somebody held less long',
        sides.filter(({ leg }) => leg === 'ab'),
        [two, { id: 'm', kind: 'must-go', persons: ['a1'], by: 't1' }],
        'a5',
        {
          code: 'passed-over',
          rules: ['m', 'two'],
          passedBy: 'm',
          remedy: '"m" is lifted; or "two" allows one more in t1.',
        },
      ],
      [
        'a must-go for somebody held less long, with somebody held longer before the person',
        sides.filter(({ leg }) => leg === 'ab'),
        [two, { id: 'm', kind: 'must-go', persons: ['a1'], by: 't1' }],
        'a4',
        { code: 'full', rules: ['two', 'm'], passedBy: 'm' },
      ],
      [
        'a must-go for the person',
        sides.filter(({ leg }) => leg === 'ab'),
        [two, { id: 'm', kind: 'must-go', persons: ['a1'] }],
        'a1',
        { code: 'full', rules: ['two'], placedBy: 'm' },
      ],
    ])('%s', (_, persons, rules, id, expected) => {
      const asked = toProblem(persons, rules);
      expect(explainPlaces(asked, plan(asked), id)[0]).toMatchObject(expected);
    });
  });

  test('[PL-33] the exact reason of one person: what gets worse, or the rules that forbid it', () => {
    const asked = toProblem(
      [person('p1', 900), person('p2', 800), person('p3', 100, { leg: 'ba' })],
      [
        { id: 'one', kind: 'quota', who: { legs: ['ab'] }, max: 1 },
        { id: 'no', kind: 'veto', persons: ['p3'] },
      ],
    );
    const made = plan(asked);
    expect(explainExactly(asked, made, solver, 'p1')).toEqual({ kind: 'nothing-to-ask' });
    expect(explainExactly(asked, made, solver, 'p2')).toEqual({
      kind: 'worse',
      objective: 'captivity-total',
      part: 'steps',
      before: 86,
      after: 82,
    });
    expect(explainExactly(asked, made, solver, 'p3')).toEqual({ kind: 'conflict', rules: ['no'] });
  });

  test('[PL-33] who may not go earlier, whatever the rules, leaves nothing to ask', () => {
    const made = plan(problem);
    const ask = (id: string) => explainExactly(problem, made, solver, id).kind;
    expect(['p1', 'p3', 'p4', 'p5', 'p6', 'p7'].map((id) => [id, ask(id)])).toEqual([
      ['p1', 'nothing-to-ask'],
      ['p3', 'worse'],
      ['p4', 'worse'],
      ['p5', 'nothing-to-ask'],
      ['p6', 'conflict'],
      ['p7', 'nothing-to-ask'],
    ]);
  });

  test('[PL-33] an exact answer that is cut short is the same or none, wherever the search ended', () => {
    let [cut, whole] = [0, 0];
    for (let seed = 1; seed <= 24; seed += 1) {
      const random = toRandomProblem(seed, 60);
      const outcome = planTranches(random, solver);
      if (outcome.kind !== 'planned') continue;
      const { id } = random.persons[seed % random.persons.length] ?? { id: '' };
      const exact = explainExactly(random, outcome.plan, solver, id);
      for (const until of [1, 2, 3, 4, 8, 16]) {
        let asked = 0;
        const found = explainExactly(random, outcome.plan, solver, id, {
          isInterrupted: () => (asked += 1) > until,
        });
        if (found.kind === 'unknown') cut += 1;
        else whole += 1;
        if (found.kind !== 'unknown') expect([seed, until, found]).toEqual([seed, until, exact]);
      }
      // Nor is a difference to a plan that is not proven itself an answer.
      const { certificate } = outcome.plan;
      const open = certificate.levels.map((level) => ({ ...level, bound: null }));
      const unproven: TranchePlan = { ...outcome.plan, certificate: { ...certificate, levels: open } };
      const found = explainExactly(random, unproven, solver, id).kind;
      if (exact.kind === 'worse' || exact.kind === 'equal') expect([seed, found]).toEqual([seed, 'unknown']);
    }
    expect(cut).toBeGreaterThan(10);
    expect(whole).toBeGreaterThan(10);
  });

  test('[PL-34] fairness: spread of captivity and who waits behind whom', () => {
    const fairness = measureFairness(problem, plan(problem));
    const must: Rule = { id: 'm', kind: 'must-go', persons: ['p4'], by: 't1' };
    expect(fairness.spreads[0]).toEqual({
      leg: 'ab',
      tranche: 't1',
      persons: 2,
      days: [800, 800, 800, 800, 900],
    });
    const [inversions] = fairness.inversions;
    // p6 is off behind three, p7 in t2 behind two: five pairs turned round.
    expect(inversions?.pairs).toBe(6);
    expect(
      measureFairness(
        { ...problem, rules: [...problem.rules, must] },
        plan({ ...problem, rules: [...problem.rules, must] }),
      ).inversions[0]?.waiting,
    ).toContainEqual({ code: 'passed-over', rule: 'm', persons: 2 });
    expect(inversions?.waiting).toEqual([
      { code: 'vetoed', rule: 'no', persons: 1 },
      { code: 'window', rule: null, persons: 1 },
    ]);
  });
});

describe('no plan at all', () => {
  test('[PL-35] says which rules cannot hold together, with figures, and the smallest way out', () => {
    const persons = [
      ...Array.from({ length: 97 }, (_, index) => person(`c${index}`, 100, { category: 'civilian' })),
      ...Array.from({ length: 14 }, (_, index) =>
        person(`w${index}`, 100, { category: 'civilian', ineligible: 'withheld' }),
      ),
      ...Array.from({ length: 9 }, (_, index) =>
        person(`u${index}`, 100, { category: 'civilian', ineligible: 'unfit' }),
      ),
    ];
    const problem = toProblem(persons, [
      { id: 'boats', kind: 'quota', who: { legs: ['ba'] }, max: 5 },
      { id: 'civilians', kind: 'quota', who: { categories: ['civilian'] }, tranche: 't1', exact: 120 },
    ]);
    const conflict = explainConflict(problem, solver);
    expect(conflict?.rules).toEqual([
      {
        rule: 'civilians',
        text: '"civilians": exactly 120 persons (civilian) are required in t1; 97 are eligible (and not: 14 withheld, 9 unfit).',
      },
    ]);
    expect(conflict?.relaxations).toEqual([
      { rule: 'civilians', by: 23, text: '"civilians" is 97 instead of 120 in t1.' },
    ]);
  });

  test('[PL-35] the set is minimal: the rules conflict, and without any one of them the others do not', () => {
    let [found, several] = [0, 0];
    for (let seed = 1; seed <= 900 && found < 60; seed += 1) {
      const problem = toRandomProblem(seed, 5);
      if (findBestByTrying(problem) !== undefined) continue;
      found += 1;
      const conflict = explainConflict(problem, solver);
      const ids = conflict?.rules.map(({ rule }) => rule) ?? [];
      const only = problem.rules.filter(({ id }) => ids.includes(id));
      expect([seed, findBestByTrying({ ...problem, rules: only })]).toEqual([seed, undefined]);
      for (const id of ids) {
        const fewer = only.filter((rule) => rule.id !== id);
        expect([seed, id, findBestByTrying({ ...problem, rules: fewer }) === undefined]).toEqual([
          seed,
          id,
          false,
        ]);
      }
      for (const { rule } of conflict?.relaxations ?? []) {
        const without = problem.rules.filter(({ id }) => id !== rule);
        expect([seed, findBestByTrying({ ...problem, rules: without }) === undefined]).toEqual([seed, false]);
      }
      for (const set of conflict?.others ?? []) {
        const other = problem.rules.filter(({ id }) => set.some(({ rule }) => rule === id));
        expect(other.some(({ id }) => ids.includes(id))).toBe(false);
        expect([seed, findBestByTrying({ ...problem, rules: other })]).toEqual([seed, undefined]);
      }
      // There is always a way out, and all of it together is one.
      const ways = [...(conflict?.relaxations ?? []), ...(conflict?.together ?? [])];
      expect([seed, ways.length > 0]).toEqual([seed, true]);
      const rest = problem.rules.filter(({ id }) => !ways.some(({ rule }) => rule === id));
      expect([seed, findBestByTrying({ ...problem, rules: rest }) === undefined]).toEqual([seed, false]);
      if ((conflict?.others.length ?? 0) > 0) several += 1;
    }
    expect(found).toBe(60);
    expect(several).toBeGreaterThan(3);
  });

  test('[PL-35] two conflicts that share no rule: both are said, and one smallest way out of both', () => {
    const problem = toProblem(
      [person('p1', 100), person('p2', 100), person('p3', 100, { ineligible: 'unfit' })],
      [
        { id: 'c', kind: 'quota', who: { categories: ['civilian'] }, tranche: 't1', min: 1 },
        { id: 'm', kind: 'must-go', persons: ['p1', 'p2', 'p3'] },
        { id: 'c 2', kind: 'quota', who: { categories: ['soldier'] }, over: 'total', max: 2 },
      ],
    );
    const conflict = explainConflict(problem, solver);
    expect(conflict?.rules.map(({ rule }) => rule)).toEqual(['c']);
    expect(conflict?.others.map((set) => set.map(({ rule }) => rule))).toEqual([['m']]);
    expect(conflict?.relaxations).toEqual([]);
    expect(conflict?.together).toEqual([
      { rule: 'c', by: 1, text: '"c" asks for at least 0 instead of 1 in t1.' },
      { rule: 'm', by: 1, text: '"m" without p3 (unfit).' },
    ]);
  });

  test('[PL-35] names give way person by person, a gate by its number', () => {
    const ways = (rules: readonly Rule[]): readonly string[] =>
      explainConflict(
        toProblem(
          [
            ...[1, 2, 3].map((number) => person(`a${number}`, 100)),
            person('a4', 100, { ineligible: 'withheld' }),
            ...[1, 2].map((number) => person(`b${number}`, 100, { leg: 'ba' })),
          ],
          rules,
        ),
        solver,
      )?.relaxations.map(({ text }) => text) ?? [];
    expect(ways([{ id: 'm', kind: 'must-go', persons: ['a1', 'a4'] }])).toEqual([
      '"m" without a4 (withheld).',
    ]);
    const both: readonly Rule[] = [
      { id: 'gate', kind: 'gate', open: ['ba'], after: ['ab'], count: 9 },
      { id: 'two', kind: 'quota', who: { legs: ['ba'] }, over: 'total', min: 2 },
    ];
    expect(ways(both)).toEqual([
      '"two" asks for at least 0 instead of 2 in all: so much by "gate".',
      '"gate" opens after 3 instead of 9: so much by "two".',
    ]);
    const names: readonly Rule[] = [
      { id: 'v', kind: 'veto', persons: ['a1', 'a2', 'b1'] },
      { id: 'p', kind: 'place', persons: ['a2', 'a3'], tranche: 't1' },
    ];
    expect(ways(names)).toEqual(['"v" without a2.', '"p" without a2.']);
  });
});

describe('what if', () => {
  const problem = toProblem(
    [person('p1', 900), person('p2', 800), person('p3', 700)],
    [{ id: 'one', kind: 'quota', who: {}, max: 1 }],
  );

  test('[PL-36] prices are found by planning again', () => {
    expect(priceRules(problem, plan(problem), solver, ['one'])).toEqual([
      {
        rule: 'one',
        relaxed: 'by one',
        status: 'planned',
        gain: { objective: 'returned', part: 'persons', by: 1 },
      },
    ]);
  });

  test('[PL-36] every rule asked for has a price, and relaxing one never takes a plan away', () => {
    const fixed = (...counts: readonly number[]): Rule => ({
      id: 'f',
      kind: 'parity',
      form: 'fixed',
      legs: ['ab'],
      counts,
    });
    const text = 'one more on each leg and in each tranche';
    const all = toProblem(problem.persons, [fixed(3, 0)]);
    expect(priceRules(all, plan(all), solver, ['f'])).toEqual([
      { rule: 'f', relaxed: text, status: 'planned', gain: null },
    ]);
    const some = toProblem(problem.persons, [fixed(1, 1)]);
    expect(priceRules(some, plan(some), solver, ['f'])).toEqual([
      {
        rule: 'f',
        relaxed: text,
        status: 'planned',
        gain: { objective: 'returned', part: 'persons', by: 1 },
      },
    ]);
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = toRandomProblem(seed, 6);
      const outcome = planTranches(random, solver);
      if (outcome.kind !== 'planned') continue;
      const ids = random.rules.map(({ id }) => id);
      const prices = priceRules(random, outcome.plan, solver, ids);
      expect([seed, prices.map(({ rule, status }) => [rule, status])]).toEqual([
        seed,
        ids.map((id) => [id, 'planned']),
      ]);
    }
  });

  test('[PL-36] a price that is cut short is the same or unknown, wherever the search ended', () => {
    let [cut, whole] = [0, 0];
    for (let seed = 1; seed <= 10; seed += 1) {
      const random = toRandomProblem(seed, 60);
      const outcome = planTranches(random, solver);
      if (outcome.kind !== 'planned') continue;
      const ids = random.rules.map(({ id }) => id);
      const prices = priceRules(random, outcome.plan, solver, ids);
      for (const until of [2, 4, 8])
        for (const [number, id] of ids.entries()) {
          let asked = 0;
          const options = { isInterrupted: () => (asked += 1) > until };
          const [found] = priceRules(random, outcome.plan, solver, [id], options);
          if (found?.status === 'unknown') cut += 1;
          else whole += 1;
          if (found?.status === 'unknown') expect(found.gain).toBe(null);
          else expect([seed, until, found]).toEqual([seed, until, prices[number]]);
        }
      const { certificate } = outcome.plan;
      const open = certificate.levels.map((level) => ({ ...level, bound: null }));
      const unproven: TranchePlan = { ...outcome.plan, certificate: { ...certificate, levels: open } };
      for (const { status, relaxed } of priceRules(random, unproven, solver, ids))
        expect(status).toBe(relaxed === 'binds nothing' ? 'planned' : 'unknown');
    }
    expect(cut).toBeGreaterThan(10);
    expect(whole).toBeGreaterThan(10);
  });

  test('[PL-36] changes are tried on another problem; the given one stays', () => {
    const before = JSON.stringify(problem);
    const tried = applyWhatIf(problem, [
      { kind: 'place', persons: ['p3'], tranche: 't1' },
      { kind: 'forbid', persons: ['p1'] },
      { kind: 'set-rule', rule: { id: 'one', kind: 'quota', who: {}, max: 2 } },
    ]);
    expect(plan(tried).places).toEqual([
      { person: 'p2', tranche: 't1' },
      { person: 'p3', tranche: 't1' },
    ]);
    expect(JSON.stringify(problem)).toBe(before);
    expect(plan(applyWhatIf(problem, [{ kind: 'drop-rule', rule: 'one' }])).places).toHaveLength(3);
  });

  test('[PL-37] the other side known by numbers only', () => {
    const counted: PlanningProblem = {
      ...toProblem(
        [person('p1', 900), person('p2', 800), person('p3', 700)],
        [{ id: 'parity', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] }],
      ),
      counted: [{ id: 'theirs', leg: 'ba', category: 'soldier', lane: 'exchange', count: 2 }],
    };
    const found = plan(counted);
    expect(found.places).toHaveLength(2);
    expect(found.counted).toEqual([{ group: 'theirs', tranche: 't1', count: 2 }]);
    expect(checkPlan(counted, { ...found, counted: [] }).isHolding).toBe(false);
  });
});

describe('a search that ends early', () => {
  test('[PL-27] gives the best plan found and says what is not proven', () => {
    const problem = toRandomProblem(11, 6);
    let asked = 0;
    const outcome = planTranches(problem, solver, { isInterrupted: () => (asked += 1) > 2 });
    if (outcome.kind !== 'planned') throw new Error(outcome.kind);
    expect(outcome.plan.certificate.status).toBe('feasible');
    expect(outcome.plan.certificate.stopped).toBe('interrupted');
    expect(checkPlan(problem, outcome.plan).faults).toEqual([]);
    const { levels } = outcome.plan.certificate;
    expect(levels.some(({ value, bound }) => value !== bound)).toBe(true);
    expect(levels.filter(({ bound }) => bound === null)).toEqual([]);
  });

  test('[PL-27] the bounds given are true, wherever the search ended', () => {
    let open = 0;
    for (let seed = 600; seed < 640; seed += 1) {
      const problem = toRandomProblem(seed, 6);
      const best = findBestByTrying(problem);
      for (const until of [1, 2, 4, 8, 16]) {
        let asked = 0;
        const outcome = planTranches(problem, solver, { isInterrupted: () => (asked += 1) > until });
        if (outcome.kind !== 'planned') continue;
        expect([seed, until, checkPlan(problem, outcome.plan).faults]).toEqual([seed, until, []]);
        for (const [number, { value, bound, sense }] of outcome.plan.certificate.levels.entries()) {
          const reached = best?.[number]?.value ?? NaN;
          if (value !== bound) open += 1;
          const isTrue = bound !== null && (sense === 'max' ? reached <= bound : reached >= bound);
          expect([seed, until, number, isTrue]).toEqual([seed, until, number, true]);
          // Below a level that the best plan reaches and this one does not, they are not compared.
          if (reached !== value) break;
        }
      }
    }
    expect(open).toBeGreaterThan(20);
  });
});
