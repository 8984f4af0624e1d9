/**
 * A walk down the levels of the published order by relaxations: each level is settled at the bound that weak
 * duality proves, and the face shrinks to the plans that still reach it. A step can be taken back.
 *
 * Cost    One relaxation for each level, begun where the one before it ended; what is taken back is what
 *         changed, so a walk keeps one face and not one for each level.
 */
import type { LevelForm } from '../objectives/level-draft.ts';
import {
  boundByDuals,
  extendResidual,
  shrinkFace,
  toLevelRow,
  toResidual,
  toResidualCost,
  undoShrinkage,
  type DualBound,
  type Face,
  type LevelRow,
  type Residual,
  type Shrinkage,
} from './face.ts';
import type { LevelResult } from '../problem/plan.ts';
import type { Solver, SolverSession } from '../problem/solver.ts';

export type StopReason = 'time-limit' | 'interrupted' | 'solver-limit';

export interface SettledLevel {
  readonly bound: number;
  readonly proof: LevelResult['proof'];
}

export interface Watch {
  /** Seconds from any fixed moment; infinite without a clock. */
  now(): number;
  secondsLeft(): number;
  findStop(): StopReason | undefined;
  onLevel(level: LevelForm, settled: SettledLevel): void;
}

export type WalkOutcome = 'settled' | 'infeasible' | 'stopped';

export interface Walk {
  readonly face: Face;
  /** The levels settled so far, those given included. */
  readonly settled: readonly SettledLevel[];
  /** Settles levels until so many are settled, or until one has no plan left. */
  advance(until: number): WalkOutcome;
  /** Takes back all but the first levels. Given levels stay settled. */
  backTo(count: number): void;
  /** The bound of the next level on the face as it is, and what it leaves; undefined without an answer. */
  relaxNext(): Relaxed | 'forced' | 'infeasible' | undefined;
  /** Settles the next level at a value that a search has found, by what is known of its relaxation. */
  settleAt(relaxed: Relaxed, value: number, proof: LevelResult['proof']): void;
  /** Holds a level at its value by a row of its own, from now on and after every way back. */
  hold(number: number): void;
  close(): void;
}

export interface Relaxed {
  readonly residual: Residual;
  readonly dual: DualBound;
  /** The bound of the whole level: of the residual, and what the fixed columns add. */
  readonly bound: number;
  /** The same in whole numbers. */
  readonly whole: number;
}

interface OpenModel {
  readonly residual: Residual;
  readonly session: SolverSession;
}

interface Step {
  readonly shrinkage: Shrinkage | undefined;
  /** The level rows of the face before the step. */
  readonly levelRows: readonly LevelRow[];
  /** What the level was settled by; nothing where it was forced. */
  readonly relaxed?: Relaxed;
  /** The row of the open residual that holds the level, where it needs one. */
  readonly row?: number | undefined;
}

/** Begins a walk on a face, which it changes. The first levels may be settled already. */
export function openWalk(
  solver: Solver,
  face: Face,
  levels: readonly LevelForm[],
  given: readonly SettledLevel[],
  watch: Watch,
): Walk {
  const settled: SettledLevel[] = [...given];
  const steps: Step[] = given.map(() => ({ shrinkage: undefined, levelRows: face.levelRows }));
  const held = new Set<number>();
  let open: OpenModel | undefined;
  /** The relaxation of the next level, where a step back has left it as it was. */
  let known: { readonly at: number; readonly relaxed: Relaxed } | undefined;

  const getLevel = (number: number): LevelForm => {
    const level = levels[number];
    if (level === undefined) throw new Error('no level left');
    return level;
  };
  const shut = (): void => {
    open?.session.close();
    open = undefined;
  };
  /** The row in the open residual, where one is open. */
  const addLevelRow = (level: LevelForm, value: number): number | undefined => {
    face.levelRows = [...face.levelRows, toLevelRow(level, value, value)];
    if (open === undefined) return undefined;
    const { session } = open;
    const residual = extendResidual(face, open.residual, face.levelRows.length - 1);
    const { rowStarts, rowColumns, rowValues, rowLower, rowUpper } = residual.model;
    const row = rowLower.length - 1;
    session.addRow(
      rowColumns.slice(rowStarts[row]),
      rowValues.slice(rowStarts[row]),
      rowLower[row] ?? -Infinity,
      rowUpper[row] ?? Infinity,
    );
    open = { residual, session };
    return row;
  };
  /** The session stays open while most of its columns are free. */
  const reopen = (): OpenModel | 'infeasible' => {
    if (open !== undefined && countFree(open.residual) * 2 >= open.residual.columns.length) return open;
    shut();
    const residual = toResidual(face);
    if (residual.isInfeasible) return 'infeasible';
    const session = solver.open(residual.model);
    open = { residual, session };
    if (settled.length === 0) prime(open);
    return open;
  };
  /**
   * A basis near the plan on the table: each cell stands in one place of it, so the level that counts changes
   * is solved from nothing in few steps, and the levels above it are then few steps away.
   */
  const prime = ({ residual, session }: OpenModel): void => {
    const level = levels.find(({ objective }) => objective === 'change');
    if (level === undefined) return;
    const { cost, isForced } = toResidualCost(face, residual, level);
    if (isForced) return;
    session.solve({ sense: level.sense, cost, kind: 'relaxation', secondsMax: watch.secondsLeft() });
  };
  const relax = (level: LevelForm): Relaxed | 'forced' | 'infeasible' | undefined => {
    const model = reopen();
    if (model === 'infeasible') return 'infeasible';
    const { residual, session } = model;
    const { cost, settled: rest, isForced } = toResidualCost(face, residual, level);
    if (isForced) return 'forced';
    const question = {
      sense: level.sense,
      cost,
      kind: 'relaxation',
      secondsMax: watch.secondsLeft(),
    } as const;
    // Almost everybody may be one of the few who change, by some best duals; by those in the middle, few may.
    const central =
      level.objective === 'change' ? session.solve({ ...question, isCentral: true }) : undefined;
    const answer = central?.rowDuals === undefined ? session.solve(question) : central;
    if (answer.status === 'infeasible') return 'infeasible';
    if (answer.rowDuals === undefined) return undefined;
    // Columns fixed since the residual was opened carry no cost here: they are in `rest`.
    const dual = boundByDuals(residual.model, cost, level.sense, answer.rowDuals);
    const bound = dual.bound + rest;
    return { residual, dual, bound, whole: toWholeBound(bound, level.sense) };
  };
  /** Takes a step back in the open session too, where it was made there. */
  const undoOpen = ({ shrinkage, row }: Step): void => {
    if (open === undefined) return;
    const { model, columns } = open.residual;
    if (shrinkage === undefined || shrinkage.residual.columns !== columns) {
      shut();
      return;
    }
    shrinkage.columns.forEach((at, entry) => {
      model.columnLower[at] = shrinkage.columnLower[entry] ?? 0;
      model.columnUpper[at] = shrinkage.columnUpper[entry] ?? 0;
    });
    shrinkage.rows.forEach((at, entry) => {
      model.rowLower[at] = shrinkage.rowLower[entry] ?? 0;
      model.rowUpper[at] = shrinkage.rowUpper[entry] ?? 0;
    });
    // A row that the step has added stays, and holds nothing more.
    const free = row === undefined ? [] : [row];
    for (const at of free) {
      model.rowLower[at] = -Infinity;
      model.rowUpper[at] = Infinity;
    }
    narrow({ columns: shrinkage.columns, rows: Int32Array.from([...shrinkage.rows, ...free]) });
  };
  const push = (level: LevelForm, result: SettledLevel, step: Step): void => {
    known = undefined;
    settled.push(result);
    steps.push(step);
    watch.onLevel(level, result);
  };
  const narrow = ({ columns, rows }: Pick<Shrinkage, 'columns' | 'rows'>): void => {
    if (open === undefined) return;
    const { model } = open.residual;
    open.session.setColumnBounds(
      columns,
      Float64Array.from(columns, (at) => model.columnLower[at] ?? 0),
      Float64Array.from(columns, (at) => model.columnUpper[at] ?? 0),
    );
    open.session.setRowBounds(
      rows,
      Float64Array.from(rows, (at) => model.rowLower[at] ?? 0),
      Float64Array.from(rows, (at) => model.rowUpper[at] ?? 0),
    );
  };
  const walk: Walk = {
    face,
    settled,
    advance(until) {
      while (settled.length < until) {
        if (watch.findStop() !== undefined) return 'stopped';
        const level = getLevel(settled.length);
        const relaxed = relax(level);
        if (relaxed === undefined) return 'stopped';
        if (relaxed === 'infeasible') return 'infeasible';
        if (relaxed === 'forced') {
          const bound = toForcedValue(face, level);
          push(level, { bound, proof: 'forced' }, { shrinkage: undefined, levelRows: face.levelRows });
        } else walk.settleAt(relaxed, relaxed.whole, 'relaxation');
      }
      return 'settled';
    },
    backTo(count) {
      while (settled.length > Math.max(count, given.length)) {
        settled.pop();
        const step = steps.pop();
        if (step === undefined) throw new Error('a settled level without its step');
        if (step.shrinkage !== undefined) undoShrinkage(face, step.shrinkage);
        face.levelRows = step.levelRows;
        undoOpen(step);
        known =
          open === undefined || step.relaxed === undefined
            ? undefined
            : { at: settled.length, relaxed: toResidualOf(step.relaxed, open.residual) };
      }
    },
    relaxNext: () => (known?.at === settled.length ? known.relaxed : relax(getLevel(settled.length))),
    settleAt(relaxed, value, proof) {
      const level = getLevel(settled.length);
      const { levelRows } = face;
      const gap = Math.abs(relaxed.bound - value);
      const shrinkage = shrinkFace(face, relaxed.residual, relaxed.dual, gap);
      const isHeld = gap > 1e-5 || held.has(settled.length);
      narrow(shrinkage);
      const row = isHeld ? addLevelRow(level, value) : undefined;
      push(level, { bound: value, proof }, { shrinkage, levelRows, relaxed, row });
    },
    hold(number) {
      held.add(number);
      if (number >= given.length) return;
      const known = settled[number];
      if (known === undefined) throw new Error('only a settled level can be held');
      walk.backTo(given.length);
      addLevelRow(getLevel(number), known.bound);
    },
    close: shut,
  };
  return walk;
}

/** The same relaxation over a residual that has rows more, which hold nothing. */
function toResidualOf(relaxed: Relaxed, residual: Residual): Relaxed {
  const duals = new Float64Array(residual.rows.length);
  duals.set(relaxed.dual.duals);
  return { ...relaxed, residual, dual: { ...relaxed.dual, duals } };
}

/** No whole number beyond a true bound; the tolerance is what floating point may have added to it. */
export function toWholeBound(bound: number, sense: 'min' | 'max'): number {
  // Adding nothing turns -0 into 0.
  return (sense === 'max' ? Math.floor(bound + 1e-4) : Math.ceil(bound - 1e-4)) + 0;
}

function countFree({ model }: Residual): number {
  let free = 0;
  for (let at = 0; at < model.columnLower.length; at += 1)
    if ((model.columnLower[at] ?? 0) < (model.columnUpper[at] ?? 0)) free += 1;
  return free;
}

/** The value of a level of which no column is free. */
function toForcedValue(face: Face, level: LevelForm): number {
  let value = level.constant;
  for (let at = 0; at < level.columns.length; at += 1)
    value += (level.values[at] ?? 0) * (face.columnLower[level.columns[at] ?? 0] ?? 0);
  return value;
}
