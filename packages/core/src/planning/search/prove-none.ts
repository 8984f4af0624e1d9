/**
 * An independent proof that no whole-numbered point of a face exists, or none with a better value of a level.
 *
 * Law     The points are divided by halving the room of one column after another. A part is closed only by
 *         weak duality in our own arithmetic (`boundByDuals`) over the rows of the part itself. Any duals give
 *         a true bound, so nothing here rests on the solver's word: a bad answer makes the proof longer, or
 *         leaves it unfinished.
 * Cost    One relaxation for each part, two for one that has no point; the number of parts is bounded.
 */
import { toValue, type LevelForm } from '../objectives/level-draft.ts';
import { boundByDuals, isPoint, toFullValues, toResidual, toResidualCost, type Face } from './face.ts';
import { toWholeBound, type Watch } from './level-walk.ts';
import type { LinearModel, Solver, SolverSession } from '../problem/solver.ts';

export type NoneProof =
  | { readonly kind: 'none' }
  /** There is one after all. */
  | { readonly kind: 'found'; readonly point: Float64Array }
  | { readonly kind: 'unknown' };

export interface Beyond {
  readonly level: LevelForm;
  /** Only points with a better value than this are asked for. */
  readonly value: number;
}

/** How many more parts proofs may look at: what is left of it goes to the next. */
export interface ProofBudget {
  partsLeft: number;
  /** One proof may take no more of them. */
  shareMax: number;
}

/** However many proofs came to nothing, the next may look at so many parts where parts cost little. */
function toShareMin({ rowColumns }: LinearModel): number {
  return Math.floor(8 * Math.min(1, 1_500 / (rowColumns.length + 1)));
}

/** Of one proof that shares its budget with others: fewer where each part costs more. */
function toSharedMax({ rowColumns }: LinearModel): number {
  return Math.min(120, Math.max(10, Math.floor(60_000 / (rowColumns.length + 1))));
}

interface Part {
  readonly depth: number;
  readonly column: number;
  readonly lower: number;
  readonly upper: number;
}

/** Proves, finds one, or gives up when the parts become too many. */
export function proveNone(
  solver: Solver,
  face: Face,
  watch: Watch,
  budget: ProofBudget,
  beyond?: Beyond,
): NoneProof {
  const residual = toResidual(face);
  if (residual.isInfeasible) return { kind: 'none' };
  const { model } = residual;
  const width = residual.columns.length;
  const weights = toWeights(model);
  const lower = model.columnLower.slice();
  const upper = model.columnUpper.slice();
  const zero = new Float64Array(width);
  const { cost, settled } =
    beyond === undefined ? { cost: zero, settled: 0 } : toResidualCost(face, residual, beyond.level);
  const sense = beyond?.level.sense ?? 'min';
  const isBeyond = (value: number): boolean =>
    beyond === undefined || (sense === 'max' ? value > beyond.value : value < beyond.value);
  const isWanted = (point: Float64Array): boolean =>
    isPoint(face, point) && (beyond === undefined || isBeyond(toValue(beyond.level, point)));
  const elastic = toElasticModel(model);
  const elasticCost = new Float64Array(elastic.columnLower.length).fill(1, width);
  let levelSession: SolverSession | undefined;
  let elasticSession: SolverSession | undefined;
  /** Columns whose bounds an open session has not seen yet. */
  const stale: [Set<number>, Set<number>] = [new Set(), new Set()];
  const solve = (
    session: SolverSession,
    known: Set<number>,
    isLevel: boolean,
  ): ReturnType<SolverSession['solve']> => {
    const changed = Int32Array.from(known).sort();
    known.clear();
    session.setColumnBounds(
      changed,
      Float64Array.from(changed, (at) => model.columnLower[at] ?? 0),
      Float64Array.from(changed, (at) => model.columnUpper[at] ?? 0),
    );
    return session.solve({
      sense: isLevel ? sense : 'min',
      cost: isLevel ? cost : elasticCost,
      kind: 'relaxation',
      secondsMax: watch.secondsLeft(),
      isNarrowed: true,
    });
  };
  const path: Part[] = [];
  const setBounds = (column: number, low: number, high: number): void => {
    model.columnLower[column] = low;
    model.columnUpper[column] = high;
    for (const known of stale) known.add(column);
  };
  /** Bounds of the part: those of the face, narrowed along the path. */
  const enter = (part: Part): void => {
    while ((path.at(-1)?.depth ?? 0) >= part.depth) {
      const left = path.pop();
      if (left === undefined) break;
      const before = path.findLast(({ column }) => column === left.column);
      setBounds(
        left.column,
        before?.lower ?? lower[left.column] ?? 0,
        before?.upper ?? upper[left.column] ?? 0,
      );
    }
    path.push(part);
    if (part.column >= 0) setBounds(part.column, part.lower, part.upper);
  };
  const parts: Part[] = [{ depth: 1, column: -1, lower: 0, upper: 0 }];
  let left =
    beyond === undefined
      ? budget.partsLeft
      : Math.min(budget.partsLeft, Math.max(budget.shareMax, toShareMin(model)), toSharedMax(model));
  try {
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      left -= 1;
      budget.partsLeft -= 1;
      if (left < 0 || watch.findStop() !== undefined) {
        // Levels that are alike in shape are alike in length: the next is not likely to fit either.
        budget.shareMax = Math.floor(budget.shareMax / 2);
        return { kind: 'unknown' };
      }
      enter(part);
      if (isSinglePoint(model, width)) {
        const only = toFullValues(face, residual, model.columnLower);
        if (isWanted(only)) return { kind: 'found', point: only };
        continue;
      }
      let values: Float64Array | undefined;
      if (beyond !== undefined) {
        levelSession ??= solver.open(model);
        const answer = solve(levelSession, stale[0], true);
        values = answer.values;
        if (answer.rowDuals !== undefined) {
          const { bound } = boundByDuals(model, cost, sense, answer.rowDuals);
          if (!isBeyond(toWholeBound(bound + settled, sense))) continue;
        }
      }
      if (values === undefined) {
        elasticSession ??= solver.open(elastic);
        const answer = solve(elasticSession, stale[1], false);
        if (answer.rowDuals !== undefined) {
          const { bound } = boundByDuals(model, zero, 'min', answer.rowDuals);
          if (bound > 1e-4) continue;
        }
        values = answer.values;
      }
      if (values === undefined) return { kind: 'unknown' };
      const full = toFullValues(face, residual, values).map(Math.round);
      if (isWanted(full)) return { kind: 'found', point: full };
      const column = findDivision(model, values, width, weights);
      const low = model.columnLower[column] ?? 0;
      const high = model.columnUpper[column] ?? 0;
      const value = values[column] ?? 0;
      const at = value > low && value < high ? Math.floor(value + 1e-6) : value >= high ? high - 1 : low;
      const depth = part.depth + 1;
      const below: Part = { depth, column, lower: low, upper: at };
      const above: Part = { depth, column, lower: at + 1, upper: high };
      // The nearer half is looked at first.
      if (value - at > 0.5) parts.push(below, above);
      else parts.push(above, below);
    }
    return { kind: 'none' };
  } finally {
    levelSession?.close();
    elasticSession?.close();
  }
}

function isSinglePoint(model: LinearModel, width: number): boolean {
  for (let column = 0; column < width; column += 1)
    if ((model.columnLower[column] ?? 0) < (model.columnUpper[column] ?? 0)) return false;
  return true;
}

/**
 * The most that each column weighs in any row: what counts for several persons, as the shares of a ratio do or
 * those who move as one, decides more than one person does.
 */
function toWeights({ columnLower, rowColumns, rowValues }: LinearModel): Float64Array {
  const weights = new Float64Array(columnLower.length);
  for (const [entry, column] of rowColumns.entries())
    weights[column] = Math.max(weights[column] ?? 0, Math.abs(rowValues[entry] ?? 0));
  return weights;
}

/** The column farthest from whole for its weight; else the first that still has room. */
function findDivision(
  model: LinearModel,
  values: Float64Array,
  width: number,
  weights: Float64Array,
): number {
  let found = -1;
  let farthest = 1e-6;
  let open = -1;
  for (let column = 0; column < width; column += 1) {
    if ((model.columnLower[column] ?? 0) >= (model.columnUpper[column] ?? 0)) continue;
    if (open < 0) open = column;
    const value = values[column] ?? 0;
    const far = Math.abs(value - Math.round(value));
    if (far > 1e-6 && far * (weights[column] ?? 0) > farthest) {
      farthest = far * (weights[column] ?? 0);
      found = column;
    }
  }
  return found < 0 ? open : found;
}

/** The model with two more columns for each row, by which the row may be missed from either side. */
function toElasticModel(model: LinearModel): LinearModel {
  const width = model.columnLower.length;
  const height = model.rowLower.length;
  const entries = model.rowColumns.length + 2 * height;
  const rowStarts = new Int32Array(height + 1);
  const rowColumns = new Int32Array(entries);
  const rowValues = new Float64Array(entries);
  let next = 0;
  for (let row = 0; row < height; row += 1) {
    rowStarts[row] = next;
    for (let at = model.rowStarts[row] ?? 0; at < (model.rowStarts[row + 1] ?? 0); at += 1, next += 1) {
      rowColumns[next] = model.rowColumns[at] ?? 0;
      rowValues[next] = model.rowValues[at] ?? 0;
    }
    rowColumns[next] = width + 2 * row;
    rowValues[next] = 1;
    rowColumns[next + 1] = width + 2 * row + 1;
    rowValues[next + 1] = -1;
    next += 2;
  }
  rowStarts[height] = next;
  const columnLower = new Float64Array(width + 2 * height);
  columnLower.set(model.columnLower);
  const columnUpper = new Float64Array(width + 2 * height).fill(1e9);
  columnUpper.set(model.columnUpper);
  return {
    ...model,
    columnLower,
    columnUpper,
    columnInteger: new Uint8Array(width + 2 * height),
    rowStarts,
    rowColumns,
    rowValues,
  };
}
