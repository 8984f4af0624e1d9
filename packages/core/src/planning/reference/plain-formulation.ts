/**
 * The plain way, for comparison: one variable for each person (or unit of persons tied as one) and tranche,
 * one integer solve for each level, and an objective row that holds each level settled before.
 */
import { toBinding } from '../rules/binding.ts';
import type { LevelForm } from '../objectives/level-draft.ts';
import { toCells } from '../formulation/cells.ts';
import { formulate } from '../formulation/formulate.ts';
import { toRoster } from '../problem/roster.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import type { LinearModel } from '../problem/solver.ts';

export interface PlainModel {
  readonly model: LinearModel;
  readonly levels: readonly LevelForm[];
}

/** Rows and columns without any cell of persons counted together. */
export function toPlainModel(problem: PlanningProblem): PlainModel {
  const roster = toRoster(problem);
  const binding = toBinding(roster);
  const kinds = Int32Array.from(roster.persons, (_, index) =>
    binding.isBound[index] === 1 ? -1 - (binding.unitOf[index] ?? index) : index,
  );
  const { model, levels } = formulate(roster, toCells(roster, binding, kinds), roster.objectives, false);
  return { model, levels };
}
