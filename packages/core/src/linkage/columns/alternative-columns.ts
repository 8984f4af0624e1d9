/** Several columns of one list that hold one thing: a name in two scripts, a name and its aliases. */
import { alternativeMark } from '../../names/index.ts';
import { CellCoder, type PersonTable, type TableColumn } from './person-table.ts';

/** Makes one column of two: a row with both cells offers both, in the order of the columns. */
function joinColumns(first: TableColumn, second: TableColumn): TableColumn {
  const coder = new CellCoder();
  const codes = Int32Array.from(first.codes, (code, row) => {
    const other = second.codes[row]!;
    const parts = [code < 0 ? '' : first.cells[code]!, other < 0 ? '' : second.cells[other]!];
    const both = parts.filter((cell) => cell !== '');
    return coder.encode([...new Set(both)].join(alternativeMark));
  });
  return { name: first.name, kind: first.kind, cells: coder.cells, codes };
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
