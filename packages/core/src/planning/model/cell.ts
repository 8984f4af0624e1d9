/**
 * Cells: persons whom neither a rule nor an objective in view tells apart, counted together (interchangeable
 * persons; an orbit of the symmetry group), and units of persons who move as one.
 */

export interface Cell {
  /** Person numbers: longest in captivity first, then by id. */
  readonly members: readonly number[];
  /** `pool`: each goes alone. `unit`: all go in one tranche or none. */
  readonly kind: 'pool' | 'unit';
  /** 1 for each tranche that is open to the cell. */
  readonly open: Uint8Array;
  readonly mustGo: boolean;
}

export interface Cells {
  readonly cells: readonly Cell[];
  /** The cell of each person; -1 for who cannot be planned. */
  readonly cellOf: Int32Array;
}
