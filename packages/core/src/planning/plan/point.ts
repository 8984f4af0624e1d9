/** A whole-numbered point of a formulation, as places of persons. */
import { orderAlike } from '../ties/alike.ts';
import { toCircuitRuns, type Formulation } from '../formulation/formulate.ts';
import { compareLevels, measure } from '../objectives/measure.ts';
import type { CircuitRun } from '../problem/plan.ts';
import type { Positions, Roster } from '../problem/roster.ts';

/** Where everybody stands, and how circuits run. */
export interface Point {
  readonly positions: Positions;
  readonly circuits: readonly CircuitRun[];
}

/** Inside a cell, longest captivity first. */
export function toPoint(roster: Roster, formulation: Formulation, values: Float64Array): Point {
  const off = roster.trancheCount;
  const positions = new Int16Array(roster.persons.length).fill(off);
  formulation.cells.cells.forEach((cell, c) => {
    let next = 0;
    for (let tranche = 0; tranche < off; tranche += 1) {
      const column = formulation.columns[c * off + tranche] ?? -1;
      const count = column < 0 ? 0 : Math.round(values[column] ?? 0);
      if (cell.kind === 'unit') {
        if (count > 0) for (const index of cell.members) positions[index] = tranche;
        continue;
      }
      for (const index of cell.members.slice(next, next + count)) positions[index] = tranche;
      next += count;
    }
  });
  orderAlike(roster, positions);
  return { positions, circuits: toCircuitRuns(formulation, values, off) };
}

/** The better of two by the published order; the first where they are equal. */
export function toBetter(
  roster: Roster,
  one: Point | undefined,
  other: Point | undefined,
): Point | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareLevels(measure(roster, other.positions), measure(roster, one.positions)) < 0 ? other : one;
}
