/**
 * Which acts that wait in a node's own queue a stop takes out of it.
 *
 * Why     An officer releases a step while the host is away, then halts it. Sent in that order, the host would let the
 *         step go and stop it too late; and what was signed cannot be taken back by its signer.
 */
import type { Act, ActKind } from '@homeward/core/exchange';
import { starts, stops } from '../act/stops.ts';

/** What the queue keeps of an act in memory. */
export interface QueuedAct {
  readonly kind: ActKind;
  readonly exchange: string;
  readonly by: string;
  readonly tranche: string | undefined;
  /** The key that the act revokes. */
  readonly revokes: string | undefined;
}

export function toQueuedAct({ kind, exchange, by, body }: Act): QueuedAct {
  const text = (name: string): string | undefined => {
    const value = (body as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    kind,
    exchange,
    by,
    tranche: text('tranche'),
    revokes: kind === 'KeyRevoked' ? text('key') : undefined,
  };
}

/**
 * Whether `stop`, handed in after `waiting`, takes it out: what lets people move in the tranche that is stopped, or in
 * the whole exchange where the stop names no tranche; of a revoked key everything that lets people move.
 */
export function takesOut(stop: QueuedAct, waiting: QueuedAct): boolean {
  if (!stops.has(stop.kind) || !starts.has(waiting.kind) || stop.exchange !== waiting.exchange) return false;
  if (stop.kind === 'KeyRevoked') return stop.revokes === waiting.by;
  return stop.tranche === undefined || waiting.tranche === undefined || stop.tranche === waiting.tranche;
}
