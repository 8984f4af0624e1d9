import { checkPlan, planTranches, type PlanningProblem } from '@homeward/core/planning';
import { findBestByTrying, toRandomProblem } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Solver } from '@homeward/core/planning';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

/** Small problems with every kind of rule, random orders of objectives, and previous plans. */
const seeds = Array.from({ length: 10 }, (_, block) => block);

describe('small problems against every plan there is', () => {
  test.each(seeds)(
    '[PL-8] [PL-38] [PL-9] [PL-10] [PL-11] [PL-12] [PL-13] [PL-14] [PL-15] [PL-16] [PL-23] block %i: status and every level are the oracle’s',
    (block) => {
      for (let seed = block * 100 + 1; seed <= block * 100 + 100; seed += 1) {
        const problem = toRandomProblem(seed, 6);
        const best = findBestByTrying(problem);
        const outcome = planTranches(problem, solver);
        if (best === undefined) {
          expect([seed, outcome]).toEqual([seed, { kind: 'infeasible', isProven: true }]);
          continue;
        }
        if (outcome.kind !== 'planned') throw new Error(`seed ${seed}: ${outcome.kind}`);
        const { certificate } = outcome.plan;
        expect([seed, certificate.status]).toEqual([seed, 'optimal']);
        expect([seed, certificate.levels.map(({ value }) => value)]).toEqual([
          seed,
          best.map(({ value }) => value),
        ]);
        expect(certificate.levels.filter(({ proof }) => proof === 'branch-and-bound')).toEqual([]);
        expect(checkPlan(problem, outcome.plan).faults).toEqual([]);
      }
    },
  );

  test('[PL-23] the same problem in another order of writing gives the same places', () => {
    for (let seed = 2_000; seed < 2_100; seed += 1) {
      const problem = toRandomProblem(seed, 6);
      const turned: PlanningProblem = { ...problem, persons: problem.persons.toReversed() };
      const [first, second] = [planTranches(problem, solver), planTranches(turned, solver)];
      expect(second.kind).toBe(first.kind);
      if (first.kind !== 'planned' || second.kind !== 'planned') continue;
      expect(JSON.stringify(second.plan.places)).toBe(JSON.stringify(first.plan.places));
      expect(JSON.stringify(planTranches(problem, solver))).toBe(JSON.stringify(first));
    }
  });

  test.each([
    { left: 4, right: 3 },
    { left: 3, right: 2 },
    { left: 7, right: 5 },
    { left: 5, right: 55 },
    { left: 14, right: 10 },
  ])('[PL-8] [PL-26] a ratio of $left to $right that does not divide is proven', ({ left, right }) => {
    for (const count of [12, 77]) {
      const problem: PlanningProblem = {
        format: 'homeward-planning-problem',
        version: 1,
        tranches: [{ id: 't1' }, { id: 't2' }, { id: 't3' }],
        legs: [
          { id: 'ab', from: 'a', to: 'b' },
          { id: 'ba', from: 'b', to: 'a' },
        ],
        persons: Array.from({ length: count }, (_, index) => ({
          id: `p${index}`,
          leg: index % 2 === 0 ? 'ab' : 'ba',
          category: 'soldier',
          lane: 'exchange',
          days: 10 + ((index * 37) % 400),
          need: index % 5 === 0 ? 'stretcher' : 'seat',
        })),
        rules: [
          { id: 'r', kind: 'parity', form: 'ratio', left: ['ab'], right: ['ba'], ratio: [left, right] },
          { id: 'q', kind: 'quota', who: { legs: ['ab'] }, max: 15 },
        ],
      };
      const outcome = planTranches(problem, solver);
      if (outcome.kind !== 'planned') throw new Error(outcome.kind);
      const { levels, status } = outcome.plan.certificate;
      expect(status).toBe('optimal');
      expect(levels.filter(({ proof }) => proof === 'branch-and-bound')).toEqual([]);
    }
  });
});
