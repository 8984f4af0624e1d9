import { hash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { toBytes, toCount, toTime } from '../database/values.ts';
import type { CheckpointRepository, StoredCheckpoint, StoredCosignature } from './checkpoint.ts';

export class PostgresCheckpoints implements CheckpointRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async put({ origin, size, root, note }: Omit<StoredCheckpoint, 'storedAt'>): Promise<void> {
    await this.#db
      .insertInto('checkpoint')
      .values({ origin, size, root, note, note_hash: hash('sha256', note, 'buffer') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async latest(origin: string): Promise<StoredCheckpoint | undefined> {
    const row = await this.#db
      .selectFrom('checkpoint')
      .selectAll()
      .where('origin', '=', origin)
      .orderBy('size', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : toCheckpoint(row);
  }

  async at(origin: string, size: number): Promise<readonly StoredCheckpoint[]> {
    const rows = await this.#db
      .selectFrom('checkpoint')
      .selectAll()
      .where('origin', '=', origin)
      .where('size', '=', size)
      .orderBy('id')
      .execute();
    return rows.map(toCheckpoint);
  }

  async putCosignature({ origin, size, root, witness, line, time }: StoredCosignature): Promise<void> {
    await this.#db
      .insertInto('cosignature')
      .values({ origin, size, root, witness, line, time })
      .onConflict((conflict) =>
        conflict
          .columns(['origin', 'size', 'witness', 'root'])
          .doUpdateSet({ line, time })
          .where('cosignature.time', '<', time),
      )
      .execute();
  }

  async cosignatures(origin: string, size: number): Promise<readonly StoredCosignature[]> {
    const rows = await this.#db
      .selectFrom('cosignature')
      .selectAll()
      .where('origin', '=', origin)
      .where('size', '=', size)
      .orderBy('witness')
      .execute();
    return rows.map((row) => ({
      origin: row.origin,
      size: toCount(row.size),
      root: toBytes(row.root),
      witness: row.witness,
      line: row.line,
      time: toCount(row.time),
    }));
  }

  async largestCosigned(origin: string, witnesses: readonly string[], atLeast: number): Promise<number> {
    if (atLeast <= 0) return (await this.latest(origin))?.size ?? 0;
    const { rows } = await sql<{ size: number }>`
      select size from cosignature
      where origin = ${origin} and witness = any(${witnesses}::text[])
      group by size, root having count(distinct witness) >= ${atLeast}
      order by size desc limit 1`.execute(this.#db);
    return rows[0] === undefined ? 0 : toCount(rows[0].size);
  }
}

function toCheckpoint(row: {
  origin: string;
  size: number;
  root: Uint8Array;
  note: string;
  stored_at: Date;
}): StoredCheckpoint {
  return {
    origin: row.origin,
    size: toCount(row.size),
    root: toBytes(row.root),
    note: row.note,
    storedAt: toTime(row.stored_at),
  };
}
