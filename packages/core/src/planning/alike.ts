/**
 * Persons whom nothing tells apart but captivity and id, and the order among them.
 *
 * Law     Who is longer in captivity goes no later; equal captivity by entry id [PL-24].
 * Cost    One grouping by text key, one sort of each group.
 */
import { compareCaptivity, toBinding, toKindKeys, toSelectors } from './cells.ts';
import type { Positions } from './measure.ts';
import type { Roster } from './roster.ts';

/** Among persons whom nothing tells apart, who is longer in captivity goes no later [PL-24]. */
export function orderAlike(roster: Roster, positions: Positions): void {
  for (const members of findAlike(roster)) {
    const places = members.map((index) => positions[index] ?? roster.trancheCount).sort((a, b) => a - b);
    members.forEach((index, at) => {
      positions[index] = places[at] ?? roster.trancheCount;
    });
  }
}

const known = new WeakMap<Roster, readonly (readonly number[])[]>();

/** Groups of persons who differ only in captivity and id, each longest in captivity first. */
export function findAlike(roster: Roster): readonly (readonly number[])[] {
  const found = known.get(roster);
  if (found !== undefined) return found;
  const binding = toBinding(roster);
  const others = roster.objectives.filter(
    ({ kind }) => kind !== 'captivity-total' && kind !== 'captivity-leximin',
  );
  const keys = toKindKeys(roster, binding, toSelectors(roster), others);
  const groups = new Map<string, number[]>();
  roster.persons.forEach((person, index) => {
    if (person.ineligible !== undefined || binding.isBound[index] === 1) return;
    const key = keys[index] ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  const alike = [...groups.values()].map((members) =>
    members.sort((left, right) => compareCaptivity(roster.persons, left, right)),
  );
  known.set(roster, alike);
  return alike;
}
