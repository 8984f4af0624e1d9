/**
 * The host: sequences acts, answers with receipts, publishes checkpoints.
 *
 * Law     An act is acknowledged only when it is on disk, and it is on disk only when its signature, its role and
 *         `decide` allowed it on the state just before it. The host can delay or refuse, and is seen to; it cannot
 *         alter, forge or quietly drop.
 */
import type { NodeStatus } from '@homeward/contract';
import { toNodeProblem } from '@homeward/contract';
import {
  findIn,
  isIn,
  parseEnvelope,
  type ActId,
  type Envelope,
  type ExchangeId,
} from '@homeward/core/exchange';
import {
  emptyLedger,
  findExchangeOf,
  findKeyOf,
  follow,
  followStored,
  judge,
  summarizeLogged,
  type ActRefusal,
  type Ledger,
} from '@homeward/ledger';
import { openSequencer, toEntry, type Store, type Vault } from '@homeward/store';
import { encodeBase64, formatVerifierKey, type Policy } from '@homeward/tlog';
import { toActProblem } from '../act/act-problem.ts';
import { stops } from '../act/stops.ts';
import { loadAlarms } from '../alarm/alarms.ts';
import type { HostConfig } from '../config/node-config.ts';
import { type HostKeys, verifyEd25519Aside } from '@homeward/keys';
import { createRootMemory } from '../log/after.ts';
import { createBundleMemory } from '../log/bundle-memory.ts';
import { createFeed } from '../log/feed.ts';
import { isSignedNow } from '../log/is-signed.ts';
import { findLoggedAct, findLogProof } from '../log/logged-act.ts';
import { isBeginning } from '../log/own-source.ts';
import { openShownCheckpoint } from '../log/shown-checkpoint.ts';
import { toPeerStatus } from '../node/peer-status.ts';
import type { Node, Submitted } from '../node/node.ts';
import { version } from '../node/version.ts';
import { assertContinues } from './continuity.ts';
import { startPublisher } from './publisher.ts';
import { createReceiptIssuer } from './receipt-issuer.ts';
import { createRateLimiter } from '../rate/rate-limiter.ts';
import type { WitnessPeer } from './witness-client.ts';

export interface HostParts {
  readonly config: HostConfig;
  readonly keys: HostKeys;
  readonly store: Store;
  readonly vault: Vault;
  readonly witnesses: readonly (WitnessPeer & { readonly role: 'party' | 'observer' })[];
  readonly policy: Policy;
  readonly policyText: string;
  readonly isLiftingAlarms: boolean;
  readonly signal: AbortSignal | undefined;
  readonly report: (line: string) => void;
  readonly onBug: (error: unknown) => void;
}

interface Handed {
  /** The public key under which the signature was verified ahead of the act's turn. */
  readonly verifiedUnder: string | undefined;
  readonly envelope: Envelope;
  readonly bytes: Uint8Array;
}

interface Verified {
  /** The public key that must have signed, as far as the log tells. */
  readonly key: string | undefined;
  readonly isSigned: boolean;
}

/** Starts a host on its opened store. Rejects when the store does not continue what was signed before. */
export async function startHost(parts: HostParts): Promise<Node> {
  const { config, keys, store, vault, witnesses, policy, report } = parts;
  const startedAt = new Date().toISOString();
  const openers = new Set(config.openers);
  const alarms = await loadAlarms(store.settings, report, { isLifting: parts.isLiftingAlarms });
  const feed = createFeed();
  const sequencer = await openSequencer<Ledger, Handed, ActRefusal>(store.log, {
    initial: emptyLedger,
    admit(ledger, { envelope, bytes, verifiedUnder }) {
      const judgement = judge(
        ledger,
        envelope,
        (signed, key) => key === verifiedUnder || isSignedNow(signed, key),
      );
      if (judgement.kind === 'known') return { kind: 'known', act: envelope.id };
      if (judgement.kind === 'refused') return { kind: 'refused', refusal: judgement.refusal };
      if (envelope.act.kind === 'ExchangeOpened' && !openers.has(envelope.act.by)) {
        return { kind: 'refused', refusal: { kind: 'opener-unknown' } };
      }
      const next = follow(ledger, envelope);
      const { act } = envelope;
      return {
        kind: 'admitted',
        state: next,
        entry: toEntry(bytes, envelope, findExchangeOf(ledger, act), findExchangeOf(next, act)),
      };
    },
    onStoreRefusal: (refusal) =>
      refusal.kind === 'claim-refused'
        ? { kind: 'interlock', says: refusal.says }
        : { kind: 'interlock', says: 'The nonce of this act was used before. Sign it again with a new one.' },
    evolve: (ledger, entry) => followStored(ledger, entry.bytes),
  });
  await assertContinues({ logKey: keys.log.key, store, vault, witnesses, alarms, report });
  const bundles = createBundleMemory(store.log);
  const roots = createRootMemory(store.log, () => sequencer.size());
  const receipts = createReceiptIssuer({
    origin: config.origin,
    signer: keys.receipt,
    mergeDelayMs: config.mergeDelayMs,
    log: store.log,
  });
  for (const { name, url } of witnesses) await store.peers.put(name, url);
  const shown = await openShownCheckpoint(store.settings, policy, async ({ size, root }) =>
    isBeginning(store, size, root),
  );
  const publisher = await startPublisher({
    shown,
    origin: config.origin,
    signer: keys.log,
    store,
    vault,
    witnesses,
    policy,
    cadenceMs: config.cadenceMs,
    refreshMs: config.refreshMs,
    alarms,
    feed,
    report,
    onBug: parts.onBug,
  });
  let isStopping = false;
  const allowances = createRateLimiter(config.actAllowance);

  /**
   * Seconds to wait for the party that signed, whose signature was verified. A stop never waits; nor does an act that
   * the log holds, which anyone can hand in again.
   */
  function secondsToWait({ act, id }: Envelope, bytes: number): number {
    const state = findExchangeOf(sequencer.state(), act);
    const party = findIn(state.keys, act.by)?.party;
    return party === undefined || stops.has(act.kind) || isIn(state.acts, id)
      ? 0
      : allowances.take(`${act.exchange} ${party}`, bytes);
  }

  /** Verifies beside the main thread, so that acts are judged one after another without waiting for arithmetic. */
  async function verifyAhead(envelope: Envelope): Promise<Verified> {
    const key = findKeyOf(sequencer.state(), envelope);
    if (key === undefined) return { key, isSigned: false };
    const { signedBytes, signature } = envelope;
    const isSigned = await verifyEd25519Aside(Buffer.from(key, 'base64'), signedBytes, signature);
    return { key, isSigned };
  }

  /** Whether the key that signed is one that a party enrolled: `by` alone is anybody's to write. */
  function isAnsweredFor({ act }: Envelope, { key, isSigned }: Verified): boolean {
    return isSigned && findIn(findExchangeOf(sequencer.state(), act).keys, act.by)?.publicKey === key;
  }

  /** What the log as it stands would answer; nothing when it would take the act, or holds it. */
  function findEarlyRefusal(envelope: Envelope, verified: Verified): ActRefusal | undefined {
    const judgement = judge(sequencer.state(), envelope, (signed, key) =>
      key === verified.key ? verified.isSigned : isSignedNow(signed, key),
    );
    if (judgement.kind === 'refused') return judgement.refusal;
    const isOpening = judgement.kind === 'accepted' && envelope.act.kind === 'ExchangeOpened';
    return isOpening && !openers.has(envelope.act.by) ? { kind: 'opener-unknown' } : undefined;
  }

  async function submit(bytes: Uint8Array): Promise<Submitted> {
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'malformed') return refused({ kind: 'fault', fault: parsed.fault });
    if (isStopping) return { kind: 'problem', problem: toNodeProblem('stopping', 'Nothing was stored.') };
    const halted = alarms.halted();
    if (halted !== undefined) return { kind: 'problem', problem: toNodeProblem('halted', halted) };
    const { envelope } = parsed;
    const { after } = envelope.act;
    const verified = await verifyAhead(envelope);
    const isKnown = isAnsweredFor(envelope, verified);
    // Whom no party answers for is judged before anything is looked up or queued: their acts cost arithmetic alone.
    const early = isKnown ? undefined : findEarlyRefusal(envelope, verified);
    if (early !== undefined) return refused(early);
    const wait = isKnown ? secondsToWait(envelope, bytes.length) : 0;
    if (wait > 0) {
      return { kind: 'problem', problem: toNodeProblem('slow-down', `Send again in ${String(wait)} s.`) };
    }
    if ((await roots.findRoot(after.size)) !== after.root) {
      return refused({ kind: 'after-unknown', size: after.size });
    }
    const verifiedUnder = verified.isSigned ? verified.key : undefined;
    const sequenced = await sequencer.submit({ envelope, bytes: new Uint8Array(bytes), verifiedUnder });
    switch (sequenced.kind) {
      case 'busy':
        return { kind: 'problem', problem: toNodeProblem('overloaded', 'Nothing was stored.') };
      case 'refused':
        return refused(sequenced.refusal);
      case 'logged': {
        const { index, again } = sequenced;
        if (!again) feed.changed();
        const entry = again ? (await store.log.entries(index, index + 1))[0]?.bytes : bytes;
        if (entry === undefined) throw new Error('a logged entry is not in the log');
        const storedAt = sequenced.again ? undefined : sequenced.storedAt;
        const receipt = await receipts.receiptFor(envelope.id, index, entry, storedAt);
        return { kind: 'logged', submission: { id: envelope.id, index, receipt }, again };
      }
    }
  }

  return {
    role: 'host',
    name: config.name,
    origin: config.origin,
    logKey: formatVerifierKey(keys.log.key),
    policyText: parts.policyText,
    feed,
    submit,
    async status(): Promise<NodeStatus> {
      const published = publisher.published();
      return {
        role: 'host',
        party: config.party,
        name: config.name,
        version,
        origin: config.origin,
        keys: { log: formatVerifierKey(keys.log.key), receipt: formatVerifierKey(keys.receipt.key) },
        log: {
          size: sequencer.size(),
          ...(published === undefined
            ? {}
            : {
                checkpoint: {
                  size: published.size,
                  root: encodeBase64(published.root),
                  note: published.note,
                  cosigners: [...published.cosigners],
                  quorum: published.isQuorum,
                },
              }),
        },
        exchanges: [...sequencer.state().exchanges.values()].map(summarizeLogged),
        outbox: 0,
        peers: toPeerStatus(await store.peers.all(), witnesses),
        alarms: [...alarms.all()],
        startedAt,
        at: new Date().toISOString(),
      };
    },
    findAct: async (id) => findLoggedAct(store.log, id as ActId, shown.shown()?.size ?? 0),
    findProof: async (id) => {
      const tree = shown.shown();
      return tree === undefined ? undefined : findLogProof(store.log, id as ActId, tree);
    },
    findExchange: (id) => {
      const logged = sequencer.state().exchanges.get(id as ExchangeId);
      return logged === undefined ? undefined : summarizeLogged(logged);
    },
    ledger: () => sequencer.state(),
    findCheckpoint: () => shown.shown()?.note,
    findNewest: () => publisher.published()?.note,
    size: () => sequencer.size(),
    entries: async (from, to) => store.log.entries(from, Math.min(to, sequencer.size())),
    findTile: bundles.findTile,
    async stop() {
      isStopping = true;
      await sequencer.settled();
      await publisher.stop();
    },
  };
}

function refused(refusal: ActRefusal): Submitted {
  return { kind: 'problem', problem: toActProblem(refusal) };
}
