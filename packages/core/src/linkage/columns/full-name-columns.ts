/** A whole-name column parted into family name, given name and patronymic. */
import {
  alternativeMark,
  parseFullName,
  repairName,
  splitAlternatives,
  type FullName,
} from '../../names/index.ts';
import { joinAlternativeColumns } from './alternative-columns.ts';
import { getColumnScript } from '../kinds/column-script.ts';
import type { ColumnKind } from '../kinds/index.ts';
import { CellCoder, type PersonTable, type TableColumn } from './person-table.ts';

/**
 * Splits a whole-name column into family name, given name and patronymic, where the table lacks them. A cell that offers
 * several names gives several to each part.
 */
export function splitFullNames(given: PersonTable): PersonTable {
  const table = joinAlternativeColumns(given);
  const full = table.columns.find((column) => column.kind === 'full_name');
  if (full === undefined || table.columns.some((column) => column.kind === 'family_name')) return table;
  const parted = full.cells.map((cell) => splitAlternatives(cell, true));
  const script = getColumnScript(parted.flat());
  const parsed = parted.map((names) =>
    names.map((one) => {
      const { text } = repairName(one, script);
      const name = parseFullName(text);
      return { name, isFamilyFirst: text.indexOf(name.family) < text.indexOf(name.given) };
    }),
  );
  // The order a column uses is its habit: a guess follows the rows that show it.
  let familyFirst = 0;
  let familyLast = 0;
  for (const { name, isFamilyFirst } of parsed.flat()) {
    if (!name.sure || name.family === '' || name.given === '') continue;
    if (isFamilyFirst) familyFirst += 1;
    else familyLast += 1;
  }
  const habit = familyLast > familyFirst ? 'last' : 'first';
  const shown = Math.max(familyFirst, familyLast) >= 3 * Math.min(familyFirst, familyLast) + 3;
  const settled = parsed.map((names) =>
    names.map(({ name, isFamilyFirst }) =>
      !name.sure &&
      name.given !== '' &&
      name.family !== '' &&
      shown &&
      isFamilyFirst !== (habit === 'first') &&
      !name.given.includes(' ')
        ? { ...name, family: name.given, given: name.family }
        : name,
    ),
  );
  const offer = (index: number, part: (name: FullName) => readonly string[]): string =>
    [...new Set(settled[index]!.flatMap(part))].filter((text) => text !== '').join(alternativeMark);
  const column = (name: string, kind: ColumnKind, get: (index: number) => string): TableColumn => {
    const coder = new CellCoder();
    const codes = full.cells.map((_, index) => coder.encode(get(index)));
    return {
      name,
      kind,
      cells: coder.cells,
      codes: Int32Array.from(full.codes, (code) => (code < 0 ? -1 : codes[code]!)),
    };
  };
  return {
    ...table,
    columns: [
      ...table.columns.filter(
        (one) => one !== full && one.kind !== 'given_name' && one.kind !== 'patronymic',
      ),
      column('family_name', 'family_name', (index) => offer(index, (name) => [name.family, name.former])),
      column('given_name', 'given_name', (index) => offer(index, (name) => [name.given])),
      column('patronymic', 'patronymic', (index) => offer(index, (name) => [name.patronymic])),
    ],
  };
}
