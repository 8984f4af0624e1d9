/**
 * What an approver is asked to sign: decided from the log itself, folded here, not from what a node says of it.
 *
 * Law     The hash that is signed is computed from the proposal's own bytes and from the terms in force, on the
 *         approver's machine; a proposal that was changed or replaced since is not offered for signing.
 */
import {
  checkPhrase,
  describeAct,
  findIn,
  parseEnvelope,
  proposalHash,
  termsHash,
  type ActId,
  type Bodies,
  type ContentHash,
  type Envelope,
  type Exchange,
  type Key,
  type KeyFingerprint,
} from '@homeward/core/exchange';
import type { Ledger } from '@homeward/ledger';

export type ApprovalKind = 'TrancheApproved' | 'TermsAccepted';

export interface Approval {
  readonly envelope: Envelope;
  readonly state: Exchange;
  readonly kind: ApprovalKind;
  readonly body: Bodies[ApprovalKind];
  readonly hash: ContentHash;
  /** The six words of that hash, to compare over another channel. */
  readonly words: string;
  readonly signer: Key;
  readonly sentence: string;
}

export type ApprovalPlan =
  { readonly ok: true; readonly approval: Approval } | { readonly ok: false; readonly says: string };

/** `bytes` is the act's envelope as a node gave it; only what matches `id` and the folded log counts. */
export function planApproval(
  ledger: Ledger,
  id: string,
  bytes: Uint8Array,
  key: KeyFingerprint,
): ApprovalPlan {
  const no = (says: string): ApprovalPlan => ({ ok: false, says });
  const parsed = parseEnvelope(bytes);
  if (parsed.kind === 'malformed' || parsed.envelope.id !== (id as ActId)) {
    return no('The node did not give the act that was asked for.');
  }
  const { envelope } = parsed;
  const { act } = envelope;
  const state = ledger.exchanges.get(act.exchange)?.state;
  if (state === undefined || findIn(state.acts, envelope.id) === undefined) {
    return no('The verified log does not hold this act.');
  }
  const signer = findIn(state.keys, key);
  if (signer === undefined) return no('Your key is not known to this exchange.');
  const sentence = describeAct(state, act).sentence;
  const plan = (kind: ApprovalKind, body: Bodies[ApprovalKind], hash: ContentHash): ApprovalPlan => ({
    ok: true,
    approval: { envelope, state, kind, body, hash, words: checkPhrase(hash), signer, sentence },
  });
  if (act.kind === 'TrancheProposed') {
    const { tranche } = act.body;
    const standing = findIn(state.tranches, tranche);
    if (standing?.status !== 'live') return no('The tranche is no longer open for approval.');
    return proposalHash(act.exchange, standing.terms, act.body) === standing.hash
      ? plan('TrancheApproved', { tranche, hash: standing.hash }, standing.hash)
      : no('The proposal has changed since this act; ask for the newest one.');
  }
  if (act.kind === 'TermsProposed' || act.kind === 'TermsAmended') {
    const hash = termsHash(act.body.terms);
    return plan('TermsAccepted', { terms: hash }, hash);
  }
  return no(`A ${act.kind} asks for no approval.`);
}
