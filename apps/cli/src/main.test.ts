import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function homeward(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const main = join(import.meta.dirname, '..', 'bin', 'from-source.mjs');
    const child = spawn(process.execPath, ['--conditions=homeward-source', main, ...args]);
    let out = '';
    let err = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

describe('the homeward command', () => {
  test('[ND-60] says what it can do, and what was wrong, with exit code 2', async () => {
    const nothing = await homeward();
    expect([nothing.code, nothing.out]).toEqual([2, '']);
    expect(nothing.err).toContain('serve');
    const help = await homeward('--help');
    expect(help.code).toBe(0);
    const names = [...help.out.matchAll(/^ {2}(\w+) {2,}/gmu)].map(([, name]) => name ?? '');
    expect(names).toEqual(expect.arrayContaining(['demo', 'serve', 'keygen', 'verify', 'approve']));
    expect((await homeward('-h')).out).toBe(help.out);
    expect((await homeward('help', 'verify')).out).toBe((await homeward('verify', '--help')).out);
    const unknown = await homeward('parley');
    expect([unknown.code, unknown.out]).toEqual([2, '']);
    expect(unknown.err).toContain('no command "parley"');
  });

  test.each(['serve', 'keygen', 'verify', 'approve', 'link', 'dedupe', 'plan', 'check', 'demo'])(
    '[ND-60] %s explains itself',
    async (name) => {
      const help = await homeward(name, '--help');
      expect([help.code, help.err]).toEqual([0, '']);
      expect(help.out).toContain(`homeward ${name}`);
      const wrong = await homeward(name, '--no-such-option');
      expect([wrong.code, wrong.out]).toEqual([2, '']);
      expect(wrong.err).toContain('--no-such-option');
    },
  );

  test('[ND-60] bad input names the file and changes nothing', async () => {
    const missing = await homeward('serve', '--config', '/nowhere/node.json');
    expect([missing.code, missing.out]).toEqual([2, '']);
    expect(missing.err).toContain('/nowhere/node.json');
    const stray = await homeward('keygen', 'stray', '--act', 'a person', '--out', '/nowhere/a.key');
    expect([stray.code, stray.out]).toEqual([2, '']);
    expect(stray.err).toContain('"stray"');
    for (const options of [
      ['--act', ''],
      ['--act', 'a person', '--role', 'host'],
      ['--role', 'party', '--name', 'a+b'],
    ]) {
      const wrong = await homeward('keygen', ...options, '--out', '/nowhere/keys');
      expect([wrong.code, wrong.out, wrong.err.startsWith('homeward: ')]).toEqual([2, '', true]);
    }
    const lost = await homeward('verify', import.meta.dirname, '--json', '/nowhere/out.json');
    expect([lost.code, lost.out]).toEqual([2, '']);
    expect(lost.err).toContain('--json /nowhere/out.json');
    const nolog = await homeward('verify', import.meta.dirname);
    expect([nolog.code, nolog.out]).toEqual([2, '']);
    expect(nolog.err).toContain('no published log');
  });
});
