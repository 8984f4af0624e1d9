/** Objective: how many others the rules hold back if somebody drops out, over all who go, least first [PL-21]. */
import type { Objective } from '../problem/problem.ts';
import { toExposure } from './exposure.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

export const fallback: ObjectiveKind<Objective & { readonly kind: 'fallback' }> = {
  fields: [],
  isEarly: false,
  atBest: 'zero',
  swaps: 'places',
  measure: ({ kind }, roster, positions) => {
    const exposure = toExposure(roster);
    const value = sumOver(roster, positions, (_, at, index) =>
      at < roster.trancheCount ? (exposure[index] ?? 0) : 0,
    );
    return [{ objective: kind, part: 'bound persons', sense: 'min', value }];
  },
  formulate: (_, draft) => {
    const exposure = toExposure(draft.draft.roster);
    return [
      draft.sum(
        'bound persons',
        'min',
        (_, index) => (exposure[index] ?? 0) > 0,
        (_, place, index) => (place < draft.off ? (exposure[index] ?? 0) : 0),
      ),
    ];
  },
  // Whoever holds others back is tied by name, and has a cell alone or with those who move as one.
  details: () => [],
};
