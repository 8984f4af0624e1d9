/** An accepted act as the log takes it: from a client on the host, from a published bundle on a replica. */
import type { Envelope, Exchange } from '@homeward/core/exchange';
import { toClaims } from '../interlock/to-claims.ts';
import type { NewEntry } from './entry.ts';

/** `before` and `after` are the states of the act's exchange around it. */
export function toEntry(
  bytes: Uint8Array,
  { act, id }: Envelope,
  before: Exchange,
  after: Exchange,
): NewEntry {
  return {
    bytes,
    act: id,
    exchange: act.exchange,
    by: act.by,
    nonce: act.nonce,
    kind: act.kind,
    claims: toClaims(before, act, after),
  };
}
