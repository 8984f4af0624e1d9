#!/usr/bin/env node
/**
 * The door to the `homeward` command from a clone: installs what is missing, then runs the command from source under
 * the pinned Node. Before nodes are started, their pages are built if they are not. Signals reach the child, which
 * decides how to stop; its exit code is ours.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root } from '../../../scripts/installed.mjs';
import { ensurePublicVerifier, ensureWebAssets } from '../../../scripts/web-assets.mjs';

ensureInstalled();
const [command, ...rest] = process.argv.slice(2);
// Whoever stays to look gets the pages; a demo that ends by itself needs none.
if (
  ['demo', 'serve'].includes(command ?? '') &&
  !rest.some((word) => ['--exit', '--help', '-h'].includes(word))
)
  ensureWebAssets();
if (
  command === 'public' &&
  rest[0] === 'build' &&
  !rest.some((word) => ['--help', '-h', '--without-log'].includes(word))
)
  ensurePublicVerifier();
const main = join(root, 'apps', 'cli', 'bin', 'from-source.mjs');
const child = spawn(pinnedNode(), ['--conditions=homeward-source', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to the whole group, the child included, whatever is redirected; a supervisor signals us alone.
// Passed on twice, the first would ask to stop and the second to stop at once.
const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !hasTerminal) child.kill(signal);
  });
}
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
