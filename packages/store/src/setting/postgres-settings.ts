import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { SettingRepository } from './setting.ts';

export class PostgresSettings implements SettingRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async find(name: string): Promise<unknown> {
    const row = await this.#db
      .selectFrom('setting')
      .select('json')
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.json;
  }

  async under(prefix: string): Promise<ReadonlyMap<string, unknown>> {
    const rows = await this.#db
      .selectFrom('setting')
      .select(['name', 'json'])
      .where(sql<boolean>`starts_with(name, ${prefix})`)
      .execute();
    return new Map(rows.map(({ name, json }) => [name, json]));
  }

  async put(name: string, json: unknown): Promise<void> {
    // As text: a driver would otherwise take a JSON array for an array of the database.
    await sql`
      insert into setting (name, json) values (${name}, ${JSON.stringify(json)}::text::jsonb)
      on conflict (name) do update set json = excluded.json`.execute(this.#db);
  }

  async delete(name: string): Promise<void> {
    await this.#db.deleteFrom('setting').where('name', '=', name).execute();
  }
}
