import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PostgresProblem } from './problem.ts';

/** Which process uses a place. The start time tells it from a later process that got the same number. */
interface Owner {
  readonly pid: number;
  readonly started: string;
  /** One use: two in one process are told apart. */
  readonly use: string;
}

export interface Ownership {
  /** The owner before was killed: what it had started may still be ending. */
  readonly inherited: boolean;
  release(): Promise<void>;
}

/**
 * Takes the place for this process, or throws `in-use` while another living process, or an earlier call in this one,
 * has it. A place whose owner was killed is free.
 */
export async function takeOwnership(place: string): Promise<Ownership> {
  const file = join(place, 'owner');
  const mine: Owner = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    use: randomBytes(8).toString('hex'),
  };
  const draft = `${file}.draft-${mine.use}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  let inherited = false;
  try {
    for (;;) {
      try {
        await link(draft, file);
        return { inherited, release: () => giveBack(file, mine) };
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw error;
      }
      const holder = await readOwner(file);
      if (holder === undefined) continue;
      if (isAlive(holder)) {
        throw new PostgresProblem(
          'in-use',
          `${place} is in use by process ${holder.pid}, which is running. Stop it, or choose another folder.`,
        );
      }
      await clearAway(file, holder);
      inherited = true;
    }
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

/** Removes a dead owner's file, and puts back what another start may have put there meanwhile. */
async function clearAway(file: string, dead: Owner): Promise<void> {
  const aside = `${file}.dead-${randomBytes(8).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = await readOwner(aside);
  if (taken !== undefined && taken.use !== dead.use) await link(aside, file).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}

async function giveBack(file: string, mine: Owner): Promise<void> {
  if ((await readOwner(file))?.use === mine.use) await unlink(file).catch(() => undefined);
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive({ pid, started }: Owner): boolean {
  return isRunning(pid) && (started === '' || startOf(pid) === started);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isZombie(pid: number): boolean {
  return readStat(pid)?.[0] === 'Z';
}

/** When a process started, in units of the platform; undefined when it is not there or cannot be told. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readStat(pid)?.[19];
  if (process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Fields of /proc/<pid>/stat from the third (state) on; the second may hold spaces and brackets. */
function readStat(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * The processes of a server on `data`, the postmaster among them. On Linux by where they stand, which cannot be
 * mistaken; elsewhere by the process number that the server left in its lock file.
 */
export function findServer(data: string): readonly number[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^[0-9]+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          return readlinkSync(`/proc/${pid}/cwd`) === data;
        } catch {
          return false;
        }
      });
  }
  const postmaster = readPostmaster(data);
  return postmaster !== undefined && isRunning(postmaster) ? [postmaster] : [];
}

/** The process number in the server's own lock file. */
export function readPostmaster(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
