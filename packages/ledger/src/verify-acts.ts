/**
 * Judges the entries of a log one after another: form, key, signature, the tree each comes after, nonce, rules.
 *
 *     replica    one stretch after another, stops at the first fault:     verifyStretch
 *     auditor    the whole log, names every fault, signatures beside:     WholeLog
 *
 * Law     Both judge an entry by the same function and name a fault in the same words.
 */
import { parseEnvelope, type Act, type ActKind, type Envelope, type Exchange } from '@homeward/core/exchange';
import {
  appendLeaf,
  emptyFrontier,
  encodeBase64,
  frontierRoot,
  type Ed25519,
  type EntryRun,
  type Hash,
  type Sha256,
} from '@homeward/tlog';
import { toEntryFault, toEntryFinding, type EntryFault, type Finding } from './finding.ts';
import { judge, verifyEnvelope, type IsSigned } from './judge.ts';
import { emptyLedger, findExchangeOf, follow, type Ledger } from './ledger.ts';

type Judged =
  | { readonly envelope: Envelope; readonly next: Ledger }
  | { readonly envelope: Envelope | undefined; readonly fault: EntryFault };

/** The ledger must be that of the entries before this one. */
function judgeEntry(ledger: Ledger, bytes: Uint8Array, isSigned: IsSigned): Judged {
  const parsed = parseEnvelope(bytes);
  if (parsed.kind === 'malformed') {
    return { envelope: undefined, fault: { kind: 'unreadable', fault: parsed.fault } };
  }
  const { envelope } = parsed;
  const judgement = judge(ledger, envelope, isSigned);
  switch (judgement.kind) {
    case 'accepted':
      return { envelope, next: follow(ledger, envelope) };
    case 'known':
      return { envelope, fault: { kind: 'repeated' } };
    case 'refused':
      return { envelope, fault: toEntryFault(judgement.refusal) };
  }
}

/** An accepted entry, with the states of its exchange around it. */
export interface AcceptedEntry {
  readonly bytes: Uint8Array;
  readonly envelope: Envelope;
  readonly before: Exchange;
  readonly after: Exchange;
}

export interface StretchVerdict {
  /** The ledger after the accepted entries. */
  readonly ledger: Ledger;
  readonly accepted: readonly AcceptedEntry[];
  /** What is wrong with the entry after those; nothing when all were accepted. */
  readonly finding: Finding | undefined;
}

export interface StretchPorts {
  readonly isSigned: IsSigned;
  /** The root (base64) of the first `size` entries of this log, for any `size` up to the place of the entry asked for. */
  readonly rootAt: (size: number) => string | Promise<string>;
}

/**
 * Judges the next entries of a log; the first fault ends it. Nonces are left to whoever stores the entries, for a ledger
 * does not remember them.
 */
export async function verifyStretch(
  start: Ledger,
  entries: readonly Uint8Array[],
  { isSigned, rootAt }: StretchPorts,
): Promise<StretchVerdict> {
  let ledger = start;
  const accepted: AcceptedEntry[] = [];
  for (const bytes of entries) {
    const entry = ledger.size;
    const judged = judgeEntry(ledger, bytes, isSigned);
    const { envelope } = judged;
    const fault = 'fault' in judged ? judged.fault : await findAfterFault(judged.envelope, entry, rootAt);
    if (fault !== undefined || !('next' in judged)) {
      const finding = fault === undefined ? undefined : toEntryFinding(entry, envelope?.act.kind, fault);
      return { ledger, accepted, finding };
    }
    const { act } = judged.envelope;
    accepted.push({
      bytes,
      envelope: judged.envelope,
      before: findExchangeOf(ledger, act),
      after: findExchangeOf(judged.next, act),
    });
    ledger = judged.next;
  }
  return { ledger, accepted, finding: undefined };
}

async function findAfterFault(
  { act: { after } }: Envelope,
  entry: number,
  rootAt: StretchPorts['rootAt'],
): Promise<EntryFault | undefined> {
  const { size, root } = after;
  if (size > entry) return { kind: 'after-ahead', size };
  return (await rootAt(size)) === root ? undefined : { kind: 'after', size };
}

/** Signature checks under way at most, so that a long log does not fill memory; and so few that more are begun. */
const checksMax = 2_048;
const checksLow = 1_024;

export interface WholeLogPorts {
  readonly ed25519: Ed25519;
  readonly sha256: Sha256;
  readonly add: (finding: Finding) => void;
}

/**
 * Judges a log from its first entry to its last and goes on after a fault. Signatures are checked beside, so that an
 * `ed25519` that works on other threads keeps them busy.
 *
 * Contract  Give it every run in order, then `finish`; before that the ledger is not to be believed. A rejection of
 *           `ed25519` reaches the caller.
 */
export class WholeLog {
  readonly #ports: WholeLogPorts;
  readonly #checks = new Checks();
  readonly #leaves: Hash[] = [];
  /** Nonces by exchange and key. */
  readonly #nonces = new Set<string>();
  /** The first entry that names each tree it comes after. */
  readonly #afters = new Map<string, After>();
  /** The fold of the accepted acts. */
  ledger: Ledger = emptyLedger;
  /** Entries read. */
  size = 0;
  /** Entries that are acts. */
  acts = 0;
  /** Signatures whose check has ended. */
  signatures = 0;

  constructor(ports: WholeLogPorts) {
    this.#ports = ports;
  }

  /** Judges the next entries; resolves once so few signature checks are under way that more may be given. */
  async take({ first, entries, leaves }: EntryRun): Promise<void> {
    for (const [at, bytes] of entries.entries()) this.#judge(first + at, bytes);
    for (const [at, leaf] of leaves.entries()) this.#leaves[first + at] = leaf;
    this.size = first + entries.length;
    if (this.#checks.running > checksMax) await this.#checks.until(checksLow);
  }

  async finish(): Promise<void> {
    await this.#checks.until(0);
    this.#checkAfters();
  }

  #judge(entry: number, bytes: Uint8Array): void {
    const { ledger } = this;
    const before = ledger.size === entry ? ledger : { ...ledger, size: entry };
    const judged = judgeEntry(before, bytes, (envelope, key) => {
      this.#checkSignature(entry, envelope, key);
      return true;
    });
    const { envelope } = judged;
    if (envelope !== undefined) this.acts += 1;
    if ('fault' in judged) {
      this.#refuse(entry, envelope?.act.kind, judged.fault);
    } else {
      this.ledger = judged.next;
      this.#noteNonce(entry, judged.envelope.act);
    }
    if (envelope !== undefined) this.#noteAfter(entry, envelope.act);
  }

  #noteNonce(entry: number, { exchange, by, nonce, kind }: Act): void {
    const once = `${exchange} ${by} ${nonce}`;
    if (this.#nonces.has(once)) this.#refuse(entry, kind, { kind: 'nonce' });
    this.#nonces.add(once);
  }

  #noteAfter(entry: number, { after: { size, root }, kind }: Act): void {
    if (size > entry) {
      this.#refuse(entry, kind, { kind: 'after-ahead', size });
      return;
    }
    const tree = `${size} ${root}`;
    if (!this.#afters.has(tree)) this.#afters.set(tree, { entry, kind, size, root });
  }

  #checkSignature(entry: number, envelope: Envelope, key: string): void {
    const { kind } = envelope.act;
    const note = (isRight: boolean): void => {
      this.signatures += 1;
      if (!isRight) this.#refuse(entry, kind, { kind: 'signature' });
    };
    const verdict = verifyEnvelope(this.#ports.ed25519, envelope, key);
    if (typeof verdict === 'boolean') note(verdict);
    else this.#checks.start(verdict, note);
  }

  /** Each tree that an act says it comes after is a beginning of this log: one pass over the leaves for all of them. */
  #checkAfters(): void {
    const { sha256 } = this.#ports;
    let frontier = emptyFrontier;
    for (const { size, root, entry, kind } of [...this.#afters.values()].sort((a, b) => a.size - b.size)) {
      while (frontier.size < size) {
        const leaf = this.#leaves[frontier.size];
        // Beyond a leaf that nobody could read no tree can be told.
        if (leaf === undefined) return;
        frontier = appendLeaf(frontier, leaf, sha256);
      }
      if (encodeBase64(frontierRoot(frontier, sha256)) !== root) {
        this.#refuse(entry, kind, { kind: 'after', size });
      }
    }
  }

  #refuse(entry: number, kind: ActKind | undefined, fault: EntryFault): void {
    this.#ports.add(toEntryFinding(entry, kind, fault));
  }
}

/** A tree that an act says it comes after. */
interface After {
  readonly entry: number;
  readonly kind: ActKind;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** Counts checks that go on beside, and lets one caller wait until few enough are left. */
class Checks {
  running = 0;
  #failure: { readonly error: unknown } | undefined;
  #most = 0;
  #wake: (() => void) | undefined;

  start(verdict: Promise<boolean>, note: (isRight: boolean) => void): void {
    this.running += 1;
    verdict.then(note).then(
      () => this.#end(),
      (error: unknown) => {
        this.#failure ??= { error };
        this.#end();
      },
    );
  }

  #end(): void {
    this.running -= 1;
    if (this.running <= this.#most) this.#wake?.();
  }

  /** Resolves once `most` or fewer are left; rejects with what the first that failed rejected with. */
  async until(most: number): Promise<void> {
    if (this.running > most) {
      this.#most = most;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
