/**
 * Settles the levels of the published order one after another on the face that the levels before have left.
 *
 * Law     A level is settled at the bound that weak duality proves. That some plan attains all of them at
 *         once is shown by one whole-numbered point at the end. When there is none, the first level that
 *         misses its bound is found by bisection and searched by branch and bound on the plans that can still
 *         be near the bound; then the walk goes on in steps that double as long as bounds are attained.
 */
import { weighLevels } from './weigh-levels.ts';
import { toValue, type LevelForm } from '../objectives/level-draft.ts';
import { copyFace, findPoint, shrinkFace, type Face, type PointQuestion } from './face.ts';
import {
  openWalk,
  type Relaxed,
  type SettledLevel,
  type StopReason,
  type Walk,
  type Watch,
} from './level-walk.ts';
import { proveNone, type ProofBudget } from './prove-none.ts';
import type { Solver } from '../problem/solver.ts';

export interface Settled {
  /** `infeasible` is the solver's word. */
  readonly outcome: 'settled' | 'infeasible' | 'stopped';
  readonly stop: StopReason | undefined;
  /** The face after the last settled level. */
  readonly face: Face;
  /** The levels given, and those settled here. */
  readonly levels: readonly SettledLevel[];
  /** A whole-numbered point of the face, when one was asked for and found. */
  readonly point: Float64Array | undefined;
}

/** Settles levels by relaxations alone: bounds are proven, that they are attained is not. */
export function relaxLevels(
  solver: Solver,
  start: Face,
  levels: readonly LevelForm[],
  watch: Watch,
): Settled {
  const walk = openWalk(solver, start, levels, [], watch);
  try {
    const outcome = walk.advance(levels.length);
    const stop = outcome === 'stopped' ? (watch.findStop() ?? 'solver-limit') : undefined;
    return { outcome, stop, face: walk.face, levels: walk.settled, point: undefined };
  } finally {
    walk.close();
  }
}

/** Settles levels and shows a plan that attains them all. The first of them may be given. */
export function settleLevels(
  solver: Solver,
  start: Face,
  levels: readonly LevelForm[],
  given: readonly SettledLevel[],
  watch: Watch,
  budget: ProofBudget,
): Settled {
  const walk = openWalk(solver, start, levels, given, watch);
  /** Attains the first `attained` levels, when there is one. */
  let point: Float64Array | undefined;
  let attained = given.length;
  let stride = levels.length;
  const group: Group = { until: 0, sizeMax: 1 };
  const end = (outcome: Settled['outcome'], open: readonly SettledLevel[] = []): Settled => ({
    outcome,
    stop: outcome === 'stopped' ? (watch.findStop() ?? 'solver-limit') : undefined,
    face: walk.face,
    levels: [...walk.settled, ...open],
    point,
  });
  const find = (face: Face, question: Omit<PointQuestion, 'secondsMax'> = {}): ReturnType<typeof findPoint> =>
    findPoint(face, solver, { ...question, secondsMax: watch.secondsLeft() });
  /** Keeps a point of the face as it is; false when what was fixed did not hold some level at its value. */
  const accept = (values: Float64Array): boolean => {
    point = values;
    attained = countAttained(walk, levels, values);
    if (attained === walk.settled.length) return true;
    group.until = 0;
    walk.hold(attained);
    walk.backTo(attained);
    if (attained < given.length) {
      point = undefined;
      attained = given.length;
    }
    return false;
  };
  try {
    for (;;) {
      const until = Math.min(levels.length, attained + stride);
      const outcome = walk.advance(until);
      if (outcome === 'stopped') return end('stopped');
      if (outcome === 'settled') {
        if (point !== undefined) attained = countAttained(walk, levels, point);
        const isReached = point !== undefined && attained === until;
        // Where one level is open, a search answers more than a point would.
        const isSearch = until === attained + 1 && walk.settled.at(-1)?.proof !== 'forced';
        if (!isReached && !isSearch) {
          const found = find(walk.face);
          if (found.values === undefined && found.status !== 'infeasible') return end('stopped');
          if (found.values !== undefined && !accept(found.values)) continue;
        }
        if (point !== undefined && attained === until) {
          if (attained === levels.length) return end('settled');
          stride *= 2;
          continue;
        }
        if (levels.length === given.length) return end('infeasible');
      }
      // The levels so far are not attained at once: the largest number of them that a plan attains.
      let bad = walk.settled.length;
      let isAccepted = true;
      while (bad - attained > 1 && isAccepted) {
        const middle = Math.floor((attained + bad) / 2);
        if (walk.settled.length > middle) walk.backTo(middle);
        const reached = walk.advance(middle);
        if (reached === 'stopped') return end('stopped');
        const found = reached === 'infeasible' ? undefined : find(walk.face);
        if (found?.values !== undefined) isAccepted = accept(found.values);
        else if (found === undefined || found.status === 'infeasible') bad = walk.settled.length;
        else return end('stopped');
      }
      if (!isAccepted) continue;
      walk.backTo(attained);
      const searched = searchNext(solver, walk, levels, point, watch, budget, group);
      if (searched === 'forced' && point !== undefined) {
        // On the way back the levels above were settled elsewhere, and leave this one no choice.
        stride = 1;
        continue;
      }
      if (searched === 'infeasible' || searched === 'forced')
        return end(point === undefined ? 'infeasible' : 'stopped');
      if (searched.point !== undefined && !searched.isSettled) point = searched.point;
      if (searched.point === undefined || !searched.isSettled) return end('stopped', searched.open);
      if (accept(searched.point)) stride = searched.isBound ? stride * 2 : 1;
    }
  } finally {
    walk.close();
  }
}

/** How many levels from the first on a point attains. */
function countAttained({ settled }: Walk, levels: readonly LevelForm[], point: Float64Array): number {
  const missed = settled.findIndex(({ bound }, number) => {
    const level = levels[number];
    return level === undefined || toValue(level, point) !== bound;
  });
  return missed < 0 ? settled.length : missed;
}

/** A face of so few free columns is searched whole. */
const smallColumns = 6_000;

/** Levels that one search has settled together, by the solver's word: the point known attains the best of each. */
interface Group {
  /** The number of the first level after them; 0 for none. */
  until: number;
  /** So many at most in the next one: where bounds are missed one after another, more. */
  sizeMax: number;
}

interface Searched {
  readonly point: Float64Array | undefined;
  readonly isSettled: boolean;
  /** The relaxation's bound is attained. */
  readonly isBound: boolean;
  /** What is proven of a level that the search did not settle: the gap of the plan so far. */
  readonly open: readonly SettledLevel[];
}

/**
 * The best value of the next level by branch and bound. Only what can still be within a distance of the
 * relaxation's bound is searched, and the distance grows until a plan is found within it.
 */
function searchNext(
  solver: Solver,
  walk: Walk,
  levels: readonly LevelForm[],
  known: Float64Array | undefined,
  watch: Watch,
  budget: ProofBudget,
  group: Group,
): Searched | 'infeasible' | 'forced' {
  const level = levels[walk.settled.length];
  if (level === undefined) throw new Error('no level left');
  const relaxed = walk.relaxNext();
  if (relaxed === 'infeasible' || relaxed === 'forced') return relaxed;
  let point = known;
  const stopped = (): Searched => ({
    point,
    isSettled: false,
    isBound: false,
    open: relaxed === undefined ? [] : [{ bound: relaxed.whole, proof: 'relaxation' }],
  });
  if (relaxed === undefined) return stopped();
  const distanceOf = (values: Float64Array): number => Math.abs(relaxed.whole - toValue(level, values));
  const number = walk.settled.length;
  // A small face is searched at once as far as a known plan is away.
  const isSmall = relaxed.residual.columns.length <= smallColumns;
  for (let distance = isSmall && point !== undefined ? level.span : 1; ;) {
    const isKnown = point !== undefined && number < group.until;
    const limit = point === undefined ? distance : Math.min(distance, distanceOf(point));
    const isWhole = isSmall && point !== undefined && !isKnown;
    const weighed = isWhole ? weighLevels(levels, number, group.sizeMax) : { level, count: 1 };
    const found = isKnown
      ? { status: 'optimal' as const, values: point }
      : findPoint(toNear(walk.face, level, relaxed, limit), solver, {
          secondsMax: watch.secondsLeft(),
          level: weighed.level,
          ...(point !== undefined && distanceOf(point) <= limit ? { start: point } : {}),
        });
    if (found.values !== undefined) {
      const isBetter = point === undefined || distanceOf(found.values) <= distanceOf(point);
      if (isBetter) point = found.values;
      if (found.status !== 'optimal') return stopped();
      if (isWhole && isBetter) {
        group.until = number + weighed.count;
        group.sizeMax = levels.length;
      }
    } else if (found.status !== 'infeasible') return stopped();
    else if (point === undefined && distance > level.span) return 'infeasible';
    if (point === undefined || distanceOf(point) > limit) {
      distance *= 8;
      continue;
    }
    const best = distanceOf(point);
    const value = toValue(level, point);
    const isBound = best === 0;
    if (isBound) {
      walk.settleAt(relaxed, value, 'relaxation');
      return { point, isSettled: true, isBound, open: [] };
    }
    const proof = proveNone(solver, toNear(walk.face, level, relaxed, best - 1), watch, budget, {
      level,
      value,
    });
    if (proof.kind === 'found') {
      // The solver was wrong: a better point exists.
      point = proof.point;
      group.until = 0;
      continue;
    }
    walk.settleAt(relaxed, value, proof.kind === 'none' ? 'enumeration' : 'branch-and-bound');
    return { point, isSettled: true, isBound, open: [] };
  }
}

/** The plans of a face that can be within a distance of the bound. */
function toNear(face: Face, level: LevelForm, relaxed: Relaxed, distance: number): Face {
  const near = copyFace(face);
  const value = level.sense === 'max' ? relaxed.whole - distance : relaxed.whole + distance;
  const { model } = relaxed.residual;
  const residual = {
    ...relaxed.residual,
    model: {
      ...model,
      columnLower: model.columnLower.slice(),
      columnUpper: model.columnUpper.slice(),
      rowLower: model.rowLower.slice(),
      rowUpper: model.rowUpper.slice(),
    },
  };
  shrinkFace(near, residual, relaxed.dual, Math.abs(relaxed.bound - value));
  return near;
}
