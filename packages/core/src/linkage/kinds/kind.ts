/**
 * What a kind of column is: its known columns, its levels, how cells become values, and how values are compared.
 *
 * Law: everything that differs between kinds stands in one object per kind; a new kind is one file and one line in
 * `index.ts`, and the compiler asks for the rest. Levels are named things, and their numbers follow from their places.
 */
import type { NameRole } from '../../names/index.ts';
import type { DescribedValues } from '../near/described-values.ts';
import type { NearFinder } from '../near/near-finder.ts';

/**
 * A share of pairs, or one that depends on how many pairs stand in two scripts (there "same spelling" cannot happen).
 */
export type Share = number | ((crossScript: number) => number);

/**
 * How a value's own frequency enters a level (term-frequency adjustment): `own` (equality: the value's frequency is u),
 * `near` (scaled around the level's mean), `none`.
 */
export type RarityUse = 'own' | 'near' | 'none';

/** What is special about a level, for the code that must know it. */
export type LevelRole =
  /** The family name of one record is the given name of the other. */
  | 'swapped'
  /** A letter and a name that begins with it. */
  | 'initial'
  /** A letter and a name that does not begin with it. */
  | 'other-initial'
  /** Two values of which at least one is in no table, and that are not alike. */
  | 'not-alike';

/** One level at which two values can agree (a comparison level). */
export interface Level {
  /** In words for people. */
  readonly name: string;
  /** Prior share of this level among pairs of one person, and among pairs of two; brought to a sum of one per kind. */
  readonly m: Share;
  readonly u: Share;
  readonly rarity: RarityUse;
  /** For the estimate of blocking's recall: whether values at this level share their group, or are neighbours. */
  readonly meets: 'group' | 'near' | 'no';
  readonly role?: LevelRole;
}

/** Who else would show what a pair shows, when it contradicts itself in one field. */
export type Other = 'kin' | 'namesake' | 'stranger';

/** A column that is known without a mapping. */
export interface KnownColumn {
  readonly name: string;
  /** Place in the order in which explanations are read. */
  readonly place: number;
  /** Headers that mean this column, as `getPlainHeader` leaves them, parted by `|`. */
  readonly words: string;
  /** The column says nothing new beside a column of this kind, and is then left out. */
  readonly impliedBy?: string;
}

export interface Kind {
  readonly columns: readonly KnownColumn[];
  /** Index = number: 0 is missing, the last is "different". At most {@link levelsMax}. */
  readonly levels: readonly Level[];
  /** Chance that two persons share a usual value: the frequency of a value that is in no other record. */
  readonly usual: number;
  /** The share of persons that have a value, where a table tells it; `usual` otherwise. */
  readonly getShare?: (described: DescribedValues, value: number) => number;
  /**
   * Prepares the reading of one column: raw cells in their canonical form, so that two equal cells are one value. The
   * form is empty when the cell says nothing.
   */
  prepareCells(cells: readonly string[]): (cell: string) => string;
  /** Looks at each distinct value once. */
  describe(texts: readonly string[]): DescribedValues;
  /** Absent: only equal values agree, or values are compared as numbers. */
  readonly near: NearFinder | undefined;
  /** The worst level at which a value's neighbours are candidates in blocking. */
  getWorstNear(values: number): number;
  /** What the kind is good for in blocking: a key of its own, the second half of a key, nothing. */
  readonly blocking: 'own' | 'second' | 'none';
  /** The role of a name; absent for what is no name. */
  readonly nameRole?: NameRole;
  /** A list may hold several values for one person, each in a column of its own. */
  readonly isRepeated: boolean;
  /** Names are known from a table: two known ones that disagree are two names. */
  readonly isFromTable: boolean;
  /** The name may stand in the place of another name. */
  readonly isCrossable: boolean;
  /** To whom a contradiction in this column points. */
  getContradiction(column: string): Other | undefined;
  /** Other persons who usually have the same value. */
  readonly sharedBy: readonly Other[];
}

/** No kind has more levels; the twelfth power, for twelve fields, is still an exact number. */
export const levelsMax = 16;

/** Puts named levels in the order of their numbers. */
export function orderLevels<Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  levels: Readonly<Record<Name, Level>>,
): readonly Level[] {
  const out: Level[] = [];
  for (const name of Object.keys(numbers) as Name[]) out[numbers[name]] = levels[name];
  return out;
}

/** A level; rarity is not used and neighbours are not met where nothing else is stated. */
export function level(
  name: string,
  m: Share,
  u: Share,
  more: Partial<Pick<Level, 'rarity' | 'meets' | 'role'>> = {},
): Level {
  return { name, m, u, rarity: 'none', meets: 'no', ...more };
}

/** Level 0: at least one value is missing. It weighs nothing. */
export const missing: Level = level('missing', 0, 0);

/** A kind whose contradictions point to nobody in particular. */
export const pointsToNobody = (): undefined => undefined;
