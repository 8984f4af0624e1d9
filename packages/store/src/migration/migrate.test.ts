import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { grants } from './grants.ts';
import { assertSchemaCurrent, migrate, SchemaMismatch, statementsOf } from './migrate.ts';
import { migrations } from './migrations.ts';

let pglite: PGlite;
let db: Kysely<unknown>;
beforeEach(async () => {
  pglite = new PGlite();
  db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) });
  await pglite.exec('create role serving login');
  return () => db.destroy();
});

const tables = async (): Promise<readonly string[]> =>
  (
    await pglite.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    )
  ).rows
    .map(({ name }) => name)
    .sort();

test('[ST-60] data of a newer version is refused and stays as it is', async () => {
  await expect(assertSchemaCurrent(db)).rejects.toThrow(/migrate it first/);
  await migrate(db, 'serving');
  await assertSchemaCurrent(db);
  const before = await tables();
  await pglite.exec(
    `insert into schema_version (version, name, digest) values (${migrations.length + 1}, '9999-later', 'x')`,
  );
  for (const attempt of [migrate(db, 'serving'), assertSchemaCurrent(db)]) {
    await expect(attempt).rejects.toThrow(SchemaMismatch);
    await expect(attempt).rejects.toThrow(
      new RegExp(
        `version ${migrations.length + 1} \\(9999-later\\), this program knows only ${migrations.length}`,
      ),
    );
  }
  expect(await tables()).toEqual(before);
});

test('[ST-60] data made by other statements is refused', async () => {
  await migrate(db);
  await pglite.exec(`update schema_version set digest = 'edited' where version = 1`);
  await expect(migrate(db)).rejects.toThrow(SchemaMismatch);
  await expect(assertSchemaCurrent(db)).rejects.toThrow(/is not the 0001-first/);
});

test('[ST-61] migrating again changes nothing, and a failure leaves nothing', async () => {
  await expect(migrate(db, 'nobody there')).rejects.toThrow();
  expect(await tables()).toEqual([]);
  await migrate(db, 'serving');
  const before = await pglite.query('select * from schema_version');
  await migrate(db, 'serving');
  expect((await pglite.query('select * from schema_version')).rows).toEqual(before.rows);
});

test('[ST-66] the rights of every table are listed, and none lends more', async () => {
  await migrate(db, 'serving');
  expect(await tables()).toEqual(Object.keys(grants).sort());
  const lending = await pglite.query(
    `select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
     union all select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')`,
  );
  expect(lending.rows).toEqual([]);
  for (const table of [
    'entry',
    'tile_hash',
    'proposal',
    'schedule',
    'coupled_leg',
    'closed_tranche',
    'checkpoint',
    'schema_version',
  ]) {
    expect(grants[table], table).not.toMatch(/update|delete/);
  }
  for (const [table, rights] of Object.entries(grants))
    expect(rights, table).not.toMatch(/truncate|trigger|all|references/);
});

test('[ST-61] a script is cut at its own semicolons only', () => {
  expect(statementsOf(`-- a; b\nselect 1; create function f() as $$ x; y; $$; `)).toEqual([
    '-- a; b\nselect 1',
    'create function f() as $$ x; y; $$',
  ]);
  expect(() => statementsOf('select 1')).toThrow();
});
