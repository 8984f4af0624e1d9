/**
 * The state of a whole log: every exchange in it, folded from its acts and from nothing else.
 *
 * Law     `judge` is pure and the same on every node: whoever holds the same entries gives the same answers. A host
 *         admits what it accepts; a replica halts on what it refuses; `homeward verify` names it.
 * Cost    One signature verification and one `decide` per act.
 */
import {
  decide,
  evolve,
  findSigningKey,
  initial,
  isIn,
  parseEnvelope,
  type ActId,
  type ActKind,
  type Envelope,
  type EnvelopeFault,
  type Exchange,
  type ExchangeId,
  type Refusal,
} from '@homeward/core/exchange';
import { verifyEd25519 } from '@homeward/keys';
import { imbalanceOf } from './imbalance.ts';

/** One exchange in a log, and where its acts stand. */
export interface LoggedExchange {
  readonly state: Exchange;
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** The largest imbalance between coupled legs that any of its acts left behind. */
  readonly imbalanceMax: number;
}

const crossingKinds: ReadonlySet<ActKind> = new Set<ActKind>([
  'StepReceived',
  'UnlistedReturnee',
  'RefusedAtLine',
  'PersonTurnedBack',
]);

export interface Ledger {
  /** Entries folded so far. */
  readonly size: number;
  readonly exchanges: ReadonlyMap<ExchangeId, LoggedExchange>;
}

export const emptyLedger: Ledger = { size: 0, exchanges: new Map() };

/** Why an act may not follow a log. */
export type ActRefusal =
  | { readonly kind: 'fault'; readonly fault: EnvelopeFault }
  | { readonly kind: 'exchange-unknown' }
  /** The host was not told to let this key open an exchange. */
  | { readonly kind: 'opener-unknown' }
  | { readonly kind: 'signature-wrong' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `after` names a tree that this log never was. */
  | { readonly kind: 'after-unknown'; readonly size: number }
  /** The database's own interlock said no. */
  | { readonly kind: 'interlock'; readonly says: string };

export type Judgement =
  | { readonly kind: 'accepted' }
  /** The log holds this very act already. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: ActRefusal };

const accepted: Judgement = { kind: 'accepted' };

/** Says whether an envelope is signed under a public key (raw, base64). */
export type IsSigned = (envelope: Envelope, key: string) => boolean;

/**
 * Says whether a parsed act may be the next entry: its key, its signature, then the rules of its exchange. A caller
 * that verifies signatures elsewhere, all of them and before it believes the outcome, passes its own `isSigned`.
 */
export function judge(ledger: Ledger, envelope: Envelope, isSigned: IsSigned = isSignedNow): Judgement {
  const { act, id } = envelope;
  const logged = ledger.exchanges.get(act.exchange);
  if (logged === undefined && act.kind !== 'ExchangeOpened') return refused({ kind: 'exchange-unknown' });
  const state = logged?.state ?? initial;
  if (isIn(state.acts, id)) return { kind: 'known' };
  const key = findSigningKey(state, act);
  // Without a key there is nothing to verify against: `decide` says which rule the signer fails.
  if (key !== undefined && !isSigned(envelope, key)) return refused({ kind: 'signature-wrong' });
  const decision = decide(state, act, id);
  if (decision.kind === 'refused') return refused({ kind: 'refused', refusal: decision.refusal });
  if (key === undefined) throw new Error('an act was accepted without a key to verify it');
  return accepted;
}

/** The ledger after an act that `judge` accepted. */
export function follow(ledger: Ledger, envelope: Envelope): Ledger {
  const { act, id } = envelope;
  const logged = ledger.exchanges.get(act.exchange);
  const state = evolve(logged?.state ?? initial, act, id);
  const next: LoggedExchange = {
    state,
    firstIndex: logged?.firstIndex ?? ledger.size,
    lastIndex: ledger.size,
    imbalanceMax: crossingKinds.has(act.kind)
      ? Math.max(logged?.imbalanceMax ?? 0, imbalanceOf(state))
      : (logged?.imbalanceMax ?? 0),
  };
  const exchanges = new Map(ledger.exchanges).set(act.exchange, next);
  return { size: ledger.size + 1, exchanges };
}

/** The ledger after an entry that this node stored after judging it: anything else is a broken invariant. */
export function followStored(ledger: Ledger, bytes: Uint8Array): Ledger {
  const parsed = parseEnvelope(bytes);
  if (parsed.kind === 'malformed')
    throw new Error(`entry ${String(ledger.size)} of this node's log is not an act`);
  return follow(ledger, parsed.envelope);
}

export function findExchangeOf(ledger: Ledger, act: { readonly exchange: ExchangeId }): Exchange {
  return ledger.exchanges.get(act.exchange)?.state ?? initial;
}

export function holdsAct(ledger: Ledger, exchange: ExchangeId, id: ActId): boolean {
  const logged = ledger.exchanges.get(exchange);
  return logged !== undefined && isIn(logged.state.acts, id);
}

/** The key that must have signed, as far as the ledger knows one now: to verify ahead of an act's turn. */
export function findKeyOf(ledger: Ledger, { act }: Envelope): string | undefined {
  return findSigningKey(ledger.exchanges.get(act.exchange)?.state ?? initial, act);
}

export function isSignedNow({ signedBytes, signature }: Envelope, key: string): boolean {
  return verifyEd25519(Buffer.from(key, 'base64'), signedBytes, signature);
}

function refused(refusal: ActRefusal): Judgement {
  return { kind: 'refused', refusal };
}
