import type { ActId, ExchangeId } from '@homeward/core/exchange';
import { formatBundle, type Hash, leafHash, parseTilePath, tileWidth } from '@homeward/tlog';
import { sql, type Kysely, type Transaction } from 'kysely';
import { serializable, sqlState } from '../database/serializable.ts';
import type { Tables } from '../database/tables.ts';
import { fromHex, toBytes, toCount, toHex, toTime } from '../database/values.ts';
import { stake } from '../interlock/stake.ts';
import {
  type AppendRefusal,
  type AppendResult,
  entryBytesMax,
  type LogEntry,
  type LogRepository,
  type NewEntry,
  type RehashRequest,
  type RehashVerdict,
} from './entry.ts';
import { nativeSha256 } from './hashing.ts';
import { rehash } from './rehash.ts';
import { readEdge, readHashes } from './hashes.ts';
import { edgeRoot, perfectRoot } from './tree.ts';

/** Leaves a transaction early with an answer; the transaction is rolled back. */
class Refused extends Error {
  readonly refusal: AppendRefusal;
  constructor(refusal: AppendRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** The log in PostgreSQL: entries, and one stored hash per full tile. Tiles and bundles are cut from them when read. */
/** Roots kept in memory. */
const rootsMax = 256;

export class PostgresLog implements LogRepository {
  readonly #db: Kysely<Tables>;
  /** Roots read lately: the root of a size never changes, and every checkpoint asks for the same few. */
  readonly #roots = new Map<number, Uint8Array>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async size(): Promise<number> {
    const { size } = await this.#db.selectFrom('log_head').select('size').executeTakeFirstOrThrow();
    return toCount(size);
  }

  async append(expectedSize: number, batch: readonly NewEntry[]): Promise<AppendResult> {
    if (batch.length === 0) {
      return { kind: 'appended', first: expectedSize, size: expectedSize, storedAt: undefined };
    }
    const rows = batch.map((entry) => {
      if (entry.bytes.length === 0 || entry.bytes.length > entryBytesMax) {
        throw new RangeError(`an entry of ${entry.bytes.length} bytes: admission refuses it`);
      }
      return {
        entry,
        act: fromHex(entry.act),
        signer: fromHex(entry.by),
        leaf: leafHash(entry.bytes, nativeSha256),
      };
    });
    const twice = findTwice(batch);
    if (twice !== undefined) return twice;
    try {
      return await serializable(this.#db, async (tx) => {
        const head = await tx
          .selectFrom('log_head')
          // The transaction's own time, which is what `stored_at` takes by default.
          .select(['size', sql<Date>`now()`.as('now')])
          .forUpdate()
          .executeTakeFirstOrThrow();
        const size = toCount(head.size);
        if (size !== expectedSize) throw new Refused({ kind: 'size-moved', expected: expectedSize, size });
        await this.#insert(tx, size, rows);
        await this.#raiseTiles(
          tx,
          size,
          rows.map(({ leaf }) => leaf),
        );
        await stake(tx, size, batch, (refusal) => {
          throw new Refused(refusal);
        });
        return { kind: 'appended', first: size, size: size + batch.length, storedAt: toTime(head.now) };
      });
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      if (sqlState(error) === '23505') {
        const known = await this.#findKnown(batch);
        if (known !== undefined) return known;
      }
      throw error;
    }
  }

  async entries(from: number, to: number): Promise<readonly LogEntry[]> {
    const rows = await this.#db
      .selectFrom('entry')
      .select(['index', 'bytes', 'act', 'exchange', 'kind', 'stored_at'])
      .where('index', '>=', from)
      .where('index', '<', to)
      .orderBy('index')
      .execute();
    return rows.map(toEntry);
  }

  async findIndexes(acts: readonly ActId[]): Promise<ReadonlyMap<ActId, number>> {
    if (acts.length === 0) return new Map();
    const { rows } = await sql<{ act: Uint8Array; index: number }>`
      select act, index from entry where act = any(${acts.map(fromHex)}::bytea[])`.execute(this.#db);
    return new Map(rows.map(({ act, index }) => [toHex(act) as ActId, toCount(index)]));
  }

  async findAct(act: ActId): Promise<LogEntry | undefined> {
    const row = await this.#db
      .selectFrom('entry')
      .select(['index', 'bytes', 'act', 'exchange', 'kind', 'stored_at'])
      .where('act', '=', fromHex(act))
      .executeTakeFirst();
    return row === undefined ? undefined : toEntry(row);
  }

  async findTile(path: string): Promise<Uint8Array | undefined> {
    const address = parseTilePath(path);
    if (!address.ok) return undefined;
    const { level, index, width } = address.value;
    const from = index * tileWidth;
    const to = from + width;
    if (!Number.isSafeInteger(to)) return undefined;
    if (level === 'entries') {
      const rows = await this.entries(from, to);
      return rows.length === width ? formatBundle(rows.map(({ bytes }) => bytes)) : undefined;
    }
    const hashes = await readHashes(this.#db, level, from, to);
    return hashes.length === width ? toBytes(Buffer.concat(hashes)) : undefined;
  }

  async rootAt(size: number): Promise<Uint8Array> {
    const known = this.#roots.get(size);
    if (known !== undefined) return known;
    const root = edgeRoot(await readEdge(this.#db, size));
    if (this.#roots.size >= rootsMax) this.#roots.delete(this.#roots.keys().next().value ?? 0);
    this.#roots.set(size, root);
    return root;
  }

  async rehash(request: RehashRequest): Promise<RehashVerdict> {
    return rehash(this.#db, request);
  }

  async #insert(
    tx: Transaction<Tables>,
    first: number,
    rows: readonly { entry: NewEntry; act: Uint8Array; signer: Uint8Array; leaf: Hash }[],
  ): Promise<void> {
    await sql`
      insert into entry (index, bytes, leaf_hash, act, exchange, signer, nonce, kind)
      select ${first}::bigint + position - 1, bytes, leaf_hash, act, exchange, signer, nonce, kind
      from unnest(
        ${rows.map(({ entry }) => entry.bytes)}::bytea[],
        ${rows.map(({ leaf }) => leaf)}::bytea[],
        ${rows.map(({ act }) => act)}::bytea[],
        ${rows.map(({ entry }) => entry.exchange)}::text[],
        ${rows.map(({ signer }) => signer)}::bytea[],
        ${rows.map(({ entry }) => entry.nonce)}::text[],
        ${rows.map(({ entry }) => entry.kind)}::text[]
      ) with ordinality as new (bytes, leaf_hash, act, exchange, signer, nonce, kind, position)
      order by position`.execute(tx);
  }

  /** Stores the root of each tile that these leaves fill, level by level. */
  async #raiseTiles(tx: Transaction<Tables>, first: number, leaves: readonly Hash[]): Promise<void> {
    let start = first;
    let added = leaves;
    for (let level = 0; ; level += 1) {
      const tileFrom = Math.floor(start / tileWidth);
      const tileTo = Math.floor((start + added.length) / tileWidth);
      if (tileTo === tileFrom) return;
      const before = await readHashes(tx, level, tileFrom * tileWidth, start);
      const all = [...before, ...added];
      const roots = Array.from({ length: tileTo - tileFrom }, (_, at) =>
        perfectRoot(all.slice(at * tileWidth, (at + 1) * tileWidth)),
      );
      await sql`
        insert into tile_hash (level, index, hash)
        select ${level + 1}::smallint, ${tileFrom}::bigint + position - 1, hash
        from unnest(${roots}::bytea[]) with ordinality as new (hash, position)`.execute(tx);
      start = tileFrom;
      added = roots;
    }
  }

  /** Says which act of a batch that met a unique constraint the log already knows. */
  async #findKnown(batch: readonly NewEntry[]): Promise<AppendRefusal | undefined> {
    const indexes = await this.findIndexes(batch.map(({ act }) => act));
    for (const [at, { act, exchange, by, nonce }] of batch.entries()) {
      const index = indexes.get(act);
      if (index !== undefined) return { kind: 'act-known', at, act, index };
      const used = await this.#db
        .selectFrom('entry')
        .select('index')
        .where('exchange', '=', exchange)
        .where('signer', '=', fromHex(by))
        .where('nonce', '=', nonce)
        .executeTakeFirst();
      if (used !== undefined) return { kind: 'nonce-used', at, act };
    }
    return undefined;
  }
}

/** An act, or a nonce of one key, that a batch holds twice. */
function findTwice(batch: readonly NewEntry[]): AppendRefusal | undefined {
  const acts = new Set<string>();
  const nonces = new Set<string>();
  for (const [at, { act, exchange, by, nonce }] of batch.entries()) {
    if (acts.has(act)) return { kind: 'act-known', at, act, index: undefined };
    acts.add(act);
    const single = JSON.stringify([exchange, by, nonce]);
    if (nonces.has(single)) return { kind: 'nonce-used', at, act };
    nonces.add(single);
  }
  return undefined;
}

function toEntry(row: {
  index: number;
  bytes: Uint8Array;
  act: Uint8Array;
  exchange: string;
  kind: string;
  stored_at: Date;
}): LogEntry {
  return {
    index: toCount(row.index),
    bytes: toBytes(row.bytes),
    act: toHex(row.act) as ActId,
    exchange: row.exchange as ExchangeId,
    kind: row.kind,
    storedAt: toTime(row.stored_at),
  };
}
