/** Which row of a file names its columns: titles stand above it, and some files have none. */
import { getColumnUses, type ColumnMapping, type ColumnUse } from '@homeward/core/linkage';
import { findGivenName, isClearlyPatronymic } from '@homeward/core/names';

/** A row of the beginning of a file. */
export interface EarlyRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly number: number;
}

export interface HeaderRow {
  /** Its place among the early rows. */
  readonly at: number;
  /** Without empty cells at the end. */
  readonly cells: readonly string[];
  readonly uses: readonly ColumnUse[];
}

const compares = (use: ColumnUse): boolean => use.use === 'compare';

function trimEnd(cells: readonly string[]): readonly string[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === '') length -= 1;
  return cells.slice(0, length);
}

/** The row with the most known columns, the first of several; undefined when no row names any. */
export function findHeaderRow(rows: readonly EarlyRow[], mapping: ColumnMapping): HeaderRow | undefined {
  let best: HeaderRow | undefined;
  let most = 0;
  for (const [at, row] of rows.entries()) {
    const cells = trimEnd(row.cells);
    const uses = getColumnUses(cells, mapping);
    const known = uses.filter(compares).length;
    // An id alone names a column, but any number sign does so too.
    const score = known + (known > 0 && uses.some((use) => use.use === 'id') ? 0.5 : 0);
    if (score > most) {
      most = score;
      best = { at, cells, uses };
    }
  }
  return best;
}

/** True when a row looks like a person: figures, a known given name, a patronymic. */
function looksLikePerson(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const words = cell.split(/[\s.]+/u).filter((word) => word.length > 2);
    return (
      /\d{2}[.\-/]\d{2}[.\-/]\d{2}|\d{4}/u.test(cell) ||
      words.some((word) => isClearlyPatronymic(word) || findGivenName(word).classes.length > 0)
    );
  });
}

const example = 'id;Прізвище;Ім’я;По батькові;Дата народження';

/** Why no row can be the header, without the cells of a row that may be a person. */
export function describeNoHeader(rows: readonly EarlyRow[]): string {
  const first = rows[0];
  if (first === undefined) return 'the file is empty; a header row was expected';
  const where = `line ${first.line}`;
  if (looksLikePerson(first.cells)) {
    return (
      `${where}: a header row was expected, and this row seems to hold a person. ` +
      `Add a row of column names above it, such as ${example}`
    );
  }
  const named = first.cells
    .map((cell) => `"${cell}"`)
    .join(', ')
    .slice(0, 300);
  return (
    `${where}: no column is known among ${named}. Name the columns in the file, such as ${example}, ` +
    `or say which is which with --mapping FILE, a file such as {"columns":{"a header":"family_name"}}`
  );
}
