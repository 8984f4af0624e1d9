/**
 * What the words of a header mean: exact words first, then the words that clerks combine ("Прізвище, ім'я, по батькові,
 * звання", "ПІБ військовополоненого", "Число, місяць, рік народження").
 *
 * Law: a header that names another person (a mother, a relative, an officer) is never a column of the person.
 */
import { repairName } from '../../names/index.ts';

/** Which language or alphabet a header says its cells are in, and whose they are: neither makes it another column. */
const asides =
  /(?:^| )(?:uk|ua|ukr|ukrainian|укр|українською|українська|українською мовою|ru|rus|russian|рус|рос|русский|російською|by|be|bel|бел|en|eng|english|англ|lat|latn|latin|лат|латиницею|латинкою|латиницей|латиница|cyr|cyrl|cyrillic|кир|кирилицею|кириллицей|original|script|translit|transliteration|транслітерація|транслит)(?= |$)/gu;

const others =
  /матер|мати|мать|дружин|чолов[іи]ка|жен[аыу]|муж[а]?(?= |$)|родич|родств|контакт|слідч|следов|командир|адвокат|заявник|заявит|викона|исполн|лікар|врач|дитин|ребен|брат|сестр|mother|father in law|relative|contact|wife|husband|kin|officer|lawyer|commander|investigator|doctor|child|brother|sister|anne|eş|الأم|زوج/u;
const parts = {
  family: /прізвищ|прозвищ|прозвішч|фамил|surname|family name|last ?name|soyad|اسم العائلة|اللقب|الكنية/u,
  given:
    /(?:^| )(?:імя|имя|імена|имена|імёны|given name|first ?name|forename|adı|adi|ad)(?= |$)|الاسم الأول/u,
  patronymic: /по батьков|побатьков|отчеств|па бацьку|patronym|middle ?name|baba ad|اسم الأب|اسم الاب/u,
  initials: /ініціал|инициал|initial/u,
  whole:
    /(?:^| )(?:піб|фио|п і б|ф и о|п и б|пиб|full ?name|ad soyad|adı soyadı)(?= |$)|الاسم الكامل|الاسم الثلاثي/u,
  birth:
    /нар(?:од|ож|адж)|(?:^| )нар(?= |$)|рожд|(?:^| )рожд?(?= |$)|birth|born|(?:^| )dob(?= |$)|doğum|الميلاد|الولادة/u,
  place: /місц|мест|місто|place|where|yeri|مكان/u,
  month: /місяц|месяц|month|(?:^| )ay(?= |$)|شهر/u,
  day: /(?:^| )(?:день|число|дзень|day|gün|يوم)(?= |$)/u,
  year: /(?:^| )(?:рік|год|гады|year|yıl|سنة)(?= |$)/u,
  date: /дата|date|tarih|تاريخ/u,
} as const;

/** A part of a date of birth that has a column of its own. */
export type BirthPart = 'birth_day' | 'birth_month' | 'birth_year';

/** A header in small letters with one space between its words: `birthDate`, `Birth_date` and `BIRTH DATE.` are one. */
export function toWords(header: string): string {
  return repairName(header.slice(0, 200).replaceAll('№', ' No '))
    .text.normalize('NFKC')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replace(/['’ʼ`"*«»]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** The words without what is said of language or alphabet. */
export const withoutAsides = (words: string): string =>
  words.replace(asides, ' ').replace(/\s+/gu, ' ').trim();

/** Which part of a date of birth a header names; undefined when it names none, or all of them. */
export function findBirthPart(words: string): BirthPart | undefined {
  if (/^(?:bd|birth day|day of birth|b day)$/u.test(words)) return 'birth_day';
  if (/^(?:bm|birth month|month of birth)$/u.test(words)) return 'birth_month';
  if (/^(?:by|birth year|year of birth|b year|yob)$/u.test(words)) return 'birth_year';
  if (!parts.birth.test(words) || others.test(words) || parts.date.test(words)) return undefined;
  const named = (['day', 'month', 'year'] as const).filter((part) => parts[part].test(words));
  return named.length === 1 ? `birth_${named[0]!}` : undefined;
}

/** The known column that the combined words of a header mean; undefined when they mean none for sure. */
export function findByParts(words: string): string | undefined {
  if (others.test(words)) return undefined;
  const has = (part: keyof typeof parts): boolean => parts[part].test(words);
  if (has('birth')) {
    if (has('place')) return 'place_of_birth';
    return has('date') || has('day') || has('month') || has('year') || /(?:^| )dob(?= |$)/u.test(words)
      ? 'date_of_birth'
      : undefined;
  }
  if (has('whole') || (has('family') && (has('given') || has('patronymic') || has('initials')))) {
    return 'full_name';
  }
  if (has('family')) return 'family_name';
  // "Імʼя та по батькові": the cells are parted when they are compared.
  if (has('patronymic')) return has('given') && !/батька|отца/u.test(words) ? 'given_name' : 'patronymic';
  return has('given') ? 'given_name' : undefined;
}
