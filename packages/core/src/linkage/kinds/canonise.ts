/** Raw cells in their canonical form, by kind of column: two equal cells are one value. */
import {
  alternativeMark,
  getUnambiguousScript,
  repairName,
  splitAlternatives,
  type Script,
} from '../../names/index.ts';
import type { ColumnKind } from '../columns/known-columns.ts';
import { findDateOrder, parseDate } from './dates.ts';
import type { TableColumn } from '../columns/person-table.ts';

/** The script most cells of a column are in, when nine of ten agree. */
export function getColumnScript(cells: readonly string[]): Script {
  let latin = 0;
  let cyrillic = 0;
  for (const cell of cells) {
    const script = getUnambiguousScript(cell.slice(0, 60));
    if (script === 'latin') latin += 1;
    else if (script === 'cyrillic') cyrillic += 1;
  }
  if (cyrillic > 9 * latin) return 'cyrillic';
  if (latin > 9 * cyrillic) return 'latin';
  return 'other';
}

const sexes: Readonly<Record<string, string>> = {
  m: 'm',
  male: 'm',
  man: 'm',
  ч: 'm',
  чол: 'm',
  чоловіча: 'm',
  чоловік: 'm',
  м: 'm',
  муж: 'm',
  мужской: 'm',
  f: 'f',
  female: 'f',
  woman: 'f',
  ж: 'f',
  жін: 'f',
  жіноча: 'f',
  жінка: 'f',
  жен: 'f',
  женский: 'f',
};

/** One raw cell in its canonical form: what two equal cells share. Empty when the cell says nothing. */
type Canonise = (cell: string) => string;

export function getCanonise(kind: ColumnKind, column: TableColumn): Canonise {
  switch (kind) {
    case 'family_name':
    case 'given_name':
    case 'patronymic':
    case 'full_name': {
      const parted = column.cells.map((cell) => splitAlternatives(cell, kind === 'full_name'));
      const script = getColumnScript(parted.flat());
      return (cell) => {
        const names = splitAlternatives(cell, kind === 'full_name').map((name) =>
          repairName(name, script)
            .text.toLowerCase()
            .replace(/[(),;/]+/gu, ' ')
            .replace(/\s+/gu, ' ')
            .trim(),
        );
        return [...new Set(names)].filter((name) => name !== '').join(alternativeMark);
      };
    }
    case 'date': {
      const order = findDateOrder(column.cells);
      return (cell) => {
        const date = parseDate(cell, order);
        return date <= 0 ? '' : String(date);
      };
    }
    case 'age':
      return (cell) => (/^\d{1,3}$/u.test(cell) ? String(Number(cell)) : '');
    case 'identifier':
      return (cell) =>
        cell
          .normalize('NFKC')
          .toLowerCase()
          .slice(0, 64)
          .replace(/[^\p{L}\p{N}]/gu, '');
    case 'place':
    case 'text': {
      const script = getColumnScript(column.cells);
      return (cell) => repairName(cell.slice(0, 200), script).text.toLowerCase();
    }
    case 'category':
      return (cell) => {
        const plain = cell
          .normalize('NFKC')
          .toLowerCase()
          .slice(0, 100)
          .replace(/[.\s]+/gu, ' ')
          .trim();
        return sexes[plain] ?? plain;
      };
  }
}
