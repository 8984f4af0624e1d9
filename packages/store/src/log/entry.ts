import type { ActId, ExchangeId, KeyFingerprint } from '@homeward/core/exchange';
import type { Claim, ClaimRefusal } from '../interlock/claim.ts';

/** An act that was admitted and waits for its place in the log. */
export interface NewEntry {
  /** The log entry itself: the DSSE envelope's bytes, at most `entryBytesMax`. */
  readonly bytes: Uint8Array;
  readonly act: ActId;
  readonly exchange: ExchangeId;
  readonly by: KeyFingerprint;
  readonly nonce: string;
  /** The act's kind, so that a query by kind needs no parsing. */
  readonly kind: string;
  /** What this act takes in the database's own interlock; most acts take nothing. */
  readonly claims: readonly Claim[];
}

/** An entry with its place, as the log holds it. */
export interface LogEntry {
  /** 0-based and dense. */
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly act: ActId;
  readonly exchange: ExchangeId;
  readonly kind: string;
  /** When this database appended it: RFC 3339 UTC to the millisecond. For display only; never decides an order. */
  readonly storedAt: string;
}

/** The largest entry an entry bundle can hold: its length is a uint16 (C2SP tlog-tiles). */
export const entryBytesMax = 65_535;

export type AppendResult =
  | {
      readonly kind: 'appended';
      readonly first: number;
      readonly size: number;
      /** `storedAt` of every entry of the batch; undefined for an empty one. */
      readonly storedAt: string | undefined;
    }
  | AppendRefusal;

/** Nothing of the batch was stored. `at` is the position, within the batch, of the first act that was refused. */
export type AppendRefusal =
  | {
      readonly kind: 'act-known';
      readonly at: number;
      readonly act: ActId;
      /** Where the log already holds it; undefined when the batch itself held it twice. */
      readonly index: number | undefined;
    }
  | { readonly kind: 'nonce-used'; readonly at: number; readonly act: ActId }
  /** The interlock or the rule of two persons refused a claim. */
  | ClaimRefusal
  /** Someone else appended since the caller last looked. */
  | { readonly kind: 'size-moved'; readonly expected: number; readonly size: number };

/** The log of one node: the host's own, or a replica of it. Append-only; the database refuses change and deletion. */
export interface LogRepository {
  /** Entries stored. */
  size(): Promise<number>;
  /**
   * Appends all of `batch` or nothing, in one SERIALIZABLE transaction (retried on 40001 and 40P01), starting at
   * `expectedSize`. When the promise resolves with `appended`, the entries are on disk. Cost does not grow with
   * the log. A lost connection rejects: the caller must read `size()` again, since the commit may have happened.
   */
  append(expectedSize: number, batch: readonly NewEntry[]): Promise<AppendResult>;
  /** Entries `from` (inclusive) to `to` (exclusive), in order; fewer where the log ends. */
  entries(from: number, to: number): Promise<readonly LogEntry[]>;
  /** Where the log holds these acts; acts it does not hold are absent from the map. */
  findIndexes(acts: readonly ActId[]): Promise<ReadonlyMap<ActId, number>>;
  findAct(act: ActId): Promise<LogEntry | undefined>;
  /**
   * The bytes of a tile or entry bundle by its C2SP path (`tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`),
   * undefined where the log is too short for it or the path is not one. Every width that any checkpoint up to the
   * present size needs is served. Reads at most 256 rows.
   */
  findTile(path: string): Promise<Uint8Array | undefined>;
  /** RFC 6962 root at `size`, from stored hashes. Reads at most 256 hashes per tile level. Throws beyond the log. */
  rootAt(size: number): Promise<Uint8Array>;
  /**
   * Re-hashes what is stored and compares: see `Rehash`. Call before each signature.
   */
  rehash(request: RehashRequest): Promise<RehashVerdict>;
}

/**
 * What to re-hash: every entry in `[from, to)`, every stored hash on the right edge of the trees of sizes `from`
 * and `to`, and `budget` older entries at `cursor` (wrapping), so that a log up to `budget` entries is re-hashed
 * whole each time and a longer one in turn, at a cost that does not grow.
 */
export interface RehashRequest {
  /** Size last signed, and its root. Size 0 has the root of the empty tree. */
  readonly from: { readonly size: number; readonly root: Uint8Array };
  readonly to: number;
  readonly cursor: number;
  readonly budget: number;
}

export type RehashVerdict =
  | { readonly kind: 'intact'; readonly root: Uint8Array; readonly cursor: number; readonly rehashed: number }
  /** Sign nothing. `says` names the entry, tile or root that is not what it was. */
  | { readonly kind: 'damaged'; readonly at: number; readonly says: string };
