/** Cells of a column that hold something and could not be read: counted and shown by their form, never by what they say. */
import type { TableColumn } from '../columns/person-table.ts';
import { isUnknown } from '../kinds/unknown-words.ts';

export interface UnreadCells {
  /** Rows whose cell could not be read. */
  readonly rows: number;
  /** Rows whose cell holds anything. */
  readonly filled: number;
  /** At most three forms, the commonest first: figures as 9, letters as x. */
  readonly forms: readonly string[];
}

export const nothingUnread: UnreadCells = { rows: 0, filled: 0, forms: [] };

const formsMax = 3;
const formLettersMax = 40;

/** What a cell looks like: `12 травня, ранок` is `99 xxxxxx, xxxxx`. */
export function toForm(cell: string): string {
  const form = cell
    .slice(0, formLettersMax)
    .replace(/\p{N}/gu, '9')
    .replace(/\p{L}\p{M}*/gu, 'x')
    .replace(/[^9x.,:;/\\\-–—()'"«»\s]/gu, '?')
    .replace(/\s+/gu, ' ');
  return cell.length > formLettersMax ? `${form}…` : form;
}

/**
 * @param values the canonical text of each distinct cell
 *
 * Cost: one pass over the distinct cells and one over the rows.
 */
export function countUnread(column: TableColumn, values: readonly string[]): UnreadCells {
  const isUnread = column.cells.map((cell, code) => values[code] === '' && !isUnknown(cell));
  const counts = new Int32Array(column.cells.length);
  let filled = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    filled += 1;
    counts[code]! += 1;
  }
  const forms = new Map<string, number>();
  let rows = 0;
  for (const [code, cell] of column.cells.entries()) {
    if (!isUnread[code]) continue;
    rows += counts[code]!;
    const form = toForm(cell);
    forms.set(form, (forms.get(form) ?? 0) + counts[code]!);
  }
  const shown = [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, formsMax);
  return { rows, filled, forms: shown.map(([form]) => form) };
}
