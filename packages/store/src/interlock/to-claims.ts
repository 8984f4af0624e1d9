import {
  type Act,
  type Exchange,
  findIn,
  isIn,
  type LegId,
  powersOfLeg,
  type Signature,
  type Tranche,
  valuesOf,
} from '@homeward/core/exchange';
import type { Claim } from './claim.ts';

/**
 * What an accepted act takes in the interlock of the database: the difference it makes to the state, in the order
 * approvals, schedule, steps, end.
 *
 * Contract  `before` and `after` are the states around `act`, which `decide` has accepted. Every claim that follows
 *           from an accepted act is granted: the database holds less of the rules than `decide`, never more.
 * Cost      The tranches of the exchange; steps only of those that the act has changed.
 */
export function toClaims(before: Exchange, act: Act, after: Exchange): readonly Claim[] {
  const claims: Claim[] = [];
  for (const tranche of valuesOf(after.tranches)) {
    const former = findIn(before.tranches, tranche.id);
    if (former === tranche && act.kind !== 'KeyRevoked') continue;
    claims.push(...approvalClaims(before, former, after, tranche));
    if (act.kind === 'TrancheScheduled' && act.body.tranche === tranche.id) {
      claims.push(scheduleClaim(after, tranche));
    }
    claims.push(...stepClaims(after, former, tranche));
    if (tranche.status !== 'live' && former?.status === 'live') {
      claims.push({ kind: 'close-tranche', tranche: tranche.id });
    }
  }
  return claims;
}

function approvalClaims(
  before: Exchange,
  former: Tranche | undefined,
  after: Exchange,
  tranche: Tranche,
): readonly Claim[] {
  const { id, hash, proposer } = tranche;
  const had = former === undefined ? [] : standing(before, former);
  const has = standing(after, tranche);
  const isSame = former?.hash === hash;
  const gone = had.filter((one) => !isSame || !has.some((other) => other.key === one.key));
  const made = has.filter((one) => !isSame || !had.some((other) => other.key === one.key));
  return [
    ...gone.map(({ actor }): Claim => ({
      kind: 'withdraw-approval',
      tranche: id,
      hash: former!.hash,
      actor,
    })),
    ...(isSame
      ? []
      : [{ kind: 'propose', tranche: id, hash, proposer: proposer.actor, key: proposer.key } as const]),
    ...made.map(({ actor, key, party, role }): Claim => ({
      kind: 'approve',
      tranche: id,
      hash,
      actor,
      key,
      party,
      role: role === 'approver' ? 'approver' : 'coordinator',
    })),
  ];
}

/** Approvals whose keys nobody has lost: a lost key's signature may be anybody's. */
function standing(state: Exchange, tranche: Tranche): readonly Signature[] {
  return tranche.approvals.filter(({ key }) => {
    const revoked = findIn(state.keys, key)?.revoked;
    return revoked === undefined || revoked === 'retired';
  });
}

function scheduleClaim(state: Exchange, { id, hash, persons, movements }: Tranche): Claim {
  const terms = state.terms!.terms;
  const legs = terms.legs.filter((leg) => Object.hasOwn(persons, leg.id));
  const couplings = terms.couplings
    .map((coupling) => coupling.legs.filter((leg) => isIn(movements, leg)))
    .filter((coupled) => coupled.length > 0);
  return { kind: 'schedule', tranche: id, hash, powers: [...new Set(legs.flatMap(powersOfLeg))], couplings };
}

function stepClaims(state: Exchange, former: Tranche | undefined, tranche: Tranche): readonly Claim[] {
  const claims: Claim[] = [];
  for (const movement of valuesOf(tranche.movements)) {
    const earlier = former === undefined ? undefined : findIn(former.movements, movement.leg);
    if (earlier === movement) continue;
    for (const step of valuesOf(movement.steps)) {
      const was = earlier === undefined ? undefined : findIn(earlier.steps, String(step.step));
      if (was === step) continue;
      const slot = { tranche: tranche.id, leg: movement.leg, step: step.step };
      if (step.released !== undefined && was?.released === undefined) {
        claims.push({
          kind: 'release',
          ...slot,
          exhausted: exhausted(state, tranche, movement.leg, step.step),
        });
      }
      if (step.closed && was?.closed !== true) {
        const outcome = step.received === undefined ? 'turned-back' : 'received';
        claims.push(
          step.released === undefined
            ? { kind: 'skip-step', ...slot }
            : { kind: 'close-step', ...slot, outcome },
        );
      }
    }
  }
  return claims;
}

/** Legs coupled with this one that have no step before this one: `decide` found nobody left on them. */
function exhausted(state: Exchange, tranche: Tranche, leg: LegId, step: number): readonly LegId[] {
  const coupling = state.terms!.terms.couplings.find((one) => one.legs.includes(leg));
  return (coupling?.legs ?? []).filter((id) => {
    const movement = findIn(tranche.movements, id);
    return movement !== undefined && !isIn(movement.steps, String(step - 1));
  });
}
