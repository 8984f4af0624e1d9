import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

/** Beside the sources, so that imports resolve as theirs do, and out of sight of linters. */
const here = fileURLToPath(new URL('../../dist/', import.meta.url));
const readme = fileURLToPath(new URL('../../../../packages/core/src/planning/README.md', import.meta.url));

test('[PL-28] [PL-29] the example of the planning README does what it says', async () => {
  const code = /```ts\n([\s\S]*?)```/.exec(readFileSync(readme, 'utf8'))?.[1];
  if (code === undefined) throw new Error('the README has no example');
  mkdirSync(here, { recursive: true });
  const folder = mkdtempSync(join(here, 'readme-'));
  try {
    const file = join(folder, 'example.ts');
    writeFileSync(file, code);
    const { shown } = await import(pathToFileURL(file).href);
    expect(shown.status).toBe('optimal');
    expect(shown.going).toBe(2_000);
    expect(shown.faults).toEqual([]);
    expect(shown.steps).toBe(8);
    // Two struck, two take their places: nobody else moves.
    expect(shown.moves).toHaveLength(4);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
