/**
 * Names in the genitive, dative, accusative or instrumental, as orders and reports have them ("солдата Шевчука Тараса
 * Івановича"), brought to the nominative.
 *
 * Law: only a patronymic shows for sure that a name stands in another case; without one nothing is changed. Where a family
 * name may have several nominatives all are offered.
 * Cost: a few patterns and look-ups in the table of given names.
 */
import { alternativeMark } from './alternatives.ts';
import { findGivenName, getGivenNameClasses } from './given-name.ts';
import { parsePatronymic } from './patronymic.ts';

type Sex = 'm' | 'f';

/** A patronymic of another case in the nominative, with the bearer's sex. */
export interface OtherCase {
  readonly patronymic: string;
  readonly sex: Sex;
}

const masculine = /^(\p{L}+(?:[оеєёао]вич|[оае]віч|[лкмв]ь?[иії]ч))(?:а|у|еві|ем|ам|і)$/iu;
const feminine = /^(\p{L}+(?:[іїоеєёаэ][вў]н|[иі]чн))(?:и|і|ы|е|у|ою|ой|ай|ей|ый)$/iu;

const isCapital = (word: string): boolean => word.length > 1 && word === word.toUpperCase();
const like = (model: string, text: string): string => (isCapital(model) ? text.toUpperCase() : text);

/** Reads a word as a patronymic in another case than the nominative; undefined when it is none. */
export function readOtherCase(word: string): OtherCase | undefined {
  const man = masculine.exec(word)?.[1];
  if (man !== undefined && parsePatronymic(man)?.sex === 'm') return { patronymic: man, sex: 'm' };
  const woman = feminine.exec(word)?.[1];
  if (woman === undefined) return undefined;
  const patronymic = `${woman}${like(word, 'а')}`;
  return parsePatronymic(patronymic)?.sex === 'f' ? { patronymic, sex: 'f' } : undefined;
}

type Rule = readonly [ending: RegExp, ...nominatives: string[]];

const givenRules: Readonly<Record<Sex, readonly Rule[]>> = {
  m: [
    [/(?:ові|еві)$/u, '', 'о', 'ь'],
    [/(?:ієві|єві)$/u, 'ій', 'й'],
    [/ія$/u, 'ій'],
    [/ия$/u, 'ий'],
    [/ею$/u, 'ей'],
    [/а$/u, '', 'о'],
    [/я$/u, 'й', 'ь', '', 'я'],
    [/у$/u, '', 'о', 'а'],
    [/ю$/u, 'й', 'ь', '', 'я'],
    [/(?:ом|ем|ам)$/u, '', 'о', 'ь', 'й'],
    [/(?:єм|ем)$/u, 'й'],
    [/(?:ою|ой)$/u, 'а'],
    [/(?:ею|єю|ей)$/u, 'я'],
    [/[иіы]$/u, 'а', 'я'],
    [/[їе]$/u, 'я', 'а'],
  ],
  f: [
    [/(?:ією|ией)$/u, 'ія', 'ия'],
    [/(?:ії|ии)$/u, 'ія', 'ия'],
    [/ею$/u, 'я'],
    [/(?:ою|ой|ай)$/u, 'а'],
    [/(?:єю|ей)$/u, 'я', 'а'],
    [/[иы]$/u, 'а', 'я', 'ь'],
    [/[ії]$/u, 'а', 'я', ''],
    [/е$/u, 'а', 'я'],
    [/у$/u, 'а'],
    [/ю$/u, 'я'],
  ],
};

const familyRules: Readonly<Record<Sex, readonly Rule[]>> = {
  m: [
    [/(?:ого|ому)$/u, 'ий', 'ой'],
    [/(?:его|ему|ього|ьому)$/u, 'ій', 'ий'],
    [/(?<=[сцз]ьк|[сц]к)(?:им|ым|ім)$/u, 'ий'],
    [/(?<=[оеєё]в|[иіїы]н)(?:а|у|ым|им|ові|ом)$/u, ''],
    [/(?<=ен)(?:ка|ку|ком|кові)$/u, 'ко'],
    [/(?<=[^аеєиіїоуюя])(?:ця|цю|цем|цеві)$/u, 'ець', 'ць'],
    [/(?:йця|йцю|йцем)$/u, 'єць', 'ець'],
    [/(?:єця|єцю|єцем)$/u, 'єць'],
    [/(?:ові|еві)$/u, '', 'о', 'ь'],
    [/(?<=к)(?:а|у)$/u, '', 'о'],
    [/а$/u, '', 'о'],
    [/у$/u, '', 'о', 'а'],
    [/(?<=[аеєиіїоуюя])(?:я|ю|єм|ем)$/u, 'й'],
    [/(?:я|ю)$/u, 'ь', '', 'я'],
    [/(?:ом|ем|єм)$/u, '', 'о', 'ь'],
    [/ою$/u, 'а'],
    [/[иы]$/u, 'а'],
    [/і$/u, 'а', 'я'],
  ],
  f: [
    [/(?<=[оеєё]в|[иіїы]н)(?:ої|ій|ой|у|ою)$/u, 'а'],
    [/(?:ої|ій|ою)$/u, 'а'],
    [/ой$/u, 'ая', 'а'],
    [/(?:ую|ю)$/u, 'ая', 'я'],
    [/у$/u, 'а'],
    [/[иы]$/u, 'а'],
    [/(?<=[^к])і$/u, 'а', 'я'],
  ],
};

function apply(word: string, rules: readonly Rule[]): readonly string[] {
  const lower = word.toLowerCase();
  const found: string[] = [];
  for (const [ending, ...nominatives] of rules) {
    const match = ending.exec(lower);
    if (match === null || match.index < 2) continue;
    for (const nominative of nominatives) {
      const one = word.slice(0, match.index) + like(word, nominative);
      if (!found.includes(one)) found.push(one);
    }
  }
  return found;
}

const isGivenOf = (word: string, sex: Sex): boolean =>
  findGivenName(word).classes.some((id) => getGivenNameClasses()[id]!.sex === sex);

function toGiven(word: string, sex: Sex): string {
  return apply(word, givenRules[sex]).find((one) => isGivenOf(one, sex)) ?? word;
}

/** At most so many nominatives of one family name are offered. */
const nominativesMax = 3;

function toFamily(word: string, sex: Sex): string {
  const lower = word.toLowerCase();
  // Of the rules the first that fits the ending is the one.
  for (const rule of familyRules[sex]) {
    const [ending] = rule;
    if (!ending.test(lower)) continue;
    const found = apply(word, [rule]);
    if (found.length > 0) return found.slice(0, nominativesMax).join(alternativeMark);
  }
  return word;
}

/** A whole name whose patronymic stood in another case, in the nominative. */
export function toNominative(
  name: { readonly family: string; readonly given: string },
  { sex }: OtherCase,
): { readonly family: string; readonly given: string } {
  // A double name declines in both parts; of its nominatives the likeliest stands for each.
  const parts = name.family.split('-');
  const family =
    parts.length > 1
      ? parts.map((part) => toFamily(part, sex).split(alternativeMark)[0]!).join('-')
      : toFamily(name.family, sex);
  return { family: name.family === '' ? '' : family, given: toGiven(name.given, sex) };
}
