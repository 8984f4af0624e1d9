/**
 * Verifies a whole published log from its files alone: bytes, tree, signatures, cosigners, and every rule of every exchange.
 *
 *     vkey ── policy ── checkpoint ── root ── tiles ── entries ── envelope ── signature ── after ── decide
 *
 * Law     Any byte changed in any of these files is found, and the file and entry named. Every file has one spelling:
 *         the policy must be the canonical text of itself, and its witnesses the ones the exchanges accredited.
 * Cost    One Ed25519 verification per act, beside this thread where `ed25519` can; one hash per entry and tree node.
 */
import {
  checkpointPath,
  decodeUtf8,
  formatPolicy,
  formatVerifierKey,
  isQuorum,
  levelSize,
  parsePolicy,
  parseTilePath,
  parseVerifierKey,
  policyKeys,
  pureSha256,
  tileWidth,
  verifyByPolicy,
  verifyCheckpoint,
  verifyLog as verifyTree,
  type CheckpointKeys,
  type Ed25519,
  type Policy,
  type Sha256,
  type TileSource,
  type VerifiedCheckpoint,
  type VerifierKey,
} from '@homeward/tlog';
import { Findings, toFileFinding, type Fault, type FileFault, type Finding } from './finding.ts';
import type { Ledger } from './ledger.ts';
import { accreditedWitnesses, findMissingCosigners, findWeakness, whoMustCosign } from './policy.ts';
import { WholeLog } from './verify-acts.ts';

/** What came out of verifying a log. */
export interface Verification {
  readonly ok: boolean;
  /** There when the checkpoint itself verified. */
  readonly checkpoint: VerifiedCheckpoint | undefined;
  /** The checkpoint's bytes as they were read; empty where there were none. */
  readonly note: Uint8Array;
  /** The key beside the log, and the policy that was asked of it: the one beside it, or the one of the accredited. */
  readonly key: VerifierKey | undefined;
  readonly policy: Policy | undefined;
  /** Names of the witnesses of the policy whose cosignature verified. */
  readonly cosigners: readonly string[];
  /** Entries that agree with the tree, acts among them, and signatures that were checked. */
  readonly entries: number;
  readonly acts: number;
  readonly signatures: number;
  /** The first hundred: of the log as a whole, then by entry. */
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  /** How many of them are problems of the tree's own files. */
  readonly problems: number;
  /** Every kind of fault, also beyond the findings that are kept. */
  readonly faults: ReadonlySet<Fault['kind']>;
  /** The fold of the accepted acts: to be believed where `ok`. */
  readonly ledger: Ledger;
}

/** Whom to believe besides the files. */
export interface Trust {
  /** The log's verifier key as it was had by another way; without it, the key beside the log is believed. */
  readonly key?: string;
  /** The one exchange whose cosigners are asked for; without it, each exchange's own. */
  readonly exchange?: string;
}

/** How far a verification has come. */
export interface Progress {
  readonly size: number;
  readonly entries: number;
  readonly signatures: number;
}

export interface Ports {
  readonly ed25519: Ed25519;
  readonly sha256?: Sha256;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Told after every bundle, and awaited: a caller may let other work go on. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}

/** How often a log is read anew that outgrew the reading. */
const readingsMax = 3;
/** How often a file that stands ahead of the checkpoint is looked at again, and the pause between. */
const looksMax = 20;
const lookMs = 100;

const findingsMax = 100;

/**
 * Verifies the log at one of its checkpoints. A log that grows meanwhile is no fault: where whoever publishes it has
 * taken the edge of the checkpoint away before it was read, the newer one is read, a few times at most.
 *
 * Contract  What the source returns may come from an adversary: every fault is a finding. A rejection of the source or of
 *           a port reaches the caller.
 */
export async function verifyLog(source: TileSource, trust: Trust, ports: Ports): Promise<Verification> {
  for (let reading = 1; ; reading += 1) {
    const { verification, isOutgrown } = await new Reading(source, trust, ports).run();
    if (!isOutgrown || reading === readingsMax) return verification;
  }
}

interface Outcome {
  readonly verification: Verification;
  /** True where files of its right edge are gone and a newer checkpoint of the same log stands. */
  readonly isOutgrown: boolean;
}

/** The keys of a log as it publishes them. Nothing where its verifier key cannot be read. That they are the true ones nobody can tell from them. */
export async function readKeys(source: TileSource, sha256?: Sha256): Promise<CheckpointKeys | undefined> {
  const key = parseKeyFile(await source.read('vkey'), sha256);
  if (key === undefined || 'problem' in key) return undefined;
  const policy = await source.read('policy');
  const parsed = policy === undefined ? undefined : parsePolicy(policy, sha256);
  return { logs: [key], witnesses: parsed?.ok === true ? parsed.value.witnesses.map((one) => one.key) : [] };
}

class Reading {
  readonly #source: TileSource;
  readonly #trust: Trust;
  readonly #ports: Ports;
  readonly #sha256: Sha256;
  readonly #findings = new Findings(findingsMax);
  readonly #acts: WholeLog;
  #note: Uint8Array = new Uint8Array();

  constructor(source: TileSource, trust: Trust, ports: Ports) {
    this.#source = source;
    this.#trust = trust;
    this.#ports = ports;
    this.#sha256 = ports.sha256 ?? pureSha256;
    const { ed25519 } = ports;
    this.#acts = new WholeLog({ ed25519, sha256: this.#sha256, add: this.#findings.add });
  }

  async run(): Promise<Outcome> {
    const key = await this.#readKey();
    const stated = key === undefined ? undefined : await this.#readPolicy(key);
    if (key === undefined || stated === 'wrong') {
      return { verification: this.#toVerification({ key }), isOutgrown: false };
    }
    // By the keys alone: a history that too few have cosigned is read all the same, to be told from a second one.
    const keys = stated === undefined ? { logs: [key], witnesses: [] } : policyKeys(stated);
    const trust = stated ?? keys;
    const report = await this.#verifyTree(keys, stated !== undefined);
    const beside = report.uncovered.filter((path) => !isBesideTree(path));
    for (const path of await this.#withoutGrowth(beside, trust)) {
      this.#addFile(
        path,
        'LG-52',
        'FileUncovered',
        'Nobody vouches for this file: it is no part of the signed log.',
      );
    }
    const { policy, checkpoint } = await this.#judgeCosigners(key, stated, report.checkpoint);
    const { entries, problemCount: problems } = report;
    const verification = this.#toVerification({ key, policy, checkpoint, entries, problems });
    const isEdgeGone = report.problems.some(({ kind, path }) => kind === 'FileMissing' && isPartial(path));
    const size = report.checkpoint?.size ?? 0;
    return { verification, isOutgrown: isEdgeGone && ((await this.#readSize(trust)) ?? 0) > size };
  }

  #toVerification(found: {
    readonly key: VerifierKey | undefined;
    readonly policy?: Policy;
    readonly checkpoint?: VerifiedCheckpoint | undefined;
    readonly entries?: number;
    readonly problems?: number;
  }): Verification {
    const { key, policy, checkpoint, entries = 0, problems = 0 } = found;
    const signers = toSigners(checkpoint);
    return {
      ok: this.#findings.count === 0 && checkpoint !== undefined,
      checkpoint,
      note: this.#note,
      key,
      policy,
      cosigners: (policy?.witnesses ?? [])
        .filter((witness) => signers.has(formatVerifierKey(witness.key)))
        .map(({ name }) => name),
      entries,
      acts: this.#acts.acts,
      signatures: this.#acts.signatures,
      findings: this.#findings.first(),
      findingCount: this.#findings.count,
      problems,
      faults: this.#findings.kinds,
      ledger: this.#acts.ledger,
    };
  }

  #addFile(path: string, rule: string, problem: FileFault['problem'], says: string): void {
    this.#findings.add({ path, rule, says, fault: { kind: 'file', problem } });
  }

  async #verifyTree(trust: CheckpointKeys, refuseUnknown: boolean): ReturnType<typeof verifyTree> {
    const acts = this.#acts;
    let size: number | undefined;
    const report = await verifyTree({
      source: {
        ...(this.#source.list === undefined ? {} : { list: () => this.#source.list?.() ?? [] }),
        read: async (path) => {
          const bytes = await this.#source.read(path);
          if (path === checkpointPath) this.#note = bytes ?? new Uint8Array();
          return bytes;
        },
      },
      trust,
      ed25519: this.#ports.ed25519,
      sha256: this.#sha256,
      refuseUnknown,
      visit: async (run) => {
        await acts.take(run);
        size ??= readStatedSize(this.#note);
        await this.#ports.onProgress?.({ size, entries: acts.size, signatures: acts.signatures });
      },
    });
    await acts.finish();
    for (const problem of report.problems) {
      this.#findings.add(toFileFinding(problem.path, problem, problem.entry));
    }
    this.#findings.countMore(report.problemCount - report.problems.length);
    return report;
  }

  /** The verifier key beside the log: one line and nothing else. */
  async #readKey(): Promise<VerifierKey | undefined> {
    const { key: expected } = this.#trust;
    const bytes = await this.#source.read('vkey');
    if (bytes === undefined) {
      this.#addFile('vkey', 'LG-25', 'FileMissing', 'The file is missing: whose log is this?');
      return undefined;
    }
    if (expected !== undefined && decodeUtf8(bytes) !== `${expected}\n`) {
      this.#addFile('vkey', 'LG-25', 'KeyOther', 'The key beside the log is not the key you gave.');
      return undefined;
    }
    const key = parseKeyFile(bytes, this.#sha256);
    if (key !== undefined && !('problem' in key)) return key;
    const says = key?.problem ?? 'The file must be one verifier key and a newline.';
    this.#addFile('vkey', 'LG-25', 'KeyMalformed', says);
    return undefined;
  }

  /** The policy beside the log, in its one spelling, for the very key beside it; nothing where there is none. */
  async #readPolicy(key: VerifierKey): Promise<Policy | 'wrong' | undefined> {
    const bytes = await this.#source.read('policy');
    if (bytes === undefined) return undefined;
    const wrong = (rule: string, problem: FileFault['problem'], says: string): 'wrong' => {
      this.#addFile('policy', rule, problem, says);
      return 'wrong';
    };
    const policy = parsePolicy(bytes, this.#sha256);
    if (!policy.ok) return wrong(policy.problem.rule, policy.problem.kind, policy.problem.text);
    const [only, ...others] = policy.value.logs;
    if (only === undefined || others.length > 0 || formatVerifierKey(only.key) !== formatVerifierKey(key)) {
      return wrong('LG-48', 'PolicyOther', 'The policy is not for the one log whose key is in "vkey".');
    }
    return withOneWord(formatPolicy(policy.value)) === withOneWord(bytes)
      ? policy.value
      : wrong(
          'LG-45',
          'PolicySpelling',
          'The policy is not in its one spelling: single blanks, no comments, no addresses.',
        );
  }

  /** Whoever the policy names, and whoever the exchanges accredited: each asked for its cosignature. */
  async #judgeCosigners(
    key: VerifierKey,
    stated: Policy | undefined,
    byTree: VerifiedCheckpoint | undefined,
  ): Promise<{ readonly policy: Policy; readonly checkpoint: VerifiedCheckpoint | undefined }> {
    const { ledger } = this.#acts;
    const accredited = accreditedWitnesses(ledger, this.#sha256);
    const policy = stated ?? whoMustCosign(key, accredited);
    if (stated !== undefined) findWeakness(stated, accredited).forEach(this.#findings.add);
    if (stated !== undefined && byTree !== undefined) this.#judgeQuorum(stated, toSigners(byTree));
    const checkpoint =
      stated !== undefined || byTree === undefined ? byTree : await this.#verifyCosigners(policy);
    if (checkpoint !== undefined) {
      const { exchange } = this.#trust;
      findMissingCosigners(ledger, toSigners(checkpoint), exchange).forEach(this.#findings.add);
    }
    return { policy, checkpoint };
  }

  #judgeQuorum(policy: Policy, signers: ReadonlySet<string>): void {
    const signed = policy.witnesses.filter(({ key }) => signers.has(formatVerifierKey(key)));
    if (isQuorum(policy, new Set(signed.map(({ name }) => name)))) return;
    const says = `The ${signed.length} known cosignatures are no quorum.`;
    this.#addFile(checkpointPath, 'LG-47', 'QuorumMissed', says);
  }

  /** The checkpoint just read, with the keys of those whom the log itself accredited. */
  async #verifyCosigners(policy: Policy): Promise<VerifiedCheckpoint | undefined> {
    const verified = await verifyCheckpoint(this.#note, policyKeys(policy), this.#ports.ed25519);
    if (!verified.ok) {
      this.#findings.add(toFileFinding(checkpointPath, verified.problem));
      return undefined;
    }
    for (const { name } of verified.value.unknown.slice(0, 1)) {
      const says = `It carries a line of "${name}", whom no exchange in this log accredited.`;
      this.#addFile(checkpointPath, 'LG-55', 'SignatureUnknown', says);
    }
    return verified.value;
  }

  /** The size of the checkpoint that stands now, if whoever must sign it has. */
  async #readSize(trust: CheckpointKeys | Policy): Promise<number | undefined> {
    const bytes = (await this.#source.read(checkpointPath)) ?? new Uint8Array();
    const { ed25519 } = this.#ports;
    const checkpoint = await ('quorum' in trust
      ? verifyByPolicy(bytes, trust, ed25519)
      : verifyCheckpoint(bytes, trust, ed25519));
    return checkpoint.ok ? checkpoint.value.size : undefined;
  }

  /**
   * The files beside a log but those that are there because it grows. A tile has its name shortly before its checkpoint, so
   * that one is waited for; what a newer checkpoint covers is its own to answer for.
   */
  async #withoutGrowth(
    beside: readonly string[],
    trust: CheckpointKeys | Policy,
  ): Promise<readonly string[]> {
    let left = beside;
    for (let look = 1; ; look += 1) {
      if (left.length === 0) return left;
      const size = (await this.#readSize(trust)) ?? 0;
      const still: string[] = [];
      for (const path of left) {
        if (!isWithin(path, size) && (await this.#source.read(path)) !== undefined) still.push(path);
      }
      left = still;
      if (look === looksMax || !left.some((path) => parseTilePath(path).ok)) return left;
      await this.#ports.pause(lookMs);
    }
  }
}

/** The key a `vkey` file states, or in words why it states none; nothing where it is no single line in the one spelling. */
function parseKeyFile(
  bytes: Uint8Array | undefined,
  sha256?: Sha256,
): VerifierKey | { readonly problem: string } | undefined {
  const text = bytes === undefined ? undefined : decodeUtf8(bytes);
  if (text?.endsWith('\n') !== true) return undefined;
  const key = parseVerifierKey(text.slice(0, -1), sha256);
  if (!key.ok) return { problem: key.problem.text };
  return `${formatVerifierKey(key.value)}\n` === text ? key.value : undefined;
}

function toSigners(checkpoint: VerifiedCheckpoint | undefined): ReadonlySet<string> {
  return new Set(checkpoint?.cosignatures.map(({ key }) => formatVerifierKey(key)));
}

/** A checkpoint's second line as a number, before anything is believed: for progress only. */
function readStatedSize(note: Uint8Array): number {
  const size = Number(decodeUtf8(note)?.split('\n')[1]);
  return Number.isSafeInteger(size) && size >= 0 ? size : 0;
}

/** A group of one is met by all and by any alike: both words are taken. One character for each octet. */
function withOneWord(policy: Uint8Array): string {
  const text = Array.from(policy, (octet) => String.fromCharCode(octet)).join('');
  return text.replaceAll(/^(group [^ ]+) (?:all|any) ([^ ]+)$/gmu, '$1 all $2');
}

function isPartial(path: string): boolean {
  const address = parseTilePath(path);
  return address.ok && address.value.width < tileWidth;
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
