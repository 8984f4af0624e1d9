/**
 * Follows the checkpoint a host publishes, by the member's own policy.
 *
 * Law     A published checkpoint never goes back: a smaller one than was seen published is a rollback. One whose
 *         cosignatures are too old is a frozen log. Only a checkpoint that this node's replica holds in full is
 *         shown to its clients.
 */
import type { Store } from '@homeward/store';
import {
  addSignatures,
  isQuorum,
  parseNote,
  policyKeys,
  verifyCheckpoint,
  type NoteSignature,
  type Policy,
  type TileSource,
  type VerifiedCheckpoint,
} from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import { ed25519 } from '../keys/ed25519.ts';
import type { Feed } from '../log/feed.ts';
import { Unreachable } from '../log/store-source.ts';
import type { Replica } from './replica.ts';

/** A checkpoint this node verified in full, with every cosignature it knows. */
export interface Stood {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly cosigners: readonly string[];
  readonly isQuorum: boolean;
}

export interface Follower {
  /** Looks once at what the host publishes. */
  look(): Promise<void>;
  /** A checkpoint this node itself just cosigned. */
  cosigned(note: string): Promise<void>;
  stood(): Stood | undefined;
}

export interface FollowerOptions {
  readonly hostName: string;
  readonly store: Store;
  readonly source: TileSource;
  readonly policy: Policy;
  readonly replica: Replica;
  readonly alarms: Alarms;
  readonly feed: Feed;
  readonly freshnessMs: number;
  readonly report: (line: string) => void;
}

export function createFollower(options: FollowerOptions): Follower {
  const { store, source, policy, replica, alarms, feed, report } = options;
  const keys = policyKeys(policy);
  const startedAt = Date.now();
  let stood: Stood | undefined;
  let own: { readonly text: string; readonly line: NoteSignature } | undefined;
  let lastNote = '';
  let publishedSize = 0;
  let newestCosignature = 0;
  let lastProblem = '';

  async function judge(bytes: Uint8Array): Promise<void> {
    const note = Buffer.from(bytes).toString('utf8');
    if (note === lastNote) return;
    const verified = await verifyCheckpoint(bytes, keys, ed25519);
    if (!verified.ok) {
      complain(`published a checkpoint that does not verify: ${verified.problem.text}`);
      return;
    }
    const checkpoint = verified.value;
    if (checkpoint.size < publishedSize) {
      await store.checkpoints.put({
        origin: checkpoint.origin,
        size: checkpoint.size,
        root: checkpoint.root,
        note,
      });
      await alarms.raise(
        'rollback',
        `The host published a checkpoint of ${String(checkpoint.size)} acts after one of ${String(publishedSize)}.`,
      );
      return;
    }
    const synced = await replica.sync(checkpoint, note);
    if (synced.kind !== 'current') {
      if (synced.kind === 'unavailable') complain(`does not serve what it signed: ${synced.says}`);
      return;
    }
    lastNote = note;
    publishedSize = checkpoint.size;
    await store.peers.heard(options.hostName, checkpoint.size);
    newestCosignature = Math.max(
      newestCosignature,
      ...checkpoint.cosignatures.map(({ time }) => time * 1_000),
    );
    await standBy(checkpoint, note);
  }

  /** Shows a checkpoint to clients, with our own line where the host has not got it yet. */
  async function standBy(checkpoint: VerifiedCheckpoint, note: string): Promise<void> {
    if (stood !== undefined && checkpoint.size < stood.size) return;
    const whole =
      own?.text === checkpoint.text
        ? Buffer.from(addSignatures(new TextEncoder().encode(note), [own.line])).toString('utf8')
        : note;
    if (stood?.note === whole) return;
    const merged = await verifyCheckpoint(new TextEncoder().encode(whole), keys, ed25519);
    if (!merged.ok) return;
    const signers = new Set(merged.value.cosignatures.map(({ key }) => key));
    const names = policy.witnesses.filter(({ key }) => signers.has(key)).map(({ name }) => name);
    const { origin, size, root } = checkpoint;
    stood = { size, root, note: whole, cosigners: names, isQuorum: isQuorum(policy, new Set(names)) };
    await store.checkpoints.put({ origin, size, root, note: whole });
    feed.changed();
  }

  function complain(says: string): void {
    if (says !== lastProblem) report(`the host ${says}`);
    lastProblem = says;
  }

  async function checkFreshness(): Promise<void> {
    const newest = Math.max(newestCosignature, startedAt);
    if (Date.now() - newest > options.freshnessMs) {
      await alarms.raise(
        'frozen',
        `No cosignature newer than ${new Date(newest).toISOString()} has been seen on a checkpoint of this log.`,
      );
    } else await alarms.clear('frozen');
  }

  return {
    async look() {
      try {
        const bytes = await source.read('checkpoint');
        if (bytes !== undefined) await judge(bytes);
        else complain('publishes no checkpoint');
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        complain(`cannot be reached: ${error.message}`);
        await store.peers.failed(options.hostName, error.message);
      }
      await checkFreshness();
    },
    async cosigned(note) {
      const bytes = new TextEncoder().encode(note);
      const parsed = parseNote(bytes);
      const verified = await verifyCheckpoint(bytes, keys, ed25519);
      if (!parsed.ok || !verified.ok) throw new Error('a checkpoint this node cosigned does not verify');
      const line = parsed.value.signatures.at(-1);
      if (line === undefined) throw new Error('a checkpoint this node cosigned has no signature');
      own = { text: parsed.value.text, line };
      await store.peers.heard(options.hostName, verified.value.size);
      await standBy(verified.value, note);
    },
    stood: () => stood,
  };
}
