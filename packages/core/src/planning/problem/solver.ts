/**
 * The port to a linear and integer solver. What stands behind it is not trusted: an answer is a claim.
 *
 * Law     Values, bounds and duals of an answer are used to look for plans; a plan is accepted only after
 *         `check.ts` has verified it from the raw problem.
 */

/** Rows over columns in compressed row form. All numbers are finite except bounds. */
export interface LinearModel {
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  /** 1 where the column is a whole number. */
  readonly columnInteger: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly rowStarts: Int32Array;
  readonly rowColumns: Int32Array;
  readonly rowValues: Float64Array;
}

export interface SolverQuestion {
  readonly sense: 'min' | 'max';
  readonly cost: Float64Array;
  /** `relaxation`: columns may take fractions, and the answer carries duals. */
  readonly kind: 'relaxation' | 'integer';
  readonly secondsMax: number;
  /** Where to begin, when a plan is known. */
  readonly start?: Float64Array;
  /** Only bounds changed since the question before: its basis still has feasible duals. */
  readonly isNarrowed?: boolean;
  /** Of all best duals, those in the middle: they are zero only where every best dual is. */
  readonly isCentral?: boolean;
  /** Answer even when asked to stop: only the seconds end it. For a first plan after a stop. */
  readonly isLastChance?: boolean;
  /** Stop at the first integer solution. */
  readonly isFirstEnough?: boolean;
}

export interface SolverAnswer {
  readonly status: 'optimal' | 'infeasible' | 'time-limit' | 'interrupted' | 'limit' | 'failed';
  readonly values: Float64Array | undefined;
  readonly objective: number;
  /** No solution is better than this; infinite when nothing is known. */
  readonly bound: number;
  /** For a relaxation only: the change of the objective per unit of the column, and of the row's side. */
  readonly reducedCosts: Float64Array | undefined;
  readonly rowDuals: Float64Array | undefined;
}

/** A model held by the solver between questions, so that each may begin where the last one ended. */
export interface SolverSession {
  solve(question: SolverQuestion): SolverAnswer;
  setColumnBounds(columns: Int32Array, lower: Float64Array, upper: Float64Array): void;
  setRowBounds(rows: Int32Array, lower: Float64Array, upper: Float64Array): void;
  addRow(columns: Int32Array, values: Float64Array, lower: number, upper: number): void;
  close(): void;
}

export interface Solver {
  /** Name and version, for the certificate. */
  readonly name: string;
  open(model: LinearModel): SolverSession;
}
