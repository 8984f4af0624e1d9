/** A party's or an observer's node: replica, witness, outbox, and what its own people ask of it. */
import { toNodeProblem, type NodeStatus, type Problem } from '@homeward/contract';
import { isIn, parseEnvelope, type ActId, type ActKind, type ExchangeId } from '@homeward/core/exchange';
import { findExchangeOf, judge, summarizeLogged } from '@homeward/ledger';
import type { Store, Vault } from '@homeward/store';
import {
  encodeBase64,
  formatVerifierKey,
  isEqualBytes,
  tileWidth,
  type Policy,
  type VerifierKey,
} from '@homeward/tlog';
import { toActProblem } from '../act/act-problem.ts';
import { starts, stops } from '../act/stops.ts';
import { createRateLimiter } from '../rate/rate-limiter.ts';
import { loadAlarms } from '../alarm/alarms.ts';
import type { MemberConfig } from '../config/node-config.ts';
import type { MemberKeys } from '@homeward/keys';
import { createRootMemory } from '../log/after.ts';
import { createBundleMemory } from '../log/bundle-memory.ts';
import { startCadence } from '../log/cadence.ts';
import { createFeed } from '../log/feed.ts';
import { isSignedNow } from '../log/is-signed.ts';
import { findLoggedAct, findLogProof } from '../log/logged-act.ts';
import { isBeginning } from '../log/own-source.ts';
import { openShownCheckpoint } from '../log/shown-checkpoint.ts';
import { toNodeSource } from '../log/node-source.ts';
import type { Node, Submitted } from '../node/node.ts';
import { catchUp, findCosigned } from './catch-up.ts';
import { toPeerStatus } from '../node/peer-status.ts';
import { version } from '../node/version.ts';
import { openOutbox, type Outbox } from '../outbox/outbox.ts';
import { createWitness } from '../witness/witness.ts';
import { openFollower, type Follower } from '../replica/follower.ts';
import { compareWithPeers, witnessedPath, type GossipPeer } from '../replica/gossip.ts';
import { readLedger } from '../replica/read-ledger.ts';
import { openReplica, type Replica } from '../replica/replica.ts';

export interface MemberParts {
  readonly config: MemberConfig;
  readonly keys: MemberKeys;
  readonly store: Store;
  readonly vault: Vault;
  readonly logKey: VerifierKey;
  readonly receiptKey: VerifierKey;
  /** The other witnesses of the log. */
  readonly witnesses: readonly (GossipPeer & { readonly role: 'party' | 'observer' })[];
  readonly policy: Policy;
  readonly policyText: string;
  readonly isLiftingAlarms: boolean;
  /** Aborts when the node is asked to stop before it serves. */
  readonly signal: AbortSignal | undefined;
  readonly report: (line: string) => void;
  readonly onBug: (error: unknown) => void;
}

const hostName = 'host';
const hostTimeoutMs = 10_000;
/** Peers are compared with less often than the host is followed. */
const gossipEveryMs = 2_000;

export async function startMember(parts: MemberParts): Promise<Node> {
  const { config, keys, store, vault, logKey, policy, report, onBug } = parts;
  const startedAt = new Date().toISOString();
  const alarms = await loadAlarms(store.settings, report, { isLifting: parts.isLiftingAlarms });
  const feed = createFeed();
  const cosigned = await findCosigned(vault, logKey.name);
  const bundles = createBundleMemory(store.log);
  /** What is made below is told by what was made before it. */
  const late: { replica?: Replica; outbox?: Outbox; follower?: Follower } = {};
  const source = toNodeSource(config.host.url, hostTimeoutMs, async (index, width) => {
    const held = Math.min(width, (late.replica?.size() ?? 0) - index * tileWidth);
    return held > 0 ? bundles.findBundle(index, held) : undefined;
  });
  const replica = await openReplica({
    store,
    source,
    alarms,
    feed,
    ledger: await readLedger(store),
    own: { party: config.party, witness: formatVerifierKey(keys.witness.key) },
    onLogged: async (places) => late.outbox?.settle(places),
  });
  late.replica = replica;
  const outbox = await openOutbox({
    store,
    hostUrl: config.host.url,
    origin: logKey.name,
    receiptKey: parts.receiptKey,
    mergeDelayMaxMs: config.mergeDelayMaxMs,
    alarms,
    findPlaces: async (acts) => store.log.findIndexes(acts),
    maySend: (kind) => findWithheld(kind) === undefined,
    report,
  });
  late.outbox = outbox;
  const witness = createWitness({
    signer: keys.witness,
    logKey,
    vault,
    replica,
    onCosigned: (note) => {
      late.follower?.cosigned(note).catch(onBug);
    },
  });
  const shown = await openShownCheckpoint(store.settings, policy, async ({ size, root }) =>
    isBeginning(store, size, root),
  );
  const follower = await openFollower({
    shown,
    origin: logKey.name,
    hostName,
    store,
    source,
    policy,
    replica,
    alarms,
    feed,
    freshnessMs: config.freshnessMs,
    report,
  });
  late.follower = follower;
  await catchUp({
    cosigned,
    store,
    replica,
    alarms,
    look: async () => follower.look(),
    pauseMs: config.cadenceMs,
    signal: parts.signal,
    report,
  });
  const last = await witness.lastCosigned();
  if (last !== undefined) await follower.cosigned(last);
  const roots = createRootMemory(store.log, () => replica.size());
  const others = parts.witnesses.filter(
    ({ key }) => !isEqualBytes(key.publicKey, keys.witness.key.publicKey),
  );
  await store.peers.put(hostName, config.host.url);
  for (const { name, url } of others) await store.peers.put(name, url);
  let isStopping = false;
  const strangers = createRateLimiter(config.strangerAllowance);

  const cadences = [
    startCadence(config.cadenceMs, async () => follower.look(), onBug),
    startCadence(Math.max(config.cadenceMs, 250), async () => follower.checkFreshness(), onBug),
    startCadence(Math.max(config.cadenceMs, 250), async () => outbox.push(), onBug),
    startCadence(
      Math.max(config.cadenceMs, gossipEveryMs),
      async () =>
        compareWithPeers({ peers: others, logKey, store, replica, alarms, timeoutMs: hostTimeoutMs }),
      onBug,
    ),
  ];

  /** Why an act of this kind is neither taken nor sent now. */
  function findWithheld(kind: ActKind): Problem | undefined {
    const halted = alarms.halted();
    if (halted !== undefined && !stops.has(kind)) return toNodeProblem('halted', halted);
    const frozen = starts.has(kind) ? late.follower?.frozen() : undefined;
    return frozen === undefined ? undefined : toNodeProblem('frozen', frozen);
  }

  async function submit(bytes: Uint8Array): Promise<Submitted> {
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'malformed') {
      return { kind: 'problem', problem: toActProblem({ kind: 'fault', fault: parsed.fault }) };
    }
    if (isStopping) return { kind: 'problem', problem: toNodeProblem('stopping', 'Nothing was stored.') };
    const { envelope } = parsed;
    const { after } = envelope.act;
    const withheld = findWithheld(envelope.act.kind);
    if (withheld !== undefined) return { kind: 'problem', problem: withheld };
    // The host may be ahead of this copy, so of our own verdict only what no later act can cure counts.
    const judgement = judge(replica.ledger(), envelope, isSignedNow);
    if (judgement.kind === 'refused' && judgement.refusal.kind === 'signature-wrong') {
      return { kind: 'problem', problem: toActProblem(judgement.refusal) };
    }
    // Who this copy does not know yet may just have been let in; a flood of such is nobody's.
    const { keys: known } = findExchangeOf(replica.ledger(), envelope.act);
    const wait = isIn(known, envelope.act.by) ? 0 : strangers.take('strangers', bytes.length);
    if (wait > 0) {
      return { kind: 'problem', problem: toNodeProblem('slow-down', `Send again in ${String(wait)} s.`) };
    }
    // A tree this node does not hold yet may still be the host's newest: the host decides about that one.
    const root = await roots.findRoot(after.size);
    if (root !== undefined && root !== after.root) {
      return { kind: 'problem', problem: toActProblem({ kind: 'after-unknown', size: after.size }) };
    }
    return outbox.submit(envelope, new Uint8Array(bytes));
  }

  return {
    role: config.role,
    name: config.name,
    origin: logKey.name,
    logKey: formatVerifierKey(logKey),
    policyText: parts.policyText,
    feed,
    submit,
    async status(): Promise<NodeStatus> {
      const stood = follower.stood();
      return {
        role: config.role,
        party: config.party,
        name: config.name,
        version,
        origin: logKey.name,
        keys: {
          log: formatVerifierKey(logKey),
          receipt: formatVerifierKey(parts.receiptKey),
          witness: formatVerifierKey(keys.witness.key),
          sealing: encodeBase64(keys.sealing.publicKey),
        },
        log: {
          size: replica.size(),
          ...(stood === undefined
            ? {}
            : {
                checkpoint: {
                  size: stood.size,
                  root: encodeBase64(stood.root),
                  note: stood.note,
                  cosigners: [...stood.cosigners],
                  quorum: stood.isQuorum,
                },
              }),
        },
        exchanges: [...replica.ledger().exchanges.values()].map(summarizeLogged),
        outbox: outbox.waiting(),
        peers: toPeerStatus(await store.peers.all(), [
          { name: hostName, url: config.host.url, role: 'host' },
          ...others,
        ]),
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
      const logged = replica.ledger().exchanges.get(id as ExchangeId);
      return logged === undefined ? undefined : summarizeLogged(logged);
    },
    ledger: () => replica.ledger(),
    findCheckpoint: () => shown.shown()?.note,
    findNewest: () => follower.stood()?.note,
    size: () => replica.size(),
    entries: async (from, to) => store.log.entries(from, Math.min(to, replica.size())),
    findTile: bundles.findTile,
    addCheckpoint: async (body) => witness.addCheckpoint(body),
    findWitnessed: async (originHash) =>
      `/${originHash}/checkpoint` === witnessedPath(logKey.name) ? witness.lastCosigned() : undefined,
    async stop() {
      isStopping = true;
      await Promise.all(cadences.map(async (cadence) => cadence.stop()));
    },
  };
}
