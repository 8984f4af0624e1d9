/** Planning of tranches: problem, solver port, plan, checker. */
export type * from './problem.ts';
export type * from './plan.ts';
export type * from './solver.ts';
export { captivityStepDays, defaultObjectives, problemLimits } from './problem.ts';
export {
  planTranches,
  replanTranches,
  type PlanningOptions,
  type PlanningOutcome,
  type PlanningProgress,
} from './plan-tranches.ts';
export { checkPlan, toProblemDigest, type CheckReport } from './check.ts';
export type { MeasuredLevel } from './measure.ts';
export type { RuleFault } from './rule-faults.ts';
export { parseProblem } from './parse-problem.ts';
export { parseChangedRule, parsePlan } from './parse-plan.ts';
export type { DataFault, Parsed } from './parse-json.ts';
export {
  applyWhatIf,
  findDropped,
  parseAnsweredProblem,
  toAnsweredProblem,
  toReplanOrder,
  toReplanProblem,
  type Replan,
  type WhatIf,
} from './change-problem.ts';
export {
  comparePlans,
  type CountedDifference,
  type LevelDifference,
  type Move,
  type PlanDifference,
} from './compare-plans.ts';
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
} from './movement.ts';
export { checkMovement, checkMovements } from './check-movement.ts';
export { parseMovementTerms } from './parse-movement-terms.ts';
export { parseMovements } from './parse-movements.ts';
export { explainPlaces, type PlaceReason, type ReasonCode } from './explain-places.ts';
export { explainExactly, type ExactReason } from './explain-exactly.ts';
export { measureFairness, type CaptivitySpread, type Fairness, type Inversions } from './fairness.ts';
export {
  explainConflict,
  type Conflict,
  type ConflictingRule,
  type ConflictOptions,
} from './explain-conflict.ts';
export type { Relaxation } from './relax-rules.ts';
export { findIdleRules, type IdleRule } from './find-idle.ts';
export { priceRules, type RulePrice } from './price-rules.ts';
