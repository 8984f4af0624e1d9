/** The level at which two names agree: an ordered scale, best first, in words a reviewer can read. */
import { getAllowedEdits, getEditDistance } from './distance.ts';
import { agreesWithInitial } from './initials.ts';
import { getJaroWinkler } from './jaro-winkler.ts';
import { getAlternatives, hasConsonant, type NameForm } from './name-form.ts';
import { getLanguage } from './repair.ts';
import { romanise } from './romanise.ts';
import { passportTables } from './romanisation-tables.ts';
import { isKnownFamily } from './name-frequencies.ts';
import { findCommonSuffix, getFamilyRoots, isOtherFamily, type FamilyRoots } from './surname.ts';

/** Name levels by number; a smaller number is a better agreement, 0 says that one side is missing. */
export const nameLevels: readonly string[] = [
  'missing',
  'same spelling',
  'official romanisation',
  'same skeleton',
  'same name',
  'same coarse skeleton',
  'another reading',
  'related name',
  'one letter',
  'two letters',
  'part of',
  'initial',
  'different',
];

export const nameLevel = {
  missing: 0,
  same: 1,
  official: 2,
  fine: 3,
  class: 4,
  coarse: 5,
  reading: 6,
  weak: 7,
  oneEdit: 8,
  twoEdits: 9,
  part: 10,
  initial: 11,
  different: 12,
} as const;

/** A level of {@link nameLevel}. */
export type NameLevel = (typeof nameLevel)[keyof typeof nameLevel];

const shares = (a: readonly number[], b: readonly number[]): boolean => a.some((id) => b.includes(id));

/** True when the Latin name is an official romanisation of the other; asked only when their skeletons are equal. */
function isOfficial(latin: NameForm, cyrillic: NameForm): boolean {
  if (latin.script !== 'latin' || cyrillic.script !== 'cyrillic') return false;
  const wanted = latin.text.replace(marks, '');
  return passportTables[getLanguage(cyrillic.text)].some(
    (table) => romanise(cyrillic.text, table).replace(marks, '') === wanted,
  );
}

const marks = /['’"”ʹʺ`]/gu;
const rootsOf = new WeakMap<NameForm, FamilyRoots>();

function getRoots(form: NameForm): FamilyRoots {
  let roots = rootsOf.get(form);
  if (roots === undefined) {
    roots = getFamilyRoots(form.fine);
    rootsOf.set(form, roots);
  }
  return roots;
}

function compareWhole(a: NameForm, b: NameForm): NameLevel {
  if (a.text === b.text) return nameLevel.same;
  if (a.initial !== '' || b.initial !== '')
    return agreesWithInitial(a, b) ? nameLevel.initial : nameLevel.different;
  if (a.script !== b.script && a.fine === b.fine && (isOfficial(a, b) || isOfficial(b, a)))
    return nameLevel.official;
  // A brother's and a sister's patronymic: one father, two people.
  if (a.role === 'patronymic' && a.sex !== b.sex && a.sex !== 'unknown' && b.sex !== 'unknown')
    return nameLevel.different;
  const known = a.classes.length > 0 && b.classes.length > 0;
  if (a.fine === b.fine && (!known || shares(a.classes, b.classes))) return nameLevel.fine;
  if (known) {
    if (shares(a.classes, b.classes)) return nameLevel.class;
  } else if (a.stem === b.stem && hasConsonant(a.stem)) return nameLevel.class;
  if (
    shares(a.shortOf, b.classes) ||
    shares(b.shortOf, a.classes) ||
    shares(a.weak, b.classes) ||
    (!known && shares(a.shortOf, b.shortOf))
  )
    return nameLevel.weak;
  // Two different civil names whose letters are near are two names, not a slip: Марина and Марія.
  if (known) return nameLevel.different;
  if (a.coarse === b.coarse && hasConsonant(a.coarse)) return nameLevel.coarse;
  if (a.readings.includes(b.coarse) || b.readings.includes(a.coarse)) return nameLevel.reading;
  for (const reading of a.readings) if (b.readings.includes(reading)) return nameLevel.reading;
  const distance = countSlips(a, b);
  if (distance > 2) return nameLevel.different;
  if (a.role === 'family' && areTwoFamilies(a, b, distance)) return nameLevel.different;
  return distance <= 1 ? nameLevel.oneEdit : nameLevel.twoEdits;
}

/** Two slips are believed in names from this length on. */
const twoSlipsMin = 6;

/**
 * The slips between two names: on what was written where the alphabet is one, on the fine keys otherwise; 9 when they are
 * more than so short a name bears.
 */
function countSlips(a: NameForm, b: NameForm): number {
  // A patronymic's father is compared, not the ending; a slip there is one in the father's name.
  const byKey = a.role === 'patronymic' && a.stem.endsWith('-') && b.stem.endsWith('-');
  const [one, other] =
    !byKey && a.script === b.script && a.script !== 'other'
      ? [a.written, b.written]
      : byKey
        ? [a.edits, b.edits]
        : [a.fine, b.fine];
  // An ending that thousands of families have says nothing: what is before it must be alike.
  const common = a.role === 'family' ? findCommonSuffix(a.fine, b.fine).length : 0;
  const shorter = Math.min(one.length, other.length) - common + Math.min(common, 1);
  const allowed = byKey || shorter < twoSlipsMin ? Math.min(getAllowedEdits(shorter), byKey ? 2 : 1) : 2;
  if (allowed === 0) return 9;
  const distance = getEditDistance(one, other, allowed);
  return distance > allowed ? 9 : distance;
}

/** Two families, although their names are near: both are well known, or their endings make two families of one root. */
function areTwoFamilies(a: NameForm, b: NameForm, distance: number): boolean {
  if (isKnownFamily(a) && isKnownFamily(b)) return true;
  // A letter left out of a well-known name is likelier than a family nobody has heard of: Шевченко, Шевенко.
  const [shorter, longer] = a.fine.length < b.fine.length ? [a, b] : [b, a];
  // A last letter more is a family's own ending as well: Калин and Калина, Голова and Голован.
  const isEnding = /(?:a|an)$/u.test(longer.fine) && longer.fine.startsWith(shorter.fine);
  const isOmission = distance === 1 && shorter.fine.length < longer.fine.length && !isEnding;
  if (isOmission && isKnownFamily(longer) && !isKnownFamily(shorter)) return false;
  const isCyrillic = a.script === 'cyrillic' || b.script === 'cyrillic';
  return isOtherFamily(a.fine, b.fine, isCyrillic, getRoots(a), getRoots(b), distance <= 1);
}

/** Names with fewer letters in common than this are not spellings of one name by any hand that is known. */
const leastLikeness = 0.72;

/**
 * True when two family names at the level `different` are surely two: families of one root (Ткач, Ткаченко), or names with
 * hardly a letter in common. False also says "perhaps a spelling nobody has told us of".
 */
export function isTwoFamilies(a: NameForm, b: NameForm): boolean {
  if (a.alternatives.length > 0 || b.alternatives.length > 0) {
    const others = getAlternatives(b);
    return getAlternatives(a).every((one) => others.every((other) => isTwoFamilies(one, other)));
  }
  if (a.parts.length > 0 || b.parts.length > 0) return false;
  const isCyrillic = a.script === 'cyrillic' || b.script === 'cyrillic';
  return (
    isOtherFamily(a.fine, b.fine, isCyrillic, getRoots(a), getRoots(b)) ||
    getJaroWinkler(a.edits, b.edits) < leastLikeness
  );
}

/**
 * The level of the worst pair when every row gets a column of its own, as well as that can be done; `different` when it
 * cannot. The answer is one number of the whole table, so it does not depend on the order of rows or columns.
 *
 * Cost   Rows × columns × rows for each level that occurs; names have two or three parts.
 * Source The bottleneck assignment by augmenting paths (Kuhn 1955).
 */
function getWorstPair(levels: readonly (readonly NameLevel[])[]): NameLevel {
  const wanted = [...new Set(levels.flat())].filter((level) => level !== nameLevel.different);
  for (const limit of wanted.sort((a, b) => a - b)) {
    const rowOf = new Map<number, number>();
    const takes = (row: number, seen: Set<number>): boolean =>
      levels[row]!.some((level, column) => {
        if (level > limit || seen.has(column)) return false;
        seen.add(column);
        const holder = rowOf.get(column);
        if (holder !== undefined && !takes(holder, seen)) return false;
        rowOf.set(column, row);
        return true;
      });
    if (levels.every((_, row) => takes(row, new Set()))) return limit;
  }
  return nameLevel.different;
}

/**
 * Compares two names of one role.
 *
 * Double names are compared part by part: when all parts of one have a partner the level is the worst of them if the
 * counts agree, `part of` if one side has more. Of several names in one cell the best pair counts, never their sum.
 * Symmetric: `compareNames(a, b) === compareNames(b, a)`.
 */
export function compareNames(a: NameForm, b: NameForm): NameLevel {
  if (a.alternatives.length === 0 && b.alternatives.length === 0) return compareOne(a, b);
  let best: NameLevel = nameLevel.different;
  for (const one of getAlternatives(a))
    for (const other of getAlternatives(b)) {
      const level = compareOne(one, other);
      if (level < best) best = level;
    }
  return best;
}

const isKnownThrough = (form: NameForm): boolean =>
  form.parts.length > 0
    ? form.parts.every((part) => part.classes.length > 0 || part.shortOf.length > 0)
    : form.classes.length > 0;

function compareOne(a: NameForm, b: NameForm): NameLevel {
  if (a.text === '' || b.text === '') return nameLevel.missing;
  const compared = compareWhole(a, b);
  // Several known given names are compared name by name: letters that are near make no name of another.
  const isBySlip = compared === nameLevel.oneEdit || compared === nameLevel.twoEdits;
  const whole = isBySlip && isKnownThrough(a) && isKnownThrough(b) ? nameLevel.different : compared;
  if (whole <= nameLevel.fine || (a.parts.length === 0 && b.parts.length === 0)) return whole;
  const left = a.parts.length === 0 ? [a] : a.parts;
  const right = b.parts.length === 0 ? [b] : b.parts;
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  const worst = getWorstPair(few.map((part) => many.map((other) => compareWhole(part, other))));
  if (worst !== nameLevel.different) {
    // A slip inside one part of a longer name is not "part of" it in any telling way.
    const parts: NameLevel =
      few.length === many.length
        ? worst
        : worst <= nameLevel.reading
          ? nameLevel.part
          : worst === nameLevel.initial
            ? nameLevel.initial
            : nameLevel.different;
    return whole < parts ? whole : parts;
  }
  return whole;
}
