/** What a reader typed, as the record can be asked for it: in the words that the lines themselves say. */
import type { ActKind } from '@homeward/core/exchange';
import { foldForSearch } from '../reading/fold.ts';
import { allKinds } from '../reading/kinds.ts';
import type { SearchTerm } from '../reading/record-query.ts';
import { localeOf } from '../words/languages.ts';
import type { Words } from '../words/use-words.ts';

/** Codes of the record that a sentence calls by a word of the language, by the family of their words. */
const coded = {
  'word.role': [
    'mediator',
    'coordinator',
    'approver',
    'officer',
    'medic',
    'observer',
    'commissioner',
    'guarantor',
  ],
  'word.strike': [
    'refused',
    'unfit',
    'identity',
    'withheld-for-proceedings',
    'died',
    'party-decision',
    'duplicate',
  ],
  'word.halt': ['count-mismatch', 'identity', 'security', 'medical', 'communications', 'party-decision'],
  'word.carrier': ['road', 'rail', 'air'],
  'word.place': ['departure', 'arrival'],
  'word.counter': ['giver', 'neutral', 'receiver'],
  'word.stage': ['before-listing', 'at-line'],
  list: ['sought', 'held', 'withheld'],
  verdict: [
    'acknowledged',
    'not-held',
    'conflicting-data',
    'withheld-for-proceedings',
    'reported-dead',
    'transferred-to-third-power',
    'identity-queried',
  ],
} as const;

/** The words of a language with what they stand for: made once for each, and asked at every letter typed. */
interface Lexicon {
  readonly kinds: readonly (readonly [said: string, kind: ActKind])[];
  readonly codes: readonly (readonly [said: string, code: string])[];
  readonly months: readonly (readonly string[])[];
}
const lexicons = new WeakMap<Words, Lexicon>();

function lexiconOf(words: Words): Lexicon {
  const known = lexicons.get(words);
  if (known !== undefined) return known;
  const { t, has } = words;
  const plain = (text: string) => foldForSearch(text.replaceAll(/\{\{.*?\}\}/gu, ' '));
  const month = (form: 'long' | 'short', at: number) =>
    new Intl.DateTimeFormat(localeOf(words.language), { day: 'numeric', month: form, timeZone: 'UTC' })
      .formatToParts(Date.UTC(2025, at, 1))
      .filter(({ type }) => type === 'month')
      .map(({ value }) => foldForSearch(value).replace(/\.$/u, ''));
  const lexicon = {
    kinds: allKinds.map((kind) => [plain(`${t(`kind.${kind}`)} ${t(`act.${kind}`)}`), kind] as const),
    codes: Object.entries(coded).flatMap(([family, codes]) =>
      codes.flatMap((code) => {
        const key = `${family}.${code}`;
        return has(key) ? [[plain(t(key as 'verdict.not-held')), code] as const] : [];
      }),
    ),
    months: Array.from({ length: 12 }, (_, at) => [...month('long', at), ...month('short', at)]),
  };
  lexicons.set(words, lexicon);
  return lexicon;
}

/** A word of one letter says nothing, but a figure does. */
export function toSearchTerms(text: string, words: Words): readonly SearchTerm[] {
  const { kinds, codes, months } = lexiconOf(words);
  const typed = foldForSearch(text)
    .split(/[\s,.:;#→]+/u)
    .filter((word) => word.length > 1 || /\d/u.test(word));
  return typed.map((word) => ({
    text: word,
    kinds: kinds.flatMap(([said, kind]) => (said.includes(word) ? [kind] : [])),
    codes: codes.flatMap(([said, code]) => (said.includes(word) ? [code] : [])),
    months: months.flatMap((names, at) =>
      word.length > 2 && names.some((name) => name.startsWith(word) || word === name) ? [at + 1] : [],
    ),
  }));
}
