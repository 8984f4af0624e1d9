import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres, type DatabaseParts } from '@homeward/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoggedSummary } from '@homeward/ledger';
import type { Verification } from '../verify/verify-published.ts';
import type { DemoFigures } from './figures.ts';

const main = fileURLToPath(new URL('../../bin/from-source.mjs', import.meta.url));
const homeward = (...args: readonly string[]): readonly string[] => [
  '--conditions=homeward-source',
  main,
  ...args,
];

/** Runs the demo; when `until` appears on stderr the whole command is killed. */
async function runDemo(
  args: readonly string[],
  { until, env = {} }: { readonly until?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<number | NodeJS.Signals | null> {
  const child = spawn(process.execPath, [...homeward('demo', ...args)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (until !== undefined && said.includes(until)) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
}

describe('homeward demo', () => {
  let folder = '';
  let figures: DemoFigures;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-demo-test-'));
    await chmod(folder, 0o755);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('killed in the middle, it goes on in the same folder and ends with everybody home', async () => {
    const data = join(folder, 'data');
    const json = join(folder, 'figures.json');
    const args = ['--people', '12', '--seed', '5', '--exit', '--json', json, '--data', data];
    expect(await runDemo(args, { until: 'tranche 1: certified' })).toBe('SIGKILL');
    expect(await runDemo(args)).toBe(0);
    figures = JSON.parse(await readFile(json, 'utf8')) as DemoFigures;
    expect(figures).toMatchObject({
      completed: true,
      legs: [
        { from: 'A', to: 'B', agreed: 12, returned: 12 },
        { from: 'B', to: 'A', agreed: 12, returned: 12 },
      ],
      tranches: [
        { number: 1, returned: { 'A-to-B': 5, 'B-to-A': 5 } },
        { number: 2, returned: { 'A-to-B': 4, 'B-to-A': 4 } },
        { number: 3, returned: { 'A-to-B': 3, 'B-to-A': 3 } },
      ],
      log: { verified: true, cosigners: ['party-a', 'party-b', 'observer'] },
    });
    expect(figures.maxImbalance).toBeLessThanOrEqual(figures.stepSize);
    expect(figures.acts).toBe(figures.log.size);
  }, 600_000);

  test('the log that it leaves verifies from its files alone, as the figures say', async () => {
    const log = join(folder, 'data', 'host', 'log');
    const json = join(folder, 'verified.json');
    const verified = spawnSync(process.execPath, homeward('verify', log, '--json', json), {
      encoding: 'utf8',
    });
    expect(verified.stderr + verified.stdout).not.toBe('');
    expect(verified.status).toBe(0);
    const { ok, size, root, cosigners, exchanges } = JSON.parse(
      await readFile(json, 'utf8'),
    ) as Verification & { readonly exchanges: readonly LoggedSummary[] };
    expect(figures.log).toEqual({ verified: ok, size, root, cosigners });
    // [WR-40] What verification reads from the files is what the demo read from a node.
    const own = exchanges.find(({ id }) => id === figures.exchange);
    expect(own?.legs).toMatchObject(figures.legs);
    expect([own?.acts, own?.imbalanceMax]).toEqual([figures.acts, figures.maxImbalance]);
    expect((await readFile(join(log, 'checkpoint'), 'utf8')).split('\n').slice(1, 3)).toEqual([
      String(size),
      root,
    ]);
  });

  test('[ND-8] keeps its databases in a PostgreSQL of one’s own', async () => {
    const postgres = await startEmbeddedPostgres({ folder: join(folder, 'own') });
    try {
      const { user, password, host, port } = postgres.admin as DatabaseParts;
      const json = join(folder, 'own.json');
      const data = join(folder, 'own-data');
      expect(
        await runDemo(['--people', '12', '--exit', '--json', json, '--data', data], {
          env: { DATABASE_URL: `postgres://${user}:${password}@${host}:${String(port)}/postgres` },
        }),
      ).toBe(0);
      expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ completed: true });
      expect(await readdir(data)).not.toContain('postgres');
    } finally {
      await postgres.remove();
    }
  });

  test('another exchange in the same folder is refused, and says which one it holds', () => {
    const other = spawnSync(
      process.execPath,
      homeward('demo', '--people', '13', '--exit', '--data', join(folder, 'data')),
      { encoding: 'utf8' },
    );
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('--people 12 --seed 5');
  });

  test.each([
    [['--people', 'many'], '--people takes a whole number'],
    [['--people', '5000'], '--people takes a whole number'],
    [['--seed', '-1'], '--seed'],
    [['--unknown'], 'Unknown option'],
  ])('%j is bad usage and starts nothing', (args, says) => {
    const wrong = spawnSync(process.execPath, homeward('demo', ...args), { encoding: 'utf8' });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain(says);
  });
});
