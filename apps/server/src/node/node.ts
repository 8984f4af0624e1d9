/** What every node offers to its HTTP routes, whatever its role. */
import type {
  ExchangeSummary,
  LoggedAct,
  NodeRole,
  NodeStatus,
  Problem,
  Submission,
} from '@homeward/contract';
import type { WitnessAnswer } from '@homeward/tlog';
import type { Feed } from '../log/feed.ts';
import type { Ledger } from '@homeward/ledger';
import type { NotVouched } from '../witness/witness.ts';

/** What became of an act that was handed in. */
export type Submitted =
  | { readonly kind: 'logged'; readonly submission: Submission; readonly again: boolean }
  /** On this node's disk, and sent to the host as soon as it answers. */
  | { readonly kind: 'kept'; readonly id: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface StoredEntry {
  readonly index: number;
  readonly bytes: Uint8Array;
}

export interface Node {
  readonly role: NodeRole;
  readonly name: string;
  readonly origin: string;
  /** vkey of the log, and the policy this node reads checkpoints by. */
  readonly logKey: string;
  readonly policyText: string;
  readonly feed: Feed;
  submit(envelope: Uint8Array): Promise<Submitted>;
  status(): Promise<NodeStatus>;
  findAct(id: string): Promise<LoggedAct | undefined>;
  /** Offline proof of an act under the checkpoint shown, as tlog-proof text. */
  findProof(id: string): Promise<string | undefined>;
  findExchange(id: string): ExchangeSummary | undefined;
  /** State of every exchange, as far as this node verified it. */
  ledger(): Ledger;
  /** The checkpoint to show to those outside: the newest that the policy accepts. */
  findCheckpoint(): string | undefined;
  /** The newest checkpoint this node stands by, whoever has cosigned it yet: for the members of the log. */
  findNewest(): string | undefined;
  /** Entries that `entries` may be asked for: verified ones. */
  size(): number;
  entries(from: number, to: number): Promise<readonly StoredEntry[]>;
  readonly findTile: (path: string) => Promise<Uint8Array | undefined>;
  /** Absent on a host: it does not witness its own log. */
  readonly addCheckpoint?: (body: Uint8Array) => Promise<WitnessAnswer | NotVouched>;
  readonly findWitnessed?: (originHash: string) => Promise<string | undefined>;
  stop(): Promise<void>;
}
