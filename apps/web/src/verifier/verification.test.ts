import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync, hash, sign, verify, createPublicKey } from 'node:crypto';
import {
  actIdOf,
  encodeAct,
  parseEnvelope,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type ActId,
  type Base64Hash,
} from '@homeward/core/exchange';
import { whoMustCosign } from '@homeward/ledger';
import { actFor, actorOf, createWorld, play, seenIn, writeScript } from '@homeward/example-istanbul-2025';
import {
  addSignatures,
  cosign,
  type Ed25519,
  emptyTip,
  encodeBase64,
  formatCheckpoint,
  formatPolicy,
  formatTlogProof,
  formatVerifierKey,
  type KeyType,
  type NoteSigner,
  parseTlogProof,
  planAppend,
  signCheckpoint,
  type TileSource,
  toVerifierKey,
} from '@homeward/tlog';
import { describe, expect, it } from 'vitest';
import { proveEntry, verifyProofFile } from './proof-file.ts';
import type { SeenCheckpoint, StageProgress, VerificationReport } from './protocol.ts';
import { verifyWholeLog } from './verify-log.ts';
import { hasEd25519, webEd25519 } from './web-ed25519.ts';

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

const honest = {
  log: makeSigner('homeward.example/true', 'note'),
  witness: makeSigner('party-a', 'cosignature'),
};

/** The witnesses of the parties that the made exchange lets in. */
const witnesses = {
  A: honest.witness,
  B: makeSigner('party-b', 'cosignature'),
  N1: makeSigner('neutral', 'cosignature'),
};
const accredited = Object.fromEntries(
  Object.entries(witnesses).map(([party, { key }]) => [party, formatVerifierKey(key)]),
);

/** Those of them that some entries let in, by their parties. */
function accreditedIn(entries: readonly Uint8Array[]): ReadonlyMap<string, NoteSigner> {
  const found = new Map<string, NoteSigner>();
  for (const bytes of entries) {
    const parsed = parseEnvelope(bytes);
    if (parsed.kind !== 'parsed' || parsed.envelope.act.kind !== 'PartyAccredited') continue;
    const { party } = parsed.envelope.act.body;
    found.set(party, witnesses[party as keyof typeof witnesses]);
  }
  return found;
}

/** The first acts of an exchange of made-up persons, each really signed. */
function makeEntries(
  count: number,
  write: (act: Act, at: number) => Act = (act) => act,
): readonly MadeEntry[] {
  const world = createWorld({ seed: 5, people: 12, round: 1 });
  const tasks = writeScript(world, { witnesses: accredited });
  const byLabel = new Map(tasks.map((task) => [task.label, task]));
  const ids = new Map<string, ActId>();
  const emptyRoot = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash;
  return play({ world, tasks })
    .acts.slice(0, count)
    .map(({ label }, at) => {
      const task = byLabel.get(label)!;
      const drafted = actFor(world, task, seenIn(ids), {
        after: { size: 0, root: emptyRoot },
        at: new Date(Date.UTC(2025, 4, 23, 4) + at * 45_000).toISOString(),
      });
      const act = write(drafted, at);
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
  readonly files: Map<string, Uint8Array>;
}

async function makeLog(
  entries: readonly Uint8Array[],
  { log, witness, time = 1_760_000_000 }: typeof honest & { readonly time?: number } = honest,
): Promise<MadeLog> {
  const plan = planAppend(emptyTip, entries, (message) => hash('sha256', message, 'buffer'));
  const files = new Map(plan.files.map(({ path, bytes }) => [path, bytes]));
  const checkpoint = { origin: log.key.name, size: entries.length, root: plan.root };
  const letIn = accreditedIn(entries);
  // In place of what the log let in under this name, also another key: the log of a forger.
  const signers = new Map([...letIn, ...(letIn.size === 0 ? [] : [['A', witness] as const])]);
  const lines = await Promise.all(
    [...signers.values()].map((signer) => cosign(formatCheckpoint(checkpoint), signer, time)),
  );
  files.set('checkpoint', addSignatures(await signCheckpoint(checkpoint, log), lines));
  const logKey = formatVerifierKey(log.key);
  files.set('vkey', new TextEncoder().encode(`${logKey}\n`));
  const asked = [...signers].map(([name, { key }]) => ({ name, key, isPower: name !== 'N1' }));
  files.set('policy', formatPolicy(whoMustCosign(log.key, asked)));
  return {
    source: { read: (path) => Promise.resolve(files.get(path)) },
    log: logKey,
    witness: formatVerifierKey(witness.key),
    files,
  };
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

const toBytes = ({ bytes }: MadeEntry): Uint8Array => bytes;
const made = makeEntries(40);
const entries = made.map(toBytes);

/** A proof file with other things carried beside its proof. */
function withExtra(file: Uint8Array, change: (extra: Record<string, unknown>) => object): Uint8Array {
  const parsed = parseTlogProof(file);
  if (!parsed.ok) throw new Error('The made proof cannot be read.');
  const extra = JSON.parse(new TextDecoder().decode(parsed.value.extra)) as Record<string, unknown>;
  return formatTlogProof({ ...parsed.value, extra: new TextEncoder().encode(JSON.stringify(change(extra))) });
}

describe('a saved act', () => {
  const save = async (log: MadeLog, index: number) => {
    const { bytes: entry, publicKey } = made[index]!;
    const proved = await proveEntry(log.source, ed25519, { index, entry, publicKey });
    if (proved.kind !== 'proven') throw new Error('The made log does not prove its entry.');
    return proved;
  };

  it('[WB-32] is proven where this browser verified its log before, with the cosigners of that log', async () => {
    const log = await makeLog(entries);
    const { report } = await check(log);
    const answer = await verifyProofFile((await save(log, 7)).file, [toSeen(report)], ed25519);
    expect(answer).toMatchObject({ kind: 'proven', index: 7, logKnown: true, signature: 'ok' });
    expect(answer).toMatchObject({ cosigners: [{ name: 'party-a', key: log.witness }, {}, {}] });
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
        cosigners: [
          { name: 'party-a', key: '' },
          { name: 'party-b', key: '' },
          { name: 'neutral', key: '' },
        ],
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
    expect(await proveEntry(none, ed25519, { index: 0, entry: entries[0]!, publicKey: '' })).toMatchObject({
      kind: 'wrong',
      problem: 'KeyMalformed',
    });
  });

  it('[WB-32] is proven for the bytes that the page shows, and not for others at their place', async () => {
    const { source } = await makeLog(entries);
    const { publicKey } = made[7]!;
    expect(await proveEntry(source, ed25519, { index: 7, entry: entries[8]!, publicKey })).toMatchObject({
      kind: 'wrong',
      problem: 'EntryOther',
      path: 'tile/entries/000.p/40',
    });
  });

  it('[WB-32] has a signature that is not checked where the key of its signer is not known', async () => {
    const log = await makeLog(entries);
    const asked = { index: 7, entry: entries[7]! };
    for (const publicKey of ['', made.find((each) => each.publicKey !== made[7]!.publicKey)!.publicKey]) {
      expect(await proveEntry(log.source, ed25519, { ...asked, publicKey })).toMatchObject({
        kind: 'proven',
        signature: 'none',
      });
    }
    expect(await save(log, 7)).toMatchObject({ signature: 'ok' });
  });

  it('[WB-32] with the key of another put beside it has a signature that is not checked, not one that fails', async () => {
    const { report } = await check(await makeLog(entries));
    const { file } = await save(await makeLog(entries), 7);
    const other = made.find((each) => each.publicKey !== made[7]!.publicKey)!.publicKey;
    const swapped = withExtra(file, (extra) => ({ ...extra, publicKey: other }));
    expect(await verifyProofFile(swapped, [toSeen(report)], ed25519)).toMatchObject({
      kind: 'proven',
      signature: 'none',
    });
  });

  it('[WB-32] of an entry that is no act has no signature to check', async () => {
    const noise = new TextEncoder().encode('noise');
    const { source } = await makeLog([noise]);
    const { publicKey } = made[0]!;
    expect(await proveEntry(source, ed25519, { index: 0, entry: noise, publicKey })).toMatchObject({
      kind: 'proven',
      signature: 'none',
    });
  });

  it('[WB-32] that carries no key of a log this browser never verified is not called wrong', async () => {
    const log = await makeLog(entries);
    const bare = withExtra((await save(log, 7)).file, ({ entry, publicKey }) => ({ entry, publicKey }));
    expect(await verifyProofFile(bare, [], ed25519)).toEqual({ kind: 'no-key' });
    const { report } = await check(log);
    expect(await verifyProofFile(bare, [toSeen(report)], ed25519)).toMatchObject({
      kind: 'proven',
      logKnown: true,
    });
  });
});

describe('the vectors of the ledger', () => {
  const folder = join(import.meta.dirname, '../../../../spec/vectors/ledger');
  it.each(globSync('*.json', { cwd: folder }).sort())(
    '[WB-30] [ND-40] [ND-41] %s gets the verdict of every verifier, in its words',
    async (name) => {
      const { files, want, listed } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        readonly files: Readonly<Record<string, string>>;
        readonly want: { readonly ok: boolean; readonly findings: readonly unknown[] };
        readonly listed?: true;
      };
      const source: TileSource = {
        read: (path) =>
          Promise.resolve(path in files ? new Uint8Array(Buffer.from(files[path]!, 'base64')) : undefined),
      };
      expect(await hasEd25519()).toBe(true);
      const report = await verifyWholeLog({ source, ed25519: webEd25519, seen: [], now: () => 0 });
      const told = report.findings.map((finding) => {
        if (finding.kind !== 'log') throw new Error(finding.kind);
        const { path, entry, rule, says } = finding.finding;
        return { path, ...(entry === undefined ? {} : { entry }), rule, says };
      });
      // A browser cannot list what lies beside a log.
      const wanted = listed === true ? { ok: true, findings: [] } : want;
      expect({ ok: report.ok, findings: told }).toEqual(wanted);
    },
  );
});

describe('the whole log', () => {
  it('[WB-30] holds, and continues what was seen before', async () => {
    const first = await check(await makeLog(entries.slice(0, 20)));
    expect(first.report).toMatchObject({ ok: true, earlier: undefined });
    expect(first.stages.get('earlier')).toBe('skipped');
    const { report, stages } = await check(await makeLog(entries), [toSeen(first.report)]);
    expect(report).toMatchObject({ ok: true, size: 40 });
    expect(report.cosigners).toEqual(
      ['party-a', 'party-b', 'neutral'].map((name, at) => ({
        name,
        key: report.witnesses[at],
        at: '2025-10-09T08:53:20.000Z',
      })),
    );
    expect([...stages.values()]).toEqual(['done', 'done', 'done', 'done', 'done', 'done']);
  });

  it('[WB-30] [WB-33] says when it was cosigned, and writes out a time that no calendar has', async () => {
    for (const [time, at] of [
      [8_640_000_000_000, '+275760-09-13T00:00:00.000Z'],
      [8_640_000_000_001, '@8640000000001'],
      [Number.MAX_SAFE_INTEGER, '@9007199254740991'],
    ] as const) {
      const log = await makeLog(entries, { ...honest, time });
      const { report } = await check(log);
      expect(report).toMatchObject({ ok: true, cosigners: [{ name: 'party-a', at }, {}, {}] });
    }
  });

  it('[WB-31] says of acts that nobody could read that they were not checked', async () => {
    const log = await makeLog(entries);
    log.files.set('tile/entries/000.p/40', new Uint8Array(3));
    const { report, stages } = await check(log);
    expect(report.ok).toBe(false);
    expect(Object.fromEntries(stages)).toMatchObject({
      checkpoint: 'done',
      entries: 'failed',
      signatures: 'skipped',
      rules: 'skipped',
    });
  });

  it('[WB-31] says that the signatures were not all checked where an entry is no act', async () => {
    const { stages } = await check(await makeLog([...entries, new TextEncoder().encode('noise')]));
    expect(Object.fromEntries(stages)).toMatchObject({
      entries: 'done',
      signatures: 'skipped',
      rules: 'failed',
    });
  });

  it('[WB-30] holds where each act names a tree that stood before it', async () => {
    const roots = new Map<number, string>();
    const first = makeEntries(20);
    for (const size of [1, 7, 20]) {
      roots.set(size, (await check(await makeLog(first.slice(0, size).map(toBytes)))).report.root);
    }
    const grown = makeEntries(40, (act, at) =>
      at < 20
        ? act
        : {
            ...act,
            after: { size: [1, 7, 20][at % 3]!, root: roots.get([1, 7, 20][at % 3]!) as Base64Hash },
          },
    );
    const { report } = await check(await makeLog(grown.map(toBytes)));
    expect(report).toMatchObject({ ok: true, findings: [] });
  });

  it('[WB-30] does not hold where an act names a tree that never stood before it', async () => {
    const root = encodeBase64(new Uint8Array(32).fill(7)) as Base64Hash;
    const later = { size: 30, root };
    const other = { size: 5, root };
    const wrong = makeEntries(40, (act, at) =>
      at === 12 ? { ...act, after: later } : at === 25 ? { ...act, after: other } : act,
    );
    const { report, stages } = await check(await makeLog(wrong.map(toBytes)));
    expect(report.findings).toMatchObject([
      { kind: 'log', finding: { entry: 12, fault: { kind: 'after-ahead', size: 30 } } },
      { kind: 'log', finding: { entry: 25, fault: { kind: 'after', size: 5 } } },
    ]);
    expect(stages.get('rules')).toBe('failed');
  });

  it('[WB-30] does not hold where an act uses a nonce again that its key used before', async () => {
    const nonces = new Map<string, string>();
    let index = -1;
    const repeated = makeEntries(40, (act, at) => {
      const before = nonces.get(act.by);
      nonces.set(act.by, act.nonce);
      if (before === undefined || index >= 0) return act;
      index = at;
      return { ...act, nonce: before };
    });
    const { report, stages } = await check(await makeLog(repeated.map(toBytes)));
    expect(report.findings).toMatchObject([
      { kind: 'log', finding: { entry: index, fault: { kind: 'nonce' } } },
    ]);
    expect(stages.get('rules')).toBe('failed');
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
