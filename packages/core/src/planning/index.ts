/** Planning of tranches: problem, solver port, plan, checker. */
export type * from './problem/problem.ts';
export type * from './problem/plan.ts';
export type * from './problem/what-if.ts';
export type * from './problem/solver.ts';
export { captivityStepDays, defaultObjectives, problemLimits } from './problem/problem.ts';
export {
  planTranches,
  replanTranches,
  type PlanningOptions,
  type PlanningOutcome,
  type PlanningProgress,
} from './plan/plan-tranches.ts';
export { checkProof, type ProofCheck } from './plan/check-proof.ts';
export { checkPlan, toProblemDigest, type CheckReport } from './plan/check.ts';
export type { MeasuredLevel } from './objectives/objective-kind.ts';
export type { RuleFault } from './rules/rule-faults.ts';
export { parseProblem } from './reading/parse-problem.ts';
export { parseChangedRule, parsePlan } from './reading/parse-plan.ts';
export type { DataFault, Parsed } from './problem/parse-json.ts';
export {
  applyWhatIf,
  findDropped,
  parseAnsweredProblem,
  toAnsweredProblem,
  toReplanOrder,
  toReplanProblem,
} from './reading/change-problem.ts';
export {
  comparePlans,
  type CountedDifference,
  type LevelDifference,
  type Move,
  type PlanDifference,
} from './plan/compare-plans.ts';
export {
  arrangeMovement,
  arrangeMovements,
  type Boarding,
  type CrossingWindow,
  type Manifest,
  type Movement,
  type MovementDocument,
  type MovementOutcome,
  type MovementsOutcome,
  type MovementStep,
  type MovementTerms,
  type StepCrossing,
} from './movement/movement.ts';
export { checkMovement, checkMovements } from './movement/check-movement.ts';
export { parseMovementTerms } from './movement/parse-movement-terms.ts';
export { parseMovements } from './movement/parse-movements.ts';
export { explainPlaces, type PlaceReason, type ReasonCode } from './reasons/explain-places.ts';
export { explainExactly, type ExactReason } from './reasons/explain-exactly.ts';
export { measureFairness, type CaptivitySpread, type Fairness, type Inversions } from './reasons/fairness.ts';
export {
  explainConflict,
  type Conflict,
  type ConflictingRule,
  type ConflictOptions,
} from './reasons/explain-conflict.ts';
export type { Relaxation } from './reasons/relax-rules.ts';
export { findIdleRules, findOrderWarnings, type IdleRule } from './reading/find-idle.ts';
export { priceRules, type RulePrice } from './reasons/price-rules.ts';
