/**
 * Reads a CSV table (RFC 4180, UTF-8, a byte-order mark allowed) with the line of every row.
 *
 * Law     The first row names the columns. A row with more or fewer cells than the header refuses the whole table.
 * Cost    The whole file in memory: tables of statements and exchanges are read by people, and are small.
 */
import { err, ok, type Result } from '@homeward/core/result';
import type { Table, TableRow } from '@homeward/core/statements';
import { CsvError, parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';

const bytesMax = 64 << 20;

/** @returns the table, or a sentence that names the file and line, and what was expected */
export function readTable(path: string): Result<Table, string> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err(`${path} cannot be read (${code}): expected a CSV file`);
  }
  if (bytes.length > bytesMax) return err(`${path}: expected at most 64 MiB, found ${bytes.length} bytes`);
  return parseTable(bytes, path);
}

interface Record {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** As `readTable`, of bytes already read; `path` is only for the sentence. */
export function parseTable(bytes: Uint8Array, path: string): Result<Table, string> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return err(`${path}: expected UTF-8, found other bytes`);
  }
  let records: readonly Record[];
  try {
    records = parse(text, {
      info: true,
      relax_column_count: true,
      trim: true,
    }) as unknown as readonly Record[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return err(`${path}, line ${line}: expected cells divided by commas, with a quote at both ends or none`);
  }
  const [header, ...rows] = records;
  if (header === undefined)
    return err(`${path}, line 1: expected a row that names the columns, found nothing`);
  const columns = header.record.map((name) => name.toLowerCase());
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) return err(`${path}, line 1: expected each column once, found "${twice}" twice`);
  const read: TableRow[] = [];
  let last = header.info.lines;
  for (const { record, info } of rows) {
    // The parser tells where a row ends; a row begins on the line after the one before it.
    const line = last + 1;
    last = info.lines;
    if (record.length === 1 && record[0] === '') continue;
    if (record.length !== columns.length) {
      return err(`${path}, line ${line}: expected ${columns.length} cells, found ${record.length}`);
    }
    const cells = Object.fromEntries(columns.map((name, index) => [name, record[index] ?? '']));
    read.push({ line, cells });
  }
  return ok({ columns, rows: read });
}
