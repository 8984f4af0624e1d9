/**
 * Cells: persons whom neither a rule nor an objective in view tells apart, counted together, and units of
 * persons who move as one. A problem over cells has the same optimum as over persons (spec/planning.md,
 * "How it is solved") and is smaller by the number of persons in a cell.
 *
 * Cost    One pass over the persons for each attribute in view, one answer per description and selector.
 */
import { toBinding } from '../rules/binding.ts';
import { objectiveKindOf } from '../objectives/index.ts';
import type { Detail } from '../objectives/objective-kind.ts';
import { perRoster } from '../problem/per-roster.ts';
import { kindOf } from '../rules/index.ts';
import type { Cell, Cells } from '../model/cell.ts';
import type { Binding } from '../rules/binder.ts';
import { problemLimits, type Objective, type Selector } from '../problem/problem.ts';
import { toSelection } from '../problem/selection.ts';
import { isPlannable, type Roster, type RosterPerson } from '../problem/roster.ts';

/** The place of a person of whom an earlier formulation has left nothing open; `undecided` otherwise. */
export const undecided = -1;

/** Every selector that a rule counts by, in rule order, so that cells agree on all of them. */
export function toSelectors(roster: Roster): readonly Selector[] {
  const found = new Map<string, Selector>();
  for (const rule of roster.problem.rules)
    for (const who of kindOf(rule).selectors(rule, roster)) {
      const key = JSON.stringify(who);
      if (!found.has(key)) found.set(key, who);
    }
  return [...found.values()];
}

/** The same persons with nobody tied to anybody: a relaxation of every rule that ties persons. */
export function toUnbound(binding: Binding): Binding {
  const size = binding.isBound.length;
  return {
    ...binding,
    isBound: new Uint8Array(size),
    unitOf: Int32Array.from({ length: size }, (_, index) => index),
  };
}

/**
 * A number for each person: equal when no rule and none of the objectives tells two persons apart. Persons who
 * move as one, and persons who are settled in one place, share a number below 0.
 */
export function toKinds(
  roster: Roster,
  binding: Binding,
  objectives: readonly Objective[],
  decided?: Int16Array,
): Int32Array {
  const off = roster.trancheCount;
  let kinds = getSignatures(roster).slice();
  for (const details of toDetails(roster, objectives)) {
    const numbers = new Map<number, number>();
    kinds = kinds.map((kind, index) => {
      const person = roster.persons[index];
      let key = kind;
      if (person !== undefined) for (const { size, of } of details) key = key * size + of(person, index);
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      return number;
    });
  }
  return kinds.map((kind, index) => {
    const place = decided?.[index] ?? undecided;
    if (place !== undecided) return -1 - place;
    return binding.isBound[index] === 1 ? -2 - off - (binding.unitOf[index] ?? index) : kind;
  });
}

/** What the objectives see of persons, in groups of which one number holds all. */
function toDetails(roster: Roster, objectives: readonly Objective[]): readonly (readonly Detail[])[] {
  const groups: Detail[][] = [];
  const seen = new Set<string>();
  let size = Infinity;
  for (const objective of objectives)
    for (const detail of objectiveKindOf(objective.kind).details(objective, roster)) {
      if (seen.has(detail.name)) continue;
      seen.add(detail.name);
      size *= detail.size;
      if (size > detailsMax) {
        size = detail.size;
        groups.push([]);
      }
      groups.at(-1)?.push(detail);
    }
  return groups;
}

/** Times the number of persons, this is still a whole number. */
const detailsMax = 1e9;

/**
 * A number for each person: equal when no rule tells two persons apart. The rules are those of the roster and
 * what they say by name does not change with who is tied to whom, so it is made once for each roster.
 */
const getSignatures: (roster: Roster) => Int32Array = perRoster((roster) => {
  const binding = toBinding(roster);
  const off = roster.trancheCount;
  const { classOf, findMatches } = toSelection(roster);
  const matches = toSelectors(roster).map(findMatches);
  const matched = new Map<string, number>();
  /** For each description, a number for the selectors that choose it. */
  const chosen = Int32Array.from(matches[0] ?? [0], (_, number) => {
    const text = matches.map((match) => match[number] ?? 0).join('');
    let found = matched.get(text);
    if (found === undefined) matched.set(text, (found = matched.size));
    return found;
  });
  const masks = new Map<string, number>();
  const numbers = new Map<number, number>();
  const size = roster.persons.length;
  return Int32Array.from(roster.persons, (person, index) => {
    let closed = '';
    for (let tranche = 0; tranche < off; tranche += 1)
      if (binding.open[index * off + tranche] === 0) closed += ` ${tranche}`;
    let mask = masks.get(closed);
    if (mask === undefined) masks.set(closed, (mask = masks.size));
    const bits = (person.group === undefined ? 0 : 2) + (binding.mustGo[index] ?? 0);
    const key = ((chosen[classOf[index] ?? 0] ?? 0) * (size + 1) + mask) * 4 + bits;
    let found = numbers.get(key);
    if (found === undefined) numbers.set(key, (found = numbers.size));
    return found;
  });
});

/** Groups the plannable persons into cells by their kinds: the longest in captivity of a cell decides its order. */
export function toCells(roster: Roster, binding: Binding, kinds: Int32Array, decided?: Int16Array): Cells {
  const off = roster.trancheCount;
  const groups = new Map<number, number[]>();
  for (const index of toCaptivityOrder(roster)) {
    const person = roster.persons[index];
    // A package with a person who cannot be planned is kept: it stays off as a whole.
    if (person === undefined || (!isPlannable(person) && binding.isBound[index] !== 1)) continue;
    const kind = kinds[index] ?? 0;
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [index]);
    else group.push(index);
  }
  const cellOf = new Int32Array(roster.persons.length).fill(-1);
  const cells: Cell[] = [];
  for (const members of groups.values()) {
    const first = members[0];
    if (first === undefined) continue;
    for (const index of members) cellOf[index] = cells.length;
    const place = decided?.[first] ?? undecided;
    const kind = binding.isBound[first] === 1 || place !== undecided ? 'unit' : 'pool';
    // Members agree on every closed tranche and on every must.
    const open = binding.open.slice(first * off, first * off + off);
    let mustGo = binding.mustGo[first] === 1;
    if (place !== undecided) {
      // All who are settled in one place stand together: one column that no longer moves.
      open.fill(0);
      if (place < off) open[place] = 1;
      mustGo = place < off;
    }
    cells.push({ members, kind, open, mustGo });
  }
  return { cells, cellOf };
}

/** All persons, longest in captivity first, then by id. */
export const toCaptivityOrder: (roster: Roster) => Int32Array = perRoster((roster) => {
  const size = roster.persons.length;
  const keys = Float64Array.from(
    roster.persons,
    ({ days }, index) => (problemLimits.days - days) * size + index,
  ).sort();
  return Int32Array.from(keys, (key) => key % size);
});

/** Longest in captivity first; equal captivity by entry id, which is the order of person numbers. */
export function compareCaptivity(persons: readonly RosterPerson[], left: number, right: number): number {
  return (persons[right]?.days ?? 0) - (persons[left]?.days ?? 0) || left - right;
}
