import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@homeward/store';
import { describeStore } from '@homeward/store/contract';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let databases = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-store-'));
  postgres = await startEmbeddedPostgres({ folder });
});
afterAll(async () => {
  await postgres.remove();
  await rm(folder, { recursive: true });
});

describeStore('PostgreSQL', async () => {
  databases += 1;
  const name = `node_${databases}`;
  const address = await postgres.provideDatabase(name);
  const store = await openStore(address, { poolMax: 4 });
  const serving = new pg.Pool({ ...address, max: 1 });
  const superuser = new pg.Pool({ ...(postgres.admin as pg.PoolConfig), database: name, max: 1 });
  return {
    store,
    raw: async (sql) => (await serving.query<Record<string, unknown>>(sql)).rows,
    damage: async (sql) => {
      await superuser.query(
        `set session_replication_role = replica; ${sql}; set session_replication_role = origin`,
      );
    },
    close: async () => {
      await Promise.all([store.close(), serving.end(), superuser.end()]);
    },
  };
});
