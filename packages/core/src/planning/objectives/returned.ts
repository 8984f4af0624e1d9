/** Objective: how many persons go, most first [PL-17]. */
import type { Objective } from '../problem/problem.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

export const returned: ObjectiveKind<Objective & { readonly kind: 'returned' }> = {
  fields: [],
  isEarly: true,
  atBest: 'first-places',
  swaps: 'details',
  measure: ({ kind }, roster, positions) => [
    {
      objective: kind,
      part: 'persons',
      sense: 'max',
      value: sumOver(roster, positions, (_, at) => (at < roster.trancheCount ? 1 : 0)),
    },
  ],
  formulate: (_, draft) => [
    draft.sum(
      'persons',
      'max',
      () => true,
      (_, place) => (place < draft.off ? 1 : 0),
    ),
  ],
  details: () => [],
};
