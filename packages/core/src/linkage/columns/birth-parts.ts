/** A date of birth that stands in three columns: day, month and year. */
import { CellCoder, type PersonTable, type TableColumn } from './person-table.ts';

const names = ['birth_year', 'birth_month', 'birth_day'] as const;

/** The table with one column for the date of birth, where it had one for each part. */
export function joinBirthParts(table: PersonTable): PersonTable {
  const [year, month, day] = names.map((name) => table.columns.find((column) => column.name === name));
  if (year === undefined) return table;
  const rest = table.columns.filter((column) => !names.some((name) => name === column.name));
  if (rest.some((column) => column.name === 'date_of_birth')) return { ...table, columns: rest };
  const coder = new CellCoder();
  const at = (column: TableColumn | undefined, row: number): string => {
    const code = column?.codes[row] ?? -1;
    return code < 0 ? '' : column!.cells[code]!;
  };
  const codes = Int32Array.from(year.codes, (_, row) => {
    const [y, m, d] = [at(year, row), at(month, row), at(day, row)];
    if (y === '') return -1;
    if (m === '') return coder.encode(y);
    // A month may be named; a day without a month says nothing.
    return coder.encode(
      /^\d+$/u.test(m) ? (d === '' ? `${m}.${y}` : `${d}.${m}.${y}`) : `${d} ${m} ${y}`.trim(),
    );
  });
  return { ...table, columns: [...rest, { name: 'date_of_birth', kind: 'date', cells: coder.cells, codes }] };
}
