/** Why a comparison has no answer, in a sentence that says what would help. */
import { suggestMapping } from '../columns/known-columns.ts';
import type { PersonTable } from '../columns/person-table.ts';
import { findModelFault, type Model } from '../model/model.ts';
import type { Field } from '../fields/field.ts';
import type { UnreadCells } from '../fields/unread-cells.ts';
import { kinds, type ColumnKind } from '../kinds/index.ts';
import type { Comparison } from './comparison.ts';

/** The columns of a list that would be compared, and those whose headers are not known. */
function describeColumns(name: string, table: PersonTable): string {
  const known = table.columns.map((column) => column.name).join(', ');
  const other = table.ignored.map((header) => `"${header}"`).join(', ');
  return `${name} has ${known === '' ? 'no known column' : known}${other === '' ? '' : `, and ${other.slice(0, 300)}`}`;
}

/** Of the cells that hold anything this share may be unreadable before a column is refused. */
const unreadShareMax = 0.25;
/** So few unread cells are only told. */
const unreadRowsMin = 5;

const describeUnread = (list: string, column: string, { rows, filled, forms }: UnreadCells): string =>
  `${list}: column ${column}: ${rows} of ${filled} cells could not be read, of the form ${forms.map((form) => `"${form}"`).join(', ')}`;

function listUnread(fields: readonly Field[], names: readonly string[]): readonly [string, UnreadCells][] {
  return fields.flatMap(({ name, unread }) =>
    unread.flatMap((cells, side): [string, UnreadCells][] =>
      cells.rows === 0 ? [] : [[describeUnread(names[side] ?? '', name, cells), cells]],
    ),
  );
}

/** What could not be read, a sentence for each column of each list. */
export function describeUnreadCells({ fields }: Comparison, names: readonly string[]): readonly string[] {
  return listUnread(fields, names).map(([sentence]) => sentence);
}

const isName = (kind: ColumnKind): boolean => kinds[kind].isRepeated;

/** Why lists are not compared without their names: dates and places alone would make pairs of strangers. */
function findNameFault({ left, right, fields }: Comparison, names: readonly string[]): string | undefined {
  if (fields.some(({ kind }) => isName(kind) || kind === 'identifier')) return undefined;
  const compared = fields.map((field) => field.name).join(', ');
  const nameless = [left, right].flatMap((table, index) =>
    table.columns.some((column) => isName(column.kind))
      ? []
      : [describeColumns(names[index] ?? names[0] ?? '', table)],
  );
  return (
    `only ${compared} could be compared: the names are in no column that both lists share and that is known, ` +
    `and without names strangers would be matched (${[...new Set(nameless)].join('; ')}). ` +
    `Say which column holds the names with --mapping FILE, a file such as {"columns":{"a header":"full_name"}}`
  );
}

/**
 * The first reason to refuse a comparison, or undefined.
 *
 * @param names of the lists, as the reader knows them
 */
export function findComparisonFault(
  comparison: Comparison,
  { model }: { readonly model?: Model },
  names: readonly string[],
): string | undefined {
  const { left, right, fields } = comparison;
  if (fields.length === 0) {
    const tables = [left, ...(right === left ? [] : [right])];
    const described = tables.map((table, index) => describeColumns(names[index] ?? '', table));
    return `${names.join(' and ')}: the lists share no column to compare (${[...new Set(described)].join('; ')}). Say which is which with --mapping FILE, a file such as ${suggestMapping(left.ignored)}`;
  }
  const nameFault = findNameFault(comparison, names);
  if (nameFault !== undefined) return nameFault;
  const unread = listUnread(fields, names).find(
    ([, { rows, filled }]) => rows >= unreadRowsMin && rows > unreadShareMax * filled,
  );
  if (unread !== undefined)
    return `${unread[0]}; too many to go on. Write them as 1989-05-12 or 12.05.1989, or leave the column out with --mapping FILE ({"columns":{"a header":"ignore"}})`;
  const fault = model === undefined ? undefined : findModelFault(model, fields);
  return fault === undefined ? undefined : `the model does not fit: ${fault}`;
}
