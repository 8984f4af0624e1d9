/**
 * Signs and publishes checkpoints on a fixed cadence, and gathers cosignatures.
 *
 * Law     Nothing is signed that was not re-hashed from what is stored, nothing smaller than what was signed before
 *         and no second root for one size: the last signed checkpoint is moved by compare-and-swap in the vault, on
 *         disk before it is shown to anyone.
 * Why     A fixed cadence hides who acted when, and one signature covers all acts since the last.
 * Cost    One signature and one request per witness each round in which the log grew; re-hashing reads the new
 *         entries and old ones at `rehashPerSecond`.
 */
import { nativeSha256 } from '@homeward/keys';
import type { Signed, Store, Vault } from '@homeward/store';
import {
  addSignatures,
  emptyRoot,
  formatSignatures,
  isQuorum,
  signCheckpoint,
  type NoteSignature,
  type NoteSigner,
  type Policy,
} from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import { startCadence, type Cadence } from '../log/cadence.ts';
import type { Feed } from '../log/feed.ts';
import { toStoreSource } from '../log/own-source.ts';
import type { ShownCheckpoint } from '../log/shown-checkpoint.ts';
import { toAhead, toContradiction } from './continuity.ts';
import { askWitness, type SignedTree, type WitnessPeer } from './witness-client.ts';

export interface Published {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly cosigners: readonly string[];
  readonly isQuorum: boolean;
}

export interface PublisherOptions {
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly store: Store;
  readonly vault: Vault;
  readonly witnesses: readonly WitnessPeer[];
  readonly policy: Policy;
  readonly cadenceMs: number;
  readonly refreshMs: number;
  readonly shown: ShownCheckpoint;
  readonly alarms: Alarms;
  readonly feed: Feed;
  readonly report: (line: string) => void;
  readonly onBug: (error: unknown) => void;
}

export interface Publisher {
  published(): Published | undefined;
  stop(): Promise<void>;
}

/**
 * Old entries re-hashed per second of cadence, besides the new ones: at the default cadence of a second a log of 16,384
 * entries is read whole before each signature, and a larger one piece by piece, so that a signature's cost stays flat.
 */
const rehashPerSecond = 16_384;
/** A round waits this long for witnesses; a slower cosignature joins the checkpoint when it comes. */
const patienceMs = 2_000;

/** A signed tree and the lines that witnesses have given for it. */
interface Gathering extends SignedTree {
  lines: readonly NoteSignature[];
}

interface WitnessState {
  readonly peer: WitnessPeer;
  size: number;
  cosignedAt: number;
  isAsked: boolean;
  problem: string | undefined;
}

export async function startPublisher(options: PublisherOptions): Promise<Publisher> {
  const { origin, signer, store, vault, policy, alarms, feed, report } = options;
  const register = `log:${origin}`;
  const source = toStoreSource(store.log);
  const witnesses: readonly WitnessState[] = options.witnesses.map((peer) => ({
    peer,
    size: 0,
    cosignedAt: 0,
    isAsked: false,
    problem: undefined,
  }));
  let cursor = 0;
  let signed: Signed | undefined;
  let tree: Gathering | undefined;
  let published: Published | undefined;

  await resume();
  const cadence: Cadence = startCadence(options.cadenceMs, round, options.onBug);

  /** After a restart what was signed last is shown again at once; its cosignatures are gathered anew. */
  async function resume(): Promise<void> {
    signed = await vault.read(register);
    if (signed === undefined) return;
    const { size, root, note } = signed;
    tree = { size, root, note: utf8(note), logKey: signer.key, lines: [] };
    await publish(tree);
  }

  async function round(): Promise<void> {
    if (alarms.halted() !== undefined) return;
    const size = await store.log.size();
    const current = tree === undefined || size > tree.size ? await sign(size) : tree;
    if (current === undefined) return;
    await gather(current);
    await publish(current);
  }

  async function sign(size: number): Promise<Gathering | undefined> {
    const from =
      tree === undefined ? { size: 0, root: emptyRoot(nativeSha256) } : { size: tree.size, root: tree.root };
    const budget = Math.ceil((rehashPerSecond * options.cadenceMs) / 1000);
    const verdict = await store.log.rehash({ from, to: size, cursor, budget });
    if (verdict.kind === 'damaged') {
      await alarms.raise('store', `Entry ${String(verdict.at)}: ${verdict.says} Nothing more is signed.`);
      return undefined;
    }
    cursor = verdict.cursor;
    const note = await signCheckpoint({ origin, size, root: verdict.root }, signer);
    const next = { size, root: verdict.root, note: Buffer.from(note).toString('utf8') };
    const swapped = await vault.compareAndSwap(register, signed, next);
    if (swapped.kind !== 'swapped') {
      await alarms.raise(
        'store',
        `The last signed checkpoint is not the one this process signed (${swapped.kind}).`,
      );
      return undefined;
    }
    signed = next;
    await store.checkpoints.put({ origin, ...next });
    tree = { size, root: verdict.root, note, logKey: signer.key, lines: [] };
    return tree;
  }

  /** Asks every witness that has not cosigned this tree, or not for a while; none is asked twice at a time. */
  async function gather(current: Gathering): Promise<void> {
    const now = Date.now();
    const due = witnesses.filter(
      (witness) =>
        !witness.isAsked &&
        (now - witness.cosignedAt >= options.refreshMs || !hasLine(current, witness.peer)),
    );
    if (due.length === 0) return;
    const asked = Promise.all(due.map(async (witness) => ask(witness, current)));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([asked, patience]);
    clearTimeout(timer);
  }

  function hasLine({ lines }: Gathering, { key }: WitnessPeer): boolean {
    return lines.some(({ id, name }) => id === key.id && name === key.name);
  }

  async function ask(witness: WitnessState, current: Gathering): Promise<void> {
    witness.isAsked = true;
    try {
      const reply = await askWitness(witness.peer, current, witness.size, source, patienceMs * 5);
      switch (reply.kind) {
        case 'cosigned': {
          witness.size = current.size;
          witness.cosignedAt = Date.now();
          witness.problem = undefined;
          await store.peers.heard(witness.peer.name, current.size);
          await store.checkpoints.putCosignature({
            origin,
            size: current.size,
            root: current.root,
            witness: witness.peer.name,
            line: formatSignatures([reply.line]).trimEnd(),
            time: reply.time,
          });
          current.lines = [
            ...current.lines.filter(({ id, name }) => id !== reply.line.id || name !== reply.line.name),
            reply.line,
          ];
          // A line that comes after its round ended joins what is already shown; one on a tree that a larger one has
          // followed may still make that tree the newest that the policy accepts.
          if (published?.size === current.size || tree !== current) await publish(current);
          return;
        }
        case 'ahead':
          await store.checkpoints.put({ origin, ...reply.shown });
          await alarms.raise('rollback', toAhead(witness.peer.name, reply.shown.size, current.size));
          return;
        case 'contradicts':
          await store.checkpoints.put({ origin, ...reply.shown });
          await alarms.raise('fork', toContradiction(witness.peer.name, reply.shown.size));
          return;
        case 'refused':
        case 'unreachable':
          if (witness.problem !== reply.says) report(`witness ${witness.peer.name}: ${reply.says}`);
          witness.problem = reply.says;
          await store.peers.failed(witness.peer.name, reply.says);
      }
    } catch (error) {
      options.onBug(error);
    } finally {
      witness.isAsked = false;
    }
  }

  async function publish(current: Gathering): Promise<void> {
    const { size, root } = current;
    const cosigners = witnesses.filter(({ peer }) => hasLine(current, peer)).map(({ peer }) => peer);
    const byPolicy = policy.witnesses.filter(({ key }) =>
      cosigners.some((peer) => peer.key.id === key.id && peer.key.name === key.name),
    );
    const note = Buffer.from(addSignatures(current.note, current.lines)).toString('utf8');
    if (published?.note === note) return;
    const next = {
      size,
      root,
      note,
      cosigners: cosigners.map(({ name }) => name),
      isQuorum: isQuorum(policy, new Set(byPolicy.map(({ name }) => name))),
    };
    if (size >= (published?.size ?? 0)) published = next;
    if (published === next || next.isQuorum) await options.shown.offer(next);
    feed.changed();
  }

  return {
    published: () => published,
    stop: async () => cadence.stop(),
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
