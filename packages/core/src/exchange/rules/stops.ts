/**
 * Stops. Any power may suspend or cancel at any state, for no reason given, by one person. Nothing is lost: whoever
 * has moved is still received or turned back, whoever has not is in the pool again, and approvals die.
 */
import { findIn, getFrom, setIn, valuesOf } from '../state/persistent-map.ts';
import { refuseOthers, refuseUnlessPower } from './rule.ts';
import type { Exchange, Tranche } from '../state/state.ts';
import { withoutIdleStops } from './step.ts';
import { powersOfTranche } from './tranche.ts';
import { actId, sentence, trancheId } from '../act/vocabulary.ts';
import { members, optional } from '../../json/shape.ts';
import { row, trancheFacts } from './rule.ts';

function cancelled(tranche: Tranche): Tranche {
  if (tranche.status !== 'live') return tranche;
  return { ...withoutIdleStops(tranche), status: 'cancelled', approvals: [] };
}

function withoutTranches(state: Exchange): Exchange {
  let tranches = state.tranches;
  for (const tranche of valuesOf(state.tranches)) tranches = setIn(tranches, tranche.id, cancelled(tranche));
  return { ...state, tranches };
}

export const stopActs = {
  ExchangeSuspended: row({
    group: 'stop',
    effect: 'stops',
    body: members({ reason: optional(sentence) }),
    tell: ({ reason }) => (reason === undefined ? {} : { text: reason }),
    says: 'suspended the exchange',
    roles: ['coordinator', 'approver', 'mediator', 'observer'],
    period: 'open',
    // One standing suspension says all that a party can say by it.
    refuse: (state, _act, signer) =>
      state.suspensions.some((one) => one.party === signer.party.id)
        ? { kind: 'KnownAlready', what: 'suspension' }
        : undefined,
    evolve: (state, _act, signer, id) => ({
      ...state,
      suspensions: [...state.suspensions, { act: id, party: signer.party.id }],
    }),
  }),
  ExchangeResumed: row({
    group: 'stop',
    effect: 'starts',
    body: members({ suspension: actId }),
    tell: ({ suspension: act }) => ({ act }),
    says: 'lifted its suspension',
    roles: ['coordinator', 'approver', 'mediator', 'observer'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const suspension = state.suspensions.find((one) => one.act === body.suspension);
      if (suspension === undefined) return { kind: 'Unknown', what: 'suspension' };
      return refuseOthers(signer, suspension.party);
    },
    evolve: (state, { body }) => ({
      ...state,
      suspensions: state.suspensions.filter((one) => one.act !== body.suspension),
    }),
  }),
  TrancheCancelled: row({
    group: 'stop',
    effect: 'stops',
    body: members({ tranche: trancheId, reason: optional(sentence) }),
    tell: ({ tranche, reason }, telling) => ({
      ...trancheFacts(tranche, telling),
      ...(reason === undefined ? {} : { text: reason }),
    }),
    says: 'cancelled tranche {tranche}',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const tranche = findIn(state.tranches, body.tranche);
      if (tranche === undefined) return { kind: 'Unknown', what: 'tranche' };
      if (tranche.status !== 'live') return { kind: 'TrancheEnded', status: tranche.status };
      return refuseOthers(signer, ...powersOfTranche(state, tranche));
    },
    evolve: (state, { body }) => ({
      ...state,
      tranches: setIn(state.tranches, body.tranche, cancelled(getFrom(state.tranches, body.tranche))),
    }),
  }),
  ExchangeCancelled: row({
    group: 'stop',
    effect: 'stops',
    body: members({ reason: optional(sentence) }),
    tell: ({ reason }) => (reason === undefined ? {} : { text: reason }),
    says: 'cancelled the exchange',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: (_state, _act, signer) => refuseUnlessPower(signer),
    evolve: (state) => ({ ...withoutTranches(state), status: 'cancelled' }),
  }),
};
