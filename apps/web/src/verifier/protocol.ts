/** What the page and the verifying worker say to each other. */
import type { Finding as LogFinding } from '@homeward/ledger';
import type { ActLine } from '../reading/act-line.ts';

/** The newest checkpoint this browser verified, kept between visits to notice a fork or a rollback. */
export interface SeenCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** Verifier keys of the log and of the witnesses it had, as text. */
  readonly log: string;
  readonly witnesses: readonly string[];
  /** Milliseconds since the epoch by this device. */
  readonly at: number;
}

export type Stage = 'checkpoint' | 'entries' | 'signatures' | 'rules' | 'witnesses' | 'earlier';
export type StageState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

export interface StageProgress {
  readonly stage: Stage;
  readonly state: StageState;
  readonly done: number;
  readonly of: number;
}

/** One thing that is wrong, by what it is. */
export type Finding =
  /** With the log by itself, as every verifier of it says. */
  | { readonly kind: 'log'; readonly finding: LogFinding }
  | { readonly kind: 'fork'; readonly size: number; readonly had: string; readonly now: string }
  | { readonly kind: 'rollback'; readonly had: number; readonly size: number }
  | { readonly kind: 'inconsistent'; readonly had: number; readonly size: number }
  /** This browser saw logs of this node before, and none is called so. */
  | { readonly kind: 'other-log'; readonly origin: string; readonly was: readonly string[] }
  /** The log has the name it had, and another key. */
  | { readonly kind: 'other-key'; readonly had: string; readonly now: string };

export interface VerifiedExchange {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  readonly acts: number;
}

export interface Cosigner {
  readonly name: string;
  /** The verifier key its line verified under, as text; empty where the line was not checked. */
  readonly key: string;
  /** The instant it names, ISO 8601, or `@` and its Unix seconds where no date can hold it; empty where the line was not checked. */
  readonly at: string;
}

export interface VerificationReport {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  readonly origin: string;
  /** The checkpoint itself, as the node gave it; empty where it does not verify. */
  readonly note: string;
  readonly log: string;
  readonly witnesses: readonly string[];
  readonly cosigners: readonly Cosigner[];
  /** What contradicts what this browser saw, then the first hundred of the log; and how many in all. */
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  readonly exchanges: readonly VerifiedExchange[];
  /** The earlier checkpoint it was compared with, if there was one. */
  readonly earlier: SeenCheckpoint | undefined;
  readonly milliseconds: number;
}

/** Whether an act's own signature verifies under the key its fingerprint names; `none` where that key is not known. */
export type SignatureState = 'ok' | 'bad' | 'none';

export type ProofAnswer =
  | {
      readonly kind: 'proven';
      readonly size: number;
      readonly root: string;
      readonly path: readonly string[];
      readonly cosigners: readonly Cosigner[];
      readonly signature: SignatureState;
      readonly file: Uint8Array;
    }
  | { readonly kind: 'not-yet' }
  /** `text` is the verifier's own sentence, in English; empty where it has none. */
  | { readonly kind: 'wrong'; readonly problem: string; readonly path: string; readonly text: string };

export type FileAnswer =
  | {
      readonly kind: 'proven';
      readonly index: number;
      readonly size: number;
      readonly root: string;
      readonly origin: string;
      readonly logKey: string;
      /** Whether the log's key is of a log this browser verified before, or only what the file itself carries. */
      readonly logKnown: boolean;
      readonly cosigners: readonly Cosigner[];
      readonly signature: SignatureState;
      readonly line: ActLine | undefined;
      readonly json: string;
    }
  | { readonly kind: 'malformed'; readonly text: string }
  | { readonly kind: 'no-act' }
  /** The log is unknown to this browser, and the file carries no key of it to check anything by. */
  | { readonly kind: 'no-key' }
  | { readonly kind: 'wrong'; readonly problem: string; readonly text: string };

/** A checkpoint of another node, against the log of this one. Roots in base64. */
export type ComparedNote =
  | { readonly kind: 'same'; readonly size: number }
  | { readonly kind: 'fork'; readonly size: number; readonly here: string; readonly there: string }
  /** Of a longer log than this node shows: nothing could be compared. */
  | { readonly kind: 'newer'; readonly size: number; readonly have: number }
  /** No checkpoint that this log signed. */
  | { readonly kind: 'foreign' }
  /** This node's own checkpoint or files do not verify. */
  | { readonly kind: 'unproved' };

export interface EntryToProve {
  readonly index: number;
  /** The entry as the page shows it: what is proven is that these very bytes are in the log. */
  readonly entry: Uint8Array;
  /** Raw Ed25519 key of the signer, base64; empty where the record knows none. */
  readonly publicKey: string;
}

export interface Tasks {
  readonly log: {
    readonly ask: { readonly base: string; readonly seen: readonly SeenCheckpoint[] };
    readonly answer: VerificationReport;
    readonly progress: StageProgress;
  };
  readonly prove: {
    readonly ask: { readonly base: string } & EntryToProve;
    readonly answer: ProofAnswer;
  };
  readonly compare: {
    readonly ask: { readonly base: string; readonly note: string };
    readonly answer: ComparedNote;
  };
  readonly file: {
    readonly ask: { readonly bytes: Uint8Array; readonly seen: readonly SeenCheckpoint[] };
    readonly answer: FileAnswer;
  };
}
/**
 * Why a question got no answer: the node is silent, or gave another answer than its contract promises; this browser cannot
 * check signatures; the reader stopped it; or the program itself has a fault.
 */
export const faultCodes = ['silent', 'answer', 'no-ed25519', 'stopped', 'program'] as const;
export type FaultCode = (typeof faultCodes)[number];

/** A question that got no answer. */
export class VerifierFault extends Error {
  override readonly name = 'VerifierFault';
  readonly code: FaultCode;
  constructor(code: FaultCode, message: string = code) {
    super(message);
    this.code = code;
  }
}
