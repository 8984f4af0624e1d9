import { valuesOf, type Exchange } from '@homeward/core/exchange';

/** Largest difference, in persons received, between two legs that the terms couple step by step. */
export function imbalanceOf(state: Exchange): number {
  const received = new Map([...valuesOf(state.legs)].map((count) => [count.leg, count.received]));
  const differences = (state.terms?.terms.couplings ?? []).map(({ legs }) => {
    const counts = legs.map((leg) => received.get(leg) ?? 0);
    return counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);
  });
  return Math.max(0, ...differences);
}
