import {
  checkPlan,
  parseProblem,
  planTranches,
  type PlanningProblem,
  type Rule,
  type Solver,
} from '@homeward/core/planning';
import { findBestByTrying, toRandomProblem, toRandomSource } from '@homeward/core/planning/reference';
import { beforeAll, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

test('[PL-43] k of a named list, labels and captivity: status and every level are the oracle’s', () => {
  let planned = 0;
  for (let seed = 7_000; seed < 7_150; seed += 1) {
    const random = toRandomSource(seed);
    const base = toRandomProblem(seed, 6);
    const persons = base.persons.map((person) => ({
      ...person,
      ...(random() < 0.6 ? { labels: ['red', 'blue', 'old list'].filter(() => random() < 0.5) } : {}),
    }));
    const some = persons.filter(() => random() < 0.6).map(({ id }) => id);
    const rules: Rule[] = [
      {
        id: 'of these',
        kind: 'quota',
        who: { persons: some },
        over: 'total',
        min: Math.min(1, some.length),
        max: 2,
      },
      { id: 'red', kind: 'quota', who: { labels: ['red', 'old list'] }, max: 1 + Math.floor(random() * 2) },
      { id: 'long', kind: 'quota', who: { daysMin: 30, daysMax: 70 }, over: 'total', max: 2 },
    ];
    const problem: PlanningProblem = {
      ...base,
      persons,
      rules: [...base.rules.slice(0, 2), ...rules.filter(() => random() < 0.7)],
    };
    const read = parseProblem(JSON.parse(JSON.stringify(problem)));
    // The generator knows no law: what it ties by name may not be tied.
    if (!read.isParsed) continue;
    const best = findBestByTrying(problem);
    const outcome = planTranches(problem, solver);
    if (best === undefined) {
      expect([seed, outcome]).toEqual([seed, { kind: 'infeasible', isProven: true }]);
      continue;
    }
    if (outcome.kind !== 'planned') throw new Error(`seed ${seed}: ${outcome.kind}`);
    expect([seed, outcome.plan.certificate.levels.map(({ value }) => value)]).toEqual([
      seed,
      best.map(({ value }) => value),
    ]);
    expect([seed, checkPlan(problem, outcome.plan).faults]).toEqual([seed, []]);
    planned += 1;
  }
  expect(planned).toBeGreaterThan(40);
});
