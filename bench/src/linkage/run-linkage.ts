/**
 * `npm run bench -- linkage [--only SET] [--data DIR] [--out DIR] [--json FILE]`: quality, time and memory on the
 * development sets and on generated lists, through the command a user runs; and pairs per second beside DuckDB.
 */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { layouts, readStock, scoreSlice, spellings } from './cross-script.ts';
import { comparePairSpeed } from './duckdb-pairs.ts';
import { generateLists } from './generate-lists.ts';
import { measureRegistry } from './measure-registry.ts';
import { scoreNames } from './name-sets.ts';

const root = join(import.meta.dirname, '..', '..', '..');

interface Measure {
  readonly set: string;
  readonly precision?: number;
  readonly recall?: number;
  readonly f1?: number;
  readonly seconds?: number;
  readonly megabytes?: number;
  readonly note?: string;
}

/** The columns of a set by name and kind, nothing else: the program has no code for any set. */
const febrl = {
  rec_id: 'id',
  given_name: 'given_name',
  surname: 'family_name',
  date_of_birth: 'date_of_birth',
  soc_sec_id: { name: 'soc_sec_id', kind: 'identifier' },
  postcode: { name: 'postcode', kind: 'identifier' },
  suburb: { name: 'suburb', kind: 'text' },
  address_1: { name: 'address_1', kind: 'text' },
  address_2: { name: 'address_2', kind: 'text' },
  street_number: { name: 'street_number', kind: 'category' },
  state: { name: 'state', kind: 'category' },
};
const historical = {
  unique_id: 'id',
  full_name: 'ignore',
  first_name: 'given_name',
  surname: 'family_name',
  dob: 'date_of_birth',
  birth_place: { name: 'birth_place', kind: 'place' },
  postcode_fake: { name: 'postcode', kind: 'identifier' },
  gender: 'ignore',
  occupation: { name: 'occupation', kind: 'text' },
};
const fake = {
  unique_id: 'id',
  first_name: 'given_name',
  surname: 'family_name',
  dob: 'date_of_birth',
  city: { name: 'city', kind: 'text' },
  email: { name: 'email', kind: 'identifier' },
};

/** Runs the command and watches its memory (Linux; 0 elsewhere). */
async function runCommand(
  args: readonly string[],
): Promise<{ seconds: number; megabytes: number; code: number; said: string }> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--conditions=homeward-source',
      '--max-old-space-size=4096',
      join(root, 'apps/cli/bin/from-source.mjs'),
      ...args,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString('utf8');
  });
  let most = 0;
  const watch = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'));
      most = Math.max(most, Number(found?.[1] ?? 0) / 1024);
    } catch {
      // The process has just ended, or this system has no /proc.
    }
  }, 50);
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? -1)));
  clearInterval(watch);
  return { seconds: (performance.now() - start) / 1000, megabytes: Math.round(most), code, said };
}

async function score(
  path: string,
  person: (id: string) => string,
  truePairs: number,
): Promise<{ precision: number; recall: number; f1: number }> {
  let matches = 0;
  let right = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [left, other, , , decision] = line.split(',');
    if (decision !== 'match') continue;
    matches += 1;
    if (person(left!) === person(other!)) right += 1;
  }
  return {
    precision: matches === 0 ? 1 : right / matches,
    recall: right / truePairs,
    f1: (2 * right) / (matches + truePairs),
  };
}

function countPairs(keys: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}

const usage =
  'npm run bench -- linkage [--only SET] [--data DIR] [--out DIR] [--json FILE]\n  sets: names, cross-script, febrl3, febrl4, historical_50k, fake_1000, generated-10k, generated-100k, generated-1m, generated-5m, registry, duckdb\n  generated-5m runs only when it is named\n';

/** Runs the sets; exit code 0, or 2 for bad usage. */
export async function run(args: readonly string[]): Promise<number> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        data: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'bad options'}\n${usage}`);
    return 2;
  }
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const data = values.data ?? join(process.env['HOMEWARD_DATA'] ?? join(root, '..', 'shared'), 'data');
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'homeward-bench-'));
  mkdirSync(out, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'homeward-bench-'));
  const measures: Measure[] = [];
  const wants = (set: string): boolean =>
    values.only === undefined ? set !== 'generated-5m' : values.only === set;
  const note = (measure: Measure): void => {
    measures.push(measure);
    const parts = [
      measure.set.padEnd(18),
      measure.f1 === undefined
        ? ''
        : `F1 ${measure.f1.toFixed(5)}  P ${measure.precision!.toFixed(5)}  R ${measure.recall!.toFixed(5)}`,
      measure.seconds === undefined ? '' : `${measure.seconds.toFixed(2)} s`,
      measure.megabytes === undefined ? '' : `${measure.megabytes} MB`,
      measure.note ?? '',
    ];
    process.stdout.write(`${parts.filter((part) => part !== '').join('  ')}\n`);
  };
  const mappingFile = (name: string, columns: object): string => {
    const path = join(scratch, `${name}.mapping.json`);
    writeFileSync(path, JSON.stringify({ columns }));
    return path;
  };
  const measure = async (
    set: string,
    command: readonly string[],
    person: (id: string) => string,
    truePairs: number,
  ): Promise<void> => {
    const path = join(out, `${set}.csv`);
    const done = await runCommand([
      ...command,
      '--out',
      path,
      '--rejects',
      join(scratch, `${set}.rejects.csv`),
    ]);
    if (done.code !== 0) {
      note({ set, note: `failed with ${done.code}: ${done.said.slice(-300)}` });
      return;
    }
    const recall = /estimated recall of blocking [\d.]+ %/u.exec(done.said)?.[0];
    note({
      set,
      ...(await score(path, person, truePairs)),
      seconds: done.seconds,
      megabytes: done.megabytes,
      ...(recall === undefined ? {} : { note: recall }),
    });
  };
  const absent = (set: string, path: string): boolean => {
    if (existsSync(path)) return false;
    note({ set, note: `skipped: ${path} is not there` });
    return true;
  };

  if (wants('names') && !absent('names', join(data, 'names')))
    for (const one of scoreNames(join(data, 'names')))
      note({
        set: one.set,
        note: `${Number(one.right.toFixed(1))}/${one.of} = ${(one.right / one.of).toFixed(4)}`,
      });
  if (wants('cross-script') && !absent('cross-script', join(data, 'names'))) {
    const stock = readStock(join(data, 'names'));
    const sums = { dated: [0, 0, 0, 0, 0], undated: [0, 0, 0, 0, 0] };
    const toMeasure = (
      set: string,
      [matched, right, both, sure, sureRight]: readonly number[],
      more: string,
    ): Measure => ({
      set,
      precision: right! / matched!,
      recall: right! / both!,
      f1: (2 * right!) / (matched! + both!),
      note: `${more}shown at 99 %: ${((100 * sureRight!) / sure!).toFixed(2)} % right`,
    });
    for (const [row, layout] of layouts.entries())
      for (const [column, spelling] of spellings.entries()) {
        const score = scoreSlice(stock, layout, spelling, 3000, 100 * row + column + 1);
        const figures = [score.matched, score.right, score.both, score.sure, score.sureRight];
        const sum = sums[/date|year/u.test(layout) ? 'dated' : 'undated'];
        for (const [index, figure] of figures.entries()) sum[index]! += figure;
        note(
          toMeasure(
            `${layout}: ${spelling}`.padEnd(42),
            figures,
            `review ${score.review}, ${score.rightInReview} of them right; `,
          ),
        );
      }
    note(toMeasure('cross-script lists with dates', sums.dated, ''));
    note(toMeasure('cross-script lists without dates', sums.undated, ''));
  }
  const febrlPerson = (id: string): string => id.split('-')[1]!;
  const febrlFolder = join(data, 'linkage', 'febrl');
  if (wants('febrl4') && !absent('febrl4', febrlFolder))
    await measure(
      'febrl4',
      [
        'link',
        join(febrlFolder, 'dataset4a.csv'),
        join(febrlFolder, 'dataset4b.csv'),
        '--mapping',
        mappingFile('febrl', febrl),
      ],
      febrlPerson,
      5000,
    );
  if (wants('febrl3') && !absent('febrl3', febrlFolder))
    await measure(
      'febrl3',
      ['dedupe', join(febrlFolder, 'dataset3.csv'), '--mapping', mappingFile('febrl', febrl)],
      febrlPerson,
      6538,
    );
  for (const [set, file, mapping] of [
    ['historical_50k', 'historical_figures_with_errors_50k.csv.gz', historical],
    ['fake_1000', 'fake_1000.csv', fake],
  ] as const) {
    const source = join(data, 'linkage', 'splink_datasets', file);
    if (!wants(set) || absent(set, source)) continue;
    const bytes = readFileSync(source);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const path = join(scratch, `${set}.csv`);
    writeFileSync(path, text);
    const [header, ...lines] = text.trimEnd().split(/\r?\n/u);
    const names = header!.split(',');
    const id = names.indexOf('unique_id');
    const cluster = names.indexOf('cluster');
    const clusterOf = new Map(
      lines.map((line) => {
        // Truth columns stand before any quoted cell, or after all of them.
        const plain = line.replace(/"[^"]*"/gu, '');
        const cells = plain.split(',');
        return [cells[id]!, cells[cluster]!] as const;
      }),
    );
    await measure(
      set,
      ['dedupe', path, '--mapping', mappingFile(set, mapping)],
      (one) => clusterOf.get(one)!,
      countPairs([...clusterOf.values()]),
    );
  }
  for (const [set, size] of [
    ['generated-10k', 10_000],
    ['generated-100k', 100_000],
    ['generated-1m', 1_000_000],
    ['generated-5m', 5_000_000],
  ] as const) {
    if (!wants(set)) continue;
    const left = join(scratch, `${set}.left.csv`);
    const right = join(scratch, `${set}.right.csv`);
    const { bothSides } = generateLists(size, 1, 'mixed', left, right);
    await measure(set, ['link', left, right], (one) => one.slice(1), bothSides);
  }
  if (wants('registry')) {
    const left = join(scratch, 'registry.left.csv');
    const right = join(scratch, 'registry.right.csv');
    generateLists(1_000_000, 1, 'mixed', left, right);
    const speed = measureRegistry(left, right);
    note({
      set: 'registry',
      seconds: speed.nextSeconds,
      megabytes: speed.megabytes,
      note:
        `100 newcomers beside ${speed.persons} persons (${speed.matched} matched): prepared once in ${speed.prepareSeconds.toFixed(1)} s, ` +
        `the first hundred ${speed.firstSeconds.toFixed(2)} s, the next ${speed.nextSeconds.toFixed(2)} s, ` +
        `a hundred taken in ${speed.addSeconds.toFixed(2)} s, the hundred after that ${speed.afterAddSeconds.toFixed(2)} s`,
    });
  }
  if (wants('duckdb')) {
    const left = join(scratch, 'duck.left.csv');
    const right = join(scratch, 'duck.right.csv');
    generateLists(80_000, 2, 'latin', left, right);
    // DuckDB compares bytes: only Latin text gives both sides the same answer.
    const { romanise } = await import('@homeward/core/names');
    for (const path of [left, right])
      writeFileSync(path, romanise(readFileSync(path, 'utf8'), 'kmu-55').replace(/[^\n -~]/gu, ''));
    const speed = await comparePairSpeed(left, right, 2);
    note({
      set: 'duckdb',
      note:
        `${speed.pairs} pairs, three names by four levels of Jaro–Winkler and a date, per second of processor time: ` +
        `DuckDB ${(speed.usual / 1e6).toFixed(2)} M as linkage programs ask, ${(speed.quickest / 1e6).toFixed(2)} M by its quickest query; ` +
        `here ${(speed.here / 1e6).toFixed(2)} M: ${(speed.here / speed.usual).toFixed(1)} and ${(speed.here / speed.quickest).toFixed(1)} times; ` +
        `levels ${speed.agree ? 'equal' : 'differ'}`,
    });
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measures, undefined, 1)}\n`);
  process.stdout.write(`matches of each set are in ${out}\n`);
  return 0;
}
