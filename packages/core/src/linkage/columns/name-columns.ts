/** The name columns of a list as they are compared: family name, given name and patronymic, in the nominative. */
import {
  alternativeMark,
  isClearlyPatronymic,
  parseFullName,
  readOtherCase,
  repairName,
  splitAlternatives,
  splitGiven,
  toNominative,
  type FullName,
} from '../../names/index.ts';
import { joinAlternativeColumns } from './alternative-columns.ts';
import { joinBirthParts } from './birth-parts.ts';
import { getColumnScript } from '../kinds/column-script.ts';
import { isUnknown } from '../kinds/unknown-words.ts';
import type { ColumnKind } from '../kinds/index.ts';
import { CellCoder, type PersonTable, type TableColumn } from './person-table.ts';

/**
 * Splits a whole-name column into family name, given name and patronymic, where the table lacks them. A cell that offers
 * several names gives several to each part.
 */
function splitFullNames(table: PersonTable): PersonTable {
  const full = table.columns.find((column) => column.kind === 'full_name');
  if (full === undefined || table.columns.some((column) => column.kind === 'family_name')) return table;
  const parted = full.cells.map((cell) => (isUnknown(cell) ? [] : splitAlternatives(cell, true)));
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

const isPatronymic = (word: string): boolean =>
  isClearlyPatronymic(word) || readOtherCase(word) !== undefined || /^\p{L}\.$/u.test(word);

/** At least this share of a column's cells shows that it holds patronymics besides. */
const leastShare = 0.2;

/** Splits a column of given names that holds the patronymics as well ("Тарас Іванович", "Т. І."), where no other does. */
function splitGivenNames(table: PersonTable): PersonTable {
  const given = table.columns.find((column) => column.kind === 'given_name');
  if (given === undefined || table.columns.some((column) => column.kind === 'patronymic')) return table;
  const parted = given.cells.map((cell) => {
    const words = cell.replace(/\.(?=\p{L})/gu, '. ').split(/\s+/u);
    return words.length > 1 && isPatronymic(words.at(-1)!) ? splitGiven(words) : undefined;
  });
  const found = parted.filter((one) => one !== undefined && one.patronymic !== '').length;
  if (found === 0 || found < leastShare * given.cells.length) return table;
  const column = (name: string, kind: ColumnKind, cells: readonly string[]): TableColumn => {
    const coder = new CellCoder();
    const codes = cells.map((cell) => coder.encode(cell));
    return {
      name,
      kind,
      cells: coder.cells,
      codes: Int32Array.from(given.codes, (code) => (code < 0 ? -1 : codes[code]!)),
    };
  };
  return {
    ...table,
    columns: [
      ...table.columns.filter((one) => one !== given),
      column(
        given.name,
        'given_name',
        given.cells.map((cell, index) => parted[index]?.given ?? cell),
      ),
      column(
        'patronymic',
        'patronymic',
        given.cells.map((_, index) => parted[index]?.patronymic ?? ''),
      ),
    ],
  };
}

/** Brings names to the nominative in the rows whose patronymic stands in another case. */
function restoreNominatives(table: PersonTable): PersonTable {
  const columns = (['family_name', 'given_name', 'patronymic'] as const).map((kind) =>
    table.columns.find((column) => column.kind === kind),
  );
  const [family, given, patronymic] = columns;
  if (patronymic === undefined) return table;
  const cases = patronymic.cells.map((cell) => readOtherCase(cell));
  if (cases.every((one) => one === undefined)) return table;
  const coders = columns.map((column) => {
    const coder = new CellCoder();
    for (const cell of column?.cells ?? []) coder.encode(cell);
    return coder;
  });
  const codes = columns.map((column) => column?.codes.slice());
  for (let row = 0; row < patronymic.codes.length; row += 1) {
    const otherCase = cases[patronymic.codes[row]!];
    if (otherCase === undefined) continue;
    const at = (column: TableColumn | undefined): string => column?.cells[column.codes[row]!] ?? '';
    const name = toNominative({ family: at(family), given: at(given) }, otherCase);
    for (const [index, cell] of [name.family, name.given, otherCase.patronymic].entries())
      if (codes[index] !== undefined) codes[index][row] = coders[index]!.encode(cell);
  }
  return {
    ...table,
    columns: table.columns.map((column) => {
      const index = columns.indexOf(column);
      return index < 0 ? column : { ...column, cells: coders[index]!.cells, codes: codes[index]! };
    }),
  };
}

/** The table as it is compared: one column for each thing, names in their parts and in the nominative. */
export function readNameColumns(table: PersonTable): PersonTable {
  const whole = joinAlternativeColumns(joinBirthParts(table));
  return restoreNominatives(splitGivenNames(splitFullNames(whole)));
}
