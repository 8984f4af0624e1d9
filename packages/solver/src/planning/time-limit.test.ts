import { checkPlan, planTranches, type PlanningProblem, type Solver } from '@homeward/core/planning';
import { toRandomProblem } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

/** A clock that moves on by a tick with each look at it: a limit then ends a search at the same place each time. */
function toTicking(tick: number): () => number {
  let now = 0;
  return () => (now += tick);
}

/** Two legs, tight packages and more persons than places: no level but the first is quick. */
function toTightProblem(seed: number): PlanningProblem {
  const persons = ['ab', 'ba'].flatMap((leg, side) =>
    Array.from({ length: 24 }, (_, number) => ({
      id: `${leg}${String(number).padStart(2, '0')}`,
      leg,
      category: 'soldier',
      lane: number % 12 === 5 ? ('direct-repatriation' as const) : ('exchange' as const),
      days: 40 + ((number * 97 + side * 31 + seed * 53) % 700),
      need: 'seat' as const,
      facility: `f${number % 5}`,
    })),
  );
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }, { id: 't2' }, { id: 't3' }],
    legs: [
      { id: 'ab', from: 'a', to: 'b' },
      { id: 'ba', from: 'b', to: 'a' },
    ],
    persons,
    rules: [
      { id: 'parity', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] },
      {
        id: 'room',
        kind: 'quota',
        who: { legs: ['ab'], lanes: ['exchange', 'direct-repatriation'] },
        min: 1,
      },
      { id: 'seats', kind: 'vehicles', legs: ['ab'], vehicles: [{ id: 'bus', seats: 7 }] },
      ...[0, 1, 2, 3].map((number) => ({
        id: `package ${number}`,
        kind: 'package' as const,
        form: 'together' as const,
        persons: [`ab0${number * 2}`, `ba0${number * 2 + 1}`, `ba1${number + 4}`],
      })),
    ],
  };
}

describe('a search that is stopped by its limit', () => {
  test.each([1, 2, 3, 4])('[PL-27] seed %i: no limit is so short that the first levels are lost', (seed) => {
    const problem = toTightProblem(seed);
    const best = planTranches(problem, solver);
    if (best.kind !== 'planned') throw new Error(best.kind);
    const first = best.plan.certificate.levels.slice(0, 2).map(({ value }) => value);
    for (const secondsMax of [0.001, 0.01, 0.05, 0.2, 1]) {
      const outcome = planTranches(problem, solver, { clock: () => performance.now() / 1000, secondsMax });
      if (outcome.kind !== 'planned') throw new Error(outcome.kind);
      expect([secondsMax, outcome.plan.certificate.levels.slice(0, 2).map(({ value }) => value)]).toEqual([
        secondsMax,
        first,
      ]);
      expect(checkPlan(problem, outcome.plan).faults).toEqual([]);
    }
  });

  test('[PL-27] a search stopped anywhere has a plan wherever one exists, and no bound that is false', () => {
    for (let seed = 400; seed < 440; seed += 1) {
      const problem = toRandomProblem(seed, 6);
      const best = planTranches(problem, solver);
      for (const ticks of [1, 4, 16]) {
        const outcome = planTranches(problem, solver, { clock: toTicking(0.001), secondsMax: ticks / 1000 });
        if (best.kind !== 'planned') {
          expect([seed, outcome.kind]).not.toEqual([seed, 'planned']);
          continue;
        }
        if (outcome.kind !== 'planned') throw new Error(`seed ${seed}: ${outcome.kind}`);
        expect([seed, checkPlan(problem, outcome.plan).faults]).toEqual([seed, []]);
      }
    }
  });
});
