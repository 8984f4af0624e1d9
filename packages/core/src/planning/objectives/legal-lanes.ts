/**
 * Objective: of the lanes that are never netted, how many persons go, most first; then how long they wait [PL-17].
 *
 * Source  GC III 109, 110 and 118: their return depends on no other person's.
 */
import type { Objective } from '../problem/problem.ts';
import type { RosterPerson } from '../problem/roster.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

const isLegal = ({ lane }: RosterPerson): boolean => lane !== 'exchange';

export const legalLanes: ObjectiveKind<Objective & { readonly kind: 'legal-lanes' }> = {
  fields: [],
  isEarly: true,
  atBest: 'first-places',
  swaps: 'details',
  measure: ({ kind }, roster, positions) => [
    {
      objective: kind,
      part: 'persons',
      sense: 'max',
      value: sumOver(roster, positions, (person, at) =>
        isLegal(person) && at < roster.trancheCount ? 1 : 0,
      ),
    },
    {
      objective: kind,
      part: 'waiting',
      sense: 'min',
      value: sumOver(roster, positions, (person, at) => (isLegal(person) ? at : 0)),
    },
  ],
  formulate: (_, draft) => [
    draft.sum('persons', 'max', isLegal, (_, place) => (place < draft.off ? 1 : 0)),
    draft.sum('waiting', 'min', isLegal, (_, place) => place),
  ],
  details: () => [{ name: 'lane', size: 2, of: (person) => Number(isLegal(person)) }],
};
