/**
 * The room of single columns, in whole numbers: as far as weak duality lets each of them go.
 *
 * Law     Every bound is proven in our own arithmetic, whatever the duals were; what lies between two whole
 *         numbers is cut off, so that the relaxations that follow no longer see it.
 * Cost    Two relaxations for each column, each begun where the one before it ended.
 */
import { boundByDuals, toResidual, type Face } from './face.ts';
import { toWholeBound, type Watch } from './level-walk.ts';
import type { Solver } from '../problem/solver.ts';

/** More columns than this are left as they are. */
const columnsMax = 400;

/** Narrows the face in the columns given; a face without a point may stay as it is. */
export function tightenColumns(solver: Solver, face: Face, columns: readonly number[], watch: Watch): void {
  if (columns.length === 0 || columns.length > columnsMax) return;
  const residual = toResidual(face);
  if (residual.isInfeasible) return;
  const { model } = residual;
  const session = solver.open(model);
  try {
    // The last columns sum up those before them, and are bounded by what those have become.
    for (const column of columns) {
      const at = residual.places[column] ?? -1;
      if (at < 0) continue;
      const cost = new Float64Array(residual.columns.length);
      cost[at] = 1;
      for (const sense of ['max', 'min'] as const) {
        if (watch.findStop() !== undefined) return;
        const { rowDuals } = session.solve({
          sense,
          cost,
          kind: 'relaxation',
          secondsMax: watch.secondsLeft(),
        });
        if (rowDuals === undefined) continue;
        const whole = toWholeBound(boundByDuals(model, cost, sense, rowDuals).bound, sense);
        const [low, high] = [model.columnLower[at] ?? 0, model.columnUpper[at] ?? 0];
        if (sense === 'max' && whole < high && whole >= low)
          face.columnUpper[column] = model.columnUpper[at] = whole;
        else if (sense === 'min' && whole > low && whole <= high)
          face.columnLower[column] = model.columnLower[at] = whole;
        else continue;
        session.setColumnBounds(
          Int32Array.of(at),
          Float64Array.of(model.columnLower[at] ?? 0),
          Float64Array.of(model.columnUpper[at] ?? 0),
        );
      }
    }
  } finally {
    session.close();
  }
}
