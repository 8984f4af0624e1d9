/**
 * The project's tasks, each one command: `node scripts/run.mjs <task> [args]`.
 *
 * `check` is the gate: every task in `gate`, in order, stopping at the first that fails and naming it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root } from './installed.mjs';

ensureInstalled();
const node = pinnedNode();
const tool = (name) => join('node_modules', name);
const source = '--conditions=homeward-source';

/** @type {Record<string, readonly (readonly string[])[]>} */
const tasks = {
  format: [[tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  'format:write': [[tool('prettier/bin/prettier.cjs'), '--write', '--log-level=warn', '.']],
  lint: [['--max-old-space-size=6144', tool('eslint/bin/eslint.js'), '--max-warnings=0', '.']],
  types: [[tool('typescript/bin/tsc'), '-b']],
  boundaries: [[join('scripts', 'boundaries.mjs')]],
  unused: [[tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints']],
  spec: [[join('scripts', 'spec-coverage.mjs')], [join('scripts', 'access-table.mjs')]],
  access: [[join('scripts', 'access-table.mjs')]],
  unit: [[tool('vitest/vitest.mjs'), 'run']],
  e2e: [[source, join('e2e', 'src', 'main.ts')]],
  screens: [[source, join('e2e', 'src', 'screens', 'main.ts')]],
  bench: [[source, '--expose-gc', join('bench', 'src', 'main.ts')]],
  'build:web': [[join('scripts', 'web-assets.mjs'), '--always']],
};
const gate = ['format', 'lint', 'types', 'boundaries', 'unused', 'spec', 'unit'];

function run(task, extra = []) {
  for (const command of tasks[task]) {
    const done = spawnSync(node, [...command, ...extra], { cwd: root, stdio: 'inherit' });
    if (done.status !== 0) return done.status ?? 1;
  }
  return 0;
}

const [task, ...extra] = process.argv.slice(2);
if (task === 'check') {
  for (const step of gate) {
    process.stderr.write(`\n== ${step}\n`);
    const status = run(step);
    if (status !== 0) {
      process.stderr.write(`\nThe gate failed at "${step}". Run \`npm run ${step}\` to see it alone.\n`);
      process.exit(status);
    }
  }
} else if (task !== undefined && Object.hasOwn(tasks, task)) {
  process.exit(run(task, extra));
} else {
  process.stderr.write(`Unknown task "${task ?? ''}". One of: check, ${Object.keys(tasks).join(', ')}.\n`);
  process.exit(2);
}
