/**
 * The one door to a process's log: every line of it passes here.
 *
 * Law     One call is one line of at most `lineMax` characters of ours. No text, whoever wrote it, begins another line,
 *         moves a cursor, sets a colour, hides a character or turns the direction of writing.
 * Why     Parts of what a node reports are words of its neighbours: a witness's refusal, an error of a proxy. Written
 *         raw, they could make up alarms in this node's name.
 */
import { toPlainParts } from '@homeward/core/plain-text';

/** Longest line, in characters; a stack trace of a bug fits. */
export const lineMax = 4_000;

/** What is hidden or would act on a terminal stands by its name, as `<U+001B>`; angle brackets before such a name, too. */
export function toReportLine(text: string): string {
  return toPlainParts(text.replaceAll('<U+', '<U<U+002B>'), lineMax)
    .map(({ text: part, named }) => (named ? `<${part}>` : part))
    .join('');
}

/** A bug as one line: what was thrown, then where, from the inside to the outside. */
export function toBugLine(error: unknown): string {
  const says = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `bug: ${says
    .split('\n')
    .map((line) => line.trim())
    .join(' · ')}`;
}
