/** All kinds of columns. A new kind is a file beside this one, its name, and a line in this table. */
import { age } from './age.ts';
import { category } from './category.ts';
import { date } from './date.ts';
import { familyName } from './family-name.ts';
import { fullName } from './full-name.ts';
import { givenName } from './given-name.ts';
import { identifier } from './identifier.ts';
import type { Kind, LevelRole } from './kind.ts';
import { patronymic } from './patronymic.ts';
import { place } from './place.ts';
import { text } from './text.ts';
import { isUnknown } from './unknown-words.ts';

/** How the values of a column are compared. */
export type ColumnKind =
  | 'family_name'
  | 'given_name'
  | 'patronymic'
  | 'full_name'
  | 'date'
  | 'age'
  | 'identifier'
  | 'place'
  | 'text'
  | 'category';

export const kinds: Readonly<Record<ColumnKind, Kind>> = {
  family_name: familyName,
  given_name: givenName,
  patronymic,
  full_name: fullName,
  date,
  age,
  identifier,
  place,
  text,
  category,
};

/** The kinds by name, in the order of the table. */
export const columnKinds: readonly ColumnKind[] = Object.keys(kinds) as readonly ColumnKind[];

/** Prepares the reading of a column; a cell that says in words that nothing is known is a missing value. */
export function prepareColumn(kind: ColumnKind, cells: readonly string[]): (cell: string) => string {
  const toValue = kinds[kind].prepareCells(cells);
  return (cell) => (isUnknown(cell) ? '' : toValue(cell));
}

/** The number of the level with a role, or -1 where the kind has none. */
export function findLevel(kind: ColumnKind, role: LevelRole): number {
  return kinds[kind].levels.findIndex((one) => one.role === role);
}
