/** Several columns of one list that hold one thing: a name in two scripts, a name and its aliases. */
import { alternativeMark } from '../names/index.ts';
import type { PersonTable, TableColumn } from './person-table.ts';

/** Makes one column of two: a row with both cells offers both, in the order of the columns. */
function joinColumns(first: TableColumn, second: TableColumn): TableColumn {
  const place = new Map<string, number>();
  const cells: string[] = [];
  const encode = (cell: string): number => {
    let code = place.get(cell);
    if (code === undefined) {
      code = cells.length;
      place.set(cell, code);
      cells.push(cell);
    }
    return code;
  };
  const codes = Int32Array.from(first.codes, (code, row) => {
    const other = second.codes[row]!;
    if (code < 0 && other < 0) return -1;
    const parts = [code < 0 ? '' : first.cells[code]!, other < 0 ? '' : second.cells[other]!];
    const both = parts.filter((cell) => cell !== '');
    return encode(both[0] === both[1] ? both[0]! : both.join(alternativeMark));
  });
  return { name: first.name, kind: first.kind, cells, codes };
}

/** The table with one column for each thing that is compared. */
export function joinAlternativeColumns(table: PersonTable): PersonTable {
  const joined = new Map<string, TableColumn>();
  for (const column of table.columns) {
    const known = joined.get(column.name);
    joined.set(column.name, known === undefined ? column : joinColumns(known, column));
  }
  return joined.size === table.columns.length ? table : { ...table, columns: [...joined.values()] };
}
