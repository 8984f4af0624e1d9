/**
 * The choice of persons by `@homeward/core/planning`: quotas, packages and families as rules, the order of the terms
 * as objectives, a proof that nothing better exists. The solver comes from outside and is not trusted.
 */
import type { EntryId } from '@homeward/core/exchange';
import { planTranches } from '@homeward/core/planning';
import type { Place, PlanningPerson, PlanningProblem, Rule, Solver } from '@homeward/core/planning';
import type { Chooser, ChoiceWork } from './choosing.ts';
import { daysHeld } from './choosing.ts';
import type { PowerCode } from './lists.ts';
import { objectives, objectivesOnChange } from './published-order.ts';
import { legs } from './terms.ts';

export function plannedWith(solver: Solver): Chooser {
  return {
    name: solver.name,
    choose: (work) => {
      const outcome = planTranches(problemOf(work), solver);
      if (outcome.kind !== 'planned') throw new Error(`the planner answered: ${outcome.kind}`);
      const { places, certificate } = outcome.plan;
      return {
        choice: new Map(places.map(({ person, tranche }) => [person as EntryId, numberOf(tranche)])),
        proven: certificate.status === 'optimal',
      };
    },
  };
}

const trancheId = (number: number): string => `tranche-${number}`;
const numberOf = (id: string): number => Number(id.slice('tranche-'.length));

function problemOf(work: ChoiceWork): PlanningProblem {
  const { figures, eligible, packages, families, previous } = work;
  const persons = (['A', 'B'] as const).flatMap((power) =>
    eligible[power].map((person): PlanningPerson => ({
      id: person.id,
      leg: legOf(power),
      category: person.category,
      lane: 'exchange',
      days: daysHeld(person),
      need: 'seat',
      facility: person.facility,
    })),
  );
  const here = new Set(persons.map(({ id }) => id));
  const places: readonly Place[] = [...(previous?.choice ?? [])].map(([person, number]) => ({
    person,
    tranche: trancheId(number),
  }));
  const gone = (previous?.gone ?? []).map((number): Rule => ({
    id: `gone-${number}`,
    kind: 'place',
    tranche: trancheId(number),
    persons: places.filter(({ tranche }) => numberOf(tranche) === number).map(({ person }) => person),
  }));
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: figures.tranches.map((_, index) => ({ id: trancheId(index + 1) })),
    legs: [
      { id: legs.ab, from: 'A', to: 'B' },
      { id: legs.ba, from: 'B', to: 'A' },
    ],
    persons,
    rules: [
      {
        id: 'agreed-numbers',
        kind: 'parity',
        form: 'fixed',
        legs: [legs.ab, legs.ba],
        counts: figures.tranches,
      },
      ...(['A', 'B'] as const).map((power): Rule => ({
        id: `civilians-${power}`,
        kind: 'quota',
        who: { legs: [legOf(power)], categories: ['civilian'] },
        tranche: trancheId(1),
        exact: figures.civiliansInFirst,
      })),
      ...packages
        .filter((pair) => pair.every((person) => here.has(person)))
        .map((pair, index): Rule => ({
          id: `package-${index + 1}`,
          kind: 'package',
          form: 'together',
          persons: pair,
        })),
      ...families
        .map((family) => family.filter((person) => here.has(person)))
        .filter((family) => family.length > 1)
        .map((family, index): Rule => ({
          id: `family-${index + 1}`,
          kind: 'family',
          form: 'together',
          persons: family,
        })),
      ...gone,
    ],
    objectives: previous === undefined ? objectives : objectivesOnChange,
    ...(previous === undefined ? {} : { previous: { places } }),
  };
}

function legOf(power: PowerCode): string {
  return power === 'A' ? legs.ab : legs.ba;
}
