/** Rows of a sheet with their line numbers, whatever file they came from, and how one cell of them is at fault. */
import { err, ok, type Result } from '../result.ts';

export interface TableRow {
  /** The line on which the row begins, 1-based; in a workbook its row. */
  readonly line: number;
  /** Cells by the name of their column, trimmed. A column that is not there is not in it. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface CellFault {
  readonly line: number;
  readonly column: string;
  /** What was expected there, to be read after "expected". */
  readonly expected: string;
  readonly found: string;
}

export function cellFaultToSentence({ line, column, expected, found }: CellFault): string {
  return `line ${line}, column ${column}: expected ${expected}, found ${found === '' ? 'an empty cell' : `"${found}"`}`;
}

/** Reads one row at a time and collects every fault, so that a person mends a sheet once. */
export class RowReader {
  readonly faults: CellFault[] = [];
  #row: TableRow = { line: 0, cells: {} };

  take(row: TableRow): void {
    this.#row = row;
  }

  text(column: string): string {
    return Object.hasOwn(this.#row.cells, column) ? (this.#row.cells[column] ?? '') : '';
  }

  /** Parts of a cell that holds several values divided by `;`. */
  parts(column: string): readonly string[] {
    return this.text(column)
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  optional(column: string): string | undefined {
    const text = this.text(column);
    return text === '' ? undefined : text;
  }

  needed(column: string, expected: string): string {
    const text = this.text(column);
    if (text === '') this.fault(column, expected);
    return text;
  }

  oneOf<T extends string>(column: string, words: readonly T[], otherwise: T): T {
    const text = this.text(column);
    const found = words.find((word) => word === text);
    if (found === undefined) this.fault(column, `one of ${words.join(', ')}`);
    return found ?? otherwise;
  }

  fault(column: string, expected: string): void {
    this.faults.push({ line: this.#row.line, column, expected, found: this.text(column) });
  }

  done<T>(value: T): Result<T, readonly CellFault[]> {
    return this.faults.length === 0 ? ok(value) : err(this.faults);
  }
}

/** The columns that a table lacks, as a fault of its first line. */
export function findMissingColumns(table: Table, needed: readonly string[]): readonly CellFault[] {
  return needed
    .filter((column) => !table.columns.includes(column))
    .map((column) => ({
      line: 1,
      column,
      expected: 'a column of this name',
      found: table.columns.join(', '),
    }));
}
