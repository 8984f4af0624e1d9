import type { ActId, TrancheId } from './ids.ts';
import { findIn, setIn } from './persistent-map.ts';
import type { Exchange } from './state.ts';

/**
 * The state in which a tranche's approvals are void because what they approved has changed, with the act that
 * voided them on record. A tranche that has ended, and no tranche at all, stay as they are.
 */
export function withoutApprovals(state: Exchange, id: TrancheId | undefined, act: ActId): Exchange {
  const tranche = id === undefined ? undefined : findIn(state.tranches, id);
  if (tranche?.status !== 'live' || tranche.approvals.length === 0) return state;
  return {
    ...state,
    tranches: setIn(state.tranches, tranche.id, {
      ...tranche,
      approvals: [],
      voided: { act, approvals: tranche.approvals.length },
    }),
  };
}
