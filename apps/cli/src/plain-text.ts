/**
 * Text of others as a terminal may show it: what would move the cursor, start a line, turn the direction of writing or is
 * not seen at all is spelled out, so that nobody's title or name can pass for what the command itself says. Which
 * characters these are, `@homeward/core/plain-text` decides for terminal and page alike.
 */
import { toPlainParts } from '@homeward/core/plain-text';

export function toPlainText(text: string): string {
  return toPlainParts(text)
    .map((part) => (part.named ? toEscape(part.text) : part.text))
    .join('');
}

/** `U+202E` as `\u{202e}`; marks beyond four, `+36`, as `\u{+36}`. */
function toEscape(name: string): string {
  return `\\u{${name.replace(/^U\+0*(?=.)/u, '').toLowerCase()}}`;
}

/** Lines that speak of others' names and texts, each of them one line. */
export function toPlainLines(lines: readonly string[]): string {
  return lines.map((line) => `${toPlainText(line)}\n`).join('');
}
