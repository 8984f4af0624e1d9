import {
  checkPlan,
  checkProof,
  planTranches,
  parsePlan,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';
import { findBestByTrying, toRandomProblem, toRandomSource } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

describe('a certificate that convinces without a solver', () => {
  test('[PL-42] every plan that claims to be the best proves it from what it carries', () => {
    let proven = 0;
    for (let seed = 5_000; seed < 5_080; seed += 1) {
      const problem = toRandomProblem(seed, 8);
      const outcome = planTranches(problem, solver, { isRecorded: true });
      if (outcome.kind !== 'planned') continue;
      const read = parsePlan(JSON.parse(JSON.stringify(outcome.plan)));
      if (!read.isParsed) throw new Error(JSON.stringify(read.faults));
      expect([seed, checkProof(problem, read.value)]).toEqual([seed, { kind: 'proven', onWord: 0 }]);
      proven += 1;
    }
    expect(proven).toBeGreaterThan(30);
  });

  test('[PL-42] an emptier plan that claims to be the best is refused, whatever it carries', () => {
    let refused = 0;
    for (let seed = 5_100; seed < 5_180; seed += 1) {
      const problem = { ...toRandomProblem(seed, 6), objectives: [{ kind: 'returned' as const }] };
      const outcome = planTranches(problem, solver, { isRecorded: true });
      if (outcome.kind !== 'planned' || outcome.plan.places.length === 0) continue;
      const empty: TranchePlan = {
        ...outcome.plan,
        places: [],
        circuits: [],
        counted: [],
        certificate: {
          ...outcome.plan.certificate,
          levels: outcome.plan.certificate.levels.map((level) => ({ ...level, value: 0, bound: 0 })),
        },
      };
      if (!checkPlan(problem, empty).isHolding) continue;
      const { transcript, ...bare } = empty.certificate;
      expect(checkProof(problem, { ...empty, certificate: bare })).toEqual({ kind: 'missing' });
      expect(checkProof(problem, empty).kind).toBe('fails');
      const lost = transcript?.map(() => ({ status: 'infeasible' as const })) ?? [];
      expect(checkProof(problem, { ...empty, certificate: { ...bare, transcript: lost } }).kind).toBe(
        'fails',
      );
      refused += 1;
    }
    expect(refused).toBeGreaterThan(10);
  });

  test('[PL-42] [PL-26] answers changed at random never prove what is false', () => {
    for (let seed = 5_200; seed < 5_240; seed += 1) {
      const problem = toRandomProblem(seed, 6);
      const best = findBestByTrying(problem);
      const outcome = planTranches(problem, solver, { isRecorded: true });
      if (outcome.kind !== 'planned' || best === undefined) continue;
      const random = toRandomSource(seed);
      const { certificate } = outcome.plan;
      const transcript = certificate.transcript?.map((answer) => ({
        ...answer,
        ...(answer.duals === undefined
          ? {}
          : { duals: answer.duals.map((one, at) => (at % 2 === 0 ? one : one + random() - 0.5)) }),
      }));
      // One level claimed to be worse than it can be.
      for (const [number, { value, sense }] of best.entries()) {
        const worse = value + (sense === 'max' ? -1 : 1);
        const levels = certificate.levels.map((level, at) =>
          at === number ? { ...level, value: worse, bound: worse } : level,
        );
        const claimed = { ...certificate, levels, ...(transcript === undefined ? {} : { transcript }) };
        const found = checkProof(problem, { ...outcome.plan, certificate: claimed });
        expect([seed, number, found.kind]).not.toEqual([seed, number, 'proven']);
      }
    }
  });
});
