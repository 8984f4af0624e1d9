/**
 * A plan in a short extra time, when a search was stopped: whole-numbered searches of the plain kind, first for the
 * early levels together, then for the others one after another.
 *
 * Law     It does not depend on how far the search came, so that more time never gives a worse plan [PL-27].
 * Cost    At most about `secondsMax`, which the solver keeps to the tenth of a second.
 */
import type { Formulation } from '../formulation/formulate.ts';
import { toValue, type LevelForm } from '../objectives/level-draft.ts';
import type { Solver } from '../problem/solver.ts';
import type { Roster } from '../problem/roster.ts';
import { findPoint, openFace, toLevelRow, type Face } from '../search/face.ts';
import type { Watch } from '../search/level-walk.ts';
import { toBetter, toPoint, type Point } from './point.ts';
import { weighLevels } from '../search/weigh-levels.ts';

/** After its end a search may take this much longer. */
const secondsMax = 1.4;

/** The best plan that formulations of the first levels and of more of them lead to; undefined when none was found. */
export function findLastPlan(
  roster: Roster,
  formulations: readonly Formulation[],
  solver: Solver,
  watch: Watch,
): Point | undefined {
  const end = watch.now() + secondsMax;
  // Without a clock each search has its share.
  const left = (): number => (end === Infinity ? secondsMax / 4 : end - watch.now());
  let best: Point | undefined;
  /** What the levels have come to: the next formulation is to do as well. */
  let reached: readonly number[] = [];
  for (const formulation of formulations) {
    const face = openFace(formulation.model);
    reached.forEach((value, at) => {
      const level = formulation.levels[at];
      if (level !== undefined) hold(face, level, value);
    });
    const values = reach(face, formulation.levels, reached.length, solver, left);
    if (values === undefined) continue;
    best = toBetter(roster, toPoint(roster, formulation, values), best);
    reached = formulation.levels.map((level) => toValue(level, values));
  }
  if (best !== undefined || watch.now() === Infinity) return best;
  // A plan of any kind is worth more than the time.
  const [smallest] = formulations;
  const patience = watch.now() + secondsMax * 5;
  const values =
    smallest === undefined
      ? undefined
      : reach(openFace(smallest.model), smallest.levels, 0, solver, () => patience - watch.now());
  return smallest === undefined || values === undefined ? undefined : toPoint(roster, smallest, values);
}

/** From a level on, as many together as one weighted sum can hold, until the time is over. */
function reach(
  face: Face,
  levels: readonly LevelForm[],
  from: number,
  solver: Solver,
  left: () => number,
): Float64Array | undefined {
  let point: Float64Array | undefined;
  for (let at = from; at < levels.length && left() > 0.02;) {
    const weighed = weighLevels(levels, at);
    const { status, values } = findPoint(face, solver, {
      secondsMax: left(),
      level: weighed.level,
      isLastChance: true,
      ...(point === undefined ? {} : { start: point }),
    });
    if (values === undefined) return point;
    point = values;
    if (status !== 'optimal') return point;
    for (const level of levels.slice(at, at + weighed.count)) hold(face, level, toValue(level, values));
    at += weighed.count;
  }
  return point;
}

/** From now on at least as good as this on the level. */
function hold(face: Face, level: LevelForm, value: number): void {
  const [low, high] = level.sense === 'max' ? [value, Infinity] : [-Infinity, value];
  face.levelRows = [...face.levelRows, toLevelRow(level, low, high)];
}
