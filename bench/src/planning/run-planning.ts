/**
 * Planning: time, memory and proof at the sizes of the targets, against the plain formulation in the same run,
 * growth, and comparison with the oracle.
 *
 * `npm run bench -- planning [--only sizes,plain,growth,oracle,large,lies] [--small N] [--large N]
 *  [--out DIR] [--json FILE]`
 */
import {
  checkPlan,
  comparePlans,
  planTranches,
  toReplanProblem,
  type PlanningProblem,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';
import { findBestByTrying, toPlainModel, toRandomProblem } from '@homeward/core/planning/reference';
import { loadHighsSolver } from '@homeward/server/planning';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateProblem } from './generate-problem.ts';

interface Timed<T> {
  readonly value: T;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** Wall-clock and processor time: on a busy machine only the second says what the work costs. */
function time<T>(work: () => T): Timed<T> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const value = work();
  const wallSeconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  return { value, wallSeconds, cpuSeconds: (used.user + used.system) / 1e6 };
}

interface Row {
  readonly what: string;
  readonly [figure: string]: string | number | boolean | null;
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function planOrThrow(problem: PlanningProblem, solver: Solver): TranchePlan {
  const outcome = planTranches(problem, solver);
  if (outcome.kind !== 'planned') throw new Error(`bench: ${outcome.kind}`);
  return outcome.plan;
}

const sizes = [
  { persons: 1_000, tranches: 3, packages: 50, families: 30, target: 0.3 },
  { persons: 10_000, tranches: 10, packages: 500, families: 300, target: 3 },
] as const;

/** Runs the planning benchmarks and prints one line of JSON for each figure. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: 'sizes,plain,growth,oracle,large,lies' },
      small: { type: 'string', default: '10000' },
      large: { type: 'string', default: '1000' },
      'growth-max': { type: 'string', default: '100000' },
      'plain-seconds': { type: 'string', default: '60' },
      out: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const only = new Set(values.only.split(','));
  const rows: Row[] = [];
  const report = (row: Row): void => {
    rows.push(row);
    process.stdout.write(`${JSON.stringify(row)}\n`);
  };
  const keep = (name: string, data: unknown): void => {
    if (values.out === undefined) return;
    mkdirSync(values.out, { recursive: true });
    writeFileSync(join(values.out, name), JSON.stringify(data));
  };
  // The first solves of a fresh module are slower: it is warmed on a small problem, as a server would be.
  const solver = await loadHighsSolver();
  for (let seed = 1; seed <= 3; seed += 1)
    planOrThrow(generateProblem({ seed, persons: 300, tranches: 3, packages: 15, families: 9 }), solver);

  const isTight = ({ certificate }: TranchePlan): number =>
    certificate.levels.filter(({ proof }) => proof === 'branch-and-bound').length;

  if (only.has('sizes'))
    for (const { target, ...size } of sizes) {
      const name = `${size.persons}+${size.persons} x ${size.tranches}`;
      const problem = generateProblem({ seed: 1, ...size });
      const first = time(() => planOrThrow(problem, solver));
      const struck = first.value.places[Math.floor(first.value.places.length / 2)];
      if (struck === undefined) throw new Error('nobody was placed');
      const changed = toReplanProblem(problem, first.value, [
        { kind: 'strike', person: struck.person, reason: 'unfit to travel' },
      ]);
      const again = time(() => planOrThrow(changed, solver));
      report({
        what: 'plan',
        size: name,
        wallSeconds: round(first.wallSeconds),
        cpuSeconds: round(first.cpuSeconds),
        targetSeconds: target,
        status: first.value.certificate.status,
        levels: first.value.certificate.levels.length,
        levelsByBranchAndBound: isTight(first.value),
        placed: first.value.places.length,
        residentMegabytes: Math.round(process.memoryUsage().rss / 1e6),
      });
      report({
        what: 'one strike',
        size: name,
        wallSeconds: round(again.wallSeconds),
        cpuSeconds: round(again.cpuSeconds),
        targetSeconds: 0.5,
        status: again.value.certificate.status,
        moves: comparePlans(first.value, again.value).moves.length,
      });
      keep(`problem-${size.persons}.json`, problem);
      keep(`plan-${size.persons}.json`, first.value);
      keep(`plan-${size.persons}-struck.json`, again.value);
    }

  if (only.has('plain'))
    for (const size of [
      { persons: 1_000, tranches: 3, packages: 50, families: 30 },
      { persons: 5_000, tranches: 3, packages: 250, families: 150 },
      { persons: 10_000, tranches: 10, packages: 500, families: 300 },
    ]) {
      const problem = generateProblem({ seed: 1, ...size });
      const ours = time(() => planOrThrow(problem, solver));
      const { model, levels } = toPlainModel(problem);
      // The first levels up to captivity: the order goes on for some forty more, each at least as long.
      let seconds = 0;
      let solved = 0;
      let isCut = false;
      const session = solver.open(model);
      try {
        for (const level of levels.slice(0, 4)) {
          const cost = new Float64Array(model.columnLower.length);
          level.columns.forEach((column, at) => {
            cost[column] = level.values[at] ?? 0;
          });
          const one = time(() =>
            session.solve({
              sense: level.sense,
              cost,
              kind: 'integer',
              secondsMax: Number(values['plain-seconds']),
            }),
          );
          seconds += one.cpuSeconds;
          if (one.value.status !== 'optimal') {
            isCut = true;
            break;
          }
          solved += 1;
          session.addRow(
            level.columns,
            level.values,
            Math.round(one.value.objective),
            Math.round(one.value.objective),
          );
        }
      } finally {
        session.close();
      }
      report({
        what: 'plain formulation',
        size: `${size.persons}+${size.persons} x ${size.tranches}`,
        columns: model.columnLower.length,
        levelsSolved: solved,
        levelsInAll: levels.length,
        isCutOff: isCut,
        cpuSeconds: round(seconds),
        oursAllLevelsCpuSeconds: round(ours.cpuSeconds),
        ratioAtLeast: Math.round((10 * seconds) / ours.cpuSeconds) / 10,
      });
    }

  if (only.has('growth'))
    for (const persons of [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]) {
      if (persons > Number(values['growth-max'])) continue;
      const problem = generateProblem({
        seed: 1,
        persons,
        tranches: 10,
        packages: Math.round(persons / 20),
        families: Math.round(persons / 33),
      });
      const { value, wallSeconds, cpuSeconds } = time(() => planOrThrow(problem, solver));
      report({
        what: 'growth',
        personsPerSide: persons,
        wallSeconds: round(wallSeconds),
        cpuSeconds: round(cpuSeconds),
        status: value.certificate.status,
        residentMegabytes: Math.round(process.memoryUsage().rss / 1e6),
      });
    }

  let faults = 0;
  if (only.has('oracle')) {
    let equal = 0;
    let infeasible = 0;
    let branched = 0;
    const count = Number(values.small);
    for (let seed = 1; seed <= count; seed += 1) {
      const problem = toRandomProblem(seed, 6);
      const best = findBestByTrying(problem);
      const outcome = planTranches(problem, solver);
      if (best === undefined) {
        infeasible += 1;
        if (outcome.kind === 'infeasible') equal += 1;
        continue;
      }
      if (outcome.kind !== 'planned') continue;
      const { levels, status } = outcome.plan.certificate;
      if (isTight(outcome.plan) > 0) branched += 1;
      const isSame = levels.every(({ value }, index) => value === best[index]?.value);
      if (isSame && levels.length === best.length && status === 'optimal') equal += 1;
    }
    faults += count - equal;
    report({ what: 'oracle', problems: count, equal, infeasible, withBranchAndBound: branched });
  }

  if (only.has('large')) {
    let held = 0;
    let optimal = 0;
    const count = Number(values.large);
    for (let seed = 1; seed <= count; seed += 1) {
      const problem = generateProblem({
        seed,
        persons: 40 + (seed % 200),
        tranches: 2 + (seed % 5),
        packages: 2 + (seed % 12),
        families: 1 + (seed % 8),
        facilities: 2 + (seed % 6),
      });
      const outcome = planTranches(problem, solver);
      if (outcome.kind === 'infeasible') {
        held += 1;
        continue;
      }
      if (outcome.kind !== 'planned') continue;
      if (outcome.plan.certificate.status === 'optimal') optimal += 1;
      if (checkPlan(problem, outcome.plan).isHolding) held += 1;
    }
    faults += count - held;
    report({ what: 'large random', problems: count, checkerAgrees: held, provenBest: optimal });
  }

  if (only.has('lies')) {
    let told = 0;
    let caught = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const problem = toRandomProblem(seed, 6);
      const plan = planTranches(problem, solver);
      if (plan.kind !== 'planned' || plan.plan.places.length === 0) continue;
      // One person moved, one dropped, one placed twice, one value and one bound changed.
      const [first, ...rest] = plan.plan.places;
      const [level, ...levels] = plan.plan.certificate.levels;
      if (first === undefined || level === undefined) continue;
      const { certificate } = plan.plan;
      const wrong: readonly TranchePlan[] = [
        { ...plan.plan, places: [first, ...plan.plan.places] },
        {
          ...plan.plan,
          certificate: { ...certificate, levels: [{ ...level, value: level.value + 1 }, ...levels] },
        },
        {
          ...plan.plan,
          certificate: { ...certificate, levels: [{ ...level, bound: level.value + 1 }, ...levels] },
        },
        { ...plan.plan, places: rest.concat({ ...first, tranche: 'nowhere' }) },
      ];
      for (const one of wrong) {
        told += 1;
        if (!checkPlan(problem, one).isHolding) caught += 1;
      }
    }
    faults += told - caught;
    report({ what: 'planted wrong plans', told, caught });
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
  return faults === 0 ? 0 : 1;
}
