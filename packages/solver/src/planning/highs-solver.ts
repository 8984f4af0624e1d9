/**
 * The HiGHS solver behind the core's solver port: WebAssembly, one thread, no network, no files.
 *
 * Law     An answer is a claim; the core verifies it. The same question gives the same answer: the seed is
 *         fixed and the build has no threads.
 */
import type {
  LinearModel,
  Solver,
  SolverAnswer,
  SolverQuestion,
  SolverSession,
} from '@homeward/core/planning';
import loadHighs, { type Highs, type HighsCallbackMap, type Model } from 'highs';

export interface HighsSolverOptions {
  /** Asked between steps of a search; `true` ends it with the best solution so far. */
  readonly isInterrupted?: () => boolean;
  /** Told of the best value and the bound while an integer search runs. */
  readonly onSearch?: (best: number, bound: number) => void;
}

/** Loads the solver; the WebAssembly module is compiled once per call. */
export async function loadHighsSolver(options: HighsSolverOptions = {}): Promise<Solver> {
  // The package's types describe its CommonJS build; the module that Node loads exports the loader itself.
  const load = loadHighs as unknown as (typeof loadHighs)['default'];
  const highs = await load();
  return {
    name: `HiGHS ${highs.version.string}`,
    open: (model) => openSession(highs, model, options),
  };
}

function openSession(highs: Highs, linear: LinearModel, options: HighsSolverOptions): SolverSession {
  const { constants } = highs;
  const width = linear.columnLower.length;
  const model = highs.createModel({
    numCols: width,
    numRows: linear.rowLower.length,
    colCost: new Float64Array(width),
    colLower: linear.columnLower,
    colUpper: linear.columnUpper,
    rowLower: linear.rowLower,
    rowUpper: linear.rowUpper,
    matrix: {
      format: 'csr',
      numRows: linear.rowLower.length,
      numCols: width,
      starts: linear.rowStarts,
      indices: linear.rowColumns,
      values: linear.rowValues,
    },
  });
  model.options.set({
    output_flag: false,
    random_seed: 0,
    mip_rel_gap: 0,
    mip_abs_gap: 0.999,
    mip_feasibility_tolerance: 1e-7,
  });
  const integers = Int32Array.from(linear.columnInteger);
  let isInteger = false;
  let isWarm = false;
  let isLastChance = false;
  const callbacks: HighsCallbackMap = {
    [constants.callbackType.mipInterrupt](event) {
      if (!isLastChance && options.isInterrupted?.() === true) event.interrupt();
      options.onSearch?.(event.data.mip_primal_bound ?? NaN, event.data.mip_dual_bound ?? NaN);
      return undefined;
    },
    [constants.callbackType.simplexInterrupt](event) {
      if (!isLastChance && options.isInterrupted?.() === true) event.interrupt();
      return undefined;
    },
  };
  return {
    solve(question) {
      if (width === 0) return emptyAnswer(linear);
      if ((question.kind === 'integer') !== isInteger) {
        isInteger = question.kind === 'integer';
        if (isInteger) model.changeColsIntegrality({ kind: 'range', from: 0, to: width - 1 }, integers);
        else model.clearIntegrality();
      }
      // A basis of the question before is feasible for this one: only the objective and its face changed.
      const isPrimal = isWarm && !isInteger && question.isNarrowed !== true;
      model.options.set('simplex_strategy', isPrimal ? 4 : 1);
      isWarm = true;
      // Crossover would end in a corner again.
      const isCentral = question.isCentral === true;
      model.options.set({ solver: isCentral ? 'ipx' : 'choose', run_crossover: isCentral ? 'off' : 'on' });
      isLastChance = question.isLastChance === true;
      return answer(highs, model, width, question, callbacks);
    },
    setColumnBounds(columns, lower, upper) {
      if (columns.length > 0) model.changeColsBounds({ kind: 'set', indices: columns }, lower, upper);
    },
    setRowBounds(rows, lower, upper) {
      if (rows.length > 0) model.changeRowsBounds({ kind: 'set', indices: rows }, lower, upper);
    },
    addRow(columns, values, lower, upper) {
      model.addRow(lower, upper, { indices: columns, values });
    },
    close() {
      model.dispose();
    },
  };
}

function answer(
  highs: Highs,
  model: Model,
  width: number,
  question: SolverQuestion,
  callbacks: HighsCallbackMap,
): SolverAnswer {
  const { modelStatus, objectiveSense } = highs.constants;
  model.changeObjectiveSense(question.sense === 'min' ? objectiveSense.minimize : objectiveSense.maximize);
  model.changeColsCost({ kind: 'range', from: 0, to: width - 1 }, question.cost);
  model.zeroAllClocks();
  model.options.set({
    time_limit: Math.min(1e9, Math.max(0.001, question.secondsMax)),
    mip_max_improving_sols: question.isFirstEnough === true ? 1 : 2147483647,
  });
  if (question.start !== undefined) model.setSolution({ colValue: question.start });
  model.run(callbacks);
  const status = model.getModelStatus();
  const worst = question.sense === 'min' ? -Infinity : Infinity;
  const isRelaxation = question.kind === 'relaxation';
  const hasValues = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  const solution = hasValues ? model.getSolution() : undefined;
  const objective = hasValues ? model.getObjectiveValue() : NaN;
  const hasDuals =
    isRelaxation && model.info.get('dual_solution_status') === highs.constants.solutionStatus.feasible;
  const base = {
    values: solution?.colValue,
    objective,
    reducedCosts: hasDuals ? solution?.colDual : undefined,
    rowDuals: hasDuals ? solution?.rowDual : undefined,
  };
  if (status === modelStatus.optimal || status === modelStatus.empty)
    return {
      ...base,
      status: 'optimal',
      bound: isRelaxation ? objective : Number(model.info.get('mip_dual_bound')),
    };
  if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
    return { ...base, values: undefined, status: 'infeasible', bound: worst };
  const bound = isRelaxation ? worst : Number(model.info.get('mip_dual_bound'));
  if (status === modelStatus.timeLimit) return { ...base, status: 'time-limit', bound };
  if (status === modelStatus.interrupted) return { ...base, status: 'interrupted', bound };
  if (status === modelStatus.solutionLimit || status === modelStatus.iterationLimit)
    return { ...base, status: 'limit', bound };
  return { ...base, values: undefined, status: 'failed', bound: worst };
}

/** A model without columns: feasible when every row allows zero. */
function emptyAnswer(linear: LinearModel): SolverAnswer {
  const isFeasible = linear.rowLower.every((low, row) => low <= 0 && (linear.rowUpper[row] ?? 0) >= 0);
  return {
    status: isFeasible ? 'optimal' : 'infeasible',
    values: isFeasible ? new Float64Array(0) : undefined,
    objective: 0,
    bound: 0,
    reducedCosts: isFeasible ? new Float64Array(0) : undefined,
    rowDuals: isFeasible ? new Float64Array(linear.rowLower.length) : undefined,
  };
}
