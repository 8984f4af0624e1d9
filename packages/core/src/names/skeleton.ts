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
  // Stands for a ch that is read as х.
  χ: 'x',
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
  // A final ou is the Belarusian оў, except where all the rest is French: Choïgou.
  if (digraphs === asFrench && /(?:tch|ch|dj|gu|ï).*ou$/u.test(word)) return out.replace(/[ou]+$/u, 'u');
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

/**
 * The key that slips are counted on in an index: coarse letters with each one kept, so that one slip is one edit.
 *
 * Why: the coarse key drops doubles, so that a letter left out between two vowels (Гусаков, Гусаов) costs two.
 */
export function getSlipKey(fine: string): string {
  return fine
    .replaceAll('x', 'g')
    .replaceAll('щ', 'š')
    .replaceAll('a', 'A')
    .replaceAll('o', 'A')
    .replaceAll('e', 'I')
    .replaceAll('i', 'I');
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
    | 'western'
    | 'unmarked'
    | 'bulgarian'
    | 'caucasian'
    | 'armenian';
  /** The fine key under this rule; its coarse key follows by {@link getCoarseKey}. */
  readonly fine: string;
}

/** At most this many readings per token, so that an index over them stays small. */
export const mostReadings = 10;

function readUkrainianAsRussian(word: string): string {
  return word
    .replace(/(?<=.)[ьй]о/gu, 'е')
    .replace(/(?<=[чшжщ])о/gu, 'е')
    .replace(/^підгір/u, 'подгор')
    .replace(/^під/u, 'под')
    .replace(/^рос(?=[бвгджзлмнр])/u, 'роз')
    .replace(/^бес(?=[бвгджзлмнр])/u, 'без')
    .replace(/^роз(?=[кпстфхцчшщ])/u, 'рос')
    .replace(/^без(?=[кпстфхцчшщ])/u, 'бес')
    .replace(/ий$/u, 'ой')
    .replace(/(?<=.{3})ів$/u, 'ов')
    .replace(/(?<=.{2})їв$/u, 'ев');
}

/** A word and, for each vowel that Belarusian may have changed in it, the word with that vowel as Russian has it. */
function restoreVowels(
  word: string,
  soft: (word: string) => string,
  hard: (word: string) => string,
): readonly string[] {
  return [word, soft(word), hard(word), hard(soft(word))];
}

/**
 * Belarusian Cyrillic as Russian writes the name: дз, ц before soft vowels are д, т; an я before the stress may be an е,
 * and so may an а after a consonant that Belarusian hardened. Which vowels are meant does not show, so each is tried.
 *
 * Only words whose letters are Belarusian are read so: Ляшко and Лешко are two families.
 */
function readBelarusianCyrillic(word: string): readonly string[] {
  if (/[иїєґ']/u.test(word)) return [];
  if (
    !/дз[яё]|дз[ьіеюяё].*(?:дз|ц)[ьіеяюё]|ці(?=н(?:а|скі)?$)|^ця|сц[еяё]|ц[еіяё].*ц[еіяё]|ў|і.*[ыэ]|[ыэ].*і|[жшч]ы|іч$|[сц]кі$|[аеэ]нка$/u.test(
      word,
    )
  )
    return [];
  const plain = word.replace(/дз(?=[ьіеяюёвм])/gu, 'д').replace(/ц(?=[ьіеяюёвм])/gu, 'т');
  return restoreVowels(
    plain,
    (text) => text.replace(/я(?=[бвгджзклмнпрстфхцчшщў])/gu, 'е'),
    (text) => text.replace(/(?<=[жшчцр])а(?=.)/gu, 'е'),
  );
}

/** The same for a Latin spelling of the Belarusian form; ou, au, eu before a consonant or at the end are оў, аў, еў. */
function readBelarusianLatin(word: string): readonly string[] {
  const isBelarusian =
    /[ae]u(?![aeiouy])|ou(?:ski|skaya|skaia|skaja|sky|ka|na)?$|[ae]nka$|dz[iy][ao]|dz[ie].*(?:dz|ts)[ie]|sts[ie]|^ts[iy][ao]|ts[ie].*ts[ie]/u;
  if (!isBelarusian.test(word)) return [];
  const plain = word
    .replace(/dz(?=[^aouyj]|[yj][aeou])/gu, 'd')
    .replace(/ts(?=[iemv]|[yj][aeou])/gu, 't')
    // Lacinka writes ц as c: Cimašenka.
    .replace(/(?<![sz])c(?=[ieé])(?!ch)/gu, /[šžčŭ]/u.test(word) ? 't' : 'c')
    .replace(/(?<=[aeo])u(?![aeiouy]|$)|(?<=[aeo])u(?=y[aeou])|(?<=[aeo])u$/gu, 'v');
  return restoreVowels(
    plain,
    (text) => text.replace(/[iyj]a(?=[bcdfghklmnprstvwz])/gu, 'e'),
    (text) => text.replace(/(?<=zh|sh|ch|ts|r)a(?=.)/gu, 'e'),
  );
}

/** German writes з as s, ж and ш as sch, ц as z; an s at the start or before a consonant may be с as well. */
function readGerman(word: string): readonly string[] {
  const soft = word.replace(/(?<=[^s])s(?=[aeiouyj])/gu, 'ƶ');
  const first = soft.replace(/^s(?=[aeiouyj])/u, 'ƶ');
  const hush = (text: string): string => text.replace(/(?<!t)sch(?!tsch)/gu, 'ž');
  const wide = soft.replace(/(?<=[aeiouyw])s(?=[bdglmnr])/gu, 'ƶ');
  return [soft, first, hush(soft), hush(first), wide];
}

/** A ch for х, except in the endings in which it is ч in every name: Zacharchenko, Michailovich. */
function readChAsX(word: string): string {
  const ending = /ch(?:uk|enk[oa]|ak|[iy]k)$|[aeoiy](?:ch|chna)$/u.exec(word);
  const at = ending === null ? word.length : ending.index;
  return word.slice(0, at).replace(/(?<![st])ch/gu, 'χ') + word.slice(at);
}

/** What Russian writes for the beginnings of Armenian surnames. */
const armenianRoots: readonly (readonly [armenian: RegExp, russian: string])[] = [
  [/^hovhann?/u, 'ogann'],
  [/^hakob/u, 'akop'],
  [/^gevorg/u, 'gevork'],
  [/^sargs/u, 'sarkis'],
  [/^ghazar/u, 'kazar'],
  [/dz/u, 'ts'],
];

function readArmenian(word: string): readonly string[] {
  const silence = (text: string): string =>
    text.replace(/^h(?=ov|a[kmriy]|ra)|(?<=[aeiouy])h(?=[aeiouy])/gu, '');
  let russian = word;
  for (const [armenian, form] of armenianRoots) russian = russian.replace(armenian, form);
  return [silence(word), silence(russian)];
}

function readWestern(word: string): string {
  return word
    .replace(/ck/gu, 'k')
    .replace(/c(?=[aoulrt])/gu, 'k')
    .replace(/th/gu, 't')
    .replace(/qu/gu, 'kv')
    .replace(/oo/gu, 'u')
    .replace(/ee/gu, 'i');
}

/** A Latin word without its marks. */
function toUnmarked(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ø', 'o')
    .replaceAll('ə', 'a');
}

type AddReading = (rule: Reading['rule'], fine: string) => void;

function addCyrillicReadings(word: string, add: AddReading): void {
  if (/(?<=.)[ьй]о|[чшжщ]о|^під|^рос|^роз|^бе[зс]|ий$|.{3}ів$|.{2}їв$/u.test(word)) {
    add('ukrainian-russian', fold(readCyrillic(readUkrainianAsRussian(word))));
    // Many Russian forms keep -ий while the soft o is gone, and the other way round.
    add('soft-o', fold(readCyrillic(readUkrainianAsRussian(word.replace(/ий$/u, 'і')))));
  }
  for (const plain of readBelarusianCyrillic(word)) add('belarusian', fold(readCyrillic(plain)));
  // Bulgarian: ъ is a vowel, щ is шт.
  if (/[бвгджзклмнпрстфхцчшщ]ъ[бвгджзклмнпрстфхцчшщ]|щ/u.test(word))
    add('bulgarian', fold(readCyrillic(word.replaceAll('ъ', 'а').replaceAll('щ', 'шт'))));
}

function addLatinReadings(word: string, known: boolean, add: AddReading): void {
  // What a rule leaves as it is reads as it did: most words are left so by most rules.
  const done = new Set([word]);
  const read = (rule: Reading['rule'], text: string, digraphs = byDefault): void => {
    if (digraphs === byDefault) {
      if (done.has(text)) return;
      done.add(text);
    }
    add(rule, fold(readLatin(text, digraphs)));
  };
  // Whoever writes kh, zh or a bare sh does not write х as ch, nor з as s.
  const isEnglish = /kh|zh|(?<!c)sh|tch/u.test(word);
  const isGerman = !isEnglish && !word.includes('v') && /sch|w|j|ck|tz|ss/u.test(word);
  // Passports and airlines print no marks: Kovačević is Kovacevic, and a bare c is read as č as well.
  const unmarked = toUnmarked(word);
  if (unmarked !== word) read('unmarked', unmarked);
  else if (!isEnglish && /c(?![hkz])/u.test(word)) read('unmarked', word.replace(/c(?![hkz])/gu, 'č'));
  if (/[yij]o/u.test(word)) read('yo', word.replace(/[yij]+o/gu, 'e'));
  if (/^p[iy]d/u.test(word))
    read(
      'ukrainian-russian',
      word.replace(/^p[iy]d(?:[hg][iy]r)?/u, (start) => (start.length > 3 ? 'podgor' : 'pod')),
    );
  for (const plain of readBelarusianLatin(word)) read('belarusian', plain);
  if (/sz|cz|rz|ł|ó|ż/u.test(word)) read('polish', word, asPolish);
  if (/sch|w/u.test(word) && /sch|z|ch/u.test(word)) read('german', word, asGerman);
  if (isGerman) for (const text of readGerman(word)) read('german', text, asGerman);
  if (isGerman || /(?<![st])ch[bdglmnrtv]|^ach/u.test(word)) read('german', readChAsX(word));
  if (known && !isEnglish) {
    read('german', readChAsX(word));
    for (const text of readGerman(readChAsX(word))) read('german', text);
  }
  // Azerbaijani, Turkish and Uzbek: j or c for дж, q for г, o' for у.
  if (/j|c(?![hkz])|q|o'/u.test(word))
    read(
      'caucasian',
      word
        .replace(/d?j(?=[aeiouyəı])|c(?=[aeiouyəı])/gu, 'dž')
        .replaceAll('q', 'g')
        .replaceAll("o'", 'u'),
    );
  if (/[yi]an(?:ts|c)?$/u.test(word)) for (const text of readArmenian(word)) read('armenian', text);
  if (/tch|ou|dj|gue|gui|ine$|ff$|[éèï]/u.test(word)) read('french', word, asFrench);
  else if (word.includes('j')) read('french', word, withFrenchJ);
  else if (word.includes('ch') && (known || /(?<![st])ch[bdglmnrtv]/u.test(word)))
    read('french', word, asFrench);
  if (/ic$/u.test(word)) read('scientific', word.replace(/c$/u, 'č'));
  if (/x|[čšž]|c(?!h)/u.test(word)) read('scientific', word, asScientific);
  if (/ck|c[aoulrk]|th|ll|qu|oo|ee/u.test(word)) read('western', readWestern(word));
}

/**
 * The extra readings of one token, in a fixed order, without those equal to the default reading.
 *
 * @param token one repaired word (a hyphenated name is read part by part by its caller)
 * @param known whether the reader will look for known names only, and so may be given readings that nothing in the word
 * asks for: Michail is Михаил, while Chudov is rather Чудов than Худов
 */
export function getReadings(token: string, known = false): readonly Reading[] {
  const word = token.toLowerCase().replace(/[\s\-.,]+/gu, '');
  if (word.length < 3) return [];
  const found: Reading[] = [];
  const own = getWordFine(word);
  const add: AddReading = (rule, fine) => {
    if (fine !== own && found.length < mostReadings && !found.some((known) => known.fine === fine))
      found.push({ rule, fine });
  };
  const script = getScript(word);
  if (script === 'cyrillic') addCyrillicReadings(word, add);
  else if (script === 'latin') addLatinReadings(word, known, add);
  return found;
}

/** True when the letter is a vowel of the skeleton alphabet (fine or coarse). */
export function isSkeletonVowel(letter: string): boolean {
  return vowel.test(letter) || letter === 'i' || letter === 'A' || letter === 'I';
}
