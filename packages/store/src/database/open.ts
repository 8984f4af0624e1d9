import { Kysely, PGliteDialect, PostgresDialect, type PGlite } from 'kysely';
import pg from 'pg';
import { PostgresCheckpoints } from '../checkpoint/postgres-checkpoints.ts';
import { PostgresLog } from '../log/postgres-log.ts';
import { assertSchemaCurrent, migrate } from '../migration/migrate.ts';
import { PostgresPayloads } from '../payload/postgres-payloads.ts';
import { PostgresPeers } from '../peer/postgres-peers.ts';
import { PostgresPending } from '../pending/postgres-pending.ts';
import { PostgresSettings } from '../setting/postgres-settings.ts';
import type { Store } from '../store.ts';
import { assertServerFit, type ServerReport } from './server-check.ts';
import type { Tables } from './tables.ts';

/** A database and the role to use it with: a `postgres://` URL, or its parts. `host` may be a socket folder. */
export type DatabaseAddress =
  | string
  | {
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly password: string;
    };

export interface OpenOptions {
  /** Connections of this node, default 8. */
  readonly poolMax?: number;
}

/** int8 and numeric identities fit a `number` here: see `toCount`. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format): ((text: string) => unknown) =>
    id === pg.types.builtins.INT8
      ? Number
      : (pg.types.getTypeParser(id, format) as (text: string) => unknown),
};

/** A typed query builder on one connection pool. The caller destroys it. */
export function connect<DB>(address: DatabaseAddress, { poolMax = 8 }: OpenOptions = {}): Kysely<DB> {
  const pool = new pg.Pool({
    ...(typeof address === 'string' ? { connectionString: address } : address),
    max: poolMax,
    types,
    application_name: 'homeward',
    // The server's defaults may differ; an acknowledgement rests on these two.
    options: '-c synchronous_commit=on -c search_path=public',
    connectionTimeoutMillis: 30_000,
  });
  // A connection that dies while idle is replaced by the pool; its error concerns nobody.
  pool.on('error', () => undefined);
  // One that dies while it is lent out rejects the query under way; the event besides must not end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** Creates or updates the tables as their owner, and gives `appRole` its rights. */
export async function migrateDatabase(address: DatabaseAddress, appRole?: string): Promise<void> {
  const db = connect<unknown>(address, { poolMax: 1 });
  try {
    await migrate(db, appRole);
  } finally {
    await db.destroy();
  }
}

/**
 * Opens a migrated database for serving.
 *
 * Throws `UnfitServer` when the server would lose acknowledged acts or the role has too many rights, and
 * `SchemaMismatch` when the data is of another version. Nothing is changed by opening.
 */
export async function openStore(
  address: DatabaseAddress,
  options?: OpenOptions,
): Promise<Store & { readonly server: ServerReport }> {
  const db = connect<Tables>(address, options);
  try {
    const untyped = db as Kysely<unknown>;
    const server = await assertServerFit(untyped);
    await assertSchemaCurrent(untyped);
    return { ...toStore(db, false), server };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** A store on PGlite, migrated: for tests and the simulator only, since PGlite runs with fsync off. */
export async function openVolatileStore(pglite: PGlite): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  await migrate(db as Kysely<unknown>);
  return toStore(db, true);
}

function toStore(db: Kysely<Tables>, volatile: boolean): Store {
  let closing: Promise<void> | undefined;
  return {
    log: new PostgresLog(db),
    checkpoints: new PostgresCheckpoints(db),
    payloads: new PostgresPayloads(db),
    pending: new PostgresPending(db),
    peers: new PostgresPeers(db),
    settings: new PostgresSettings(db),
    volatile,
    close: () => (closing ??= db.destroy()),
  };
}
