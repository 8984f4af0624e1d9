import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, UnfitServer } from '@homeward/store';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseAccount } from './account.ts';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { findServer, isRunning } from './owner.ts';

const isRoot = process.getuid?.() === 0;
const index = fileURLToPath(new URL('index.ts', import.meta.url));

let base: string;
let folder: string;
let started: EmbeddedPostgres[];
let programs: ChildProcess[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'homeward-pg-'));
  // What mkdtemp makes is closed to others; the account that root lends must pass.
  await chmod(base, 0o755);
  folder = join(base, 'node');
  await mkdir(folder);
  started = [];
  programs = [];
});
afterEach(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await Promise.all(started.map((postgres) => postgres.stop()));
  await rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

async function start(more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ folder, elsewhere: join(base, 'elsewhere'), ...more });
  started.push(postgres);
  return postgres;
}

async function ask(
  postgres: { readonly admin: EmbeddedPostgres['admin'] },
  sql: string,
): Promise<unknown[][]> {
  const client = new pg.Client(postgres.admin);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

interface Held {
  readonly program: ChildProcess;
  readonly pid: number;
  readonly data: string;
  readonly admin: EmbeddedPostgres['admin'];
}

/** Another program that starts the same folder and waits. */
function launch(
  options: { readonly uid?: number; readonly gid?: number; readonly folder?: string } = {},
): ChildProcess {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(index)};
    const { pid, place, admin } = await startEmbeddedPostgres(${JSON.stringify({
      folder: options.folder ?? folder,
      elsewhere: join(base, 'elsewhere'),
    })});
    process.stdout.write(JSON.stringify({ pid, data: place + '/data', admin }) + '\\n');
    process.stdin.resume();`;
  const { uid, gid } = options;
  const program = spawn(
    process.execPath,
    ['--conditions=homeward-source', '--input-type=module', '--eval', script],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    },
  );
  programs.push(program);
  return program;
}

async function hold(options?: Parameters<typeof launch>[0]): Promise<Held> {
  const program = launch(options);
  const [line] = (await once(program.stdout!, 'data')) as [Buffer];
  return { program, ...(JSON.parse(line.toString()) as Omit<Held, 'program'>) };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

const isThere = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('a PostgreSQL of our own', () => {
  test('[ST-80] [ST-81] [ST-82] is durable, closed and unprivileged from the first start', async () => {
    const postgres = await start();
    const settings = await ask(
      postgres,
      `select current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
         current_setting('data_checksums'), current_setting('listen_addresses'), current_setting('password_encryption')`,
    );
    expect(settings).toEqual([['on', 'on', 'on', 'on', '127.0.0.1', 'scram-sha-256']]);
    const methods = await ask(
      postgres,
      `select distinct auth_method from pg_hba_file_rules where error is null`,
    );
    expect(methods).toEqual([['scram-sha-256']]);
    expect((await stat(join(postgres.place, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(postgres.place, 'data'))).mode & 0o777).toBe(0o700);
    expect((await readFile(join(postgres.place, 'password'), 'utf8')).length).toBeGreaterThanOrEqual(43);
    for (const password of ['', 'wrong']) {
      await expect(
        ask({ admin: { ...(postgres.admin as object), password } as never }, 'select 1'),
      ).rejects.toThrow();
    }
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${postgres.pid}/status`, 'utf8');
      expect(Number(/^Uid:\s+([0-9]+)/m.exec(status)![1])).not.toBe(0);
    }
    const second = await start({ folder: join(base, 'second') });
    expect(second.port).not.toBe(postgres.port);
  });

  test('[ST-66] each node has a database that no other node can enter', async () => {
    const postgres = await start();
    const [a, b] = [await postgres.provideDatabase('a'), await postgres.provideDatabase('b')];
    const store = await openStore(a);
    expect(store.server).toMatchObject({ role: 'a', warnings: [] });
    await store.settings.put('kept', 1);
    await store.close();
    await expect(openStore({ ...a, database: 'b' })).rejects.toThrow(/permission denied/);
    await expect(openStore({ ...b, user: 'a' })).rejects.toThrow(/password/);
    for (const sql of [
      'alter table entry disable trigger user',
      'drop table entry',
      'create table mine (n int)',
      'truncate setting',
      'insert into schema_version values (9, $$x$$, $$x$$)',
      'create role another',
      'set session_replication_role = replica',
    ]) {
      await expect(ask({ admin: a }, sql), sql).rejects.toThrow(/permission denied|must be owner/);
    }
    const again = await openStore(await postgres.provideDatabase('a'));
    expect(await again.settings.find('kept')).toBe(1);
    await again.close();
  });

  test('[ST-65] the store refuses a server that could lose what was acknowledged', async () => {
    const postgres = await start({ settings: { fsync: 'off', full_page_writes: 'off' } });
    const address = await postgres.provideDatabase('a');
    await expect(openStore(address)).rejects.toThrow(UnfitServer);
    await expect(openStore(address)).rejects.toThrow(
      /fsync is off.*full_page_writes is off|full_page_writes is off.*fsync is off/,
    );
    await postgres.stop();
    const durable = await start();
    await durable.provideDatabase('a');
    await expect(openStore({ ...(durable.admin as typeof address), database: 'a' })).rejects.toThrow(
      /superuser/,
    );
  });

  test('[ST-65] [ST-66] the store refuses to serve as a role that owns a table, and says when the server would stay down', async () => {
    const postgres = await start({ settings: { restart_after_crash: 'off' } });
    const address = await postgres.provideDatabase('a');
    const store = await openStore(address);
    expect(store.server.warnings).toEqual([expect.stringContaining('restart_after_crash is off')]);
    await store.close();
    const admin = { ...(postgres.admin as typeof address), database: 'a' };
    await ask({ admin }, 'alter table entry owner to a');
    await expect(openStore(address)).rejects.toThrow(/role a owns the tables/u);
  });

  test.skipIf(!isRoot)(
    '[ST-80] says where the data is when the folder cannot be reached (needs root)',
    async () => {
      await chmod(base, 0o700);
      const elsewhere = await mkdtemp(join(tmpdir(), 'homeward-elsewhere-'));
      const said: string[] = [];
      try {
        const first = await start({ elsewhere, tell: (says) => said.push(says) });
        expect(first.place.startsWith(elsewhere)).toBe(true);
        expect(said.join()).toContain(first.place);
        await ask(first, 'create table kept ()');
        await first.stop();
        const again = await start({ elsewhere });
        expect(again.place).toBe(first.place);
        expect(await ask(again, `select count(*)::int from pg_class where relname = 'kept'`)).toEqual([[1]]);
      } finally {
        await Promise.all(started.map((postgres) => postgres.stop()));
        await rm(elsewhere, { recursive: true });
      }
    },
  );

  test.skipIf(!isRoot)(
    '[ST-80] passes through a data folder that only root may enter (needs root)',
    async () => {
      await chmod(folder, 0o700);
      const postgres = await start();
      expect(postgres.place).toBe(join(folder, 'postgres'));
      expect((await stat(folder)).mode & 0o777).toBe(0o710);
    },
  );

  test.skipIf(!isRoot)('[ST-80] starts as an ordinary user as well (needs root to become one)', async () => {
    const account = (await chooseAccount())!;
    await chown(folder, account.uid, account.gid);
    const held = await hold(account);
    expect(await ask(held, 'select 1')).toEqual([[1]]);
    held.program.kill('SIGTERM');
    await until(() => findServer(held.data).length === 0);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    '[ST-83] [ST-84] ends cleanly when its program gets %s, and starts again',
    async (signal) => {
      const held = await hold();
      await ask(held, 'create table kept (n int); insert into kept values (7)');
      held.program.kill(signal);
      await until(() => findServer(held.data).length === 0);
      // Only a shutdown in order removes this file.
      expect(await isThere(join(held.data, 'postmaster.pid'))).toBe(false);
      const again = await start();
      expect(await ask(again, 'select n from kept')).toEqual([[7]]);
    },
  );

  test('[ST-84] starts at once after its program was killed, while the old server still ends', async () => {
    const held = await hold();
    await ask(held, 'create table kept (n int); insert into kept select generate_series(1, 50000)');
    held.program.kill('SIGKILL');
    const again = await start();
    expect(again.pid).not.toBe(held.pid);
    expect(await ask(again, 'select count(*)::int from kept')).toEqual([[50_000]]);
  });

  test('[ST-84] starts again after the server was killed, and after both were', async () => {
    const postgres = await start();
    await ask(postgres, 'create table kept (n int); insert into kept values (1)');
    const data = join(postgres.place, 'data');
    for (const pid of findServer(data)) process.kill(pid, 'SIGKILL');
    await postgres.ended;
    await until(() => findServer(data).length === 0);
    expect(await isThere(join(data, 'postmaster.pid'))).toBe(true);
    await postgres.stop();
    const held = await hold();
    await ask(held, 'insert into kept values (2)');
    held.program.kill('SIGKILL');
    for (const pid of findServer(data)) process.kill(pid, 'SIGKILL');
    await until(() => findServer(data).length === 0);
    const again = await start();
    expect(await ask(again, 'select n from kept order by n')).toEqual([[1], [2]]);
  });

  test('[ST-84] is not held up by a process number that went to somebody else', async () => {
    const postgres = await start();
    await postgres.stop();
    await writeFile(
      join(postgres.place, 'data', 'postmaster.pid'),
      `${process.pid}\n/elsewhere\n1\n5432\n\n\n\nready\n`,
    );
    await writeFile(
      join(postgres.place, 'owner'),
      JSON.stringify({ pid: process.pid, started: '1', use: 'dead' }),
    );
    expect(await ask(await start(), 'select 1')).toEqual([[1]]);
  });

  test('[ST-85] a folder in use by a living program is refused, and goes on working there', async () => {
    const held = await hold();
    await expect(start()).rejects.toMatchObject({ kind: 'in-use' });
    await expect(start()).rejects.toThrow(new RegExp(`process ${held.program.pid}`));
    expect(await ask(held, 'select 1')).toEqual([[1]]);
    held.program.kill('SIGTERM');
    await until(() => findServer(held.data).length === 0);
    const postgres = await start();
    await expect(start()).rejects.toMatchObject({ kind: 'in-use' });
    expect(await ask(postgres, 'select 1')).toEqual([[1]]);
  });

  test('[ST-85] of several first starts at once one wins', async () => {
    const starts = await Promise.allSettled([start(), start(), start()]);
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const one of starts)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'in-use' });
    expect(await ask(started[0]!, 'select 1')).toEqual([[1]]);
  });

  test('[ST-85] a server that somebody else started is refused and left alone', async () => {
    const postgres = await start();
    await postgres.stop();
    const { place } = postgres;
    const program = (await readdir(place)).find((name) => name.startsWith('program-'))!;
    const account = await chooseAccount();
    const foreign = spawn(
      join(place, program, 'bin', 'postgres'),
      [
        '-D',
        join(place, 'data'),
        '-c',
        `port=${postgres.port}`,
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
      ],
      { stdio: 'ignore', ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }) },
    );
    try {
      await until(async () =>
        (await readFile(join(place, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).includes('ready'),
      );
      await expect(start()).rejects.toMatchObject({ kind: 'in-use' });
      await expect(start()).rejects.toThrow(new RegExp(`process ${foreign.pid}`));
      expect(isRunning(foreign.pid!)).toBe(true);
      expect(await ask(postgres, 'select 1')).toEqual([[1]]);
    } finally {
      foreign.kill('SIGINT');
      await once(foreign, 'exit');
    }
  });

  test('[ST-86] data of another major version is refused and stays as it is', async () => {
    const postgres = await start();
    await postgres.stop();
    const file = join(postgres.place, 'data', 'PG_VERSION');
    await writeFile(file, '17\n');
    await expect(start()).rejects.toMatchObject({ kind: 'other-version' });
    await expect(start()).rejects.toThrow(/PostgreSQL 17.*DATABASE_URL/);
    expect(await readFile(file, 'utf8')).toBe('17\n');
    await writeFile(file, '18\n');
    expect(await ask(await start(), 'select 1')).toEqual([[1]]);
  });

  test('[ST-87] a first start that was killed halfway does not hinder the next', async () => {
    const place = join(folder, 'postgres');
    const program = launch();
    await until(async () =>
      (await readdir(place).catch(() => [])).some((name) => name.startsWith('data.draft-')),
    );
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(await isThere(join(place, 'data'))).toBe(false);
    expect(await ask(await start(), 'select 1')).toEqual([[1]]);
    expect((await readdir(place)).filter((name) => name.includes('draft'))).toEqual([]);
  });

  test('[ST-86] a folder that holds something else is left alone', async () => {
    const data = join(folder, 'postgres', 'data');
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'letter.txt'), 'mine');
    await expect(start()).rejects.toMatchObject({ kind: 'not-a-data-folder' });
    expect(await readdir(data)).toEqual(['letter.txt']);
  });
});
