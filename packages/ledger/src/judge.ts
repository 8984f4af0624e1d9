/**
 * Whether an act may be the next entry of a log.
 *
 * Law     `judge` is pure and the same everywhere: a host admits what it accepts, a replica halts on what it refuses,
 *         a command and a page name it.
 * Cost    One signature verification and one `decide` per act.
 */
import {
  decide,
  faultToSentence,
  findSigningKey,
  isIn,
  toSentence,
  type Envelope,
  type EnvelopeFault,
  type Refusal,
} from '@homeward/core/exchange';
import { decodeBase64, type Ed25519 } from '@homeward/tlog';
import { findExchangeOf, type Ledger } from './ledger.ts';

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

/** Says whether an envelope is signed under a public key (raw, base64). */
export type IsSigned = (envelope: Envelope, key: string) => boolean;

const accepted: Judgement = { kind: 'accepted' };

/**
 * Judges a parsed act: its key, its signature, then the rules of its exchange.
 *
 * Contract  A caller that verifies signatures elsewhere may say yes in `isSigned`, if it verifies all of them before it
 *           believes the outcome.
 */
export function judge(ledger: Ledger, envelope: Envelope, isSigned: IsSigned): Judgement {
  const { act, id } = envelope;
  if (!ledger.exchanges.has(act.exchange) && act.kind !== 'ExchangeOpened') {
    return refused({ kind: 'exchange-unknown' });
  }
  const state = findExchangeOf(ledger, act);
  if (isIn(state.acts, id)) return { kind: 'known' };
  const key = findSigningKey(state, act);
  // Without a key there is nothing to verify against: `decide` says which rule the signer fails.
  if (key !== undefined && !isSigned(envelope, key)) return refused({ kind: 'signature-wrong' });
  const decision = decide(state, act, id);
  if (decision.kind === 'refused') return refused({ kind: 'refused', refusal: decision.refusal });
  if (key === undefined) throw new Error('an act was accepted without a key to verify it');
  return accepted;
}

/** Ed25519 that answers at once, as a check of envelopes. */
export function toIsSigned(
  verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean,
): IsSigned {
  return ({ signedBytes, signature }, key) => {
    const raw = toRawKey(key);
    return raw !== undefined && verify(raw, signedBytes, signature);
  };
}

/** Whether an envelope is signed under a public key (raw, base64), by any Ed25519. */
export function verifyEnvelope(
  ed25519: Ed25519,
  { signedBytes, signature }: Envelope,
  key: string,
): boolean | Promise<boolean> {
  const raw = toRawKey(key);
  return raw !== undefined && ed25519.verify(raw, signedBytes, signature);
}

/** Keys decoded last. A log has dozens; the bound keeps a log of strangers' keys from filling memory. */
const rawKeysMax = 1_024;
const rawKeys = new Map<string, Uint8Array>();

function toRawKey(key: string): Uint8Array | undefined {
  const known = rawKeys.get(key);
  if (known !== undefined) return known;
  const raw = decodeBase64(key);
  if (raw === undefined) return undefined;
  if (rawKeys.size >= rawKeysMax) rawKeys.clear();
  rawKeys.set(key, raw);
  return raw;
}

/** A refusal in plain words. */
export function refusalToSentence(refusal: ActRefusal): string {
  switch (refusal.kind) {
    case 'fault':
      return faultToSentence(refusal.fault);
    case 'exchange-unknown':
      return 'it belongs to an exchange that the log does not hold.';
    case 'opener-unknown':
      return 'its signer may not open exchanges in this log.';
    case 'signature-wrong':
      return 'its signature does not verify under the key it names.';
    case 'after-unknown':
      return `it comes after a tree of ${refusal.size} acts that this log never was.`;
    case 'interlock':
      return refusal.says;
    case 'refused':
      return toSentence(refusal.refusal);
  }
}

function refused(refusal: ActRefusal): Judgement {
  return { kind: 'refused', refusal };
}
