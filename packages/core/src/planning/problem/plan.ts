/** A plan and the claim that nothing better exists, as plain data. The same problem gives the same bytes. */
import type { Replan } from './what-if.ts';
import type { LegId, Objective, Place, RuleId } from './problem.ts';

/** How many of a counted group go in a tranche. */
export interface CountedPlace {
  readonly group: string;
  readonly tranche: string;
  readonly count: number;
}

/** How a cycle or chain runs: `moves[k][t]` persons on its leg k in tranche t. */
export interface CircuitRun {
  readonly rule: RuleId;
  readonly legs: readonly LegId[];
  readonly moves: readonly (readonly number[])[];
}

/** One number that the published order compares, and how far it is proven. */
export interface LevelResult {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly sense: 'min' | 'max';
  readonly value: number;
  /** No plan that is as good on all levels above has a better value than this; null when unknown. */
  readonly bound: number | null;
  /**
   * What the bound rests on: weak duality (`relaxation`), on parts into which all plans were divided
   * (`enumeration`), nothing left to choose (`forced`), or the solver's word alone (`branch-and-bound`).
   */
  readonly proof: 'relaxation' | 'enumeration' | 'forced' | 'branch-and-bound' | 'none';
}

export interface Certificate {
  /** `optimal`: every level's value equals its bound. */
  readonly status: 'optimal' | 'feasible';
  /** Why the search ended early; absent when optimal. */
  readonly stopped?: 'time-limit' | 'interrupted' | 'solver-limit';
  readonly solver: string;
  readonly levels: readonly LevelResult[];
  /** What the solver answered, question by question: with it the search is run again without a solver [PL-42]. */
  readonly transcript?: readonly RecordedAnswer[];
}

/** One answer of the solver. What is not named is 0. */
export interface RecordedAnswer {
  readonly status: 'optimal' | 'infeasible' | 'time-limit' | 'interrupted' | 'limit' | 'failed';
  /** Row duals: row, dual, row, dual… Absent where there were none. */
  readonly duals?: readonly number[];
  /** Values of columns, where the search looks at them: column, value, column, value… */
  readonly values?: readonly number[];
}

export interface TranchePlan {
  readonly format: 'homeward-tranche-plan';
  readonly version: 1;
  /** SHA-256 over the canonical JSON of the problem, in hexadecimal. */
  readonly problem: string;
  /** Of a re-plan: the plan on the table and the what-if changes. */
  readonly replan?: Replan;
  /** By person id. Who is not listed stays off. */
  readonly places: readonly Place[];
  readonly counted: readonly CountedPlace[];
  readonly circuits: readonly CircuitRun[];
  readonly certificate: Certificate;
}
