/** The interlock under a race of its own: six workers with the rights of a node, each obeying only what it reads. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@homeward/store';
import { fourApprovals, propose, schedule, toNewEntry } from '@homeward/store/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';

const workers = 6;
const stepsPerLeg = 40;
const legs = ['leg-a', 'leg-b'] as const;

let folder: string;
let postgres: EmbeddedPostgres;
let databases = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-race-'));
  await chmod(folder, 0o755);
  postgres = await startEmbeddedPostgres({ folder, settings: { track_commit_timestamp: 'on' } });
});
afterAll(async () => {
  await postgres.remove();
  await rm(folder, { recursive: true });
});

interface Outcome {
  /** Largest difference between the legs' released steps, over all moments, in the order of commits. */
  readonly imbalance: number;
  readonly released: number;
  /** Steps released more than once. */
  readonly doubled: number;
}

async function race(isolation: string, isGuarded: boolean): Promise<Outcome> {
  databases += 1;
  const name = `race_${databases}`;
  const address = await postgres.provideDatabase(name);
  const store = await openStore(address, { poolMax: 1 });
  const claims = [propose, ...fourApprovals, schedule];
  await store.log.append(
    0,
    claims.map((claim, at) => toNewEntry(at, [claim])),
  );
  await store.close();
  const admin = new pg.Client({ ...(postgres.admin as pg.ClientConfig), database: name });
  await admin.connect();
  if (!isGuarded) {
    await admin.query('alter table step disable trigger user; alter table step drop constraint step_slot');
  }
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(address, isolation, worker)));
  const { rows } = await admin.query<{ leg: string; step: number }>(
    'select leg, step from step order by pg_xact_commit_timestamp(xmin), leg',
  );
  await admin.end();
  let difference = 0;
  let imbalance = 0;
  for (const { leg } of rows) {
    difference += leg === legs[0] ? 1 : -1;
    imbalance = Math.max(imbalance, Math.abs(difference));
  }
  const slots = new Set(rows.map(({ leg, step }) => `${leg} ${step}`));
  return { imbalance, released: rows.length, doubled: rows.length - slots.size };
}

/** Releases and closes the next step of a leg whenever that leg is not ahead of the other, until both are through. */
async function work(address: pg.ClientConfig, isolation: string, worker: number): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  for (let turn = worker; ; turn += 1) {
    const leg = legs[turn % 2]!;
    try {
      await client.query(`begin isolation level ${isolation}`);
      const { rows } = await client.query<{ own: number; other: number }>(
        `select count(*) filter (where leg = $1)::int as own, count(*) filter (where leg <> $1)::int as other from step`,
        [leg],
      );
      const { own, other } = rows[0]!;
      if (own >= stepsPerLeg && other >= stepsPerLeg) break;
      if (own <= other && own < stepsPerLeg) {
        // Widens the moment between looking and acting, which is where a race lives.
        await client.query('select pg_sleep(0.002)');
        await client.query(
          `insert into step (exchange, tranche, leg, step, released) values ('ex-1', 't-1', $1, $2, 0)`,
          [leg, own + 1],
        );
        await client.query(
          `update step set closed = 0, outcome = 'received' where leg = $1 and step = $2 and closed is null`,
          [leg, own + 1],
        );
      }
      await client.query('commit');
    } catch (error) {
      // Refused by a constraint, a trigger or the isolation level: look again.
      if (!(error instanceof pg.DatabaseError)) throw error;
      await client.query('rollback');
    }
  }
  await client.end();
}

describe('six workers race on two coupled legs', () => {
  test.each(['read committed', 'repeatable read', 'serializable'])(
    '[ST-22] never more than one step apart at %s',
    async (isolation) => {
      const outcome = await race(isolation, true);
      expect(outcome).toEqual({ imbalance: 1, released: 2 * stepsPerLeg, doubled: 0 });
    },
  );

  test('[ST-22] the control: without the guards of the database the same workers fail', async () => {
    const { imbalance, doubled } = await race('read committed', false);
    expect(imbalance).toBeGreaterThan(1);
    expect(doubled).toBeGreaterThan(0);
  });
});
