/** A field of two lists in numbers only, as workers have it, and the level of two of its values. */
import type { ColumnKind } from '../kinds/index.ts';
import { compareDates } from '../kinds/dates.ts';
import { findNearLevel, type NearLists } from './near-lists.ts';

/** The numbers of a field's levels that scoring must know; -1 where the kind has none. */
export interface SpecialLevels {
  /** Two values that have nothing in common. */
  readonly different: number;
  /** Likewise, when at least one of them is in no table. */
  readonly notAlike: number;
  readonly initial: number;
  readonly otherInitial: number;
  readonly swapped: number;
}

/** What workers need of a field: numbers only. */
export interface FieldNumbers {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Number of levels with "missing" (0) and "different" (the last). */
  readonly levels: number;
  readonly special: SpecialLevels;
  /** Value of each record of the left and the right list; 0 is missing. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** How many values there are, 0 (missing) included. */
  readonly size: number;
  /** For dates: the date number of each value. */
  readonly dates: Int32Array | undefined;
  /** For everything else: levels of near pairs. */
  readonly near: NearLists | undefined;
  /** Values that count as one in blocking and in rarity: the civil name, the stem, the date. */
  readonly group: Int32Array;
  /** What large buckets are parted by: the year of a date (so that neighbours are ±1); `group` otherwise. */
  readonly wide: Int32Array;
  /** Neighbours of each value that the right list holds (itself first), as start offsets and items, for near blocking. */
  readonly nearStart: Int32Array;
  readonly nearItems: Int32Array;
  /**
   * For given names and patronymics: 1 where the value is a known civil name, {@link initialOnly} where it is a letter, 0
   * for any other. Two known names that do not agree are "different", a letter and what does not begin with it "another
   * initial", any other two "not alike". Undefined for other kinds.
   */
  readonly known: Uint8Array | undefined;
  /** For swapped family and given name: ids that are equal when the letters are; undefined when not a name. */
  readonly cross: Int32Array | undefined;
}

/** In {@link FieldNumbers.known}: the value is a letter, not a name. */
export const initialOnly = 2;

/** True when at least one of two values of a field is only a letter. */
export function hasInitial({ known }: FieldNumbers, a: number, b: number): boolean {
  return known !== undefined && ((known[a]! | known[b]!) & initialOnly) !== 0;
}

/** The level of two values that are not near. */
export function getFarLevel(field: FieldNumbers, a: number, b: number): number {
  const { known, special } = field;
  if (known === undefined) return special.different;
  if (hasInitial(field, a, b)) return special.otherInitial;
  return (known[a]! & known[b]!) === 1 ? special.different : special.notAlike;
}

/** The level of a value and itself: a letter twice is still only a letter. */
export function getSameLevel({ known, special }: FieldNumbers, value: number): number {
  return known !== undefined && known[value] === initialOnly ? special.initial : 1;
}

/** The level at which two values of a field agree, without regard to swapped names. */
export function getValueLevel(field: FieldNumbers, a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  if (a === b) return getSameLevel(field, a);
  if (field.dates !== undefined) return compareDates(field.dates[a]!, field.dates[b]!);
  if (field.near === undefined) return getFarLevel(field, a, b);
  const level = findNearLevel(field.near, a, b);
  return level === 0 ? getFarLevel(field, a, b) : level;
}

/** What crosses to another thread: the numbers of a field without its texts. */
export function toFieldNumbers(field: FieldNumbers): FieldNumbers {
  const { name, kind, levels, special, left, right, size, dates, near, group, wide } = field;
  const { nearStart, nearItems, known, cross } = field;
  return {
    name,
    kind,
    levels,
    special,
    left,
    right,
    size,
    dates,
    near,
    group,
    wide,
    nearStart,
    nearItems,
    known,
    cross,
  };
}
