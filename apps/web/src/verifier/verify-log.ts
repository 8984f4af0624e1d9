/**
 * The whole log, verified here: fetched anew, hashed from the entries up, every signature checked, every act put
 * before the rules, and the result compared with what this browser saw before. Runs in a worker and in a test alike.
 */
import {
  decide,
  evolve,
  findSigningKey,
  initial,
  parseEnvelope,
  type Exchange,
} from '@homeward/core/exchange';
import {
  appendLeaf,
  type CheckpointKeys,
  decodeBase64,
  decodeUtf8,
  type Ed25519,
  emptyFrontier,
  encodeBase64,
  formatVerifierKey,
  frontierRoot,
  type Hash,
  parsePolicy,
  parseVerifierKey,
  proveConsistency,
  pureSha256,
  type Sha256,
  type TileSource,
  type VerifiedCheckpoint,
  type VerifierKey,
  verifyLog,
} from '@homeward/tlog';
import type { Cosigner, Finding, SeenCheckpoint, StageProgress, VerificationReport } from './protocol.ts';

const findingsMax = 100;
/** Signatures waiting for the browser's threads at a time: enough to keep them busy, few enough to stop soon. */
const inFlightMax = 512;

export interface LogToVerify {
  readonly source: TileSource;
  readonly ed25519: Ed25519;
  readonly sha256?: Sha256;
  readonly seen: readonly SeenCheckpoint[];
  readonly now: () => number;
  readonly onProgress?: (progress: StageProgress) => void;
}

/** Keys as the node publishes them. That they are the true ones nobody here can know; the page says so. */
export async function readKeys(source: TileSource): Promise<CheckpointKeys | undefined> {
  const text = decodeUtf8((await source.read('vkey')) ?? new Uint8Array());
  const log = text === undefined ? undefined : parseVerifierKey(text.trim());
  if (log?.ok !== true) return undefined;
  const policy = await source.read('policy');
  const parsed = policy === undefined ? undefined : parsePolicy(policy);
  return {
    logs: [log.value],
    witnesses: parsed?.ok === true ? parsed.value.witnesses.map(({ key }) => key) : [],
  };
}

export function toCosigners(checkpoint: VerifiedCheckpoint): readonly Cosigner[] {
  return [
    ...checkpoint.cosignatures.map(({ key, time }) => ({
      name: key.name,
      key: formatVerifierKey(key),
      at: toInstant(time),
    })),
    ...checkpoint.unknown.map(({ name }) => ({ name, key: '', at: '' })),
  ];
}

/** A cosignature may name any second up to 2^53 - 1, which is beyond what a date can hold. */
function toInstant(seconds: number): string {
  const at = new Date(seconds * 1000);
  return Number.isNaN(at.getTime()) ? `@${String(seconds)}` : at.toISOString();
}

export async function verifyWholeLog(input: LogToVerify): Promise<VerificationReport> {
  const started = input.now();
  let note = new Uint8Array();
  const source: TileSource = {
    read: async (path) => {
      const bytes = await input.source.read(path);
      if (path === 'checkpoint' && bytes !== undefined) note = new Uint8Array(bytes);
      return bytes;
    },
  };
  const tell = input.onProgress ?? (() => undefined);
  const findings: Finding[] = [];
  let findingCount = 0;
  // Every kind that was found, also beyond the findings that are kept.
  const kinds = new Set<Finding['kind']>();
  const find = (finding: Finding) => {
    findingCount += 1;
    kinds.add(finding.kind);
    if (findings.length < findingsMax) findings.push(finding);
  };
  tell({ stage: 'checkpoint', state: 'running', done: 0, of: 1 });
  const keys = await readKeys(source);
  if (keys === undefined) {
    find({ kind: 'file', problem: 'KeyMalformed', rule: 'LG-25', path: 'vkey', text: '' });
    tell({ stage: 'checkpoint', state: 'failed', done: 0, of: 1 });
    return toReport(input, undefined, note, undefined, findings, findingCount, new Map(), started);
  }

  const states = new Map<string, Exchange>();
  const nonces = new Set<string>();
  const leaves: Hash[] = [];
  /** First entry that names each tree it comes after. */
  const afters = new Map<string, After>();
  const inFlight = new Set<Promise<void>>();
  let read = 0;
  let signed = 0;
  let of = await guessSize(source);
  const check = (index: number, key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const checking = (async () => {
      if (!(await input.ed25519.verify(key, message, signature))) find({ kind: 'signature', index });
      signed += 1;
    })();
    inFlight.add(checking);
    void checking.finally(() => inFlight.delete(checking));
  };
  const report = await verifyLog({
    source,
    trust: keys,
    ed25519: input.ed25519,
    ...(input.sha256 === undefined ? {} : { sha256: input.sha256 }),
    visit: async ({ first, entries, leaves: hashes }) => {
      if (read === 0) tell({ stage: 'checkpoint', state: 'done', done: 1, of: 1 });
      for (const [at, bytes] of entries.entries()) {
        const index = first + at;
        const parsed = parseEnvelope(bytes);
        if (parsed.kind === 'malformed') {
          find({ kind: 'unreadable', index });
          continue;
        }
        const { act, id, signature, signedBytes } = parsed.envelope;
        const { size, root } = act.after;
        const tree = `${String(size)} ${root}`;
        if (size > index) find({ kind: 'after', index, size });
        else if (!afters.has(tree)) afters.set(tree, { index, size, root });
        const once = `${act.exchange} ${act.by} ${act.nonce}`;
        if (nonces.has(once)) find({ kind: 'nonce', index });
        nonces.add(once);
        const state = states.get(act.exchange) ?? initial;
        const key = findSigningKey(state, act);
        const raw = key === undefined ? undefined : decodeBase64(key);
        if (raw === undefined) find({ kind: 'unknown-key', index });
        else check(index, raw, signedBytes, signature);
        const decision = decide(state, act, id);
        if (decision.kind === 'refused') find({ kind: 'refused', index, refusal: decision.refusal });
        else states.set(act.exchange, evolve(state, act, id));
      }
      for (const [at, leaf] of hashes.entries()) leaves[first + at] = leaf;
      read = first + entries.length;
      of = Math.max(of, read);
      tell({ stage: 'entries', state: 'running', done: read, of });
      tell({ stage: 'rules', state: 'running', done: read, of });
      tell({ stage: 'signatures', state: 'running', done: signed, of });
      while (inFlight.size > inFlightMax) await Promise.race(inFlight);
    },
  });
  await Promise.all(inFlight);
  for (const { index, size } of findWrongAfters(leaves, [...afters.values()], input.sha256)) {
    find({ kind: 'after', index, size });
  }
  for (const { kind, rule, path, text } of report.problems) {
    find({ kind: 'file', problem: kind, rule, path, text });
  }
  const { checkpoint } = report;
  const size = checkpoint?.size ?? 0;
  // What was put to fewer than all is not said to hold of all.
  const state = (bad: boolean, looked: number) =>
    checkpoint === undefined ? 'skipped' : bad ? 'failed' : looked === size ? 'done' : 'skipped';
  const has = (...wanted: readonly Finding['kind'][]) => wanted.some((kind) => kinds.has(kind));
  tell({ stage: 'checkpoint', state: checkpoint === undefined ? 'failed' : 'done', done: 1, of: 1 });
  const looked = report.entries;
  tell({ stage: 'entries', state: state(report.problemCount > 0, looked), done: looked, of: size });
  tell({
    stage: 'signatures',
    state: state(has('signature', 'unknown-key'), signed),
    done: signed,
    of: size,
  });
  tell({
    stage: 'rules',
    state: state(has('refused', 'unreadable', 'after', 'nonce'), looked),
    done: looked,
    of: size,
  });

  const earlier =
    checkpoint === undefined ? undefined : input.seen.find(({ origin }) => origin === checkpoint.origin);
  if (checkpoint === undefined || input.seen.length === 0) {
    tell({ stage: 'earlier', state: 'skipped', done: 0, of: 1 });
  } else {
    tell({ stage: 'earlier', state: 'running', done: 0, of: 1 });
    const faults = await compareWithSeen(source, checkpoint, input.seen);
    faults.forEach(find);
    tell({ stage: 'earlier', state: faults.length === 0 ? 'done' : 'failed', done: 1, of: 1 });
  }
  return toReport(input, checkpoint, note, keys, findings, findingCount, states, started, earlier);
}

/** A tree that an act says it comes after. */
interface After {
  readonly index: number;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** Those whose tree the log never was, in one pass over its leaves; beyond a leaf nobody could read none is judged. */
function findWrongAfters(
  leaves: readonly (Hash | undefined)[],
  afters: readonly After[],
  sha256: Sha256 = pureSha256,
): readonly After[] {
  const wrong: After[] = [];
  let frontier = emptyFrontier;
  for (const after of afters.toSorted((a, b) => a.size - b.size)) {
    while (frontier.size < after.size) {
      const leaf = leaves[frontier.size];
      if (leaf === undefined) return wrong;
      frontier = appendLeaf(frontier, leaf, sha256);
    }
    if (encodeBase64(frontierRoot(frontier, sha256)) !== after.root) wrong.push(after);
  }
  return wrong;
}

async function guessSize(source: TileSource): Promise<number> {
  const text = decodeUtf8((await source.read('checkpoint')) ?? new Uint8Array());
  const size = Number(text?.split('\n')[1]);
  return Number.isSafeInteger(size) && size >= 0 ? size : 0;
}

/** What contradicts what this browser saw at this address before: another log, another key, another history. */
async function compareWithSeen(
  source: TileSource,
  checkpoint: VerifiedCheckpoint,
  seen: readonly SeenCheckpoint[],
): Promise<readonly Finding[]> {
  const earlier = seen.find(({ origin }) => origin === checkpoint.origin);
  if (earlier === undefined) {
    return [{ kind: 'other-log', origin: checkpoint.origin, was: seen.map(({ origin }) => origin) }];
  }
  const now = formatVerifierKey(checkpoint.log);
  const history = await compareWithEarlier(source, checkpoint, earlier);
  return [
    ...(now === earlier.log ? [] : [{ kind: 'other-key' as const, had: earlier.log, now }]),
    ...(history === undefined ? [] : [history]),
  ];
}

/** Whether the log continues what this browser saw; what is wrong if it does not. */
async function compareWithEarlier(
  source: TileSource,
  checkpoint: VerifiedCheckpoint,
  earlier: SeenCheckpoint,
): Promise<Finding | undefined> {
  const now = encodeBase64(checkpoint.root);
  if (checkpoint.size < earlier.size) {
    return { kind: 'rollback', had: earlier.size, size: checkpoint.size };
  }
  if (checkpoint.size === earlier.size) {
    return earlier.root === now ? undefined : { kind: 'fork', size: checkpoint.size, had: earlier.root, now };
  }
  const proof = await proveConsistency(source, { oldSize: earlier.size, tree: checkpoint });
  const oldRoot = proof.ok ? encodeBase64(proof.value.oldRoot) : undefined;
  if (oldRoot === earlier.root) return undefined;
  return oldRoot === undefined
    ? { kind: 'inconsistent', had: earlier.size, size: checkpoint.size }
    : { kind: 'fork', size: earlier.size, had: earlier.root, now: oldRoot };
}

function toReport(
  input: LogToVerify,
  checkpoint: VerifiedCheckpoint | undefined,
  note: Uint8Array,
  keys: CheckpointKeys | undefined,
  findings: readonly Finding[],
  findingCount: number,
  states: ReadonlyMap<string, Exchange>,
  started: number,
  earlier?: SeenCheckpoint,
): VerificationReport {
  const text = (list: readonly VerifierKey[] | undefined) => (list ?? []).map(formatVerifierKey);
  return {
    ok: checkpoint !== undefined && findingCount === 0,
    size: checkpoint?.size ?? 0,
    root: checkpoint === undefined ? '' : encodeBase64(checkpoint.root),
    origin: checkpoint?.origin ?? '',
    note: checkpoint === undefined ? '' : (decodeUtf8(note) ?? ''),
    log: text(keys?.logs)[0] ?? '',
    witnesses: text(keys?.witnesses),
    cosigners: checkpoint === undefined ? [] : toCosigners(checkpoint),
    findings,
    findingCount,
    exchanges: [...states].map(([id, state]) => ({
      id,
      title: state.title,
      hash: state.hash,
      acts: state.size,
    })),
    earlier,
    milliseconds: input.now() - started,
  };
}
