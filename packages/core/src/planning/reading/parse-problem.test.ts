import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toReplanOrder } from './change-problem.ts';
import { parseChangedRule, parsePlan } from './parse-plan.ts';
import { parseProblem } from './parse-problem.ts';
import { defaultObjectives, type PlanningProblem } from '../problem/problem.ts';
import { toRandomProblem } from '../reference/index.ts';

const small: PlanningProblem = {
  format: 'homeward-planning-problem',
  version: 1,
  tranches: [{ id: 't1' }, { id: 't2' }],
  legs: [{ id: 'ab', from: 'a', to: 'b', crossing: 'bridge' }],
  persons: [
    {
      id: 'p1',
      leg: 'ab',
      category: 'soldier',
      lane: 'exchange',
      days: 900,
      need: 'seat',
      facility: 'f1',
      earliest: 't2',
    },
    { id: 'p2', leg: 'ab', category: 'soldier', lane: 'direct-repatriation', days: 10, need: 'ambulance' },
  ],
  rules: [{ id: 'r1', kind: 'quota', who: { categories: ['soldier'] }, max: 1 }],
};

const package_ = { id: 'r', kind: 'package', form: 'together', persons: ['p1', 'p2'] } as const;
const fixed = { id: 'r', kind: 'parity', form: 'fixed', legs: ['ab'], counts: [1, 1] } as const;
const bus = { id: 'bus', kind: 'vehicles', legs: ['ab'], vehicles: [{ id: 'v', seats: 1 }] } as const;

/** The same data with one place changed; `undefined` takes the field away. */
function change(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(small));
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

function findPointers(data: unknown): readonly string[] {
  const parsed = parseProblem(data);
  return parsed.isParsed ? [] : parsed.faults.map(({ pointer }) => pointer);
}

describe('reading a problem', () => {
  test('[PL-1] what was written is read back, for every kind of rule', () => {
    let read = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const problem = toRandomProblem(seed, 8);
      const parsed = parseProblem(JSON.parse(JSON.stringify(problem)));
      const isRefused =
        !parsed.isParsed &&
        parsed.faults.every(({ expected }) =>
          /GC III|the id of a facility|whose vehicles no rule above names|not before the earliest/.test(
            expected,
          ),
        );
      if (!isRefused) read += 1;
      if (!isRefused) expect(parsed).toEqual({ isParsed: true, value: problem });
    }
    expect(read).toBeGreaterThan(200);
  });

  test.each([
    [['version'], 2, '/version'],
    [['format'], 'csv', '/format'],
    [['tranches'], [], '/tranches'],
    [['tranches', 1, 'id'], 't1', '/tranches/1/id'],
    [['legs', 0, 'from'], '', '/legs/0/from'],
    [['persons', 0, 'days'], 1.5, '/persons/0/days'],
    [['persons', 0, 'days'], -1, '/persons/0/days'],
    [['persons', 0, 'need'], 'sofa', '/persons/0/need'],
    [['persons', 0, 'lane'], undefined, '/persons/0/lane'],
    [['persons', 0, 'leg'], 'nowhere', '/persons/0/leg'],
    [['persons', 1, 'id'], 'p1', '/persons/1/id'],
    [['persons', 0, 'earliest'], 't9', '/persons/0/earliest'],
    [['rules', 0, 'kind'], 'wish', '/rules/0/kind'],
    [['rules', 0, 'who', 'legs'], ['xy'], '/rules/0/who/legs/0'],
    [['rules', 0, 'max'], undefined, '/rules/0'],
    [['rules', 0], { id: 'r', kind: 'must-go', persons: ['p9'] }, '/rules/0/persons/0'],
    [['rules', 0], { id: 'r', kind: 'must-go', persons: [] }, '/rules/0/persons'],
    [['rules', 0], { id: 'r', kind: 'gate', open: ['ab'], after: ['ab'] }, '/rules/0/count'],
    [['objectives'], [{ kind: 'medical', stepDays: 3 }], '/objectives/0/stepDays'],
    [['previous'], { places: [{ person: 'p9', tranche: 't1' }] }, '/previous/places/0/person'],
    [['persons'], 'everybody', '/persons'],
    [['persons', 0, 'latest'], 't1', '/persons/0/latest'],
    [['rules', 0, 'min'], 2, '/rules/0/min'],
    [['rules', 0, 'who'], { ageMin: 40, ageMax: 30 }, '/rules/0/who/ageMin'],
    [['rules', 0], { id: 'r', kind: 'facility', facility: 'nowhere', max: 1 }, '/rules/0/facility'],
    [['rules', 0], { ...package_, with: ['p1'] }, '/rules/0/with'],
    [['rules', 0], { ...package_, timing: 'same' }, '/rules/0/timing'],
    [['rules', 0], { ...fixed, over: 'total' }, '/rules/0/over'],
    [['rules', 0], { ...fixed, ratio: [3, 'x'] }, '/rules/0/ratio'],
    [['rules'], [bus, { ...bus, id: 'more', tranche: 't2' }], '/rules/1/legs/0'],
    [['rules', 0], { ...bus, vehicles: [...bus.vehicles, ...bus.vehicles] }, '/rules/0/vehicles/1/id'],
    [['objectives'], [], '/objectives'],
    [['objectives'], [{ kind: 'medical' }, { kind: 'medical' }], '/objectives/1/kind'],
  ] as const)('[PL-1] %j set to %j is refused at %s', (path, value, pointer) => {
    expect(findPointers(change(path, value))).toContain(pointer);
  });

  test('[PL-2] lists longer than the bounds are refused before they are read', () => {
    const tooMany = Array.from({ length: 101 }, (_, index) => ({ id: `t${index}` }));
    expect(findPointers(change(['tranches'], tooMany))).toContain('/tranches');
    expect(
      findPointers(
        change(['counted'], [{ id: 'g', leg: 'ab', category: 'c', lane: 'exchange', count: 400_001 }]),
      ),
    ).toContain('/counted/0/count');
    expect(findPointers(change(['persons', 0, 'id'], 'x'.repeat(121)))).toContain('/persons/0/id');
  });

  test.each(['importance', 'rank', 'value', 'priority', 'weight'])(
    '[PL-3] a person with a field "%s" is refused',
    (field) => {
      expect(findPointers(change(['persons', 0, field], 3))).toEqual([`/persons/0/${field}`]);
    },
  );

  test('[PL-6] direct repatriation is never netted, capped or made to depend', () => {
    const capped = { id: 'r', kind: 'quota', who: { lanes: ['direct-repatriation'] }, max: 3 };
    expect(findPointers(change(['rules', 0], capped))).toContain('/rules/0/who/lanes');
    const bound = { id: 'r', kind: 'package', form: 'only-with', persons: ['p2'], with: ['p1'] };
    expect(findPointers(change(['rules', 0], bound))).toContain('/rules/0/persons/0');
    const turned = { ...bound, persons: ['p1'], with: ['p2'] };
    expect(findPointers(change(['rules', 0], turned))).toEqual([]);
    const family = { id: 'r', kind: 'family', form: 'together', persons: ['p1', 'p2'] };
    expect(findPointers(change(['rules', 0], family))).toEqual(['/rules/0/persons/1']);
    expect(findPointers(change(['rules', 0], { ...family, form: 'wish' }))).toEqual([]);
    const apart = { id: 'r', kind: 'apart', persons: ['p2', 'p1'] };
    expect(findPointers(change(['rules', 0], apart))).toEqual(['/rules/0/persons/0']);
    const least = { id: 'r', kind: 'quota', who: { lanes: ['direct-repatriation'] }, min: 1 };
    expect(findPointers(change(['rules', 0], least))).toEqual([]);
  });

  test('[PL-1] no data makes the readers throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (data, part) => {
        parseProblem(data);
        parsePlan(data);
        parseProblem(change(['rules', 0], part));
        parseProblem(change(['persons', 0], part));
      }),
      { numRuns: 300 },
    );
  });

  test('[PL-2] a rule that a change puts in is no deeper than any rule is', () => {
    const read = (rule: unknown): unknown => {
      const changes = [
        { kind: 'set-rule', rule },
        { kind: 'drop-rule', rule: 'r' },
      ];
      const certificate = { status: 'optimal', solver: 's', levels: [] };
      const parsed = parsePlan({
        format: 'homeward-tranche-plan',
        version: 1,
        problem: 'ab',
        replan: { previous: { places: [] }, changes, digest: 'cd' },
        places: [],
        counted: [],
        circuits: [],
        certificate,
      });
      expect(parseChangedRule(rule).isParsed).toBe(parsed.isParsed);
      return parsed.isParsed || parsed.faults;
    };
    const fault = [
      { pointer: '/replan/changes/0/rule', expected: 'a rule: an object, nested no deeper than 3 levels' },
    ];
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(read({ id: 'r', junk: deep })).toEqual(fault);
    expect(read({ id: 'r', junk: [[[1]]] })).toEqual(fault);
    for (const none of [[], [1], null, 'rule', 7]) expect(read(none)).toEqual(fault);
    const who = { legs: ['ab'], lanes: ['exchange'] };
    expect(read({ id: 'r', kind: 'quota', who, max: 1 })).toBe(true);
    expect(read({ id: 'r', kind: 'vehicles', legs: ['ab'], vehicles: [{ id: 'bus', seats: 1 }] })).toBe(true);
  });

  test('[PL-22] the orders used when none is published', () => {
    const kinds = (list: typeof defaultObjectives): string => list.map(({ kind }) => kind).join(' ');
    expect(kinds(defaultObjectives)).toBe(
      'legal-lanes returned captivity-total captivity-leximin medical families facilities change fallback',
    );
    expect(kinds(toReplanOrder(defaultObjectives))).toBe(
      'legal-lanes returned change captivity-total captivity-leximin medical families facilities fallback',
    );
  });
});
