/** Choice: the state of an exchange and a registry → a planning problem → proposed acts. */
export { choiceFaultToSentence, type ChoiceFault } from './fault.ts';
export { poolOf, type Candidate, type Pool, type PoolOptions, type ShutGate } from './pool.ts';
export {
  choiceOf,
  toProblem,
  type Choice,
  type ChoiceProblem,
  type ChoiceWork,
  type PersonFacts,
} from './problem.ts';
export { byCaptivity, choiceFrom, personsByTranche, toProposals, type Proposal } from './proposal.ts';
