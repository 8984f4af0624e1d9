/**
 * Persons whom nothing tells apart but captivity and id, and the order among them.
 *
 * Law     Who is longer in captivity goes no later; equal captivity by entry id [PL-24].
 * Cost    One grouping by text key, one sort of each group.
 */
import { toBinding } from '../rules/binding.ts';
import { objectiveKindOf } from '../objectives/index.ts';
import { perRoster } from '../problem/per-roster.ts';
import { toCaptivityOrder, toKinds } from '../formulation/cells.ts';
import { type Positions, type Roster } from '../problem/roster.ts';

/** Among persons whom nothing tells apart, who is longer in captivity goes no later [PL-24]. */
export function orderAlike(roster: Roster, positions: Positions): void {
  for (const members of findAlike(roster)) {
    const places = members.map((index) => positions[index] ?? roster.trancheCount).sort((a, b) => a - b);
    members.forEach((index, at) => {
      positions[index] = places[at] ?? roster.trancheCount;
    });
  }
}

/** Groups of persons who differ only in captivity and id, each longest in captivity first. */
export const findAlike: (roster: Roster) => readonly (readonly number[])[] = perRoster((roster) => {
  const kinds = getAlikeKinds(roster);
  const groups = new Map<number, number[]>();
  for (const index of toCaptivityOrder(roster)) {
    const kind = kinds[index] ?? 0;
    if (roster.persons[index]?.ineligible !== undefined || kind < 0) continue;
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [index]);
    else group.push(index);
  }
  return [...groups.values()];
});

/**
 * A number for each person: equal when neither a rule nor an objective other than captivity tells them apart
 * (a symmetry class). Whom a rule ties to others by name has a number below 0, shared with those who move as one
 * with them.
 */
export const getAlikeKinds: (roster: Roster) => Int32Array = perRoster((roster) => {
  const others = roster.objectives.filter(({ kind }) => objectiveKindOf(kind).swaps !== 'captivity');
  return toKinds(roster, toBinding(roster), others);
});
