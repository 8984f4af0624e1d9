/**
 * The problem over cells as rows and columns for the solver: one whole number for each cell and tranche.
 *
 * Law     spec/planning.md, "How it is solved". Rows carry the rule they come from; the values of levels are
 *         counted here over cells, and by `measure.ts` over persons: the checker compares the two.
 */
import { formulateCliques } from '../rules/apart-cliques.ts';
import { objectiveKindOf } from '../objectives/index.ts';
import { LevelDraft, type LevelForm } from '../objectives/level-draft.ts';
import { kindOf } from '../rules/index.ts';
import type { Cells } from '../model/cell.ts';
import { RuleDraft, type CircuitColumns } from '../model/rule-draft.ts';
import { openDraft, toModel } from '../model/draft.ts';
import type { CircuitRun } from '../problem/plan.ts';
import type { Objective } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
import type { LinearModel } from '../problem/solver.ts';

export interface Formulation {
  readonly model: LinearModel;
  /** A name for each row. The first rows are those of the cells, in their order. */
  readonly rowKeys: readonly string[];
  readonly cells: Cells;
  /** The column of cell c in tranche t at c * trancheCount + t; -1 where closed. */
  readonly columns: Int32Array;
  /** Columns that are no cell's, by name. */
  readonly auxiliary: ReadonlyMap<string, number>;
  readonly levels: readonly LevelForm[];
  readonly circuits: readonly CircuitColumns[];
  /** Columns that say how many times a ratio holds: whole, where its sides alone would not be. */
  readonly times: readonly number[];
}

/** Builds rows and columns for the objectives given. Cost: proportional to the entries written. */
export function formulate(
  roster: Roster,
  cells: Cells,
  objectives: readonly Objective[],
  isUnbound: boolean,
): Formulation {
  const draft = openDraft(roster, cells);
  const rules = new RuleDraft(draft, isUnbound);
  for (const rule of roster.problem.rules) kindOf(rule).formulate(rule, rules);
  formulateCliques(rules);
  const levels = objectives.flatMap((objective) =>
    objectiveKindOf(objective.kind).formulate(objective, new LevelDraft(draft, objective.kind)),
  );
  return {
    model: toModel(draft),
    rowKeys: draft.rows.map(({ key }) => key),
    cells,
    columns: draft.columns,
    auxiliary: draft.auxiliary,
    levels,
    circuits: rules.circuits,
    times: rules.times,
  };
}

/** The plan's own account of its circuits, from the values of the columns. */
export function toCircuitRuns(formulation: Formulation, values: Float64Array, off: number): CircuitRun[] {
  return formulation.circuits
    .map(({ rule, legs, links }) => ({
      rule,
      legs,
      moves: links.map((first) =>
        Array.from({ length: off }, (_, tranche) => Math.round(values[first + tranche] ?? 0)),
      ),
    }))
    .filter(({ moves }) => moves.some((counts) => counts.some((count) => count > 0)));
}
