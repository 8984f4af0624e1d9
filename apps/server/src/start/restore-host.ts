/**
 * Rebuilds a host's database from what its members and published folders hold, after a disk or a database was lost.
 *
 * Law     Every entry is proved by a checkpoint of the log's own key and judged like any member judges it; nothing is
 *         taken that does not pass through the root which the vault keeps and through every checkpoint that a source or
 *         a witness shows. All must be one history, or nothing more is done than to say which two contradict. Where the
 *         vault was lost too, it is written anew only when every witness has answered, since one that is silent may have
 *         cosigned more: a host that signed a shorter tree again would make a second history.
 * Cost    As one member that catches up: each entry is fetched, hashed, verified and decided once.
 */
import { ed25519, loadNodeKeys, nativeSha256 } from '@homeward/keys';
import { toReason } from '@homeward/ledger';
import { FileVault, type Store } from '@homeward/store';
import {
  isEqualBytes,
  proveConsistency,
  verifyCheckpoint,
  type TileSource,
  type VerifiedCheckpoint,
  type VerifierKey,
} from '@homeward/tlog';
import { loadAlarms } from '../alarm/alarms.ts';
import type { HostConfig } from '../config/node-config.ts';
import { readWitnessed } from '../host/witness-client.ts';
import { createFeed } from '../log/feed.ts';
import { toNodeSource } from '../log/node-source.ts';
import { readLedger } from '../replica/read-ledger.ts';
import { openReplica } from '../replica/replica.ts';
import { openStoreOf } from './open-store.ts';
import { readKey, StartRefused } from './read-keys.ts';

export interface RestoreSource {
  /** How to name it to people. */
  readonly place: string;
  readonly source: TileSource;
}

export interface RestoreOptions {
  /** Published logs besides the witnesses' own: folders, other nodes. */
  readonly sources: readonly RestoreSource[];
  readonly report: (line: string) => void;
  /** A store already opened, in place of the configured database. The caller closes it. */
  readonly store?: Store;
}

export interface Restored {
  /** Acts that the database holds now. */
  readonly size: number;
  /** Acts that it held before. */
  readonly before: number;
}

/** A checkpoint that the log's key has signed, and who shows it. */
interface Shown {
  readonly place: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly checkpoint: VerifiedCheckpoint;
  /** Where its entries can be read. */
  readonly source: TileSource;
}

const timeoutMs = 20_000;

/** Rejects with `StartRefused` when the sources do not hold what was signed, or contradict it or each other. */
export async function restoreHost(config: HostConfig, options: RestoreOptions): Promise<Restored> {
  const { report } = options;
  const loaded = await loadNodeKeys(config.keys, 'host');
  if (!loaded.ok) throw new StartRefused(loaded.says);
  if (loaded.keys.role !== 'host') throw new StartRefused('The keys are not those of a host.');
  const logKey = loaded.keys.log.key;
  const opened = await openStoreOf(config, options, report);
  try {
    const vault = new FileVault(config.vault);
    const register = `log:${logKey.name}`;
    const signed = await vault.read(register);
    const { shown, silent } = await collect(config, logKey, options);
    const best = shown.toSorted((a, b) => b.size - a.size).at(0);
    const largest = Math.max(signed?.size ?? 0, ...shown.map(({ size }) => size));
    const before = await opened.store.log.size();
    if (before >= largest) return { size: before, before };
    if (best === undefined || best.size < largest) {
      throw new StartRefused(
        `A checkpoint of ${String(largest)} acts was signed; the sources hold ${String(best?.size ?? 0)}. Name one that holds all of them (--from).`,
      );
    }
    if (signed === undefined && silent.length > 0) {
      throw new StartRefused(
        `The vault is empty and not every witness answers (${silent.join(', ')}): one of them may have cosigned more than the ${String(best.size)} acts that are known here. Bring back the vault or the witness.`,
      );
    }
    report(`restoring ${String(best.size)} acts from ${best.place}; the database holds ${String(before)}`);
    for (const each of [...shown, ...(signed === undefined ? [] : [{ ...signed, place: 'the vault' }])]) {
      await assertBeginning(each, best);
    }
    await take(opened.store, best, config, report);
    const next = { size: best.size, root: best.root, note: best.note };
    if (signed === undefined || signed.size < next.size) {
      const swapped = await vault.compareAndSwap(register, signed, next);
      if (swapped.kind !== 'swapped')
        throw new StartRefused(`The vault was changed meanwhile (${swapped.kind}).`);
    }
    return { size: best.size, before };
  } finally {
    await opened.close();
  }
}

/** What every source and every witness shows, and which witnesses say nothing. */
async function collect(
  config: HostConfig,
  logKey: VerifierKey,
  { sources, report }: RestoreOptions,
): Promise<{ readonly shown: readonly Shown[]; readonly silent: readonly string[] }> {
  const shown: Shown[] = [];
  const silent: string[] = [];
  const add = async (place: string, bytes: Uint8Array | undefined, source: TileSource): Promise<void> => {
    const verified =
      bytes === undefined
        ? undefined
        : await verifyCheckpoint(bytes, { logs: [logKey], witnesses: [] }, ed25519);
    if (bytes === undefined || verified?.ok !== true) {
      report(`${place} shows no checkpoint that this log's key has signed`);
      return;
    }
    const { size, root } = verified.value;
    const note = Buffer.from(bytes).toString('utf8');
    shown.push({ place, size, root, note, checkpoint: verified.value, source });
  };
  const read = async (place: string, source: TileSource): Promise<void> => {
    try {
      await add(place, await source.read('checkpoint'), source);
    } catch (error) {
      report(`${place} does not answer: ${toReason(error)}`);
    }
  };
  for (const { place, source } of sources) await read(place, source);
  for (const { name, url, key } of config.witnesses) {
    const source = toNodeSource(url, timeoutMs);
    await read(`witness ${name}`, source);
    const peer = { name, url, key: readKey(key, 'cosignature', `the key of witness ${name}`) };
    const cosigned = await readWitnessed(peer, logKey, timeoutMs);
    if (cosigned.kind === 'unreachable') silent.push(name);
    // Its own log shows what its policy accepts, which may be less than what it holds and cosigned.
    if (cosigned.kind === 'shown') await add(`witness ${name}`, Buffer.from(cosigned.note), source);
  }
  return { shown, silent };
}

/** Before anything is taken: `each` must be a beginning of the tree that is taken. */
async function assertBeginning(
  each: { readonly place: string; readonly size: number; readonly root: Uint8Array },
  best: Shown,
): Promise<void> {
  if (each.size === 0) return;
  const own =
    each.size === best.size
      ? best.root
      : await proveConsistency(best.source, { oldSize: each.size, tree: best }, nativeSha256).then((proof) =>
          proof.ok ? proof.value.oldRoot : undefined,
        );
  if (own === undefined) throw new StartRefused(`${best.place} does not serve the log that it shows.`);
  if (isEqualBytes(own, each.root)) return;
  throw new StartRefused(
    `${each.place} has another tree of ${String(each.size)} acts than ${best.place}, signed by the same key: there are two histories. Nothing was changed, and nothing may be signed.`,
  );
}

/** Brings the database up to a checkpoint exactly as a member brings its replica. */
async function take(
  store: Store,
  { source, note, place, checkpoint }: Shown,
  config: HostConfig,
  report: (line: string) => void,
): Promise<void> {
  const alarms = await loadAlarms(store.settings, report, { isLifting: true });
  const replica = await openReplica({
    store,
    source,
    alarms,
    feed: createFeed(),
    ledger: await readLedger(store),
    own: { party: config.party, witness: '' },
    onLogged: async () => Promise.resolve(),
  });
  const synced = await replica.sync(checkpoint, note);
  if (synced.kind !== 'current') throw new StartRefused(`${place}: ${synced.says}`);
}
