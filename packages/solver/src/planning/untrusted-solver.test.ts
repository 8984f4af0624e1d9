import {
  checkPlan,
  planTranches,
  type PlanningProblem,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';
import { findBestByTrying, lies, toLiar, toRandomProblem } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

describe('a solver that lies', () => {
  test.each(lies)('[PL-26] $name: never a broken rule, never a false optimum', ({ name, lie }) => {
    const liar = toLiar(solver, lie);
    for (let seed = 3_000; seed < 3_040; seed += 1) {
      const problem = toRandomProblem(seed, 5);
      const best = findBestByTrying(problem);
      const outcome = planTranches(problem, liar);
      if (outcome.kind === 'infeasible' && outcome.isProven) expect([seed, best]).toEqual([seed, undefined]);
      if (outcome.kind !== 'planned') continue;
      const report = checkPlan(problem, outcome.plan);
      expect([seed, report.faults]).toEqual([seed, []]);
      const { certificate } = outcome.plan;
      const isBest =
        JSON.stringify(best?.map(({ value }) => value)) ===
        JSON.stringify(certificate.levels.map(({ value }) => value));
      // What rests on branch and bound rests on the solver, and says so.
      const restsOnSolver = certificate.levels.some(({ proof }) => proof === 'branch-and-bound');
      if (certificate.status === 'optimal' && !restsOnSolver) expect([seed, isBest]).toEqual([seed, true]);
      if (restsOnSolver) expect(name).toMatch(/duals|no plan/);
    }
  });

  test('[PL-24] the checker refuses a plan in which a longer captivity waits behind a shorter one for nothing', () => {
    const person = (id: string, days: number): PlanningProblem['persons'][number] => ({
      id,
      leg: 'ab',
      category: 'soldier',
      lane: 'exchange',
      days,
      need: 'seat',
    });
    const problem: PlanningProblem = {
      format: 'homeward-planning-problem',
      version: 1,
      tranches: [{ id: 't1' }, { id: 't2' }],
      legs: [{ id: 'ab', from: 'a', to: 'b' }],
      persons: [person('p1', 400), person('p2', 401), person('p3', 401)],
      rules: [{ id: 'one', kind: 'quota', who: {}, max: 1 }],
    };
    const outcome = planTranches(problem, solver);
    if (outcome.kind !== 'planned') throw new Error('the problem has a plan');
    expect(outcome.plan.places).toEqual([
      { person: 'p2', tranche: 't1' },
      { person: 'p3', tranche: 't2' },
    ]);
    const turned = [
      { person: 'p1', tranche: 't1' },
      { person: 'p2', tranche: 't2' },
    ];
    expect(checkPlan(problem, { ...outcome.plan, places: turned }).faults.map(({ text }) => text)).toEqual([
      'p3 (401 days) waits behind p1 (400 days), and nothing tells them apart',
    ]);
  });

  test('[PL-25] a plan changed after the fact is refused by the checker', () => {
    let seed = 1;
    const find = (): { readonly problem: PlanningProblem; readonly plan: TranchePlan } => {
      for (; ; seed += 1) {
        const problem = toRandomProblem(seed, 6);
        const outcome = planTranches(problem, solver);
        if (outcome.kind === 'planned' && outcome.plan.places.length > 2 && problem.objectives === undefined)
          return { problem, plan: outcome.plan };
      }
    };
    const { problem, plan } = find();
    expect(checkPlan(problem, plan).isHolding).toBe(true);
    const [first] = plan.certificate.levels;
    if (first === undefined) throw new Error('the plan has levels');
    const rest = plan.certificate.levels.slice(1);
    const changed = [
      { ...plan, problem: '00' },
      { ...plan, places: [...plan.places, { person: 'nobody', tranche: 't1' }] },
      { ...plan, places: [...plan.places, ...plan.places.slice(0, 1)] },
      { ...plan, places: plan.places.slice(1) },
      {
        ...plan,
        certificate: { ...plan.certificate, levels: [{ ...first, value: first.value + 1 }, ...rest] },
      },
      {
        ...plan,
        certificate: { ...plan.certificate, levels: [{ ...first, bound: first.value + 1 }, ...rest] },
      },
      { ...plan, certificate: { ...plan.certificate, levels: [{ ...first, bound: null }, ...rest] } },
      { ...plan, certificate: { ...plan.certificate, levels: rest } },
    ];
    for (const [index, one] of changed.entries())
      expect([index, checkPlan(problem, one).isHolding]).toEqual([index, false]);
  });
});
