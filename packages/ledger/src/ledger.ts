/**
 * The state of a whole log: every exchange in it, folded from its acts and from nothing else.
 *
 * Law     Whoever holds the same entries has the same ledger.
 * Cost    One `evolve` per act; the imbalance is measured again only after acts that can move it.
 */
import {
  evolve,
  findSigningKey,
  imbalanceOf,
  initial,
  isIn,
  kindsWithEffect,
  parseEnvelope,
  summarize,
  type ActId,
  type Envelope,
  type Exchange,
  type ExchangeId,
  type ExchangeSummary,
} from '@homeward/core/exchange';

/** One exchange in a log, and where its acts stand. */
export interface LoggedExchange {
  readonly state: Exchange;
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** The largest imbalance between coupled legs that any of its acts left behind, in persons. */
  readonly imbalanceMax: number;
}

export interface Ledger {
  /** Entries folded so far. */
  readonly size: number;
  readonly exchanges: ReadonlyMap<ExchangeId, LoggedExchange>;
}

export const emptyLedger: Ledger = { size: 0, exchanges: new Map() };

const crossingKinds = kindsWithEffect('moves-balance');

/** The ledger after an act that `judge` accepted. */
export function follow(ledger: Ledger, { act, id }: Envelope): Ledger {
  const logged = ledger.exchanges.get(act.exchange);
  const state = evolve(logged?.state ?? initial, act, id);
  const imbalanceMax = logged?.imbalanceMax ?? 0;
  const next: LoggedExchange = {
    state,
    firstIndex: logged?.firstIndex ?? ledger.size,
    lastIndex: ledger.size,
    imbalanceMax: crossingKinds.has(act.kind) ? Math.max(imbalanceMax, imbalanceOf(state)) : imbalanceMax,
  };
  return { size: ledger.size + 1, exchanges: new Map(ledger.exchanges).set(act.exchange, next) };
}

/** The ledger after an entry that was judged before it was stored. Throws where it is no act: that is a broken store. */
export function followStored(ledger: Ledger, bytes: Uint8Array): Ledger {
  const parsed = parseEnvelope(bytes);
  if (parsed.kind === 'malformed') throw new Error(`entry ${ledger.size} of this node's log is not an act`);
  return follow(ledger, parsed.envelope);
}

/** The state of the exchange that an act belongs to; `initial` where the log holds none of its acts. */
export function findExchangeOf(ledger: Ledger, act: { readonly exchange: ExchangeId }): Exchange {
  return ledger.exchanges.get(act.exchange)?.state ?? initial;
}

export function holdsAct(ledger: Ledger, exchange: ExchangeId, id: ActId): boolean {
  const logged = ledger.exchanges.get(exchange);
  return logged !== undefined && isIn(logged.state.acts, id);
}

/** The public key (raw, base64) that must have signed, as far as the ledger knows one now: to verify ahead of an act's turn. */
export function findKeyOf(ledger: Ledger, { act }: Envelope): string | undefined {
  return findSigningKey(findExchangeOf(ledger, act), act);
}

/** One exchange of a log at a glance: what every node, command and page shows. */
export interface LoggedSummary extends ExchangeSummary {
  readonly lastIndex: number;
  readonly imbalanceMax: number;
}

export function summarizeLogged({ state, lastIndex, imbalanceMax }: LoggedExchange): LoggedSummary {
  return { ...summarize(state), lastIndex, imbalanceMax };
}
