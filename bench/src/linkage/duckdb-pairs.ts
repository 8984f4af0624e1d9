/** The same pairs by the same comparisons in DuckDB and here, one core each, in one run: pairs per second of
 * processor time. Compared are three names by four levels of Jaro–Winkler and a date by equality, over the same join. */
import { SimilarityLevels } from '@homeward/core/linkage';
import { createChance } from './generate-lists.ts';
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';

export interface PairSpeed {
  readonly pairs: number;
  /** DuckDB, the query as linkage programs write it. */
  readonly usual: number;
  /** DuckDB, the same levels by the quickest query found. */
  readonly quickest: number;
  readonly here: number;
  /** True when both counted the same pairs at every pattern of levels. */
  readonly agree: boolean;
}

const columns = ['family_name', 'given_name', 'patronymic'] as const;

/** Levels of a column: 4 equal; 3, 2, 1 by Jaro–Winkler at these; 0 below. */
const thresholds = [0.92, 0.88, 0.7] as const;

interface Coded {
  readonly values: readonly string[];
  readonly left: Int32Array;
  readonly right: Int32Array;
}

function code(left: readonly string[], right: readonly string[]): Coded {
  const values = [...new Set([...left, ...right])].sort();
  const number = new Map(values.map((value, index) => [value, index] as const));
  return {
    values,
    left: Int32Array.from(left, (value) => number.get(value)!),
    right: Int32Array.from(right, (value) => number.get(value)!),
  };
}

/** Records in the order of their blocks, and where each block begins. */
function sortByBlock(blocks: Int32Array): { readonly start: Int32Array; readonly rows: Int32Array } {
  let most = 0;
  for (const block of blocks) if (block > most) most = block;
  const start = new Int32Array(most + 2);
  for (const block of blocks) start[block + 1]! += 1;
  for (let block = 0; block <= most; block += 1) start[block + 1]! += start[block]!;
  const fill = start.slice();
  const rows = new Int32Array(blocks.length);
  for (let row = 0; row < blocks.length; row += 1) {
    const block = blocks[row]!;
    rows[fill[block]!] = row;
    fill[block]! += 1;
  }
  return { start, rows };
}

/** Joins two lists by block, compares, and counts the pairs at each pattern of levels: what the query asks. */
function countPatterns(
  leftBlocks: Int32Array,
  rightBlocks: Int32Array,
  coded: readonly Coded[],
  born: Coded,
): Float64Array {
  const levels = coded.map((one) => new SimilarityLevels(one.values, thresholds));
  const left = sortByBlock(leftBlocks);
  const right = sortByBlock(rightBlocks);
  // Values of a block stand together, so that comparing it stays in the nearest memory.
  const rights = coded.map((one) => right.rows.map((row) => one.right[row]!));
  const dates = right.rows.map((row) => born.right[row]!);
  const out = coded.map(() => new Uint8Array(rightBlocks.length));
  const [first, second, third] = [out[0]!, out[1]!, out[2]!];
  const patterns = new Int32Array(250);
  for (let block = 0; block + 1 < Math.min(left.start.length, right.start.length); block += 1) {
    const from = right.start[block]!;
    const to = right.start[block + 1]!;
    for (let at = left.start[block]!; at < left.start[block + 1]!; at += 1) {
      const row = left.rows[at]!;
      for (let index = 0; index < coded.length; index += 1)
        levels[index]!.getMany(coded[index]!.left[row]!, rights[index]!, from, to, out[index]!);
      const date = born.left[row]!;
      for (let other = 0; other < to - from; other += 1)
        patterns[
          ((first[other]! * 5 + second[other]!) * 5 + third[other]!) * 2 +
            (dates[from + other] === date ? 1 : 0)
        ]! += 1;
    }
  }
  return Float64Array.from(patterns);
}

/** Seconds of processor time of this process, on all its threads: what other programs do does not count. */
function getProcessorSeconds(): number {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
}

const read = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/**
 * Compares two generated Latin lists: pairs born in the same year whose numbers fall in one of `parts` parts.
 *
 * @param leftPath,rightPath files of `generateLists`
 */
export async function comparePairSpeed(
  leftPath: string,
  rightPath: string,
  parts: number,
): Promise<PairSpeed> {
  const left = read(leftPath);
  const right = read(rightPath);
  const part = (row: readonly string[]): number =>
    Math.floor(createChance(Number(row[0]!.slice(1)))() * parts);
  const block = (row: readonly string[]): number => Number(row[4]!.slice(0, 4)) * parts + part(row);
  const leftBlocks = Int32Array.from(left, block);
  const rightBlocks = Int32Array.from(right, block);

  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const create = async (name: string, rows: readonly (readonly string[])[]): Promise<void> => {
    await connection.run(
      `create table ${name}(block integer, family_name varchar, given_name varchar, patronymic varchar, born varchar)`,
    );
    const appender = await connection.createAppender(name);
    for (const row of rows) {
      appender.appendInteger(block(row));
      for (const cell of row.slice(1, 5)) appender.appendVarchar(cell);
      appender.endRow();
    }
    appender.closeSync();
  };
  await create('l', left);
  await create('r', right);
  const similarity = (column: string): string => `jaro_winkler_similarity(l.${column}, r.${column})`;
  const toLevel = (value: string): string =>
    `case when ${value} >= 0.92 then 3 when ${value} >= 0.88 then 2 when ${value} >= 0.7 then 1 else 0 end`;
  const same = '(l.born = r.born)::integer as born';
  // The way linkage programs write it: one comparison per level, each asking for the similarity again.
  const usual = `select ${columns
    .map(
      (column) =>
        `case when l.${column} = r.${column} then 4 else (${toLevel(similarity(column))}) end as ${column}`,
    )
    .join(', ')}, ${same}, count(*)::integer as n from l join r using (block) group by all`;
  // The quickest way found: every similarity asked for once.
  const quickest = `select ${columns
    .map((column) => `case when ${column} = 2 then 4 else (${toLevel(column)}) end as ${column}`)
    .join(', ')}, born, count(*)::integer as n from (select ${columns
    .map((column) => `case when l.${column} = r.${column} then 2 else ${similarity(column)} end as ${column}`)
    .join(', ')}, ${same} from l join r using (block)) group by all`;
  const ask = async (query: string): Promise<{ seconds: number; counts: Map<number, number> }> => {
    const start = getProcessorSeconds();
    const answer = await connection.runAndReadAll(query);
    const seconds = getProcessorSeconds() - start;
    const counts = new Map<number, number>();
    for (const row of answer.getRows()) {
      const [a, b, c, d, n] = row.map(Number);
      counts.set((((a ?? 0) * 5 + (b ?? 0)) * 5 + (c ?? 0)) * 2 + (d ?? 0), n ?? 0);
    }
    return { seconds, counts };
  };
  const asUsual = await ask(usual);
  const asQuickest = await ask(quickest);
  connection.closeSync();

  // Loading and numbering distinct values are left out on both sides; the join and whatever looks at letters is timed.
  const coded = columns.map((_, index) =>
    code(
      left.map((row) => row[index + 1]!),
      right.map((row) => row[index + 1]!),
    ),
  );
  const born = code(
    left.map((row) => row[4]!),
    right.map((row) => row[4]!),
  );
  const start = getProcessorSeconds();
  const ours = countPatterns(leftBlocks, rightBlocks, coded, born);
  const hereSeconds = getProcessorSeconds() - start;
  let agree = true;
  for (const { counts } of [asUsual, asQuickest])
    for (let pattern = 0; pattern < ours.length; pattern += 1)
      if (ours[pattern] !== (counts.get(pattern) ?? 0)) agree = false;
  const pairs = ours.reduce((sum, count) => sum + count, 0);
  return {
    pairs,
    usual: pairs / asUsual.seconds,
    quickest: pairs / asQuickest.seconds,
    here: pairs / hereSeconds,
    agree,
  };
}
