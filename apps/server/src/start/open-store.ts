/** Opens the database that a configuration names, or the PostgreSQL of the node's own. */
import { holdDatabase, migrateDatabase, openStore, type DatabaseAddress, type Store } from '@homeward/store';
import type { NodeConfig } from '../config/node-config.ts';
import { toSentence } from './read-keys.ts';

export interface OpenedStore {
  readonly store: Store;
  close(): Promise<void>;
}

/** A store that is given already is used and left open. */
export async function openStoreOf(
  { database, party }: NodeConfig,
  { store }: { readonly store?: Store },
  report: (line: string) => void,
): Promise<OpenedStore> {
  if (store !== undefined) return { store, close: async () => Promise.resolve() };
  if ('url' in database) {
    try {
      if (database.ownerUrl !== undefined) await migrateDatabase(database.ownerUrl, roleOf(database.url));
      const opened = await openAndHold(database.url);
      for (const warning of opened.server.warnings) report(`database: ${warning}`);
      return { store: opened, close: async () => opened.close() };
    } catch (error) {
      throw new Error(`the database of this node cannot be used: ${toSentence(error)}`, { cause: error });
    }
  }
  const { startEmbeddedPostgres } = await import('../postgres/index.ts');
  const postgres = await startEmbeddedPostgres({ folder: database.embedded, tell: report });
  try {
    const address = await postgres.provideDatabase(`homeward_${party.toLowerCase().replaceAll('-', '_')}`);
    const opened = await openAndHold(address);
    return {
      store: opened,
      close: async () => {
        await opened.close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/** The database of one process: its hold goes with it. */
async function openAndHold(address: DatabaseAddress): ReturnType<typeof openStore> {
  const release = await holdDatabase(address);
  try {
    const opened = await openStore(address);
    let closing: Promise<void> | undefined;
    return { ...opened, close: async () => (closing ??= opened.close().then(release)) };
  } catch (error) {
    await release();
    throw error;
  }
}
