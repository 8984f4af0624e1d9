import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as linkage from './index.ts';

test('[LK-18] the example of the README runs as it is printed and matches whom it says', () => {
  const text = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const code = /```ts\n([\s\S]*?)```/u.exec(text)?.[1] ?? '';
  const body = code.replace(/^import .*$/mu, '').replaceAll(')!)', '))');
  const said: string[] = [];
  // The example is ours and is run to keep it true.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const example = new Function(...Object.keys(linkage), 'console', body) as (...args: unknown[]) => void;
  example(...(Object.values(linkage) as unknown[]), {
    log: (...words: unknown[]) => said.push(words.join(' ')),
  });
  expect(said.filter((line) => /^a\d b\d match/u.test(line))).toEqual([
    expect.stringMatching(/^a1 b1 match/u),
  ]);
  expect(said.join('\n')).toContain('both are spellings of Микола');
  expect(said.join('\n')).toContain('2 of 2 surnames checked');
});
