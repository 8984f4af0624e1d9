/**
 * What an accepted act takes in the database's own interlock, besides its place in the log: the part of the rules
 * whose breach would cost people, repeated as constraints that raw SQL cannot pass either.
 */
import { findIn, type Act, type Exchange } from '@homeward/core/exchange';
import type { Claim } from '@homeward/store';

/** `before` and `after` are the states around the act, which `decide` has accepted. */
export function toClaims(before: Exchange, act: Act, after: Exchange): readonly Claim[] {
  const signer = findIn(before.keys, act.by);
  if (signer === undefined) return [];
  const { actor, key, party } = signer;
  if (act.kind === 'TrancheProposed') {
    const { tranche } = act.body;
    const proposed = findIn(after.tranches, tranche);
    return proposed === undefined
      ? []
      : [{ kind: 'propose', tranche, hash: proposed.hash, proposer: actor, key }];
  }
  if (act.kind === 'TrancheApproved') return [{ kind: 'approve', ...act.body, party, actor, key }];
  if (act.kind === 'ApprovalWithdrawn') return [{ kind: 'withdraw-approval', ...act.body, actor }];
  return [];
}
