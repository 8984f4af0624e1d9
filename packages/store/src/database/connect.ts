/** One connection pool to a node's database, with a typed query builder on it. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

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
