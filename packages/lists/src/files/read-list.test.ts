import iconv from 'iconv-lite';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toTable } from '../list/list.ts';
import { readList } from './read-list.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-lists-'));
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const header = 'id,family_name,given_name,patronymic,date_of_birth';
const people = [
  ['Шевчук', 'Микола', 'Іванович', '1980-02-03'],
  ['Лисенко', 'Сергій', 'Петрович', '1975-11-20'],
  ['Ткачук', 'Дмитро', 'Степанович', '1991-07-01'],
  ['Мельник', 'Пилип', 'Григорович', '1988-12-12'],
];
const leftText = [header, ...people.map((p, i) => `a${i},${p.join(',')}`)].join('\n');

describe('reading a list', () => {
  test('[LK-22] delimiter and encoding are found', async () => {
    const semicolons = leftText.replaceAll(',', ';');
    for (const [name, bytes] of [
      ['utf8bom', Buffer.from(`\ufeff${leftText}`)],
      ['utf16', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(leftText, 'utf-16le')])],
      ['cp1251', iconv.encode(semicolons, 'windows-1251')],
      ['koi8', iconv.encode(semicolons.replaceAll('\n', '\r\n'), 'koi8-u')],
      ['tabs', Buffer.from(leftText.replaceAll(',', '\t'))],
    ] as const) {
      const read = await readList(file(`${name}.csv`, bytes), {});
      expect([name, read.ok]).toEqual([name, true]);
      if (read.ok) {
        const table = toTable(read.value);
        expect([name, table.ids]).toEqual([name, ['a0', 'a1', 'a2', 'a3']]);
        expect([name, table.columns[0]?.cells]).toEqual([name, ['Шевчук', 'Лисенко', 'Ткачук', 'Мельник']]);
      }
    }
  });

  test('[LK-23] hostile files each end in a clear answer', async () => {
    const fault = async (name: string, content: string | Buffer): Promise<string> => {
      const read = await readList(file(name, content), {});
      return read.ok
        ? `rows ${read.value.rows}, rejects ${read.value.rejects.map((one) => `${one.line} ${one.reason}`).join('; ')}`
        : read.error;
    };
    expect(await fault('noid.csv', 'family_name\nЖук\n')).toContain('line 1: no column "id"');
    expect(await fault('twice.csv', 'id,family_name\n1,А\n2,Б\n1,В\n')).toContain(
      'line 4: the id was already used on line 2',
    );
    expect(await fault('empty.csv', '')).toContain('the file is empty');
    expect(await fault('header.csv', 'id,family_name')).toBe('rows 0, rejects ');
    expect(await fault('quote.csv', 'id,family_name\n1,"А\n2,Б\n')).toContain(
      'rows 0, rejects 2 a quotation mark opened',
    );
    expect(await fault('long.csv', `id,family_name\n1,${'я'.repeat(5_000_000)}\n2,Жук\n`)).toBe(
      'rows 1, rejects 2 a cell is longer than 100000 bytes',
    );
    expect(
      await fault('binary.csv', Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256))),
    ).toMatch(/line 1|empty|rows/u);
  }, 120_000);
});
