/** What the page and its replica worker say to each other. All of it is plain data. */
import type { Refusal } from '@homeward/core/exchange';
import type { BoardView } from '../reading/board-view.ts';
import type { Change } from '../reading/change.ts';
import type { ActLine } from '../reading/act-line.ts';
import type { RecordQuery } from '../reading/record-query.ts';
import type { ExchangeHead } from '../reading/folded-log.ts';

/** How the page stands to its node's log. */
export interface ReplicaStatus {
  /**
   * `loading`: reading what there is; `live`: following; `cut`: the node does not answer, what is shown is old; `stopped`: not
   * followed, as the faults say: for good after a fault of the program, and while the node serves another log.
   */
  readonly phase: 'loading' | 'live' | 'cut' | 'stopped';
  /** Entries held here, and entries the node last said there are. */
  readonly have: number;
  readonly size: number;
  /** Milliseconds since the epoch by this device: when the node was last heard; 0 where it never was. */
  readonly heard: number;
  readonly origin: string;
  readonly exchanges: readonly ExchangeHead[];
  /** What is wrong, each thing once, in the order found. */
  readonly faults: readonly ReplicaFault[];
}

export type ReplicaFault =
  | { readonly kind: 'gap'; readonly expected: number; readonly got: number }
  | { readonly kind: 'changed'; readonly index: number }
  | { readonly kind: 'shrunk'; readonly had: number; readonly size: number }
  | { readonly kind: 'other-log'; readonly origin: string; readonly was: string }
  /** The program that reads the log, and not the log. */
  | { readonly kind: 'program'; readonly message: string };

/** Whether this page knows that there may be acts which it has not read. */
export function isPartial({ phase, have, size }: ReplicaStatus): boolean {
  return phase !== 'live' || have < size;
}

export type RecordLine =
  | { readonly kind: 'act'; readonly line: ActLine }
  | { readonly kind: 'refused'; readonly line: ActLine; readonly refusal: Refusal }
  | { readonly kind: 'unread'; readonly index: number; readonly bytes: number };

export interface ActDetail {
  readonly record: RecordLine;
  readonly bytes: Uint8Array;
  /** The act's canonical JSON; empty where the entry is no act. */
  readonly json: string;
  readonly changes: readonly Change[];
  /** Raw Ed25519 key that must have signed, base64; empty where the record knows none. */
  readonly publicKey: string;
  readonly position: number;
}

/** A party to filter by. */
export interface PartyLabel {
  readonly label: string;
  readonly host: boolean;
}

export interface Questions {
  readonly board: {
    readonly ask: { readonly exchange: string; readonly position?: number };
    readonly answer: BoardView | undefined;
  };
  readonly find: { readonly ask: RecordQuery; readonly answer: Int32Array };
  readonly lines: { readonly ask: readonly number[]; readonly answer: readonly RecordLine[] };
  readonly act: { readonly ask: number; readonly answer: ActDetail | undefined };
  readonly parties: { readonly ask: undefined; readonly answer: readonly PartyLabel[] };
}

/** What the page says to the worker without asking: where the node is, and which board to push. */
export type ToReplica =
  | { readonly kind: 'start'; readonly base: string }
  | { readonly kind: 'watch'; readonly exchange: string | undefined };

/** What the worker pushes. */
export type FromReplica =
  | { readonly kind: 'status'; readonly status: ReplicaStatus }
  | { readonly kind: 'board'; readonly board: BoardView }
  /** Nothing more will come. */
  | { readonly kind: 'broken'; readonly message: string };
