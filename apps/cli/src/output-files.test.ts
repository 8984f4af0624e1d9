import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOutputFault } from './output-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward outputs ж '));
  writeFileSync(join(folder, 'list.csv'), 'id\n');
  mkdirSync(join(folder, 'sub'));
  symlinkSync(join(folder, 'list.csv'), join(folder, 'linked.csv'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('[ND-62] where results go', () => {
  test('[ND-62] is fine for a new file, a file to be replaced, and options not given', () => {
    const out = join(folder, 'out.csv');
    expect(
      findOutputFault({ '--out': out, '--json': undefined }, [join(folder, 'list.csv')]),
    ).toBeUndefined();
    expect(findOutputFault({ '--out': join(folder, 'list.csv') }, [])).toBeUndefined();
  });

  test('[ND-62] is never the input, by whatever name, nor one file for two results', () => {
    const list = join(folder, 'list.csv');
    for (const same of [list, join(folder, 'sub', '..', 'list.csv'), join(folder, 'linked.csv')]) {
      expect(findOutputFault({ '--out': same }, [list])).toContain('would replace the input');
    }
    const out = join(folder, 'out.csv');
    expect(findOutputFault({ '--out': out, '--json': join(folder, 'sub', '..', 'out.csv') }, [])).toContain(
      'would replace what --out writes',
    );
  });

  test('[ND-62] is refused with the option and the reason where it cannot be written', () => {
    expect(findOutputFault({ '--json': folder }, [])).toMatch(/^--json .* it is a folder\.$/u);
    expect(findOutputFault({ '--out': join(folder, 'none', 'x') }, [])).toContain('there is no folder');
    expect(findOutputFault({ '--out': join(folder, 'list.csv', 'x') }, [])).toContain('there is no folder');
    expect(findOutputFault({ '--out': '/dev/null' }, [])).toContain('not an ordinary file');
  });
});
