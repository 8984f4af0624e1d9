import { findImbalance, type Exchange } from '@homeward/core/exchange';

/** The widest gap between coupled legs, in persons of the leg ahead: unlike legs are compared in their own steps. */
export function imbalanceOf(state: Exchange): number {
  return findImbalance(state)?.persons ?? 0;
}
