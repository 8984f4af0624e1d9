/**
 * Who goes in which tranche, by someone who chooses: the planner with its solver (`planning.ts`), or the plain order
 * here, which takes the longest in captivity first within the quotas and knows no package and no family.
 */
import type { EntryId } from '@homeward/core/exchange';
import type { Figures } from './figures.ts';
import type { PowerCode } from './lists.ts';
import { dayOfExchange, daysBetween } from './person.ts';
import type { WrittenPerson } from './written.ts';

/** Persons who go, and the number of their tranche. Who is not in it stays. */
export type Choice = ReadonlyMap<EntryId, number>;

export interface ChoiceWork {
  readonly figures: Figures;
  /** Whom one may choose, by the power that holds them. */
  readonly eligible: Readonly<Record<PowerCode, readonly WrittenPerson[]>>;
  /** Pairs of persons of either power of whom neither goes without the other. */
  readonly packages: readonly (readonly [EntryId, EntryId])[];
  /** Persons of one family: all on one day, or none. */
  readonly families: readonly (readonly EntryId[])[];
  /** A choice on the table: it changes as little as can be, and not at all in tranches that have gone. */
  readonly previous?: { readonly choice: Choice; readonly gone: readonly number[] };
}

export interface Chooser {
  /** Who chooses, for the record. */
  readonly name: string;
  readonly choose: (work: ChoiceWork) => { readonly choice: Choice; readonly proven: boolean };
}

/** Days in captivity on the first day of the exchange. */
export function daysHeld(person: WrittenPerson): number {
  return daysBetween({ from: person.captured_on, to: dayOfExchange });
}

/** Longest in captivity first, ties by entry id. */
export function byCaptivity(a: WrittenPerson, b: WrittenPerson): number {
  return daysHeld(b) - daysHeld(a) || (a.id < b.id ? -1 : 1);
}

/** The plain order: no solver, no proof. Throws when too few are eligible. */
export const longestInCaptivityFirst: Chooser = {
  name: 'longest in captivity first',
  choose: ({ figures, eligible, previous }) => {
    const choice = new Map<EntryId, number>();
    for (const power of ['A', 'B'] as const) {
      const waiting = [...eligible[power]].sort(byCaptivity);
      const here = new Set(waiting.map(({ id }) => id));
      for (const [entry, number] of previous?.choice ?? []) if (here.has(entry)) choice.set(entry, number);
      figures.tranches.forEach((persons, index) => {
        const number = index + 1;
        const civilians = number === 1 ? figures.civiliansInFirst : undefined;
        fill(choice, waiting, { number, persons, civilians });
      });
    }
    return { choice, proven: false };
  },
};

function fill(
  choice: Map<EntryId, number>,
  people: readonly WrittenPerson[],
  wanted: { readonly number: number; readonly persons: number; readonly civilians: number | undefined },
): void {
  const { number, persons, civilians } = wanted;
  const take = (count: number, fits: (person: WrittenPerson) => boolean): void => {
    const has = people.filter((person) => fits(person) && choice.get(person.id as EntryId) === number).length;
    const next = people
      .filter((person) => fits(person) && !choice.has(person.id as EntryId))
      .slice(0, count - has);
    if (has + next.length < count)
      throw new Error(`${count} persons are wanted, ${has + next.length} are eligible`);
    for (const { id } of next) choice.set(id as EntryId, number);
  };
  if (civilians === undefined) {
    take(persons, () => true);
    return;
  }
  take(civilians, ({ category }) => category === 'civilian');
  take(persons - civilians, ({ category }) => category === 'military');
}
