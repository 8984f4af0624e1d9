/**
 * Whom a person can be compared with: on a leg, in a lane and in a place, a few who stand for all who are there.
 *
 * Law     Alike are those whom no selector, window or list of names tells apart; of these the shortest and the
 *         longest in captivity stand for all. The named and the unnamed are each bounded.
 * Cost    One pass over the persons and one sort of those in each place.
 */
import type { MoveJudge } from './judge-moves.ts';
import type { Positions, Roster, RosterPerson } from '../problem/roster.ts';
import { toSelection } from '../problem/selection.ts';

/** On which leg somebody is, and in which lane: those of the exchange are not compared with those whom nothing nets. */
export type Standing = Pick<RosterPerson, 'leg' | 'lane'>;

/** Persons who stand for all like them on a leg in a place. */
export interface Crowd {
  /** Shortest captivity first. */
  readonly findShortest: (like: Standing, place: number) => readonly number[];
  /** Longest captivity first. */
  readonly findLongest: (like: Standing, place: number) => readonly number[];
  /** How many there have been held less than so many days. */
  readonly countBelow: (like: Standing, place: number, days: number) => number;
}

/** How many stand for a crowd: of those whom no rule names, and of those whom one does. */
const [unnamedMax, namedMax] = [12, 24];

export function toCrowd(roster: Roster, positions: Positions, { named }: MoveJudge): Crowd {
  const off = roster.trancheCount;
  const { classOf } = toSelection(roster);
  const groups = Array.from(
    { length: roster.problem.legs.length * 2 * (off + 1) },
    () => new Map<string, { shortest: number; longest: number; isNamed: boolean }>(),
  );
  const days = groups.map((): number[] => []);
  const toSlot = ({ leg, lane }: Standing, place: number): number =>
    (leg * 2 + Number(lane !== 'exchange')) * (off + 1) + place;
  const daysOf = (index: number): number => roster.persons[index]?.days ?? 0;
  roster.persons.forEach((person, index) => {
    if (person.ineligible !== undefined || person.group !== undefined) return;
    const slot = toSlot(person, positions[index] ?? off);
    days[slot]?.push(person.days);
    const rules = named.get(index) ?? [];
    const key = `${classOf[index] ?? 0} ${person.first} ${person.last} ${JSON.stringify(rules.map(({ id }) => id))}`;
    const at = groups[slot];
    const group = at?.get(key);
    if (group === undefined) at?.set(key, { shortest: index, longest: index, isNamed: rules.length > 0 });
    else {
      if (daysOf(index) < daysOf(group.shortest)) group.shortest = index;
      if (daysOf(index) > daysOf(group.longest)) group.longest = index;
    }
  });
  const toFind = (end: 'shortest' | 'longest'): ((like: Standing, place: number) => readonly number[]) => {
    const sign = end === 'shortest' ? 1 : -1;
    const lists = groups.map((group) => {
      const all = [...group.values()].sort(
        (one, other) => sign * (daysOf(one[end]) - daysOf(other[end])) || one[end] - other[end],
      );
      return [
        ...all.filter(({ isNamed }) => !isNamed).slice(0, unnamedMax),
        ...all.filter(({ isNamed }) => isNamed).slice(0, namedMax),
      ].map((group) => group[end]);
    });
    return (like, place) => lists[toSlot(like, place)] ?? [];
  };
  for (const list of days) list.sort((one, other) => one - other);
  return {
    findShortest: toFind('shortest'),
    findLongest: toFind('longest'),
    countBelow(like, place, limit) {
      const list = days[toSlot(like, place)] ?? [];
      let [low, high] = [0, list.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((list[middle] ?? 0) < limit) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
