/**
 * Writes a CSV table: RFC 4180 with CRLF, quotes only where they are needed.
 *
 * Law     A cell that a spreadsheet would run as a formula gets an apostrophe before it, unless it is a number.
 */
const quoted = /[",\r\n]|^\s|\s$/u;
const formula = /^[=+\-@\t\r]/u;
const number = /^-?\d+(?:\.\d+)?$/u;

function toCell(value: string | number): string {
  const text = String(value);
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}
