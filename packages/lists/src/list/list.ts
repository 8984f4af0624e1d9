/** A list as it came from its file, in plain arrays, so that a thread can hand it over; and the table that linkage compares. */
import type { ComparedColumn, PersonTable } from '@homeward/core/linkage';
import { decodeStrings, type EncodedStrings } from './byte-dictionary.ts';

/** A row that was put aside. */
export interface Reject {
  readonly line: number;
  readonly reason: string;
  /** The row's text, at most 1000 signs. */
  readonly text: string;
}

export interface EncodedColumn extends ComparedColumn {
  readonly cells: EncodedStrings;
  readonly codes: Int32Array<ArrayBuffer>;
}

/** A list as it came from its file; plain arrays, so that a worker can hand it over. */
export interface EncodedList {
  readonly path: string;
  /** The encoding of a text file, or the kind of workbook. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly rows: number;
  readonly ids: EncodedStrings;
  readonly columns: readonly EncodedColumn[];
  readonly ignored: readonly string[];
  readonly rejects: readonly Reject[];
  /** Rejects beyond those kept in `rejects`. */
  readonly moreRejects: number;
  /** What the reader did beyond reading, in sentences without persons. */
  readonly notes: readonly string[];
}

/** The table the core compares. */
export function toTable(list: EncodedList): PersonTable {
  return {
    ids: decodeStrings(list.ids),
    ignored: list.ignored,
    columns: list.columns.map(({ name, kind, cells, codes }) => ({
      name,
      kind,
      cells: decodeStrings(cells),
      codes,
    })),
  };
}
