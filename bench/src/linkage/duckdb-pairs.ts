/** The same pairs by the same comparisons in DuckDB and here, one core each, in one run: pairs per second. */
import { createChance } from './generate-lists.ts';
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';

export interface PairSpeed {
  readonly pairs: number;
  readonly duckdb: number;
  readonly here: number;
  readonly ratio: number;
  /** True when both counted the same pairs at every pattern of levels. */
  readonly agree: boolean;
}

const columns = ['family_name', 'given_name', 'patronymic'] as const;

/** 4 equal; 3, 2, 1 by Jaro–Winkler at 0.92, 0.88, 0.7; 0 below. */
interface Coded {
  readonly values: readonly string[];
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Letters of each value, 32 places per value, as small numbers. */
  readonly letters: Uint8Array;
  readonly lengths: Uint8Array;
  /** One bit per letter (modulo 32) that occurs in the value. */
  readonly masks: Int32Array;
}

const place = 32;

function code(left: readonly string[], right: readonly string[]): Coded {
  const values = [...new Set([...left, ...right])].sort();
  const number = new Map(values.map((value, index) => [value, index] as const));
  const letters = new Uint8Array(values.length * place);
  const lengths = new Uint8Array(values.length);
  const masks = new Int32Array(values.length);
  for (const [index, value] of values.entries()) {
    if (value.length > place) throw new Error('a generated name is longer than 32 letters');
    lengths[index] = value.length;
    for (let at = 0; at < value.length; at += 1) {
      letters[index * place + at] = value.charCodeAt(at) & 127;
      masks[index]! |= 1 << (value.charCodeAt(at) & 31);
    }
  }
  return {
    values,
    left: Int32Array.from(left, (value) => number.get(value)!),
    right: Int32Array.from(right, (value) => number.get(value)!),
    letters,
    lengths,
    masks,
  };
}

function countBits(word: number): number {
  let rest = word - ((word >>> 1) & 0x5555_5555);
  rest = (rest & 0x3333_3333) + ((rest >>> 2) & 0x3333_3333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** Levels of one column: a table of all value pairs when there are few values, else a kernel with the left name kept hot. */
class Leveller {
  private readonly coded: Coded;
  private readonly table: Uint8Array | undefined;
  private readonly size: number;
  private readonly where = new Int32Array(128);
  private hot = -1;

  constructor(coded: Coded) {
    this.coded = coded;
    this.size = coded.values.length;
    if (this.size * this.size > 16_000_000) return;
    const table = new Uint8Array(this.size * this.size);
    for (let a = 0; a < this.size; a += 1)
      for (let b = 0; b < this.size; b += 1) table[a * this.size + b] = this.compare(a, b);
    this.table = table;
  }

  get(a: number, b: number): number {
    return this.table === undefined ? this.compare(a, b) : this.table[a * this.size + b]!;
  }

  private compare(a: number, b: number): number {
    if (a === b) return 4;
    const { letters, lengths, masks } = this.coded;
    const la = lengths[a]!;
    const lb = lengths[b]!;
    if (la === 0 || lb === 0) return 0;
    // Bound: letters that the other name lacks cannot be common; below 0.7 the level is 0 whatever their order.
    const maskA = masks[a]!;
    const maskB = masks[b]!;
    const most = Math.min(la - countBits(maskA & ~maskB), lb - countBits(maskB & ~maskA));
    if (most <= 0 || most / la + most / lb + 1 < 2.0999) return 0;
    const { where } = this;
    const fromA = a * place;
    if (this.hot !== a) {
      if (this.hot >= 0)
        for (let at = 0; at < lengths[this.hot]!; at += 1) where[letters[this.hot * place + at]!] = 0;
      for (let at = 0; at < la; at += 1) where[letters[fromA + at]!]! |= 1 << at;
      this.hot = a;
    }
    const reach = Math.max(0, ((la > lb ? la : lb) >> 1) - 1);
    const fromB = b * place;
    let takenA = 0;
    let takenB = 0;
    let common = 0;
    for (let at = 0; at < lb; at += 1) {
      const low = at - reach;
      const high = at + reach;
      let open = where[letters[fromB + at]!]! & ~takenA;
      if (low > 0) open &= -1 << low;
      if (high < 31) open &= (1 << (high + 1)) - 1;
      if (open === 0) continue;
      takenA |= open & -open;
      takenB |= 1 << at;
      common += 1;
    }
    if (common === 0) return 0;
    let moved = 0;
    let restB = takenB;
    for (let restA = takenA; restA !== 0; restA &= restA - 1) {
      if (
        letters[fromA + 31 - Math.clz32(restA & -restA)] !== letters[fromB + 31 - Math.clz32(restB & -restB)]
      )
        moved += 1;
      restB &= restB - 1;
    }
    let similarity = (common / la + common / lb + (common - (moved >> 1)) / common) / 3;
    if (similarity > 0.7) {
      let prefix = 0;
      while (prefix < 4 && prefix < la && prefix < lb && letters[fromA + prefix] === letters[fromB + prefix])
        prefix += 1;
      similarity += prefix * 0.1 * (1 - similarity);
    }
    return similarity >= 0.92 ? 3 : similarity >= 0.88 ? 2 : similarity >= 0.7 ? 1 : 0;
  }
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
  const rightBy = new Map<number, number[]>();
  for (const [index, row] of right.entries()) {
    const key = block(row);
    const known = rightBy.get(key);
    if (known === undefined) rightBy.set(key, [index]);
    else known.push(index);
  }
  const lefts: number[] = [];
  const rights: number[] = [];
  for (const [index, row] of left.entries())
    for (const other of rightBy.get(block(row)) ?? []) {
      lefts.push(index);
      rights.push(other);
    }
  const pairsLeft = Int32Array.from(lefts);
  const pairsRight = Int32Array.from(rights);

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
  const level = (column: string): string =>
    `case when l.${column} = r.${column} then 4 else (case when jaro_winkler_similarity(l.${column}, r.${column}) >= 0.92 then 3 when jaro_winkler_similarity(l.${column}, r.${column}) >= 0.88 then 2 when jaro_winkler_similarity(l.${column}, r.${column}) >= 0.7 then 1 else 0 end) end`;
  const query = `select ${columns.map((column) => `${level(column)} as ${column}`).join(', ')}, (l.born = r.born)::integer as born, count(*)::integer as n from l join r using (block) group by all`;
  const duckStart = performance.now();
  const answer = await connection.runAndReadAll(query);
  const duckSeconds = (performance.now() - duckStart) / 1000;
  const theirs = new Map<number, number>();
  for (const row of answer.getRows()) {
    const [a, b, c, d, n] = row.map(Number);
    theirs.set((((a ?? 0) * 5 + (b ?? 0)) * 5 + (c ?? 0)) * 2 + (d ?? 0), n ?? 0);
  }
  connection.closeSync();

  // Loading and coding are left out on both sides; tables of levels are part of the work here.
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
  const start = performance.now();
  const levellers = coded.map((one) => new Leveller(one));
  const [family, given, patronymic] = [coded[0]!, coded[1]!, coded[2]!];
  const [first, second, third] = [levellers[0]!, levellers[1]!, levellers[2]!];
  const ours = new Float64Array(250);
  for (let at = 0; at < pairsLeft.length; at += 1) {
    const a = pairsLeft[at]!;
    const b = pairsRight[at]!;
    const pattern =
      ((first.get(family.left[a]!, family.right[b]!) * 5 + second.get(given.left[a]!, given.right[b]!)) * 5 +
        third.get(patronymic.left[a]!, patronymic.right[b]!)) *
        2 +
      (born.left[a] === born.right[b] ? 1 : 0);
    ours[pattern]! += 1;
  }
  const hereSeconds = (performance.now() - start) / 1000;
  let agree = true;
  for (let pattern = 0; pattern < ours.length; pattern += 1)
    if (ours[pattern] !== (theirs.get(pattern) ?? 0)) agree = false;
  const pairs = pairsLeft.length;
  return {
    pairs,
    duckdb: pairs / duckSeconds,
    here: pairs / hereSeconds,
    ratio: duckSeconds / hereSeconds,
    agree,
  };
}
