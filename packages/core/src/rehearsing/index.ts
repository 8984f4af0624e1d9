/** Rehearsing: a scenario that a planner wrote by hand, played against the rules alone. */
export { outcomes, type LegFigures, type Outcome, type OutcomeCount, type PersonOutcome } from './outcome.ts';
export { readScenario, type Scenario } from './reading.ts';
export {
  rehearse,
  type Difference,
  type Refused,
  type RehearsalResult,
  type TimelineEntry,
  type TriedAct,
} from './rehearse.ts';
export { happeningKinds, scenarioLimits, stages } from './scenario.ts';
export { toText } from './telling.ts';
