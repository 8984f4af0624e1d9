/**
 * Everything the public page says, as data: made from a verified log by the publication rules, and from what people
 * entered as statements. Numbers that may not be read are not in it at all.
 */
import type { Obligation, Reminder } from '@homeward/core/obligations';
import type { Claim, Day, Judgement, Silence } from '@homeward/core/statements';
import type { Released } from '../release/release.ts';

/** A number as the page shows it, under its own heading: these are never added to one another. */
export interface PublishedNumbers {
  /** Confirmed by giver and receiver. */
  readonly verified: Released;
  /** By a party about itself and another that has not signed. */
  readonly reported: Released;
  /** Closed with two figures. */
  readonly disputed: Released;
}

export interface PublishedWay extends PublishedNumbers {
  readonly leg: string;
  readonly from: string;
  /** Empty where persons are set free where they are. */
  readonly to: string;
  readonly lane: string;
  /** Undefined where no number was agreed, or the terms keep it undisclosed. */
  readonly agreed: number | undefined;
  /** What had been published by the end of each day on which it changed. */
  readonly days: readonly { readonly day: Day; readonly verified: number }[];
}

export interface PublishedExchange {
  readonly id: string;
  readonly title: string;
  readonly status: 'unopened' | 'open' | 'suspended' | 'completed' | 'cancelled';
  readonly opened: Day;
  readonly changed: Day;
  readonly acts: number;
  readonly parties: Readonly<Record<string, string>>;
  /** The parties count alone: no neutral stands beside. */
  readonly isCountedByPartiesAlone: boolean;
  readonly ways: readonly PublishedWay[];
  readonly obligations: readonly PublishedObligation[];
  readonly statements: readonly PublishedStatement[];
  readonly silences: readonly Silence[];
}

export type PublishedObligation = Pick<
  Obligation,
  'id' | 'kind' | 'owedBy' | 'guarantor' | 'name' | 'text' | 'untilText' | 'standing'
> & {
  readonly until: Day | undefined;
  readonly evidence: readonly {
    readonly what: string;
    readonly by: string;
    readonly day: Day;
    readonly index: number;
    readonly hash: string | undefined;
  }[];
  readonly reminders: readonly Reminder['why'][];
};

export interface PublishedStatement {
  readonly claim: Claim;
  /** As it was written in the table, for people to read. */
  readonly madeAt: string;
  readonly judgement: Judgement;
  /** Further reports of the same words. */
  readonly reports: number;
  /** Readings that this one corrected, with their labels. */
  readonly earlier: readonly { readonly claim: Claim; readonly judgement: Judgement }[];
}

export interface PublishedLog {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly vkey: string;
  readonly cosigners: readonly string[];
}

export interface Publication {
  readonly log: PublishedLog;
  readonly rules: { readonly delayHours: number; readonly cellMin: number };
  /** The newest day of an act in the log. */
  readonly asOf: Day;
  readonly exchanges: readonly PublishedExchange[];
}
