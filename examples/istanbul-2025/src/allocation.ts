/**
 * Who goes in which tranche: a plain stand-in for `@homeward/core/planning`. It takes the longest in captivity
 * first within the quotas of each tranche, ties by entry id, and keeps no package, no family and no proof.
 */
import { dayOfExchange, daysBetween } from './person.ts';
import type { Figures } from './figures.ts';
import type { WrittenPerson } from './written.ts';

/** Days in captivity on the first day of the exchange. */
export function daysHeld(person: WrittenPerson): number {
  return daysBetween({ from: person.captured_on, to: dayOfExchange });
}

function byCaptivity(a: WrittenPerson, b: WrittenPerson): number {
  return daysHeld(b) - daysHeld(a) || (a.id < b.id ? -1 : 1);
}

/** The persons of each tranche of one leg, longest in captivity first. Throws when too few are eligible. */
export function pickByCaptivity(work: {
  readonly eligible: readonly WrittenPerson[];
  readonly figures: Figures;
}): readonly (readonly WrittenPerson[])[] {
  const { eligible, figures } = work;
  const waiting = [...eligible].sort(byCaptivity);
  const take = (count: number, fits: (person: WrittenPerson) => boolean): readonly WrittenPerson[] => {
    const chosen = waiting.filter(fits).slice(0, count);
    if (chosen.length < count) throw new Error(`${count} persons are wanted, ${chosen.length} are eligible`);
    for (const person of chosen) waiting.splice(waiting.indexOf(person), 1);
    return chosen;
  };
  return figures.tranches.map((persons, index) => {
    if (index > 0) return take(persons, () => true);
    return [
      ...take(figures.civiliansInFirst, ({ category }) => category === 'civilian'),
      ...take(persons - figures.civiliansInFirst, ({ category }) => category === 'military'),
    ].sort(byCaptivity);
  });
}
