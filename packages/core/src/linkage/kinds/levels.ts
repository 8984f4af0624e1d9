/** The levels at which two values of a column can agree, by kind of column: an ordered scale, best first. */
import { nameLevel, nameLevels } from '../../names/index.ts';
import type { ColumnKind } from '../columns/known-columns.ts';
import { dateLevels } from './dates.ts';

const familyLevels = [...nameLevels.slice(0, -1), 'family and given name swapped', 'different'];

// Two known civil names are two names; letters that are no known name may be a slip of any.
const givenLevels = [
  ...nameLevels.slice(0, -1),
  'family and given name swapped',
  'another initial',
  'not alike',
  'another name',
];

const patronymicLevels = [
  ...nameLevels.slice(0, -1),
  'another initial',
  'not alike',
  "another father's name",
];

const textLevels = [
  'missing',
  'same text',
  'same letters',
  'one letter',
  'two letters',
  'part or rare word',
  'different',
];

const identifierLevels = ['missing', 'same', 'one sign', 'two signs', 'different'];

const categoryLevels = ['missing', 'same', 'different'];

/** The levels of a kind of column, by number. */
export function getLevelNames(kind: ColumnKind): readonly string[] {
  switch (kind) {
    case 'family_name':
      return familyLevels;
    case 'given_name':
      return givenLevels;
    case 'patronymic':
      return patronymicLevels;
    case 'full_name':
      return nameLevels;
    case 'date':
    case 'age':
      return dateLevels;
    case 'identifier':
      return identifierLevels;
    case 'place':
    case 'text':
      return textLevels;
    case 'category':
      return categoryLevels;
  }
}

export const swappedLevel = 12;

/**
 * True for the two levels at which a letter and a name, or two letters, can stand: the name's own initial, and another.
 *
 * @param levels how many levels the kind has
 */
export function isInitialLevel(kind: ColumnKind, level: number, levels: number): boolean {
  if (kind !== 'given_name' && kind !== 'patronymic') return false;
  return level === nameLevel.initial || level === getOtherInitialLevel(levels);
}

/** Where an initial is another name's. */
export const getOtherInitialLevel = (levels: number): number => levels - 3;
