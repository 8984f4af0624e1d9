/** Free texts and places that are near each other: one skeleton, slips, a telling word in common. */
import { getAllowedEdits, getEditDistance } from '../../names/index.ts';
import type { TextForm } from './described-values.ts';
import type { NearFinder, NearLevels, NearSearch } from './near-finder.ts';
import { addNearKeys, levelPairs, PairCollector, put } from './pair-collector.ts';

/** The levels of two texts by number, best first. */
export const textLevel = {
  missing: 0,
  same: 1,
  letters: 2,
  oneEdit: 3,
  twoEdits: 4,
  word: 5,
  different: 6,
} as const;

function compareTexts(a: TextForm, b: TextForm, rare: ReadonlySet<string>): number {
  if (a.text === b.text) return textLevel.same;
  if (a.fold === b.fold || (a.place !== undefined && a.place === b.place)) return textLevel.letters;
  const allowed = getAllowedEdits(Math.min(a.edits.length, b.edits.length));
  const distance = allowed === 0 ? 9 : getEditDistance(a.edits, b.edits, allowed);
  if (distance <= Math.min(1, allowed)) return textLevel.oneEdit;
  if (distance <= allowed) return textLevel.twoEdits;
  for (const word of a.words) if (rare.has(word) && b.words.includes(word)) return textLevel.word;
  return textLevel.different;
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

function findNearTexts(
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
  return levelPairs(
    collector,
    size,
    skipped,
    (a, b) => compareTexts(forms[a]!, forms[b]!, rare),
    textLevel.different,
  );
}

const getKeys: NearFinder['getKeys'] = ({ texts }, value) => {
  const text = texts?.[value];
  if (text === undefined) return [];
  const place = text.place === undefined ? [] : [`p${text.place}`];
  return [`f${text.fold}`, ...place, ...text.words.map((word) => `w${word}`)];
};

/** The finder of texts and places. */
export const nearTexts: NearFinder = {
  find: (_texts, described, rare, search) => findNearTexts(described.texts!, rare ?? new Set(), search),
  getKeys,
  getWantedKeys: getKeys,
  getSlipKeys: (_texts, { texts }, value) => {
    const key = texts?.[value]?.edits ?? '';
    return key === '' ? [] : [key];
  },
  valuesMax: Number.POSITIVE_INFINITY,
};
