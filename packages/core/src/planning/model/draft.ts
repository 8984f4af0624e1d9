/** Rows and columns while they are written: what the rules and the objectives of a formulation add to. */
import type { Cell, Cells } from './cell.ts';
import type { Roster } from '../problem/roster.ts';
import type { LinearModel } from '../problem/solver.ts';

/** What rows of single cells are called: a finer formulation may have other cells, and never looks for them. */
export const cellKey = 'cell';
export const fetchKey = 'fetch';

export interface DraftRow {
  /** A stable name by which a finer formulation finds the same row again. */
  readonly key: string;
  readonly columns: number[];
  readonly values: number[];
  readonly lower: number;
  readonly upper: number;
}

export interface Draft {
  readonly roster: Roster;
  readonly cells: Cells;
  readonly tranches: readonly number[];
  readonly lower: number[];
  readonly upper: number[];
  readonly rows: DraftRow[];
  /** The column of cell c in tranche t at c * trancheCount + t; -1 where closed. */
  readonly columns: Int32Array;
  /** Columns that are no cell's, by name. */
  readonly auxiliary: Map<string, number>;
}

/** A draft with a column for each cell and open tranche, and a row that places each cell at most once. */
export function openDraft(roster: Roster, cells: Cells): Draft {
  const off = roster.trancheCount;
  const columns = new Int32Array(cells.cells.length * off).fill(-1);
  const tranches = Array.from({ length: off }, (_, tranche) => tranche);
  const draft: Draft = {
    roster,
    cells,
    tranches,
    lower: [],
    upper: [],
    rows: [],
    columns,
    auxiliary: new Map(),
  };
  cells.cells.forEach((cell, c) => {
    const size = toSize(cell);
    for (const tranche of tranches) {
      if (cell.open[tranche] === 1) columns[c * off + tranche] = addColumn(draft, 0, size);
    }
  });
  cells.cells.forEach((cell, c) => {
    const size = toSize(cell);
    const row = addRow(draft, cellKey, cell.mustGo ? size : 0, size);
    for (const tranche of tranches) put(row, getColumn(draft, c, tranche), 1);
  });
  return draft;
}

/** What the columns of a cell add up to at most: its persons, or 1 when they move as one. */
export function toSize(cell: Cell): number {
  return cell.kind === 'pool' ? cell.members.length : 1;
}

/** The column of a cell in a tranche; -1 where the tranche is closed to it. */
export function getColumn({ columns, tranches }: Draft, cell: number, tranche: number): number {
  return columns[cell * tranches.length + tranche] ?? -1;
}

/** A new column; one that is no cell's has a name, so that a finer formulation finds it again. */
export function addColumn(draft: Draft, low: number, high: number, name?: string): number {
  const column = draft.lower.length;
  draft.lower.push(low);
  draft.upper.push(high);
  if (name !== undefined) draft.auxiliary.set(name, column);
  return column;
}

export function addRow(draft: Draft, key: string, low: number, high: number): DraftRow {
  const row: DraftRow = { key, columns: [], values: [], lower: low, upper: high };
  draft.rows.push(row);
  return row;
}

/** Writes an entry; a closed column counts nothing. */
export function put(row: DraftRow, column: number, value: number): void {
  if (column < 0 || value === 0) return;
  row.columns.push(column);
  row.values.push(value);
}

export function toModel({ lower, upper, rows }: Draft): LinearModel {
  const entries = rows.reduce((sum, row) => sum + row.columns.length, 0);
  const rowStarts = new Int32Array(rows.length + 1);
  const rowLower = new Float64Array(rows.length);
  const rowUpper = new Float64Array(rows.length);
  const rowColumns = new Int32Array(entries);
  const rowValues = new Float64Array(entries);
  let at = 0;
  rows.forEach((row, index) => {
    rowStarts[index] = at;
    rowLower[index] = row.lower;
    rowUpper[index] = row.upper;
    for (let entry = 0; entry < row.columns.length; entry += 1, at += 1) {
      rowColumns[at] = row.columns[entry] ?? 0;
      rowValues[at] = row.values[entry] ?? 0;
    }
  });
  rowStarts[rows.length] = at;
  return {
    columnLower: new Float64Array(lower),
    columnUpper: new Float64Array(upper),
    columnInteger: new Uint8Array(lower.length).fill(1),
    rowLower,
    rowUpper,
    rowStarts,
    rowColumns,
    rowValues,
  };
}
