/**
 * What is wrong with a log: one finding for each fault, in the same words for a node, a command and a page.
 */
import type { ActKind, EnvelopeFault, ExchangeId, Refusal } from '@homeward/core/exchange';
import { type Problem, type ProblemKind, tileWidth } from '@homeward/tlog';
import { refusalToSentence, type ActRefusal } from './judge.ts';

/** What is wrong with one entry. */
export type EntryFault =
  | { readonly kind: 'unreadable'; readonly fault: EnvelopeFault }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'exchange-unknown' }
  | { readonly kind: 'signature' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** It names a tree it comes after, and this log never was that tree. */
  | { readonly kind: 'after'; readonly size: number }
  /** It names a tree it comes after that is larger than its own place. */
  | { readonly kind: 'after-ahead'; readonly size: number }
  /** Its nonce was used before in its exchange, under its key. */
  | { readonly kind: 'nonce' };

/** What is wrong with a file, the keys or the cosignatures. */
export interface FileFault {
  readonly kind: 'file';
  readonly problem:
    | ProblemKind
    /** The key beside the log is another than the one that was given. */
    | 'KeyOther'
    /** The policy is for another log than the one whose key lies beside it. */
    | 'PolicyOther'
    | 'PolicySpelling'
    /** Nobody vouches for this file. */
    | 'FileUncovered';
}

/** What is wrong with who has cosigned, or is asked to. */
export interface WitnessFault {
  readonly kind: 'witness';
  readonly problem:
    /** The policy would do without a power that it names. */
    | 'PolicyWeak'
    /** A power of an exchange, or every neutral of it, has not cosigned. */
    | 'CosignatureMissing';
  /** Whose cosigners are missing; nothing where the policy is meant. */
  readonly exchange?: ExchangeId;
  /** Whom the policy or the log calls so: hostile text where the log is. */
  readonly names: readonly string[];
}

export type Fault = EntryFault | FileFault | WitnessFault;

/** One thing that is wrong, where, by which rule. */
export interface Finding {
  /** The file, below the log's folder; for an entry, its bundle. */
  readonly path: string;
  /** The entry, where one can be named. */
  readonly entry?: number;
  /** The rule: an id of a specification, or the kind of the core's refusal. */
  readonly rule: string;
  /** A sentence in English. Names in it come from the log and may be hostile: escape them where they are shown. */
  readonly says: string;
  readonly fault: Fault;
}

const rules = {
  repeated: 'ActRepeated',
  'exchange-unknown': 'exchange-unknown',
  signature: 'signature',
  after: 'ND-10',
  'after-ahead': 'ND-10',
  nonce: 'ST-2',
} as const satisfies Record<Exclude<EntryFault['kind'], 'unreadable' | 'refused'>, string>;

/** The finding for a fault of an entry; `kind` is the entry's kind of act, where it can be read. */
export function toEntryFinding(entry: number, kind: ActKind | undefined, fault: EntryFault): Finding {
  const path = `entry bundle ${Math.floor(entry / tileWidth)}`;
  const says = `${kind === undefined ? '' : `${kind}: `}${entryFaultToSentence(fault)}`;
  const rule =
    fault.kind === 'unreadable'
      ? fault.fault.kind
      : fault.kind === 'refused'
        ? fault.refusal.kind
        : rules[fault.kind];
  return { path, entry, rule, says, fault };
}

function entryFaultToSentence(fault: EntryFault): string {
  switch (fault.kind) {
    case 'unreadable':
      return refusalToSentence({ kind: 'fault', fault: fault.fault });
    case 'repeated':
      return 'the log holds this very act already.';
    case 'exchange-unknown':
      return refusalToSentence({ kind: 'exchange-unknown' });
    case 'signature':
      return refusalToSentence({ kind: 'signature-wrong' });
    case 'refused':
      return refusalToSentence({ kind: 'refused', refusal: fault.refusal });
    case 'after':
      return refusalToSentence({ kind: 'after-unknown', size: fault.size });
    case 'after-ahead':
      return 'it comes after a tree larger than its place.';
    case 'nonce':
      return 'its nonce was used before.';
  }
}

/** The fault of an entry for which `judge` gave a refusal. Throws on refusals that only a host makes, before it logs. */
export function toEntryFault(refusal: ActRefusal): EntryFault {
  switch (refusal.kind) {
    case 'fault':
      return { kind: 'unreadable', fault: refusal.fault };
    case 'exchange-unknown':
      return refusal;
    case 'signature-wrong':
      return { kind: 'signature' };
    case 'refused':
      return { kind: 'refused', refusal: refusal.refusal };
    case 'after-unknown':
      return { kind: 'after', size: refusal.size };
    case 'opener-unknown':
    case 'interlock':
      throw new Error(`a log is not judged by ${refusal.kind}`);
  }
}

/** The finding for a problem of a file. */
export function toFileFinding(path: string, { kind, rule, text }: Problem, entry?: number): Finding {
  return {
    path,
    ...(entry === undefined ? {} : { entry }),
    rule,
    says: text,
    fault: { kind: 'file', problem: kind },
  };
}

/**
 * The findings of one verification, so many at most, in one order whatever was found first: those of the log as a whole,
 * then those of entries from the first on.
 *
 * Cost    Memory for twice `most` findings, however bad the log is.
 */
export class Findings {
  readonly #most: number;
  readonly #kinds = new Set<Fault['kind']>();
  #found: Finding[] = [];
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#count;
  }

  /** Every kind that was found, also beyond the findings that are kept. */
  get kinds(): ReadonlySet<Fault['kind']> {
    return this.#kinds;
  }

  /** Counts faults of which nobody kept a finding. */
  countMore(more: number): void {
    this.#count += more;
  }

  readonly add = (finding: Finding): void => {
    this.#count += 1;
    this.#kinds.add(finding.fault.kind);
    this.#found.push(finding);
    if (this.#found.length >= 2 * this.#most) this.#found = this.first().slice();
  };

  /** Those to show. */
  first(): readonly Finding[] {
    return this.#found.toSorted((one, other) => (one.entry ?? -1) - (other.entry ?? -1)).slice(0, this.#most);
  }
}
