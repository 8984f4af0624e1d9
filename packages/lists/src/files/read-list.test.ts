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
    expect(await fault('noid.csv', 'family_name\nЖук\n')).toBe('rows 1, rejects ');
    expect(
      await fault('noheader.csv', '1;Жук;Тарас;Іванович;12.05.1989\n2;Гнат;Олег;Романович;01.02.1990\n'),
    ).toMatch(
      /line 1: a header row was expected, and this row seems to hold a person\. Add (?!.*(?:Жук|1989))/u,
    );
    expect(await fault('unknown.csv', 'щось;інше\nа;б\n')).toContain(
      'no column is known among "щось", "інше"',
    );
    expect(await fault('twice.csv', 'id,family_name\n1,А\n2,Б\n1,В\n')).toContain(
      'line 4: the id was already used on line 2',
    );
    expect(await fault('empty.csv', '')).toContain('the file is empty');
    expect(await fault('header.csv', 'id,family_name')).toBe('rows 0, rejects ');
    expect(await fault('quote.csv', 'id,family_name\n1,"А\n2,Б\n')).toBe('rows 2, rejects ');
    expect(await fault('long.csv', `id,family_name\n1,${'я'.repeat(5_000_000)}\n2,Жук\n`)).toBe(
      'rows 1, rejects 2 a cell is longer than 100000 bytes',
    );
    expect(
      await fault('binary.csv', Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256))),
    ).toMatch(/line 1|empty|rows/u);
  });

  const read = async (name: string, content: string | Buffer) => {
    const outcome = await readList(file(name, content), {});
    if (!outcome.ok) throw new Error(outcome.error);
    const table = toTable(outcome.value);
    return { ...outcome.value, table, names: table.columns[0]!.cells };
  };
  const families = people.map(([family]) => family!);

  test('[LK-39] encodings are told apart by reading the text, capitals too', async () => {
    for (const [name, text] of [
      ['small', leftText],
      [
        'capitals',
        leftText
          .split('\n')
          .map((line, at) => (at === 0 ? line : line.toUpperCase()))
          .join('\n'),
      ],
    ] as const) {
      const wanted = name === 'small' ? families : families.map((family) => family.toUpperCase());
      for (const encoding of ['windows-1251', 'koi8-u', 'cp866', 'iso-8859-5', 'maccyrillic', 'utf16-be']) {
        const { names } = await read(
          `${encoding}.csv`,
          iconv.encode(text.replaceAll('і', 'и').replaceAll('І', 'И'), encoding),
        );
        expect([encoding, name, names]).toEqual([encoding, name, wanted]);
      }
    }
    const turkish = 'id;Soyadı;Adı\n1;Öztürk;Gülşen\n2;Yıldırım;Çağrı\n3;Şahin;İbrahim\n';
    expect((await read('turkish.csv', iconv.encode(turkish, 'windows-1254'))).names).toEqual([
      'Öztürk',
      'Yıldırım',
      'Şahin',
    ]);
  });

  test('[LK-39] garbled text is put right and said, and a bad byte is named', async () => {
    const twice = (outer: string, inner: string): string =>
      iconv.decode(iconv.encode(leftText, inner), outer);
    for (const [outer, inner] of [
      ['windows-1251', 'utf-8'],
      ['windows-1252', 'windows-1251'],
      ['koi8-u', 'windows-1251'],
      ['windows-1251', 'koi8-u'],
    ] as const) {
      const list = await read('garbled.csv', twice(outer, inner));
      expect([outer, inner, list.names]).toEqual([outer, inner, families]);
      expect(list.notes.join()).toContain('garbled');
    }
    const bytes = Buffer.from(leftText);
    bytes[bytes.indexOf('Ткачук') + 1] = 0xff;
    const bad = await read('bad.csv', bytes);
    expect(bad.names.filter((name) => families.includes(name))).toHaveLength(3);
    expect(bad.notes.join()).toContain('line 4: bytes that are not UTF-8');
  });

  test('[LK-40] files as programs and clerks leave them are read whole', async () => {
    const rows = leftText.split('\n');
    const semicolons = rows.map((row) => row.replaceAll(',', ';'));
    const files: readonly (readonly [name: string, text: string, note: string])[] = [
      ['sep', ['sep=;', ...semicolons].join('\r\n'), ''],
      ['title', ['Список осіб;;;;', ';;;;', ...semicolons].join('\n'), 'line 1: skipped'],
      ['returns', semicolons.join('\r'), ''],
      ['trailing', semicolons.map((row) => `${row};;`).join('\n'), ''],
      [
        'short',
        [`${semicolons[0]!};Примітка;Телефон`, ...semicolons.slice(1)].join('\n'),
        '4 rows have fewer cells',
      ],
      [
        'pages',
        [...semicolons.slice(0, 3), semicolons[0]!, ...semicolons.slice(3)].join('\n'),
        '1 repeated header',
      ],
      [
        'quote',
        semicolons.map((row) => row.replace(';Ткачук', ';"Ткачук')).join('\n'),
        'line 4: a quotation mark',
      ],
      ['total', [...semicolons, 'Всього: 4;;;;'].join('\n'), ''],
      [
        'numbers',
        ['№;Прізвище', ...['1;Шевчук', '2;Лисенко', '1;Ткачук', '2;Мельник']].join('\n'),
        'are not each there once',
      ],
      ['no id', ['Прізвище', ...families].join('\n'), 'the number of the row'],
    ];
    for (const [name, text, note] of files) {
      const list = await read(`${name}.csv`, text);
      expect([name, list.names.map((cell) => cell.replaceAll('"', '')), list.rejects.length]).toEqual([
        name,
        families,
        0,
      ]);
      expect(list.notes.join()).toContain(note);
    }
    expect((await read('rows.csv', ['Прізвище', ...families].join('\n'))).table.ids).toEqual([
      '2',
      '3',
      '4',
      '5',
    ]);
  });

  test('[LK-23] what is no list is named by what it is', async () => {
    for (const [content, said] of [
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old Excel workbook'],
      ['<html><table><tr><td>id</td></tr></table></html>', 'web page'],
      ['[{"id": 1}]', 'JSON'],
      ['%PDF-1.7', 'PDF'],
    ] as const) {
      const outcome = await readList(file('other.csv', content), {});
      expect(outcome.ok ? '' : outcome.error).toContain(said);
    }
  });
});
