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

const toYear = (text: string): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  return year <= 15 ? 2000 + year : 1900 + year;
};

/** Months by the first three letters of their names in Ukrainian, Russian, Belarusian, English. */
const months: ReadonlyMap<string, number> = new Map(
  [
    'січ янв сту jan',
    'лют фев feb',
    'бер мар сак mar',
    'кві апр кра apr',
    'тра мая май may',
    'чер июн чэр jun',
    'лип июл ліп jul',
    'сер авг жні aug',
    'вер сен sep',
    'жов окт кас oct',
    'лис ноя ліс nov',
    'гру дек сне dec',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** 12 березня 1985, 12-Mar-1985, March 12, 1985; undefined when no month is named. */
function parseNamedMonth(text: string): DateNumber | undefined {
  const match =
    /^(?<day>\d{1,2})[ .-]*(?<month>\p{L}{3,})[ .,-]*(?<year>\d{4})$/u.exec(text) ??
    /^(?<month>\p{L}{3,})[ .-]*(?:(?<day>\d{1,2})[ ,.-]+)?(?<year>\d{4})$/u.exec(text);
  const groups = match?.groups;
  const month = months.get(groups?.['month']?.slice(0, 3).toLowerCase() ?? '');
  if (groups === undefined || month === undefined) return undefined;
  return Number(groups['year']) * 10_000 + month * 100 + Number(groups['day'] ?? 0);
}

/**
 * Reads a date cell: 1990-02-01, 19900201, 1.2.1990, 01/02/90, 1 лютого 1990 р., 1990, 1990-02, an
 * Excel serial number.
 *
 * Impossible dates (31 February, month 13) are kept as figures: a slip in them is still telling.
 */
export function parseDate(cell: string, order: DateOrder = 'day-first'): DateNumber {
  if (/[;|]/u.test(cell)) {
    // Several dates in one cell: the first that names a day, else the first.
    const dates = cell.split(/[;|]/u, 8).map((part) => parseDate(part, order));
    return dates.find((date) => date > 0 && date % 100 > 0) ?? dates.find((date) => date > 0) ?? -1;
  }
  const text = cell
    .trim()
    .replace(/(?<=\d)[T ]\d{2}:\d{2}.*$/u, '')
    .replace(/\s*(?:року|года|рік|год)?\s*(?:народження|рождения|нараджэння)?$/u, '')
    .replace(/[\s,]*(?:р|г)\.?\s*(?:(?:н|р)\.?)?$/u, '')
    .replace(/^(?:born|ca\.?|circa|бл\.?|ок\.?)\s+/iu, '');
  let match = /^(\d{4})[-./ ](\d{1,2})(?:[-./ ](\d{1,2}))?$/u.exec(text);
  if (match !== null) return Number(match[1]) * 10_000 + Number(match[2]) * 100 + Number(match[3] ?? 0);
  match = /^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})$/u.exec(text);
  if (match !== null) {
    let day = Number(match[1]);
    let month = Number(match[2]);
    if ((order === 'month-first' && day <= 12) || (month > 12 && day <= 12)) [day, month] = [month, day];
    return toYear(match[3]!) * 10_000 + month * 100 + day;
  }
  if (/^\d{8}$/u.test(text)) {
    const year = Number(text.slice(0, 4));
    if (year >= 1000 && year < 2200) return Number(text);
    return Number(text.slice(4)) * 10_000 + Number(text.slice(2, 4)) * 100 + Number(text.slice(0, 2));
  }
  if (/^\d{4}$/u.test(text)) return Number(text) * 10_000;
  if (/^\d{5}$/u.test(text)) return fromExcelSerial(Number(text));
  match = /^(\d{1,2})\.(\d{4})$/u.exec(text);
  if (match !== null) return Number(match[2]) * 10_000 + Number(match[1]) * 100;
  return parseNamedMonth(text) ?? -1;
}

/** Finds the order a column uses by the figures above 12; day first when nothing shows it. */
export function findDateOrder(cells: Iterable<string>): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const cell of cells) {
    const match = /^(\d{1,2})[-./](\d{1,2})[-./]\d{2,4}$/u.exec(cell.trim());
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

const isPlaceholder = (date: number): boolean => {
  const rest = date % 10_000;
  return rest === 101 || rest === 0 || rest % 100 === 0;
};

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
