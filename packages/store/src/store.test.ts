import { PGlite } from '@electric-sql/pglite';
import { beforeAll } from 'vitest';
import { openVolatileStore } from './open.ts';
import { describeStore } from './store.contract.ts';

/** Making a database takes PGlite seconds; copying one that is made takes a fraction. */
let image: Blob;
beforeAll(async () => {
  const pglite = new PGlite();
  const store = await openVolatileStore(pglite);
  image = await pglite.dumpDataDir('none');
  await store.close();
});

describeStore('PGlite', async () => {
  const pglite = new PGlite({ loadDataDir: image });
  const store = await openVolatileStore(pglite);
  return {
    store,
    raw: async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows,
    damage: async (sql) => {
      await pglite.exec(
        `set session_replication_role = replica; ${sql}; set session_replication_role = origin`,
      );
    },
    close: () => store.close(),
  };
});
