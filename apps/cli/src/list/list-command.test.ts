import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { listRoot, type EntryOpening } from '@homeward/core/exchange';
import { checkListPaper, type OpenedList } from '@homeward/core/record';
import { run } from './list-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-list-'));
const exchange = 'X000000000000000000001';
const base = ['--kind', 'sought', '--exchange', exchange, '--from', 'A', '--to', 'B'];

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs the command here, with what it prints. */
async function list(...args: readonly string[]): Promise<{ readonly code: number; readonly err: string }> {
  let err = '';
  const onErr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const onOut = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    return { code: await run(args), err };
  } finally {
    onErr.mockRestore();
    onOut.mockRestore();
  }
}

const people = [
  'Список осіб, яких розшукує сторона;;;;;;',
  "№;Прізвище;Ім'я;По батькові;Дата народження;Категорія;Примітки",
  '007;Вигаданий;Остап;Невідомович;23.05.1990;військовий;шрам',
  '008;Неіснуюча;Юлія;;1988;цивільна;',
  '009;Уявний;Яків;—;;;',
].join('\r\n');

describe('homeward list make', () => {
  test('[RD-43] a clerk’s file becomes a folder that can be sealed, and the preview shows what the other side will see', async () => {
    const out = join(folder, 'made');
    const made = await list('make', file('people.csv', people), ...base, '--out', out);
    expect([made.code, made.err]).toEqual([0, expect.stringContaining('3 persons')]);
    const text = (name: string): string => readFileSync(join(out, name), 'utf8');
    const content = JSON.parse(text('list.json')) as OpenedList & { readonly openings: EntryOpening[] };
    expect(listRoot(content.openings)).toBe(content.root);
    expect(content.openings.map(({ category }) => category)).toEqual(['military', 'civilian', 'military']);
    const checked = checkListPaper(readFileSync(join(out, 'records.paper')), content);
    expect(checked.ok && checked.value.faults).toEqual([]);
    expect(checked.ok && checked.value.records.size).toBe(3);
    expect(
      text('own-ids.csv')
        .split('\n')
        .map((line) => line.split(',')[1]),
    ).toEqual(['id', '007', '008', '009', undefined]);
    expect(text('preview.csv')).toContain('Вигаданий Остап Невідомович');
    // Remarks are shared only where the party asks for it.
    for (const name of ['preview.csv', 'records.paper', 'list.json'])
      expect(text(name)).not.toContain('шрам');
    // Nothing that goes into the log names anybody.
    for (const word of ['Вигаданий', 'Неіснуюча', '007']) expect(text('list.json')).not.toContain(word);
    expect(statSync(out).mode & 0o077).toBe(0);
    const shared = join(folder, 'shared');
    expect(
      (await list('make', join(folder, 'people.csv'), ...base, '--out', shared, '--share', 'remarks')).code,
    ).toBe(0);
    expect(readFileSync(join(shared, 'preview.csv'), 'utf8')).toContain('шрам');
  });

  test('[RD-43] one bad row refuses the file, is named by column, and nothing is written', async () => {
    const out = join(folder, 'refused');
    const bad = people.replace('23.05.1990', 'таємна дата');
    const refused = await list('make', file('bad.csv', bad), ...base, '--out', out);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('person 1 of the file, date_of_birth');
    expect(refused.err).not.toContain('таємна');
    expect([existsSync(out), existsSync(`${out}.new`)]).toEqual([false, false]);
  });

  test('[RD-43] wrong arguments, a folder that exists and a file that is no list change nothing', async () => {
    const out = join(folder, 'never');
    const good = file('good.csv', people);
    for (const args of [
      ['make', good, '--kind', 'lost', '--exchange', exchange, '--from', 'A', '--to', 'B', '--out', out],
      ['make', good, ...base.slice(0, 2), '--exchange', 'x', '--from', 'A', '--to', 'B', '--out', out],
      ['make', good, ...base.slice(0, 6), '--to', 'A', '--out', out],
      ['make', good, ...base],
      ['make', ...base, '--out', out],
      ['make', good, ...base, '--out', out, '--leave-out', 'names'],
      ['make', good, ...base, '--out', out, '--mapping', good],
      ['make', join(folder, 'absent.csv'), ...base, '--out', out],
      ['make', good, ...base, '--out', folder],
      ['mak'],
      [],
    ]) {
      expect((await list(...args)).code, args.join(' ')).toBe(2);
    }
    expect(existsSync(out)).toBe(false);
    expect((await list('make', good, ...base, '--out', out, '--dry-run')).code).toBe(0);
    expect(existsSync(out)).toBe(false);
    const twice = people.replace('008;Неіснуюча;Юлія;;1988', '008;Вигаданий;Остап;Невідомович;23.05.1990');
    const doubt = await list('make', file('twice.csv', twice), ...base, '--out', out, '--dry-run');
    expect(doubt.err).toContain('One person twice? 007 and 008: one name and date of birth.');
  });
});
