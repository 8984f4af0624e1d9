import { describe, expect, test } from 'vitest';
import { toProblemDigest } from '../plan/check.ts';
import { measure } from './measure.ts';
import type { Objective, PlanningPerson, PlanningProblem, Rule } from '../problem/problem.ts';
import { toRoster } from '../problem/roster.ts';
import { findRuleFaults } from '../rules/rule-faults.ts';

function person(id: string, fields: Partial<PlanningPerson> = {}): PlanningPerson {
  return { id, leg: 'ab', category: 'soldier', lane: 'exchange', days: 0, need: 'seat', ...fields };
}

function toProblem(
  persons: readonly PlanningPerson[],
  rules: readonly Rule[],
  objective: Objective,
): PlanningProblem {
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }, { id: 't2' }],
    legs: [
      { id: 'ab', from: 'a', to: 'b', crossing: 'bridge' },
      { id: 'ba', from: 'b', to: 'a', crossing: 'bridge' },
    ],
    persons,
    rules,
    objectives: [objective],
    previous: { places: [{ person: 'p1', tranche: 't1' }] },
  };
}

function values(
  persons: readonly PlanningPerson[],
  places: readonly number[],
  objective: Objective,
  rules: readonly Rule[] = [],
): readonly number[] {
  return measure(toRoster(toProblem(persons, rules, objective)), Int16Array.from(places)).map(
    ({ value }) => value,
  );
}

describe('levels, counted by hand', () => {
  const three = [
    person('p1', { days: 95, lane: 'direct-repatriation', need: 'ambulance', facility: 'f' }),
    person('p2', { days: 30, need: 'stretcher', facility: 'f' }),
    person('p3', { days: 29, facility: 'g' }),
    person('p4', { days: 400, ineligible: 'withheld' }),
  ];

  test('[PL-17] persons placed, and of the other lanes placed and waiting', () => {
    expect(values(three, [1, 0, 2, 2], { kind: 'returned' })).toEqual([2]);
    expect(values(three, [1, 0, 2, 2], { kind: 'legal-lanes' })).toEqual([1, 1]);
    expect(values(three, [2, 0, 2, 2], { kind: 'legal-lanes' })).toEqual([0, 2]);
  });

  test('[PL-18] steps times how early', () => {
    expect(values(three, [1, 0, 0, 2], { kind: 'captivity-total' })).toEqual([3 * 1 + 1 * 2 + 0]);
    expect(values(three, [1, 0, 0, 2], { kind: 'captivity-total', stepDays: 1 })).toEqual([95 + 60 + 58]);
  });

  test('[PL-19] places by step, longest first', () => {
    expect(values(three, [1, 0, 2, 2], { kind: 'captivity-leximin' })).toEqual([1, 0, 2]);
    expect(values(three, [1, 0, 2, 2], { kind: 'captivity-leximin', stepDays: 40 })).toEqual([1, 2]);
  });

  test('[PL-20] need, families and facilities', () => {
    expect(values(three, [1, 0, 2, 2], { kind: 'medical' })).toEqual([1, 0]);
    const wish: Rule = { id: 'w', kind: 'family', form: 'wish', persons: ['p2', 'p3', 'p4'] };
    expect(values(three, [1, 0, 2, 2], { kind: 'families' }, [wish])).toEqual([1]);
    expect(values(three, [1, 0, 0, 2], { kind: 'families' }, [wish])).toEqual([0]);
    expect(values(three, [1, 0, 0, 2], { kind: 'facilities' })).toEqual([3]);
  });

  test('[PL-21] change against the table, and who hangs on whom', () => {
    expect(values(three, [0, 2, 2, 2], { kind: 'change' })).toEqual([0]);
    expect(values(three, [1, 0, 2, 2], { kind: 'change' })).toEqual([2]);
    const rules: readonly Rule[] = [
      { id: 'a', kind: 'package', form: 'only-with', persons: ['p1'], with: ['p2'] },
      { id: 'b', kind: 'package', form: 'only-with', persons: ['p2'], with: ['p3'] },
    ];
    expect(values(three, [0, 0, 0, 2], { kind: 'fallback' }, rules)).toEqual([0 + 1 + 2]);
  });
});

describe('rules, broken one by one', () => {
  const persons = [
    person('p1', { facility: 'f', age: 20 }),
    person('p2', { leg: 'ba', need: 'stretcher' }),
    person('p3', { lane: 'civilian-release', facility: 'f' }),
    person('p4', { ineligible: 'unfit' }),
    person('p5', { earliest: 't2' }),
  ];
  const broken = (rule: Rule | undefined, places: readonly number[]): readonly (string | null)[] =>
    findRuleFaults(
      toRoster(toProblem(persons, rule === undefined ? [] : [rule], { kind: 'returned' })),
      Int16Array.from(places),
      [],
    ).map((fault) => fault.rule);
  const none = [2, 2, 2, 2, 2];

  test('[PL-4] who cannot be planned, or not then, is never placed', () => {
    expect(broken(undefined, [2, 2, 2, 0, 2])).toEqual([null]);
    expect(broken(undefined, [2, 2, 2, 2, 0])).toEqual([null]);
    expect(broken(undefined, [2, 2, 2, 2, 1])).toEqual([]);
  });

  test.each<readonly [Rule, readonly number[], readonly number[]]>([
    [
      { id: 'r', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] },
      [0, 0, 1, 2, 2],
      [0, 1, 2, 2, 2],
    ],
    [
      { id: 'r', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'], over: 'total' },
      [0, 1, 2, 2, 2],
      [0, 2, 2, 2, 2],
    ],
    [
      { id: 'r', kind: 'parity', form: 'ratio', left: ['ab'], right: ['ba'], ratio: [2, 1] },
      none,
      [0, 0, 2, 2, 2],
    ],
    [
      { id: 'r', kind: 'parity', form: 'fixed', legs: ['ab'], counts: [1, 0] },
      [0, 2, 1, 2, 2],
      [1, 2, 2, 2, 2],
    ],
    [{ id: 'r', kind: 'parity', form: 'balance', powers: ['a'] }, [1, 1, 2, 2, 2], [1, 0, 2, 2, 2]],
    [
      { id: 'r', kind: 'quota', who: { ageMin: 18, ageMax: 20 }, exact: 1, over: 'total' },
      [0, 2, 2, 2, 2],
      none,
    ],
    [
      { id: 'r', kind: 'quota', who: { lanes: ['civilian-release'] }, tranche: 't1', min: 1 },
      [2, 2, 0, 2, 2],
      none,
    ],
    [{ id: 'r', kind: 'must-go', persons: ['p1'], by: 't1' }, [0, 2, 2, 2, 2], [1, 2, 2, 2, 2]],
    [{ id: 'r', kind: 'veto', persons: ['p1'], tranche: 't1' }, [1, 2, 2, 2, 2], [0, 2, 2, 2, 2]],
    [{ id: 'r', kind: 'place', persons: ['p1'], tranche: null }, none, [0, 2, 2, 2, 2]],
    [{ id: 'r', kind: 'package', form: 'together', persons: ['p1', 'p2'] }, [0, 0, 2, 2, 2], [0, 1, 2, 2, 2]],
    [
      { id: 'r', kind: 'package', form: 'only-with', persons: ['p1'], with: ['p2'] },
      [2, 0, 2, 2, 2],
      [1, 0, 2, 2, 2],
    ],
    [
      { id: 'r', kind: 'package', form: 'only-with', persons: ['p1'], with: ['p2'], timing: 'by-then' },
      [1, 0, 2, 2, 2],
      [0, 1, 2, 2, 2],
    ],
    [
      { id: 'r', kind: 'family', form: 'together', persons: ['p1', 'p2', 'p4'] },
      [0, 0, 2, 2, 2],
      [0, 1, 2, 2, 2],
    ],
    [{ id: 'r', kind: 'apart', persons: ['p1', 'p2'] }, [0, 1, 2, 2, 2], [0, 0, 2, 2, 2]],
    [
      { id: 'r', kind: 'vehicles', legs: ['ba'], vehicles: [{ id: 'v', seats: 9 }] },
      [0, 2, 2, 2, 2],
      [2, 0, 2, 2, 2],
    ],
    [{ id: 'r', kind: 'gate', open: ['ab'], after: ['ba'], count: 1 }, [1, 0, 0, 2, 2], [0, 0, 2, 2, 2]],
    [
      { id: 'r', kind: 'gate', open: ['ab'], after: ['ba'], count: 1, timing: 'same' },
      [0, 0, 2, 2, 2],
      [0, 1, 2, 2, 2],
    ],
  ])('[PL-8] [PL-9] [PL-10] [PL-11] [PL-12] [PL-13] [PL-14] [PL-15] %j', (rule, kept, notKept) => {
    expect(broken(rule, kept)).toEqual([]);
    expect(broken(rule, notKept)).toContain('r');
  });

  test('[PL-6] parity counts nobody of another lane', () => {
    expect(
      broken({ id: 'r', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] }, [2, 2, 0, 2, 2]),
    ).toEqual([]);
  });

  test('[PL-7] capacity and facility limits count every lane', () => {
    expect(broken({ id: 'r', kind: 'capacity', crossing: 'bridge', max: 1 }, [0, 2, 0, 2, 2])).toEqual(['r']);
    expect(broken({ id: 'r', kind: 'facility', facility: 'f', max: 1 }, [0, 2, 0, 2, 2])).toEqual(['r']);
    expect(broken({ id: 'r', kind: 'facility', facility: 'f', max: 1 }, [0, 2, 1, 2, 2])).toEqual([]);
  });

  test('[PL-5] the digest is of the problem, not of how it is written', () => {
    const problem = toProblem(persons, [], { kind: 'returned' });
    const turned = Object.fromEntries(Object.entries(problem).toReversed()) as unknown as PlanningProblem;
    expect(toProblemDigest(turned)).toBe(toProblemDigest(problem));
    expect(toProblemDigest({ ...problem, persons: persons.slice(1) })).not.toBe(toProblemDigest(problem));
  });
});
