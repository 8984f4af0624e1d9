/**
 * Excel workbooks (XLSX): sheets as rows of texts. Formulas are never worked out, their last value is read; macros, links
 * and pictures are not unpacked.
 *
 * Source ECMA-376, Office Open XML, part 1: SpreadsheetML.
 */
import { err, ok, type Result } from '@homeward/core/result';
import { unpack, type Parts } from './archive.ts';
import { decodeText, getAttribute, readElements } from './markup.ts';
import {
  columnsMax,
  rowsMax,
  SheetFault,
  toIsoDay,
  toPlainNumber,
  type Sheet,
  type SheetRow,
} from './sheet.ts';

const empty = new Uint8Array(0);

/** Number formats 14 to 22 and their translations show a day or a time. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

function isDayFormat(code: string): boolean {
  const plain = code.replace(/\[[^\]]*\]|"[^"]*"|\\./gu, '');
  return /[ydдгр]|m{3,}/iu.test(plain) && !/general|основн/iu.test(plain);
}

/** For each style of a cell, whether it shows a day. */
function readDayStyles(parts: Parts): readonly boolean[] {
  const bytes = parts['xl/styles.xml'] ?? empty;
  const custom = new Map<number, boolean>();
  for (const { tag } of readElements(bytes, 'numFmt')) {
    custom.set(Number(getAttribute(tag, 'numFmtId')), isDayFormat(getAttribute(tag, 'formatCode') ?? ''));
  }
  const styles: boolean[] = [];
  for (const { content } of readElements(bytes, 'cellXfs')) {
    for (const { 1: tag } of content.matchAll(/<xf(?=[\s/>])([^>]*)>/gu)) {
      const id = Number(getAttribute(tag!, 'numFmtId') ?? 0);
      styles.push(custom.get(id) ?? isBuiltInDay(id));
    }
  }
  return styles;
}

/** The text of an element with runs; phonetic guides are no text. */
function readRuns(content: string): string {
  let text = '';
  for (const { 1: part } of content
    .replace(/<rPh[\s>].*?<\/rPh>/gsu, '')
    .matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/gu)) {
    text += part!;
  }
  return decodeText(text).replace(/_x([0-9A-F]{4})_/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** The column of a reference such as `AB12`, from 0. */
function readColumn(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/u.exec(reference)?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

interface Workbook {
  readonly texts: readonly string[];
  readonly days: readonly boolean[];
  readonly is1904: boolean;
}

function readCell(tag: string, content: string, { texts, days, is1904 }: Workbook): string {
  const type = getAttribute(tag, 't');
  if (type === 'inlineStr') return readRuns(content);
  const value = decodeText(/<v(?:\s[^>]*)?>([^<]*)<\/v>/u.exec(content)?.[1] ?? '');
  if (type === 's') return texts[Number(value)] ?? '';
  if (type === 'e') return '';
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/u, '');
  if (type === 'str' || type === 'b' || value === '') return value;
  const isDay = days[Number(getAttribute(tag, 's') ?? 0)] ?? false;
  return (isDay ? toIsoDay(Number(value), is1904) : undefined) ?? toPlainNumber(value);
}

function* readRows(bytes: Uint8Array, workbook: Workbook): Generator<SheetRow> {
  let number = 0;
  for (const { tag, content } of readElements(bytes, 'row')) {
    number = Number(getAttribute(tag, 'r') ?? number + 1);
    if (number > rowsMax) throw new SheetFault(`the sheet has more than ${rowsMax} rows`);
    const cells: string[] = [];
    let column = -1;
    for (const match of content.matchAll(/<c(?=[\s/>])([^>]*?)(?:\/>|>(.*?)<\/c>)/gsu)) {
      const reference = getAttribute(match[1]!, 'r');
      column = reference === undefined ? column + 1 : readColumn(reference);
      const text = match[2] === undefined ? '' : readCell(match[1]!, match[2], workbook).trim();
      if (text === '') continue;
      if (column >= columnsMax) throw new SheetFault(`the sheet has more than ${columnsMax} columns`);
      while (cells.length < column) cells.push('');
      cells[column] = text;
    }
    if (cells.length > 0)
      yield { number, cells: Array.from(cells, (cell: string | undefined) => cell ?? '') };
  }
}

const isWanted = (name: string): boolean =>
  /^xl\/(?:workbook|sharedStrings|styles)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/u.test(
    name,
  );

/** The visible sheets of a workbook, in their order. */
export function readXlsx(bytes: Uint8Array): Result<readonly Sheet[], string> {
  const unpacked = unpack(bytes, isWanted);
  if (!unpacked.ok) return unpacked;
  const parts = unpacked.value;
  const book = parts['xl/workbook.xml'];
  if (book === undefined) return err('the file is an archive, but no Excel workbook');
  const targets = new Map<string, string>();
  for (const { tag } of readElements(parts['xl/_rels/workbook.xml.rels'] ?? empty, 'Relationship')) {
    const target = getAttribute(tag, 'Target') ?? '';
    targets.set(getAttribute(tag, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  let is1904 = false;
  for (const { tag } of readElements(book, 'workbookPr'))
    is1904 = /^(?:1|true)$/u.test(getAttribute(tag, 'date1904') ?? '');
  const texts: string[] = [];
  for (const { content } of readElements(parts['xl/sharedStrings.xml'] ?? empty, 'si'))
    texts.push(readRuns(content));
  const workbook: Workbook = { texts, days: readDayStyles(parts), is1904 };
  const sheets: Sheet[] = [];
  for (const { tag } of readElements(book, 'sheet')) {
    const part = parts[targets.get(getAttribute(tag, 'r:id') ?? '') ?? ''];
    if (part === undefined || /hidden/iu.test(getAttribute(tag, 'state') ?? '')) continue;
    sheets.push({ name: getAttribute(tag, 'name') ?? '', rows: () => readRows(part, workbook) });
  }
  return ok(sheets);
}
