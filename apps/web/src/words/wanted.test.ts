/** A page asks for the words of everything that it may say: found by reading what it imports, all the way down. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Sentences } from './form/translation.ts';

const src = fileURLToPath(new URL('..', import.meta.url));
const english = import.meta.glob<Sentences>('./*/en.ts', { import: 'default', eager: true });
const owner = new Map(
  Object.entries(english).flatMap(([path, sentences]) =>
    Object.keys(sentences).map((key) => [key, path.split('/')[1]!] as const),
  ),
);

/** Files reached from one by static and dynamic imports, without words, workers and stylesheets. */
function reach(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(join(src, file), 'utf8').matchAll(
    /['"](\.{1,2}\/[^'"?*]+\.tsx?)['"]/gu,
  )) {
    const next = join(dirname(file), path!);
    if (!next.endsWith('.worker.ts') && !/^words\/\w+\/\w+\.ts$/u.test(next)) reach(next, seen);
  }
  return seen;
}

/** Capabilities whose keys stand in a file: whole, or as the beginning of a template. */
function saidIn(text: string): ReadonlySet<string> {
  const said = new Set<string>();
  for (const [, literal] of text.matchAll(/['"`]([a-z][\w.-]*)['"`]/gu)) {
    const capability = owner.get(literal!);
    if (capability !== undefined) said.add(capability);
  }
  for (const [, start] of text.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*)\$\{/gu)) {
    for (const [key, capability] of owner) if (key.startsWith(start!)) said.add(capability);
  }
  return said;
}

const pages = readdirSync(join(src, 'pages'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('the words of a page', () => {
  it.each(pages.map(({ name }) => name))('[WB-5] are asked for by its route: %s', (name) => {
    const route = readFileSync(join(src, 'pages', name, 'route.ts'), 'utf8');
    const wanted = new Set(/words: \[([^\]]*)\]/u.exec(route)?.[1]?.match(/\w+/gu));
    const missing = new Map<string, string>();
    for (const file of reach(`pages/${name}/route.ts`)) {
      for (const capability of saidIn(readFileSync(join(src, file), 'utf8'))) {
        if (capability !== 'shell' && !wanted.has(capability)) missing.set(capability, file);
      }
    }
    expect([...missing], name).toEqual([]);
  });

  it('[WB-5] are those of the shell for what surrounds every page', () => {
    for (const file of ['app/shell.tsx', 'app/fault.tsx', 'replica/replica-notes.tsx']) {
      expect([...saidIn(readFileSync(join(src, file), 'utf8'))], file).toEqual(['shell']);
    }
  });
});
