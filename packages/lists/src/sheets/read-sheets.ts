/** Which sheet of a workbook is the list, and its rows as the builder takes them. */
import type { ColumnMapping } from '@homeward/core/linkage';
import { err, ok, type Result } from '@homeward/core/result';
import { findHeaderRow, type EarlyRow } from '../list/header-row.ts';
import { ListBuilder } from '../list/list-builder.ts';
import type { EncodedList } from '../list/list.ts';
import { readOds } from './ods.ts';
import { SheetFault, type Sheet } from './sheet.ts';
import { readXlsx } from './xlsx.ts';

const earlyRowsMax = 40;

function scoreSheet(sheet: Sheet, mapping: ColumnMapping): number {
  const early: EarlyRow[] = [];
  for (const { number, cells } of sheet.rows()) {
    early.push({ cells, line: number, number });
    if (early.length >= earlyRowsMax) break;
  }
  const header = findHeaderRow(early, mapping);
  if (header === undefined) return early.length > 0 ? 0.1 : 0;
  return header.uses.filter((use) => use.use === 'compare').length;
}

/** The sheet with the most known columns, the first of several. */
function chooseSheet(sheets: readonly Sheet[], mapping: ColumnMapping): Sheet | undefined {
  let best: Sheet | undefined;
  let most = 0;
  for (const sheet of sheets) {
    const score = scoreSheet(sheet, mapping);
    if (score > most) {
      most = score;
      best = sheet;
    }
  }
  return best;
}

function fill(builder: ListBuilder, sheet: Sheet): void {
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(1 << 16);
  for (const { number, cells } of sheet.rows()) {
    const ends: number[] = [];
    let length = 0;
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] ?? '';
      while (length + cell.length * 3 > bytes.length) {
        const next = new Uint8Array(bytes.length * 2);
        next.set(bytes);
        bytes = next;
      }
      length += encoder.encodeInto(cell, bytes.subarray(length)).written;
      ends.push(length);
    }
    builder.takeRow(bytes, ends, number, number);
    if (builder.fault !== undefined) return;
  }
}

/** Every sheet of a workbook, for tables that are no list of persons; or a sentence that says what was expected. */
export function readSheets(bytes: Uint8Array): Result<readonly Sheet[], string> {
  const isOds = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).includes('opendocument.spreadsheet');
  return isOds ? readOds(bytes) : readXlsx(bytes);
}

/**
 * Reads the list of a workbook.
 *
 * @param path what messages call the file
 * @returns the list, or a sentence that says what was expected
 */
export function readWorkbook(
  bytes: Uint8Array,
  path: string,
  mapping: ColumnMapping,
): Result<EncodedList, string> {
  const isOds = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).includes('opendocument.spreadsheet');
  const sheets = readSheets(bytes);
  if (!sheets.ok) return err(`${path}: ${sheets.error}`);
  try {
    const sheet = chooseSheet(sheets.value, mapping);
    if (sheet === undefined) return err(`${path}: the workbook has no sheet with anything in it`);
    const builder = new ListBuilder(mapping);
    fill(builder, sheet);
    builder.finish();
    if (builder.fault !== undefined) return err(`${path}, sheet "${sheet.name}", ${builder.fault}`);
    if (sheets.value.length > 1) {
      const others = sheets.value.filter((one) => one !== sheet).map((one) => `"${one.name}"`);
      builder.note(`sheet "${sheet.name}" is read, not ${others.join(', ').slice(0, 300)}`);
    }
    return ok(builder.toList(path, { encoding: isOds ? 'ods' : 'xlsx', delimiter: '' }));
  } catch (error) {
    if (error instanceof SheetFault || error instanceof RangeError) return err(`${path}: ${error.message}`);
    throw error;
  }
}
