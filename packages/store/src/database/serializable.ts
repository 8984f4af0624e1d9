import { sql, type Kysely, type Transaction } from 'kysely';

/** SQLSTATE of a database error, undefined for anything else that was thrown. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  }
  return undefined;
}

/** Serialization failure and deadlock: the transaction did nothing and may be run again as it is. */
const retried = new Set(['40001', '40P01']);

/** Far above what a race of a few writers needs: reaching it means that something else is wrong. */
const attemptsMax = 50;

/**
 * Runs `work` in one SERIALIZABLE transaction, and again after a serialization failure or a deadlock. Every other
 * error passes through, after a rollback. `work` must have no effect outside `tx`.
 */
export async function serializable<DB, T>(
  db: Kysely<DB>,
  work: (tx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db
        .transaction()
        .setIsolationLevel('serializable')
        .execute(async (tx) => {
          // Kysely's PGlite driver ignores the level it was given, so the transaction says it itself.
          await sql`set transaction isolation level serializable`.execute(tx);
          return work(tx);
        });
    } catch (error) {
      if (attempt >= attemptsMax || !retried.has(sqlState(error) ?? '')) throw error;
    }
  }
}
