/** Planning of tranches: problem, solver port, plan, checker. */
export type * from './problem.ts';
export type * from './plan.ts';
export type * from './solver.ts';
export { captivityStepDays, defaultObjectives, replanObjectives, problemLimits } from './problem.ts';
export {
  planTranches,
  type PlanningOptions,
  type PlanningOutcome,
  type PlanningProgress,
} from './plan-tranches.ts';
export { checkPlan, toProblemDigest, type CheckReport } from './check.ts';
export type { MeasuredLevel } from './measure.ts';
export type { RuleFault } from './rule-faults.ts';
export { parseProblem } from './parse-problem.ts';
export { parsePlan } from './parse-plan.ts';
export type { DataFault, Parsed } from './parse-json.ts';
