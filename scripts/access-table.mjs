/**
 * Prints the table of `packages/core/src/access` into `spec/access.md`, between the two marks there.
 *
 * `npm run access` fails when the page is stale; `npm run access -- --write` writes it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printAccess } from '../packages/core/src/access/index.ts';
import { root } from './installed.mjs';

const file = join(root, 'spec', 'access.md');
const text = readFileSync(file, 'utf8');
const [start, end] = ['<!-- prettier-ignore-start -->\n', '<!-- prettier-ignore-end -->\n'];
const [from, to] = [text.indexOf(start), text.indexOf(end)];
if (from === -1 || to === -1) {
  process.stderr.write('spec/access.md: the marks of the table are missing\n');
  process.exit(1);
}
const fresh = `${text.slice(0, from + start.length)}\n${printAccess()}\n${text.slice(to)}`;
if (fresh === text) {
  process.exit(0);
}
if (process.argv.includes('--write')) {
  writeFileSync(file, fresh);
} else {
  process.stderr.write('spec/access.md is stale: run `npm run access -- --write`\n');
  process.exit(1);
}
