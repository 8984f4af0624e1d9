/**
 * Plans tranches: formulate, ask the solver, and accept only what the checker verifies.
 *
 * Law     spec/planning.md. Three formulations of the same problem, each finer than the one before:
 *         with nobody tied to anybody (early objectives), with every tie (captivity), and with every
 *         attribute (the rest). What one settles, the next inherits.
 * Cost    Proportional to the distinct kinds of persons, not to persons; see bench/src/planning.
 */
import { toRecorder } from './transcript.ts';
import { toBinding } from '../rules/binding.ts';
import { toBetter, toPoint, type Point } from './point.ts';
import { findLastPlan } from './last-plan.ts';
import type { Replan, WhatIf } from '../problem/what-if.ts';
import { objectiveKindOf } from '../objectives/index.ts';
import type { LevelForm } from '../objectives/level-draft.ts';
import type { Binding } from '../rules/binder.ts';
import { toCells, toKinds, toUnbound, undecided } from '../formulation/cells.ts';
import { toReplanProblem } from '../reading/change-problem.ts';
import { checkResolved, toProblemDigest, toReplanDigest } from './check.ts';
import { openFace, type Face } from '../search/face.ts';
import { formulate, type Formulation } from '../formulation/formulate.ts';
import { inheritFace } from '../search/inherit-face.ts';
import type { SettledLevel, StopReason, Watch } from '../search/level-walk.ts';
import { measure } from '../objectives/measure.ts';
import type { Certificate, CircuitRun, LevelResult, TranchePlan } from '../problem/plan.ts';
import type { Objective, PlanningProblem, PreviousPlan } from '../problem/problem.ts';
import { proveNone, type ProofBudget } from '../search/prove-none.ts';
import { toRoster, type Positions, type Roster } from '../problem/roster.ts';
import { relaxLevels, settleLevels, type Settled } from '../search/settle-levels.ts';
import { settleTies } from '../ties/swaps.ts';
import { tightenColumns } from '../search/tighten-columns.ts';
import type { Solver } from '../problem/solver.ts';

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
  /** The plan carries what proves it without a solver [PL-42]. */
  readonly isRecorded?: boolean;
}

export type PlanningOutcome =
  | { readonly kind: 'planned'; readonly plan: TranchePlan }
  /** No plan keeps every rule; `isProven` when that has been proven here and is not the solver's word alone. */
  | { readonly kind: 'infeasible'; readonly isProven: boolean }
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
  return plan(problem, { problem: toProblemDigest(problem) }, solver, options);
}

/**
 * Plans again with the smallest change against a plan on the table, and with what-if changes. The plan carries
 * both, so that `checkPlan` needs nothing but the same problem. What `toReplanProblem` makes of them must be a
 * problem that `parseProblem` reads.
 */
export function replanTranches(
  problem: PlanningProblem,
  previous: PreviousPlan,
  changes: readonly WhatIf[],
  solver: Solver,
  options: PlanningOptions = {},
): PlanningOutcome {
  const digest = toProblemDigest(problem);
  const places = previous.places.map(({ person, tranche }) => ({ person, tranche }));
  const derived = { previous: { places }, changes };
  return plan(
    toReplanProblem(problem, previous, changes),
    { problem: digest, replan: { ...derived, digest: toReplanDigest(digest, derived) } },
    solver,
    options,
  );
}

/** What a plan says it answers. */
interface Origin {
  readonly problem: string;
  readonly replan?: Replan;
}

function plan(
  problem: PlanningProblem,
  origin: Origin,
  solver: Solver,
  options: PlanningOptions,
): PlanningOutcome {
  const roster = toRoster(problem);
  const watch = toWatch(options);
  const recorder = options.isRecorded === true ? toRecorder(solver) : undefined;
  const search = searchPlan(roster, recorder?.solver ?? solver, watch);
  if (search.point === undefined) {
    if (search.stop !== undefined) return { kind: 'stopped', reason: search.stop };
    return { kind: 'infeasible', isProven: search.isProven === true };
  }
  const { positions, circuits } = search.point;
  const levels = toLevelResults(roster, positions, search.levels);
  const isBest = levels.every(({ value, bound }) => value === bound);
  // A plan that is not known to be the best may still hide better ones: ties are broken among the best alone.
  const isSettled = isBest && settleTies(roster, positions, () => watch.findStop() !== undefined);
  const stop = isBest ? watch.findStop() : search.stop;
  const status = isSettled
    ? ({ status: 'optimal' } as const)
    : ({ status: 'feasible', stopped: stop ?? 'solver-limit' } as const);
  const made = toPlan(roster, origin, positions, circuits, {
    ...status,
    solver: solver.name,
    levels,
    // Of a plan that is not the best there is nothing to prove.
    ...(recorder === undefined || !isSettled ? {} : { transcript: recorder.answers }),
  });
  const report = checkResolved(roster, origin.problem, made);
  return report.isHolding
    ? { kind: 'planned', plan: made }
    : { kind: 'refuted', faults: report.faults.map(({ text }) => text) };
}

interface Search {
  readonly point: Point | undefined;
  readonly levels: readonly SettledLevel[];
  readonly stop: StopReason | undefined;
  /** Of a search without a point: no other claims there is none than a proof of our own. */
  readonly isProven?: boolean;
}

/** Parts that proofs of single levels may look at in one search, and one proof that there is no plan. */
const levelPartsMax = 600;
const conflictPartsMax = 4_000;

/** With no more than this share of all persons left to decide, as in a re-plan, the finest formulation is built at once. */
const fewUndecided = 1 / 3;

function searchPlan(roster: Roster, solver: Solver, watch: Watch): Search {
  const objectives = roster.objectives;
  const budget: ProofBudget = { partsLeft: levelPartsMax, shareMax: 120 };
  const binding = toBinding(roster);
  const firstHard = objectives.findIndex(({ kind }) => !objectiveKindOf(kind).isEarly);
  const early = firstHard < 0 ? objectives : objectives.slice(0, firstHard);
  const lastCaptivity = objectives.findLastIndex(
    ({ kind }) => kind === 'captivity-total' || kind === 'captivity-leximin',
  );
  const middle = lastCaptivity < 0 ? objectives : objectives.slice(0, lastCaptivity + 1);
  const build = (of: readonly Objective[], isUnbound: boolean, decided?: Int16Array): Formulation => {
    const tied = isUnbound ? toUnbound(binding) : binding;
    const kinds = toKinds(roster, tied, of, decided);
    return formulate(roster, toCells(roster, tied, kinds, decided), of, isUnbound);
  };

  const open = (formulation: Formulation): Face => {
    const face = openFace(formulation.model);
    tightenColumns(solver, face, formulation.times, watch);
    return face;
  };

  const coarse = early.length > 0 ? build(early, true) : undefined;
  const relaxed = coarse === undefined ? undefined : relaxLevels(solver, open(coarse), coarse.levels, watch);
  // At the first level nothing has been assumed yet: the rules themselves leave no plan.
  if (coarse !== undefined && relaxed?.outcome === 'infeasible' && relaxed.levels.length === 0) {
    if (
      proveNone(solver, openFace(coarse.model), watch, {
        partsLeft: conflictPartsMax,
        shareMax: conflictPartsMax,
      }).kind === 'none'
    )
      return { point: undefined, levels: [], stop: undefined, isProven: true };
  }
  let bound: Formulation | undefined;
  let first: Settled | undefined;
  let reached = middle;
  if (coarse !== undefined && relaxed?.outcome === 'settled') {
    const decided = findDecided(roster, binding, coarse, relaxed.face);
    const left = decided.reduce((count, place) => count + (place === undecided ? 1 : 0), 0);
    if (left <= fewUndecided * decided.length) reached = objectives;
    bound = build(reached, false, decided);
    const face = inheritFace(coarse, relaxed.face, bound, roster.trancheCount);
    first = settleLevels(solver, face, bound.levels, relaxed.levels, watch, budget);
  }
  if (bound === undefined || first === undefined || first.outcome === 'infeasible') {
    reached = middle;
    bound = build(middle, false);
    first = settleLevels(solver, open(bound), bound.levels, [], watch, budget);
  }
  const { levels } = first;
  const formulation = bound;
  const end = (values: Float64Array | undefined, stop: StopReason | undefined): Search => ({
    point: values === undefined ? undefined : toPoint(roster, formulation, values),
    levels,
    stop,
  });
  if (first.outcome === 'infeasible') {
    const proof = proveNone(solver, openFace(bound.model), watch, {
      partsLeft: conflictPartsMax,
      shareMax: conflictPartsMax,
    });
    if (proof.kind === 'found') return { ...end(proof.point, 'solver-limit'), levels: [] };
    return { point: undefined, levels: [], stop: watch.findStop(), isProven: proof.kind === 'none' };
  }
  if (first.outcome === 'stopped') {
    const stopped = end(first.point, first.stop);
    const last = findLastPlan(roster, [build(early, false), build(middle, false)], solver, watch);
    return { ...stopped, point: toBetter(roster, stopped.point, last) };
  }
  if (reached.length === objectives.length) return end(first.point, first.stop);
  const fine = build(objectives, false, findDecided(roster, binding, bound, first.face));
  const face = inheritFace(bound, first.face, fine, roster.trancheCount);
  const second = settleLevels(solver, face, fine.levels, levels, watch, budget);
  if (second.point !== undefined && second.outcome !== 'infeasible')
    return { point: toPoint(roster, fine, second.point), levels: second.levels, stop: second.stop };
  // A finer formulation has the plans of a coarser one: a solver that finds none of them is wrong.
  return end(first.point, second.outcome === 'infeasible' ? 'solver-limit' : second.stop);
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

/** What a plan reaches on each level, and how far that is proven to be the best. */
function toLevelResults(
  roster: Roster,
  positions: Positions,
  settled: readonly SettledLevel[],
): readonly LevelResult[] {
  const best = boundByPlaces(roster);
  let isAbove = true;
  return measure(roster, positions).map((level, index): LevelResult => {
    // What was settled holds for plans that reach the levels above; the places of persons hold for all.
    const known = isAbove ? settled[index] : undefined;
    const bound = known?.bound ?? best[index] ?? null;
    if (bound !== level.value) isAbove = false;
    return { ...level, bound, proof: known?.proof ?? (bound === null ? 'none' : 'relaxation') };
  });
}

/** A bound on every level that needs no search: everybody in the first place open, whoever else is there. */
function boundByPlaces(roster: Roster): readonly number[] {
  const off = roster.trancheCount;
  const { open } = toBinding(roster);
  const first = Int16Array.from(roster.persons, (_, index) => {
    const tranche = open.subarray(index * off, index * off + off).indexOf(1);
    return tranche < 0 ? off : tranche;
  });
  return measure(roster, first).map(({ objective, value }) =>
    objectiveKindOf(objective).atBest === 'zero' ? 0 : value,
  );
}

function toPlan(
  roster: Roster,
  origin: Origin,
  positions: Positions,
  circuits: readonly CircuitRun[],
  certificate: Certificate,
): TranchePlan {
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
    ...origin,
    places,
    counted: [...counts].map(([key, count]) => {
      const [group = '', at = ''] = JSON.parse(key) as readonly string[];
      return { group, tranche: at, count };
    }),
    circuits,
    certificate,
  };
}

function toWatch(options: PlanningOptions): Watch {
  const { clock, secondsMax } = options;
  const end = clock === undefined || secondsMax === undefined ? Infinity : clock() + secondsMax;
  const secondsLeft = (): number => (clock === undefined ? Infinity : Math.max(0, end - clock()));
  return {
    now: () => clock?.() ?? Infinity,
    secondsLeft,
    findStop: () =>
      options.isInterrupted?.() === true ? 'interrupted' : secondsLeft() <= 0 ? 'time-limit' : undefined,
    onLevel: ({ objective, part }: LevelForm, { bound }) => options.onProgress?.({ objective, part, bound }),
  };
}
