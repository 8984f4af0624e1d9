/** A sheet of a workbook as rows of texts, whatever program wrote it. */

/** A row that is not empty, with its number as the program shows it. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly name: string;
  /** Reads the sheet from its beginning. */
  readonly rows: () => Iterable<SheetRow>;
}

/** A sheet with more columns than this is no list of persons. */
export const columnsMax = 1000;
/** No program shows more rows. */
export const rowsMax = 1_048_576;
/** What a row with too many columns ends the reading with. */
export class SheetFault extends Error {}

/** A day as lists write it; a time of day is left out. */
export function toIsoDay(serial: number, is1904: boolean): string | undefined {
  const days = Math.floor(serial) + (is1904 ? 1462 : 0);
  // The serial numbers of the 20th and 21st century; Excel's 29 February 1900 is below 61.
  if (days < 1 || days > 110_000) return undefined;
  const date = new Date(Date.UTC(1899, 11, days < 61 ? 31 : 30) + days * 86_400_000);
  return date.toISOString().slice(0, 10);
}

/** A number as a list writes it: whole numbers without an exponent. */
export function toPlainNumber(text: string): string {
  if (!/e/iu.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text;
}
