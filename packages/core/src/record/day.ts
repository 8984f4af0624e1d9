/** Days as records write them: a full date, a month, or a year, in the Gregorian calendar (ISO 8601). */
import { fitting, matching, members, optional, yesOrNo, type Of } from '../json/shape.ts';

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether the calendar has such a day, month or year: 2023-02-29 is none. */
function isInCalendar(text: string): boolean {
  const [year = 0, month, day] = text.split('-').map(Number);
  if (month === undefined) {
    return true;
  }
  if (month < 1 || month > 12) {
    return false;
  }
  const last = month === 2 && isLeap(year) ? 29 : (daysOfMonth[month - 1] ?? 0);
  return day === undefined || (day >= 1 && day <= last);
}

/** A date of which the day, or the month too, may be unknown. `about` marks an estimate. */
export const day = members({
  on: fitting(
    matching(/^[12]\d{3}(?:-\d{2}(?:-\d{2})?)?$/u, 'a date as 1990-05-23, 1990-05 or 1990'),
    isInCalendar,
    'a date that the calendar has',
  ),
  about: optional(yesOrNo),
});

export type Day = Of<typeof day>;

/** Whether the full date is known and is no estimate. */
export function isFullDay({ on, about }: Day): boolean {
  return on.length === 10 && about !== true;
}
