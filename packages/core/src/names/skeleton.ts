/**
 * One skeleton for all scripts: the consonants and vowels that every romanisation of a name agrees on.
 *
 * Cyrillic is mapped letter by letter to a small alphabet, Latin by digraphs to the same alphabet, and then the same
 * fold runs over both. `fine` is what every table agrees on, `coarse` what Ukrainian, Russian and Belarusian agree on.
 * Signs of the alphabet: `a b c č d e f g i j k l m n o p r s š щ t u v x z ž`; in coarse keys `A` is a or o and `I`
 * is e or i.
 */
import { getScript } from './repair.ts';

const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  ў: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ё: 'e',
  э: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  ы: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'x',
  ц: 'c',
  ч: 'č',
  ш: 'š',
  щ: 'щ',
  ю: 'iu',
  я: 'ia',
  // Letters of neighbouring alphabets that appear on such lists: Kazakh, Tatar, Tajik, Serbian, Macedonian.
  ә: 'a',
  ғ: 'g',
  қ: 'k',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'g',
  ҳ: 'x',
  ҷ: 'dž',
  ӣ: 'i',
  ӯ: 'u',
  ј: 'i',
  љ: 'l',
  њ: 'n',
  ћ: 'č',
  ђ: 'dž',
  џ: 'dž',
  ѕ: 'z',
};

/** Longest digraph first: the order of this table is the order of reading. */
const latinDefault: readonly (readonly [string, string])[] = [
  ['schtsch', 'щ'],
  ['shtch', 'щ'],
  ['chtch', 'щ'],
  ['shch', 'щ'],
  ['szcz', 'щ'],
  ['tsch', 'č'],
  ['tsh', 'č'],
  ['zgh', 'zg'],
  ['tch', 'č'],
  ['sch', 'щ'],
  ['kh', 'x'],
  ['zh', 'ž'],
  ['sh', 'š'],
  ['ch', 'č'],
  ['ts', 'c'],
  ['tz', 'c'],
  ['tc', 'c'],
  ['cz', 'c'],
  ['gh', 'g'],
  ['ph', 'f'],
];
const latinPolish: readonly (readonly [string, string])[] = [
  ['szcz', 'щ'],
  ['sz', 'š'],
  ['cz', 'č'],
  ['rz', 'ž'],
  ['ch', 'x'],
  ['ó', 'u'],
  ['ż', 'ž'],
  ['ć', 'č'],
  ['ł', 'l'],
];
const latinGerman: readonly (readonly [string, string])[] = [
  ['schtsch', 'щ'],
  ['tsch', 'č'],
  ['sch', 'š'],
  ['ch', 'x'],
  ['tz', 'c'],
  ['z', 'c'],
];
const latinFrench: readonly (readonly [string, string])[] = [
  ['chtch', 'щ'],
  ['tch', 'č'],
  ['kh', 'x'],
  ['ch', 'š'],
  ['dj', 'dž'],
  ['j', 'ž'],
];
const latinScientific: readonly (readonly [string, string])[] = [
  ['šč', 'щ'],
  ['ch', 'x'],
  ['x', 'x'],
  ['h', 'x'],
];
const latinLetters: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'b',
  c: 'c',
  d: 'd',
  e: 'e',
  f: 'f',
  g: 'g',
  h: 'g',
  i: 'i',
  j: 'i',
  k: 'k',
  l: 'l',
  m: 'm',
  n: 'n',
  o: 'o',
  p: 'p',
  q: 'k',
  r: 'r',
  s: 's',
  t: 't',
  u: 'u',
  v: 'v',
  w: 'v',
  x: 'ks',
  y: 'i',
  z: 'z',
  č: 'č',
  ç: 'č',
  ć: 'č',
  š: 'š',
  ş: 'š',
  ș: 'š',
  ž: 'ž',
  ż: 'ž',
  ŝ: 'щ',
  û: 'iu',
  â: 'ia',
  ŭ: 'v',
  ı: 'i',
  ł: 'l',
  đ: 'd',
  ß: 's',
  ƶ: 'z',
  æ: 'e',
  œ: 'e',
  ø: 'o',
  þ: 't',
  ð: 'd',
  ə: 'a',
};

const vowel = /[aeou]/u;

/** Digraphs by their first letter, in the order of their list: the first that fits is taken. */
type Digraphs = ReadonlyMap<string, readonly (readonly [string, string])[]>;

function groupDigraphs(...lists: readonly (readonly (readonly [string, string])[])[]): Digraphs {
  const groups = new Map<string, (readonly [string, string])[]>();
  for (const digraph of lists.flat()) {
    const first = digraph[0].charAt(0);
    const known = groups.get(first);
    if (known === undefined) groups.set(first, [digraph]);
    else known.push(digraph);
  }
  return groups;
}

const byDefault = groupDigraphs(latinDefault);
const asPolish = groupDigraphs(latinPolish, latinDefault);
const asGerman = groupDigraphs(latinGerman, latinDefault);
const asFrench = groupDigraphs(latinFrench, latinDefault);
const withFrenchJ = groupDigraphs(
  [
    ['dj', 'dž'],
    ['j', 'ž'],
  ],
  latinDefault,
);
const asScientific = groupDigraphs(latinScientific, latinDefault);

function readLatin(word: string, digraphs: Digraphs): string {
  let out = '';
  let at = 0;
  while (at < word.length) {
    const letter = word.charAt(at);
    let taken = 0;
    const known = digraphs.get(letter);
    if (known !== undefined)
      for (const [from, to] of known) {
        if (word.startsWith(from, at)) {
          out += to;
          taken = from.length;
          break;
        }
      }
    if (taken === 0) {
      taken = 1;
      const next = word.charAt(at + 1);
      if (letter === 'g' && next === 'u' && /[eiy]/u.test(word.charAt(at + 2))) {
        out += 'g';
        taken = 2;
      } else if (letter === 'o' && next === 'u' && at + 2 < word.length) {
        out += 'u';
        taken = 2;
      } else {
        const plain = latinLetters[letter];
        if (plain !== undefined) out += plain;
        else
          for (const base of letter.normalize('NFD').toLowerCase())
            if (base >= 'a' && base <= 'z') out += latinLetters[base] ?? '';
      }
    }
    at += taken;
  }
  return word.endsWith('ou') || word.endsWith('au') ? out.replace(/([oa])u$/u, '$1v') : out;
}

function readCyrillic(word: string): string {
  let out = '';
  for (const letter of word) {
    const mapped = cyrillic[letter];
    if (mapped !== undefined) out += mapped;
    else if (letter >= '0' && letter <= '9') out += letter;
  }
  return out;
}

/** One letter for each run of equal letters. */
function dropDoubles(text: string): string {
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // A letter beyond the basic plane is two code units, which the pattern keeps together.
    if (code === last || (code & 0xf800) === 0xd800) return text.replace(/(.)\1+/gu, '$1');
    last = code;
  }
  return text;
}

function fold(plain: string): string {
  let text = plain;
  if (text.includes('s') || text.includes('č') || text.includes('š'))
    text = text
      .replaceAll('ts', 'c')
      .replaceAll('tč', 'č')
      .replaceAll('tš', 'č')
      .replaceAll('šč', 'щ')
      .replaceAll('sč', 'щ');
  if (text.includes('ou')) text = text.replace(/ou(?=.)/gu, 'u');
  if (text.includes('i')) {
    if (text.startsWith('i')) {
      const head = /^i+(?=[aou])/u.exec(text);
      if (head !== null) text = `j${text.slice(head[0].length)}`;
      else if (/^i+e/u.test(text)) text = text.replace(/^i+/u, '');
    }
    text = text.replace(/(?<=.)i+(?=[aeou])/gu, '');
    if (text.length > 4 && text.endsWith('ine')) text = text.slice(0, -1);
  }
  if (text.includes('gu')) text = text.replace(/gu(?=[ei])/gu, 'g');
  if (text.length > 2 && text.endsWith('f')) text = text.replace(/f+$/u, 'v');
  return dropDoubles(text);
}

/** @param word one lower-case word without spaces or hyphens. */
function getWordFine(word: string): string {
  const script = getScript(word);
  if (script === 'cyrillic') return fold(readCyrillic(word));
  if (script === 'latin') return fold(readLatin(word, byDefault));
  return word.replace(/[^\p{L}\p{N}]/gu, '');
}

const wordBreak = /[\s\-,./()]+/u;

/**
 * The fine key: equal for a name and for its romanisation by any of the official tables.
 *
 * @param text a repaired name, any case; several words give their keys joined without a gap
 */
export function getFineKey(text: string): string {
  const lower = text.toLowerCase();
  if (!/[\s\-,./()]/u.test(lower)) return getWordFine(lower);
  return lower.split(wordBreak).map(getWordFine).join('');
}

/** The coarse key from a fine one: what the three languages agree on. */
export function getCoarseKey(fine: string): string {
  let text = fine.replaceAll('x', 'g').replaceAll('щ', 'š');
  if (text.startsWith('j')) text = text.slice(1);
  if (text.includes('v')) text = text.replace(/[eo]v(a?)$/u, 'ov$1').replace(/[eio]vsk/u, 'ovsk');
  return dropDoubles(
    text.replaceAll('a', 'A').replaceAll('o', 'A').replaceAll('e', 'I').replaceAll('i', 'I'),
  );
}

/** Another way to read the letters, with the rule's name for the trace. */
export interface Reading {
  readonly rule:
    | 'ukrainian-russian'
    | 'soft-o'
    | 'belarusian'
    | 'yo'
    | 'polish'
    | 'german'
    | 'french'
    | 'scientific'
    | 'western';
  /** The fine key under this rule; its coarse key follows by {@link getCoarseKey}. */
  readonly fine: string;
}

/** At most this many readings per token, so that an index over them stays small. */
export const mostReadings = 3;

function readUkrainianAsRussian(word: string): string {
  return word
    .replace(/(?<=.)[ьй]о/gu, 'е')
    .replace(/(?<=[чшжщ])о/gu, 'е')
    .replace(/^під/u, 'под')
    .replace(/^рос(?=[бвгджзлмнр])/u, 'роз')
    .replace(/^бес(?=[бвгджзлмнр])/u, 'без')
    .replace(/^роз(?=[кпстфхцчшщ])/u, 'рос')
    .replace(/^без(?=[кпстфхцчшщ])/u, 'бес')
    .replace(/ий$/u, 'ой')
    .replace(/(?<=.{3})ів$/u, 'ов')
    .replace(/(?<=.{2})їв$/u, 'ев');
}

/**
 * The extra readings of one token, in a fixed order, without those equal to the default reading.
 *
 * @param token one repaired word (a hyphenated name is read part by part by its caller)
 */
export function getReadings(token: string): readonly Reading[] {
  const word = token.toLowerCase().replace(/[\s\-.,]+/gu, '');
  if (word.length < 3) return [];
  const found: Reading[] = [];
  const own = getWordFine(word);
  const add = (rule: Reading['rule'], fine: string): void => {
    if (fine !== own && found.length < mostReadings && !found.some((known) => known.fine === fine))
      found.push({ rule, fine });
  };
  const script = getScript(word);
  if (script === 'cyrillic') {
    if (/(?<=.)[ьй]о|[чшжщ]о|^під|^рос|^роз|^бе[зс]|ий$|.{3}ів$|.{2}їв$/u.test(word)) {
      add('ukrainian-russian', fold(readCyrillic(readUkrainianAsRussian(word))));
      // Many Russian forms keep -ий while the soft o is gone, and the other way round.
      add('soft-o', fold(readCyrillic(readUkrainianAsRussian(word.replace(/ий$/u, 'і')))));
    }
    if (/дз[ьіеяюё]|ц[ьіеяюёвм]|ў|і.*ы|ы.*і/u.test(word) && !/[иїєґ]/u.test(word)) {
      const plain = word
        .replace(/дз(?=[ьіеяюё])/gu, 'д')
        .replace(/ц(?=[ьіеяюёвм])/gu, 'т')
        .replace(/(?<=.)я(?=[бвгджзклмнпрстфхцчшщў])/gu, 'е');
      add('belarusian', fold(readCyrillic(plain)));
    }
  } else if (script === 'latin') {
    const decomposed = word;
    if (/[yij]o/u.test(word)) add('yo', fold(readLatin(word.replace(/[yij]+o/gu, 'e'), byDefault)));
    if (/sz|cz|rz|ł|ó|ż/u.test(word)) add('polish', fold(readLatin(decomposed, asPolish)));
    if (/sch|w/u.test(word) && /sch|z|ch/u.test(word)) add('german', fold(readLatin(word, asGerman)));
    // A German s between vowels is z: Lasarewitsch, Mesenzew.
    if (/sch|w/u.test(word) && /(?<=[aeiou])s(?=[aeiou])/u.test(word))
      add('german', fold(readLatin(word.replace(/(?<=[aeiou])s(?=[aeiou])/gu, 'ƶ'), asGerman)));
    // A Belarusian ў is u in passports: Yauhen, Siarheyeu.
    if (/[ae]u(?![aeiouy])/u.test(word))
      add('belarusian', fold(readLatin(word.replace(/(?<=[ae])u(?![aeiouy])/gu, 'v'), byDefault)));
    if (/tch|ou|dj|gue|gui|ine$/u.test(word)) add('french', fold(readLatin(word, asFrench)));
    else if (word.includes('j')) add('french', fold(readLatin(word, withFrenchJ)));
    else if (word.includes('ch')) add('french', fold(readLatin(word, asFrench)));
    if (/ic$/u.test(word)) add('scientific', fold(readLatin(word.replace(/c$/u, 'č'), byDefault)));
    if (/x|[čšž]|c(?!h)/u.test(word)) add('scientific', fold(readLatin(word, asScientific)));
    if (/ck|c[aoulrk]|th|ll|qu|oo|ee/u.test(word))
      add(
        'western',
        fold(
          readLatin(
            word
              .replace(/ck/gu, 'k')
              .replace(/c(?=[aoulrt])/gu, 'k')
              .replace(/th/gu, 't')
              .replace(/qu/gu, 'kv')
              .replace(/oo/gu, 'u')
              .replace(/ee/gu, 'i'),
            byDefault,
          ),
        ),
      );
  }
  return found;
}

/** True when the letter is a vowel of the skeleton alphabet (fine or coarse). */
export function isSkeletonVowel(letter: string): boolean {
  return vowel.test(letter) || letter === 'i' || letter === 'A' || letter === 'I';
}
