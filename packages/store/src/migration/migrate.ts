import { createHash } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import { grants } from './grants.ts';
import { migrations } from './migrations.ts';

/** The stored data belongs to another version of the program. Nothing was changed. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

/** One at a time for all programs on this database: an arbitrary constant, used for nothing else. */
const lockKey = 5_193_003_017;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Brings the tables to this program's version, or throws `SchemaMismatch` when they are newer than it or were made
 * by other statements. Runs as the owner of the tables; `appRole` gets what `grants` lists. Idempotent, one transaction.
 */
export async function migrate(db: Kysely<unknown>, appRole?: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(lockKey)})`.execute(tx);
    await sql`create table if not exists schema_version (
      version integer primary key check (version >= 1),
      name text not null,
      digest text not null,
      applied_at timestamptz not null default now()
    )`.execute(tx);
    const done = await applied(tx);
    for (const [index, { name, sql: statements }] of migrations.entries()) {
      if (index < done) continue;
      await runScript(tx, statements);
      await sql`insert into schema_version (version, name, digest)
        values (${index + 1}, ${name}, ${digest(statements)})`.execute(tx);
    }
    if (appRole === undefined) return;
    const role = sql.id(appRole);
    await sql`grant usage on schema public to ${role}`.execute(tx);
    for (const [table, rights] of Object.entries(grants)) {
      await sql`revoke all on table ${sql.id(table)} from public, ${role}`.execute(tx);
      await sql`grant ${sql.raw(rights)} on table ${sql.id(table)} to ${role}`.execute(tx);
    }
  });
}

/** Throws unless the tables are exactly of this program's version. Changes nothing. */
export async function assertSchemaCurrent(db: Kysely<unknown>): Promise<void> {
  const present = await sql<{ present: boolean }>`
    select to_regclass('public.schema_version') is not null as present`.execute(db);
  if (present.rows[0]?.present !== true) {
    throw new SchemaMismatch('The database holds no tables of this program yet: migrate it first.');
  }
  const done = await applied(db);
  if (done < migrations.length) {
    throw new SchemaMismatch(
      `The stored data is of version ${done}, this program needs ${migrations.length}: migrate it first.`,
    );
  }
}

/** How many migrations the database holds, all of them ours. */
async function applied(db: Kysely<unknown> | Transaction<unknown>): Promise<number> {
  const { rows } = await sql<{ version: number; name: string; digest: string }>`
    select version, name, digest from schema_version order by version`.execute(db);
  if (rows.length > migrations.length) {
    throw new SchemaMismatch(
      `The stored data is of version ${rows.length} (${rows.at(-1)!.name}), this program knows only ${migrations.length}. ` +
        'Use the newer program; data is never taken back to an older form.',
    );
  }
  rows.forEach((row, index) => {
    const known = migrations[index]!;
    if (row.version !== index + 1 || row.name !== known.name || row.digest !== digest(known.sql)) {
      throw new SchemaMismatch(
        `Migration ${row.version} (${row.name}) in the database is not the ${known.name} this program knows.`,
      );
    }
  });
  return rows.length;
}

/** Splits at semicolons outside dollar quotes and line comments, since a prepared statement holds one command only. */
async function runScript(db: Transaction<unknown>, script: string): Promise<void> {
  for (const statement of statementsOf(script)) await sql.raw(statement).execute(db);
}

export function statementsOf(script: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  for (let at = 0; at < script.length;) {
    if (script.startsWith('--', at)) {
      at = script.indexOf('\n', at) + 1 || script.length;
    } else if (script.startsWith('$$', at)) {
      at = script.indexOf('$$', at + 2) + 2;
    } else if (script[at] === ';') {
      statements.push(script.slice(start, at).trim());
      at += 1;
      start = at;
    } else {
      at += 1;
    }
  }
  if (script.slice(start).trim() !== '') throw new Error('a migration ends with a semicolon');
  return statements.filter((statement) => statement !== '');
}
