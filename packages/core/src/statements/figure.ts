/**
 * One figure of the record: how many people moved in one direction, at one stage, counted by whom. Rows of an event
 * file and counts derived from a verified log have the same shape, so that one comparison serves both.
 */
import type { Amount } from './amount.ts';
import type { Span } from './day.ts';
import type { Unit } from './unit.ts';

export type FigureId = string;
export type EventId = string;

/**
 * What the figure is of its event. `event_total`: everybody in that direction, living or dead. `stage_total`: one
 * dated stage; stages add up to the total. `part`: disjoint pieces. `subset`: overlaps its parent. `alternative`:
 * another claimant's count of its parent. `plan`: agreed, not crossed. `refused`: who chose to stay. `claim_only`: one
 * side's word about people who did not cross.
 */
export const figureRoles = [
  'event_total',
  'stage_total',
  'part',
  'subset',
  'alternative',
  'plan',
  'refused',
  'claim_only',
] as const;
export type FigureRole = (typeof figureRoles)[number];

export const figureStatuses = ['completed', 'cancelled', 'agreed_only'] as const;
export type FigureStatus = (typeof figureStatuses)[number];

export interface Figure {
  readonly id: FigureId;
  readonly event: EventId;
  /** `1`, `2`… or a name that the parties gave it. */
  readonly stage: string;
  /** When it began or was to begin, and when it ended. Either may be coarser than a day. */
  readonly starts: Span;
  readonly ends: Span;
  /** Who let go and who received: party codes. `MULTI` where the source does not split them. */
  readonly from: string;
  readonly to: string;
  readonly amount: Amount;
  readonly unit: Unit;
  readonly role: FigureRole;
  readonly partOf: FigureId | undefined;
  readonly status: FigureStatus;
  /** Whose figure it is: a party or body, `both`, or `press`; undefined if unknown. */
  readonly countedBy: string | undefined;
  /** False while no source page is tied to it: nothing may be asserted on it. */
  readonly isSourced: boolean;
  readonly mediators: readonly string[];
  readonly place: string;
  /** What the reports say about the group, in words. */
  readonly composition: string;
}

/** Everything the record holds, in the order of its file. */
export type EventRecord = readonly Figure[];
