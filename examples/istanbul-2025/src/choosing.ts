/**
 * Who goes in which tranche, by someone who chooses: the planner with its solver (`planning.ts`), or the plain order
 * here, which takes the longest in captivity first within the numbers of the terms and knows no package and no
 * family. What is to be chosen is a problem that `@homeward/core/choice` makes of the terms.
 */
import type { EntryId } from '@homeward/core/exchange';
import { byCaptivity, choiceFrom, type Choice } from '@homeward/core/choice';
import type { PlanningPerson, PlanningProblem } from '@homeward/core/planning';
import { dayOfExchange, daysBetween } from './person.ts';
import type { WrittenPerson } from './written.ts';

export interface Chooser {
  /** Who chooses, for the record. */
  readonly name: string;
  readonly choose: (problem: PlanningProblem) => { readonly choice: Choice; readonly proven: boolean };
}

/** Days in captivity on the first day of the exchange. */
export function daysHeld(person: WrittenPerson): number {
  return daysBetween({ from: person.captured_on, to: dayOfExchange });
}

/** Longest in captivity first, ties by entry id. */
export function longestFirst(a: WrittenPerson, b: WrittenPerson): number {
  return byCaptivity({ id: a.id, days: daysHeld(a) }, { id: b.id, days: daysHeld(b) });
}

/** The plain order: no solver, no proof. Throws when too few are eligible. */
export const longestInCaptivityFirst: Chooser = {
  name: 'longest in captivity first',
  choose: (problem) => {
    const choice = new Map<EntryId, number>(choiceFrom(problem.previous?.places ?? []));
    for (const { id: leg } of problem.legs) {
      const waiting = problem.persons
        .filter((person) => person.leg === leg && person.ineligible === undefined)
        .sort(byCaptivity);
      for (const tranche of problem.tranches) fill(choice, waiting, { problem, leg, tranche: tranche.id });
    }
    return { choice, proven: false };
  },
};

function fill(
  choice: Map<EntryId, number>,
  people: readonly PlanningPerson[],
  at: { readonly problem: PlanningProblem; readonly leg: string; readonly tranche: string },
): void {
  const { problem, leg, tranche } = at;
  const number = [...choiceFrom([{ person: '', tranche }]).values()][0] ?? 0;
  const take = (count: number, fits: (person: PlanningPerson) => boolean): void => {
    const has = people.filter((person) => fits(person) && choice.get(person.id as EntryId) === number).length;
    const next = people
      .filter((person) => fits(person) && !choice.has(person.id as EntryId))
      .slice(0, count - has);
    if (has + next.length < count)
      throw new Error(`${count} persons are wanted, ${has + next.length} are eligible`);
    for (const { id } of next) choice.set(id as EntryId, number);
  };
  for (const rule of problem.rules) {
    if (rule.kind !== 'quota' || rule.tranche !== tranche || rule.who.legs?.includes(leg) !== true) continue;
    take(rule.exact ?? 0, ({ category }) => rule.who.categories?.includes(category) !== false);
  }
  for (const rule of problem.rules) {
    if (rule.kind !== 'parity' || rule.form !== 'fixed' || !rule.legs.includes(leg)) continue;
    take(rule.counts[problem.tranches.findIndex(({ id }) => id === tranche)] ?? 0, () => true);
  }
}
