/**
 * A member's own copy of the log: pulls what the host publishes, checks all of it, and only then believes it.
 *
 * Law     An entry enters the replica only when the signed root proves it and `judge` accepts it in its place. The
 *         replica never shrinks and never changes, so a second history cannot get in beside the first: it is an
 *         alarm (`fork`, `rewrite`, `refused-act`), the signed note is kept as evidence, and the node halts.
 * Cost    Each entry is fetched, hashed, verified and decided once.
 */
import type { Act, ActId } from '@homeward/core/exchange';
import { nativeSha256 } from '@homeward/keys';
import {
  toEntryFinding,
  Unreachable,
  verifyStretch,
  type EntryFault,
  type Finding,
  type Ledger,
} from '@homeward/ledger';
import { toEntry, type Store } from '@homeward/store';
import {
  encodeBase64,
  isEqualBytes,
  planAppend,
  proveConsistency,
  readEntries,
  resumeTip,
  type LogTip,
  type TileSource,
  type VerifiedCheckpoint,
} from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import type { Feed } from '../log/feed.ts';
import { isSignedNow } from '../log/is-signed.ts';
import { toStoreSource } from '../log/own-source.ts';

/** What became of an attempt to bring the replica up to a signed tree. */
export type Synced =
  | { readonly kind: 'current' }
  /** The host did not serve what it signed: tried again later. */
  | { readonly kind: 'unavailable'; readonly says: string }
  /** The log is not what it should be; an alarm stands. */
  | { readonly kind: 'refused'; readonly says: string };

export interface Replica {
  ledger(): Ledger;
  /** Verified entries stored. */
  size(): number;
  /** Brings the replica up to a checkpoint the log's key has signed; one at a time. */
  sync(checkpoint: VerifiedCheckpoint, note: string): Promise<Synced>;
}

export interface ReplicaOptions {
  readonly store: Store;
  /** The host's published tiles. */
  readonly source: TileSource;
  readonly alarms: Alarms;
  readonly feed: Feed;
  readonly ledger: Ledger;
  /** Whose node this is: the party's code and the line of its witness key. */
  readonly own: { readonly party: string; readonly witness: string };
  /** Entries that were stored, with their places. */
  readonly onLogged: (places: ReadonlyMap<ActId, number>) => Promise<void>;
}

/** A finding as an alarm tells it, in the words of whoever else verifies this log. */
function toWords({ entry, rule, says }: Finding): string {
  return `Entry ${String(entry)} [${rule}]: ${says}`;
}

/** Entries stored in one transaction. */
const groupMax = 512;
/** A reply damaged on its way is whole when asked for again; a rewrite never is. */
const unprovenMax = 3;
/** A larger gap is fetched twice, first only hashed, so that memory stays small. */
const heldEntriesMax = 4_096;

export async function openReplica(options: ReplicaOptions): Promise<Replica> {
  const { store, source, alarms, feed } = options;
  let ledger = options.ledger;
  let tip = await loadTip();
  let running: Promise<unknown> = Promise.resolve();
  /** Times in a row that what was served did not lead to what was signed. */
  let unproven = 0;

  async function loadTip(): Promise<LogTip> {
    const size = ledger.size;
    const root = await store.log.rootAt(size);
    const resumed = await resumeTip(toStoreSource(store.log), { size, root }, nativeSha256);
    if (!resumed.ok) throw new Error(`the replica does not lead to its own root: ${resumed.problem.text}`);
    return resumed.value;
  }

  async function syncTo(checkpoint: VerifiedCheckpoint, note: string): Promise<Synced> {
    const { size, root } = checkpoint;
    const halted = alarms.halted();
    if (halted !== undefined) return { kind: 'refused', says: halted };
    if (size <= tip.size) {
      const own = await store.log.rootAt(size);
      if (isEqualBytes(own, root)) return { kind: 'current' };
      return accuse(
        checkpoint,
        note,
        'fork',
        `The log signed another tree of ${String(size)} acts than the one this node holds.`,
      );
    }
    try {
      while (tip.size < size) {
        const to = size - tip.size > heldEntriesMax ? tip.size + heldEntriesMax : size;
        const entries = await readEntries(source, { from: tip.size, to, size });
        if (!entries.ok) return { kind: 'unavailable', says: entries.problem.text };
        const isProven =
          to === size ? proves(entries.value, root) : await provesPart(entries.value, checkpoint);
        if (!isProven) return await accuseUnproven(checkpoint, note);
        unproven = 0;
        const refused = await take(entries.value);
        if (refused !== undefined) return await accuse(checkpoint, note, 'refused-act', refused);
      }
    } catch (error) {
      if (error instanceof Unreachable) return { kind: 'unavailable', says: error.message };
      throw error;
    }
    return { kind: 'current' };
  }

  function proves(entries: readonly Uint8Array[], root: Uint8Array): boolean {
    return isEqualBytes(planAppend(tip, entries, nativeSha256).root, root);
  }

  /** A part of a long gap: its own root must be a beginning of the signed tree. */
  async function provesPart(entries: readonly Uint8Array[], tree: VerifiedCheckpoint): Promise<boolean> {
    const plan = planAppend(tip, entries, nativeSha256);
    const proof = await proveConsistency(source, { oldSize: plan.tip.size, tree }, nativeSha256);
    return proof.ok && isEqualBytes(proof.value.oldRoot, plan.root);
  }

  /** Judges and stores entries that a signed root proves. Answers in words what is wrong with the first bad one. */
  async function take(entries: readonly Uint8Array[]): Promise<string | undefined> {
    for (let at = 0; at < entries.length; at += groupMax) {
      // A copy: the bundle the entry is a view of may be large and need not stay.
      const group = entries.slice(at, at + groupMax).map((bytes) => bytes.slice());
      const refused = await takeGroup(group);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  async function takeGroup(group: readonly Uint8Array[]): Promise<string | undefined> {
    const verdict = await verifyStretch(ledger, group, {
      isSigned: isSignedNow,
      rootAt: createRootsOf(group),
    });
    if (verdict.finding !== undefined) return toWords(verdict.finding);
    const batch = verdict.accepted.map(({ bytes, envelope, before, after }) =>
      toEntry(bytes, envelope, before, after),
    );
    const plan = planAppend(tip, group, nativeSha256);
    for (const { envelope } of verdict.accepted) await checkAccreditation(envelope.act);
    const appended = await store.log.append(tip.size, batch);
    const toWordsAt = (at: number, fault: EntryFault): string =>
      toWords(toEntryFinding(tip.size + at, verdict.accepted[at]?.envelope.act.kind, fault));
    switch (appended.kind) {
      case 'appended':
        break;
      case 'claim-refused':
        return `Entry ${String(tip.size + appended.at)}: ${appended.says}`;
      case 'nonce-used':
        return toWordsAt(appended.at, { kind: 'nonce' });
      case 'act-known':
        return toWordsAt(appended.at, { kind: 'repeated' });
      case 'size-moved':
        throw new Error(`the replica has ${String(appended.size)} entries, not ${String(appended.expected)}`);
    }
    const places = new Map(batch.map(({ act }, i) => [act, tip.size + i]));
    ledger = verdict.ledger;
    tip = plan.tip;
    await options.onLogged(places);
    feed.changed();
    return undefined;
  }

  /** Before the act is stored, so that a kill between the two loses no alarm. It may be another power of the same code: no halt. */
  async function checkAccreditation({ kind, body, exchange }: Act): Promise<void> {
    const { party, witness } = options.own;
    if (kind !== 'PartyAccredited' || body.party !== party || body.witness === witness) return;
    await alarms.raise(
      'other-witness',
      `The exchange ${exchange} accredits ${party} with another witness key than this node's: nobody will ask for this node's cosignature there.`,
    );
  }

  /** The roots (base64) of the log as it will be with a group, each computed once. */
  function createRootsOf(group: readonly Uint8Array[]): (size: number) => Promise<string> {
    const roots = new Map<number, string>();
    return async (size) => {
      let root = roots.get(size);
      if (root === undefined) {
        root = encodeBase64(
          size <= tip.size
            ? await store.log.rootAt(size)
            : planAppend(tip, group.slice(0, size - tip.size), nativeSha256).root,
        );
        roots.set(size, root);
      }
      return root;
    };
  }

  /** The host serves entries that do not lead to what it signed. Its own tiles may prove that it rewrote the past. */
  async function accuseUnproven(checkpoint: VerifiedCheckpoint, note: string): Promise<Synced> {
    const { size } = checkpoint;
    const own = await store.log.rootAt(tip.size);
    const proof = await proveConsistency(source, { oldSize: tip.size, tree: checkpoint }, nativeSha256);
    if (proof.ok && tip.size > 0 && !isEqualBytes(proof.value.oldRoot, own)) {
      return accuse(
        checkpoint,
        note,
        'fork',
        `The tree of ${String(size)} acts that the log signed does not begin with the ${String(tip.size)} acts this node holds.`,
      );
    }
    const says = `The entries served for the tree of ${String(size)} acts do not lead to the root that was signed.`;
    unproven += 1;
    return unproven < unprovenMax ? { kind: 'unavailable', says } : accuse(checkpoint, note, 'rewrite', says);
  }

  async function accuse(
    { origin, size, root }: VerifiedCheckpoint,
    note: string,
    kind: 'fork' | 'rewrite' | 'refused-act',
    says: string,
  ): Promise<Synced> {
    await store.checkpoints.put({ origin, size, root, note });
    await alarms.raise(kind, says);
    return { kind: 'refused', says };
  }

  return {
    ledger: () => ledger,
    size: () => tip.size,
    async sync(checkpoint, note) {
      const turn = running.then(
        async () => syncTo(checkpoint, note),
        async () => syncTo(checkpoint, note),
      );
      running = turn.catch(() => undefined);
      return turn;
    },
  };
}
