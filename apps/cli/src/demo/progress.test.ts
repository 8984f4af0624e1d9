import { Writable } from 'node:stream';
import { createWorld, play, writeScript } from '@homeward/example-istanbul-2025';
import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

/** Shows a whole exchange of twelve for twelve, and gives what was written. */
function show(terminal: { readonly columns: number } | undefined): string {
  let said = '';
  const out = new Writable({
    write: (chunk: Buffer, _, done) => {
      said += chunk.toString('utf8');
      done();
    },
  });
  const world = createWorld({ seed: 5, people: 12 });
  const tasks = writeScript(world);
  const progress = createProgress(
    world,
    tasks.filter(({ mustBeRefused }) => mustBeRefused !== true).map(({ label }) => label),
    Object.assign(out, { isTTY: terminal !== undefined, columns: terminal?.columns }) as never,
  );
  for (const { label, act } of play({ world, tasks }).acts) progress.onAct(label, act);
  progress.end();
  return said;
}

test('away from a terminal, one line for each pair of steps and for each certificate, without control characters', () => {
  const lines = show(undefined).trimEnd().split('\n');
  expect(lines.filter((line) => line.includes('certified'))).toEqual([
    'tranche 1: certified, verified returns A→B 5, B→A 5; in all 5 and 5 of 12 each',
    'tranche 2: certified, verified returns A→B 4, B→A 4; in all 9 and 9 of 12 each',
    'tranche 3: certified, verified returns A→B 3, B→A 3; in all 12 and 12 of 12 each',
  ]);
  expect(lines.filter((line) => line.startsWith('tranche 2: A→B'))).toEqual([
    'tranche 2: A→B North crossing 2, B→A South crossing 2 of 4; balance 0, never more than 2 apart',
    'tranche 2: A→B North crossing 4, B→A South crossing 4 of 4; balance 0, never more than 2 apart',
  ]);
  expect(lines.length).toBeLessThan(30);
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});

test('on a terminal of 80 columns, both crossings by name, the balance and the verified returns', () => {
  const lines = show({ columns: 80 }).replaceAll('\u001b[2K', '').trimEnd().split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
  expect(lines[0]).toMatch(/verified returns 12\/12 \+ 12\/12$/u);
  expect(lines.slice(1, 3).join()).toMatch(/lists sealed .+ verdicts .+ interviews .+ approvals \d+\/\d+$/u);
  expect(lines[3]).toMatch(/^ +North crossing +South crossing +balance +returned$/u);
  expect(lines.slice(4, 7).map((line) => line.replace(/█+ +/gu, ''))).toEqual([
    '  tranche 1  A→B 5  B→A 5  of   5        0  5 + 5 ✓',
    '  tranche 2  A→B 4  B→A 4  of   4        0  4 + 4 ✓',
    '  tranche 3  A→B 3  B→A 3  of   3        0  3 + 3 ✓',
  ]);
});
