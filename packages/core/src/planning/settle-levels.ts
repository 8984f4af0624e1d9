/**
 * Settles the levels of the published order one after another on the face that the levels before have left.
 *
 * Law     A level is settled at the bound that weak duality proves. That some plan attains all of them at
 *         once is shown by one whole-numbered point at the end; when there is none, the first level that
 *         cannot attain its bound is found and searched by branch and bound.
 */
import {
  boundByDuals,
  copyFace,
  findPoint,
  shrinkFace,
  toCurrentModel,
  toLevelRow,
  toResidual,
  toResidualCost,
  type Face,
  type Residual,
} from './face.ts';
import type { LevelForm } from './formulate.ts';
import type { LevelResult } from './plan.ts';
import type { Solver, SolverSession } from './solver.ts';

export type StopReason = 'time-limit' | 'interrupted' | 'solver-limit';

export interface SettledLevel {
  readonly bound: number;
  readonly proof: LevelResult['proof'];
}

export interface Watch {
  secondsLeft(): number;
  findStop(): StopReason | undefined;
  onLevel(level: LevelForm, settled: SettledLevel): void;
}

export interface Settled {
  readonly outcome: 'settled' | 'infeasible' | 'stopped';
  readonly stop: StopReason | undefined;
  /** The face after the last settled level. */
  readonly face: Face;
  readonly levels: readonly SettledLevel[];
  /** A whole-numbered point of the face, when one was asked for and found. */
  readonly point: Float64Array | undefined;
}

interface Walk {
  readonly faces: Face[];
  readonly levels: SettledLevel[];
}

/** Settles levels by relaxations alone: bounds are proven, that they are attained is not. */
export function relaxLevels(
  solver: Solver,
  start: Face,
  levels: readonly LevelForm[],
  watch: Watch,
): Settled {
  const walk: Walk = { faces: [start], levels: [] };
  const outcome = walkLevels(solver, walk, levels, watch);
  return { ...outcome, levels: walk.levels, face: getLast(walk.faces), point: undefined };
}

/** Settles levels and shows a plan that attains them all. */
export function settleLevels(
  solver: Solver,
  start: Face,
  levels: readonly LevelForm[],
  watch: Watch,
): Settled {
  const walk: Walk = { faces: [start], levels: [] };
  let point: Float64Array | undefined;
  for (;;) {
    const outcome = walkLevels(solver, walk, levels, watch);
    if (outcome.outcome === 'stopped')
      return { ...outcome, levels: walk.levels, face: getLast(walk.faces), point };
    if (outcome.outcome === 'settled') {
      const found = findPoint(getLast(walk.faces), solver, watch.secondsLeft());
      if (found.values !== undefined)
        return { ...outcome, levels: walk.levels, face: getLast(walk.faces), point: found.values };
      if (found.answer.status !== 'infeasible')
        return { ...toStop(watch), levels: walk.levels, face: getLast(walk.faces), point };
    }
    // Some level's bound is not attained: the largest number of levels that a plan attains at once.
    let good = -1;
    let bad = walk.faces.length - 1;
    while (bad - good > 1) {
      const middle = good === -1 && bad > 1 ? 0 : Math.floor((good + bad) / 2);
      const face = walk.faces[middle];
      if (face === undefined) throw new Error('no face to try');
      const found = findPoint(face, solver, watch.secondsLeft());
      if (found.values !== undefined) {
        good = middle;
        point = found.values;
      } else if (found.answer.status === 'infeasible') bad = middle;
      else return { ...toStop(watch), levels: walk.levels.slice(0, good + 1), face, point };
    }
    if (good < 0)
      return { outcome: 'infeasible', stop: undefined, levels: [], face: start, point: undefined };
    walk.faces.length = good + 1;
    walk.levels.length = good;
    const level = levels[good];
    const face = walk.faces[good];
    if (level === undefined || face === undefined) throw new Error('every level was attained');
    const found = findPoint(face, solver, watch.secondsLeft(), level);
    if (found.values === undefined || found.answer.status !== 'optimal')
      return { ...toStop(watch), levels: walk.levels, face, point: found.values ?? point };
    point = found.values;
    const value = toValue(level, found.values);
    const next = copyFace(face);
    const residual = toResidual(face);
    const { cost, settled } = toResidualCost(face, residual, level);
    const session = solver.open(residual.model);
    try {
      const answer = session.solve({
        sense: level.sense,
        cost,
        kind: 'relaxation',
        secondsMax: watch.secondsLeft(),
      });
      if (answer.rowDuals !== undefined) {
        const dual = boundByDuals(residual.model, cost, level.sense, answer.rowDuals);
        shrinkFace(next, residual, dual, Math.abs(dual.bound + settled - value));
      }
    } finally {
      session.close();
    }
    walk.faces.push({ ...next, levelRows: [...next.levelRows, toLevelRow(level, value, value)] });
    const result: SettledLevel = { bound: value, proof: 'branch-and-bound' };
    walk.levels.push(result);
    watch.onLevel(level, result);
  }
}

function toStop(watch: Watch): Pick<Settled, 'outcome' | 'stop'> {
  return { outcome: 'stopped', stop: watch.findStop() ?? 'solver-limit' };
}

function getLast<T>(list: readonly T[]): T {
  const last = list.at(-1);
  if (last === undefined) throw new Error('an empty walk');
  return last;
}

/** The value of a level's form at a whole-numbered point. */
export function toValue(level: LevelForm, values: Float64Array): number {
  let value = level.constant;
  level.cost.forEach((cost, column) => {
    if (cost !== 0) value += cost * (values[column] ?? 0);
  });
  return value;
}

function walkLevels(
  solver: Solver,
  walk: Walk,
  levels: readonly LevelForm[],
  watch: Watch,
): Pick<Settled, 'outcome' | 'stop'> {
  let open:
    { readonly residual: Residual; readonly session: SolverSession; readonly width: number } | undefined;
  try {
    while (walk.levels.length < levels.length) {
      const level = levels[walk.levels.length];
      const before = getLast(walk.faces);
      if (level === undefined) throw new Error('no level left');
      if (watch.findStop() !== undefined) return toStop(watch);
      const face = copyFace(before);
      const free = countFree(face);
      if (open === undefined || free * 2 < open.width) {
        open?.session.close();
        open = undefined;
        const residual = toResidual(face);
        if (residual.isInfeasible) return { outcome: 'infeasible', stop: undefined };
        open = { residual, session: solver.open(residual.model), width: residual.columns.length };
      }
      const { residual, session } = open;
      const { cost, settled, isForced } = toResidualCost(face, residual, level);
      if (isForced) {
        const result: SettledLevel = { bound: settled, proof: 'forced' };
        walk.faces.push(face);
        walk.levels.push(result);
        watch.onLevel(level, result);
        continue;
      }
      const current = toCurrentModel(face, residual);
      const answer = session.solve({
        sense: level.sense,
        cost,
        kind: 'relaxation',
        secondsMax: watch.secondsLeft(),
      });
      if (answer.status === 'infeasible') return { outcome: 'infeasible', stop: undefined };
      if (answer.rowDuals === undefined) return toStop(watch);
      const dual = boundByDuals(current, cost, level.sense, answer.rowDuals);
      // Columns fixed since the residual was opened carry no cost here: they are in `settled`.
      const whole =
        level.sense === 'max'
          ? Math.floor(dual.bound + settled + 1e-4)
          : Math.ceil(dual.bound + settled - 1e-4);
      const gap = Math.max(0, Math.abs(dual.bound + settled - whole));
      shrinkFace(face, residual, dual, gap);
      const next: Face =
        gap > 1e-5 ? { ...face, levelRows: [...face.levelRows, toLevelRow(level, whole, whole)] } : face;
      const result: SettledLevel = { bound: whole, proof: 'relaxation' };
      walk.faces.push(next);
      walk.levels.push(result);
      watch.onLevel(level, result);
      if (next !== face) {
        // The new row is not in the open session.
        session.close();
        open = undefined;
      } else narrowSession(session, residual, before, face);
    }
    return { outcome: 'settled', stop: undefined };
  } finally {
    open?.session.close();
  }
}

function countFree(face: Face): number {
  let free = 0;
  for (let column = 0; column < face.columnLower.length; column += 1) {
    if ((face.columnLower[column] ?? 0) < (face.columnUpper[column] ?? 0)) free += 1;
  }
  return free;
}

function narrowSession(session: SolverSession, residual: Residual, before: Face, after: Face): void {
  const columns: number[] = [];
  for (let at = 0; at < residual.columns.length; at += 1) {
    const column = residual.columns[at] ?? 0;
    if (
      before.columnLower[column] !== after.columnLower[column] ||
      before.columnUpper[column] !== after.columnUpper[column]
    )
      columns.push(at);
  }
  const rows: number[] = [];
  for (let at = 0; at < residual.rows.length; at += 1) {
    const row = residual.rows[at] ?? 0;
    if (
      row >= 0 &&
      (before.rowLower[row] !== after.rowLower[row] || before.rowUpper[row] !== after.rowUpper[row])
    )
      rows.push(at);
  }
  session.setColumnBounds(
    Int32Array.from(columns),
    Float64Array.from(columns, (at) => after.columnLower[residual.columns[at] ?? 0] ?? 0),
    Float64Array.from(columns, (at) => after.columnUpper[residual.columns[at] ?? 0] ?? 0),
  );
  session.setRowBounds(
    Int32Array.from(rows),
    Float64Array.from(
      rows,
      (at) => (after.rowLower[residual.rows[at] ?? 0] ?? 0) - (residual.settled[at] ?? 0),
    ),
    Float64Array.from(
      rows,
      (at) => (after.rowUpper[residual.rows[at] ?? 0] ?? 0) - (residual.settled[at] ?? 0),
    ),
  );
}
