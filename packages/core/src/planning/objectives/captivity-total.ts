/** Objective: the sum of steps of captivity times how early each person goes, most first [PL-18]. */
import type { Objective } from '../problem/problem.ts';
import { toStep } from '../problem/roster.ts';
import { toStepDetail } from './captivity-step.ts';
import { sumOver, type ObjectiveKind } from './objective-kind.ts';

export const captivityTotal: ObjectiveKind<Objective & { readonly kind: 'captivity-total' }> = {
  fields: ['stepDays'],
  isEarly: false,
  atBest: 'first-places',
  swaps: 'captivity',
  measure: ({ kind, stepDays }, roster, positions) => [
    {
      objective: kind,
      part: 'steps',
      sense: 'max',
      value: sumOver(
        roster,
        positions,
        (person, at) => toStep(person.days, stepDays) * (roster.trancheCount - at),
      ),
    },
  ],
  formulate: ({ stepDays }, draft) => [
    draft.sum(
      'steps',
      'max',
      () => true,
      (person, place) => toStep(person.days, stepDays) * (draft.off - place),
    ),
  ],
  details: toStepDetail,
};
