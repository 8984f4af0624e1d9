/**
 * Planning: time, memory and proof at the sizes of the targets, against the plain formulation in the same run,
 * growth, and comparison with the oracle.
 *
 * `npm run bench -- planning [--only sizes,plain,growth,oracle,random,planted] [--small N] [--large N]
 *  [--from SEED] [--growth-max PERSONS] [--plain-seconds S] [--out DIR] [--json FILE]`
 */
import type { PlanningProblem, Solver, TranchePlan } from '@homeward/core/planning';
import { loadHighsSolver } from '@homeward/solver/planning';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateProblem } from './generate-problem.ts';
import { measureGrowth, measurePlain, measureSizes } from './measure-speed.ts';
import { planOrThrow, type Bench } from './report.ts';
import { tryOracle, tryPlanted, tryRandom } from './try-answers.ts';

const parts = 'sizes,plain,growth,oracle,random,planted';

/** Runs the planning benchmarks and prints one line of JSON for each figure. Exit 1 when an answer is wrong. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: parts },
      small: { type: 'string', default: '10000' },
      large: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      'growth-max': { type: 'string', default: '100000' },
      'plain-seconds': { type: 'string', default: '60' },
      out: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const only = new Set(values.only.split(','));
  const unknown = [...only].find((part) => !parts.split(',').includes(part));
  if (unknown !== undefined) throw new Error(`bench: no part "${unknown}"; known: ${parts}`);
  const rows: unknown[] = [];
  const solver = await loadHighsSolver();
  const bench: Bench = {
    solver,
    report(row) {
      rows.push(row);
      process.stdout.write(`${JSON.stringify(row)}\n`);
    },
    keep(name: string, data: PlanningProblem | TranchePlan) {
      if (values.out === undefined) return;
      mkdirSync(values.out, { recursive: true });
      writeFileSync(join(values.out, name), JSON.stringify(data));
    },
  };
  warm(solver);
  const from = Number(values.from);
  if (only.has('sizes')) measureSizes(bench);
  if (only.has('plain')) measurePlain(bench, Number(values['plain-seconds']));
  if (only.has('growth')) measureGrowth(bench, Number(values['growth-max']));
  let faults = 0;
  if (only.has('oracle')) faults += tryOracle(bench, from, Number(values.small));
  if (only.has('random')) faults += tryRandom(bench, from, Number(values.large));
  if (only.has('planted')) faults += tryPlanted(bench, from);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
  return faults === 0 ? 0 : 1;
}

/** The first solves of a fresh module are slower: it is warmed on a small problem, as a server would be. */
function warm(solver: Solver): void {
  for (let seed = 1; seed <= 3; seed += 1)
    planOrThrow(generateProblem({ seed, persons: 300, tranches: 3, packages: 15, families: 9 }), solver);
}
