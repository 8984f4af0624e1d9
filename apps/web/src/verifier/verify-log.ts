/**
 * The whole log, verified here: read anew by `@homeward/ledger`, as `homeward verify` and every node do, and the result
 * compared with what this browser saw before. Runs in a worker and in a test alike.
 */
import { verifyLog, type Progress, type Verification } from '@homeward/ledger';
import {
  decodeUtf8,
  type Ed25519,
  encodeBase64,
  formatVerifierKey,
  proveConsistency,
  type Sha256,
  type TileSource,
  type VerifiedCheckpoint,
} from '@homeward/tlog';
import type {
  Cosigner,
  Finding,
  SeenCheckpoint,
  Stage,
  StageProgress,
  StageState,
  VerificationReport,
} from './protocol.ts';

export interface LogToVerify {
  readonly source: TileSource;
  readonly ed25519: Ed25519;
  readonly sha256?: Sha256;
  readonly seen: readonly SeenCheckpoint[];
  readonly now: () => number;
  readonly onProgress?: (progress: StageProgress) => void;
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
  const tell = (stage: Stage, state: StageState, done: number, of: number): void =>
    input.onProgress?.({ stage, state, done, of });
  tell('checkpoint', 'running', 0, 1);
  let isChecked = false;
  const { ed25519, sha256, source } = input;
  const verification = await verifyLog(
    source,
    {},
    {
      ed25519,
      ...(sha256 === undefined ? {} : { sha256 }),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onProgress: ({ size, entries, signatures }: Progress) => {
        if (!isChecked) tell('checkpoint', 'done', 1, 1);
        isChecked = true;
        tell('entries', 'running', entries, size);
        tell('rules', 'running', entries, size);
        tell('signatures', 'running', signatures, size);
      },
    },
  );
  tellStages(verification, tell);
  const { checkpoint } = verification;
  let history: readonly Finding[] = [];
  if (checkpoint === undefined || input.seen.length === 0) {
    tell('earlier', 'skipped', 0, 1);
  } else {
    tell('earlier', 'running', 0, 1);
    history = await compareWithSeen(source, checkpoint, input.seen);
    tell('earlier', history.length === 0 ? 'done' : 'failed', 1, 1);
  }
  return toReport(verification, history, input, input.now() - started);
}

/** Where each stage stands in the end. What was put to fewer than all is not said to hold of all. */
function tellStages(
  { checkpoint, faults, entries, signatures, problems }: Verification,
  tell: (stage: Stage, state: StageState, done: number, of: number) => void,
): void {
  const size = checkpoint?.size ?? 0;
  const state = (bad: boolean, looked: number): StageState =>
    checkpoint === undefined ? 'skipped' : bad ? 'failed' : looked === size ? 'done' : 'skipped';
  const has = (...kinds: readonly Parameters<typeof faults.has>[0][]): boolean =>
    kinds.some((kind) => faults.has(kind));
  tell('checkpoint', checkpoint === undefined ? 'failed' : 'done', 1, 1);
  tell('entries', state(problems > 0, entries), entries, size);
  tell('signatures', state(has('signature'), signatures), signatures, size);
  const isAgainstRules = has(
    'unreadable',
    'repeated',
    'exchange-unknown',
    'refused',
    'after',
    'after-ahead',
    'nonce',
  );
  tell('rules', state(isAgainstRules, entries), entries, size);
  // Whom the log accredited is known only where all of it was read.
  tell('witnesses', state(has('witness'), isAgainstRules ? 0 : entries), 1, 1);
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
  { checkpoint, note, key, policy, findings, findingCount, ledger }: Verification,
  history: readonly Finding[],
  { seen }: LogToVerify,
  milliseconds: number,
): VerificationReport {
  const found = findings.map((finding): Finding => ({ kind: 'log', finding }));
  const count = findingCount + history.length;
  return {
    ok: checkpoint !== undefined && count === 0,
    size: checkpoint?.size ?? 0,
    root: checkpoint === undefined ? '' : encodeBase64(checkpoint.root),
    origin: checkpoint?.origin ?? '',
    note: checkpoint === undefined ? '' : (decodeUtf8(note) ?? ''),
    log: key === undefined ? '' : formatVerifierKey(key),
    witnesses: (policy?.witnesses ?? []).map((witness) => formatVerifierKey(witness.key)),
    cosigners: checkpoint === undefined ? [] : toCosigners(checkpoint),
    findings: [...history, ...found],
    findingCount: count,
    exchanges: [...ledger.exchanges].map(([id, { state }]) => ({
      id,
      title: state.title,
      hash: state.hash,
      acts: state.size,
    })),
    earlier: checkpoint === undefined ? undefined : seen.find(({ origin }) => origin === checkpoint.origin),
    milliseconds,
  };
}
