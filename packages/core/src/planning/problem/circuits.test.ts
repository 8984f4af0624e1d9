import { expect, test } from 'vitest';
import { findCircuits } from './circuits.ts';
import { parseProblem } from '../reading/parse-problem.ts';
import type { CircuitRule, Leg, PlanningProblem } from './problem.ts';
import { toRoster } from './roster.ts';

function toProblem(legs: readonly Leg[], more: Partial<CircuitRule> = {}): PlanningProblem {
  const ids = legs.map(({ id }) => id);
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }],
    legs,
    persons: [],
    rules: [{ id: 'c', kind: 'circuit', legs: ids, cap: 10, timing: 'simultaneous', ...more }],
  };
}

/** So many parallel legs on each step of a way from power to power. */
function toWay(length: number, parallel: number, isClosed: boolean): readonly Leg[] {
  return Array.from({ length }, (_, step) =>
    Array.from({ length: parallel }, (_unused, number) => ({
      id: `l${step}-${number}`,
      from: `P${step}`,
      to: isClosed && step === length - 1 ? 'P0' : `P${step + 1}`,
    })),
  ).flat();
}

test('[PL-2] legs that lie on no circle are not tried one after another', () => {
  expect(parseProblem(toProblem(toWay(10, 20, false))).isParsed).toBe(true);
});

test('[PL-2] a rule that allows too many circuits is refused, and so is one that hides few among many paths', () => {
  const pointers = (problem: PlanningProblem): readonly string[] => {
    const parsed = parseProblem(problem);
    return parsed.isParsed ? [] : parsed.faults.map(({ pointer }) => pointer);
  };
  expect(pointers(toProblem(toWay(10, 20, true)))).toEqual(['/rules/0/cap']);
  // Every power but the last is near the origin, and no path through all of them may pass one twice.
  const powers = Array.from({ length: 14 }, (_, number) => `P${number}`);
  const dense = powers.flatMap((from, one) =>
    powers.flatMap((to, other) =>
      one < other && other - one < 8 ? [{ id: `${from}-${to}`, from, to }] : [],
    ),
  );
  expect(pointers(toProblem(dense, { starts: ['P0'] }))).toEqual(['/rules/0/cap']);
});

test('[PL-16] cycles are listed once, or from each link that may open them, and chains from their start', () => {
  const legs = [
    { id: 'bc', from: 'b', to: 'c' },
    { id: 'ca', from: 'c', to: 'a' },
    { id: 'ab', from: 'a', to: 'b' },
    { id: 'ba', from: 'b', to: 'a' },
  ];
  const list = (more: Partial<CircuitRule>): readonly string[] => {
    const problem = toProblem(legs, more);
    const [rule] = problem.rules;
    if (rule?.kind !== 'circuit') throw new Error('the rule is a circuit');
    const roster = toRoster(problem);
    return findCircuits(roster, rule).map(
      ({ legs: path, isCycle }) =>
        `${isCycle ? 'cycle' : 'chain'} ${path.map((leg) => roster.problem.legs[leg]?.id ?? '').join(' ')}`,
    );
  };
  expect(list({})).toEqual(['cycle ab ba', 'cycle ab bc ca']);
  expect(list({ legs: ['ca', 'ba', 'bc', 'ab'] })).toEqual(list({}));
  expect(list({ timing: 'gated' })).toEqual([
    'cycle ab ba',
    'cycle ba ab',
    'cycle ab bc ca',
    'cycle bc ca ab',
    'cycle ca ab bc',
  ]);
  expect(list({ cap: 2, starts: ['b'] })).toEqual(['chain ba', 'chain bc', 'cycle ab ba', 'chain bc ca']);
});

test('[PL-37] a group whose counted persons could be taken for named ones is refused', () => {
  const read = (person: string, group: string): boolean =>
    parseProblem({
      ...toProblem([{ id: 'ab', from: 'a', to: 'b' }]),
      rules: [],
      persons: [{ id: person, leg: 'ab', category: 'soldier', lane: 'exchange', days: 1, need: 'seat' }],
      counted: [{ id: group, leg: 'ab', category: 'soldier', lane: 'exchange', count: 1 }],
    }).isParsed;
  expect(['g#1', 'a#g#1', 'g', 'ag#1'].map((person) => read(person, 'g'))).toEqual([false, true, true, true]);
  expect(read('a#g#1', 'a#g')).toBe(false);
});
