import { generateKeyPairSync, hash, sign, verify, createPublicKey } from 'node:crypto';
import {
  actIdOf,
  encodeAct,
  preAuthEncoding,
  sealEnvelope,
  type ActId,
  type Base64Hash,
} from '@homeward/core/exchange';
import { actFor, actorOf, createWorld, play, seenIn, writeScript } from '@homeward/example-istanbul-2025';
import {
  addSignatures,
  cosign,
  type Ed25519,
  emptyTip,
  encodeBase64,
  formatCheckpoint,
  formatVerifierKey,
  type KeyType,
  type NoteSigner,
  planAppend,
  signCheckpoint,
  type TileSource,
  toVerifierKey,
} from '@homeward/tlog';
import { describe, expect, it } from 'vitest';
import { proveEntry, verifyProofFile } from './proof-file.ts';
import type { SeenCheckpoint, StageProgress, VerificationReport } from './protocol.ts';
import { verifyWholeLog } from './verify-log.ts';

const prefix = Buffer.from('302a300506032b6570032100', 'hex');
const ed25519: Ed25519 = {
  verify: (key, message, signature) =>
    verify(
      null,
      message,
      createPublicKey({ key: Buffer.concat([prefix, key]), format: 'der', type: 'spki' }),
      signature,
    ),
};

function makeSigner(name: string, type: KeyType): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return {
    key: toVerifierKey({ name, type, publicKey: raw }),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

interface MadeEntry {
  readonly bytes: Uint8Array;
  readonly publicKey: string;
}

/** The first acts of an exchange of made-up persons, each really signed. */
function makeEntries(count: number): readonly MadeEntry[] {
  const world = createWorld({ seed: 5, people: 12, round: 1 });
  const tasks = writeScript(world, {});
  const byLabel = new Map(tasks.map((task) => [task.label, task]));
  const ids = new Map<string, ActId>();
  const emptyRoot = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash;
  return play({ world, tasks })
    .acts.slice(0, count)
    .map(({ label }, at) => {
      const task = byLabel.get(label)!;
      const act = actFor(world, task, seenIn(ids), {
        after: { size: 0, root: emptyRoot },
        at: new Date(Date.UTC(2025, 4, 23, 4) + at * 45_000).toISOString(),
      });
      const bytes = encodeAct(act);
      ids.set(label, actIdOf(bytes));
      const actor = actorOf(world, task);
      return {
        bytes: sealEnvelope(bytes, actor.key, actor.sign(preAuthEncoding(bytes))),
        publicKey: encodeBase64(actor.publicKey),
      };
    });
}

interface MadeLog {
  readonly source: TileSource;
  readonly log: string;
  readonly witness: string;
}

const honest = {
  log: makeSigner('homeward.example/true', 'note'),
  witness: makeSigner('party-a', 'cosignature'),
};

async function makeLog(entries: readonly Uint8Array[], { log, witness } = honest): Promise<MadeLog> {
  const plan = planAppend(emptyTip, entries, (message) => hash('sha256', message, 'buffer'));
  const files = new Map(plan.files.map(({ path, bytes }) => [path, bytes]));
  const checkpoint = { origin: log.key.name, size: entries.length, root: plan.root };
  const line = await cosign(formatCheckpoint(checkpoint), witness, 1_760_000_000);
  files.set('checkpoint', addSignatures(await signCheckpoint(checkpoint, log), [line]));
  const logKey = formatVerifierKey(log.key);
  const witnessKey = formatVerifierKey(witness.key);
  const text = new TextEncoder();
  files.set('vkey', text.encode(`${logKey}\n`));
  files.set(
    'policy',
    text.encode(`log ${logKey}\nwitness ${witness.key.name} ${witnessKey}\nquorum ${witness.key.name}\n`),
  );
  return { source: { read: (path) => Promise.resolve(files.get(path)) }, log: logKey, witness: witnessKey };
}

async function check(
  { source }: MadeLog,
  seen: readonly SeenCheckpoint[] = [],
): Promise<{ readonly report: VerificationReport; readonly stages: ReadonlyMap<string, string> }> {
  const stages = new Map<string, string>();
  const report = await verifyWholeLog({
    source,
    ed25519,
    seen,
    now: () => 0,
    onProgress: ({ stage, state }: StageProgress) => stages.set(stage, state),
  });
  return { report, stages };
}

const toSeen = ({ origin, size, root, log, witnesses }: VerificationReport): SeenCheckpoint => ({
  origin,
  size,
  root,
  log,
  witnesses,
  at: 0,
});

const made = makeEntries(40);
const entries = made.map(({ bytes }) => bytes);

describe('a saved act', () => {
  const save = async (log: MadeLog, index: number) => {
    const proved = await proveEntry(log.source, ed25519, { index, publicKey: made[index]!.publicKey });
    if (proved.kind !== 'proven') throw new Error('The made log does not prove its entry.');
    return proved;
  };

  it('[WB-32] is proven where this browser verified its log before, with the cosigners of that log', async () => {
    const log = await makeLog(entries);
    const { report } = await check(log);
    const answer = await verifyProofFile((await save(log, 7)).file, [toSeen(report)], ed25519);
    expect(answer).toMatchObject({ kind: 'proven', index: 7, logKnown: true, signature: 'ok' });
    expect(answer).toMatchObject({ cosigners: [{ name: 'party-a', key: log.witness }] });
  });

  it('[WB-32] of a log that somebody made for it is called unknown, and so is each of its cosigners', async () => {
    const forged = await makeLog(entries, {
      log: makeSigner('homeward.example/forged', 'note'),
      witness: makeSigner('party-a', 'cosignature'),
    });
    const { report } = await check(await makeLog(entries));
    for (const seen of [[], [toSeen(report)]]) {
      const answer = await verifyProofFile((await save(forged, 7)).file, seen, ed25519);
      expect(answer).toMatchObject({
        kind: 'proven',
        origin: 'homeward.example/forged',
        logKnown: false,
        cosigners: [{ name: 'party-a', key: '' }],
      });
    }
  });

  it('[WB-32] under the name of a log this browser verified, and another key, does not hold', async () => {
    const { report } = await check(await makeLog(entries));
    const forged = await makeLog(entries, { ...honest, log: makeSigner(report.origin, 'note') });
    const answer = await verifyProofFile((await save(forged, 7)).file, [toSeen(report)], ed25519);
    expect(answer).toMatchObject({ kind: 'wrong', problem: 'LogSignatureMissing' });
  });

  it('[WB-32] names what is wrong with the files it was to be proven from', async () => {
    const none: TileSource = {
      read: (path) => Promise.resolve(path === 'checkpoint' ? new Uint8Array(1) : undefined),
    };
    expect(await proveEntry(none, ed25519, { index: 0, publicKey: '' })).toMatchObject({
      kind: 'wrong',
      problem: 'KeyMalformed',
    });
  });
});

describe('the whole log', () => {
  it('[WB-30] holds, and continues what was seen before', async () => {
    const first = await check(await makeLog(entries.slice(0, 20)));
    expect(first.report).toMatchObject({ ok: true, earlier: undefined });
    expect(first.stages.get('earlier')).toBe('skipped');
    const { report, stages } = await check(await makeLog(entries), [toSeen(first.report)]);
    expect(report).toMatchObject({ ok: true, size: 40 });
    expect(report.cosigners).toEqual([{ name: 'party-a', key: report.witnesses[0], time: 1_760_000_000 }]);
    expect([...stages.values()]).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('[WB-31] of another name than what this browser saw here before is told as another log', async () => {
    const { report: before } = await check(await makeLog(entries));
    const other = await makeLog(entries, { ...honest, log: makeSigner('homeward.example/other', 'note') });
    const { report, stages } = await check(other, [toSeen(before)]);
    expect(report.ok).toBe(false);
    expect(report.findings).toEqual([
      { kind: 'other-log', origin: 'homeward.example/other', was: [before.origin] },
    ]);
    expect(stages.get('earlier')).toBe('failed');
  });

  it('[WB-31] of the same name under another key is told as such', async () => {
    const { report: before } = await check(await makeLog(entries));
    const other = await makeLog(entries, { ...honest, log: makeSigner(before.origin, 'note') });
    const { report, stages } = await check(other, [toSeen(before)]);
    expect(report.ok).toBe(false);
    expect(report.findings).toEqual([{ kind: 'other-key', had: before.log, now: other.log }]);
    expect(stages.get('earlier')).toBe('failed');
  });

  it('[WB-31] that grew from another history is told as a fork, with both roots', async () => {
    const { report: before } = await check(await makeLog(entries.slice(0, 20)));
    const { report } = await check(await makeLog([...entries.slice(20), ...entries.slice(0, 20)]), [
      toSeen(before),
    ]);
    expect(report.findings.filter(({ kind }) => kind === 'fork')).toMatchObject([
      { size: 20, had: before.root },
    ]);
  });

  it('[WB-31] says of no stage that it holds when it does not, however much else is wrong', async () => {
    // More unreadable entries than findings are kept, and only then an act whose signature is another's.
    const noise = Array.from({ length: 150 }, (_, at) => new TextEncoder().encode(`noise ${String(at)}`));
    const stolen = JSON.parse(new TextDecoder().decode(entries[0])) as {
      signatures: { sig: string }[];
    };
    stolen.signatures[0]!.sig = encodeBase64(new Uint8Array(64).fill(7));
    const log = await makeLog([...noise, new TextEncoder().encode(JSON.stringify(stolen))]);
    const { report, stages } = await check(log);
    expect(report.findingCount).toBe(151);
    expect(report.findings).toHaveLength(100);
    expect(stages.get('rules')).toBe('failed');
    expect(stages.get('signatures')).toBe('failed');
  });
});
