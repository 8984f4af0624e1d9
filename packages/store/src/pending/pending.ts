/** The outbox of a node: acts on their way to the host. */
import type { ActId } from '@homeward/core/exchange';

/** A signed act that this node has taken but the host has not yet acknowledged. */
export interface PendingAct {
  readonly act: ActId;
  readonly bytes: Uint8Array;
  /** Position in this node's outbox: acts are pushed in this order. */
  readonly order: number;
  readonly status: 'waiting' | 'refused';
  readonly attempts: number;
  /** The host's problem type when refused, or of the last failed attempt. */
  readonly problem?: string;
}

/** Durable outbox. An act leaves it only when the log that this node cosigned holds it. */
export interface PendingRepository {
  /** A waiting act stays as it is and where it is; a refused one waits again, as the last. Durable when it resolves. */
  put(act: ActId, bytes: Uint8Array): Promise<void>;
  /** Waiting acts, oldest first. */
  waiting(limit: number): Promise<readonly PendingAct[]>;
  find(act: ActId): Promise<PendingAct | undefined>;
  noteAttempt(act: ActId, problem: string | undefined): Promise<void>;
  /** The host refused it for good, or a stop took it out: whoever handed it in was told, and nothing of it stays. */
  refuse(act: ActId): Promise<void>;
  /** Logged: out of the outbox. */
  settle(acts: readonly ActId[]): Promise<void>;
}
