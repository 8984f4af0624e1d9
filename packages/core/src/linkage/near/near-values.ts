/** Pairs of values that are near each other, with their levels: found by shared keys and small edit distances, once. */
import {
  compareNames,
  getAllowedEdits,
  getAlternatives,
  getEditDistance,
  nameLevels,
  type NameForm,
} from '../../names/index.ts';
import { findNearKeys, NumberList, sortUnique } from './deletion-index.ts';
import type { DescribedValues, TextForm } from '../kinds/describe-values.ts';

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

/** A search among the values of a larger dictionary. */
export interface NearSearch {
  /** The edits the whole dictionary is searched for. */
  readonly mostEdits: number;
  /** 1 for values whose neighbours are wanted. */
  readonly own: Uint8Array;
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

export function findRareWords(words: WordCounts): ReadonlySet<string> {
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
