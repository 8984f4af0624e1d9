/** The command as a person runs it: two tables in, labels out, and what is wrong with a table said by line and column. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTable } from '@homeward/publication/table';
import { afterAll, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../bin/from-source.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'homeward-statements-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dataFolder = ['../../../../../shared/data', '../../../../../../shared/data']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(join(path, 'statements.csv')));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function homeward(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=homeward-source', main, 'statements', ...args],
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const exchanges = write(
  'exchanges.csv',
  '\ufeffrow_id,event_id,stage,date,from_party,to_party,count,count_kind,unit,row_role,status,composition\r\n' +
    'a,x,1,2031-05-10,A,B,390,exact,persons,event_total,completed,"several,\nlines"\r\n' +
    'b,x,1,2031-05-10,B,A,390,exact,persons,event_total,completed,\r\n',
);
const header = 'statement_id,made_at,about_event,claim_kind,direction,value,value_kind,unit';

describe('homeward statements', () => {
  test('[SM-61] writes label, reason and difference in the order of the statements', async () => {
    const statements = write(
      'good.csv',
      `${header}\n=cmd(),2031-05-10,x,count,each,390,exact,persons\ns2,2031-05-10,x,count,A>B,400,exact,persons\n`,
    );
    const [out, json] = [join(folder, 'labels.csv'), join(folder, 'labels.json')];
    const ran = await homeward(exchanges, statements, '--out', out, '--json', json);
    expect(ran.code).toBe(0);
    expect(readFileSync(out, 'utf8').split('\r\n')).toEqual([
      'statement_id,label,reason,delta',
      `'=cmd(),agrees,"The record holds the same number for the whole exchange (A>B, B>A): 390 persons.",0`,
      's2,differs_by_n,The statement says 400; the record counts 390 persons (A>B).,10',
      '',
    ]);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      statements: [
        { label: 'agrees', rows: ['a', 'b'] },
        { code: 'differs', then: {}, later: {} },
      ],
    });
  });

  test('[SM-60] names file, line and column of every fault and writes nothing', async () => {
    const out = join(folder, 'never.csv');
    const wrong = write('wrong.csv', `${header}\ns1,yesterday,x,count,each,many,exact,persons\n`);
    const ran = await homeward(exchanges, wrong, '--out', out);
    expect([ran.code, ran.out, existsSync(out)]).toEqual([2, '', false]);
    expect(ran.err).toMatch(/wrong\.csv, line 2, column made_at: expected a date .*, found "yesterday"/u);
    expect(ran.err).toMatch(/line 2, column value: expected a whole number/u);
    for (const [name, text, says] of [
      ['quote.csv', `${header}\ns1,"2031,x\n`, /quote\.csv, line \d/u],
      ['cells.csv', `${header}\n\ns1,2031\n`, /cells\.csv, line 3: expected 8 cells, found 2/u],
      ['twice.csv', 'unit,unit\n', /found "unit" twice/u],
      ['empty.csv', '', /line 1: expected a row that names the columns/u],
    ] as const) {
      const faulty = await homeward(exchanges, write(name, text));
      expect([name, faulty.code]).toEqual([name, 2]);
      expect(faulty.err).toMatch(says);
    }
    expect((await homeward(exchanges, join(folder, 'nowhere.csv'))).code).toBe(2);
    expect((await homeward(exchanges)).code).toBe(2);
    expect((await homeward(exchanges, wrong, '--out', exchanges)).code).toBe(2);
  });

  test.skipIf(dataFolder === undefined)(
    '[SM-10] labels the statements of the data folder as a careful person does (skipped without that folder)',
    async () => {
      const file = join(dataFolder!, 'statements.csv');
      const ran = await homeward(join(dataFolder!, 'exchanges.csv'), file);
      const expected = parseTable(readFileSync(file), file);
      const labelled = parseTable(Buffer.from(ran.out), 'stdout');
      if (!expected.ok || !labelled.ok) throw new Error('unreadable');
      const differing = expected.value.rows.filter(
        ({ cells }, index) => labelled.value.rows[index]?.cells['label'] !== cells['expected_label'],
      );
      expect(differing.map(({ cells }) => cells['statement_id'])).toEqual([]);
    },
  );
});
