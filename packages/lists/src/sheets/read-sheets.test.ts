import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { toTable } from '../list/list.ts';
import { readWorkbook } from './read-sheets.ts';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A workbook of two sheets: a cover, and rows of which numbers with style 1 are days. */
function toXlsx(
  rows: readonly (readonly string[])[],
  more: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array {
  const sheet = (inner: string) =>
    strToU8(`<?xml version="1.0"?><worksheet><sheetData>${inner}</sheetData></worksheet>`);
  const body = rows
    .map(
      (cells, row) =>
        `<row r="${row + 3}">${cells
          .map((cell, column) =>
            cell === ''
              ? ''
              : cell.startsWith('<')
                ? cell.replace('@', `${String.fromCharCode(65 + column)}${row + 3}`)
                : `<c r="${String.fromCharCode(65 + column)}${row + 3}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`,
          )
          .join('')}</row>`,
    )
    .join('');
  return zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook><sheets><sheet name="Титул" sheetId="1" r:id="r1"/><sheet name="Особи" sheetId="2" r:id="r2"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ),
    'xl/sharedStrings.xml': strToU8('<sst><si><r><t>Шев</t></r><r><t>чук</t></r></si></sst>'),
    'xl/worksheets/sheet1.xml': sheet(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>Звіт за травень</t></is></c></row>',
    ),
    'xl/worksheets/sheet2.xml': sheet(body),
    ...more,
  });
}

const header = ['ID', 'Прізвище', "Ім'я", 'Дата народження'];
const day = (serial: number): string => `<c r="@" s="1"><v>${serial}</v></c>`;

test('[LK-41] a workbook is read: the sheet with the list, days as days, ids as they stand, formulas as their value', () => {
  const bytes = toXlsx([
    ['Список осіб'],
    header,
    ['007', '<c r="@" t="s"><v>0</v></c>', 'Тарас', day(32_640)],
    [
      '<c r="@"><v>1.2345678901E10</v></c>',
      '<c r="@" t="str"><f>HYPERLINK("http://example.org")</f><v>Гнатенко</v></c>',
      'Олег',
      day(33_000),
    ],
    ['', 'Без номера', '', ''],
  ]);
  const outcome = readWorkbook(bytes, 'list.xlsx', {});
  if (!outcome.ok) throw new Error(outcome.error);
  const table = toTable(outcome.value);
  expect(table.ids).toEqual(['007', '12345678901']);
  expect(table.columns.map((column) => column.cells)).toEqual([
    ['Шевчук', 'Гнатенко'],
    ['Тарас', 'Олег'],
    ['1989-05-12', '1990-05-07'],
  ]);
  expect(outcome.value.rejects.map((one) => [one.line, one.reason])).toEqual([[7, 'the id is empty']]);
  expect(outcome.value.notes.join()).toContain('sheet "Особи" is read, not "Титул"');
});

test('[LK-41] an OpenDocument sheet is read, repeated rows and cells too', () => {
  const cell = (text: string, more = '') =>
    `<table:table-cell ${more}><text:p>${escape(text)}</text:p></table:table-cell>`;
  const content =
    `<office:document-content><table:table table:name="Лист"><table:table-row>${header.map((one) => cell(one)).join('')}</table:table-row>` +
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>' +
    `<table:table-row>${cell('1')}${cell('Жук')}${cell('Іван')}<table:table-cell office:value-type="date" office:date-value="1989-05-12"><text:p>12.05.89</text:p></table:table-cell></table:table-row>` +
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table></office:document-content>';
  const bytes = zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
    'content.xml': strToU8(content),
  });
  const outcome = readWorkbook(bytes, 'list.ods', {});
  if (!outcome.ok) throw new Error(outcome.error);
  expect(toTable(outcome.value).columns.map((column) => column.cells)).toEqual([
    ['Жук'],
    ['Іван'],
    ['1989-05-12'],
  ]);
});

test('[LK-41] hostile workbooks end in a sentence, within bounds', () => {
  const fault = (bytes: Uint8Array): string => {
    const outcome = readWorkbook(bytes, 'list.xlsx', {});
    return outcome.ok ? `read ${outcome.value.rows}` : outcome.error;
  };
  // A part that says it unpacks to half a gigabyte, and one that says 10 bytes and unpacks to a megabyte.
  const stating = (bytes: number): Uint8Array => {
    const zip = zipSync({ 'xl/workbook.xml': new Uint8Array(1 << 20) });
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
    for (let at = 0; at + 46 <= zip.length; at += 1) {
      // The central directory's header of a file: the size stands at 24 (APPNOTE 4.3.12).
      if (view.getUint32(at, true) === 0x0201_4b50) view.setUint32(at + 24, bytes, true);
    }
    return zip;
  };
  const bomb = stating(500 << 20);
  expect(fault(stating(10))).not.toMatch(/^read [1-9]/u);
  expect(fault(bomb)).toContain('unpacks to more than');
  const wide = toXlsx([header, ['1', 'Жук', 'Іван', `<c r="ZZZ4" t="inlineStr"><is><t>x</t></is></c>`]]);
  expect(fault(wide)).toContain('more than 1000 columns');
  expect(fault(strToU8('PK\u0003\u0004 not an archive'))).toContain('cannot be unpacked');
  expect(fault(zipSync({ 'word/document.xml': strToU8('<w/>') }))).toContain('no Excel workbook');
  const entity = toXlsx([header, ['1', 'Жук', 'Іван', '']], {
    'xl/sharedStrings.xml': strToU8(
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>',
    ),
  });
  expect(fault(entity)).toBe('read 1');
});
