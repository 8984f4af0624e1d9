/** Objective: how long those wait who need an ambulance, then those who need a stretcher, least first [PL-20]. */
import { needs, type Objective } from '../problem/problem.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

const urgent = ['ambulance', 'stretcher'] as const;

export const medical: ObjectiveKind<Objective & { readonly kind: 'medical' }> = {
  fields: [],
  isEarly: true,
  atBest: 'first-places',
  swaps: 'details',
  measure: ({ kind }, roster, positions) =>
    urgent.map((need) => ({
      objective: kind,
      part: need,
      sense: 'min',
      value: sumOver(roster, positions, (person, at) => (person.need === need ? at : 0)),
    })),
  formulate: (_, draft) =>
    urgent.map((need) =>
      draft.sum(
        need,
        'min',
        (person) => person.need === need,
        (_, place) => place,
      ),
    ),
  details: () => [{ name: 'need', size: needs.length, of: ({ need }) => needs.indexOf(need) }],
};
