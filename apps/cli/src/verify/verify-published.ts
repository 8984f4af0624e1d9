/**
 * Verifies a whole published log from its files alone: bytes, tree, signatures, and every rule of every exchange.
 *
 *     vkey ── policy ── checkpoint ── root ── tiles ── entries ── envelope ── signature ── after ── decide
 *
 * Law     Any byte changed in any of these files is found, and the file and entry named. Every file has one spelling:
 *         the policy must be the canonical text of itself, and its witnesses the ones the exchanges accredited.
 * Cost    One Ed25519 verification per act, made on the runtime's thread pool while this thread hashes and decides.
 */
import { parseEnvelope, valuesOf, type Envelope } from '@homeward/core/exchange';
import { verifyEd25519, verifyEd25519Aside } from '@homeward/keys';
import {
  emptyLedger,
  follow,
  judge,
  nativeSha256,
  refusalToSentence,
  type Ledger,
} from '@homeward/server/log';
import {
  appendLeaf,
  checkpointPath,
  emptyFrontier,
  encodeBase64,
  formatPolicy,
  formatVerifierKey,
  frontierRoot,
  isQuorum,
  levelSize,
  parsePolicy,
  parseTilePath,
  parseVerifierKey,
  tileWidth,
  verifyByPolicy,
  verifyCheckpoint,
  verifyLog,
  type CheckpointKeys,
  type EntryRun,
  type Hash,
  type Policy,
  type VerifiedCheckpoint,
  type VerifierKey,
} from '@homeward/tlog';
import type { PublishedLog } from './log-source.ts';

/** One thing that is wrong, where, by which rule. */
export interface Finding {
  /** The file, below the log's folder. */
  readonly path: string;
  /** The entry, where one can be named. */
  readonly entry?: number;
  /** The rule: an id of spec/log.md, or the core's refusal. */
  readonly rule: string;
  readonly says: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly origin: string | undefined;
  readonly size: number;
  readonly root: string | undefined;
  /** Witnesses of the policy whose cosignature verified. */
  readonly cosigners: readonly string[];
  /** Acts whose signature and rules were checked. */
  readonly acts: number;
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  readonly ledger: Ledger;
}

export interface VerifyOptions {
  /** The log's verifier key as it was had by another way; without it, the key beside the log is believed. */
  readonly key?: string;
  /** True where exchanges may still be letting in the witnesses that the policy names. */
  readonly isFounding?: boolean;
  readonly onProgress?: (done: number) => void;
}

/** How often a log is read anew that outgrew the reading. */
const readingsMax = 3;
/** How long a file that stands ahead of the checkpoint may wait for it, and how often that is looked at. */
const aheadMs = 2_000;
const lookMs = 100;

const findingsMax = 100;
/** Signature checks under way at most, so that a long log does not fill memory. */
const checksMax = 2_048;

/**
 * Verifies the log at one of its checkpoints. A log that grows meanwhile is no fault: where whoever publishes it has
 * taken the edge of the checkpoint away before it was read, the newer one is read, a few times at most.
 */
export async function verifyPublished(log: PublishedLog, options: VerifyOptions = {}): Promise<Verification> {
  for (let reading = 1; ; reading += 1) {
    const { verification, isOutgrown } = await readOnce(log, options);
    if (!isOutgrown || reading === readingsMax) return verification;
  }
}

interface Reading {
  readonly verification: Verification;
  /** True where files of its right edge are gone and a newer checkpoint of the same log stands. */
  readonly isOutgrown: boolean;
}

async function readOnce(
  log: PublishedLog,
  { key: expected, isFounding = false, onProgress = () => undefined }: VerifyOptions,
): Promise<Reading> {
  const findings: Finding[] = [];
  let findingCount = 0;
  const add = (finding: Finding): void => {
    findingCount += 1;
    if (findings.length < findingsMax) findings.push(finding);
  };
  const acts = new ActChecker(add);
  const key = await readKey(log, expected, add);
  const stated = key === undefined ? undefined : await readPolicy(log, key, add);
  if (key === undefined || stated === 'wrong') {
    const verification = { ...nothing, findings, findingCount, ledger: acts.ledger };
    return { verification, isOutgrown: false };
  }
  const trust = stated ?? { logs: [key], witnesses: [] };
  const report = await verifyLog({
    source: log.source,
    trust,
    ed25519: { verify: verifyEd25519 },
    sha256: nativeSha256,
    refuseUnknown: stated !== undefined,
    visit: async (run) => {
      await acts.take(run);
      onProgress(acts.size);
    },
  });
  await acts.finish();
  for (const { path, entry, rule, text } of report.problems) {
    add({ path, ...(entry === undefined ? {} : { entry }), rule, says: text });
  }
  findingCount += report.problemCount - report.problems.length;
  const beside = report.uncovered.filter((path) => !isBesideTree(path));
  for (const path of await withoutGrowth(log, beside, trust)) {
    add({ path, rule: 'LG-52', says: 'Nobody vouches for this file: it is no part of the signed log.' });
  }
  // Before the first act there is nobody whom the log could have accredited.
  if (stated !== undefined && acts.size > 0 && !isFounding) checkWitnesses(stated, acts.ledger, add);
  const policy = stated ?? toDefaultPolicy(key, acts.ledger);
  const checkpoint = stated === undefined ? await checkCosignatures(log, policy, add) : report.checkpoint;
  const signers = new Set(checkpoint?.cosignatures.map((each) => formatVerifierKey(each.key)));
  if (stated !== undefined && checkpoint !== undefined) checkPowers(acts.ledger, key, signers, add);
  const verification = {
    ok: findingCount === 0 && report.ok,
    origin: checkpoint?.origin,
    size: checkpoint?.size ?? 0,
    root: checkpoint === undefined ? undefined : encodeBase64(checkpoint.root),
    cosigners: policy.witnesses
      .filter((witness) => signers.has(formatVerifierKey(witness.key)))
      .map(({ name }) => name),
    acts: acts.checked,
    findings,
    findingCount,
    ledger: acts.ledger,
  };
  const size = report.checkpoint?.size ?? 0;
  const isEdgeGone = report.problems.some(
    ({ kind, path }) => kind === 'FileMissing' && path !== checkpointPath && isPartial(path),
  );
  return { verification, isOutgrown: isEdgeGone && ((await readSize(log, trust)) ?? 0) > size };
}

function isPartial(path: string): boolean {
  const address = parseTilePath(path);
  return address.ok && address.value.width < tileWidth;
}

/** The size of the checkpoint that stands now, if whoever must sign it has. */
async function readSize(log: PublishedLog, trust: CheckpointKeys | Policy): Promise<number | undefined> {
  const bytes = (await log.source.read(checkpointPath)) ?? new Uint8Array();
  const ed25519 = { verify: verifyEd25519 };
  const checkpoint = await ('quorum' in trust
    ? verifyByPolicy(bytes, trust, ed25519)
    : verifyCheckpoint(bytes, trust, ed25519));
  return checkpoint.ok ? checkpoint.value.size : undefined;
}

/**
 * The files beside a log but those that are there because it grows. A tile has its name shortly before its checkpoint, so
 * that one is waited for; what a newer checkpoint covers is its own to answer for.
 */
async function withoutGrowth(
  log: PublishedLog,
  beside: readonly string[],
  trust: CheckpointKeys | Policy,
): Promise<readonly string[]> {
  const givenUpAt = performance.now() + aheadMs;
  let left = beside;
  for (;;) {
    if (left.length === 0) return left;
    const size = (await readSize(log, trust)) ?? 0;
    const still: string[] = [];
    for (const path of left) {
      const isCovered = isWithin(path, size);
      if (!isCovered && (await log.source.read(path)) !== undefined) still.push(path);
    }
    left = still;
    if (!left.some((path) => parseTilePath(path).ok) || performance.now() > givenUpAt) return left;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

function isWithin(path: string, size: number): boolean {
  const address = parseTilePath(path);
  if (!address.ok) return false;
  const { level, index, width } = address.value;
  return index * tileWidth + width <= levelSize(level === 'entries' ? 0 : level, size);
}

/** The key and the policy, and a file that whoever publishes is still writing: it has its name to come. */
function isBesideTree(path: string): boolean {
  const name = path.replace(/\.new$/u, '');
  const isUnfinished = name !== path;
  return (
    name === 'vkey' ||
    name === 'policy' ||
    (isUnfinished && (name === checkpointPath || parseTilePath(name).ok))
  );
}

const nothing = { ok: false, origin: undefined, size: 0, root: undefined, cosigners: [], acts: 0 } as const;

/** The verifier key beside the log: one line and nothing else. */
async function readKey(
  log: PublishedLog,
  expected: string | undefined,
  add: (finding: Finding) => void,
): Promise<VerifierKey | undefined> {
  const text = await log.readText('vkey');
  if (text === undefined) {
    add({ path: 'vkey', rule: 'LG-25', says: 'The file is missing: whose log is this?' });
    return undefined;
  }
  if (expected !== undefined && text !== `${expected}\n`) {
    add({ path: 'vkey', rule: 'LG-25', says: 'The key beside the log is not the key you gave.' });
    return undefined;
  }
  const key = text.endsWith('\n') ? parseVerifierKey(fromLatin1(text.slice(0, -1)), nativeSha256) : undefined;
  if (key?.ok === true && `${toLatin1(formatVerifierKey(key.value))}\n` === text) return key.value;
  const isKey = key === undefined || key.ok;
  add({
    path: 'vkey',
    rule: 'LG-25',
    says: isKey ? 'The file must be one verifier key and a newline.' : key.problem.text,
  });
  return undefined;
}

/** The policy beside the log, in its one spelling, for the very key beside it; nothing where there is none. */
async function readPolicy(
  log: PublishedLog,
  key: VerifierKey,
  add: (finding: Finding) => void,
): Promise<Policy | 'wrong' | undefined> {
  const text = await log.readText('policy');
  if (text === undefined) return undefined;
  const wrong = (rule: string, says: string): 'wrong' => {
    add({ path: 'policy', rule, says });
    return 'wrong';
  };
  const policy = parsePolicy(Buffer.from(text, 'latin1'), nativeSha256);
  if (!policy.ok) return wrong(policy.problem.rule, policy.problem.text);
  const [only, ...others] = policy.value.logs;
  if (only === undefined || others.length > 0 || formatVerifierKey(only.key) !== formatVerifierKey(key)) {
    return wrong('LG-48', 'The policy is not for the one log whose key is in "vkey".');
  }
  return withOneWord(Buffer.from(formatPolicy(policy.value)).toString('latin1')) === withOneWord(text)
    ? policy.value
    : wrong('LG-45', 'The policy is not in its one spelling: single blanks, no comments, no addresses.');
}

/** Where no policy lies beside the log: every power the exchanges accredited, and any neutral where there is one. */
function toDefaultPolicy(log: VerifierKey, ledger: Ledger): Policy {
  // By key, not by code: an exchange may call anybody A, and must not put that one in another A's place.
  const witnesses = new Map<string, Policy['witnesses'][number] & { readonly isPower: boolean }>();
  const taken = new Set<string>();
  for (const { state } of ledger.exchanges.values()) {
    for (const { id, kind, witness } of valuesOf(state.parties)) {
      // The host cosigns nothing, and a neutral may be without a node; every power has a key of its own [EX-66].
      if (witness === '') continue;
      const key = parseVerifierKey(witness, nativeSha256);
      if (!key.ok) throw new Error('the rules let in a party by a witness key that is none');
      const before = witnesses.get(witness);
      const name = before?.name ?? (taken.has(id) ? `${id} (${state.id ?? ''})` : id);
      taken.add(name);
      witnesses.set(witness, {
        name,
        key: key.value,
        isPower: before?.isPower === true || kind === 'power',
      });
    }
  }
  const names = (isPower: boolean): readonly string[] =>
    [...witnesses.values()].filter((each) => each.isPower === isPower).map(({ name }) => name);
  const groups = [
    { name: 'all powers', threshold: names(true).length, members: names(true) },
    { name: 'any neutral', threshold: 1, members: names(false) },
  ].filter(({ members }) => members.length > 0);
  const both = { name: 'both', threshold: groups.length, members: groups.map(({ name }) => name) };
  return {
    logs: [{ key: log }],
    witnesses: [...witnesses.values()],
    groups: [...groups, both],
    quorum: groups.length === 0 ? 'none' : both.name,
  };
}

async function checkCosignatures(
  log: PublishedLog,
  policy: Policy,
  add: (finding: Finding) => void,
): Promise<VerifiedCheckpoint | undefined> {
  const bytes = await log.source.read(checkpointPath);
  const verified = await verifyByPolicy(bytes ?? new Uint8Array(), policy, { verify: verifyEd25519 });
  if (!verified.ok) {
    add({ path: checkpointPath, rule: verified.problem.rule, says: verified.problem.text });
    return undefined;
  }
  const [stranger] = verified.value.unknown;
  if (stranger !== undefined) {
    const says = `It carries a line of "${stranger.name}", whom no exchange in this log accredited.`;
    add({ path: checkpointPath, rule: 'LG-55', says });
  }
  return verified.value;
}

/** A group of one is met by all and by any alike: both words are taken. */
function withOneWord(policy: string): string {
  return policy.replaceAll(/^(group [^ ]+) (?:all|any) ([^ ]+)$/gmu, '$1 all $2');
}

/** Every witness of the policy is the node of a party that some exchange of this log accredited, by its very key. */
function checkWitnesses(policy: Policy, ledger: Ledger, add: (finding: Finding) => void): void {
  const accredited = new Set<string>();
  for (const { state } of ledger.exchanges.values()) {
    for (const { witness } of valuesOf(state.parties)) accredited.add(witness);
  }
  for (const { name, key } of policy.witnesses) {
    if (!accredited.has(formatVerifierKey(key))) {
      add({
        path: 'policy',
        rule: 'ND-41',
        says: `No exchange in this log has accredited "${name}" with this witness key.`,
      });
    }
  }
}

/** Whoever wrote the policy beside a log could ask for too little by it: the powers are asked for whatever it says. */
function checkPowers(
  ledger: Ledger,
  log: VerifierKey,
  signers: ReadonlySet<string>,
  add: (finding: Finding) => void,
): void {
  const policy = toDefaultPolicy(log, ledger);
  const { witnesses } = policy;
  const signed = witnesses.filter((each) => signers.has(formatVerifierKey(each.key))).map(({ name }) => name);
  if (isQuorum(policy, new Set(signed))) return;
  const missing = witnesses.map(({ name }) => name).filter((name) => !signed.includes(name));
  add({
    path: checkpointPath,
    rule: 'ND-41',
    says: `Every power and a neutral that this log accredited must have cosigned; missing: ${missing.join(', ')}.`,
  });
}

/** Judges acts in order, with their signatures checked beside. */
class ActChecker {
  readonly #add: (finding: Finding) => void;
  readonly #checks = new Set<Promise<void>>();
  readonly #leaves: Hash[] = [];
  /** Nonces by exchange and key. */
  readonly #nonces = new Set<string>();
  /** First entry that names each tree it comes after. */
  readonly #afters = new Map<
    string,
    { readonly size: number; readonly root: string; readonly entry: number }
  >();
  ledger: Ledger = emptyLedger;
  size = 0;
  checked = 0;

  constructor(add: (finding: Finding) => void) {
    this.#add = add;
  }

  async take({ first, entries, leaves }: EntryRun): Promise<void> {
    for (const [at, bytes] of entries.entries()) this.#judge(first + at, bytes);
    for (const leaf of leaves) this.#leaves.push(leaf);
    this.size = first + entries.length;
    if (this.#checks.size > checksMax) await Promise.all(this.#checks);
    else await new Promise((resolve) => setImmediate(resolve));
  }

  async finish(): Promise<void> {
    await Promise.all(this.#checks);
    this.#checkAfters();
  }

  #judge(entry: number, bytes: Uint8Array): void {
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'malformed') {
      this.#refuse(entry, parsed.fault.kind, refusalToSentence({ kind: 'fault', fault: parsed.fault }));
      return;
    }
    const { envelope } = parsed;
    const judgement = judge(this.ledger, envelope, (_, key) => {
      this.#checkSignature(entry, envelope, key);
      return true;
    });
    this.checked += 1;
    const { exchange, by, nonce, after } = envelope.act;
    const once = `${exchange} ${by} ${nonce}`;
    if (judgement.kind === 'accepted' && this.#nonces.has(once))
      this.#refuse(entry, 'ST-2', `${envelope.act.kind}: its nonce was used before.`);
    this.#nonces.add(once);
    const key = `${String(after.size)} ${after.root}`;
    if (!this.#afters.has(key)) this.#afters.set(key, { ...after, entry });
    if (after.size > entry)
      this.#refuse(entry, 'ND-10', `${envelope.act.kind}: it comes after a tree larger than its place.`);
    switch (judgement.kind) {
      case 'accepted':
        this.ledger = { ...follow({ ...this.ledger, size: entry }, envelope), size: entry + 1 };
        return;
      case 'known':
        this.#refuse(entry, 'ActRepeated', `${envelope.act.kind}: the log holds this very act already.`);
        return;
      case 'refused': {
        const { refusal } = judgement;
        const rule = refusal.kind === 'refused' ? refusal.refusal.kind : refusal.kind;
        this.#refuse(entry, rule, `${envelope.act.kind}: ${refusalToSentence(refusal)}`);
      }
    }
  }

  #checkSignature(entry: number, { act, signedBytes, signature }: Envelope, key: string): void {
    const check = verifyEd25519Aside(Buffer.from(key, 'base64'), signedBytes, signature).then((isRight) => {
      this.#checks.delete(check);
      if (!isRight)
        this.#refuse(
          entry,
          'signature',
          `${act.kind}: the signature does not verify under the key it names.`,
        );
    });
    this.#checks.add(check);
  }

  /** Each tree that an act says it comes after is a beginning of this log: one pass over the leaves for all of them. */
  #checkAfters(): void {
    const asked = [...this.#afters.values()].sort((a, b) => a.size - b.size);
    let frontier = emptyFrontier;
    for (const { size, root, entry } of asked) {
      if (size > this.#leaves.length) continue;
      while (frontier.size < size) {
        const leaf = this.#leaves[frontier.size];
        if (leaf === undefined) return;
        frontier = appendLeaf(frontier, leaf, nativeSha256);
      }
      if (encodeBase64(frontierRoot(frontier, nativeSha256)) !== root) {
        this.#refuse(
          entry,
          'ND-10',
          `It comes after a tree of ${String(size)} acts that this log never was.`,
        );
      }
    }
  }

  #refuse(entry: number, rule: string, says: string): void {
    const bundle = Math.floor(entry / 256);
    this.#add({ path: `entry bundle ${String(bundle)}`, entry, rule, says });
  }
}

function toLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
