/**
 * One node to a database: a second process on the same database would append beside the first, and each would take the
 * other for an older copy.
 *
 * Law     The hold is an advisory lock of one session that lives as long as the process: PostgreSQL gives it up by
 *         itself when the process dies, however it dies.
 */
import pg from 'pg';
import type { DatabaseAddress } from './connect.ts';

/** Any number will do, as long as nothing else in a node's own database takes the same. */
const lockKey = 0x686f6d65;
/** The session of a node that was killed a moment ago may not have ended yet. */
const patienceMs = 5_000;
const againMs = 100;

/** Another process serves from this database. */
export class DatabaseHeld extends Error {
  override readonly name = 'DatabaseHeld';
}

/** Takes the database for this process; answers how to give it up. Throws `DatabaseHeld` when another has it. */
export async function holdDatabase(address: DatabaseAddress): Promise<() => Promise<void>> {
  const client = new pg.Client({
    ...(typeof address === 'string' ? { connectionString: address } : address),
    application_name: 'homeward hold',
    keepAlive: true,
  });
  // When the server goes, the hold goes with it, and so does everything else of this node that needs the server.
  client.on('error', () => undefined);
  await client.connect();
  const until = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
      lockKey,
    ]);
    if (rows[0]?.held === true) return async () => client.end().catch(() => undefined);
    if (performance.now() > until) break;
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
  await client.end();
  throw new DatabaseHeld(
    'Another process serves from this database. Stop it first, or give this node another one.',
  );
}
