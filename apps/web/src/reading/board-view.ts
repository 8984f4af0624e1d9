/**
 * What the board shows of one exchange after one act: plain figures and codes in no language, made in the worker
 * from the state that the core folded. Nothing here is counted anywhere else.
 */
import type {
  Awaited,
  ExchangeStatus,
  Lane,
  Refusal,
  StepStatus,
  TrancheStatus,
} from '@homeward/core/exchange';
import type { ActLine, LegEnds } from './act-line.ts';

export interface BoardView {
  readonly exchange: string;
  readonly title: string;
  readonly status: ExchangeStatus;
  /** Ids of the parties. */
  readonly suspendedBy: readonly string[];
  /** Acts of this exchange folded into this view, and of how many. */
  readonly position: number;
  readonly of: number;
  /** The time the last act claims for itself; empty before the first. */
  readonly at: string;
  /** The core's chain over the acts: equal hashes, equal history. */
  readonly hash: string;
  readonly parties: readonly { readonly id: string; readonly kind: string; readonly label: string }[];
  readonly legs: readonly LegView[];
  readonly tranches: readonly TrancheView[];
  readonly crossings: readonly CrossingView[];
  readonly balances: readonly BalanceView[];
  /** Directions of tranches under way that still have a step to release. */
  readonly nextSteps: number;
  readonly holds: readonly HoldView[];
  /** What is awaited now, and of which parties, by id. */
  readonly awaited: readonly AwaitedView[];
  readonly lists: readonly ListView[];
  readonly series: readonly SeriesPoint[];
  readonly last: readonly ActLine[];
  /** Acts in the log that the rules refuse: the log is then not what it should be. */
  readonly refused: readonly { readonly index: number; readonly refusal: Refusal }[];
}

/** How far the persons of a leg have come. The four are disjoint and sum to `agreed` or less. */
export interface Progress {
  readonly agreed: number;
  readonly approved: number;
  readonly underWay: number;
  readonly returned: number;
}

export interface LegView extends Progress, LegEnds {
  readonly id: string;
  /** Place in the terms, from 0: chooses hue and pattern. */
  readonly order: number;
  readonly lane: Lane;
  /** Said no at the line, for any outcome. */
  readonly notGoing: number;
  /** Verified returns of persons who were on no list: counted apart. */
  readonly unlisted: number;
}

export interface TrancheView {
  readonly id: string;
  readonly number: number;
  /** `planned`: named in the terms, and nobody has proposed it yet. */
  readonly status: TrancheStatus | 'planned';
  readonly legs: readonly (Progress & { readonly leg: string; readonly order: number })[];
  readonly approvals: readonly { readonly party: string; readonly has: number; readonly needs: number }[];
  /** Approvals that a later change voided. */
  readonly voided: number;
}

export interface StepView {
  readonly step: number;
  readonly stage: StepStatus;
  readonly vehicle: string;
  readonly persons: number;
  readonly departureByGiver: number | undefined;
  readonly departureByNeutral: number | undefined;
  readonly arrivalByNeutral: number | undefined;
  readonly arrivalByReceiver: number | undefined;
  readonly halts: readonly string[];
  readonly rejected: number;
}

/** One leg of the tranche under way, at the crossing it is routed over. */
export interface CrossingLegView {
  readonly leg: string;
  readonly order: number;
  readonly tranche: number;
  readonly notified: boolean;
  readonly acknowledged: boolean;
  readonly opens: string;
  readonly closes: string;
  readonly steps: readonly StepView[];
  /** Steps that persons without a manifest will still need, at the agreed step size. */
  readonly stepsToCome: number;
  /** The step people look at: the first not closed, else the last. */
  readonly now: StepView | undefined;
  readonly received: number;
  readonly persons: number;
}

export interface CrossingView {
  readonly id: string;
  readonly label: string;
  readonly position: { readonly latitude: number; readonly longitude: number } | undefined;
  readonly legs: readonly CrossingLegView[];
  readonly heard: string | undefined;
}

/** How far coupled legs are apart, measured in steps and told in persons of the one ahead, and the agreed most. */
export interface BalanceView {
  readonly legs: readonly { readonly leg: string; readonly order: number; readonly crossed: number }[];
  /** Place in the terms of the leg ahead; undefined when they are even. */
  readonly ahead: number | undefined;
  readonly imbalance: number;
  readonly limit: number;
}

/** What the rules answer to "may the next step leave now?" where the answer is no. */
export interface HoldView {
  readonly tranche: number;
  readonly leg: LegEnds;
  readonly order: number;
  readonly step: number;
  /** Most fundamental first. */
  readonly refusals: readonly Refusal[];
}

/** One thing that is awaited of any one of its parties. */
export interface AwaitedView extends Omit<Awaited, 'leg'> {
  readonly leg?: LegEnds;
  readonly order?: number;
}

export interface ListView {
  readonly party: string;
  readonly kind: 'sought' | 'held' | 'withheld';
  readonly count: number;
  readonly opened: number;
}

export interface SeriesPoint {
  readonly at: string;
  readonly received: readonly number[];
  readonly returned: readonly number[];
}
