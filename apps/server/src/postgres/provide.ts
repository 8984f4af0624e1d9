import { randomBytes } from 'node:crypto';
import { createDatabase, type DatabaseAddress, migrateDatabase } from '@homeward/store';

/** The address of a database as its parts. */
export type DatabaseParts = Exclude<DatabaseAddress, string>;

/**
 * Makes a node's database and its two roles where they are not there yet, brings its tables up to date, and says how to
 * serve from it. `admin` may create databases and roles (a superuser). Passwords are drawn anew each time.
 */
export async function provideDatabase(admin: DatabaseParts, name: string): Promise<DatabaseParts> {
  const password = randomBytes(32).toString('base64url');
  const ownerPassword = randomBytes(32).toString('base64url');
  const { host, port } = admin;
  await createDatabase(admin, { name, password, ownerPassword });
  await migrateDatabase({ host, port, database: name, user: `${name}_owner`, password: ownerPassword }, name);
  return { host, port, database: name, user: name, password };
}

/** The parts of a `postgres://user:password@host:port/database` address. Throws `TypeError` for any other text. */
export function parseDatabaseUrl(url: string): DatabaseParts {
  const { protocol, hostname, port, pathname, searchParams, username, password } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    throw new TypeError('DATABASE_URL is not a postgres:// address.');
  }
  return {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(searchParams.get('port') ?? (port === '' ? 5432 : port)),
    database: decodeURIComponent(pathname.slice(1)) || 'postgres',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
