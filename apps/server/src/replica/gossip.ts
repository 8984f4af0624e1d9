/**
 * Compares what the other witnesses cosigned with this node's own copy: a host that shows each side another log is
 * caught at the first contact between the sides, whatever the host serves.
 */
import { createHash } from 'node:crypto';
import { readAtMost } from '@homeward/contract';
import { toReason } from '@homeward/ledger';
import type { Store } from '@homeward/store';
import { isEqualBytes, verifyCheckpoint, type VerifierKey } from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import { ed25519 } from '@homeward/keys';
import type { Replica } from './replica.ts';

export interface GossipPeer {
  readonly name: string;
  readonly url: string;
  readonly key: VerifierKey;
}

export interface GossipOptions {
  readonly peers: readonly GossipPeer[];
  readonly logKey: VerifierKey;
  readonly store: Store;
  readonly replica: Replica;
  readonly alarms: Alarms;
  readonly timeoutMs: number;
}

const noteBytesMax = 100_000;

/** Where a witness serves the last checkpoint it cosigned of a log (C2SP tlog-witness). */
export function witnessedPath(origin: string): string {
  return `/${createHash('sha256').update(origin).digest('hex')}/checkpoint`;
}

/** Asks each peer once. A peer that cannot be reached is noted and nothing more. */
export async function compareWithPeers(options: GossipOptions): Promise<void> {
  await Promise.all(options.peers.map(async (peer) => compareWith(peer, options)));
}

async function compareWith(peer: GossipPeer, options: GossipOptions): Promise<void> {
  const { logKey, store, replica, alarms } = options;
  let note: string;
  try {
    const url = peer.url.replace(/\/+$/u, '') + witnessedPath(logKey.name);
    const response = await fetch(url, { signal: AbortSignal.timeout(options.timeoutMs), redirect: 'error' });
    const bytes = await readAtMost(response, noteBytesMax);
    if (!response.ok || bytes === undefined) return;
    note = Buffer.from(bytes).toString('utf8');
  } catch (error) {
    await store.peers.failed(peer.name, toReason(error));
    return;
  }
  const keys = { logs: [logKey], witnesses: [peer.key] };
  const verified = await verifyCheckpoint(new TextEncoder().encode(note), keys, ed25519);
  if (!verified.ok || verified.value.cosignatures.length === 0) return;
  const { origin, size, root } = verified.value;
  await store.peers.heard(peer.name, size);
  if (size > replica.size()) return;
  if (isEqualBytes(await store.log.rootAt(size), root)) return;
  await store.checkpoints.put({ origin, size, root, note });
  await alarms.raise(
    'fork',
    `${peer.name} cosigned another tree of ${String(size)} acts than the one this node holds: the log shows two histories.`,
  );
}
