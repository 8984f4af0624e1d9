/**
 * Lists of invented people under names that the development data pairs in Ukrainian and Russian: one list as a
 * Ukrainian office keeps it, the other in Russian or Latin, in the layouts and with the damage such lists show. Families
 * are in it on purpose: brothers, twins, fathers and sons, namesakes. Same seed, same lists; nobody in it exists.
 */
import { findGivenName, parsePatronymic, romanise, type RomanisationId } from '@homeward/core/names';
import { linkLists, type LinkResult, type LinkSettings, type PersonRow } from '@homeward/core/linkage';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createChance } from './generate-lists.ts';

type Chance = () => number;

interface Pair {
  readonly uk: string;
  readonly ru: string;
}

interface Person {
  readonly family: Pair;
  readonly former: Pair | undefined;
  readonly given: Pair;
  readonly patronymic: Pair;
  readonly birth: readonly [year: number, month: number, day: number];
  readonly place: Pair;
  readonly onLeft: boolean;
  readonly onRight: boolean;
}

/** How the right list spells. */
export type Spelling = 'russian' | 'tables' | 'informal' | 'mixed';
/** Which columns the lists have. */
export type Layout =
  | 'parts, date, place'
  | 'parts, date'
  | 'parts'
  | 'family and given, date'
  | 'family and given, year'
  | 'family and given'
  | 'one column, date'
  | 'one column'
  | 'initials, date'
  | 'initials'
  | 'parts against one column, date';

export const layouts: readonly Layout[] = [
  'parts, date, place',
  'parts, date',
  'parts',
  'family and given, date',
  'family and given, year',
  'family and given',
  'one column, date',
  'one column',
  'initials, date',
  'initials',
  'parts against one column, date',
];
export const spellings: readonly Spelling[] = ['russian', 'tables', 'informal', 'mixed'];

/** What linking two drawn lists with the default settings gave. */
export interface SliceScore {
  readonly layout: Layout;
  readonly spelling: Spelling;
  readonly both: number;
  readonly matched: number;
  readonly right: number;
  readonly review: number;
  readonly rightInReview: number;
  /** Pairs shown at 99 % or more, and how many of them are one person. */
  readonly sure: number;
  readonly sureRight: number;
  /** Wrong matches, then missed persons, as lines to read. */
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

const capital = (text: string): string =>
  text.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

function readPairs(folder: string, file: string): Pair[] {
  return readFileSync(join(folder, 'pep_ua2ru', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .filter((row) => !row.includes('!') && row[0] !== '' && row[1] !== '')
    .filter((row) => /^[\p{Script=Cyrillic}'’ʼ-]+$/u.test(row[0]!) && /^[а-яёА-ЯЁ'-]+$/u.test(row[1]!))
    .map((row) => ({ uk: capital(row[0]!.toLowerCase()), ru: capital(row[1]!.toLowerCase()) }));
}

const isFemale = (surname: string): boolean =>
  /(ська|цька|зька|[оеєё]ва|[іїи]на|на)$/u.test(surname.toLowerCase());
const isMale = (surname: string): boolean =>
  /(ський|цький|зький|[оеєё]в|[іїи]н|ий|ій)$/u.test(surname.toLowerCase());

/** Everything the generator draws from, read once. */
export interface NameStock {
  readonly surnames: { readonly m: readonly Pair[]; readonly f: readonly Pair[] };
  readonly given: { readonly m: readonly Weighted[]; readonly f: readonly Weighted[] };
  readonly patronymics: { readonly m: readonly Weighted[]; readonly f: readonly Weighted[] };
}

interface Weighted extends Pair {
  /** Running sum of weights up to and with this one. */
  readonly sum: number;
}

function weigh(pairs: readonly Pair[], counts: ReadonlyMap<string, number>): Weighted[] {
  let sum = 0;
  return pairs.map((pair) => {
    sum += ((counts.get(pair.ru.toLowerCase()) ?? 0) + 3) ** 0.75;
    return { ...pair, sum };
  });
}

function draw(list: readonly Weighted[], chance: Chance): Weighted {
  const at = chance() * list.at(-1)!.sum;
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]!.sum <= at) low = middle + 1;
    else high = middle;
  }
  return list[low]!;
}

/** @param folder the names folder of the development data */
export function readStock(folder: string): NameStock {
  const table = (file: string): string[][] =>
    readFileSync(join(folder, 'russiannames', file), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  const givenCounts = new Map<string, number>();
  const sexOf = new Map<string, string>();
  for (const [count, text, sex] of table('names.tsv')) {
    const key = text!.toLowerCase();
    givenCounts.set(key, (givenCounts.get(key) ?? 0) + Number(count));
    if (sex === 'm' || sex === 'f') sexOf.set(key, sex);
  }
  const patronymicCounts = new Map<string, number>();
  for (const [count, text] of table('midnames.tsv')) patronymicCounts.set(text!.toLowerCase(), Number(count));
  const surnames = [
    ...readPairs(folder, 'lastnames_half.csv'),
    ...readPairs(folder, 'extra_half.csv').filter(
      ({ uk }) => findGivenName(uk).classes.length === 0 && parsePatronymic(uk) === undefined,
    ),
  ];
  const names = readPairs(folder, 'names.csv').filter(
    ({ ru }) => (givenCounts.get(ru.toLowerCase()) ?? 0) >= 20,
  );
  const patronymics = readPairs(folder, 'patronymics.csv').filter(
    ({ uk, ru }) => parsePatronymic(uk) !== undefined && parsePatronymic(ru) !== undefined,
  );
  const ofSex = (sex: 'm' | 'f') =>
    weigh(
      names.filter(({ ru }) => sexOf.get(ru.toLowerCase()) === sex),
      givenCounts,
    );
  const patronymicsOf = (sex: 'm' | 'f') =>
    weigh(
      patronymics.filter(
        ({ uk, ru }) => parsePatronymic(uk)!.sex === sex && parsePatronymic(ru)!.sex === sex,
      ),
      patronymicCounts,
    );
  return {
    surnames: {
      m: surnames.filter(({ uk }) => !isFemale(uk)),
      f: surnames.filter(({ uk }) => !isMale(uk)),
    },
    given: { m: ofSex('m'), f: ofSex('f') },
    patronymics: { m: patronymicsOf('m'), f: patronymicsOf('f') },
  };
}

const towns: readonly Pair[] = (
  'Київ=Киев Харків=Харьков Одеса=Одесса Дніпро=Днепр Львів=Львов Запоріжжя=Запорожье Миколаїв=Николаев ' +
  'Маріуполь=Мариуполь Вінниця=Винница Херсон=Херсон Полтава=Полтава Чернігів=Чернигов Черкаси=Черкассы ' +
  'Житомир=Житомир Суми=Сумы Хмельницький=Хмельницкий Чернівці=Черновцы Рівне=Ровно Тернопіль=Тернополь ' +
  'Луцьк=Луцк Ужгород=Ужгород Бердянськ=Бердянск Мелітополь=Мелитополь Нікополь=Никополь Ізмаїл=Измаил ' +
  'Умань=Умань Ковель=Ковель Ніжин=Нежин Лубни=Лубны Прилуки=Прилуки Конотоп=Конотоп Шостка=Шостка'
)
  .split(' ')
  .map((pair) => {
    const [uk, ru] = pair.split('=');
    return { uk: uk!, ru: ru! };
  });

/** The other sex's form of an adjectival surname; the same for all others. */
function toSex(pair: Pair, sex: 'm' | 'f'): Pair {
  if (sex === 'f' && isMale(pair.uk))
    return {
      uk: pair.uk.replace(/(ий|ій)$/u, 'а').replace(/([оеєё]в|[іїи]н)$/u, '$1а'),
      ru: pair.ru.replace(/(ий|ый|ой)$/u, 'ая').replace(/([оеё]в|[иы]н)$/u, '$1а'),
    };
  if (sex === 'm' && isFemale(pair.uk) && /(ська|цька|зька|[оеєё]ва)$/u.test(pair.uk))
    return {
      uk: pair.uk.replace(/([сцз]ьк)а$/u, '$1ий').replace(/([оеєё]в)а$/u, '$1'),
      ru: pair.ru.replace(/([сцз]к)ая$/u, '$1ий').replace(/([оеё]в)а$/u, '$1'),
    };
  return pair;
}

function makePeople(stock: NameStock, count: number, chance: Chance): Person[] {
  const people: Person[] = [];
  const pick = <One>(list: readonly One[], power = 1): One =>
    list[Math.floor(chance() ** power * list.length)]!;
  const fathersOf = (sex: 'm' | 'f', given: Pair): Weighted[] => {
    const classes = findGivenName(given.uk).classes;
    return stock.patronymics[sex].filter(({ uk }) =>
      parsePatronymic(uk)!.classes.some((id) => classes.includes(id)),
    );
  };
  const add = (sex: 'm' | 'f', own: Partial<Person>): Person => {
    const family = own.family ?? pick(stock.surnames[sex], 1.5);
    const where = chance();
    const person: Person = {
      family: toSex(family, sex),
      former: sex === 'f' && chance() < 0.06 ? pick(stock.surnames.f) : undefined,
      given: own.given ?? draw(stock.given[sex], chance),
      patronymic: own.patronymic ?? draw(stock.patronymics[sex], chance),
      birth: own.birth ?? [
        1955 + Math.floor(chance() * 50),
        1 + Math.floor(chance() * 12),
        1 + Math.floor(chance() * 28),
      ],
      place: own.place ?? pick(towns, 1.3),
      onLeft: where < 0.8,
      onRight: where < 0.6 || where >= 0.8,
    };
    people.push(person);
    return person;
  };
  while (people.length < count) {
    const sex = chance() < 0.75 ? 'm' : 'f';
    const first = add(sex, {});
    const kin = chance();
    const [year, month, day] = first.birth;
    const other = chance() < 0.7 ? sex : sex === 'm' ? 'f' : 'm';
    if (kin < 0.05) {
      // A brother or sister: the patronymic of the same father in the right form.
      const father = parsePatronymic(first.patronymic.uk)!;
      const same = stock.patronymics[other].filter(({ uk }) => {
        const found = parsePatronymic(uk)!;
        return father.classes.length > 0 && found.classes.some((id) => father.classes.includes(id));
      });
      const patronymic = other === sex ? first.patronymic : same[0];
      if (patronymic !== undefined)
        add(other, {
          family: first.family,
          patronymic,
          place: first.place,
          birth:
            kin < 0.008
              ? first.birth
              : [year + 1 + Math.floor(chance() * 6), 1 + Math.floor(chance() * 12), day],
        });
    } else if (kin < 0.08 && sex === 'm') {
      const patronymics = fathersOf(other, first.given);
      if (patronymics.length > 0)
        add(other, {
          family: first.family,
          patronymic: patronymics[0]!,
          place: first.place,
          birth: [
            year + 20 + Math.floor(chance() * 15),
            1 + Math.floor(chance() * 12),
            1 + Math.floor(chance() * 28),
          ],
          ...(other === 'm' && chance() < 0.3 ? { given: first.given } : {}),
        });
    } else if (kin < 0.09) add(sex, { family: first.family, given: first.given });
    else if (kin < 0.0925)
      add(sex, {
        family: first.family,
        given: first.given,
        birth: [year, month, 1 + Math.floor(chance() * 28)],
      });
  }
  return people;
}

const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  і: 'i',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  Х: 'X',
};

function slip(text: string, chance: Chance): string {
  const letters = Array.from(text);
  if (letters.length < 4) return text;
  const at = 1 + Math.floor(chance() * (letters.length - 2));
  const kind = chance();
  const alphabet = /\p{Script=Cyrillic}/u.test(text) ? 'аоиентрл' : 'aoientrl';
  if (kind < 0.3) letters.splice(at, 1);
  else if (kind < 0.5) letters.splice(at, 0, letters[at]!);
  else if (kind < 0.75) [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  else letters[at] = alphabet.charAt(Math.floor(chance() * alphabet.length));
  return letters.join('');
}

/** The ways people write a sound in Latin when no table is at hand; the first is the commonest. */
const informalLetters: Readonly<Record<string, string>> = {
  г: 'g h gh',
  ґ: 'g',
  е: 'e ye e',
  є: 'ye ie e',
  ж: 'zh j zh',
  й: 'y i j',
  и: 'y i',
  і: 'i',
  ї: 'yi i ji',
  х: 'kh h kh',
  ц: 'ts c tz',
  ч: 'ch tch ch',
  ш: 'sh',
  щ: 'shch sch sh',
  ы: 'y i',
  ь: '',
  ъ: '',
  ю: 'yu iu ju',
  я: 'ya ia ja',
  ё: 'yo e io',
  э: 'e',
  у: 'u u ou',
  в: 'v v w',
  кс: 'x ks',
};
const informalRussian: Readonly<Record<string, string>> = { и: 'i', г: 'g', й: 'y i j' };

function toInformal(word: string, russian: boolean, chance: Chance): string {
  let out = '';
  const lower = word.toLowerCase().replace(/['’ʼ]/gu, '');
  const letters = Array.from(lower);
  // A hand keeps to its habit within a word: one choice per letter.
  const habit = new Map<string, string>();
  for (const [index, letter] of letters.entries()) {
    const options = (
      russian ? (informalRussian[letter] ?? informalLetters[letter]) : informalLetters[letter]
    )?.split(' ');
    if (options === undefined) {
      out += romanise(letter, russian ? 'icao-9303' : 'kmu-55').toLowerCase();
      continue;
    }
    let choice = habit.get(letter);
    if (choice === undefined) {
      choice = options[Math.floor(chance() ** 1.6 * options.length)]!;
      habit.set(letter, choice);
    }
    if (letter === 'е' && index > 0 && choice === 'ye') choice = 'e';
    out += choice;
  }
  if (chance() < 0.5) out = out.replace(/(yy|iy|ii|yi|ij|yj|iй)$/u, chance() < 0.7 ? 'y' : 'i');
  if (chance() < 0.05) out = out.replace(/ov$/u, 'off');
  return capital(out);
}

const tables: readonly RomanisationId[] = [
  'kmu-55',
  'kmu-55',
  'kmu-55',
  'uk-passport-2007',
  'bgn-pcgn-1965',
  'uk-1996',
];
const russianTables: readonly RomanisationId[] = [
  'icao-9303',
  'icao-9303',
  'mvd-310',
  'gost-52535',
  'mvd-782',
  'mvd-310-fr',
  'bgn-pcgn-1947',
];

const two = (number: number): string => String(number).padStart(2, '0');

function writeDate([year, month, day]: readonly [number, number, number], style: number): string {
  if (style < 0.4) return `${two(day)}.${two(month)}.${year}`;
  if (style < 0.8) return `${year}-${two(month)}-${two(day)}`;
  return `${two(day)}.${two(month)}.${two(year % 100)}`;
}

function damageDate(birth: Person['birth'], chance: Chance): Person['birth'] | 'year' | '' {
  const [year, month, day] = birth;
  const damage = chance();
  if (damage < 0.015) return [year, month, 1 + ((day + 9) % 28)];
  if (damage < 0.025 && day <= 12) return [year, day, month];
  if (damage < 0.035) return [year, 1, 1];
  if (damage < 0.045) return [year + (chance() < 0.5 ? 1 : -1), month, day];
  if (damage < 0.05) return [year + (chance() < 0.5 ? 10 : -10), month, day];
  if (damage < 0.065) return 'year';
  if (damage < 0.09) return '';
  return birth;
}

interface Cells {
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
  readonly date: string;
  readonly year: string;
  readonly place: string;
}

const headers = [
  ['Прізвище', "Ім'я", 'По батькові', 'Дата народження', 'Місце народження', 'ПІБ'],
  ['Фамилия', 'Имя', 'Отчество', 'Дата рождения', 'Место рождения', 'ФИО'],
  ['surname', 'first_name', 'patronymic', 'dob', 'birth_place', 'full_name'],
] as const;

function toRow(
  id: string,
  cells: Cells,
  layout: Layout,
  side: 'left' | 'right',
  language: 0 | 1 | 2,
  order: number,
): PersonRow {
  const [family, given, patronymic, date, place, full] = headers[language];
  const row: Record<string, string> = { id };
  const initial = (text: string): string => (text === '' ? '' : `${text.charAt(0)}.`);
  const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
  const oneColumn =
    layout.startsWith('one column') || (layout.startsWith('parts against') && side === 'right');
  if (layout.startsWith('initials'))
    row[full] = joined([cells.family, initial(cells.given), initial(cells.patronymic)]);
  else if (oneColumn)
    row[full] =
      order < 0.5
        ? joined([cells.family, cells.given, cells.patronymic])
        : order < 0.9
          ? joined([cells.given, cells.patronymic, cells.family])
          : `${cells.family}, ${joined([cells.given, cells.patronymic])}`;
  else {
    row[family] = cells.family;
    row[given] = cells.given;
    if (layout.startsWith('parts')) row[patronymic] = cells.patronymic;
  }
  if (layout.endsWith('year')) row[date] = cells.year;
  else if (layout.includes('date')) row[date] = cells.date;
  if (layout.includes('place')) row[place] = cells.place;
  return row;
}

/** Draws two lists and links them with the default settings. */
export function scoreSlice(
  stock: NameStock,
  layout: Layout,
  spelling: Spelling,
  count: number,
  seed: number,
  settings: LinkSettings = {},
  inspect?: (result: LinkResult) => void,
): SliceScore {
  const chance = createChance(seed);
  const people = makePeople(stock, count, chance);
  const left: PersonRow[] = [];
  const right: PersonRow[] = [];
  const shown = new Map<string, string>();
  // What a whole list has in common: capitals, the order of a whole name, the form of dates.
  const upperLeft = chance() < 0.3;
  const upperRight = chance() < 0.3;
  const dateLeft = chance();
  const dateRight = chance();
  const orderRight = chance();
  const put = (list: PersonRow[], row: PersonRow): void => {
    list.push(row);
    shown.set(row['id']!, Object.values(row).join(' · '));
  };
  let both = 0;
  for (const [index, person] of people.entries()) {
    if (person.onLeft && person.onRight) both += 1;
    if (person.onLeft) {
      let family = person.family.uk;
      let given = person.given.uk;
      const patronymic = person.patronymic.uk;
      if (chance() < 0.08)
        family = family.replace(/[асеіорхуАВСЕНІКМОРТХ]/u, (letter) => lookAlikes[letter] ?? letter);
      if (chance() < 0.05)
        given = given.replace(/[асеіорхуАВСЕНІКМОРТХ]/u, (letter) => lookAlikes[letter] ?? letter);
      if (chance() < 0.3) family = family.replace("'", chance() < 0.5 ? '’' : 'ʼ');
      if (chance() < 0.01) family = slip(family, chance);
      const cells: Cells = {
        family,
        given,
        patronymic: chance() < 0.02 ? '' : patronymic,
        date: writeDate(person.birth, dateLeft),
        year: String(person.birth[0]),
        place: person.place.uk,
      };
      put(left, toRow(`a${index}`, upper(cells, upperLeft), layout, 'left', 0, 0));
    }
    if (person.onRight) {
      const own = person.former !== undefined && chance() < 0.5 ? person.former : person.family;
      const kind =
        spelling === 'mixed'
          ? (['russian', 'tables', 'informal'] as const)[Math.floor(chance() * 3)]!
          : spelling;
      let cells: Cells;
      const damaged = damageDate(person.birth, chance);
      const date =
        damaged === '' ? '' : damaged === 'year' ? String(person.birth[0]) : writeDate(damaged, dateRight);
      const year = damaged === '' ? '' : String(damaged === 'year' ? person.birth[0] : damaged[0]);
      const place = chance() < 0.2 ? '' : person.place.ru;
      if (kind === 'russian')
        cells = {
          family: own.ru,
          given: person.given.ru,
          patronymic: chance() < 0.08 ? '' : person.patronymic.ru,
          date,
          year,
          place,
        };
      else {
        const russian = chance() < 0.4;
        const table = russian
          ? russianTables[Math.floor(chance() * russianTables.length)]!
          : tables[Math.floor(chance() * tables.length)]!;
        const write = ({ uk, ru }: Pair): string => {
          const text = russian ? ru : uk;
          return kind === 'tables' ? romanise(text, table) : toInformal(text, russian, chance);
        };
        cells = {
          family: write(own),
          given: write(person.given),
          patronymic: chance() < 0.6 ? '' : write(person.patronymic),
          date,
          year,
          place: romanise(place, 'icao-9303'),
        };
      }
      if (chance() < 0.04) cells = { ...cells, family: slip(cells.family, chance) };
      if (chance() < 0.015) cells = { ...cells, given: slip(cells.given, chance) };
      if (chance() < 0.01) cells = { ...cells, patronymic: slip(cells.patronymic, chance) };
      if (chance() < 0.015 && !layout.includes('one column'))
        cells = { ...cells, family: cells.given, given: cells.family };
      put(
        right,
        toRow(
          `b${index}`,
          upper(cells, upperRight),
          layout,
          'right',
          spelling === 'russian' ? 1 : 2,
          orderRight,
        ),
      );
    }
  }
  const result = linkLists(left, right, settings);
  inspect?.(result);
  const score = { both, matched: 0, right: 0, review: 0, rightInReview: 0, sure: 0, sureRight: 0 };
  const wrong: string[] = [];
  const found = new Map<string, string>();
  for (const pair of result.pairs) {
    const a = result.leftIds[pair.left]!;
    const b = result.rightIds[pair.right]!;
    const isRight = a.slice(1) === b.slice(1);
    if (pair.probability >= 0.99 && pair.decision === 'match') {
      score.sure += 1;
      if (isRight) score.sureRight += 1;
    }
    if (isRight)
      found.set(
        a.slice(1),
        `${pair.decision} ${pair.probability.toFixed(3)} margin ${pair.margin.toFixed(1)}`,
      );
    if (pair.decision === 'review') {
      score.review += 1;
      if (isRight) score.rightInReview += 1;
      continue;
    }
    score.matched += 1;
    if (isRight) score.right += 1;
    else
      wrong.push(
        `${pair.probability.toFixed(3)} ${pair.weight.toFixed(1)} margin ${pair.margin.toFixed(1)}: ${shown.get(a)!} | ${shown.get(b)!}`,
      );
  }
  const missed = people.flatMap((person, index) => {
    if (!person.onLeft || !person.onRight) return [];
    const seen = found.get(String(index));
    if (seen?.startsWith('match') === true) return [];
    return [`${seen ?? 'not found'}: ${shown.get(`a${index}`)!} | ${shown.get(`b${index}`)!}`];
  });
  return { layout, spelling, ...score, wrong, missed };
}

function upper(cells: Cells, wanted: boolean): Cells {
  if (!wanted) return cells;
  return {
    ...cells,
    family: cells.family.toUpperCase(),
    given: cells.given.toUpperCase(),
    patronymic: cells.patronymic.toUpperCase(),
  };
}
