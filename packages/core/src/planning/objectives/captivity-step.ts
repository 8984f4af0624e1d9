/** What the objectives of captivity see of a person: the step of captivity that the person stands on. */
import { captivityStepDays, problemLimits } from '../problem/problem.ts';
import { toStep } from '../problem/roster.ts';
import type { Detail } from './objective-kind.ts';

export function toStepDetail({ stepDays }: { readonly stepDays?: number }): readonly Detail[] {
  return [
    {
      name: `step of ${stepDays ?? captivityStepDays} days`,
      size: problemLimits.days + 1,
      of: (person) => toStep(person.days, stepDays),
    },
  ];
}
