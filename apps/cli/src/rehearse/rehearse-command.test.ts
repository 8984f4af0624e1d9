/** The command: exit codes, places of faults, and the result as JSON. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPlace } from './json-place.ts';
import { run } from './rehearse-command.ts';

const example = new URL('../../../../examples/exchanges/2022-10-17-110-for-108.json', import.meta.url);
let folder = '';
let [out, err] = ['', ''];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-rehearse-'));
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function write(text: string): string {
  const file = join(folder, 'scenario.json');
  writeFileSync(file, text);
  return file;
}

describe('homeward rehearse', () => {
  it('[RH-8] exits with 0 as expected, with 1 otherwise, and writes the whole result', async () => {
    const text = readFileSync(example, 'utf8');
    const json = join(folder, 'result.json');
    expect(await run([write(text), '--json', json])).toBe(0);
    expect(out).toContain('women: 2 stayed (1–2)');
    const result = JSON.parse(readFileSync(json, 'utf8')) as { readonly persons: readonly unknown[] };
    expect(result.persons).toHaveLength(220);
    expect(await run([write(text.replace('"stayed": 2', '"stayed": 3'))])).toBe(1);
    expect(out).toContain(
      'Not as the scenario says: persons of women with the outcome stayed should be 3, and is 2.',
    );
  });

  it('[RH-1] names file, line and column of what departs, and plays nothing', async () => {
    const file = write('{\n  "format": "homeward-scenario",\n  "version": 2\n}');
    expect(await run([file])).toBe(2);
    expect(err).toContain(`${file}:3:14: /version: expected 1.`);
    expect(await run([write('{ "format": ')])).toBe(2);
    expect(err).toContain(':1:13: expected JSON.');
    expect(await run([join(folder, 'nowhere.json')])).toBe(2);
    expect(await run([])).toBe(2);
    expect(await run([file, '--json', file])).toBe(2);
    expect(out).toBe('');
  });

  it('finds the place of a pointer, or of what it is missing from', () => {
    const text = '{ "a": [1, { "b/c": "x, ]" }],\n  "d": {} }';
    expect(findPlace(text, '')).toEqual({ line: 1, column: 1 });
    expect(findPlace(text, '/a')).toEqual({ line: 1, column: 8 });
    expect(findPlace(text, '/a/1')).toEqual({ line: 1, column: 12 });
    expect(findPlace(text, '/a/1/b~1c')).toEqual({ line: 1, column: 21 });
    expect(findPlace(text, '/d')).toEqual({ line: 2, column: 8 });
    expect(findPlace(text, '/d/e/f')).toEqual({ line: 2, column: 8 });
    expect(findPlace(text, '/x')).toEqual({ line: 1, column: 1 });
  });
});
