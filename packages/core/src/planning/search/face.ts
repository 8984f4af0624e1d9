/**
 * What is still open in a model: bounds of columns and rows that shrink as levels of the order are settled.
 *
 * Law     Only what every plan of the settled values must satisfy is fixed. The proof is weak duality,
 *         computed here from the solver's row duals: any duals give a true bound, good ones a tight one.
 *         So a solver that lies about bounds or duals can slow the search, never falsify a bound.
 * Source  Reduced-cost fixing: Dantzig, Fulkerson, Johnson 1954; complementary slackness.
 */
import type { LevelForm } from '../objectives/level-draft.ts';
import type { LinearModel, Solver, SolverAnswer } from '../problem/solver.ts';

/** A model with the bounds that hold now, and rows that hold settled levels at their value. */
export interface Face {
  readonly model: LinearModel;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  levelRows: readonly LevelRow[];
}

export interface LevelRow {
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly lower: number;
  readonly upper: number;
}

/** A row that holds a level between two values of its whole form, constant included. */
export function toLevelRow(level: LevelForm, lower: number, upper: number): LevelRow {
  return {
    columns: level.columns,
    values: level.values,
    lower: lower - level.constant,
    upper: upper - level.constant,
  };
}

export function openFace(model: LinearModel): Face {
  return {
    model,
    columnLower: model.columnLower.slice(),
    columnUpper: model.columnUpper.slice(),
    rowLower: model.rowLower.slice(),
    rowUpper: model.rowUpper.slice(),
    levelRows: [],
  };
}

export function copyFace(face: Face): Face {
  return {
    model: face.model,
    columnLower: face.columnLower.slice(),
    columnUpper: face.columnUpper.slice(),
    rowLower: face.rowLower.slice(),
    rowUpper: face.rowUpper.slice(),
    levelRows: face.levelRows,
  };
}

/** The model without its fixed columns and without rows that cannot be broken. */
export interface Residual {
  /** Its bounds follow the face as that is shrunk through this residual. */
  readonly model: LinearModel;
  /** Column of the full model for each residual column. */
  readonly columns: Int32Array;
  /** Residual column for each column of the full model; -1 for a fixed one. */
  readonly places: Int32Array;
  /** Row of the full model for each residual row; -1 - k for level row k. */
  readonly rows: Int32Array;
  /** What the fixed columns add to each residual row. */
  readonly settled: Float64Array;
  /** Some row cannot hold whatever the free columns do. */
  readonly isInfeasible: boolean;
}

export function toResidual(face: Face): Residual {
  const { model } = face;
  const width = model.columnLower.length;
  const places = new Int32Array(width).fill(-1);
  const columns: number[] = [];
  let isInfeasible = false;
  for (let column = 0; column < width; column += 1) {
    const room = (face.columnUpper[column] ?? 0) - (face.columnLower[column] ?? 0);
    if (room < 0) isInfeasible = true;
    if (room > 0) {
      places[column] = columns.length;
      columns.push(column);
    }
  }
  const rows: number[] = [];
  const shifts: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const rowStarts: number[] = [0];
  const rowColumns: number[] = [];
  const rowValues: number[] = [];
  const addRow = (
    name: number,
    lower: number,
    upper: number,
    of: { readonly columns: Int32Array; readonly values: Float64Array },
    from: number,
    until: number,
  ): void => {
    const start = rowColumns.length;
    let settled = 0;
    let least = 0;
    let most = 0;
    for (let entry = from; entry < until; entry += 1) {
      const column = of.columns[entry] ?? 0;
      const value = of.values[entry] ?? 0;
      const low = face.columnLower[column] ?? 0;
      const high = face.columnUpper[column] ?? 0;
      const at = places[column] ?? -1;
      if (at < 0) {
        settled += value * low;
        continue;
      }
      rowColumns.push(at);
      rowValues.push(value);
      least += value > 0 ? value * low : value * high;
      most += value > 0 ? value * high : value * low;
    }
    const low = lower - settled;
    const high = upper - settled;
    if (low > high || least > high + tolerance || most < low - tolerance) isInfeasible = true;
    if (least >= low - tolerance && most <= high + tolerance) {
      rowColumns.length = start;
      rowValues.length = start;
      return;
    }
    rows.push(name);
    shifts.push(settled);
    rowLower.push(low);
    rowUpper.push(high);
    rowStarts.push(rowColumns.length);
  };
  const entries = { columns: model.rowColumns, values: model.rowValues };
  for (let row = 0; row < model.rowLower.length; row += 1) {
    addRow(
      row,
      face.rowLower[row] ?? 0,
      face.rowUpper[row] ?? 0,
      entries,
      model.rowStarts[row] ?? 0,
      model.rowStarts[row + 1] ?? 0,
    );
  }
  face.levelRows.forEach((row, number) => {
    addRow(-1 - number, row.lower, row.upper, row, 0, row.columns.length);
  });
  return {
    model: {
      columnLower: Float64Array.from(columns, (column) => face.columnLower[column] ?? 0),
      columnUpper: Float64Array.from(columns, (column) => face.columnUpper[column] ?? 0),
      columnInteger: new Uint8Array(columns.length).fill(1),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      rowStarts: Int32Array.from(rowStarts),
      rowColumns: Int32Array.from(rowColumns),
      rowValues: Float64Array.from(rowValues),
    },
    columns: Int32Array.from(columns),
    places,
    rows: Int32Array.from(rows),
    settled: Float64Array.from(shifts),
    isInfeasible,
  };
}

/** The residual with one more row that holds a level; `number` is its place among the level rows of the face. */
export function extendResidual(face: Face, residual: Residual, number: number): Residual {
  const row = face.levelRows[number];
  if (row === undefined) throw new Error('no such level row');
  const { model } = residual;
  const columns: number[] = [];
  const values: number[] = [];
  let settled = 0;
  for (let entry = 0; entry < row.columns.length; entry += 1) {
    const column = row.columns[entry] ?? 0;
    const value = row.values[entry] ?? 0;
    const at = residual.places[column] ?? -1;
    if (at < 0) settled += value * (face.columnLower[column] ?? 0);
    else {
      columns.push(at);
      values.push(value);
    }
  }
  const add = (list: Float64Array, value: number): Float64Array => Float64Array.from([...list, value]);
  const entries = model.rowColumns.length + columns.length;
  const rowColumns = new Int32Array(entries);
  rowColumns.set(model.rowColumns);
  rowColumns.set(columns, model.rowColumns.length);
  const rowValues = new Float64Array(entries);
  rowValues.set(model.rowValues);
  rowValues.set(values, model.rowValues.length);
  return {
    ...residual,
    model: {
      ...model,
      rowLower: add(model.rowLower, row.lower - settled),
      rowUpper: add(model.rowUpper, row.upper - settled),
      rowStarts: Int32Array.from([...model.rowStarts, entries]),
      rowColumns,
      rowValues,
    },
    rows: Int32Array.from([...residual.rows, -1 - number]),
    settled: add(residual.settled, settled),
  };
}

const tolerance = 1e-6;

/** A bound that holds for every point of the residual model, whatever the duals were. */
export interface DualBound {
  /** On the residual objective, in its own sense. */
  readonly bound: number;
  /** Objective lost per unit by which a column leaves its better side; signed like the sense "max". */
  readonly reduced: Float64Array;
  readonly duals: Float64Array;
}

/** Weak duality in our own arithmetic. Cost: one pass over the entries of the model. */
export function boundByDuals(
  model: LinearModel,
  cost: Float64Array,
  sense: 'min' | 'max',
  rowDuals: Float64Array,
): DualBound {
  const sign = sense === 'max' ? 1 : -1;
  const reduced = new Float64Array(cost.length);
  for (let column = 0; column < cost.length; column += 1) reduced[column] = sign * (cost[column] ?? 0);
  const duals = new Float64Array(model.rowLower.length);
  let bound = 0;
  for (let row = 0; row < duals.length; row += 1) {
    const raw = sign * (rowDuals[row] ?? 0);
    // A positive multiplier charges the upper side. One whose side is open proves nothing: drop it.
    const rounded = Math.round(raw * 4096) / 4096;
    const dual = Math.abs(rounded - raw) < 1e-7 ? rounded : raw;
    const side = dual > 0 ? (model.rowUpper[row] ?? Infinity) : (model.rowLower[row] ?? -Infinity);
    if (dual === 0 || !Number.isFinite(side) || !Number.isFinite(dual)) continue;
    duals[row] = dual;
    bound += dual * side;
    const end = model.rowStarts[row + 1] ?? 0;
    for (let at = model.rowStarts[row] ?? 0; at < end; at += 1) {
      const column = model.rowColumns[at] ?? 0;
      reduced[column] = (reduced[column] ?? 0) - dual * (model.rowValues[at] ?? 0);
    }
  }
  for (let column = 0; column < reduced.length; column += 1) {
    const value = reduced[column] ?? 0;
    bound += value > 0 ? value * (model.columnUpper[column] ?? 0) : value * (model.columnLower[column] ?? 0);
  }
  return { bound: sign * bound, reduced, duals };
}

/** What a shrinking changed: residual columns and rows, and the bounds of the face before it. */
export interface Shrinkage {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly residual: Residual;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly levelRows: readonly LevelRow[];
}

/**
 * Shrinks the face to what a plan of value at most `gap` below the bound can still be.
 * Columns and row sums are whole numbers: less than one unit of room means none.
 */
export function shrinkFace(face: Face, residual: Residual, dual: DualBound, gap: number): Shrinkage {
  const room = gap + 1e-6;
  const { model } = residual;
  const levelRows = face.levelRows;
  const columns: number[] = [];
  const columnLower: number[] = [];
  const columnUpper: number[] = [];
  for (let at = 0; at < residual.columns.length; at += 1) {
    const value = dual.reduced[at] ?? 0;
    const size = Math.abs(value);
    if (size < 1e-6) continue;
    const steps = Math.floor(room / size);
    const low = model.columnLower[at] ?? 0;
    const high = model.columnUpper[at] ?? 0;
    if (high - low <= steps) continue;
    const column = residual.columns[at] ?? 0;
    columns.push(at);
    columnLower.push(low);
    columnUpper.push(high);
    if (value > 0) face.columnLower[column] = model.columnLower[at] = high - steps;
    else face.columnUpper[column] = model.columnUpper[at] = low + steps;
  }
  const rows: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  for (let at = 0; at < residual.rows.length; at += 1) {
    const value = dual.duals[at] ?? 0;
    const size = Math.abs(value);
    if (size < 1e-6) continue;
    const steps = Math.floor(room / size);
    const low = model.rowLower[at] ?? 0;
    const high = model.rowUpper[at] ?? 0;
    if (high - low <= steps) continue;
    rows.push(at);
    rowLower.push(low);
    rowUpper.push(high);
    if (value > 0) model.rowLower[at] = high - steps;
    else model.rowUpper[at] = low + steps;
    const row = residual.rows[at] ?? 0;
    const settled = residual.settled[at] ?? 0;
    const lower = (model.rowLower[at] ?? 0) + settled;
    const upper = (model.rowUpper[at] ?? 0) + settled;
    if (row >= 0) {
      face.rowLower[row] = lower;
      face.rowUpper[row] = upper;
    } else
      face.levelRows = face.levelRows.map((one, number) =>
        number === -1 - row ? { ...one, lower, upper } : one,
      );
  }
  return {
    columns: Int32Array.from(columns),
    rows: Int32Array.from(rows),
    residual,
    columnLower: Float64Array.from(columnLower),
    columnUpper: Float64Array.from(columnUpper),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    levelRows,
  };
}

/** Takes a shrinking back, and every row added to the face since. The residual is of no use any more. */
export function undoShrinkage(face: Face, { residual, ...was }: Shrinkage): void {
  was.columns.forEach((at, entry) => {
    const column = residual.columns[at] ?? 0;
    face.columnLower[column] = was.columnLower[entry] ?? 0;
    face.columnUpper[column] = was.columnUpper[entry] ?? 0;
  });
  was.rows.forEach((at, entry) => {
    const row = residual.rows[at] ?? 0;
    if (row < 0) return;
    const settled = residual.settled[at] ?? 0;
    face.rowLower[row] = (was.rowLower[entry] ?? 0) + settled;
    face.rowUpper[row] = (was.rowUpper[entry] ?? 0) + settled;
  });
  face.levelRows = was.levelRows;
}

/** The objective of a level over the residual columns, and what the fixed columns add. */
export function toResidualCost(
  face: Face,
  residual: Residual,
  level: LevelForm,
): { readonly cost: Float64Array; readonly settled: number; readonly isForced: boolean } {
  let settled = level.constant;
  let isForced = true;
  const cost = new Float64Array(residual.columns.length);
  for (let entry = 0; entry < level.columns.length; entry += 1) {
    const column = level.columns[entry] ?? 0;
    const value = level.values[entry] ?? 0;
    const low = face.columnLower[column] ?? 0;
    if (low < (face.columnUpper[column] ?? 0)) {
      isForced = false;
      cost[residual.places[column] ?? 0] = value;
    } else settled += value * low;
  }
  return { cost, settled, isForced };
}

/** Values for the full model from values of the residual columns. */
export function toFullValues(face: Face, residual: Residual, values: Float64Array): Float64Array {
  const full = face.columnLower.slice();
  residual.columns.forEach((column, at) => {
    full[column] = values[at] ?? 0;
  });
  return full;
}

export interface PointQuestion {
  readonly secondsMax: number;
  /** The best point by this level, with a proof by the solver; any point when absent. */
  readonly level?: LevelForm;
  /** A point of the face to begin with. */
  readonly start?: Float64Array;
  readonly isLastChance?: boolean;
}

/** A whole-numbered point of the face, or what the solver said instead. */
export function findPoint(
  face: Face,
  solver: Solver,
  { secondsMax, level, start, isLastChance }: PointQuestion,
): { readonly status: SolverAnswer['status']; readonly values: Float64Array | undefined } {
  const residual = toResidual(face);
  if (residual.isInfeasible) return { status: 'infeasible', values: undefined };
  const cost =
    level === undefined
      ? new Float64Array(residual.columns.length)
      : toResidualCost(face, residual, level).cost;
  const session = solver.open(residual.model);
  try {
    const answer = session.solve({
      sense: level?.sense ?? 'min',
      cost,
      kind: 'integer',
      secondsMax,
      isFirstEnough: level === undefined,
      isLastChance: isLastChance === true,
      ...(start === undefined
        ? {}
        : { start: Float64Array.from(residual.columns, (column) => start[column] ?? 0) }),
    });
    const values =
      answer.values === undefined ? undefined : toFullValues(face, residual, answer.values).map(toWhole);
    return {
      status: answer.status,
      values: values !== undefined && isPoint(face, values) ? values : undefined,
    };
  } finally {
    session.close();
  }
}

/** The whole number that a value means; NaN when it means none. */
function toWhole(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 1e-4 ? whole : NaN;
}

/** Whether whole numbers keep every bound and row of the face. */
export function isPoint(face: Face, values: Float64Array): boolean {
  for (let column = 0; column < values.length; column += 1) {
    const value = values[column] ?? NaN;
    if (!(value >= (face.columnLower[column] ?? 0) && value <= (face.columnUpper[column] ?? 0))) return false;
  }
  const { model } = face;
  for (let row = 0; row < model.rowLower.length; row += 1) {
    let sum = 0;
    const end = model.rowStarts[row + 1] ?? 0;
    for (let at = model.rowStarts[row] ?? 0; at < end; at += 1) {
      sum += (model.rowValues[at] ?? 0) * (values[model.rowColumns[at] ?? 0] ?? 0);
    }
    if (sum < (face.rowLower[row] ?? 0) || sum > (face.rowUpper[row] ?? 0)) return false;
  }
  return face.levelRows.every((row) => {
    let sum = 0;
    for (let at = 0; at < row.columns.length; at += 1)
      sum += (row.values[at] ?? 0) * (values[row.columns[at] ?? 0] ?? 0);
    return sum >= row.lower && sum <= row.upper;
  });
}
