/**
 * The official romanisation tables, each with its source. Letters that two tables share are written once, in `common`.
 *
 * `groups` are read first (longest first), then `ending` (the rest of the word, whole), then `initial` (start of a
 * word), then `after` (by the letter before), then `letters`.
 */

type Letters = Readonly<Record<string, string>>;

export interface RomanisationTable {
  readonly title: string;
  readonly source: string;
  readonly language: 'uk' | 'ru' | 'be';
  readonly letters: Letters;
  readonly initial?: Letters;
  readonly after?: readonly (readonly [before: string, letters: Letters])[];
  readonly groups?: readonly (readonly [from: string, to: string])[];
  readonly ending?: Letters;
  /** What an apostrophe between letters becomes; nothing when absent. */
  readonly apostrophe?: string;
}

export type RomanisationId =
  | 'kmu-55'
  | 'bgn-pcgn-2019'
  | 'uk-1996'
  | 'uk-passport-2007'
  | 'bgn-pcgn-1965'
  | 'icao-9303'
  | 'gost-52535'
  | 'mvd-310'
  | 'mvd-310-fr'
  | 'mvd-782'
  | 'bgn-pcgn-1947'
  | 'gost-779-a'
  | 'gost-779-b'
  | 'be-2010';

const common: Letters = {
  а: 'a',
  б: 'b',
  в: 'v',
  д: 'd',
  ж: 'zh',
  з: 'z',
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
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
};

const kmuLetters: Letters = {
  ...common,
  г: 'h',
  ґ: 'g',
  е: 'e',
  є: 'ie',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  щ: 'shch',
  ю: 'iu',
  я: 'ia',
  ь: '',
};
const kmuInitial: Letters = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };

const russian: Letters = {
  ...common,
  г: 'g',
  е: 'e',
  ё: 'e',
  и: 'i',
  й: 'i',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};
const mvd310: Letters = { ...russian, й: 'y', ъ: '"', ь: "'", ю: 'yu', я: 'ya' };
/** After these letters Russian е is read with a y. */
const vowelsAndSigns = 'аеёиоуыэюяйьъ';

const kmu55: RomanisationTable = {
  title: 'Ukrainian, Cabinet of Ministers resolution 55',
  source: 'Cabinet of Ministers of Ukraine, resolution No. 55 of 27 January 2010',
  language: 'uk',
  letters: kmuLetters,
  initial: kmuInitial,
  groups: [['зг', 'zgh']],
};

/** All tables by id; the ids are stable, they appear in explanations. */
export const romanisationTables: Readonly<Record<RomanisationId, RomanisationTable>> = {
  'kmu-55': kmu55,
  'bgn-pcgn-2019': {
    ...kmu55,
    title: 'Ukrainian, BGN/PCGN 2019 agreement',
    source: 'BGN/PCGN romanization of Ukrainian, 2019 agreement (adopts resolution 55)',
  },
  'uk-1996': {
    ...kmu55,
    title: 'Ukrainian, 1996 system',
    source: 'Ukrainian Commission for Legal Terminology, decision No. 9 of 19 April 1996',
    letters: { ...kmuLetters, щ: 'sch', ь: '’' },
    apostrophe: '”',
  },
  'uk-passport-2007': {
    title: 'Ukrainian, passports from 2007',
    source: 'Cabinet of Ministers of Ukraine, resolution No. 858 of 26 June 2007',
    language: 'uk',
    letters: { ...kmuLetters, г: 'g', ґ: 'g' },
    initial: { є: 'ye', й: 'y', ю: 'yu', я: 'ya' },
    groups: [['зг', 'zgh']],
  },
  'bgn-pcgn-1965': {
    title: 'Ukrainian, BGN/PCGN 1965 system',
    source: 'BGN/PCGN romanization system for Ukrainian, 1965',
    language: 'uk',
    letters: { ...kmuLetters, й: 'y', ї: 'yi', є: 'ye', ю: 'yu', я: 'ya', ь: '’' },
    apostrophe: '”',
  },
  'icao-9303': {
    title: 'Russian, passports from 2013 (ICAO 9303)',
    source:
      'ICAO Doc 9303-3 section 6, transliteration of Cyrillic; order of the Federal Migration Service No. 211 of 2014',
    language: 'ru',
    letters: russian,
  },
  'gost-52535': {
    title: 'Russian, passports 2010–2013',
    source: 'GOST R 52535.1-2006, annex A',
    language: 'ru',
    letters: { ...russian, ц: 'tc', ъ: '' },
  },
  'mvd-310': {
    title: 'Russian, passports 1997–2010',
    source: 'Ministry of Internal Affairs of Russia, order No. 310 of 26 May 1997',
    language: 'ru',
    letters: mvd310,
    groups: [
      ['ье', 'ye'],
      ['ъе', 'ye'],
      ['ьё', 'ye'],
      ['ъё', 'ye'],
    ],
  },
  'mvd-310-fr': {
    title: 'Russian, passports in French spelling until about 2000',
    source: 'Ministry of Internal Affairs of Russia, order No. 310 of 26 May 1997, French forms',
    language: 'ru',
    letters: {
      ...russian,
      ж: 'j',
      у: 'ou',
      ч: 'tch',
      ш: 'ch',
      щ: 'chtch',
      ю: 'iou',
      я: 'ia',
      й: 'i',
      ъ: '',
      ь: '',
    },
    groups: [
      ['кс', 'x'],
      ['ье', 'ie'],
      ['ъе', 'e'],
      ['ге', 'gue'],
      ['ги', 'gui'],
      ['гы', 'guy'],
    ],
    ending: { ин: 'ine', ын: 'yne' },
  },
  'mvd-782': {
    title: 'Russian, driving licences',
    source: 'Ministry of Internal Affairs of Russia, order No. 782 of 20 July 2000',
    language: 'ru',
    letters: { ...russian, й: 'y', ё: 'ye', ъ: "'", ь: "'", ю: 'yu', я: 'ya' },
    initial: { ё: 'yo' },
    after: [
      ['чшщж', { ё: 'e' }],
      ['аеёиоуыэюя', { е: 'ye', ё: 'yo' }],
    ],
    groups: [
      ['ье', 'ye'],
      ['ъе', 'ye'],
      ['ьё', 'yo'],
      ['ъё', 'yo'],
      ['ьи', 'yi'],
    ],
  },
  'bgn-pcgn-1947': {
    title: 'Russian, BGN/PCGN 1947 system',
    source: 'BGN/PCGN romanization system for Russian, 1947 agreement',
    language: 'ru',
    letters: { ...russian, й: 'y', ё: 'ë', ъ: '”', ь: '’', ю: 'yu', я: 'ya' },
    initial: { е: 'ye', ё: 'yë' },
    after: [[vowelsAndSigns, { е: 'ye', ё: 'yë' }]],
  },
  'gost-779-a': {
    title: 'GOST 7.79 system A (ISO 9)',
    source: 'GOST 7.79-2000, system A; ISO 9:1995',
    language: 'ru',
    letters: {
      ...russian,
      ж: 'ž',
      й: 'j',
      ё: 'ë',
      х: 'h',
      ц: 'c',
      ч: 'č',
      ш: 'š',
      щ: 'ŝ',
      ъ: 'ʺ',
      ь: 'ʹ',
      э: 'è',
      ю: 'û',
      я: 'â',
    },
  },
  'gost-779-b': {
    title: 'GOST 7.79 system B',
    source: 'GOST 7.79-2000, system B',
    language: 'ru',
    letters: {
      ...russian,
      й: 'j',
      ё: 'yo',
      х: 'x',
      ц: 'cz',
      щ: 'shh',
      ъ: '``',
      ы: 'y`',
      ь: '`',
      э: 'e`',
      ю: 'yu',
      я: 'ya',
    },
    groups: [
      ['це', 'ce'],
      ['ци', 'ci'],
      ['цы', 'cy`'],
      ['цй', 'cj'],
    ],
  },
  'be-2010': {
    title: 'Belarusian, passports',
    source:
      'Ministry of Internal Affairs of Belarus, instruction of 9 October 2008 as amended in 2010; ICAO Doc 9303-3',
    language: 'be',
    letters: {
      ...common,
      г: 'h',
      ґ: 'g',
      е: 'e',
      ё: 'io',
      і: 'i',
      и: 'i',
      й: 'i',
      ў: 'u',
      ы: 'y',
      ь: '',
      э: 'e',
      ю: 'iu',
      я: 'ia',
    },
  },
};

/** The tables whose output a Latin spelling is compared with, most common first. */
export const passportTables: Readonly<Record<'uk' | 'ru' | 'be' | 'unknown', readonly RomanisationId[]>> = {
  uk: ['kmu-55', 'uk-passport-2007', 'bgn-pcgn-1965', 'uk-1996'],
  ru: ['icao-9303', 'mvd-310', 'gost-52535', 'mvd-782', 'bgn-pcgn-1947', 'mvd-310-fr'],
  be: ['be-2010'],
  unknown: ['kmu-55', 'icao-9303', 'mvd-310', 'uk-passport-2007', 'gost-52535', 'mvd-310-fr', 'be-2010'],
};
