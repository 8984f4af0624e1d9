/**
 * One compared field of two lists: a joint dictionary of canonical values, the value of every record, and the level of
 * every pair of values that is better than "different". Records are compared by array reads only.
 */
import {
  alternativeMark,
  compareNames,
  findClassOfKey,
  getAllowedEdits,
  getAlternatives,
  getCoarseKey,
  getEditDistance,
  getFineKey,
  getNameForm,
  getUnambiguousScript,
  nameLevel,
  nameLevels,
  parseFullName,
  repairName,
  splitAlternatives,
  type FullName,
  type NameForm,
  type NameRole,
  type Script,
} from '../names/index.ts';
import { joinAlternativeColumns } from './alternative-columns.ts';
import type { ColumnKind } from './columns.ts';
import { compareDates, dateLevels, findDateOrder, parseDate } from './dates.ts';
import { findNearKeys, NumberList, sortUnique } from './deletion-index.ts';
import { buildNearLists, findNearLevel, type NearLists } from './near-lists.ts';
import type { PersonTable, TableColumn } from './person-table.ts';
import { findPlace, getPlaceKey } from './places.ts';

/** What workers need of a field: numbers only. */
export interface FieldNumbers {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Number of levels with "missing" (0) and "different" (the last). */
  readonly levels: number;
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
   * for any other. Two known names that do not agree are at the last level, a letter and what does not begin with it at
   * the third from last, any other two at the level between. Undefined for other kinds.
   */
  readonly known: Uint8Array | undefined;
  /** For swapped family and given name: ids that are equal when the letters are; undefined when not a name. */
  readonly cross: Int32Array | undefined;
}

export interface Field extends FieldNumbers {
  readonly levelNames: readonly string[];
  /** Canonical text of each value, for explanations; '' for 0. */
  readonly texts: readonly string[];
  /** Records of each list that hold each value. */
  readonly leftCount: Float64Array;
  readonly rightCount: Float64Array;
  /** Near pairs that the index did not look at, because their bucket was too common. */
  readonly skippedNear: number;
  /** Share of left × right pairs of values whose scripts differ; for the priors. */
  readonly crossScript: number;
}

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

/** The script most cells of a column are in, when nine of ten agree. */
function getColumnScript(cells: readonly string[]): Script {
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

export interface Side {
  readonly column: TableColumn | undefined;
  readonly rows: number;
}

function group(keys: readonly string[]): Int32Array {
  const place = new Map<string, number>();
  const out = new Int32Array(new SharedArrayBuffer(keys.length * 4));
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index]!;
    let id = place.get(key);
    if (id === undefined) {
      id = place.size;
      place.set(key, id);
    }
    out[index] = id;
  }
  return out;
}

/** Above this many distinct keys only one-letter slips are indexed: the two-letter neighbourhood grows with the square. */
export const largestTwoEditDictionary = 15_000;
const largestGroup = 4000;

/** The edits that a dictionary with so many distinct keys is searched for. */
export function getMostEdits(keys: number): number {
  return keys > largestTwoEditDictionary ? 1 : 2;
}

/** Collects candidate pairs of values that share a key; a key with too many values is left to the other keys. */
class PairCollector {
  private readonly packed = new NumberList();
  skipped = 0;
  private readonly size: number;
  private readonly own: Uint8Array | undefined;

  /** @param own 1 for values of interest: a pair without any of them is not collected; absent: all are */
  constructor(size: number, own?: Uint8Array) {
    this.size = size;
    this.own = own;
  }

  add(a: number, b: number): void {
    if (a === b || (this.own !== undefined && (this.own[a]! | this.own[b]!) === 0)) return;
    this.packed.push(a < b ? a * this.size + b : b * this.size + a);
  }

  addGroups(groups: ReadonlyMap<unknown, readonly number[]>): void {
    for (const members of groups.values()) {
      if (members.length > largestGroup) {
        this.skipped += (members.length * (members.length - 1)) / 2;
        continue;
      }
      for (let left = 0; left < members.length; left += 1)
        for (let right = left + 1; right < members.length; right += 1)
          this.add(members[left]!, members[right]!);
    }
  }

  toPairs(): Float64Array {
    return sortUnique(this.packed.toArray());
  }
}

function put<K>(map: Map<K, number[]>, key: K, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else if (known.at(-1) !== value) known.push(value);
}

/**
 * Pairs of values whose keys are within a small edit distance; `most` edits, or what suits the number of keys. A value of
 * several names has a key for each.
 */
function addNearKeys(
  collector: PairCollector,
  keys: readonly (string | readonly string[])[],
  mostEdits?: number,
): number {
  const holders = new Map<string, number[]>();
  for (let value = 1; value < keys.length; value += 1) {
    const own = keys[value]!;
    for (const key of typeof own === 'string' ? [own] : own) if (key !== '') put(holders, key, value);
  }
  const distinct = [...holders.keys()];
  const most = mostEdits ?? getMostEdits(distinct.length);
  const found = findNearKeys(distinct, most);
  for (const pair of found.pairs) {
    const left = distinct[Math.floor(pair / distinct.length)]!;
    const right = distinct[pair % distinct.length]!;
    const allowed = Math.min(most, getAllowedEdits(Math.min(left.length, right.length)));
    if (allowed === 0 || getEditDistance(left, right, allowed) > allowed) continue;
    for (const a of holders.get(left)!) for (const b of holders.get(right)!) collector.add(a, b);
  }
  return found.skipped;
}

export interface NearLevels {
  readonly lows: number[];
  readonly highs: number[];
  readonly levels: number[];
  readonly skipped: number;
}

function levelPairs(
  collector: PairCollector,
  size: number,
  skipped: number,
  compare: (a: number, b: number) => number,
  different: number,
): NearLevels {
  const lows: number[] = [];
  const highs: number[] = [];
  const levels: number[] = [];
  for (const pair of collector.toPairs()) {
    const low = Math.floor(pair / size);
    const high = pair % size;
    const level = compare(low, high);
    if (level > 0 && level < different) {
      lows.push(low);
      highs.push(high);
      levels.push(level);
    }
  }
  return { lows, highs, levels, skipped: skipped + collector.skipped };
}

function nearNames(
  forms: readonly (NameForm | undefined)[],
  different: number,
  search?: NearSearch,
): NearLevels {
  const size = forms.length;
  const collector = new PairCollector(size, search?.own);
  const keys = new Map<string, number[]>();
  const classes = new Map<number, number[]>();
  const related = new Map<number, { full: number[]; short: number[] }>();
  const parts = new Map<string, number[]>();
  const doubles = new Set<number>();
  const initials = new Map<string, number[]>();
  const firsts = new Map<string, number[]>();
  const edits: (readonly string[])[] = [[]];
  for (let value = 1; value < size; value += 1) {
    const names = getAlternatives(forms[value]!);
    edits.push(names.map(getEditKey));
    for (const form of names) {
      if (form.initial !== '') {
        for (const letter of getInitialKeys(form)) put(initials, letter, value);
        continue;
      }
      for (const letter of form.firsts) put(firsts, letter, value);
      put(keys, `s${form.stem}`, value);
      put(keys, `c${form.coarse}`, value);
      for (const reading of form.readings) put(keys, `c${reading}`, value);
      for (const id of form.classes) {
        put(classes, id, value);
        linkTo(related, id).full.push(value);
      }
      for (const id of form.shortOf) linkTo(related, id).short.push(value);
      for (const id of form.weak) linkTo(related, id).short.push(value);
      const pieces = form.parts.length > 0 ? form.parts : [form];
      if (form.parts.length > 0) doubles.add(value);
      for (const part of pieces) {
        if (part.initial !== '') continue;
        put(parts, `s${part.stem}`, value);
        put(parts, `c${part.coarse}`, value);
        for (const id of part.classes) put(parts, `k${id}`, value);
        if (form.parts.length > 0) for (const id of part.shortOf) put(parts, `k${id}`, value);
      }
    }
  }
  collector.addGroups(keys);
  collector.addGroups(classes);
  for (const { full, short } of related.values())
    for (let at = 0; at < short.length; at += 1) {
      for (const a of full) collector.add(a, short[at]!);
      for (let other = at + 1; other < short.length; other += 1) collector.add(short[at]!, short[other]!);
    }
  // Only buckets with a double name in them say more than the whole-name keys do.
  for (const members of parts.values()) {
    const double = members.filter((value) => doubles.has(value));
    if (double.length > 0 && double.length * members.length <= 4_000_000)
      for (const a of double) for (const b of members) collector.add(a, b);
  }
  for (const [letter, short] of initials) {
    const full = firsts.get(letter) ?? [];
    for (const a of short) {
      for (const b of full) collector.add(a, b);
      for (const b of short) collector.add(a, b);
    }
  }
  const skipped = addNearKeys(collector, edits, search?.mostEdits);
  return levelPairs(collector, size, skipped, (a, b) => compareNames(forms[a]!, forms[b]!), different);
}

/** The key whose slips are looked for; an initial has none. */
export const getEditKey = (form: NameForm): string => (form.initial === '' ? form.edits : '');

/** The letters under which an initial meets names and other initials: О. and А. meet too. */
export function getInitialKeys({ initial }: NameForm): readonly string[] {
  return initial === 'a' || initial === 'o' ? ['a', 'o'] : Array.from(initial);
}

function linkTo(
  map: Map<number, { full: number[]; short: number[] }>,
  id: number,
): { full: number[]; short: number[] } {
  let known = map.get(id);
  if (known === undefined) {
    known = { full: [], short: [] };
    map.set(id, known);
  }
  return known;
}

export interface TextForm {
  readonly text: string;
  readonly fold: string;
  readonly edits: string;
  readonly place: number | undefined;
  readonly words: readonly string[];
}

function compareTexts(a: TextForm, b: TextForm, rare: ReadonlySet<string>): number {
  if (a.text === b.text) return 1;
  if (a.fold === b.fold || (a.place !== undefined && a.place === b.place)) return 2;
  const allowed = getAllowedEdits(Math.min(a.edits.length, b.edits.length));
  const distance = allowed === 0 ? 9 : getEditDistance(a.edits, b.edits, allowed);
  if (distance <= Math.min(1, allowed)) return 3;
  if (distance <= allowed) return 4;
  for (const word of a.words) if (rare.has(word) && b.words.includes(word)) return 5;
  return 6;
}

/** Words of a text column: the values that hold each, the records that do, and the records in all. */
export interface WordCounts {
  readonly holders: ReadonlyMap<string, readonly number[]>;
  readonly bearers: ReadonlyMap<string, number>;
  readonly total: number;
}

export function countWords(
  forms: readonly (TextForm | undefined)[],
  frequency: ArrayLike<number>,
): WordCounts {
  const holders = new Map<string, number[]>();
  const bearers = new Map<string, number>();
  let total = 0;
  for (let value = 1; value < forms.length; value += 1) {
    total += frequency[value]!;
    for (const word of forms[value]!.words) {
      put(holders, word, value);
      bearers.set(word, (bearers.get(word) ?? 0) + frequency[value]!);
    }
  }
  return { holders, bearers, total };
}

/** A word is telling when at most one record in 200 has it and its values are few enough to be paired. */
export function isTelling(word: string, holders: number, bearers: number, total: number): boolean {
  return holders > 1 && holders <= 300 && word.length > 2 && bearers * 200 <= total + 2000;
}

function findRareWords(words: WordCounts): ReadonlySet<string> {
  const rare = new Set<string>();
  for (const [word, holders] of words.holders)
    if (isTelling(word, holders.length, words.bearers.get(word) ?? 0, words.total)) rare.add(word);
  return rare;
}

function nearTexts(
  forms: readonly (TextForm | undefined)[],
  rare: ReadonlySet<string>,
  search?: NearSearch,
): NearLevels {
  const size = forms.length;
  const collector = new PairCollector(size, search?.own);
  const keys = new Map<string, number[]>();
  const words = new Map<string, number[]>();
  for (let value = 1; value < size; value += 1) {
    const form = forms[value]!;
    put(keys, `f${form.fold}`, value);
    if (form.place !== undefined) put(keys, `p${form.place}`, value);
    for (const word of form.words) if (rare.has(word)) put(words, word, value);
  }
  for (const holders of words.values())
    for (let left = 0; left < holders.length; left += 1)
      for (let right = left + 1; right < holders.length; right += 1)
        collector.add(holders[left]!, holders[right]!);
  collector.addGroups(keys);
  const skipped = addNearKeys(
    collector,
    forms.map((form) => form?.edits ?? ''),
    search?.mostEdits,
  );
  return levelPairs(collector, size, skipped, (a, b) => compareTexts(forms[a]!, forms[b]!, rare), 6);
}

/** A dictionary of more identifiers than this is not searched for slips. */
export const mostIdentifiers = 400_000;

function nearIdentifiers(texts: readonly string[], search?: NearSearch): NearLevels {
  const collector = new PairCollector(texts.length, search?.own);
  const skipped = texts.length > mostIdentifiers ? 0 : addNearKeys(collector, texts, search?.mostEdits);
  return levelPairs(
    collector,
    texts.length,
    skipped,
    (a, b) => {
      const shorter = Math.min(texts[a]!.length, texts[b]!.length);
      const distance = getEditDistance(texts[a]!, texts[b]!, 2);
      return distance <= 1 && shorter >= 4 ? 2 : distance <= 2 && shorter >= 8 ? 3 : 4;
    },
    4,
  );
}

/** Start offsets and items of each value's neighbours that the right list holds, itself first. */
function toNeighbours(
  size: number,
  near: NearLevels,
  worst: number,
  rightCount: Float64Array,
): { start: Int32Array; items: Int32Array } {
  const start = new Int32Array(new SharedArrayBuffer((size + 1) * 4));
  const holds = (value: number): number => (rightCount[value]! > 0 ? 1 : 0);
  for (let value = 0; value < size; value += 1) start[value + 1] = holds(value);
  for (let at = 0; at < near.lows.length; at += 1) {
    if (near.levels[at]! > worst) continue;
    start[near.lows[at]! + 1]! += holds(near.highs[at]!);
    start[near.highs[at]! + 1]! += holds(near.lows[at]!);
  }
  for (let value = 0; value < size; value += 1) start[value + 1]! += start[value]!;
  const items = new Int32Array(new SharedArrayBuffer(start[size]! * 4));
  const fill = start.slice();
  for (let value = 0; value < size; value += 1) {
    if (holds(value) === 0) continue;
    items[fill[value]!] = value;
    fill[value]! += 1;
  }
  for (let at = 0; at < near.lows.length; at += 1) {
    if (near.levels[at]! > worst) continue;
    const low = near.lows[at]!;
    const high = near.highs[at]!;
    if (holds(high) === 1) {
      items[fill[low]!] = high;
      fill[low]! += 1;
    }
    if (holds(low) === 1) {
      items[fill[high]!] = low;
      fill[high]! += 1;
    }
  }
  return { start, items };
}

export function countValues(codes: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const code of codes) counts[code]! += 1;
  return counts;
}

function getCrossShare(texts: readonly string[], left: Float64Array, right: Float64Array): number {
  const shares = [left, right].map((counts) => {
    let cyrillic = 0;
    let all = 0;
    for (let value = 1; value < texts.length; value += 1) {
      const count = counts[value]!;
      all += count;
      if (/\p{Script=Cyrillic}/u.test(texts[value]!)) cyrillic += count;
    }
    return all === 0 ? 0 : cyrillic / all;
  });
  return shares[0]! * (1 - shares[1]!) + shares[1]! * (1 - shares[0]!);
}

/**
 * Builds one field from the same column of two lists (one list twice for deduplication).
 *
 * Cost: one canonisation per distinct cell, one comparison per pair of near values; records are only re-coded.
 */
export function buildField(name: string, kind: ColumnKind, leftSide: Side, rightSide: Side): Field {
  const same = leftSide.column === rightSide.column && leftSide.rows === rightSide.rows;
  const canonical = [leftSide, ...(same ? [] : [rightSide])].map(({ column }) => {
    if (column === undefined) return [];
    const canonise = getCanonise(kind, column);
    return column.cells.map((cell) => canonise(cell));
  });
  const known = new Set<string>();
  for (const cells of canonical) for (const text of cells) known.add(text);
  known.delete('');
  // Values are numbered by their text, so that nothing depends on the order of rows.
  const texts = ['', ...[...known].sort()];
  const place = new Map(texts.map((text, value) => [text, value] as const));
  const encode = (side: Side, cells: readonly string[]): Int32Array => {
    const out = new Int32Array(new SharedArrayBuffer(side.rows * 4));
    if (side.column === undefined) return out;
    const values = new Int32Array(cells.length + 1);
    for (let index = 0; index < cells.length; index += 1) values[index + 1] = place.get(cells[index]!)!;
    const { codes } = side.column;
    for (let row = 0; row < side.rows; row += 1) out[row] = values[codes[row]! + 1]!;
    return out;
  };
  const left = encode(leftSide, canonical[0]!);
  const right = same ? left : encode(rightSide, canonical[1]!);
  const size = texts.length;
  const leftCount = countValues(left, size);
  const rightCount = right === left ? leftCount : countValues(right, size);
  const described = describeValues(kind, texts);
  const frequency = leftCount.map((count, value) => count + rightCount[value]!);
  const rare =
    described.texts === undefined ? undefined : findRareWords(countWords(described.texts, frequency));
  return assembleField({
    name,
    kind,
    texts,
    left,
    right,
    leftCount,
    rightCount,
    described,
    groups: group(described.groupKeys),
    near: findNearValues(texts, described, rare),
    crossScript: described.names === undefined ? 0 : getCrossShare(texts, leftCount, rightCount),
  });
}

/** What is known of each value by itself; index = value, 0 is missing. */
export interface DescribedValues {
  readonly kind: ColumnKind;
  readonly names: readonly (NameForm | undefined)[] | undefined;
  readonly texts: readonly (TextForm | undefined)[] | undefined;
  readonly dates: Int32Array | undefined;
  /** Values with one key count as one in blocking and in rarity. */
  readonly groupKeys: readonly string[];
}

/** Looks at each distinct value once. */
export function describeValues(kind: ColumnKind, texts: readonly string[]): DescribedValues {
  const plain = { kind, names: undefined, texts: undefined, dates: undefined, groupKeys: texts };
  switch (kind) {
    case 'family_name':
    case 'given_name':
    case 'patronymic':
    case 'full_name': {
      const role: NameRole =
        kind === 'patronymic' ? 'patronymic' : kind === 'given_name' ? 'given' : 'family';
      const names = texts.map((text) => (text === '' ? undefined : getNameForm(text, role)));
      const groupKeys = names.map((form) =>
        form === undefined
          ? ''
          : form.classes.length === 1
            ? `k${form.classes[0]!}`
            : form.stem === ''
              ? form.text
              : `s${form.stem}`,
      );
      return { ...plain, names, groupKeys };
    }
    case 'date':
    case 'age': {
      const scale = kind === 'age' ? 10_000 : 1;
      const dates = new Int32Array(new SharedArrayBuffer(texts.length * 4));
      for (const [value, text] of texts.entries()) dates[value] = Number(text) * scale;
      return { ...plain, dates };
    }
    case 'identifier':
    case 'category':
      return plain;
    case 'place':
    case 'text': {
      const forms = texts.map((text): TextForm | undefined => {
        if (text === '') return undefined;
        const fold = kind === 'place' ? getPlaceKey(text) : getFineKey(text);
        return {
          text,
          fold,
          edits: kind === 'place' ? fold : getCoarseKey(fold),
          place: kind === 'place' ? findPlace(text) : undefined,
          words: text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''),
        };
      });
      const groupKeys = forms.map((form) =>
        form === undefined ? '' : form.place === undefined ? `f${form.fold}` : `p${form.place}`,
      );
      return { ...plain, texts: forms, groupKeys };
    }
  }
}

/** A search among the values of a larger dictionary. */
export interface NearSearch {
  /** The edits the whole dictionary is searched for. */
  readonly mostEdits: number;
  /** 1 for values whose neighbours are wanted. */
  readonly own: Uint8Array;
}

/**
 * Levels of all near pairs among some values.
 *
 * @param rare telling words of a text column
 * @param search absent: the values are the whole dictionary, and all pairs are wanted
 */
export function findNearValues(
  texts: readonly string[],
  described: DescribedValues,
  rare: ReadonlySet<string> | undefined,
  search?: NearSearch,
): NearLevels | undefined {
  if (described.names !== undefined) return nearNames(described.names, nameLevels.length - 1, search);
  if (described.texts !== undefined) return nearTexts(described.texts, rare ?? new Set(), search);
  return described.kind === 'identifier' ? nearIdentifiers(texts, search) : undefined;
}

/** The worst level at which a value's neighbours are looked at for blocking. */
function getWorstNear(kind: ColumnKind, size: number): number {
  switch (kind) {
    case 'family_name':
    case 'given_name':
    case 'patronymic':
    case 'full_name':
      // In a large dictionary two-letter slips are left to the keys of other fields.
      return size > 20_000 ? 8 : 9;
    case 'identifier':
      return 3;
    case 'place':
    case 'text':
      return 4;
    case 'date':
    case 'age':
    case 'category':
      return 0;
  }
}

/** Puts a field together from its coded sides and what is known of its values. */
export function assembleField(parts: {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly texts: readonly string[];
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leftCount: Float64Array;
  readonly rightCount: Float64Array;
  readonly described: DescribedValues;
  readonly groups: Int32Array;
  readonly near: NearLevels | undefined;
  readonly crossScript: number;
}): Field {
  const { name, kind, texts, left, right, leftCount, rightCount, described, groups, near } = parts;
  const { names, dates } = described;
  const size = texts.length;
  const levelNames = getLevelNames(kind);
  const neighbours = toNeighbours(
    size,
    near ?? { lows: [], highs: [], levels: [], skipped: 0 },
    getWorstNear(kind, size),
    rightCount,
  );
  return {
    name,
    kind,
    levels: levelNames.length,
    left,
    right,
    size,
    dates,
    near: near === undefined ? undefined : buildNearLists(size, near.lows, near.highs, near.levels),
    group: groups,
    wide: dates === undefined ? groups : dates.map((date) => Math.trunc(date / 10_000)),
    nearStart: neighbours.start,
    nearItems: neighbours.items,
    known:
      names !== undefined && (kind === 'given_name' || kind === 'patronymic') ? findKnown(names) : undefined,
    cross: names === undefined || kind === 'patronymic' ? undefined : crossIds(names),
    levelNames,
    texts,
    leftCount,
    rightCount,
    skippedNear: near?.skipped ?? 0,
    crossScript: parts.crossScript,
  };
}

/**
 * A 31-bit hash of the civil name, or of the coarse key where there is none: one name, one number, in whichever column
 * it stands.
 */
function crossIds(forms: readonly (NameForm | undefined)[]): Int32Array {
  const out = new Int32Array(new SharedArrayBuffer(forms.length * 4));
  for (let value = 1; value < forms.length; value += 1) {
    const form = forms[value]!;
    const civil =
      form.role === 'given' && form.classes.length === 1 ? form.classes[0] : findClassOfKey(form.fine);
    let hash = 0x811c_9dc5;
    for (const letter of civil === undefined ? form.coarse : `k${civil}`)
      hash = Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193);
    out[value] = (hash >>> 1) + 1;
  }
  return out;
}

const isKnown = (form: NameForm): boolean => getAlternatives(form).every(isOneKnown);
const isOneKnown = (form: NameForm): boolean =>
  form.parts.length > 0 ? form.parts.every(isOneKnown) : form.classes.length > 0 || form.shortOf.length > 0;

/** In {@link FieldNumbers.known}: the value is a letter, not a name. */
export const initialOnly = 2;

function findKnown(forms: readonly (NameForm | undefined)[]): Uint8Array {
  const out = new Uint8Array(new SharedArrayBuffer(forms.length));
  for (let value = 1; value < forms.length; value += 1)
    out[value] = forms[value]!.initial !== '' ? initialOnly : isKnown(forms[value]!) ? 1 : 0;
  return out;
}

/** True when at least one of two values of a field is only a letter. */
export function hasInitial({ known }: FieldNumbers, a: number, b: number): boolean {
  return known !== undefined && ((known[a]! | known[b]!) & initialOnly) !== 0;
}

/** The level of two values that are not near. */
export function getFarLevel(field: FieldNumbers, a: number, b: number): number {
  const { known, levels } = field;
  if (known === undefined) return levels - 1;
  if (((known[a]! | known[b]!) & initialOnly) !== 0) return levels - 3;
  return (known[a]! & known[b]!) === 1 ? levels - 1 : levels - 2;
}

/** The level of a value and itself: a letter twice is still only a letter. */
export function getSameLevel({ known }: FieldNumbers, value: number): number {
  return known !== undefined && known[value] === initialOnly ? nameLevel.initial : 1;
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
    const place = new Map<string, number>();
    const cells: string[] = [];
    const map = new Int32Array(full.cells.length + 1).fill(-1);
    for (let index = 0; index < full.cells.length; index += 1) {
      const cell = get(index);
      if (cell === '') continue;
      let code = place.get(cell);
      if (code === undefined) {
        code = cells.length;
        place.set(cell, code);
        cells.push(cell);
      }
      map[index + 1] = code;
    }
    return { name, kind, cells, codes: Int32Array.from(full.codes, (code) => map[code + 1]!) };
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
