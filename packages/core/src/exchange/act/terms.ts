import type { CrossingId, LegId, PartyId } from './ids.ts';

/**
 * The legal lane of a leg. Only `exchange` legs may be netted against each other: seriously wounded and sick
 * persons go home whatever their number or rank (GC III 109–110), civilians are released, not exchanged
 * against soldiers, and the dead are counted apart.
 */
export type Lane = 'exchange' | 'direct-repatriation' | 'civilian-release' | 'remains';

/** What a person is recorded as; a claim of the side that listed them. */
export type Category = 'military' | 'civilian' | 'retained-personnel';

/** One direction of one part of a deal: `count` persons leave `from` and are received by `to`. */
export interface Leg {
  readonly id: LegId;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly lane: Lane;
  /** Persons agreed for the whole leg. */
  readonly count: number;
  /** The power the persons go home to, where a third state receives them first. Defaults to `to`. */
  readonly origin?: PartyId;
}

/** What must balance between legs, and how. Legs that no rule names are independent. */
export type ParityRule =
  | { readonly kind: 'equal-per-tranche'; readonly legs: readonly LegId[] }
  /** Each leg has its own fixed total; a tranche may hold any part of it. */
  | { readonly kind: 'fixed-numbers'; readonly legs: readonly LegId[] }
  /** `persons[i]` of `legs[i]` per tranche stand in this proportion. */
  | { readonly kind: 'ratio'; readonly legs: readonly LegId[]; readonly persons: readonly number[] }
  | { readonly kind: 'one-way'; readonly legs: readonly [LegId] };

/**
 * Legs that move in step: step n+1 of any of them leaves only when step n of every one of them is received and
 * counted. `stepSize[leg]` is the most persons of that leg in one step (a bus, ten persons, one).
 */
export interface Coupling {
  readonly legs: readonly LegId[];
  readonly stepSize: Readonly<Record<LegId, number>>;
}

/** A condition on confirmed events that must hold before persons of `leg` leave (from `tranche` on). */
export interface Gate {
  readonly id: string;
  readonly leg: LegId;
  /** First tranche number the gate holds back, 1-based. */
  readonly tranche: number;
  readonly requires: GateCondition;
}

export type GateCondition =
  /** At least `persons` of `leg` are verified returns. */
  | { readonly kind: 'returned'; readonly leg: LegId; readonly persons: number }
  /** At least `persons` of `leg` are on the other side of the line in steps that have closed (not yet confirmed home). */
  | { readonly kind: 'received'; readonly leg: LegId; readonly persons: number }
  /** A condition linked beside the exchange was declared met. */
  | { readonly kind: 'condition-met'; readonly condition: string };

export interface Crossing {
  readonly id: CrossingId;
  readonly label: string;
  /** Persons per step that the place can take, and degrees WGS 84 where the parties want it drawn. */
  readonly capacity: number;
  readonly position?: { readonly latitude: number; readonly longitude: number };
}

/** What a tranche must hold: persons per leg, and of them per category. Absent categories are free. */
export interface TrancheTerms {
  readonly number: number;
  readonly persons: Readonly<Record<LegId, number>>;
  readonly categories?: Readonly<Record<LegId, Readonly<Partial<Record<Category, number>>>>>;
}

/** Everything the powers agree to before a list is opened. Its canonical bytes have one hash. */
export interface Terms {
  readonly legs: readonly Leg[];
  readonly parity: readonly ParityRule[];
  readonly couplings: readonly Coupling[];
  readonly gates: readonly Gate[];
  readonly crossings: readonly Crossing[];
  readonly tranches: readonly TrancheTerms[];
  /** The published order in which persons are chosen, most important first. */
  readonly order: readonly string[];
  /** Days after opening within which each entry gets a verdict. */
  readonly verdictDays: number;
  /** Comment rounds allowed for an entry. */
  readonly commentRoundsMax: number;
  /** Distinct persons of each power who must approve a tranche: at least 2. */
  readonly approvalsPerPower: number;
  /** Neutral bodies that count heads and take the will interviews. */
  readonly neutrals: readonly PartyId[];
}
