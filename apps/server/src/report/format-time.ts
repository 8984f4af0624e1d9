/** A time that a neighbour named, for people. Whatever the number is, this does not throw. */

/** The last millisecond of a JavaScript date, in either direction (ECMA-262, section 21.4.1.1). */
const dateMax = 8.64e15;

/** `ms` are Unix milliseconds; a number that no calendar has is said as such. */
export function formatTime(ms: number): string {
  return Math.abs(ms) <= dateMax
    ? new Date(ms).toISOString()
    : `a time beyond every calendar (${String(ms)} ms)`;
}
