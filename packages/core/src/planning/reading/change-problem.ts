/** Other problems made from one: a strike with minimal change, and what-if. The given problem stays as it is. */
import type { Replan, WhatIf } from '../problem/what-if.ts';
import { toFreeId } from '../rules/free-id.ts';
import type { Parsed } from '../problem/parse-json.ts';
import { parseProblem } from './parse-problem.ts';
import {
  defaultObjectives,
  type Objective,
  type PersonId,
  type PlanningProblem,
  type PreviousPlan,
  type Rule,
  type RuleId,
} from '../problem/problem.ts';

/**
 * The problem with the changes made, one after another. A placing or a ban is a rule of its own, with an id that no
 * other has.
 *
 * Cost    One pass over persons, rules and changes.
 */
export function applyWhatIf(problem: PlanningProblem, changes: readonly WhatIf[]): PlanningProblem {
  const struck = new Map<PersonId, string>();
  const rules = new Map(problem.rules.map((rule) => [rule.id, rule]));
  const taken = new Set(rules.keys());
  for (const change of changes) if (change.kind === 'set-rule') taken.add(change.rule.id);
  const add = (number: number, toRule: (id: RuleId) => Rule): void => {
    const id = toFreeId(taken, `what-if ${number + 1}`);
    taken.add(id);
    rules.set(id, toRule(id));
  };
  for (const [number, change] of changes.entries()) {
    switch (change.kind) {
      case 'strike':
        struck.set(change.person, change.reason);
        break;
      case 'place': {
        const { persons, tranche } = change;
        add(number, (id) => ({ id, kind: 'place', persons, tranche }));
        break;
      }
      case 'forbid': {
        const { persons, tranche } = change;
        const only = tranche === undefined ? {} : { tranche };
        add(number, (id) => ({ id, kind: 'veto', persons, ...only }));
        break;
      }
      case 'set-rule':
        rules.set(change.rule.id, change.rule);
        break;
      case 'drop-rule':
        rules.delete(change.rule);
        break;
    }
  }
  return {
    ...problem,
    persons: problem.persons.map((person) => {
      const ineligible = struck.get(person.id);
      return ineligible === undefined ? person : { ...person, ineligible };
    }),
    rules: [...rules.values()],
  };
}

/** The published order with `change` moved to stand right after `returned` and `legal-lanes` [PL-22]. */
export function toReplanOrder(order: readonly Objective[]): readonly Objective[] {
  const rest = order.filter(({ kind }) => kind !== 'change');
  const isFirst = ({ kind }: Objective): boolean => kind === 'returned' || kind === 'legal-lanes';
  const until = rest.findLastIndex(isFirst) + 1;
  return [...rest.slice(0, until), { kind: 'change' }, ...rest.slice(until)];
}

/**
 * The problem of changing as few places as can be against a plan already on the table. Whom that plan names and
 * the problem does not has dropped out: there is no place left to keep.
 */
export function toReplanProblem(
  problem: PlanningProblem,
  previous: PreviousPlan,
  changes: readonly WhatIf[],
): PlanningProblem {
  const persons = new Set(problem.persons.map(({ id }) => id));
  return {
    ...applyWhatIf(problem, changes),
    previous: {
      places: previous.places.flatMap(({ person, tranche }) =>
        persons.has(person) ? [{ person, tranche }] : [],
      ),
    },
    objectives: toReplanOrder(problem.objectives ?? defaultObjectives),
  };
}

/** Whom a plan on the table names and the problem does not, in the order of that plan. */
export function findDropped(problem: PlanningProblem, previous: PreviousPlan): readonly PersonId[] {
  const persons = new Set(problem.persons.map(({ id }) => id));
  return previous.places.flatMap(({ person }) => (persons.has(person) ? [] : [person]));
}

/** Why a plan cannot be the one on the table of a problem; undefined when it can. */
function findForeign(problem: PlanningProblem, previous: PreviousPlan): string | undefined {
  const tranches = new Set(problem.tranches.map(({ id }) => id));
  const strange = previous.places.find(({ tranche }) => !tranches.has(tranche));
  if (strange !== undefined)
    return `it names the tranche "${strange.tranche}", which the problem does not have`;
  const { length } = previous.places;
  if (length > 0 && findDropped(problem, previous).length === length)
    return 'the problem has none of the persons that it names';
  return undefined;
}

/** The problem that a plan answers: the one given, or for a re-plan that fits it the one derived from it. */
export function toAnsweredProblem(
  problem: PlanningProblem,
  plan: { readonly replan?: Omit<Replan, 'digest'> },
): PlanningProblem {
  return plan.replan === undefined
    ? problem
    : toReplanProblem(problem, plan.replan.previous, plan.replan.changes);
}

/**
 * The same of a re-plan that anybody has made: the plan on the table must be one of this problem, and a rule put in
 * by a change is anything that a file can hold until it is read with the problem it enters.
 */
export function parseAnsweredProblem(
  problem: PlanningProblem,
  plan: { readonly replan?: Omit<Replan, 'digest'> },
): Parsed<PlanningProblem> {
  if (plan.replan === undefined) return { isParsed: true, value: problem };
  const foreign = findForeign(problem, plan.replan.previous);
  if (foreign === undefined) return parseProblem(toAnsweredProblem(problem, plan));
  return {
    isParsed: false,
    faults: [{ pointer: '/previous', expected: `a plan of the problem; ${foreign}` }],
  };
}
