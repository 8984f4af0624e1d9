/**
 * The draft that rules write their rows in: whom a selector counts, as entries of the columns of cells.
 *
 * Cost    For each distinct selector, one pass over the distinct descriptions of persons in the cells.
 */
import type { Selector } from '../problem/problem.ts';
import { isPlannable, isSelected, type Roster } from '../problem/roster.ts';
import { toSelection } from '../problem/selection.ts';
import type { Cells } from './cell.ts';
import { addRow, getColumn, put, type Draft, type DraftRow } from './draft.ts';

/** How the links of a circuit stand in the columns. */
export interface CircuitColumns {
  readonly rule: string;
  readonly legs: readonly string[];
  /** First column of each link; its tranches follow. */
  readonly links: readonly number[];
}

export class RuleDraft {
  readonly draft: Draft;
  readonly roster: Roster;
  readonly cells: Cells;
  readonly tranches: readonly number[];
  /** Nobody is tied to anybody: rules that tie persons by name write nothing. */
  readonly isUnbound: boolean;
  readonly circuits: CircuitColumns[] = [];
  /** Columns that say how many times a ratio holds: whole, where its sides alone would not be. */
  readonly times: number[] = [];
  readonly #counted = new Map<string, readonly (readonly [cell: number, weight: number])[]>();
  readonly #descriptions: readonly (readonly (readonly [description: number, count: number])[])[];
  readonly #findMatches: (who: Selector) => Uint8Array;

  constructor(draft: Draft, isUnbound: boolean) {
    this.draft = draft;
    this.roster = draft.roster;
    this.cells = draft.cells;
    this.tranches = draft.tranches;
    this.isUnbound = isUnbound;
    this.#descriptions = toDescriptions(draft.roster, draft.cells);
    this.#findMatches = toSelection(draft.roster).findMatches;
  }

  columnAt(cell: number, tranche: number): number {
    return getColumn(this.draft, cell, tranche);
  }

  /** Cells that a selector counts, with how many persons one of the cell's columns moves. */
  countOf(who: Selector): readonly (readonly [cell: number, weight: number])[] {
    const key = JSON.stringify(who);
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    const found: (readonly [number, number])[] = [];
    const matches = this.#findMatches(who);
    this.#descriptions.forEach((of, cell) => {
      let weight = 0;
      for (const [description, count] of of) weight += (matches[description] ?? 0) * count;
      if (weight > 0) found.push([cell, weight]);
    });
    this.#counted.set(key, found);
    return found;
  }

  /** Adds the persons of a tranche whom a selector chooses, each so often. */
  putCount(row: DraftRow, who: Selector, tranche: number, factor: number): void {
    for (const [cell, weight] of this.countOf(who)) put(row, this.columnAt(cell, tranche), weight * factor);
  }

  /** A row of a weighted sum of selectors over some tranches; each column stands in it once. */
  addSum(
    key: string,
    terms: readonly (readonly [who: Selector, factor: number])[],
    tranches: readonly number[],
    low: number,
    high: number,
  ): DraftRow {
    const row = addRow(this.draft, key, low, high);
    const net = new Map<number, number>();
    for (const [who, factor] of terms)
      for (const tranche of tranches)
        for (const [cell, weight] of this.countOf(who)) {
          const column = this.columnAt(cell, tranche);
          net.set(column, (net.get(column) ?? 0) + weight * factor);
        }
    for (const [column, value] of net) put(row, column, value);
    return row;
  }

  /** Plannable persons of the exchange lane on these legs: the same in every formulation of the problem. */
  countPlannable(legs: readonly string[]): number {
    return this.roster.persons.filter(
      (person) => isPlannable(person) && isSelected(this.roster, person, { legs }),
    ).length;
  }
}

/** How many persons of each description one column of each cell moves. */
function toDescriptions(
  roster: Roster,
  { cells }: Cells,
): readonly (readonly (readonly [description: number, count: number])[])[] {
  const { classOf } = toSelection(roster);
  return cells.map(({ kind, members }) => {
    // Members of a pool agree on every selector: the first answers for all, and each column moves one.
    if (kind === 'pool' || members.length === 1) return [[classOf[members[0] ?? 0] ?? 0, 1]];
    const counts = new Map<number, number>();
    for (const index of members) {
      const description = classOf[index] ?? 0;
      counts.set(description, (counts.get(description) ?? 0) + 1);
    }
    return [...counts];
  });
}
