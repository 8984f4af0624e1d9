/** The outbox in the database. Rows of status `refused` were left by earlier versions and go with the next refusal. */
import type { ActId } from '@homeward/core/exchange';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { fromHex, toBytes, toCount, toHex, toText } from '../database/values.ts';
import type { PendingAct, PendingRepository } from './pending.ts';

export class PostgresPending implements PendingRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async put(act: ActId, bytes: Uint8Array): Promise<void> {
    const insert = async (db: Kysely<Tables>): Promise<boolean> => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('pending_act')
        .values({ act: fromHex(act), bytes })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    };
    if (await insert(this.#db)) return;
    await this.#db.transaction().execute(async (transaction) => {
      // A new row, not the old one changed: it takes its place behind all that wait.
      await transaction
        .deleteFrom('pending_act')
        .where('act', '=', fromHex(act))
        .where('status', '=', 'refused')
        .execute();
      await insert(transaction);
    });
  }

  async waiting(limit: number): Promise<readonly PendingAct[]> {
    const rows = await this.#db
      .selectFrom('pending_act')
      .selectAll()
      .where('status', '=', 'waiting')
      .orderBy('order')
      .limit(limit)
      .execute();
    return rows.map(toPending);
  }

  async find(act: ActId): Promise<PendingAct | undefined> {
    const row = await this.#db
      .selectFrom('pending_act')
      .selectAll()
      .where('act', '=', fromHex(act))
      .executeTakeFirst();
    return row === undefined ? undefined : toPending(row);
  }

  async noteAttempt(act: ActId, problem: string | undefined): Promise<void> {
    await this.#db
      .updateTable('pending_act')
      .set(({ eb }) => ({
        attempts: eb('attempts', '+', 1),
        problem: problem === undefined ? null : toText(problem),
      }))
      .where('act', '=', fromHex(act))
      .execute();
  }

  async refuse(act: ActId): Promise<void> {
    await this.#db
      .deleteFrom('pending_act')
      .where((eb) => eb.or([eb('act', '=', fromHex(act)), eb('status', '=', 'refused')]))
      .execute();
  }

  async settle(acts: readonly ActId[]): Promise<void> {
    if (acts.length === 0) return;
    await sql`delete from pending_act where act = any(${acts.map(fromHex)}::bytea[])`.execute(this.#db);
  }
}

function toPending(row: {
  act: Uint8Array;
  bytes: Uint8Array;
  order: number;
  status: 'waiting' | 'refused';
  attempts: number;
  problem: string | null;
}): PendingAct {
  return {
    act: toHex(row.act) as ActId,
    bytes: toBytes(row.bytes),
    order: toCount(row.order),
    status: row.status,
    attempts: row.attempts,
    ...(row.problem === null ? {} : { problem: row.problem }),
  };
}
