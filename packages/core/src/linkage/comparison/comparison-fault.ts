/** Why a comparison has no answer, in a sentence that says what would help. */
import { suggestMapping } from '../columns/known-columns.ts';
import type { PersonTable } from '../columns/person-table.ts';
import { findModelFault, type Model } from '../model/model.ts';
import type { Comparison } from './comparison.ts';

/** The columns of a list that would be compared, and those whose headers are not known. */
function describeColumns(name: string, table: PersonTable): string {
  const known = table.columns.map((column) => column.name).join(', ');
  const other = table.ignored.map((header) => `"${header}"`).join(', ');
  return `${name} has ${known === '' ? 'no known column' : known}${other === '' ? '' : `, and ${other.slice(0, 300)}`}`;
}

/**
 * The first reason to refuse a comparison, or undefined.
 *
 * @param names of the lists, as the reader knows them
 */
export function findComparisonFault(
  { left, right, fields }: Comparison,
  { model }: { readonly model?: Model },
  names: readonly string[],
): string | undefined {
  if (fields.length === 0) {
    const tables = [left, ...(right === left ? [] : [right])];
    const described = tables.map((table, index) => describeColumns(names[index] ?? '', table));
    return `${names.join(' and ')}: the lists share no column to compare (${[...new Set(described)].join('; ')}). Say which is which with --mapping FILE, a file such as ${suggestMapping(left.ignored)}`;
  }
  const fault = model === undefined ? undefined : findModelFault(model, fields);
  return fault === undefined ? undefined : `the model does not fit: ${fault}`;
}
