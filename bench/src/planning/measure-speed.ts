/** Time and memory: the sizes of the targets, growth, and the plain formulation beside ours. */
import { comparePlans } from '@homeward/core/planning';
import { toPlainModel } from '@homeward/core/planning/reference';
import { generateProblem } from './generate-problem.ts';
import { planOrThrow, round, time, toProofs, type Bench } from './report.ts';

const sizes = [
  { persons: 1_000, tranches: 3, packages: 50, families: 30, target: 0.3 },
  { persons: 10_000, tranches: 10, packages: 500, families: 300, target: 3 },
] as const;

export function measureSizes({ solver, report, keep }: Bench): void {
  for (const { target, ...size } of sizes) {
    const name = `${size.persons}+${size.persons} x ${size.tranches}`;
    const problem = generateProblem({ seed: 1, ...size });
    const first = time(() => planOrThrow(problem, solver));
    report({
      what: 'plan',
      size: name,
      wallSeconds: round(first.wallSeconds),
      cpuSeconds: round(first.cpuSeconds),
      targetSeconds: target,
      ...toProofs(first.value),
      placed: first.value.places.length,
      residentMegabytes: Math.round(process.memoryUsage().rss / 1e6),
    });
    keep(`problem-${size.persons}.json`, problem);
    keep(`plan-${size.persons}.json`, first.value);
    // One after another, each against the first plan: the first re-plan of a process also compiles its code.
    for (const part of [0.5, 0.1, 0.9]) {
      const struck = first.value.places[Math.floor(first.value.places.length * part)];
      if (struck === undefined) throw new Error('nobody was placed');
      const again = time(() =>
        planOrThrow(problem, solver, {
          previous: first.value,
          changes: [{ kind: 'strike', person: struck.person, reason: 'unfit to travel' }],
        }),
      );
      report({
        what: 'one strike',
        size: name,
        wallSeconds: round(again.wallSeconds),
        cpuSeconds: round(again.cpuSeconds),
        targetSeconds: 0.5,
        ...toProofs(again.value),
        moves: comparePlans(first.value, again.value).moves.length,
      });
      keep(`plan-${size.persons}-struck-${part}.json`, again.value);
    }
  }
}

/** The first objective alone by the plain formulation, against all levels by ours. */
export function measurePlain({ solver, report }: Bench, secondsMax: number): void {
  for (const size of [
    { persons: 1_000, tranches: 3, packages: 50, families: 30 },
    { persons: 5_000, tranches: 3, packages: 250, families: 150 },
    { persons: 10_000, tranches: 10, packages: 500, families: 300 },
  ]) {
    const problem = generateProblem({ seed: 1, ...size });
    const ours = time(() => planOrThrow(problem, solver));
    const { model, levels } = toPlainModel(problem);
    const level = levels.find(({ objective }) => objective === 'captivity-total');
    if (level === undefined) throw new Error('the default order has captivity');
    const cost = new Float64Array(model.columnLower.length);
    level.columns.forEach((column, at) => {
      cost[column] = level.values[at] ?? 0;
    });
    const session = solver.open(model);
    try {
      const plain = time(() => session.solve({ sense: level.sense, cost, kind: 'integer', secondsMax }));
      report({
        what: 'plain formulation',
        size: `${size.persons}+${size.persons} x ${size.tranches}`,
        columns: model.columnLower.length,
        rows: model.rowLower.length,
        objective: 'captivity-total',
        cutOffSeconds: secondsMax,
        plainStatus: plain.value.status,
        plainOneLevelCpuSeconds: round(plain.cpuSeconds),
        oursAllLevelsCpuSeconds: round(ours.cpuSeconds),
        oursLevels: levels.length,
        ratio: `${plain.value.status === 'optimal' ? '' : 'at least '}${Math.round((10 * plain.cpuSeconds) / ours.cpuSeconds) / 10}`,
      });
    } finally {
      session.close();
    }
  }
}

export function measureGrowth({ solver, report }: Bench, personsMax: number): void {
  const table: string[] = [];
  for (const persons of [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]) {
    if (persons > personsMax) continue;
    const tranches = 10;
    const problem = generateProblem({
      seed: 1,
      persons,
      tranches,
      packages: Math.round(persons / 20),
      families: Math.round(persons / 33),
    });
    const { value, wallSeconds, cpuSeconds } = time(() => planOrThrow(problem, solver));
    const proofs = toProofs(value);
    const residentMegabytes = Math.round(process.memoryUsage().rss / 1e6);
    report({
      what: 'growth',
      personsPerSide: persons,
      tranches,
      ...proofs,
      wallSeconds: round(wallSeconds),
      cpuSeconds: round(cpuSeconds),
      residentMegabytes,
    });
    table.push(
      [
        persons.toLocaleString('en').padStart(12),
        String(tranches).padStart(8),
        `${String(proofs['levelsProven'])}/${String(proofs['levels'])}`.padStart(13),
        String(proofs['onTheSolversWord']).padStart(14),
        wallSeconds.toFixed(2).padStart(8),
        cpuSeconds.toFixed(2).padStart(8),
        String(residentMegabytes).padStart(6),
      ].join('  '),
    );
  }
  process.stderr.write(
    `persons a side  tranches  levels proven  solver's word   seconds  cpu      MB\n${table.join('\n')}\n`,
  );
}
