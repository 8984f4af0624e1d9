/**
 * Every rule in `spec/` has at least one test that names it, and every rule id that a test names exists.
 *
 * A rule is a line of a specification that begins with its id in bold brackets, as in `**[EX-12]** …`.
 * A test cites it by writing `[EX-12]` in a test title or in a comment of a test file.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './installed.mjs';
import { findWorkspaceRoots } from './workspaces.mjs';

const skipped = (name) => ['node_modules', 'dist', '.tsc-test'].includes(name);
const rules = new Map();
const faults = [];
for (const file of globSync('spec/*.md', { cwd: root })) {
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const id = /^(?:[-*] )?\*\*\[([A-Z]+-\d+[a-z]?)\]\*\*/.exec(line)?.[1];
      if (id === undefined) return;
      if (rules.has(id))
        faults.push(`${file}:${index + 1}: rule ${id} is stated twice (also ${rules.get(id)})`);
      rules.set(id, `${file}:${index + 1}`);
    });
}
const prefixes = new Set([...rules.keys()].map((id) => id.split('-')[0]));
const cited = new Set();
const places = [...findWorkspaceRoots(root), 'scripts'];
const tests = globSync(`{${places.join(',')}}/**/*.{test,spec,contract}.{ts,tsx,mjs}`, {
  cwd: root,
  exclude: skipped,
});
for (const file of tests) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, id] of text.matchAll(/\[([A-Z]+-\d+[a-z]?)\]/g)) {
    if (!prefixes.has(id.split('-')[0])) continue;
    if (!rules.has(id)) faults.push(`${file}: cites ${id}, which no specification states`);
    cited.add(id);
  }
}
for (const [id, place] of rules) if (!cited.has(id)) faults.push(`${place}: no test cites rule ${id}`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stderr.write(`spec: ${rules.size} rules, ${cited.size} cited by ${tests.length} test files\n`);
process.exit(faults.length === 0 ? 0 : 1);
