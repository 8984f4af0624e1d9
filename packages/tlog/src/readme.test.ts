/** The example of README.md is run as it stands, and must print what README.md says it prints. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the example of the README prints what the README says', () => {
  const folder = join(import.meta.dirname, '..');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const program = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const printed = /```\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf('It prints')))![1]!;
  // Beside the package, so that it finds `@homeward/tlog` as any workspace does.
  const file = join(folder, `.readme-example-${process.pid}.ts`);
  writeFileSync(file, program);
  try {
    const run = spawnSync(process.execPath, ['--conditions=homeward-source', file], { encoding: 'utf8' });
    expect(run.stderr.replace(/.*ExperimentalWarning.*\n|.*--trace-warnings.*\n/g, '')).toBe('');
    expect(run.stdout).toBe(printed);
  } finally {
    rmSync(file, { force: true });
  }
});
