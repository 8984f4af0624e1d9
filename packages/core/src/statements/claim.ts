/**
 * One public statement, as a person entered it: who said what, when, about how many of what, and who reported it.
 * Nothing here is extracted by a machine.
 */
import type { Amount } from './amount.ts';
import type { BecauseCode } from './because.ts';
import type { Moment } from './day.ts';
import type { EventId } from './figure.ts';
import type { Unit } from './unit.ts';

export type ClaimId = string;

/** Which way the claimed people went. `each`: the number holds both ways. `sum`: it adds both ways. */
export type ClaimDirection =
  | { readonly kind: 'way'; readonly from: string; readonly to: string }
  | { readonly kind: 'each' }
  | { readonly kind: 'sum' }
  | { readonly kind: 'none' };

/**
 * How a kind of claim is compared.
 *
 * `time: 'then'`   by what had crossed when it was said; `'whole'` by the whole event, because it speaks of what is to
 *                  come or was agreed; `'none'` the time does not matter
 */
export interface ClaimMeaning {
  readonly by:
    | 'count' // a number of people against the record's
    | 'agreed' // against what was agreed, else against the whole
    | 'refused' // people who chose to stay
    | 'progress' // not begun, under way, complete, cancelled
    | 'rank' // larger than every earlier one
    | 'fact' // a field that the record has for an event
    | 'detail' // something the record could hold and does not
    | 'dispute' // one account against another
    | 'account' // a party's own account or view
    | 'outside'; // nothing in a record of crossings could answer it
  readonly time: 'then' | 'whole' | 'none';
  /** Of a kind that is outside the record: why. */
  readonly because?: BecauseCode;
}

export const claimKinds = {
  count: { by: 'count', time: 'then' },
  completed: { by: 'progress', time: 'then' },
  in_progress: { by: 'progress', time: 'then' },
  started: { by: 'progress', time: 'then' },
  in_preparation: { by: 'progress', time: 'then' },
  continues: { by: 'progress', time: 'whole' },
  cancelled: { by: 'progress', time: 'whole' },
  agreed: { by: 'agreed', time: 'whole' },
  expected: { by: 'agreed', time: 'whole' },
  largest_to_date: { by: 'rank', time: 'then' },
  forecast_largest: { by: 'rank', time: 'whole' },
  people_refused: { by: 'refused', time: 'whole' },
  mediation: { by: 'fact', time: 'none' },
  place: { by: 'fact', time: 'none' },
  composition: { by: 'detail', time: 'none' },
  exchange_number: { by: 'detail', time: 'none' },
  postponed: { by: 'dispute', time: 'none' },
  denied: { by: 'dispute', time: 'none' },
  party_refused: { by: 'dispute', time: 'none' },
  breach_alleged: { by: 'dispute', time: 'none' },
  position: { by: 'account', time: 'none', because: 'view' },
  duration: { by: 'outside', time: 'none', because: 'talks' },
  method: { by: 'outside', time: 'none', because: 'procedure' },
  ordering_rule: { by: 'outside', time: 'none', because: 'procedure' },
  list_submitted: { by: 'outside', time: 'none', because: 'procedure' },
  talks_continuing: { by: 'outside', time: 'none', because: 'talks' },
  guarantee: { by: 'outside', time: 'none', because: 'view' },
  venue_or_date_unset: { by: 'outside', time: 'none', because: 'talks' },
  silence: { by: 'outside', time: 'none', because: 'silence' },
  no_comment: { by: 'outside', time: 'none', because: 'silence' },
  demand: { by: 'outside', time: 'none', because: 'view' },
  proposal: { by: 'outside', time: 'none', because: 'view' },
  offer_to_host: { by: 'outside', time: 'none', because: 'view' },
  captured: { by: 'outside', time: 'none', because: 'not-a-crossing' },
  deaths: { by: 'outside', time: 'none', because: 'not-a-crossing' },
  out_of_scope: { by: 'outside', time: 'none', because: 'not-a-crossing' },
} as const satisfies Readonly<Record<string, ClaimMeaning>>;

export type ClaimKind = keyof typeof claimKinds;

/** What an event of a claim covers. */
export type ClaimAbout =
  | { readonly kind: 'event'; readonly event: EventId }
  /** Every exchange of a series, or a total over more than one event. */
  | { readonly kind: 'cumulative'; readonly series: string }
  | { readonly kind: 'nothing' };

export interface Claim {
  readonly id: ClaimId;
  /** Undefined: not known. */
  readonly madeAt: Moment | undefined;
  readonly speaker: string;
  readonly role: string;
  readonly affiliation: string;
  readonly venue: string;
  readonly about: ClaimAbout;
  /** The stage of the event, if the statement is about one. */
  readonly stage: string | undefined;
  /** Which returns the number covers. */
  readonly returns: 'exchanges' | 'all' | 'outside_exchanges' | undefined;
  /** Who counted, if the statement says so and it was not its speaker. */
  readonly countedBy: string | undefined;
  readonly kind: ClaimKind;
  /** Whom or what it names, if it says so: mediators by their codes, or places. */
  readonly names: readonly string[];
  readonly direction: ClaimDirection;
  /** Undefined: the statement has no number. */
  readonly amount: Amount | undefined;
  readonly unit: Unit;
  readonly attribution: 'named' | 'anonymous' | 'institution';
  /** True if it is in doubt who said it, for example because the office had passed to another person. */
  readonly isAuthorInDoubt: boolean;
  /** Pages or reports that carry it. */
  readonly reportedBy: readonly string[];
  /** SHA-256 of an archived copy of the source, lower-case hex; undefined if none was kept. */
  readonly archived: string | undefined;
  /** The statement of which this is another report: one utterance, counted once. */
  readonly sameAs: ClaimId | undefined;
  /** The earlier reading that this one corrects; the earlier one is kept. */
  readonly corrects: ClaimId | undefined;
}
