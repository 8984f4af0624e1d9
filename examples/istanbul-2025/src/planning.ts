/**
 * The choice of persons by `@homeward/core/planning`: a proof that nothing better exists by the published order. The
 * solver comes from outside and is not trusted.
 */
import { choiceFrom } from '@homeward/core/choice';
import { planTranches, type Solver } from '@homeward/core/planning';
import type { Chooser } from './choosing.ts';

export function plannedWith(solver: Solver): Chooser {
  return {
    name: solver.name,
    choose: (problem) => {
      const outcome = planTranches(problem, solver);
      if (outcome.kind !== 'planned') throw new Error(`the planner answered: ${outcome.kind}`);
      const { places, certificate } = outcome.plan;
      return { choice: choiceFrom(places), proven: certificate.status === 'optimal' };
    },
  };
}
