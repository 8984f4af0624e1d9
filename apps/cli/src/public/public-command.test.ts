/** The command on logs that may not be published. A log that may is made by the demo, in its own test. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { writeSite } from './write-site.ts';

const main = fileURLToPath(new URL('../../bin/from-source.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'homeward-public-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function homeward(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=homeward-source', main, 'public', ...args], (error, _, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), err }),
    );
  });
}

describe('homeward public build', () => {
  test('[PB-26] refuses wrong arguments and logs that are none, and writes nothing', async () => {
    const out = join(folder, 'site');
    const log = join(folder, 'published');
    mkdirSync(log);
    writeFileSync(join(log, 'checkpoint'), 'not a checkpoint\n');
    writeFileSync(join(log, 'vkey'), 'not a key\n');
    for (const [args, code, says] of [
      [['build'], 2, /needs --from and --out/u],
      [['look'], 2, /one command: build/u],
      [['build', '--from', folder, '--out', out], 2, /no published log/u],
      [['build', '--from', log, '--out', out], 1, /does not verify/u],
      [['build', '--from', log, '--out', out, '--delay', 'soon'], 2, /whole number of hours/u],
      [['build', '--from', log, '--out', out, '--url', 'ftp://x'], 2, /https/u],
      [['build', '--from', log, '--out', out, '--now', 'then'], 2, /takes a time/u],
      [
        ['build', '--from', log, '--out', out, '--statements', join(folder, 'none.csv')],
        2,
        /none\.csv cannot be read/u,
      ],
    ] as const) {
      const ran = await homeward(...args);
      expect([args, ran.code]).toEqual([args, code]);
      expect(ran.err).toMatch(says);
    }
    expect(existsSync(out)).toBe(false);
  });

  test('[PB-26] replaces an earlier publication and nothing else', async () => {
    const site = new Map([
      ['data/publication.json', '{}'],
      ['en/index.html', 'first'],
    ]);
    const out = join(folder, 'pages');
    expect(await writeSite(out, site, undefined)).toEqual({ ok: true, value: { files: 2 } });
    expect(await writeSite(out, new Map([['data/publication.json', '{}']]), undefined)).toMatchObject({
      ok: true,
    });
    expect(existsSync(join(out, 'en'))).toBe(false);
    const foreign = join(folder, 'letters');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'letter.txt'), 'mine');
    expect(await writeSite(foreign, site, undefined)).toMatchObject({ ok: false });
    expect(existsSync(join(foreign, 'letter.txt'))).toBe(true);
    expect(await writeSite(join(folder, 'no', 'where'), site, undefined)).toMatchObject({ ok: false });
  });
});
