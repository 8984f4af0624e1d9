/**
 * Plans tranches: formulate, ask the solver, and accept only what the checker verifies.
 *
 * Law     spec/planning.md. Three formulations of the same problem, each finer than the one before:
 *         with nobody tied to anybody (early objectives), with every tie (captivity), and with every
 *         attribute (the rest). What one settles, the next inherits.
 * Cost    Proportional to the distinct kinds of persons, not to persons; see bench/src/planning.
 */
import { orderAlike } from './alike.ts';
import { toBinding, toCells, toKindKeys, toSelectors, toUnbound, undecided, type Binding } from './cells.ts';
import { checkResolved, toProblemDigest } from './check.ts';
import { findPoint, openFace, type Face } from './face.ts';
import { formulate, toCircuitRuns, type Formulation, type LevelForm } from './formulate.ts';
import { inheritFace } from './inherit-face.ts';
import { measure, type Positions } from './measure.ts';
import type { CircuitRun, LevelResult, TranchePlan } from './plan.ts';
import type { Objective, PlanningProblem } from './problem.ts';
import { toRoster, type Roster } from './roster.ts';
import {
  relaxLevels,
  settleLevels,
  type Settled,
  type SettledLevel,
  type StopReason,
  type Watch,
} from './settle-levels.ts';
import type { Solver } from './solver.ts';

export interface PlanningProgress {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly bound: number;
}

export interface PlanningOptions {
  /** Seconds for the whole search; no limit when absent. Needs `clock`. */
  readonly secondsMax?: number;
  /** Seconds from any fixed moment, never going back. */
  readonly clock?: () => number;
  readonly isInterrupted?: () => boolean;
  readonly onProgress?: (progress: PlanningProgress) => void;
}

export type PlanningOutcome =
  | { readonly kind: 'planned'; readonly plan: TranchePlan }
  | { readonly kind: 'infeasible' }
  /** The search ended before any plan was found. */
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  /** The solver's answers do not hold: a bug or a lie, never a plan. */
  | { readonly kind: 'refuted'; readonly faults: readonly string[] };

/** Makes a plan of a parsed problem that is best by its published order. */
export function planTranches(
  problem: PlanningProblem,
  solver: Solver,
  options: PlanningOptions = {},
): PlanningOutcome {
  const roster = toRoster(problem);
  const watch = toWatch(options);
  const search = searchPlan(roster, solver, watch);
  if (search.point === undefined) {
    if (search.stop !== undefined) return { kind: 'stopped', reason: search.stop };
    return { kind: 'infeasible' };
  }
  const { positions, circuits } = search.point;
  const digest = toProblemDigest(problem);
  const plan = toPlan(roster, solver, digest, positions, circuits, search.levels, search.stop);
  const report = checkResolved(roster, digest, plan);
  return report.isHolding
    ? { kind: 'planned', plan }
    : { kind: 'refuted', faults: report.faults.map(({ text }) => text) };
}

interface Point {
  readonly positions: Positions;
  readonly circuits: readonly CircuitRun[];
}

interface Search {
  readonly point: Point | undefined;
  readonly levels: readonly SettledLevel[];
  readonly stop: StopReason | undefined;
}

const relaxable: ReadonlySet<Objective['kind']> = new Set(['returned', 'legal-lanes', 'change', 'medical']);

function searchPlan(roster: Roster, solver: Solver, watch: Watch): Search {
  const objectives = roster.objectives;
  const selectors = toSelectors(roster);
  const binding = toBinding(roster);
  const firstHard = objectives.findIndex(({ kind }) => !relaxable.has(kind));
  const early = firstHard < 0 ? objectives : objectives.slice(0, firstHard);
  const lastCaptivity = objectives.findLastIndex(
    ({ kind }) => kind === 'captivity-total' || kind === 'captivity-leximin',
  );
  const middle = lastCaptivity < 0 ? objectives : objectives.slice(0, lastCaptivity + 1);
  const build = (of: readonly Objective[], isUnbound: boolean, decided?: Int16Array): Formulation => {
    const tied = isUnbound ? toUnbound(binding) : binding;
    const keys = toKindKeys(roster, tied, selectors, of, decided);
    return formulate(roster, toCells(roster, tied, keys, decided), of, isUnbound);
  };

  const coarse = early.length > 0 ? build(early, true) : undefined;
  let relaxed: Settled | undefined;
  if (coarse !== undefined) {
    relaxed = relaxLevels(solver, openFace(coarse.model), coarse.levels, watch);
    // At the first level nothing has been assumed yet: the rules themselves leave no plan.
    if (relaxed.outcome === 'infeasible' && relaxed.levels.length === 0)
      return { point: undefined, levels: [], stop: undefined };
  }
  let bound: Formulation | undefined;
  let first: Settled | undefined;
  let given: readonly SettledLevel[] = [];
  if (coarse !== undefined && relaxed?.outcome === 'settled') {
    given = relaxed.levels;
    bound = build(middle, false, findDecided(roster, binding, coarse, relaxed.face));
    const face = inheritFace(coarse, relaxed.face, bound, roster.trancheCount);
    first = settleLevels(solver, face, bound.levels.slice(given.length), watch);
  }
  if (bound === undefined || first === undefined || first.outcome === 'infeasible') {
    given = [];
    bound = build(middle, false);
    first = settleLevels(solver, openFace(bound.model), bound.levels, watch);
  }
  if (first.outcome === 'infeasible') return { point: undefined, levels: [], stop: undefined };
  const levels = [...given, ...first.levels];
  if (first.outcome === 'stopped' || middle.length === objectives.length) {
    const values = first.point ?? findAnyPoint(first.face, bound, solver, watch);
    return {
      point: values === undefined ? undefined : toPoint(roster, bound, values),
      levels,
      stop: first.stop,
    };
  }
  const fine = build(objectives, false, findDecided(roster, binding, bound, first.face));
  const face = inheritFace(bound, first.face, fine, roster.trancheCount);
  const second = settleLevels(solver, face, fine.levels.slice(levels.length), watch);
  if (second.point !== undefined && second.outcome !== 'infeasible') {
    return {
      point: toPoint(roster, fine, second.point),
      levels: [...levels, ...second.levels],
      stop: second.stop,
    };
  }
  if (second.outcome === 'infeasible') throw new Error('a finer formulation lost the plans of a coarser one');
  return {
    point: first.point === undefined ? undefined : toPoint(roster, bound, first.point),
    levels: [...levels, ...second.levels],
    stop: second.stop,
  };
}

/** Persons whose cell has one place left: nothing that follows can move them. */
function findDecided(roster: Roster, binding: Binding, formulation: Formulation, face: Face): Int16Array {
  const off = roster.trancheCount;
  const decided = new Int16Array(roster.persons.length).fill(undecided);
  formulation.cells.cells.forEach((cell, c) => {
    const size = cell.kind === 'pool' ? cell.members.length : 1;
    let place = off;
    for (let tranche = 0; tranche < off; tranche += 1) {
      const column = formulation.columns[c * off + tranche] ?? -1;
      if (column < 0) continue;
      const lower = face.columnLower[column] ?? 0;
      const upper = face.columnUpper[column] ?? 0;
      if (lower !== upper || (lower !== 0 && lower !== size)) return;
      if (lower === size) place = tranche;
    }
    for (const index of cell.members) {
      if (binding.isBound[index] !== 1) decided[index] = place;
    }
  });
  return decided;
}

/** A search that is stopped early may take this much longer to find a first plan. */
const lastChanceSeconds = 10;

/** After a stop: some plan of what is settled, else some plan at all, in a short extra time. */
function findAnyPoint(
  face: Face,
  formulation: Formulation,
  solver: Solver,
  watch: Watch,
): Float64Array | undefined {
  const seconds = Math.max(lastChanceSeconds, watch.secondsLeft());
  return (
    findPoint(face, solver, seconds, undefined, true).values ??
    findPoint(openFace(formulation.model), solver, seconds, undefined, true).values
  );
}

function toPoint(roster: Roster, formulation: Formulation, values: Float64Array): Point {
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

function toPlan(
  roster: Roster,
  solver: Solver,
  digest: string,
  positions: Positions,
  circuits: readonly CircuitRun[],
  settled: readonly SettledLevel[],
  stop: StopReason | undefined,
): TranchePlan {
  let isAbove = true;
  const levels = measure(roster, positions).map((level, index): LevelResult => {
    const known = settled[index];
    const isKnown = known !== undefined && isAbove;
    if (known?.bound !== level.value) isAbove = false;
    return { ...level, bound: isKnown ? known.bound : null, proof: isKnown ? known.proof : 'none' };
  });
  const isOptimal = levels.every(({ value, bound }) => value === bound);
  const tranche = (index: number): string => roster.problem.tranches[positions[index] ?? -1]?.id ?? '';
  const counts = new Map<string, number>();
  const places: { person: string; tranche: string }[] = [];
  roster.persons.forEach((person, index) => {
    if ((positions[index] ?? roster.trancheCount) === roster.trancheCount) return;
    if (person.group === undefined) places.push({ person: person.id, tranche: tranche(index) });
    else {
      const key = JSON.stringify([person.group, tranche(index)]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
  return {
    format: 'homeward-tranche-plan',
    version: 1,
    problem: digest,
    places,
    counted: [...counts].map(([key, count]) => {
      const [group = '', at = ''] = JSON.parse(key) as readonly string[];
      return { group, tranche: at, count };
    }),
    circuits,
    certificate: {
      status: isOptimal ? 'optimal' : 'feasible',
      ...(isOptimal ? {} : { stopped: stop ?? 'solver-limit' }),
      solver: solver.name,
      levels,
    },
  };
}

function toWatch(options: PlanningOptions): Watch {
  const { clock, secondsMax } = options;
  const end = clock === undefined || secondsMax === undefined ? Infinity : clock() + secondsMax;
  const secondsLeft = (): number => (clock === undefined ? Infinity : Math.max(0, end - clock()));
  return {
    secondsLeft,
    findStop: () =>
      options.isInterrupted?.() === true ? 'interrupted' : secondsLeft() <= 0 ? 'time-limit' : undefined,
    onLevel: ({ objective, part }: LevelForm, { bound }) => options.onProgress?.({ objective, part, bound }),
  };
}
