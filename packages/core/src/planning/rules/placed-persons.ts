/**
 * The places of persons as the checker sees them, when it asks each rule whether it is kept.
 *
 * Cost    One pass over the persons for each distinct selector.
 */
import type { CircuitRun } from '../problem/plan.ts';
import type { Selector } from '../problem/problem.ts';
import { isSelected, type Positions, type Roster } from '../problem/roster.ts';

export class PlacedPersons {
  readonly roster: Roster;
  /** The place of who stays off. */
  readonly off: number;
  /** The plan's own account of its cycles and chains. */
  readonly circuits: readonly CircuitRun[];
  readonly #positions: Positions;
  readonly #known = new Map<string, readonly number[]>();

  constructor(roster: Roster, positions: Positions, circuits: readonly CircuitRun[]) {
    this.roster = roster;
    this.off = roster.trancheCount;
    this.circuits = circuits;
    this.#positions = positions;
  }

  at(index: number): number {
    return this.#positions[index] ?? this.off;
  }

  idOf(index: number): string {
    return this.roster.persons[index]?.id ?? '';
  }

  nameOf(tranche: number): string {
    return this.roster.problem.tranches[tranche]?.id ?? 'off';
  }

  /** Persons whom the selector chooses, by tranche. */
  count(who: Selector): readonly number[] {
    const key = JSON.stringify(Object.entries(who).sort(([one], [other]) => (one < other ? -1 : 1)));
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    const counts = Array.from({ length: this.off }, () => 0);
    this.roster.persons.forEach((person, index) => {
      const at = this.at(index);
      if (at < this.off && isSelected(this.roster, person, who)) counts[at] = (counts[at] ?? 0) + 1;
    });
    this.#known.set(key, counts);
    return counts;
  }
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
