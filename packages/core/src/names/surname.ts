/** Surnames: the stem both sexes share, the sex an ending shows, and the suffixes that make another family's name. */
import { getScript } from './repair.ts';
import { getFineKey } from './skeleton.ts';

export interface SurnameStem {
  /** The surname in its masculine form, lower case, in the script it came in. */
  readonly stem: string;
  readonly sex: 'm' | 'f' | 'unknown';
  /** Adjectival surnames change with sex, others do not. */
  readonly declension: 'adjective' | 'noun';
}

/** Nouns and names that end like a feminine adjective and are not one. */
const nounsInA = new Set(
  (
    'корова підкова подкова основа полова голова сова дуброва діброва дубрава халва держава слава трава крива канава ' +
    'калина малина дубина година людина скотина перепелина билина судина глина долина хлопина галушина купина ' +
    'торбина кручина хмарина пучина шина тина сина ліщина лещина вершина маслина тростина щетина зозулина ' +
    'пружина машина картина ялина осина рябина горобина бузина свинина дружина родина дитина ластовина скиба ' +
    'десятина перлина хвилина скорина паутина павутина сосна весна десна блоха сорока ворона корона борона ' +
    'луна струна вина ціна стіна війна стена цена гривна казна копна'
  ).split(' '),
);

interface Ending {
  readonly pattern: RegExp;
  readonly masculine: string;
  readonly sex: 'm' | 'f';
}

const cyrillicEndings: readonly Ending[] = [
  { pattern: /([сцз]ь?к)(а|ая|яя)$/u, masculine: '$1ий', sex: 'f' },
  { pattern: /([сцз]ь?к)(ий|ій|ый|ой|і|и)$/u, masculine: '$1ий', sex: 'm' },
  { pattern: /(.{2}[оеєё]в)а$/u, masculine: '$1', sex: 'f' },
  { pattern: /(.{2}[аеоя])[ўв]а$/u, masculine: '$1ў', sex: 'f' },
  { pattern: /(.{2}[оеєё]в|.{2}[аея]ў)$/u, masculine: '$1', sex: 'm' },
  { pattern: /(.{2}[іїиы]н)а$/u, masculine: '$1', sex: 'f' },
  { pattern: /(.{2}[іїы]н)$/u, masculine: '$1', sex: 'm' },
  { pattern: /(.{2})(ая|яя)$/u, masculine: '$1ий', sex: 'f' },
  { pattern: /(.[бвгджзклмпрстфхцчшщ]н|.[бвгдзклмпрст]л)а$/u, masculine: '$1ий', sex: 'f' },
  { pattern: /(.{2}[^аеєиіїоуюя])(ий|ій|ый|ой)$/u, masculine: '$1ий', sex: 'm' },
];
const latinEndings: readonly Ending[] = [
  { pattern: /((?:s|c|ts|tc|z)k)(a|aia|aya|aja)$/u, masculine: '$1i', sex: 'f' },
  { pattern: /((?:s|c|ts|tc|z)k)(yi|yy|iy|ii|ij|yj|y|i|oi|oy)$/u, masculine: '$1i', sex: 'm' },
  { pattern: /(.{2}[oe]v)a$/u, masculine: '$1', sex: 'f' },
  { pattern: /(.{2}[oe]v)$/u, masculine: '$1', sex: 'm' },
  { pattern: /(.{3}in)a$/u, masculine: '$1', sex: 'f' },
  { pattern: /(.{3}(?:yi|yy|iy|ii|ij))$/u, masculine: '$1', sex: 'm' },
  { pattern: /(.{3})(aya|aia|aja)$/u, masculine: '$1y', sex: 'f' },
];
const nounKeys = new Set([...nounsInA].map((noun) => getFineKey(noun)));

/**
 * The masculine form of one surname part.
 *
 * @param part one repaired surname without spaces or hyphens, any case
 */
export function getSurnameStem(part: string): SurnameStem {
  const text = part.toLowerCase();
  const script = getScript(text);
  if (script === 'other' || nounsInA.has(text) || (script === 'latin' && nounKeys.has(getFineKey(text))))
    return { stem: text, sex: 'unknown', declension: 'noun' };
  for (const { pattern, masculine, sex } of script === 'cyrillic' ? cyrillicEndings : latinEndings) {
    if (pattern.test(text)) return { stem: text.replace(pattern, masculine), sex, declension: 'adjective' };
  }
  if (/(их|ых)$/u.test(text) && text.length > 4)
    return { stem: text, sex: 'unknown', declension: 'adjective' };
  return { stem: text, sex: 'unknown', declension: 'noun' };
}

/** The suffixes that make one family's name from another's, on fine keys; the first list is Slavic beyond doubt. */
const strongSuffixes: readonly string[] = [
  'čenko',
  'enko',
  'anko',
  'čišin',
  'išin',
  'ščuk',
  'čuk',
  'uk',
  'ovič',
  'evič',
  'ič',
  'ko',
  'ivsk',
  'ovsk',
  'evsk',
  'inski',
  'enski',
];
const weakSuffixes: readonly string[] = [
  'čik',
  'čak',
  'čin',
  'enok',
  'ski',
  'cki',
  'ak',
  'ik',
  'ok',
  'ka',
  'ec',
  'iv',
  'ov',
  'ev',
  'in',
  'un',
  'an',
  'ar',
  'ai',
  'ei',
  'i',
  'o',
  'a',
];
const strong: ReadonlySet<string> = new Set(strongSuffixes);
/** Of the weak ones those that no name of the West ends in by a slip; a bare root ('') is beside them a name of its own. */
const slavicOnly: ReadonlySet<string> = new Set([
  ...strongSuffixes,
  '',
  'čik',
  'čak',
  'čin',
  'enok',
  'ski',
  'cki',
  'ak',
  'ik',
  'ec',
  'iv',
  'ov',
]);
/** Endings that a slip leaves behind as often as a family forms its name with them. */
const bare: ReadonlySet<string> = new Set(['o', 'i', 'ka']);
const allSuffixes: readonly string[] = [...strongSuffixes, ...weakSuffixes];

/** The last consonant before a suffix alternates: Мельник – Мельничук, Захарко – Захарчук, Кравець – Кравчук. */
function soften(root: string): string {
  return root.replace(/[kc]$/u, 'č').replace(/g$/u, 'ž').replace(/x$/u, 'š');
}

/** What is left of a surname without each family-forming suffix, with that suffix; computed once per name. */
export type FamilyRoots = ReadonlyMap<string, string>;

/** @param fine the fine key of a surname */
export function getFamilyRoots(fine: string): FamilyRoots {
  const roots = new Map<string, string>();
  const put = (root: string, suffix: string): void => {
    for (const one of [root, soften(root)]) if (one.length >= 2 && !roots.has(one)) roots.set(one, suffix);
  };
  put(fine, '');
  if (fine.endsWith('ec')) put(`${fine.slice(0, -2)}c`, 'ec');
  for (const suffix of allSuffixes) if (fine.endsWith(suffix)) put(fine.slice(0, -suffix.length), suffix);
  return roots;
}

/** True for -енко and -енок, -ко and -ок: two letters that changed places. */
function isTurned(a: string, b: string): boolean {
  const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
  return pair === 'enko enok' || pair === 'ko ok';
}

/** The family-forming ending that two names have in common, at most; empty when they have none. */
export function findCommonSuffix(a: string, b: string): string {
  return strongSuffixes.find((suffix) => a.endsWith(suffix) && b.endsWith(suffix)) ?? '';
}

/** Suffix pairs that are two spellings of one: only these may differ within a family. */
function isSameSuffix(a: string, b: string): boolean {
  const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
  return pair === 'ev ov' || pair === 'evič ovič' || pair === 'cki ski';
}

/**
 * True when two surnames differ by exactly a family-forming suffix (Ткач / Ткачук, Савчук / Савчак, Коваль / Коваленко):
 * that is evidence of two families, not of a slip.
 *
 * @param a,b fine keys of two surnames
 * @param left,right their {@link getFamilyRoots}
 * @param isOneSlip whether they are one slip apart: then both endings must be a family's own
 * @param slavic whether at least one is written in Cyrillic; two Latin spellings need a suffix that only Slavic names have
 */
export function isOtherFamily(
  a: string,
  b: string,
  slavic: boolean,
  left: FamilyRoots = getFamilyRoots(a),
  right: FamilyRoots = getFamilyRoots(b),
  isOneSlip = false,
): boolean {
  if (a === b || a.charAt(0) !== b.charAt(0)) return false;
  for (const [root, suffix] of left) {
    const other = right.get(root);
    if (other === undefined || other === suffix) continue;
    if (!slavic && !strong.has(suffix) && !strong.has(other)) {
      if (!slavicOnly.has(suffix) || !slavicOnly.has(other)) continue;
    }
    // An ending that is no family's own beside one that is (Кравченко, Кравчено) is a letter left out.
    if (isOneSlip && (bare.has(suffix) || bare.has(other) || isTurned(suffix, other))) continue;
    return !isSameSuffix(suffix, other);
  }
  return false;
}
