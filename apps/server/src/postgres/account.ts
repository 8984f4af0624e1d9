import { execFile } from 'node:child_process';
import {
  access,
  chmod,
  chown,
  constants,
  mkdir,
  readFile,
  realpath,
  stat,
  writeFile,
} from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PostgresProblem } from './problem.ts';

const run = promisify(execFile);

/** The account PostgreSQL runs as, when that is not ours. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Where root keeps what an unprivileged account must reach. */
export const reachablePlace = '/var/lib/homeward';

/** PostgreSQL refuses to run as root, so root lends it an account that can do nothing else. Undefined: our own. */
export async function chooseAccount(
  names: readonly string[] = ['postgres', 'nobody'],
): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of names) {
    try {
      const [uid, gid] = await Promise.all(
        ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout.trim())),
      );
      if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { name, uid, gid };
    } catch {
      // No such account here: try the next.
    }
  }
  throw new PostgresProblem(
    'no-account',
    `PostgreSQL refuses to run as root, and none of the accounts ${names.join(', ')} exists. ` +
      'Start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * The folder for the database of `folder`: inside it, or, when the account cannot get there (a home of root, say),
 * one of its own under `elsewhere`, which a file in `folder` points to from then on.
 */
export async function findPlace(
  folder: string,
  account: Account | undefined,
  elsewhere: string,
): Promise<{ readonly place: string; readonly movedFrom?: string }> {
  const inside = join(folder, 'postgres');
  await mkdir(inside, { recursive: true, mode: 0o755 });
  if (account === undefined) {
    await access(inside, constants.R_OK | constants.W_OK | constants.X_OK);
    return { place: await realpath(inside) };
  }
  const pointer = join(inside, 'location');
  const pointed = await readFile(pointer, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  if (pointed !== undefined && pointed !== '') {
    await mkdir(pointed, { recursive: true, mode: 0o755 });
    return { place: await realpath(pointed), movedFrom: inside };
  }
  await chmod(inside, 0o755);
  await lendPassage(folder, account);
  const real = await realpath(inside);
  if (await canReach(real, account)) return { place: real };
  const place = join(elsewhere, randomBytes(12).toString('hex'));
  await mkdir(place, { recursive: true, mode: 0o755 });
  await Promise.all([chmod(elsewhere, 0o755), chmod(place, 0o755)]);
  if (!(await canReach(place, account))) {
    throw new PostgresProblem(
      'no-account',
      `Account ${account.name} can reach neither ${real} nor ${place}.`,
    );
  }
  await writeFile(pointer, `${place}\n`);
  return { place: await realpath(place), movedFrom: inside };
}

/**
 * Lets the account, and nobody else, pass through a data folder that only root may enter (as `mkdtemp` makes it). The
 * folder is given to us for this; the folders above it are not ours to open.
 */
async function lendPassage(folder: string, { gid }: Account): Promise<void> {
  const { mode, uid } = await stat(folder);
  if (uid !== 0 || (mode & 0o077) !== 0) return;
  await chown(folder, uid, gid);
  await chmod(folder, 0o710);
}

/** Whether every folder down to `path` lets the account pass. */
async function canReach(path: string, { uid, gid }: Account): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = await stat(at);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dirname(at) === at) return true;
  }
}
