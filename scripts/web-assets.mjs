/**
 * Builds the pages (`apps/web/dist`) where they are absent or older than what they are made of.
 *
 * The marker in `dist` holds one hash over the names and contents of every source file, the lock file and the
 * build's configuration, so a changed source builds again and an unchanged one costs a read of the sources.
 * `ensureWebAssets()` answers with the folder; a build that fails stops the command with its reason.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinnedNode, root } from './installed.mjs';

const folder = join(root, 'apps', 'web', 'dist');
const marker = join(folder, '.built-from');

const sources = [
  'apps/web/src',
  'apps/web/public',
  'packages/tlog/src',
  'packages/core/src',
  'packages/contract/src',
  'packages/ledger/src',
];
const singles = [
  'apps/web/index.html',
  'apps/web/vite.config.mjs',
  'apps/web/public-verifier.vite.config.mjs',
  'apps/web/package.json',
  'package-lock.json',
];

function sourceHash() {
  const hash = createHash('sha256');
  const files = sources
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .map((name) => join(folder, name))
        .filter((file) => /\.(?:ts|tsx|css|js|svg|png)$/.test(file) && !/\.(?:test|contract)\./.test(file)),
    )
    .concat(singles)
    .sort();
  for (const file of files) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Makes sure that the built pages are those of the sources at hand, and names their folder. */
export function ensureWebAssets({ always = false } = {}) {
  const wanted = sourceHash();
  if (!always && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return folder;
  process.stderr.write('Building the pages (some seconds, once per change) …\n');
  const done = spawnSync(
    pinnedNode(),
    [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', join('apps', 'web'), '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (done.status !== 0) {
    process.stderr.write('The pages could not be built; the reason stands above.\n');
    process.exit(2);
  }
  writeFileSync(marker, wanted);
  return folder;
}

const verifier = join(root, 'apps', 'web', '.homeward', 'public-verifier');

/** Makes sure that the check of the public pages is built from the sources at hand, and names its file. */
export function ensurePublicVerifier() {
  const marker = join(verifier, '.built-from');
  const file = join(verifier, 'verify.js');
  const wanted = sourceHash();
  if (existsSync(file) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return file;
  process.stderr.write('Building the check for browsers (some seconds, once per change) …\n');
  const config = join('apps', 'web', 'public-verifier.vite.config.mjs');
  const done = spawnSync(
    pinnedNode(),
    [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '-c', config, '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (done.status !== 0) {
    process.stderr.write('The check for browsers could not be built; the reason stands above.\n');
    process.exit(2);
  }
  writeFileSync(marker, wanted);
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureWebAssets({ always: process.argv.includes('--always') });
}
