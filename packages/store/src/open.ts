/** Opens what a node keeps: the database, migrated and fit, with every repository on it. */
import { Kysely, PGliteDialect, type PGlite } from 'kysely';
import { PostgresCheckpoints } from './checkpoint/postgres-checkpoints.ts';
import { PostgresLog } from './log/postgres-log.ts';
import { assertSchemaCurrent, migrate } from './migration/migrate.ts';
import { PostgresPayloads } from './payload/postgres-payloads.ts';
import { PostgresPeers } from './peer/postgres-peers.ts';
import { PostgresPending } from './pending/postgres-pending.ts';
import { PostgresSettings } from './setting/postgres-settings.ts';
import type { Store } from './store.ts';
import { connect, type DatabaseAddress, type OpenOptions } from './database/connect.ts';
import { assertServerFit, type ServerReport } from './database/server-check.ts';
import type { Tables } from './database/tables.ts';

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
 * Opens a migrated database. Who serves from it holds it besides (`holdDatabase`).
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
