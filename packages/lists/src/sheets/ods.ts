/**
 * OpenDocument sheets (ODS): rows of texts. Repeated rows and cells are bounded.
 *
 * Source OASIS OpenDocument 1.3, part 3, chapter 9.
 */
import { err, ok, type Result } from '@homeward/core/result';
import { unpack } from './archive.ts';
import { decodeText, getAttribute, readElements } from './markup.ts';
import { columnsMax, rowsMax, SheetFault, type Sheet, type SheetRow } from './sheet.ts';

/** A filled row that is said to stand there more often than this is no list. */
const repeatsMax = 1000;

function readParagraphs(content: string): string {
  const lines: string[] = [];
  for (const { 1: inner } of content
    .replace(/<office:annotation[\s>].*?<\/office:annotation>/gsu, '')
    .matchAll(/<text:p(?:\s[^>]*)?>(.*?)<\/text:p>/gsu)) {
    lines.push(inner!.replace(/<text:(?:s|tab|line-break)(?=[\s/>])[^>]*>/gu, ' ').replace(/<[^>]*>/gu, ''));
  }
  return decodeText(lines.join(' '));
}

function readCell(tag: string, content: string): string {
  const type = getAttribute(tag, 'office:value-type');
  if (type === 'date') {
    return (getAttribute(tag, 'office:date-value') ?? '').replace(/T00:00:00(?:\.0+)?$/u, '');
  }
  return type === 'float' ? (getAttribute(tag, 'office:value') ?? '') : readParagraphs(content);
}

function* readRows(table: string): Generator<SheetRow> {
  let number = 0;
  const bytes = new TextEncoder().encode(table);
  for (const { tag, content } of readElements(bytes, 'table:table-row')) {
    const repeats = Number(getAttribute(tag, 'table:number-rows-repeated') ?? 1);
    const cells: string[] = [];
    let column = 0;
    for (const match of content.matchAll(
      /<table:(?:covered-)?table-cell(?=[\s/>])([^>]*?)(?:\/>|>(.*?)<\/table:(?:covered-)?table-cell>)/gsu,
    )) {
      const times = Number(getAttribute(match[1]!, 'table:number-columns-repeated') ?? 1);
      const text = match[2] === undefined ? '' : readCell(match[1]!, match[2]).trim();
      if (text !== '') {
        if (column + times > columnsMax)
          throw new SheetFault(`the sheet has more than ${columnsMax} columns`);
        while (cells.length < column) cells.push('');
        for (let time = 0; time < times; time += 1) cells.push(text);
      }
      column += times;
    }
    if (cells.length > 0) {
      if (repeats > repeatsMax) throw new SheetFault(`a row is said to stand there ${repeats} times`);
      for (let time = 1; time <= repeats; time += 1) yield { number: number + time, cells };
    }
    number += repeats;
    if (number > rowsMax + repeatsMax && cells.length > 0)
      throw new SheetFault(`the sheet has more than ${rowsMax} rows`);
  }
}

/** The sheets of a document, in their order. */
export function readOds(bytes: Uint8Array): Result<readonly Sheet[], string> {
  const unpacked = unpack(bytes, (name) => name === 'content.xml');
  if (!unpacked.ok) return unpacked;
  const content = unpacked.value['content.xml'];
  if (content === undefined) return err('the file is an archive, but no OpenDocument sheet');
  if (content.length > 128 << 20) return err('the sheet unpacks to more than 128 MB; save it as CSV');
  const text = new TextDecoder().decode(content);
  const sheets: Sheet[] = [];
  // A table is as long as the sheet, so it is cut out whole.
  for (const match of text.matchAll(/<table:table(?=[\s>])([^>]*)>/gu)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('</table:table>', start);
    if (end < 0) break;
    sheets.push({
      name: getAttribute(match[1]!, 'table:name') ?? '',
      rows: () => readRows(text.slice(start, end)),
    });
  }
  return ok(sheets);
}
