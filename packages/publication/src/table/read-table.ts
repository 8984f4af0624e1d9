/**
 * Reads a table with the line of every row: CSV (RFC 4180, UTF-8, a byte-order mark allowed), or a workbook (XLSX, ODS), of
 * which the first sheet that has the wanted column is read.
 *
 * Law     The first row names the columns. A row with more or fewer cells than the header refuses the whole table.
 * Cost    The whole file in memory: tables of statements and exchanges are read by people, and are small.
 */
import { err, ok, type Result } from '@homeward/core/result';
import type { Table, TableRow } from '@homeward/core/statements';
import { detectFormat, readSheets, SheetFault, type Sheet } from '@homeward/lists';
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
    return err(`${path} cannot be read (${code}): expected a CSV file or a workbook`);
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
  const format = detectFormat(bytes.subarray(0, 4096));
  if (format === 'workbook') return parseWorkbook(bytes, path);
  if (typeof format === 'object') return err(`${path}: ${format.refusal}`);
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
  let line = 1;
  const numbered = records.map(({ record, info }) => {
    // The parser tells where a row ends; a row begins on the line after the one before it.
    const first = line;
    line = info.lines + 1;
    return { line: first, cells: record.map((cell) => cell.trim()) };
  });
  return toTable(numbered, path, true);
}

/** A column by which the sheet is told that is meant. */
const keyColumns: readonly string[] = ['statement_id', 'row_id'];

function parseWorkbook(bytes: Uint8Array, path: string): Result<Table, string> {
  try {
    const sheets = readSheets(bytes);
    if (!sheets.ok) return err(`${path}: ${sheets.error}`);
    const tables = sheets.value.map((sheet) =>
      toTable(rowsOf(sheet), `${path}, sheet "${sheet.name}"`, false),
    );
    const found = tables.find(
      (table) => table.ok && keyColumns.some((column) => table.value.columns.includes(column)),
    );
    return found ?? tables[0] ?? err(`${path}: expected a sheet, found none`);
  } catch (error) {
    if (error instanceof SheetFault || error instanceof RangeError) return err(`${path}: ${error.message}`);
    throw error;
  }
}

function rowsOf(sheet: Sheet): readonly NumberedRow[] {
  return [...sheet.rows()].map(({ number, cells }) => ({
    line: number,
    cells: cells.map((cell) => cell.trim()),
  }));
}

interface NumberedRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** @param isExact  a row must have as many cells as the header; a sheet leaves empty ones out */
function toTable(all: readonly NumberedRow[], path: string, isExact: boolean): Result<Table, string> {
  const [header, ...rows] = all.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (header === undefined)
    return err(`${path}, line 1: expected a row that names the columns, found nothing`);
  const columns = header.cells.map((name) => name.toLowerCase());
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  if (twice !== undefined)
    return err(`${path}, line ${header.line}: expected each column once, found "${twice}" twice`);
  const read: TableRow[] = [];
  for (const { line, cells } of rows) {
    if (isExact ? cells.length !== columns.length : cells.length > columns.length) {
      return err(`${path}, line ${line}: expected ${columns.length} cells, found ${cells.length}`);
    }
    read.push({ line, cells: Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])) });
  }
  return ok({ columns, rows: read });
}
