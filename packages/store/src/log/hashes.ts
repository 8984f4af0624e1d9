import type { Hash } from '@homeward/tlog';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { toBytes } from '../database/values.ts';
import { rightEdge } from './tree.ts';

/** Hashes `[from, to)` of a level, in order; fewer where the level ends. */
export async function readHashes(
  db: Kysely<Tables>,
  level: number,
  from: number,
  to: number,
): Promise<readonly Hash[]> {
  if (from >= to) return [];
  if (level === 0) {
    const rows = await db
      .selectFrom('entry')
      .select('leaf_hash')
      .where('index', '>=', from)
      .where('index', '<', to)
      .orderBy('index')
      .execute();
    return rows.map((row) => toBytes(row.leaf_hash));
  }
  const rows = await db
    .selectFrom('tile_hash')
    .select('hash')
    .where('level', '=', level)
    .where('index', '>=', from)
    .where('index', '<', to)
    .orderBy('index')
    .execute();
  return rows.map((row) => toBytes(row.hash));
}

/** The stored hashes of the unfinished tile of each level. Throws where the log is shorter than `size`. */
export async function readEdge(db: Kysely<Tables>, size: number): Promise<readonly (readonly Hash[])[]> {
  const partials: (readonly Hash[])[] = [];
  for (const { level, from, to } of rightEdge(size)) {
    const hashes = await readHashes(db, level, from, to);
    if (hashes.length !== to - from) throw new RangeError(`the log does not reach size ${size}`);
    partials.push(hashes);
  }
  if (size > 0) {
    const last = await db
      .selectFrom('entry')
      .select('index')
      .where('index', '=', size - 1)
      .executeTakeFirst();
    if (last === undefined) throw new RangeError(`the log does not reach size ${size}`);
  }
  return partials;
}
