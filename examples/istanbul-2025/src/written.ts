/**
 * A person as a clerk wrote them down, and all that goes wrong on the way: the damage that linking two real lists
 * has to see through. Every fault is drawn from the seed; the rates are those of `damageRates`.
 */
import type { Chance } from './chance.ts';
import type { FullName, Language, Person } from './person.ts';
import { inLatin, lookAlikes } from './spelling.ts';

/** The columns of a list of persons, in the order of the CSV header. */
export const columns = [
  'id',
  'family_name',
  'given_name',
  'patronymic',
  'sex',
  'date_of_birth',
  'place_of_birth',
  'citizenship',
  'rank',
  'unit',
  'service_number',
  'category',
  'captured_on',
  'captured_at',
  'facility',
  'priority',
  'notes',
] as const;

export type Column = (typeof columns)[number];

/** One row of a list: every column, empty where nothing is known. */
export type WrittenPerson = Readonly<Record<Column, string>>;

/** The probability of each fault per person and list. */
export interface DamageRates {
  readonly patronymicMissing: number;
  readonly patronymicInitial: number;
  readonly maidenName: number;
  readonly letterSlip: number;
  readonly lookAlike: number;
  readonly latin: number;
  readonly namesSwapped: number;
  readonly dayMonthSwapped: number;
  readonly dateDigitSlip: number;
  readonly yearOff: number;
  readonly firstOfJanuary: number;
  readonly dateMissing: number;
  readonly numberMissing: number;
  readonly unitMissing: number;
  readonly placeMissing: number;
  readonly rankMissing: number;
  /** The day of capture, which relatives count from the last call and guards from the first register. */
  readonly captureMissing: number;
  readonly captureOff: number;
}

/** What relatives and a headquarters know of their own people: near their documents. */
export const soughtDamage: DamageRates = {
  patronymicMissing: 0.02,
  patronymicInitial: 0.01,
  maidenName: 0.15,
  letterSlip: 0.01,
  lookAlike: 0.03,
  latin: 0.01,
  namesSwapped: 0.005,
  dayMonthSwapped: 0.005,
  dateDigitSlip: 0.01,
  yearOff: 0.005,
  firstOfJanuary: 0.005,
  dateMissing: 0.01,
  numberMissing: 0.15,
  unitMissing: 0.05,
  placeMissing: 0.1,
  rankMissing: 0.25,
  captureMissing: 0.35,
  captureOff: 0.4,
};

/** What a guard wrote in another language, often by ear. */
export const heldDamage: DamageRates = {
  patronymicMissing: 0.1,
  patronymicInitial: 0.04,
  maidenName: 0.02,
  letterSlip: 0.1,
  lookAlike: 0.04,
  latin: 0.05,
  namesSwapped: 0.015,
  dayMonthSwapped: 0.02,
  dateDigitSlip: 0.03,
  yearOff: 0.02,
  firstOfJanuary: 0.03,
  dateMissing: 0.05,
  numberMissing: 0.7,
  unitMissing: 0.4,
  placeMissing: 0.4,
  rankMissing: 0.4,
  captureMissing: 0,
  captureOff: 0,
};

const vowels: Readonly<Record<Language, string>> = { uk: 'аеиіоу', ru: 'аеиоуы' };

/** One letter heard or typed wrongly: another vowel, a doubled or a dropped letter. Keeps the first. */
function slip(word: string, language: Language, chance: Chance): string {
  if (word.length < 4) return word;
  const at = 1 + chance.below(word.length - 1);
  const letter = word.charAt(at);
  const others = Array.from(vowels[language]).filter((vowel) => vowel !== letter);
  if (vowels[language].includes(letter)) return word.slice(0, at) + chance.pick(others) + word.slice(at + 1);
  return chance.happens(0.5)
    ? word.slice(0, at) + word.slice(at + 1)
    : word.slice(0, at) + letter + word.slice(at);
}

/** One letter typed on the other keyboard: it looks the same and is another. */
function withLookAlike(word: string, chance: Chance): string {
  const places = Array.from(word).flatMap((letter, index) =>
    lookAlikes[letter] === undefined ? [] : [index],
  );
  if (places.length === 0) return word;
  const at = chance.pick(places);
  return word.slice(0, at) + lookAlikes[word.charAt(at)]! + word.slice(at + 1);
}

function writtenDate(date: string, rates: DamageRates, chance: Chance): string {
  const [year, month, day] = date.split('-') as [string, string, string];
  if (chance.happens(rates.dateMissing)) return '';
  if (chance.happens(rates.firstOfJanuary)) return `${year}-01-01`;
  if (Number(day) <= 12 && chance.happens(rates.dayMonthSwapped)) return `${year}-${day}-${month}`;
  if (chance.happens(rates.yearOff))
    return `${Number(year) + (chance.happens(0.5) ? 1 : -1)}-${month}-${day}`;
  if (chance.happens(rates.dateDigitSlip)) {
    const other = String((Number(day) % 28) + 1).padStart(2, '0');
    return `${year}-${month}-${other}`;
  }
  return date;
}

function writtenCapture(date: string, rates: DamageRates, chance: Chance): string {
  if (chance.happens(rates.captureMissing)) return '';
  if (!chance.happens(rates.captureOff)) return date;
  const days = chance.below(9) - 4;
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The row for `person` under `id`, as a clerk who writes `language` made it.
 *
 * `keeps` says what the list is for: a held list knows the facility, a sought list does not.
 */
export function writeDown(work: {
  readonly person: Person;
  readonly id: string;
  readonly language: Language;
  readonly rates: DamageRates;
  readonly keeps: 'sought' | 'held';
  readonly chance: Chance;
}): WrittenPerson {
  const { person, id, language, rates, keeps, chance } = work;
  const name: { -readonly [K in keyof FullName]: string } = { ...person.name[language] };
  if (person.maiden !== undefined && chance.happens(rates.maidenName)) name.family = person.maiden[language];
  if (chance.happens(rates.patronymicMissing)) name.patronymic = '';
  else if (chance.happens(rates.patronymicInitial)) name.patronymic = name.patronymic.slice(0, 1);
  if (chance.happens(rates.letterSlip)) name.family = slip(name.family, language, chance);
  if (chance.happens(rates.letterSlip / 2)) name.given = slip(name.given, language, chance);
  if (chance.happens(rates.latin)) {
    name.family = inLatin(name.family, language);
    name.given = inLatin(name.given, language);
    name.patronymic = inLatin(name.patronymic, language);
  } else if (chance.happens(rates.lookAlike)) {
    name.family = withLookAlike(name.family, chance);
  }
  if (chance.happens(rates.namesSwapped)) [name.family, name.given] = [name.given, name.family];
  const knows = (value: string, missing: number): string => (chance.happens(missing) ? '' : value);
  return {
    id,
    family_name: name.family,
    given_name: name.given,
    patronymic: name.patronymic,
    sex: person.sex,
    date_of_birth: writtenDate(person.dateOfBirth, rates, chance),
    place_of_birth: knows(person.placeOfBirth[language], rates.placeMissing),
    citizenship: person.citizenship,
    rank: knows(person.rank, rates.rankMissing),
    unit: knows(person.serviceUnit, rates.unitMissing),
    service_number: knows(person.serviceNumber, rates.numberMissing),
    category: person.category,
    captured_on: writtenCapture(person.capturedOn, rates, chance),
    captured_at: knows(person.capturedAt, rates.captureMissing),
    facility: keeps === 'held' ? person.facility : '',
    priority: '',
    notes: '',
  };
}
