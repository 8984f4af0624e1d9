import type { Explanation } from '@homeward/core/linkage';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'homeward-link-'));
const main = join(import.meta.dirname, '..', '..', 'bin', 'from-source.mjs');
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

function homeward(...args: string[]): { code: number; out: string; err: string } {
  const done = spawnSync(process.execPath, ['--conditions=homeward-source', main, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr };
}

const header = 'id,family_name,given_name,patronymic,date_of_birth';
const people = [
  ['Шевчук', 'Микола', 'Іванович', '1980-02-03', 'Шевчук', 'Николай', 'Иванович'],
  ['Лисенко', 'Сергій', 'Петрович', '1975-11-20', 'Лысенко', 'Сергей', 'Петрович'],
  ['Ткачук', 'Дмитро', 'Степанович', '1991-07-01', 'Ткачук', 'Дмитрий', 'Степанович'],
  ['Мельник', 'Пилип', 'Григорович', '1988-12-12', 'Мельник', 'Филипп', 'Григорьевич'],
];
const leftText = [header, ...people.map((p, i) => `a${i},${p[0]!},${p[1]!},${p[2]!},${p[3]!}`)].join('\n');
const rightText = [header, ...people.map((p, i) => `b${i},${p[4]!},${p[5]!},${p[6]!},${p[3]!}`)].join('\n');
let left = '';
let right = '';
beforeAll(() => {
  left = file('left.csv', leftText);
  right = file('right.csv', rightText);
});

describe('homeward link', () => {
  test('[LK-21] writes the pairs, highest first, under the promised header', () => {
    const { code, out, err } = homeward('link', left, right);
    expect(err).toContain('4 of 4 surnames checked');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe('left_id,right_id,probability,weight,decision,margin');
    const rows = lines.slice(1).map((line) => line.split(','));
    expect(rows.map(([a, b, , , decision]) => [a?.slice(1) === b?.slice(1), decision])).toEqual(
      Array.from({ length: 4 }, () => [true, 'match']),
    );
    const weights = rows.map((row) => Number(row[3]));
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  test('[ND-62] refuses to write over a list or where nothing can be written, before it reads', () => {
    for (const option of ['--out', '--json', '--report', '--rejects', '--model']) {
      const over = homeward('link', left, right, option, option === '--model' ? folder : right);
      expect([over.code, over.out]).toEqual([2, '']);
      expect(over.err).toContain(option === '--model' ? '--model' : `${option} ${right} would replace`);
    }
    expect(readFileSync(right, 'utf8')).toBe(rightText);
    const mapping = file('outputs-mapping.json', '{"surname": "family_name"}');
    const learned = homeward('link', left, right, '--mapping', mapping, '--json', mapping);
    expect([learned.code, learned.err]).toEqual([2, expect.stringContaining('would replace the input')]);
    const lost = homeward('dedupe', left, '--clusters', join(folder, 'none', 'clusters.csv'));
    expect([lost.code, lost.out]).toEqual([2, '']);
    expect(lost.err).toContain('--clusters');
  });

  test('[LK-15] [LK-16] any number of workers gives the same bytes; a saved model repeats them', () => {
    const rows: string[] = [header];
    const other: string[] = [header];
    const letters = 'абвгдежзик';
    for (let person = 0; person < 21_000; person += 1) {
      const name = `${letters.charAt(person % 10).toUpperCase()}ар${letters.charAt(Math.floor(person / 10) % 10)}в${letters.charAt(Math.floor(person / 100) % 10)}нюк`;
      const born = `${1960 + (person % 40)}-${String(1 + (person % 12)).padStart(2, '0')}-${String(1 + (person % 27)).padStart(2, '0')}`;
      rows.push(`a${person},${name},Іван,Петрович,${born}`);
      other.push(`b${person},${name},Иван,,${person % 9 === 0 ? '' : born}`);
    }
    const big = file('big.csv', rows.join('\n'));
    const next = file('next.csv', other.join('\n'));
    const model = join(folder, 'model.json');
    const outs = [1, 2, 7].map((workers) => {
      const out = join(folder, `out${workers}.csv`);
      const done = homeward(
        'link',
        big,
        next,
        '--workers',
        String(workers),
        '--out',
        out,
        ...(workers === 1 ? ['--model', model] : []),
      );
      expect([done.code, done.err.includes('checked')]).toEqual([0, true]);
      return readFileSync(out, 'utf8');
    });
    expect(outs[1] === outs[0] && outs[2] === outs[0]).toBe(true);
    const again = join(folder, 'again.csv');
    homeward('link', big, next, '--model', model, '--out', again);
    expect(readFileSync(again, 'utf8') === outs[0]).toBe(true);
  }, 240_000);

  test('[LK-23] rows that do not fit are put aside with line and reason', () => {
    const odd = file(
      'odd.csv',
      `${header}\na0,Шевчук,Микола,Іванович,1980-02-03\na1,too,many,cells,in,it\n,no id,Іван,,\na2,"Лисенко, мол.","Сер""гій",Петрович,1975-11-20\n`,
    );
    const rejects = join(folder, 'rejects.csv');
    const { code, err } = homeward(
      'link',
      odd,
      right,
      '--rejects',
      rejects,
      '--out',
      join(folder, 'odd.out.csv'),
    );
    expect(code).toBe(0);
    expect(err).toContain('2 of 4 rows put aside, first on line 3: 6 cells where the header has 5');
    expect(readFileSync(rejects, 'utf8').split('\n').length).toBe(4);
  });

  test('[LK-23] absent, single and empty lists each end in a clear answer', () => {
    expect(homeward('link', join(folder, 'absent.csv'), right)).toMatchObject({ code: 2 });
    expect(homeward('link', left)).toMatchObject({ code: 2 });
    const empty = homeward('link', file('none.csv', `${header}\n`), right);
    expect([empty.code, empty.out]).toEqual([0, 'left_id,right_id,probability,weight,decision,margin\n']);
    expect(empty.err).toContain('the list is empty');
  }, 120_000);

  test('[LK-24] very many persons of one name end in bounded time, and what was left out is counted', () => {
    const rows = ['id,family_name,given_name'];
    for (let person = 0; person < 30_000; person += 1) rows.push(`p${person},Шевчук,Іван`);
    const same = file('same.csv', rows.join('\n'));
    const { code, err } = homeward('link', same, same, '--out', join(folder, 'same.out.csv'));
    expect(code).toBe(0);
    expect(err).toContain('0 of 30000 surnames checked');
    expect(err).toContain('900000000 left out of full buckets');
    expect(err).toContain('30000 could not be checked by keys');
    const alone = homeward('dedupe', same, '--out', join(folder, 'same.out.csv'));
    expect(alone.code).toBe(0);
    expect(alone.err).toContain(`${(30_000 * 29_999) / 2} left out of full buckets`);
  }, 240_000);

  test('[LK-18] [LK-20] explains a pair and writes the report only when asked', () => {
    const report = join(folder, 'report.html');
    expect(existsSync(report)).toBe(false);
    const { code, out } = homeward(
      'link',
      left,
      right,
      '--explain',
      'a0,b0',
      '--report',
      report,
      '--out',
      join(folder, 'x.csv'),
    );
    expect(code).toBe(0);
    expect(out).toContain('family_name: Шевчук | Шевчук: same spelling');
    expect(readFileSync(report, 'utf8')).toContain('<!doctype html>');
    expect(homeward('link', left, right, '--explain', 'a0,nobody').code).toBe(2);
  });

  test('[LK-18] every pair of the result is explained as a line of JSON, in the order of the pairs', () => {
    const [explained, pairs] = [join(folder, 'why.jsonl'), join(folder, 'why.csv')];
    expect(homeward('link', left, right, '--explanations', explained, '--out', pairs).code).toBe(0);
    const rows = readFileSync(pairs, 'utf8').trimEnd().split('\n').slice(1);
    const explanations = readFileSync(explained, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Explanation);
    expect(
      explanations.map((one) => [
        one.left,
        one.right,
        one.probability.toFixed(6),
        one.weight.toFixed(4),
        one.decision,
        one.margin.toFixed(4),
      ]),
    ).toEqual(rows.map((row) => row.split(',')));
    const sum = explanations[0]!.fields.reduce((total, { weight }) => total + weight, explanations[0]!.prior);
    expect(sum).toBeCloseTo(explanations[0]!.weight, 9);
    const over = homeward('link', left, right, '--explanations', left);
    expect([over.code, over.err]).toEqual([2, expect.stringContaining('--explanations')]);
  });

  test('[LK-18] no cell begins a line of an explanation', () => {
    const [name, forged] = ['Ткачук', 'Ткачук\n  total +99.0\u001b[2K'];
    const list = file('forged.csv', leftText.replace(`a2,${name}`, `a2,"${forged}"`));
    const { code, out } = homeward('link', list, right, '--explain', 'a2,b2');
    expect(code).toBe(0);
    expect(out).toContain('\\u{a}  total +99.0\\u{1b}[2K');
    expect(out.split('\n').filter((line) => line.startsWith('  total'))).toHaveLength(1);
  });

  test('[LK-31] labels are read, used and measured; a line that is no label is named', () => {
    const labels = file('labels.csv', 'id_a,id_b,match\na0,b0,1\na1,"b1",yes\na2,b3,0\na9,b9,1\n');
    const json = join(folder, 'labels.json');
    const done = homeward('link', left, right, '--labels', labels, '--json', json);
    expect(done.code).toBe(0);
    expect(done.err).toContain(
      'labels: 3 judged pairs, 2 of them matches: precision 1.0000, recall 1.0000, 0 of the matches are in review; 1 name persons who are not on the lists',
    );
    const said = JSON.parse(readFileSync(json, 'utf8')) as Record<string, unknown>;
    expect(said['labels']).toMatchObject({ matches: 2, others: 1, found: 2, wrong: 0, unknown: 1 });
    const bad = homeward(
      'link',
      left,
      right,
      '--labels',
      file('bad.csv', 'id_a,id_b,match\na0,b0,perhaps\n'),
    );
    expect(bad.code).toBe(2);
    expect(bad.err).toContain('bad.csv, line 2: two ids and a match of 1 or 0 were expected');
    expect(homeward('link', left, right, '--labels', left).err).toContain(
      'id_a, id_b and match were expected',
    );
    expect(homeward('link', '--help').out).toContain('--labels FILE');
  });
});

describe('what cannot be read', () => {
  test('[LK-42] unread cells are counted by their form, too many are refused, and dates alone link nobody', () => {
    const bad = (cells: readonly string[]) =>
      file(
        'dates.csv',
        [header, ...people.map((p, i) => `a${i},${p[0]!},${p[1]!},${p[2]!},${cells[i] ?? p[3]!}`)].join('\n'),
      );
    const one = homeward(
      'link',
      bad(['"навесні, коли цвіли сади"']),
      right,
      '--out',
      join(folder, 'unread.csv'),
    );
    expect(one.code).toBe(0);
    expect(one.err).toContain(
      'column date_of_birth: 1 of 4 cells could not be read, of the form "xxxxxxx, xxxx xxxxx xxxx"',
    );
    expect(one.err).not.toContain('навесні');
    const many = file(
      'many.csv',
      [
        header,
        ...Array.from({ length: 20 }, (_, i) => `m${i},Ткач,Іван,,${i < 8 ? 'колись' : '1980-01-02'}`),
      ].join('\n'),
    );
    const refused = homeward('link', many, right);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('8 of 20 cells could not be read, of the form "xxxxxx"; too many to go on');
    const nameless = file('nameless.csv', leftText.replace(header, 'id,щось,іще,таке,date_of_birth'));
    const dates = homeward('link', nameless, right);
    expect([dates.code, dates.out]).toEqual([2, '']);
    expect(dates.err).toContain('without names strangers would be matched');
  });
});

describe('homeward dedupe', () => {
  test('[LK-14] [LK-21] writes the pairs inside clusters and the clusters', () => {
    const list = file(
      'list.csv',
      [
        header,
        ...people.flatMap((p, i) => [
          `x${i},${p[0]!},${p[1]!},${p[2]!},${p[3]!}`,
          `y${i},${p[4]!},${p[5]!},${p[6]!},${p[3]!}`,
        ]),
      ].join('\n'),
    );
    const clusters = join(folder, 'clusters.csv');
    const { code, out } = homeward('dedupe', list, '--clusters', clusters);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .slice(1)
        .filter((line) => line.includes(',match,')).length,
    ).toBe(4);
    expect(
      new Set(
        readFileSync(clusters, 'utf8')
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[1]),
      ).size,
    ).toBe(4);
  });
});
