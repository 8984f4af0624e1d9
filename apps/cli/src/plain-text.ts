/**
 * Text of others as a terminal may show it: what would move the cursor, start a line or turn the direction of writing
 * is spelled out, so that nobody's title or name can pass for what the command itself says.
 */
export function toPlainText(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Lines that speak of others' names and texts, each of them one line. */
export function toPlainLines(lines: readonly string[]): string {
  return lines.map((line) => `${toPlainText(line)}\n`).join('');
}
