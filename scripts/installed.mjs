/**
 * Makes a fresh clone runnable: installs exactly what the lock file names, once, and finds the pinned Node.
 *
 * Runs on any Node >= 20 and uses nothing but Node itself. The marker inside `node_modules` holds the hash of
 * the lock file it was installed from, so a changed lock file installs again and an unchanged one costs one read.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const marker = join(root, 'node_modules', '.homeward-installed');

/** Installs the locked dependencies where they are absent or stale; exits with a remedy when that fails. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  process.stderr.write('Installing dependencies from package-lock.json (about a minute, once) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write(
      '\nThe dependencies could not be installed. Check that this machine reaches an npm registry, ' +
        'then run the command again; `npm ci` in the project folder shows the reason in full.\n',
    );
    process.exit(2);
  }
  writeFileSync(marker, wanted);
}

/** The Node that the project pins, or this one where the platform has no pinned build and it is new enough. */
export function pinnedNode() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = [join(root, 'node_modules', '.bin', `node${suffix}`)];
  for (const candidate of candidates) if (existsSync(candidate)) return candidate;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return process.execPath;
  process.stderr.write(
    `No pinned Node for ${process.platform}-${process.arch}, and this Node is ${process.versions.node}. ` +
      'Install Node 24 or newer, then run the command again.\n',
  );
  process.exit(2);
}
