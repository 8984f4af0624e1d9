/**
 * Days as the record and the claims write them: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or a moment with its offset.
 *
 * Law     A partial date is a span of days, never a guess of one. A moment with an offset is the day that the calendar
 *         showed at the place of the event, so that a post of 22 May in Washington is of 23 May at the border.
 * Why     No clock and no time zone database: the offsets are the table below.
 */

/** `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

/** From the first to the last day, both meant. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** When something was said: a span of days, or a moment in minutes since 1970-01-01T00:00Z. */
export type Moment =
  { readonly kind: 'days'; readonly span: Span } | { readonly kind: 'instant'; readonly minutes: number };

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const toDay = (year: number, month: number, day: number): Day => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

/** Days since 1970-01-01 in the Gregorian calendar (Hinnant, days_from_civil). */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The inverse of `dayNumber`. */
function toCivil(number: number): Day {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return toDay(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

function numberOf(day: Day): number {
  return dayNumber(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

/** Whole days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** The day that comes `days` after another. */
export function toDayAfter(day: Day, days: number): Day {
  return toCivil(numberOf(day) + days);
}

const datePattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u;
const momentPattern =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:(Z)|([+-])(\d{2}):(\d{2}))$/u;

/** A date that may be partial; undefined if the text is no date of the calendar. */
export function parseSpan(text: string): Span | undefined {
  const found = datePattern.exec(text);
  if (found === null) return undefined;
  const year = Number(found[1]);
  if (found[2] === undefined) return { from: toDay(year, 1, 1), to: toDay(year, 12, 31) };
  const month = Number(found[2]);
  if (month < 1 || month > 12) return undefined;
  if (found[3] === undefined)
    return { from: toDay(year, month, 1), to: toDay(year, month, daysIn(year, month)) };
  const day = Number(found[3]);
  if (day < 1 || day > daysIn(year, month)) return undefined;
  return { from: text, to: text };
}

/** A date that may be partial, or a moment with `Z` or an offset; undefined if it is neither. */
export function parseMoment(text: string): Moment | undefined {
  const span = parseSpan(text);
  if (span !== undefined) return { kind: 'days', span };
  const found = momentPattern.exec(text);
  if (found === null || parseSpan(text.slice(0, 10)) === undefined) return undefined;
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  const [offsetHour, offsetMinute] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 14 || offsetMinute > 59) return undefined;
  const offset = (offsetHour * 60 + offsetMinute) * (found[8] === '-' ? -1 : 1);
  return { kind: 'instant', minutes: numberOf(text.slice(0, 10)) * 1440 + hour * 60 + minute - offset };
}

/**
 * Hours ahead of UTC in the lands where people cross, least and most over the year. A party that is not here counts as
 * anywhere on earth.
 */
const offsets: Readonly<Record<string, readonly [number, number]>> = {
  UKR: [2, 3],
  RUS: [3, 3], // at the western border and in Moscow
  BLR: [3, 3],
  DLNR: [2, 3],
  TUR: [3, 3],
  ISR: [2, 3],
  PSE: [2, 3],
  EGY: [2, 3],
  SAU: [3, 3],
  YEM: [3, 3],
  HOU: [3, 3],
  QAT: [3, 3],
  ARE: [4, 4],
  OMN: [4, 4],
  ARM: [4, 4],
  AZE: [4, 4],
  DEU: [1, 2],
  'KPA-CPV': [8, 9],
  UNC: [9, 9],
};

/** The days that the calendar may have shown at an event between these parties when it was said. */
export function toSpan(moment: Moment, parties: readonly string[]): Span {
  if (moment.kind === 'days') return moment.span;
  const known = parties.flatMap((party) => (Object.hasOwn(offsets, party) ? [offsets[party]!] : []));
  const [least, most] =
    known.length === 0
      ? [-12, 14]
      : [Math.min(...known.map(([hours]) => hours)), Math.max(...known.map(([, hours]) => hours))];
  const dayAt = (hours: number): Day => toCivil(Math.floor((moment.minutes + hours * 60) / 1440));
  return { from: dayAt(least), to: dayAt(most) };
}

/** The span that covers both. */
export function joinSpans(a: Span, b: Span): Span {
  return { from: a.from < b.from ? a.from : b.from, to: a.to > b.to ? a.to : b.to };
}
