/**
 * Follows the checkpoint a host publishes, by the member's own policy.
 *
 * Law     A checkpoint smaller than one that was seen published, before a restart or after, is stale where it is a
 *         beginning of what this node holds, and a fork where it is none. A log is as fresh as the last moment since which a quorum of the policy was seen to
 *         cosign, before a restart or after; one that is less fresh than allowed is frozen. A time ahead of this
 *         node's clock says nothing. Only a checkpoint that this node's replica holds in full is shown to its clients.
 */
import { Unreachable } from '@homeward/ledger';
import type { Store } from '@homeward/store';
import {
  addSignatures,
  isQuorum,
  keepSignatures,
  parseNote,
  policyKeys,
  verifyCheckpoint,
  type NoteSignature,
  type Policy,
  type TileSource,
  type VerifiedCheckpoint,
} from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import { ed25519 } from '@homeward/keys';
import type { Feed } from '../log/feed.ts';
import { formatTime } from '../report/format-time.ts';
import type { ShownCheckpoint } from '../log/shown-checkpoint.ts';

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
  /** Why the log counts as frozen now, in words; nothing while it does not. */
  frozen(): string | undefined;
  /** Raises the alarm that the log is frozen, or takes it back. For a cadence of its own: a look waits for the host. */
  checkFreshness(): Promise<void>;
}

export interface FollowerOptions {
  readonly origin: string;
  readonly hostName: string;
  readonly store: Store;
  readonly source: TileSource;
  readonly policy: Policy;
  readonly replica: Replica;
  readonly shown: ShownCheckpoint;
  readonly alarms: Alarms;
  readonly feed: Feed;
  readonly freshnessMs: number;
  readonly report: (line: string) => void;
}

/** How far ahead of this node's clock that of an honest witness may be. */
const skewMs = 60_000;

export async function openFollower(options: FollowerOptions): Promise<Follower> {
  const { store, source, policy, replica, alarms, feed, report } = options;
  const publishedSetting = `published:${options.origin}`;
  const freshSetting = `fresh:${options.origin}`;
  const keys = policyKeys(policy);
  let stood: (Stood & { readonly text: string }) | undefined;
  let own: { readonly text: string; readonly line: NoteSignature } | undefined;
  let lastNote = '';
  /** Since when only checkpoints older than the newest one seen were shown, by this node's clock. */
  let staleSince: number | undefined;
  const remembered = await store.settings.find(publishedSetting);
  let publishedSize = typeof remembered === 'number' ? remembered : 0;
  /** The last moment since which a quorum was seen to cosign; while none ever was, the first at which this node looked. */
  let freshAt = await loadFreshAt();
  /** By the witnesses' names in the policy: when each was last seen to cosign a tree that this node holds. */
  const cosignedAt = new Map<string, number>();
  const ahead = new Set<string>();
  let lastProblem = '';

  /** A restart makes no log any fresher: whoever holds it back could wait for one. */
  async function loadFreshAt(): Promise<number> {
    const found = await store.settings.find(freshSetting);
    const now = Date.now();
    if (typeof found === 'number') return Math.min(found, now);
    await store.settings.put(freshSetting, now);
    return now;
  }

  async function judge(bytes: Uint8Array): Promise<void> {
    const note = Buffer.from(bytes).toString('utf8');
    if (note === lastNote) return;
    const verified = await verifyCheckpoint(bytes, keys, ed25519);
    if (!verified.ok) {
      complain(`published a checkpoint that does not verify: ${verified.problem.text}`);
      return;
    }
    const checkpoint = verified.value;
    const synced = await replica.sync(checkpoint, note);
    if (synced.kind !== 'current') {
      if (synced.kind === 'unavailable') complain(`does not serve what it signed: ${synced.says}`);
      return;
    }
    if (checkpoint.size < publishedSize) {
      await noteStale(checkpoint.size);
      return;
    }
    staleSince = undefined;
    await alarms.clear('stale');
    lastNote = note;
    if (checkpoint.size > publishedSize) {
      publishedSize = checkpoint.size;
      await store.settings.put(publishedSetting, publishedSize);
    }
    await store.peers.heard(options.hostName, checkpoint.size);
    await noteTimes(checkpoint);
    await standBy(checkpoint, note);
  }

  /**
   * An older beginning of the very log that this node holds. A cache, or anybody on the way, can show it again without a
   * key: so it changes nothing, and is an alarm only where nothing newer came for as long as a log may be still.
   */
  async function noteStale(size: number): Promise<void> {
    const now = Date.now();
    staleSince ??= now;
    const says = `shows a checkpoint of ${String(size)} acts after one of ${String(publishedSize)}`;
    complain(`${says}: an older copy, which changes nothing`);
    if (now - staleSince < options.freshnessMs) return;
    await alarms.raise(
      'stale',
      `The host ${says}, and nothing newer since ${new Date(staleSince).toISOString()}.`,
    );
  }

  /**
   * Shows a checkpoint to clients, with every line known on its tree: our own before the host has got it, and those that
   * a note shown later leaves out.
   */
  async function standBy(checkpoint: VerifiedCheckpoint, note: string): Promise<void> {
    if (stood !== undefined && checkpoint.size < stood.size) return;
    const lines = own?.text === checkpoint.text ? [own.line] : [];
    const whole = stood?.text === checkpoint.text ? join(stood.note, note, lines) : join(note, note, lines);
    if (stood?.note === whole) return;
    const merged = await verifyCheckpoint(new TextEncoder().encode(whole), keys, ed25519);
    if (!merged.ok) return;
    const signers = new Set(merged.value.cosignatures.map(({ key }) => key));
    const names = policy.witnesses.filter(({ key }) => signers.has(key)).map(({ name }) => name);
    const { origin, size, root } = checkpoint;
    stood = {
      size,
      root,
      text: checkpoint.text,
      note: whole,
      cosigners: names,
      isQuorum: isQuorum(policy, new Set(names)),
    };
    await store.checkpoints.put({ origin, size, root, note: whole });
    await options.shown.offer(stood);
    feed.changed();
  }

  /** The lines of known keys on one note, those of another of the same tree, and some more. */
  function join(before: string, note: string, lines: readonly NoteSignature[]): string {
    const parsed = parseNote(new TextEncoder().encode(note));
    if (!parsed.ok) throw new Error('a verified checkpoint is no note');
    const known = keepSignatures(new TextEncoder().encode(before), [...keys.logs, ...keys.witnesses]);
    return Buffer.from(addSignatures(known, [...parsed.value.signatures, ...lines])).toString('utf8');
  }

  function complain(says: string): void {
    if (says !== lastProblem) report(`the host ${says}`);
    lastProblem = says;
  }

  async function noteTimes({ cosignatures }: VerifiedCheckpoint): Promise<void> {
    const now = Date.now();
    for (const { key, time } of cosignatures) {
      const name = policy.witnesses.find((witness) => witness.key === key)?.name;
      if (name === undefined) continue;
      const at = time * 1_000;
      if (at <= now + skewMs) cosignedAt.set(name, Math.max(at, cosignedAt.get(name) ?? 0));
      else if (!ahead.has(name)) {
        ahead.add(name);
        report(
          `witness ${name} signs with a time that has not come yet by this node's clock: it does not count`,
        );
      }
    }
    const newest = quorumTime();
    if (newest <= freshAt) return;
    freshAt = newest;
    await store.settings.put(freshSetting, freshAt);
  }

  /** The last moment since which a quorum cosigned, in milliseconds; 0 while none did since this node started. */
  function quorumTime(): number {
    const since = new Set<string>();
    for (const [name, at] of [...cosignedAt].sort(([, one], [, other]) => other - one)) {
      since.add(name);
      if (isQuorum(policy, since)) return at;
    }
    return 0;
  }

  function findFrozen(): string | undefined {
    // A policy may ask for nobody.
    if (isQuorum(policy, new Set()) || Date.now() - freshAt <= options.freshnessMs) return undefined;
    return `No quorum of cosignatures newer than ${formatTime(freshAt)} has been seen on a checkpoint of this log.`;
  }

  async function checkFreshness(): Promise<void> {
    const frozen = findFrozen();
    if (frozen === undefined) await alarms.clear('frozen');
    else await alarms.raise('frozen', frozen);
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
    frozen: findFrozen,
    checkFreshness,
  };
}
