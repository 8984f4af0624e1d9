/**
 * The planning problem: which persons go in which tranche of which leg, as plain data.
 *
 * Law     spec/planning.md states every rule and objective; the types here only name their fields.
 *         Nothing on a person says how much they matter: no importance, rank or value exists. What a
 *         party insists on is a rule (must-go, package) that everybody who reads the problem can see.
 * Source  Lanes: GC III 109-110 and 118; the order by length of captivity: GC III 109(2) and practice.
 */

export type PersonId = string;
export type TrancheId = string;
export type LegId = string;
export type RuleId = string;
export type PowerId = string;

/** How a person comes home. Only `exchange` is ever netted by a parity rule. */
export type Lane = 'exchange' | 'direct-repatriation' | 'civilian-release' | 'remains' | 'children';
/** What a person needs to travel. */
export type MedicalNeed = 'seat' | 'stretcher' | 'ambulance';
export type Sex = 'female' | 'male' | 'other';

export interface Tranche {
  readonly id: TrancheId;
  /** Tranches of the same day share facility limits; without it each tranche is a day of its own. */
  readonly day?: string;
}

/** One direction of one part of a deal. */
export interface Leg {
  readonly id: LegId;
  readonly from: PowerId;
  readonly to: PowerId;
  /** Where the leg crosses; capacity rules may name it. */
  readonly crossing?: string;
}

export interface PlanningPerson {
  readonly id: PersonId;
  readonly leg: LegId;
  readonly category: string;
  readonly lane: Lane;
  /** Whole days in captivity on the day the problem was made. */
  readonly days: number;
  readonly need: MedicalNeed;
  readonly sex?: Sex;
  /** In whole years. */
  readonly age?: number;
  /** Where the person is held. */
  readonly facility?: string;
  /** What else terms may count by, beside the category: a unit, a place of capture, a list. */
  readonly labels?: readonly string[];
  /** Why the person cannot be planned now (withheld, unfit, unwilling…); absent when eligible. */
  readonly ineligible?: string;
  readonly earliest?: TrancheId;
  readonly latest?: TrancheId;
}

/** Persons of whom this side knows only how many there are: one-sided planning. */
export interface CountedGroup {
  readonly id: string;
  readonly leg: LegId;
  readonly category: string;
  readonly lane: Lane;
  readonly count: number;
  readonly need?: MedicalNeed;
}

/** Chooses persons by what they are; every field given must hold. */
export interface Selector {
  readonly legs?: readonly LegId[];
  readonly categories?: readonly string[];
  readonly lanes?: readonly Lane[];
  readonly needs?: readonly MedicalNeed[];
  readonly sexes?: readonly Sex[];
  readonly facilities?: readonly string[];
  readonly ageMin?: number;
  readonly ageMax?: number;
  /** Whole days in captivity. */
  readonly daysMin?: number;
  readonly daysMax?: number;
  /** Any of these labels. */
  readonly labels?: readonly string[];
  /** Of a named list: with a number, "two of these five". */
  readonly persons?: readonly PersonId[];
}

/** A vehicle that serves a leg in a tranche. Its places are kept apart by need. */
export interface Vehicle {
  readonly id: string;
  readonly seats?: number;
  readonly stretchers?: number;
  readonly ambulances?: number;
}

interface RuleHead {
  readonly id: RuleId;
  /** The power that asks for it; absent when all do. */
  readonly saidBy?: PowerId;
}

/** Numbers of persons of the exchange lane that must match over coupled legs: as many on one side as on the other. */
export interface ParityEqualRule extends RuleHead {
  readonly kind: 'parity';
  readonly form: 'equal';
  readonly left: readonly LegId[];
  readonly right: readonly LegId[];
  readonly over?: 'tranche' | 'total';
}

export interface ParityRatioRule extends RuleHead {
  readonly kind: 'parity';
  readonly form: 'ratio';
  readonly left: readonly LegId[];
  readonly right: readonly LegId[];
  /** left : right = ratio[0] : ratio[1]. */
  readonly ratio: readonly [number, number];
  readonly over?: 'tranche' | 'total';
}

export interface ParityFixedRule extends RuleHead {
  readonly kind: 'parity';
  readonly form: 'fixed';
  readonly legs: readonly LegId[];
  /** For every leg named, this many in each tranche, in tranche order. */
  readonly counts: readonly number[];
}

export interface ParityOneWayRule extends RuleHead {
  readonly kind: 'parity';
  readonly form: 'one-way';
  readonly legs: readonly LegId[];
}

export interface ParityBalanceRule extends RuleHead {
  readonly kind: 'parity';
  readonly form: 'balance';
  /** Each gives as many as it receives, tranche by tranche. */
  readonly powers: readonly PowerId[];
}

export type ParityRule =
  ParityEqualRule | ParityRatioRule | ParityFixedRule | ParityOneWayRule | ParityBalanceRule;

export interface QuotaRule extends RuleHead {
  readonly kind: 'quota';
  readonly who: Selector;
  /** The tranche it holds in; every tranche when absent. */
  readonly tranche?: TrancheId;
  /** `total`: the sum over all tranches instead of each. */
  readonly over?: 'tranche' | 'total';
  readonly min?: number;
  readonly max?: number;
  readonly exact?: number;
}

export interface MustGoRule extends RuleHead {
  readonly kind: 'must-go';
  readonly persons: readonly PersonId[];
  /** Not later than this tranche. */
  readonly by?: TrancheId;
}

export interface VetoRule extends RuleHead {
  readonly kind: 'veto';
  readonly persons: readonly PersonId[];
  /** Only in this tranche; in all when absent. */
  readonly tranche?: TrancheId;
}

/** A hand-made placing: what-if, and signed manual moves. */
export interface PlaceRule extends RuleHead {
  readonly kind: 'place';
  readonly persons: readonly PersonId[];
  /** null: stays off. */
  readonly tranche: TrancheId | null;
}

/** Each of `persons` goes only if everyone of `with` goes: in the same tranche, or by then. */
export interface PackageOnlyWithRule extends RuleHead {
  readonly kind: 'package';
  readonly form: 'only-with';
  readonly persons: readonly PersonId[];
  readonly with: readonly PersonId[];
  readonly timing?: 'same' | 'by-then';
}

/** All in one tranche, or none. */
export interface PackageTogetherRule extends RuleHead {
  readonly kind: 'package';
  readonly form: 'together';
  readonly persons: readonly PersonId[];
}

export type PackageRule = PackageOnlyWithRule | PackageTogetherRule;

/** A hard rule: its plannable persons share a place. */
export interface FamilyTogetherRule extends RuleHead {
  readonly kind: 'family';
  readonly form: 'together';
  readonly persons: readonly PersonId[];
}

/** Binds nothing: counted by the objective `families`. */
export interface FamilyWishRule extends RuleHead {
  readonly kind: 'family';
  readonly form: 'wish';
  readonly persons: readonly PersonId[];
}

export type FamilyRule = FamilyTogetherRule | FamilyWishRule;

/** No two of them in the same tranche. */
export interface ApartRule extends RuleHead {
  readonly kind: 'apart';
  readonly persons: readonly PersonId[];
}

/** Everybody who crosses there counts, whatever the lane. */
export interface CapacityRule extends RuleHead {
  readonly kind: 'capacity';
  readonly crossing: string;
  readonly max: number;
  readonly tranche?: TrancheId;
}

export interface VehiclesRule extends RuleHead {
  readonly kind: 'vehicles';
  readonly legs: readonly LegId[];
  readonly vehicles: readonly Vehicle[];
  readonly tranche?: TrancheId;
}

/** At most so many persons fetched from the facility on one day. */
export interface FacilityRule extends RuleHead {
  readonly kind: 'facility';
  readonly facility: string;
  readonly max: number;
}

/**
 * Multi-party exchange: everyone of the exchange lane on these legs crosses as one link of a cycle, or of
 * a chain that begins at a power of `starts`, of at most `cap` legs.
 */
export interface CircuitRule extends RuleHead {
  readonly kind: 'circuit';
  readonly legs: readonly LegId[];
  readonly cap: number;
  /** `simultaneous`: all links in one tranche. `gated`: a link may follow the one before it later. */
  readonly timing: 'simultaneous' | 'gated';
  readonly starts?: readonly PowerId[];
}

/** Legs of `open` run in a tranche only when `count` persons of `after` have crossed before it. */
export interface GateRule extends RuleHead {
  readonly kind: 'gate';
  readonly open: readonly LegId[];
  readonly after: readonly LegId[];
  readonly count: number;
  /** `same`: those of the same tranche count too. */
  readonly timing?: 'before' | 'same';
}

export type Rule =
  | ParityRule
  | QuotaRule
  | MustGoRule
  | VetoRule
  | PlaceRule
  | PackageRule
  | FamilyRule
  | ApartRule
  | CapacityRule
  | VehiclesRule
  | FacilityRule
  | CircuitRule
  | GateRule;

export type Objective =
  | { readonly kind: 'returned' }
  | { readonly kind: 'legal-lanes' }
  | {
      readonly kind: 'captivity-total';
      /** Captivity is compared in whole steps of so many days. */
      readonly stepDays?: number;
    }
  | { readonly kind: 'captivity-leximin'; readonly stepDays?: number }
  | { readonly kind: 'medical' }
  | { readonly kind: 'families' }
  | { readonly kind: 'facilities' }
  | { readonly kind: 'change' }
  | { readonly kind: 'fallback' }
  /** Stands last in every order that does not name it, where persons are known by number. */
  | { readonly kind: 'counted' };

/** A plan already on the table: who is not listed was off. */
export interface PreviousPlan {
  readonly places: readonly Place[];
}

export interface Place {
  readonly person: PersonId;
  readonly tranche: TrancheId;
}

export interface PlanningProblem {
  readonly format: 'homeward-planning-problem';
  readonly version: 1;
  readonly name?: string;
  readonly tranches: readonly Tranche[];
  readonly legs: readonly Leg[];
  readonly persons: readonly PlanningPerson[];
  readonly counted?: readonly CountedGroup[];
  readonly rules: readonly Rule[];
  /** Most important first; `defaultObjectives` when absent. */
  readonly objectives?: readonly Objective[];
  readonly previous?: PreviousPlan;
}

/** For what counts persons whatever their lane. */
export const everyLane: readonly [Lane, ...Lane[]] = [
  'exchange',
  'direct-repatriation',
  'civilian-release',
  'remains',
  'children',
];

export const needs: readonly [MedicalNeed, ...MedicalNeed[]] = ['seat', 'stretcher', 'ambulance'];

export const sexes: readonly [Sex, ...Sex[]] = ['female', 'male', 'other'];

export const objectiveKinds: readonly [Objective['kind'], ...Objective['kind'][]] = [
  'returned',
  'legal-lanes',
  'captivity-total',
  'captivity-leximin',
  'medical',
  'families',
  'facilities',
  'change',
  'fallback',
  'counted',
];

/** Days in one step of captivity unless the terms publish another. */
export const captivityStepDays = 30;

/** The order used when the terms publish none. */
export const defaultObjectives: readonly Objective[] = [
  { kind: 'legal-lanes' },
  { kind: 'returned' },
  { kind: 'captivity-total' },
  { kind: 'captivity-leximin' },
  { kind: 'medical' },
  { kind: 'families' },
  { kind: 'facilities' },
  { kind: 'change' },
  { kind: 'fallback' },
];

/** Upper bounds on what is read, so that a hostile file cannot exhaust a node. */
export const problemLimits = {
  persons: 400_000,
  counted: 10_000,
  countedPersons: 400_000,
  tranches: 100,
  legs: 200,
  rules: 50_000,
  namesPerRule: 20_000,
  vehicles: 2_000,
  idLength: 120,
  days: 40_000,
} as const;

/** Persons of a problem in all, those known only by number included. */
export const personsMax: number = problemLimits.persons + problemLimits.countedPersons;
