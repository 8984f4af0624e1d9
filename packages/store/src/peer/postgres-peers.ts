import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { toCount, toText, toTime } from '../database/values.ts';
import type { Peer, PeerRepository } from './peer.ts';

export class PostgresPeers implements PeerRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async put(name: string, url: string): Promise<void> {
    await this.#db
      .insertInto('peer')
      .values({ name, url })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ url }))
      .execute();
  }

  async heard(name: string, size: number | undefined): Promise<void> {
    await this.#db
      .updateTable('peer')
      .set({
        last_heard: sql<Date>`now()`,
        last_problem: null,
        ...(size === undefined
          ? {}
          : { last_size: sql<number>`greatest(coalesce(last_size, 0), ${size}::bigint)` }),
      })
      .where('name', '=', name)
      .execute();
  }

  async failed(name: string, problem: string): Promise<void> {
    await this.#db
      .updateTable('peer')
      .set({ last_problem: toText(problem) })
      .where('name', '=', name)
      .execute();
  }

  async all(): Promise<readonly Peer[]> {
    const rows = await this.#db.selectFrom('peer').selectAll().orderBy('name').execute();
    return rows.map(({ name, url, last_heard, last_size, last_problem }) => ({
      name,
      url,
      ...(last_heard === null ? {} : { lastHeard: toTime(last_heard) }),
      ...(last_size === null ? {} : { lastSize: toCount(last_size) }),
      ...(last_problem === null ? {} : { lastProblem: last_problem }),
    }));
  }
}
