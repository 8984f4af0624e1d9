import {
  arrangeMovement,
  arrangeMovements,
  checkMovement,
  checkMovements,
  checkPlan,
  comparePlans,
  parseMovements,
  parseProblem,
  planTranches,
  replanTranches,
  toReplanProblem,
  type Movement,
  type MovementStep,
  type MovementTerms,
  type PlanningPerson,
  type PlanningProblem,
  type Rule,
  type Solver,
  type SolverAnswer,
  type SolverQuestion,
  type TranchePlan,
} from '@homeward/core/planning';
import { findBestByTrying, toRandomProblem, toRandomSource } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

/** Two legs with all lanes and needs, and a little of everything that moves together. */
function toProblem(seed: number, size: number): PlanningProblem {
  const random = toRandomSource(seed);
  const persons = ['ab', 'ba'].flatMap((leg) =>
    Array.from({ length: size }, (_, index) => ({
      id: `${leg}${String(index).padStart(3, '0')}`,
      leg,
      category: 'soldier',
      lane: random() < 0.1 ? ('direct-repatriation' as const) : ('exchange' as const),
      days: Math.floor(random() * 900),
      need:
        random() < 0.1 ? ('ambulance' as const) : random() < 0.2 ? ('stretcher' as const) : ('seat' as const),
    })),
  );
  const id = (index: number): string => persons[index]?.id ?? '';
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }, { id: 't2' }],
    legs: [
      { id: 'ab', from: 'a', to: 'b', crossing: 'bridge' },
      { id: 'ba', from: 'b', to: 'a', crossing: 'road' },
    ],
    persons,
    counted: [{ id: 'others', leg: 'ba', category: 'soldier', lane: 'exchange', count: 4 }],
    rules: [
      { id: 'parity', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] },
      { id: 'most', kind: 'quota', who: { legs: ['ab'] }, max: Math.floor(size / 3) },
      { id: 'family', kind: 'family', form: 'together', persons: [id(0), id(1), id(2)] },
      ...['ab', 'ba'].map((leg) => ({
        id: `vehicles ${leg}`,
        kind: 'vehicles' as const,
        legs: [leg],
        vehicles: [
          { id: 'mixed', seats: 6, ambulances: 1 },
          { id: 'bus', seats: size },
          { id: 'vans', stretchers: size, ambulances: size },
        ],
      })),
    ],
  };
}

const terms: MovementTerms = {
  stepSizes: [
    { leg: 'ab', size: 5 },
    { leg: 'ba', size: 4 },
  ],
  stepMinutes: 10,
  leadMinutes: 30,
  windows: [{ tranche: 't1', leg: 'ab', opensAt: 600, closesAt: 900 }],
};

describe('movement', () => {
  test('[PL-29] [PL-30] [PL-31] [PL-32] every movement made is one the checker accepts', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const problem = toProblem(seed, 12 + seed);
      const outcome = planTranches(problem, solver);
      if (outcome.kind !== 'planned') throw new Error(outcome.kind);
      for (const tranche of ['t1', 't2']) {
        const arranged = arrangeMovement(problem, outcome.plan, tranche, terms);
        if (arranged.kind !== 'arranged') throw new Error(arranged.reasons.join('; '));
        expect([seed, checkMovement(problem, outcome.plan, terms, arranged.movement)]).toEqual([seed, []]);
        const family = new Set(['ab000', 'ab001', 'ab002']);
        const seats = arranged.movement.manifests.filter(({ boarding }) =>
          boarding.some(({ person, place }) => family.has(person) && place === 'seat'),
        );
        expect(seats.length).toBeLessThanOrEqual(1);
      }
    }
  });

  test('[PL-29] [PL-30] [PL-31] [PL-32] a movement changed after the fact is refused', () => {
    const problem = toProblem(3, 24);
    const outcome = planTranches(problem, solver);
    if (outcome.kind !== 'planned') throw new Error(outcome.kind);
    const arranged = arrangeMovement(problem, outcome.plan, 't1', terms);
    if (arranged.kind !== 'arranged') throw new Error('the movement fits');
    const { movement } = arranged;
    const changed: readonly ((one: Movement) => Movement)[] = [
      (one) => ({ ...one, manifests: one.manifests.slice(1) }),
      (one) => ({ ...one, manifests: [...one.manifests, ...one.manifests.slice(0, 1)] }),
      (one) => ({ ...one, manifests: one.manifests.map((each) => ({ ...each, leg: 'ab' })) }),
      (one) => ({
        ...one,
        manifests: one.manifests.map((each) => ({
          ...each,
          boarding: each.boarding.map((place) => ({ ...place, place: 'seat' as const })),
        })),
      }),
      (one) => ({
        ...one,
        manifests: one.manifests.map((each) => ({ ...each, departsAt: each.departsAt + 1 })),
      }),
      (one) => ({ ...one, steps: one.steps.slice(1) }),
      (one) => ({ ...one, steps: one.steps.toReversed() }),
      (one) => ({ ...one, steps: one.steps.map((step) => ({ ...step, opensAt: step.opensAt - 60 })) }),
      (one) => ({
        ...one,
        steps: one.steps.map((step) => ({
          ...step,
          crossings: step.crossings.map((each) => ({ ...each, count: each.count * 6 })),
        })),
      }),
      (one) => ({
        ...one,
        steps: [
          ...one.steps.map((step) => ({
            ...step,
            crossings: step.crossings.filter(({ leg }) => leg === 'ab'),
          })),
          ...one.steps.map((step) => ({
            ...step,
            crossings: step.crossings.filter(({ leg }) => leg === 'ba'),
          })),
        ],
      }),
    ];
    for (const [index, change] of changed.entries()) {
      const faults = checkMovement(problem, outcome.plan, terms, change(movement));
      expect([index, faults.length > 0]).toEqual([index, true]);
    }
  });

  const plain: PlanningProblem = {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }],
    legs: [
      { id: 'ab', from: 'a', to: 'b' },
      { id: 'ba', from: 'b', to: 'a' },
    ],
    persons: [],
    rules: [],
  };
  const free: MovementTerms = { stepSizes: [], stepMinutes: 10, leadMinutes: 30, windows: [] };
  const one = (id: string, leg: string, fields: Partial<PlanningPerson> = {}): PlanningPerson => ({
    id,
    leg,
    category: 'soldier',
    lane: 'exchange',
    days: 100,
    need: 'seat',
    ...fields,
  });
  function arrange(problem: PlanningProblem, by: MovementTerms = free): readonly [TranchePlan, Movement] {
    const outcome = planTranches(problem, solver);
    if (outcome.kind !== 'planned') throw new Error(outcome.kind);
    const arranged = arrangeMovement(problem, outcome.plan, 't1', by);
    if (arranged.kind !== 'arranged') throw new Error(arranged.reasons.join('; '));
    expect(checkMovement(problem, outcome.plan, by, arranged.movement)).toEqual([]);
    return [outcome.plan, arranged.movement];
  }

  test.each<Rule>([
    { id: 'level', kind: 'parity', form: 'fixed', legs: ['ab', 'ba'], counts: [6] },
    { id: 'level', kind: 'parity', form: 'balance', powers: ['a'] },
    { id: 'level', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] },
    { id: 'level', kind: 'parity', form: 'ratio', left: ['ab'], right: ['ba'], ratio: [1, 1] },
  ])('[PL-31] one side crossing before the other is refused under $form', (rule) => {
    const problem: PlanningProblem = {
      ...plain,
      persons: [1, 2, 3, 4, 5, 6].flatMap((number) => [one(`a${number}`, 'ab'), one(`b${number}`, 'ba')]),
      rules: [rule],
    };
    const by = {
      ...free,
      stepSizes: plain.legs.map(({ id }) => ({ leg: id, size: 2 })),
      vehicles: plain.legs.map(({ id }) => ({ leg: id, vehicles: [{ id: 'bus', seats: 9 }] })),
    };
    const [made, movement] = arrange(problem, by);
    const only = (wanted: string): readonly MovementStep[] =>
      movement.steps.map((step) => ({
        ...step,
        crossings: step.crossings.filter(({ leg }) => leg === wanted),
      }));
    const lopsided: Movement = {
      ...movement,
      manifests: movement.manifests.map((manifest) => ({ ...manifest, departsAt: -30 })),
      steps: [...only('ab'), ...only('ba')].map((step, at) => ({
        ...step,
        number: at + 1,
        opensAt: at * 10,
      })),
    };
    expect(checkMovement(problem, made, by, lopsided)).toEqual([
      'after step 2 the legs of level differ by more than one step',
      'after step 3 the legs of level differ by more than one step',
      'after step 4 the legs of level differ by more than one step',
    ]);
  });

  test('[PL-30] [PL-31] [PL-32] nobody crosses on another leg, among another lane or in another tranche than planned', () => {
    const seats = plain.legs.map(({ id }) => ({ leg: id, vehicles: [{ id: 'bus', seats: 9 }] }));
    const by = { ...free, vehicles: seats };
    const problem: PlanningProblem = {
      ...plain,
      tranches: [{ id: 't1' }, { id: 't2' }],
      persons: [one('p1', 'ab'), one('q1', 'ba')],
      counted: ['ab', 'ba'].map((leg) => ({
        id: `counted ${leg}`,
        leg,
        category: 'soldier',
        lane: 'exchange',
        count: 2,
      })),
      rules: [{ id: 'level', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] }],
    };
    const [made, movement] = arrange(problem, by);
    const step = (kind: MovementStep['kind'], leg: string, persons: readonly string[], count: number) => ({
      kind,
      crossings: [{ leg, persons, count }],
    });
    const withSteps = (steps: readonly Pick<MovementStep, 'kind' | 'crossings'>[]): Movement => ({
      ...movement,
      manifests: movement.manifests.map((manifest) => ({ ...manifest, departsAt: -30 })),
      steps: steps.map((fields, at) => ({ number: at + 1, opensAt: at * 10, ...fields })),
    });
    const check = (changed: Movement): readonly string[] => checkMovement(problem, made, by, changed);

    const [first, ...rest] = movement.steps;
    if (first === undefined) throw new Error('the movement has steps');
    const nowhere = { leg: 'nowhere', persons: [], count: 1 };
    const elsewhere = {
      ...movement,
      steps: [{ ...first, crossings: [...first.crossings, nowhere] }, ...rest],
    };
    expect(check(elsewhere)).toEqual(['1 cross on leg nowhere in paired steps, 0 are planned']);

    const unpaired = ['ab', 'ab', 'ba', 'ba'].map((leg) => step('unpaired', leg, [], 1));
    const paired = [step('paired', 'ab', ['p1'], 1), step('paired', 'ba', ['q1'], 1)];
    expect(check(withSteps([...unpaired, ...paired]))).toEqual([
      '1 cross on leg ab in paired steps, 3 are planned',
      '1 cross on leg ba in paired steps, 3 are planned',
      '2 cross on leg ab in unpaired steps, 0 are planned',
      '2 cross on leg ba in unpaired steps, 0 are planned',
    ]);

    expect(check({ ...movement, steps: [{ ...first, crossings: [] }, ...rest] })).toContain(
      'step 1: nobody crosses',
    );
    expect(check(withSteps([...movement.steps, step('paired', 'ab', [], 0)]))).toEqual([
      'step 4: nobody crosses on leg ab',
    ]);
    expect(check(withSteps(Array.from({ length: 7 }, () => ({ kind: 'paired', crossings: [] }))))).toEqual([
      '7 steps, and 6 persons are planned',
    ]);

    const document = (...movements: readonly Movement[]) =>
      ({ format: 'homeward-movements', version: 1, problem: made.problem, movements }) as const;
    const nobody: Movement = { ...movement, tranche: 't2', manifests: [], steps: [] };
    expect(checkMovements(problem, made, by, document(movement))).toEqual([]);
    expect(checkMovements(problem, made, by, document(movement, nobody))).toEqual([
      't2: there is a movement, and nobody is placed there',
    ]);
    expect(checkMovements(problem, made, by, document(movement, movement))).toEqual(['t1: moves twice']);
    expect(checkMovements(problem, made, by, document())).toEqual([
      't1: nobody moves, and some are placed there',
    ]);
  });

  test('[PL-30] ambulances, stretchers and seats are three ranks', () => {
    const needs = ['seat', 'stretcher', 'ambulance'] as const;
    const problem = { ...plain, persons: needs.map((need) => one(need, 'ab', { need })) };
    const by = {
      ...free,
      vehicles: [{ leg: 'ab', vehicles: [{ id: 'v', seats: 1, stretchers: 1, ambulances: 1 }] }],
    };
    const [made, movement] = arrange(problem, by);
    expect(movement.steps.map(({ crossings }) => crossings[0]?.persons)).toEqual([
      ['ambulance'],
      ['stretcher'],
      ['seat'],
    ]);
    const crossings = movement.steps.map((step) => step.crossings);
    const turned = [crossings[0], crossings[2], crossings[1]];
    const changed = {
      ...movement,
      steps: movement.steps.map((step, at) => ({ ...step, crossings: turned[at] ?? [] })),
    };
    expect(checkMovement(problem, made, by, changed)).toEqual([
      'step 3: stretcher (stretcher) crosses on leg ab after less urgent persons',
    ]);
  });

  test('[PL-29] legs that share a vehicle share its places, and it leaves once', () => {
    const bus = { id: 'bus', seats: 2 };
    const problem: PlanningProblem = {
      ...plain,
      legs: [...plain.legs, { id: 'ac', from: 'a', to: 'c' }],
      persons: [one('p1', 'ab'), one('p2', 'ac')],
      rules: [{ id: 'v', kind: 'vehicles', legs: ['ab', 'ac'], vehicles: [bus] }],
    };
    const [made, movement] = arrange(problem);
    expect(movement.manifests.map(({ leg, boarding }) => [leg, boarding[0]?.number])).toEqual([
      ['ab', 1],
      ['ac', 2],
    ]);
    const twice = {
      ...movement,
      manifests: movement.manifests.map((manifest) => ({
        ...manifest,
        boarding: manifest.boarding.map((place) => ({ ...place, number: 1 })),
      })),
    };
    expect(checkMovement(problem, made, free, twice)).toEqual(['ac, bus: seat 1 is given twice']);
  });

  test('[PL-29] families and packages of every form share a vehicle, whatever each of them needs', () => {
    const vans = [1, 2, 3].map((number) => ({
      id: `van ${number}`,
      seats: 2,
      stretchers: number === 3 ? 1 : 0,
    }));
    const persons = [
      one('p1', 'ab', { days: 900 }),
      one('p2', 'ab', { need: 'stretcher', days: 50 }),
      one('p3', 'ab', { days: 40 }),
      one('p4', 'ab', { days: 800 }),
      one('p5', 'ab', { days: 30 }),
    ];
    const problem: PlanningProblem = {
      ...plain,
      persons,
      rules: [
        { id: 'v', kind: 'vehicles', legs: ['ab'], vehicles: vans },
        { id: 'f', kind: 'family', form: 'together', persons: ['p2', 'p3'] },
        { id: 'o', kind: 'package', form: 'only-with', persons: ['p4'], with: ['p5'] },
      ],
    };
    const [, movement] = arrange(problem);
    const vehicleOf = (id: string): string | undefined =>
      movement.manifests.find(({ boarding }) => boarding.some(({ person }) => person === id))?.vehicle;
    expect(vehicleOf('p2')).toBe(vehicleOf('p3'));
    expect(vehicleOf('p4')).toBe(vehicleOf('p5'));
  });

  test('[PL-2] [PL-29] as many as a problem may have are arranged, in one vehicle and in one family', () => {
    const persons = Array.from({ length: 150_000 }, (_, index) => one(`p${index}`, 'ab'));
    const name = (index: number): string => `p${index}`;
    // Each family has one person in common with the next: all of them should share a vehicle.
    const rules = Array.from({ length: 10_000 }, (_, index): Rule => {
      const members = Array.from({ length: 14 }, (__, at) => name(13 * index + at));
      return { id: `f${index}`, kind: 'family', form: 'together', persons: members };
    });
    const problem = { ...plain, persons, rules };
    const seats = [...Array.from({ length: 500 }, () => 1), 150_000];
    const by: MovementTerms = {
      ...free,
      stepSizes: [{ leg: 'ab', size: 1_000 }],
      vehicles: [{ leg: 'ab', vehicles: seats.map((each, at) => ({ id: `bus ${at}`, seats: each })) }],
    };
    const made = { places: persons.map(({ id }) => ({ person: id, tranche: 't1' })), counted: [] };
    const arranged = arrangeMovement(problem, made, 't1', by);
    if (arranged.kind !== 'arranged') throw new Error(arranged.reasons.join('; '));
    const { manifests, steps } = arranged.movement;
    expect(steps).toHaveLength(150);
    expect(manifests.map(({ boarding }) => boarding.length)).toEqual([
      ...Array.from({ length: 500 }, () => 1),
      149_500,
    ]);
    expect(checkMovement(problem, made, by, arranged.movement)).toEqual([]);
  });

  test('[PL-32] what does not fit is said, and no movement is made', () => {
    const problem = toProblem(4, 24);
    const outcome = planTranches(problem, solver);
    if (outcome.kind !== 'planned') throw new Error(outcome.kind);
    const short = { ...terms, windows: [{ tranche: 't1', leg: 'ab', opensAt: 600, closesAt: 610 }] };
    const arranged = arrangeMovement(problem, outcome.plan, 't1', short);
    expect(arranged.kind === 'impossible' && arranged.reasons).toEqual([
      expect.stringMatching(/^leg ab: \d+ steps need until minute \d+, its window closes at 610$/),
    ]);
  });

  test('[PL-32] whatever is arranged can be read, and a movement of years is said not to fit', () => {
    const arrange = (count: number) => {
      const persons = Array.from({ length: count }, (_, index) => one(`p${index}`, 'ab'));
      const made = { places: persons.map(({ id }) => ({ person: id, tranche: 't1' })), counted: [] };
      const by: MovementTerms = {
        ...free,
        stepSizes: [],
        stepMinutes: 10_000,
        vehicles: [{ leg: 'ab', vehicles: [{ id: 'bus', seats: count }] }],
      };
      return arrangeMovements({ ...plain, persons }, made, by);
    };
    const longest = arrange(1_000);
    if (longest.kind !== 'arranged') throw new Error(longest.reasons.join('; '));
    expect(parseMovements(longest.document)).toEqual({ isParsed: true, value: longest.document });
    expect(arrange(1_001)).toEqual({
      kind: 'impossible',
      reasons: ['t1, 1001 steps need until minute 10010000, no movement lasts beyond minute 10000000'],
    });
  });
});

describe('a strike at the last minute', () => {
  test('[PL-28] changes as few other places as any plan can', () => {
    let tried = 0;
    for (let seed = 5_000; seed < 5_120; seed += 1) {
      const { format, version, tranches, legs, persons, rules } = toRandomProblem(seed, 6);
      const problem: PlanningProblem = { format, version, tranches, legs, persons, rules };
      // Some random packages bind persons whom no condition may bind: no file could hold such a problem.
      if (!parseProblem(problem).isParsed) continue;
      const before = planTranches(problem, solver);
      if (before.kind !== 'planned') continue;
      const struck = before.plan.places[0];
      if (struck === undefined) continue;
      const changes = [{ kind: 'strike', person: struck.person, reason: 'unfit to travel' }] as const;
      const best = findBestByTrying(toReplanProblem(problem, before.plan, changes));
      const after = replanTranches(problem, before.plan, changes, solver);
      expect([seed, after.kind]).toEqual([seed, best === undefined ? 'infeasible' : 'planned']);
      if (after.kind !== 'planned' || best === undefined) continue;
      tried += 1;
      const level = best.find(({ objective }) => objective === 'change');
      const { moves } = comparePlans(before.plan, after.plan);
      expect([seed, moves.length]).toEqual([seed, 1 + (level?.value ?? -1)]);
      expect(moves).toContainEqual({ person: struck.person, from: struck.tranche, to: null });
      expect(checkPlan(problem, after.plan).faults).toEqual([]);
    }
    expect(tried).toBeGreaterThan(30);
  });

  test('[PL-39] a re-plan with anything of it changed after the fact is refused', () => {
    let tried = 0;
    for (let seed = 5_200; seed < 5_240; seed += 1) {
      const { format, version, tranches, legs, persons, rules } = toRandomProblem(seed, 6);
      const problem: PlanningProblem = { format, version, tranches, legs, persons, rules };
      // Some random packages bind persons whom no condition may bind: no file could hold such a problem.
      if (!parseProblem(problem).isParsed) continue;
      const before = planTranches(problem, solver);
      if (before.kind !== 'planned') continue;
      const [struck, ...others] = before.plan.places;
      if (struck === undefined) continue;
      const after = replanTranches(
        problem,
        before.plan,
        [
          { kind: 'strike', person: struck.person, reason: 'unfit to travel' },
          { kind: 'set-rule', rule: { id: 'added', kind: 'quota', who: {}, max: 4 } },
        ],
        solver,
      );
      if (after.kind !== 'planned' || after.plan.replan === undefined) continue;
      tried += 1;
      const { plan } = after;
      const { replan, ...rest } = plan;
      if (replan === undefined) throw new Error('a re-plan says so');
      const { changes } = replan;
      const noRule = { kind: 'set-rule', rule: {} as Rule } as const;
      const wrong: TranchePlan[] = [
        rest,
        { ...plan, replan: { ...replan, changes: changes.slice(1) } },
        { ...plan, replan: { ...replan, changes: changes.slice(0, 1) } },
        { ...plan, replan: { ...replan, changes: [...changes, { kind: 'drop-rule', rule: 'none' }] } },
        { ...plan, replan: { ...replan, changes: [...changes, noRule] } },
        { ...plan, replan: { ...replan, previous: { places: others } } },
        { ...plan, replan: { ...replan, previous: { places: [{ person: 'x', tranche: 't1' }] } } },
        { ...plan, replan: { ...replan, previous: { places: [{ ...struck, tranche: 'x' }] } } },
        { ...plan, replan: { ...replan, digest: '00' } },
      ];
      expect(checkPlan(problem, plan).faults).toEqual([]);
      for (const [number, one] of wrong.entries())
        expect([seed, number, checkPlan(problem, one).isHolding]).toEqual([seed, number, false]);
    }
    expect(tried).toBeGreaterThan(10);
  });

  test('[PL-28] has the values of every level that a search with ordinary duals has', () => {
    /** The same solver without the duals that tell who may be among the few to change. */
    const plain: Solver = {
      name: solver.name,
      open(model) {
        const session = solver.open(model);
        const ask = (question: SolverQuestion): SolverAnswer => {
          const answer = session.solve({ ...question, isCentral: false });
          return question.isCentral === true ? { ...answer, rowDuals: undefined } : answer;
        };
        return { ...session, solve: ask };
      },
    };
    let tried = 0;
    for (let seed = 7_000; seed < 7_040; seed += 1) {
      const { format, version, tranches, legs, persons, rules } =
        seed % 2 === 0 ? toRandomProblem(seed, 40) : toProblem(seed, 60);
      const problem: PlanningProblem = { format, version, tranches, legs, persons, rules };
      // Some random packages bind persons whom no condition may bind: no file could hold such a problem.
      if (!parseProblem(problem).isParsed) continue;
      const before = planTranches(problem, solver);
      if (before.kind !== 'planned') continue;
      const struck = before.plan.places[before.plan.places.length >> 1];
      if (struck === undefined) continue;
      const changed = toReplanProblem(problem, before.plan, [
        { kind: 'strike', person: struck.person, reason: 'unfit to travel' },
      ]);
      const [warm, cold] = [planTranches(changed, solver), planTranches(changed, plain)];
      expect([seed, warm.kind]).toEqual([seed, cold.kind]);
      if (warm.kind !== 'planned' || cold.kind !== 'planned') continue;
      tried += 1;
      expect(warm.plan.certificate.status).toBe('optimal');
      expect(warm.plan.certificate.levels.map(({ value, bound }) => [value, bound])).toEqual(
        cold.plan.certificate.levels.map(({ value, bound }) => [value, bound]),
      );
      expect(checkPlan(changed, warm.plan).faults).toEqual([]);
    }
    expect(tried).toBeGreaterThan(15);
  });
});
