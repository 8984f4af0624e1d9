/** A list of persons by columns, each column a dictionary of distinct cells and one code per row. */
import { getColumnUses, type ColumnMapping, type ComparedColumn } from './known-columns.ts';

export interface TableColumn extends ComparedColumn {
  /** Distinct raw cells, trimmed, never empty. */
  readonly cells: readonly string[];
  /** Per row: the place of its cell in `cells`, or -1 when it is empty. */
  readonly codes: Int32Array;
}

export interface PersonTable {
  readonly ids: readonly string[];
  readonly columns: readonly TableColumn[];
  /** Headers that are not compared: kept by their owner, reported here. */
  readonly ignored: readonly string[];
}

/** Gives distinct cells their codes, in the order in which they come. */
export class CellCoder {
  readonly cells: string[] = [];
  readonly #codes = new Map<string, number>();

  /** The code of a cell; -1 for an empty one. */
  encode(cell: string): number {
    if (cell === '') return -1;
    let code = this.#codes.get(cell);
    if (code === undefined) {
      code = this.cells.length;
      this.#codes.set(cell, code);
      this.cells.push(cell);
    }
    return code;
  }
}

/** One person as plain data: column name → cell. */
export type PersonRow = Readonly<Record<string, string | undefined>>;

/**
 * Makes a table from plain rows, for callers that have no file.
 *
 * @param rows one record per person; the id column is `id` or what the mapping says
 * @throws Error when a row has no id or an id comes twice: a list with such rows has no answer
 */
export function toPersonTable(rows: readonly PersonRow[], mapping: ColumnMapping = {}): PersonTable {
  const headers: string[] = [];
  for (const row of rows)
    for (const header of Object.keys(row)) if (!headers.includes(header)) headers.push(header);
  const ids: string[] = Array.from({ length: rows.length }, () => '');
  const columns: TableColumn[] = [];
  const ignored: string[] = [];
  let hasId = false;
  const uses = getColumnUses(headers, mapping);
  for (const [at, header] of headers.entries()) {
    const use = uses[at]!;
    if (use.use === 'id') {
      hasId = true;
      for (const [index, row] of rows.entries()) ids[index] = (row[header] ?? '').trim();
    } else if (use.use === 'keep') ignored.push(header);
    else {
      const coder = new CellCoder();
      const codes = Int32Array.from(rows, (row) => coder.encode((row[header] ?? '').trim()));
      columns.push({ ...use.column, cells: coder.cells, codes });
    }
  }
  if (rows.length > 0 && !hasId) throw new Error('the list has no id column');
  const seen = new Set<string>();
  for (const id of ids) {
    if (id === '') throw new Error('a row has no id');
    if (seen.has(id)) throw new Error(`the id ${id} comes twice`);
    seen.add(id);
  }
  return { ids, columns, ignored };
}
