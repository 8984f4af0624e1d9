/** Objective: how many named persons stand elsewhere than in the plan on the table, least first [PL-21]. */
import type { Objective } from '../problem/problem.ts';
import { toPreviousPositions } from '../problem/roster.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

export const change: ObjectiveKind<Objective & { readonly kind: 'change' }> = {
  fields: [],
  isEarly: true,
  atBest: 'zero',
  swaps: 'places',
  measure: ({ kind }, roster, positions) => {
    const previous = toPreviousPositions(roster);
    const value =
      previous === undefined
        ? 0
        : sumOver(roster, positions, (person, at, index) =>
            person.group === undefined && at !== previous[index] ? 1 : 0,
          );
    return [{ objective: kind, part: 'persons', sense: 'min', value }];
  },
  formulate: (_, draft) => {
    const previous = toPreviousPositions(draft.draft.roster);
    return [
      draft.sum(
        'persons',
        'min',
        ({ group }) => previous !== undefined && group === undefined,
        (_, place, index) => (previous?.[index] === place ? 0 : 1),
      ),
    ];
  },
  details: (_, roster) => {
    const previous = toPreviousPositions(roster);
    return previous === undefined
      ? []
      : [
          {
            name: 'previous place',
            size: roster.trancheCount + 1,
            of: (_, index) => previous[index] ?? 0,
          },
        ];
  },
};
