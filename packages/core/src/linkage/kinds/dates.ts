/** Dates of birth as people write them, and the levels at which two of them agree. */

/** Year × 10,000 + month × 100 + day; month and day 0 when unknown. -1: not a date. */
export type DateNumber = number;

/** Which of day and month comes first where the figures do not show it. */
export type DateOrder = 'day-first' | 'month-first';

/** Excel's day 0 for serial numbers is 1899-12-30. */
function fromExcelSerial(serial: number): DateNumber {
  // Civil date from days since 1970-01-01 (Howard Hinnant's algorithm, public domain).
  const z = serial - 25_569 + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day;
}

/**
 * Two-figure years up to this one are of this century. Why fixed: no clock may change a result; a list with two-figure
 * years has children on it more often than persons of a hundred.
 */
const newestShortYear = 26;

const toYear = (text: string): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  return year <= newestShortYear ? 2000 + year : 1900 + year;
};

/** Months by the beginnings of their names in Ukrainian, Russian, Belarusian, English, Polish, Turkish, Arabic. */
const months: readonly (readonly string[])[] = [
  'січ янв сту студ jan sty oca يناير كانون_الثاني',
  'лют фев feb lut şub sub فبراير شباط',
  'бер мар сак mar مارس آذار',
  'кві апр кра apr kwi nis أبريل ابريل نيسان',
  'тра мая май may maj مايو أيار',
  'чер июн чэр jun cze haz يونيو حزيران',
  'лип июл ліп jul lip tem يوليو تموز',
  'сер авг жні aug sie ağu agu أغسطس اغسطس آب',
  'вер сен sep wrz eyl سبتمبر أيلول',
  'жов окт кас oct okt paź paz eki أكتوبر اكتوبر تشرين_الأول',
  'лис ноя ліс nov lis kas نوفمبر تشرين_الثاني',
  'гру дек сне снежня dec grud gru ara ديسمبر كانون_الأول',
].map((names) => names.split(' ').map((name) => name.replace('_', ' ')));

const romans: readonly string[] = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

function findMonth(word: string): number | undefined {
  const lower = word.toLowerCase();
  if (lower.length < 3) return undefined;
  // The longest beginning decides: "лис" is Ukrainian for November, "ліп" Belarusian for July.
  let best: number | undefined;
  let length = 2;
  for (const [index, names] of months.entries())
    for (const name of names)
      if (name.length > length && lower.startsWith(name)) {
        best = index + 1;
        length = name.length;
      }
  return best;
}

const toNumber = (year: number, month: number, day: number): DateNumber => year * 10_000 + month * 100 + day;

/** 12 березня 1985, «12» березня 85 р., 12-Mar-85, March 12, 1985, 12.V.1989; undefined when no month is named. */
function parseNamedMonth(text: string): DateNumber | undefined {
  const match =
    /^(?<day>\d{1,2})[ .-]*(?<month>\p{L}[\p{L}\p{M}]{2,})[ .,-]*(?<year>\d{4}|\d{2})$/u.exec(text) ??
    /^(?<month>\p{L}[\p{L}\p{M}]{2,})[ .-]*(?:(?<day>\d{1,2})[ ,.-]+)?(?<year>\d{4})$/u.exec(text);
  const groups = match?.groups;
  const month = findMonth(groups?.['month'] ?? '');
  if (groups !== undefined && month !== undefined)
    return toNumber(toYear(groups['year']!), month, Number(groups['day'] ?? 0));
  const roman = /^(\d{1,2})[ ./-]*([ivxіхІХ]{1,4})[ ./-]*(\d{4}|\d{2})$/iu.exec(text);
  const number =
    romans.indexOf((roman?.[2] ?? '').toLowerCase().replaceAll('і', 'i').replaceAll('х', 'x')) + 1;
  return roman !== null && number > 0 ? toNumber(toYear(roman[3]!), number, Number(roman[1])) : undefined;
}

/** Arabic and Persian figures as the ones of Europe. */
const toFigures = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (figure) => String(figure.charCodeAt(0) & 0xf));

/** A date cell without what people write around a date. */
function stripDate(cell: string): string {
  return toFigures(cell.normalize('NFKC'))
    .replace(/[\p{Zs}\s]+/gu, ' ')
    .replace(/[«»"“”„']/gu, '')
    .replace(/\([^)]*\)?/gu, ' ')
    .replace(/^[\s.,:]+/u, '')
    .replace(
      /^(?:(?:народився|народилася|народився\(лася\)|народж(?:ений|ена)?|нар|родился|родилась|рожд|род|р|born|b|dob|d\.o\.b|ca|circa|бл|ок|приблизно|около|doğum)[.:]*\s+|(?:нар|рожд|род)\.)/iu,
      '',
    )
    .replace(
      /(?<=\d)[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)?$/iu,
      '',
    )
    .replace(/[\s,]*(?:року|года|рік|год|гада|році|году)?\s*(?:народження|рождения|нараджэння)?\s*\.?$/iu, '')
    .replace(/[\s,]*(?:р|г)\.?\s*(?:(?:н|р)\.?)?$/iu, '')
    .replace(/(?<=\d)\s*([./-])\s*(?=[\p{L}\d])/gu, '$1')
    .replace(/(?<=\p{L})\s*([./-])\s*(?=\d)/gu, '$1')
    .replace(/[\s.,;]+$/u, '')
    .trim();
}

/**
 * Reads a date cell: 1990-02-01, 19900201, 01021990, 1.2.1990, 01. 02. 1990, 01/02/90, «1» лютого 1990 р., 1-Feb-90,
 * 1.II.1990, нар. 01.02.1990, 1990, 1990-02, 02/1990, each with a time of day or an age behind it; an Excel serial number.
 *
 * Impossible dates (31 February, month 13) are kept as figures: a slip in them is still telling.
 */
export function parseDate(cell: string, order: DateOrder = 'day-first'): DateNumber {
  if (/[;|]/u.test(cell)) {
    // Several dates in one cell: the first that names a day, else the first.
    const dates = cell.split(/[;|]/u, 8).map((part) => parseDate(part, order));
    return dates.find((date) => date > 0 && date % 100 > 0) ?? dates.find((date) => date > 0) ?? -1;
  }
  const text = stripDate(cell.slice(0, 100));
  let match = /^(\d{4})[-./ ](\d{1,2})(?:[-./ ](\d{1,2}))?$/u.exec(text);
  if (match !== null) return toNumber(Number(match[1]), Number(match[2]), Number(match[3] ?? 0));
  match = /^(\d{1,2})[-./ ,](\d{1,2})[-./ ,](\d{4}|\d{2})$/u.exec(text);
  if (match !== null) {
    let day = Number(match[1]);
    let month = Number(match[2]);
    if ((order === 'month-first' && day <= 12) || (month > 12 && day <= 12)) [day, month] = [month, day];
    return toNumber(toYear(match[3]!), month, day);
  }
  if (/^\d{8}$/u.test(text)) return parseEightFigures(text, order);
  if (/^\d{4}$/u.test(text)) return toNumber(Number(text), 0, 0);
  if (/^\d{5}(?:[.,]\d+)?$/u.test(text)) return fromExcelSerial(Math.floor(Number(text.replace(',', '.'))));
  match = /^(\d{1,2})[-./ ](\d{4})$/u.exec(text);
  if (match !== null) return toNumber(Number(match[2]), Number(match[1]), 0);
  return parseNamedMonth(text) ?? -1;
}

const isYear = (year: number): boolean => year >= 1850 && year < 2100;

/** 19890512 or 12051989: the reading whose year a living person has, by the column's order where both have. */
function parseEightFigures(text: string, order: DateOrder): DateNumber {
  const first = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))] as const;
  const last = [Number(text.slice(4)), Number(text.slice(2, 4)), Number(text.slice(0, 2))] as const;
  if (isYear(first[0]) && first[1] <= 12) return toNumber(...first);
  if (isYear(last[0])) {
    const [year, month, day] = last;
    const isSwapped = (order === 'month-first' && day <= 12) || (month > 12 && day <= 12);
    return isSwapped ? toNumber(year, day, month) : toNumber(year, month, day);
  }
  return isYear(first[0]) ? toNumber(...first) : -1;
}

/** Finds the order a column uses by the figures above 12; day first when nothing shows it. */
export function findDateOrder(cells: Iterable<string>): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const cell of cells) {
    const match = /^\D{0,8}(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}\d{2,4}(?!\d)/u.exec(cell.trim());
    if (match === null) continue;
    if (Number(match[1]) > 12) dayFirst += 1;
    if (Number(match[2]) > 12) monthFirst += 1;
  }
  return monthFirst > dayFirst ? 'month-first' : 'day-first';
}

/** The levels of two dates by number, best first. */
export const dateLevel = {
  missing: 0,
  same: 1,
  swapped: 2,
  oneDigit: 3,
  years: 4,
  placeholder: 5,
  twoOfThree: 6,
  year: 7,
  different: 8,
} as const;

/** The levels in words. */
export const dateLevels: readonly string[] = [
  'missing',
  'same date',
  'day and month swapped',
  'one digit',
  'one or ten years apart, same day',
  'same year, other is a placeholder',
  'day and month, or month and year',
  'same year',
  'different',
];

/** True for what is written where the day is not known: 1 January, a month or a year alone, the year 1900. */
export const isPlaceholder = (date: DateNumber): boolean => {
  const rest = date % 10_000;
  return rest === 101 || rest % 100 === 0 || date < 19_010_000;
};

/** The share of persons whose record shows this date: a placeholder stands for many days. */
export function getDateShare(date: DateNumber): number {
  if (date < 19_010_000 || date % 10_000 === 0) return 1 / 42;
  if (date % 100 === 0) return 1 / 500;
  return date % 10_000 === 101 ? 1 / 700 : 1 / 14_000;
}

/** True when the eight figures differ in one place, or in two neighbours that are swapped. */
function isOneDigit(a: number, b: number): boolean {
  let x = a;
  let y = b;
  let changed = 0;
  let first = -1;
  let firstA = 0;
  let firstB = 0;
  for (let place = 0; place < 8; place += 1) {
    const p = x % 10;
    const q = y % 10;
    if (p !== q) {
      changed += 1;
      if (changed === 1) {
        first = place;
        firstA = p;
        firstB = q;
      } else if (changed > 2 || place !== first + 1 || p !== firstB || q !== firstA) return false;
    }
    x = (x - p) / 10;
    y = (y - q) / 10;
  }
  return changed > 0;
}

/** The level of {@link dateLevels} at which two dates agree. Symmetric. */
export function compareDates(a: DateNumber, b: DateNumber): number {
  if (a === b) return dateLevel.same;
  const yearA = (a / 10_000) | 0;
  const yearB = (b / 10_000) | 0;
  const restA = a - yearA * 10_000;
  const restB = b - yearB * 10_000;
  if (yearA === yearB) {
    const monthA = (restA / 100) | 0;
    const monthB = (restB / 100) | 0;
    if (monthA === restB - monthB * 100 && monthB === restA - monthA * 100) return dateLevel.swapped;
    if (restA % 100 === 0 || restB % 100 === 0) {
      return restA === 0 || restB === 0 || monthA === monthB ? dateLevel.placeholder : dateLevel.year;
    }
    if (isOneDigit(a, b)) return dateLevel.oneDigit;
    if (isPlaceholder(a) || isPlaceholder(b)) return dateLevel.placeholder;
    return monthA === monthB ? dateLevel.twoOfThree : dateLevel.year;
  }
  if (restA === restB && restA !== 0 && restA !== 101) {
    const years = Math.abs(yearA - yearB);
    if (years === 1 || years === 10) return dateLevel.years;
    return isOneDigit(a, b) ? dateLevel.oneDigit : dateLevel.twoOfThree;
  }
  return dateLevel.different;
}
