import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Code spans that name a place in the tree: they begin with one of its top folders. */
const place = /`((?:packages|apps|examples|bench|e2e|scripts|spec|docs)\/[\w./-]+)`/gu;
const documents = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  ...globSync('{spec,docs}/**/*.md', { cwd: root }),
];

describe('documents', () => {
  test.each(documents.filter((name) => !name.startsWith('docs/adr/')))(
    '%s names only places that exist',
    (name) => {
      const named = [...readFileSync(join(root, name), 'utf8').matchAll(place)].map(([, path]) => path!);
      expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    },
  );
});
