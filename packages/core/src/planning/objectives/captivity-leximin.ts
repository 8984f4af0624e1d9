/** Objective: for each step of captivity from the longest, the sum of places of those on it, least first [PL-19]. */
import type { Objective } from '../problem/problem.ts';
import { toStep } from '../problem/roster.ts';
import { toStepDetail } from './captivity-step.ts';
import type { ObjectiveKind } from './objective-kind.ts';

export const captivityLeximin: ObjectiveKind<Objective & { readonly kind: 'captivity-leximin' }> = {
  fields: ['stepDays'],
  isEarly: false,
  atBest: 'first-places',
  swaps: 'captivity',
  measure: ({ kind, stepDays }, roster, positions) => {
    const waiting = new Map<number, number>();
    roster.persons.forEach((person, index) => {
      if (person.ineligible !== undefined || person.group !== undefined) return;
      const step = toStep(person.days, stepDays);
      waiting.set(step, (waiting.get(step) ?? 0) + (positions[index] ?? roster.trancheCount));
    });
    return [...waiting]
      .sort(([left], [right]) => right - left)
      .map(([step, value]) => ({ objective: kind, part: `step ${step}`, sense: 'min', value }));
  },
  formulate: ({ stepDays }, draft) =>
    draft.sums(
      (step) => `step ${step}`,
      'min',
      ({ days, group }) => (group === undefined ? toStep(days, stepDays) : -1),
      (_, place) => place,
    ),
  details: toStepDetail,
};
