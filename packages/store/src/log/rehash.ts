import { type Hash, isEqualBytes, tileWidth } from '@homeward/tlog';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { toBytes, toCount, toHex } from '../database/values.ts';
import type { RehashRequest, RehashVerdict } from './entry.ts';
import { edgeRoot, perfectRoot } from './tree.ts';
import { readEdge, readHashes } from './hashes.ts';

class Damaged extends Error {
  readonly at: number;
  constructor(at: number, says: string) {
    super(says);
    this.at = at;
  }
}

/** Tiles re-hashed in one query: bounds memory, not the work. */
const tilesPerQuery = 16;

/**
 * Re-hashes stored bytes and compares them with the stored hashes, those with the hashes of full tiles above them,
 * and all with the root last signed. The leaf hashes are computed by the database from the bytes it holds, so only
 * hashes travel.
 *
 * What was signed anchors it: the stored right edge must give the signed root again, every other stored hash must be
 * the root of the tile below it, and every entry must have its stored hash.
 */
export async function rehash(db: Kysely<Tables>, request: RehashRequest): Promise<RehashVerdict> {
  const { from, to, cursor, budget } = request;
  if (to < from.size)
    return { kind: 'damaged', at: to, says: `the log has ${to} entries, ${from.size} were signed` };
  try {
    const oldTiles = Math.floor(from.size / tileWidth);
    const lastTile = Math.ceil(to / tileWidth);
    await checkTiles(db, oldTiles, lastTile, to);
    const turn = Math.min(oldTiles, Math.ceil(budget / tileWidth));
    const start = oldTiles === 0 ? 0 : Math.floor(cursor / tileWidth) % oldTiles;
    const end = Math.min(oldTiles, start + turn);
    await checkTiles(db, start, end, to);
    const wrapped = turn - (end - start);
    await checkTiles(db, 0, wrapped, to);
    const before = edgeRoot(await readEdge(db, from.size));
    if (!isEqualBytes(before, from.root)) {
      throw new Damaged(
        from.size,
        `the stored hashes no longer give the root that was signed at size ${from.size}`,
      );
    }
    const root = edgeRoot(await readEdge(db, to));
    const next = wrapped > 0 ? wrapped : end;
    return {
      kind: 'intact',
      root,
      cursor: oldTiles === 0 ? 0 : (next % oldTiles) * tileWidth,
      rehashed: to - oldTiles * tileWidth + turn * tileWidth,
    };
  } catch (error) {
    if (error instanceof Damaged) return { kind: 'damaged', at: error.at, says: error.message };
    if (error instanceof RangeError) return { kind: 'damaged', at: from.size, says: error.message };
    throw error;
  }
}

/** Entries of the tiles `[first, last)`, as far as a log of `size` entries fills them, and the tiles above them. */
async function checkTiles(db: Kysely<Tables>, first: number, last: number, size: number): Promise<void> {
  for (let at = first; at < last; at += tilesPerQuery) {
    const to = Math.min(last, at + tilesPerQuery);
    await checkLeaves(db, at, to, size);
  }
  // A tile is complete with its last child: each parent is looked at once, in the turn of that child.
  let from = first;
  let until = Math.min(last, Math.floor(size / tileWidth));
  for (let level = 1; until > from; level += 1) {
    const parents = { from: Math.floor(from / tileWidth), to: Math.floor(until / tileWidth) };
    for (let parent = parents.from; parent < parents.to; parent += 1) {
      const children = await readHashes(db, level, parent * tileWidth, (parent + 1) * tileWidth);
      await compareTile(db, level + 1, parent, children);
    }
    from = parents.from;
    until = parents.to;
  }
}

async function checkLeaves(db: Kysely<Tables>, first: number, last: number, size: number): Promise<void> {
  const from = first * tileWidth;
  const to = Math.min(last * tileWidth, size);
  const { rows } = await sql<{ index: number; computed: Uint8Array; leaf_hash: Uint8Array }>`
    select index, sha256('\\x00'::bytea || bytes) as computed, leaf_hash from entry
    where index >= ${from} and index < ${to} order by index`.execute(db);
  if (rows.length !== to - from) {
    const gap = rows.findIndex(({ index }, at) => toCount(index) !== from + at);
    throw new Damaged(from + (gap < 0 ? rows.length : gap), 'an entry is missing');
  }
  const leaves: Hash[] = rows.map(({ index, computed, leaf_hash }) => {
    if (!isEqualBytes(toBytes(computed), toBytes(leaf_hash))) {
      throw new Damaged(toCount(index), `entry ${toCount(index)} is not the one that was appended`);
    }
    return toBytes(computed);
  });
  for (let tile = first; (tile + 1) * tileWidth <= to; tile += 1) {
    await compareTile(db, 1, tile, leaves.slice((tile - first) * tileWidth, (tile - first + 1) * tileWidth));
  }
}

async function compareTile(
  db: Kysely<Tables>,
  level: number,
  index: number,
  children: readonly Hash[],
): Promise<void> {
  const [stored] = await readHashes(db, level, index, index + 1);
  const computed = children.length === tileWidth ? perfectRoot(children) : undefined;
  if (stored === undefined || computed === undefined || !isEqualBytes(stored, computed)) {
    const at = index * tileWidth ** level;
    throw new Damaged(
      at,
      `the hash of tile ${index} of level ${level - 1} is ${stored === undefined ? 'missing' : toHex(stored)}`,
    );
  }
}
