import { afterEach, expect, test, vi } from 'vitest';
import { run } from './bench-log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['--sizes', 'x'],
  ['--sizes', '0,,1000'],
  ['--sizes', '-1'],
  ['--acts', '0'],
  ['--host-acts', '1e3'],
  ['--unknown', '1'],
])('%s %s is bad usage: exit 2, a sentence that names it, and nothing measured', async (option, value) => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  expect(await run([option, value])).toBe(2);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(option);
  expect(said[0]).toContain('npm run bench -- log');
});
