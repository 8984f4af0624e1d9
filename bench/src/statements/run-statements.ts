/** `npm run bench -- statements`: how often the labels agree with those that a careful person gave. */
import { becauseToSentence, judgeClaims, labels, readClaims, readFigures } from '@homeward/core/statements';
import { readTable } from '@homeward/publication/table';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const help = `Usage: npm run bench -- statements [FOLDER]

Labels the statements of FOLDER/statements.csv by FOLDER/exchanges.csv, and compares with its column expected_label.
FOLDER is the data folder (default: data, beside this repository's folder).
`;

function refuse(says: string): 2 {
  process.stderr.write(`bench: ${says}\n`);
  return 2;
}

/** Prints agreement, the confusion table, and every difference. */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(help);
    return Promise.resolve(0);
  }
  const folder =
    args[0] ??
    ['../shared/data', '../data'].find((each) => existsSync(join(each, 'statements.csv'))) ??
    '../data';
  const exchanges = readTable(join(folder, 'exchanges.csv'));
  const statements = readTable(join(folder, 'statements.csv'));
  if (!exchanges.ok) return refuse(exchanges.error);
  if (!statements.ok) return refuse(statements.error);
  const record = readFigures(exchanges.value);
  const claims = readClaims(statements.value);
  if (!record.ok || !claims.ok) return refuse('a table is at fault; homeward statements says where');
  const start = process.cpuUsage();
  const judgements = judgeClaims(record.value, claims.value);
  const { user } = process.cpuUsage(start);
  const expected = new Map(statements.value.rows.map(({ cells }) => [cells['statement_id'], cells]));
  const table = new Map<string, number>();
  let [same, deltas, deltasSame] = [0, 0, 0];
  const differences: string[] = [];
  for (const { claim, label } of judgements) {
    const cells = expected.get(claim);
    const wanted = cells?.['expected_label'] ?? '';
    table.set(`${wanted} ${label.label}`, (table.get(`${wanted} ${label.label}`) ?? 0) + 1);
    if (wanted === label.label) same += 1;
    else
      differences.push(
        `${claim}: expected ${wanted}, labelled ${label.label}: ${becauseToSentence(label.because)}`,
      );
    if (cells?.['delta'] !== undefined && cells['delta'] !== '') {
      deltas += 1;
      if (Number(cells['delta']) === label.delta) deltasSame += 1;
      else
        differences.push(
          `${claim}: expected a difference of ${cells['delta']}, found ${label.delta ?? 'none'}`,
        );
    }
  }
  const percent = ((100 * same) / judgements.length).toFixed(1);
  process.stdout.write(`statements: ${same} of ${judgements.length} labels as expected (${percent} %)\n`);
  process.stdout.write(
    `differences: ${deltasSame} of ${deltas} as expected; ${(user / 1000).toFixed(1)} ms CPU\n\n`,
  );
  const width = Math.max(...labels.map((label) => label.length));
  process.stdout.write(
    `${'expected \\ labelled'.padEnd(width + 4)}${labels.map((one) => one.slice(0, 9).padStart(10)).join('')}\n`,
  );
  for (const row of labels) {
    const counts = labels.map((column) => String(table.get(`${row} ${column}`) ?? 0).padStart(10));
    process.stdout.write(`${row.padEnd(width + 4)}${counts.join('')}\n`);
  }
  for (const line of differences) process.stdout.write(`${line}\n`);
  return Promise.resolve(differences.length === 0 ? 0 : 1);
}
