import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { DatabaseAddress } from '@homeward/store';
import { type Account, chooseAccount, findPlace, reachablePlace } from './account.ts';
import { findServer, isRunning, type Ownership, readPostmaster, takeOwnership } from './owner.ts';
import { PostgresProblem } from './problem.ts';
import { layOutProgram, type Program, toExecutable } from './program.ts';
import { type DatabaseParts, provideDatabase } from './provide.ts';

const run = promisify(execFile);

export interface EmbeddedOptions {
  /** The node's data folder; the database goes to `postgres/` in it. */
  readonly folder: string;
  /** A sentence for people, when something about the start is worth knowing. */
  readonly tell?: (says: string) => void;
  /** Accounts to try when started by root. */
  readonly accounts?: readonly string[];
  /** Where root puts a database that the account could not reach in `folder`. */
  readonly elsewhere?: string;
  /** Further settings of the server, e.g. for a control in a benchmark. They win over ours, and the store refuses a server that is not durable. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running PostgreSQL of our own. It ends with this process, however this process ends. */
export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  /** The postmaster's process number. */
  readonly pid: number;
  /** The folder with the data, the log file and the password. */
  readonly place: string;
  /** As superuser: to make databases, and for tests. A node never serves with it. */
  readonly admin: DatabaseAddress;
  /** Makes a node's database where it is not there yet, brings its tables up to date, and says how to serve from it. */
  provideDatabase(name: string): Promise<DatabaseParts>;
  /** Fast shutdown: sessions end, everything is on disk, the lock is gone. Idempotent. */
  stop(): Promise<void>;
  /** Stops, and deletes the data for good: for demonstrations and tests. */
  remove(): Promise<void>;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

const superuser = 'homeward_admin';
const host = '127.0.0.1';
const startMillisMax = 60_000;
const stopMillisMax = 60_000;
const orphanMillisMax = 60_000;
const portAttemptsMax = 5;
const logBytesMax = 10_000_000;

/** What durability rests on, read back by the store when it opens (trust: an acknowledged act is on disk). */
const durable: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_log_hints: 'on',
  restart_after_crash: 'on',
};

const ordinary: Readonly<Record<string, string>> = {
  listen_addresses: host,
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  max_parallel_workers_per_gather: '0',
  // What is logged names no data: no statement text, no key of a violated constraint.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_min_messages: 'warning',
  logging_collector: 'off',
  lc_messages: 'C',
};

/**
 * Starts PostgreSQL on the data of `folder`, made on the first start with data checksums and a random password.
 *
 * Throws `PostgresProblem`: `in-use` while a living server or process has the folder, `other-version` when another
 * major version made it. After a kill of this program or of the server it recovers by itself.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const tell = options.tell ?? (() => undefined);
  const account = await chooseAccount(options.accounts);
  const { place, movedFrom } = await findPlace(options.folder, account, options.elsewhere ?? reachablePlace);
  if (account !== undefined && movedFrom !== undefined) {
    tell(
      `PostgreSQL runs as ${account.name}, who cannot reach ${movedFrom}: ` +
        `the database is kept in ${place} instead.`,
    );
  }
  const ownership = await takeOwnership(place);
  try {
    const data = join(place, 'data');
    await waitForOrphan(data, ownership.inherited, tell);
    const program = await layOutProgram(place);
    await prepareData(place, data, program, account);
    const password = await readFile(join(place, 'password'), 'utf8');
    return await launch(
      { place, data, program, account, password, settings: options.settings ?? {} },
      ownership,
    );
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

/**
 * Processes may stand on data that nobody owns: a server left by a program that was killed, which its keeper is
 * ending, or what is left of a server that was killed itself. Those are waited for. A server that somebody else
 * started is not ours to stop.
 */
async function waitForOrphan(
  data: string,
  wasInherited: boolean,
  tell: (says: string) => void,
): Promise<void> {
  let left = findServer(data);
  if (left.length === 0) return;
  tell('What is left of an earlier PostgreSQL server is still ending; waiting for it.');
  const until = Date.now() + orphanMillisMax;
  for (; left.length > 0; left = findServer(data)) {
    const postmaster = readPostmaster(data);
    const isForeign = !wasInherited && postmaster !== undefined && left.includes(postmaster);
    if (isForeign || Date.now() >= until) {
      const pid = postmaster ?? left[0]!;
      throw new PostgresProblem(
        'in-use',
        `${data} is in use by a PostgreSQL server, process ${pid}, which is running. ` +
          `Stop it (kill -INT ${pid}), or choose another folder.`,
      );
    }
    await pause(20);
  }
}

async function prepareData(
  place: string,
  data: string,
  program: Program,
  account: Account | undefined,
): Promise<void> {
  for (const name of await readdir(place)) {
    if (name.startsWith('data.draft-'))
      await rm(join(place, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  if (version === undefined) {
    if (
      await stat(data).then(
        () => true,
        () => false,
      )
    ) {
      throw new PostgresProblem(
        'not-a-data-folder',
        `${data} is there but holds no PostgreSQL data. Move it away.`,
      );
    }
    await initialise(place, data, program, account);
    return;
  }
  if (version !== String(program.major)) {
    throw new PostgresProblem(
      'other-version',
      `${data} was made by PostgreSQL ${version}, and this program brings ${program.version}. Nothing was changed. ` +
        `Start a PostgreSQL ${version} on it and set DATABASE_URL, or move its contents over with pg_dump and pg_restore.`,
    );
  }
  // A crash may have left a number that by now is somebody else's process; that no server stands here is known.
  await unlinkStale(data);
}

async function unlinkStale(data: string): Promise<void> {
  const pid = readPostmaster(data);
  if (pid !== undefined && isRunning(pid)) await unlink(join(data, 'postmaster.pid'));
}

async function initialise(
  place: string,
  data: string,
  program: Program,
  account: Account | undefined,
): Promise<void> {
  const draft = join(place, `data.draft-${randomBytes(6).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  const password = randomBytes(32).toString('base64url');
  try {
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    await mkdir(draft, { mode: 0o700 });
    if (account !== undefined) {
      await chown(passwordFile, account.uid, account.gid);
      await chown(draft, account.uid, account.gid);
    }
    try {
      await run(
        toExecutable(program, 'initdb'),
        [
          ...['--pgdata', draft, '--username', superuser, '--pwfile', passwordFile],
          ...['--auth', 'scram-sha-256', '--data-checksums', '--encoding', 'UTF8'],
          ...[
            '--locale',
            'C',
            '--locale-provider',
            'builtin',
            '--builtin-locale',
            'C.UTF-8',
            '--no-instructions',
          ],
        ],
        { ...identity(account), cwd: place, env: environment() },
      );
    } catch (cause) {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
      throw new PostgresProblem(
        'did-not-start',
        `PostgreSQL could not make its data folder in ${place}: ${said}`,
        {
          cause,
        },
      );
    }
    // The password first: data without it would be data nobody can open.
    const kept = join(place, 'password');
    await rm(kept, { force: true });
    await writeFile(kept, password, { mode: 0o600, flag: 'wx' });
    await syncPath(kept);
    await rename(draft, data);
    await syncPath(place);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

interface Launch {
  readonly place: string;
  readonly data: string;
  readonly program: Program;
  readonly account: Account | undefined;
  readonly password: string;
  readonly settings: Readonly<Record<string, string>>;
}

async function launch(launching: Launch, ownership: Ownership): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const started = await spawnServer(launching, port);
    if (started.kind === 'running') return toHandle(launching, port, started, ownership);
    // Someone took the port between our look and the server's: try another.
    if (attempt >= portAttemptsMax || !/could not bind|Address already in use/i.test(started.said)) {
      throw new PostgresProblem(
        'did-not-start',
        `PostgreSQL did not start; see ${join(launching.place, 'postgres.log')}. It said: ${started.said}`,
      );
    }
  }
}

type Started =
  | {
      readonly kind: 'running';
      readonly input: Writable;
      readonly pid: number;
      readonly ended: Promise<void>;
    }
  | { readonly kind: 'failed'; readonly said: string };

/**
 * Runs the server, and ends it by a fast shutdown when its own input closes, which happens when this process ends in
 * any way. So a server does not outlive the program that started it, not even a SIGKILL of it.
 */
const keeper =
  'exec 3<&0; "$@" 3<&- </dev/null & server=$!; ' +
  '{ read -r _ <&3; kill -INT $server; } & reader=$!; ' +
  'exec 3<&-; wait $server; status=$?; kill $reader 2>/dev/null; exit $status';

async function spawnServer(launching: Launch, port: number): Promise<Started> {
  const { place, data, program, account, settings } = launching;
  const logFile = join(place, 'postgres.log');
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logBytesMax) await rename(logFile, `${logFile}.1`);
  const log = await open(logFile, 'a', 0o600);
  const logStart = (await log.stat()).size;
  const all = { ...ordinary, ...durable, ...settings, port: String(port) };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [toExecutable(program, 'postgres'), '-D', data, ...flags];
  // A group of its own: Ctrl-C in a terminal reaches us, and we end the server when its users are done.
  const common = { ...identity(account), cwd: place, env: environment(), detached: true } as const;
  const [file, args] =
    process.platform === 'win32'
      ? [command[0]!, command.slice(1)]
      : ['/bin/sh', ['-c', keeper, 'keeper', ...command]];
  const before = readPostmaster(data);
  const child = spawn(file, args, { ...common, stdio: ['pipe', log.fd, log.fd] });
  const input: Writable = child.stdin!;
  input.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await log.close();
  const until = Date.now() + startMillisMax;
  for (;;) {
    const pid = readPostmaster(data);
    if (pid !== undefined && pid !== before && (await isReady(data, port))) {
      return { kind: 'running', input, pid, ended };
    }
    const isOver = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
    if (isOver || Date.now() > until) {
      input.end();
      await ended;
      return { kind: 'failed', said: await readTail(logFile, logStart) };
    }
    await pause(15);
  }
}

/** The server writes its state into its lock file: line 4 the port, line 8 `ready` once it takes connections. */
async function isReady(data: string, port: number): Promise<boolean> {
  const lines = await readFile(join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  return lines[3]?.trim() === String(port) && lines[7]?.trim() === 'ready';
}

function toHandle(
  { place, data, program, password }: Launch,
  port: number,
  { input, pid, ended }: Extract<Started, { kind: 'running' }>,
  ownership: Ownership,
): EmbeddedPostgres {
  const admin = { host, port, database: 'postgres', user: superuser, password };
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (process.platform === 'win32') {
      await run(toExecutable(program, 'pg_ctl'), ['stop', '-D', data, '-m', 'fast', '-w']).catch(
        () => undefined,
      );
    }
    input.end();
    const inTime = await Promise.race([ended.then(() => true), pause(stopMillisMax, false, { ref: false })]);
    if (!inTime && isRunning(pid)) process.kill(pid, 'SIGQUIT');
    await ended;
    // Of a server that was killed, children may still be noticing it.
    await waitForOrphan(data, true, () => undefined);
    await ownership.release();
  };
  return {
    host,
    port,
    version: program.version,
    pid,
    place,
    admin,
    provideDatabase: async (name) => provideDatabase(admin, name),
    stop: () => (stopping ??= stop()),
    async remove() {
      await (stopping ??= stop());
      // Somebody may have started it anew since.
      const again = await takeOwnership(place);
      try {
        await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
      } finally {
        await again.release();
      }
    },
    ended,
  };
}

function identity(account: Account | undefined): { readonly uid?: number; readonly gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** Nothing of ours: a PGDATA or a password in our environment must not reach the server. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR, TEMP } = process.env;
  return { PATH, SystemRoot, TMPDIR, TEMP, LC_ALL: 'C', TZ: 'UTC' };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const found = server.address();
      server.close(() => {
        if (found === null || typeof found === 'string') reject(new Error('no port'));
        else resolve(found.port);
      });
    });
  });
}

async function readTail(file: string, from: number): Promise<string> {
  const text = (await readFile(file)).subarray(from).toString('utf8').trim();
  return text.slice(-2_000);
}

async function syncPath(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
