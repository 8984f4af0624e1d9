/**
 * Objective: how long those wait who are known by number only, least first [PL-40]. Their captivity is not known, so
 * that no other objective but the first asks when they go.
 */
import type { Objective } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

export const counted: ObjectiveKind<Objective & { readonly kind: 'counted' }> = {
  fields: [],
  isEarly: false,
  atBest: 'first-places',
  swaps: 'details',
  measure: ({ kind }, roster, positions) =>
    hasCounted(roster)
      ? [
          {
            objective: kind,
            part: 'waiting',
            sense: 'min',
            value: sumOver(roster, positions, ({ group }, at) => (group === undefined ? 0 : at)),
          },
        ]
      : [],
  formulate: (_, draft) =>
    hasCounted(draft.draft.roster)
      ? [
          draft.sum(
            'waiting',
            'min',
            ({ group }) => group !== undefined,
            (_, place) => place,
          ),
        ]
      : [],
  // Who is known by number is told from the named in any case.
  details: () => [],
};

function hasCounted({ problem }: Roster): boolean {
  return (problem.counted ?? []).some(({ count }) => count > 0);
}
