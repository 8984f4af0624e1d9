import { sql } from 'kysely';
import { connect, type DatabaseAddress } from './connect.ts';

export interface NewDatabase {
  /** Name of the database and of the role that serves it; the owner of its tables is `<name>_owner`. */
  readonly name: string;
  readonly password: string;
  readonly ownerPassword: string;
}

/**
 * Makes a node's database as a superuser, where it is not there yet: an owner for the tables, a role that may only
 * what `grants` lists, and no door for any other role. Passwords are set anew each time. Idempotent.
 */
export async function createDatabase(admin: DatabaseAddress, wanted: NewDatabase): Promise<void> {
  const { name, password, ownerPassword } = wanted;
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new RangeError(`"${name}" is no name for a database`);
  const owner = `${name}_owner`;
  const db = connect<unknown>(admin, { poolMax: 1 });
  try {
    for (const [role, secret] of [
      [owner, ownerPassword],
      [name, password],
    ] as const) {
      const { rows } = await sql`select from pg_roles where rolname = ${role}`.execute(db);
      if (rows.length === 0) await sql`create role ${sql.id(role)}`.execute(db);
      await sql`alter role ${sql.id(role)} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication
        password ${sql.lit(secret)}`.execute(db);
    }
    const { rows } = await sql`select from pg_database where datname = ${name}`.execute(db);
    if (rows.length === 0) {
      await sql`create database ${sql.id(name)} owner ${sql.id(owner)} encoding 'UTF8' template template0`.execute(
        db,
      );
    }
    await sql`revoke all on database ${sql.id(name)} from public`.execute(db);
    await sql`grant connect on database ${sql.id(name)} to ${sql.id(name)}`.execute(db);
  } finally {
    await db.destroy();
  }
}
