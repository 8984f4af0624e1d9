/**
 * Something that a party owes, or that somebody answers for: by whom, until when, and how it stands on a day.
 *
 * Hides   Persons. An obligation says for how many it was given, never for whom.
 */
import type { ActId, PartyId, PayloadHash } from '../exchange/index.ts';
import type { Day, Span } from '../statements/day.ts';

/**
 * `to-do`    is owed once and is then met: a number, a verdict, a condition
 * `to-keep`  holds until its last day: an undertaking
 */
export type Nature = 'to-do' | 'to-keep';

/**
 * open      its day has not come, or it has none
 * due       its last day is today
 * late      its last day has passed and it is not met
 * met       done, or kept until its last day
 * alleged   somebody says that it was broken, and nobody has answered
 * answered  every allegation has its answer; which of the two is so, nobody here decides
 */
export type Standing = 'open' | 'due' | 'late' | 'met' | 'alleged' | 'answered';

/** One act about an obligation, with what it points to. */
export interface Evidence {
  readonly act: ActId;
  /** Its place in the log. */
  readonly index: number;
  /** The day that its signer claims. */
  readonly day: Day;
  readonly by: PartyId;
  readonly what: 'given' | 'signed' | 'met' | 'alleged' | 'answered';
  /** The sealed payload that it names, by hash; whoever it was sealed to can check it. */
  readonly payload: PayloadHash | undefined;
}

export interface Obligation {
  /** The same through the life of the log. */
  readonly id: string;
  readonly kind: 'numbers' | 'verdicts' | 'condition' | 'gate' | 'undertaking';
  readonly nature: Nature;
  /** Whose it is to do or keep; empty where the record names nobody. */
  readonly owedBy: readonly PartyId[];
  /** Who answers for it, and whether by an own signature. */
  readonly guarantor: { readonly party: PartyId; readonly hasSigned: boolean } | undefined;
  /** In the words of the act, which name no person. */
  readonly name: string;
  readonly text: string;
  /** How many persons it is about; undefined where it is about none. */
  readonly persons: { readonly owed: number; readonly done: number } | undefined;
  /** Its last day, as exactly as it was given; undefined where it has none. */
  readonly until: Span | undefined;
  /** As it was written, where it is no date: "the end of hostilities". */
  readonly untilText: string;
  readonly metOn: Day | undefined;
  /** Allegations, and of them those answered. */
  readonly alleged: number;
  readonly answered: number;
  readonly evidence: readonly Evidence[];
  readonly standing: Standing;
}

/** How an obligation stands on a day. An allegation outweighs a date; being met outweighs being late. */
export function standingOf(
  { nature, until, metOn, alleged, answered }: Omit<Obligation, 'standing'>,
  today: Day,
): Standing {
  if (alleged > answered) return 'alleged';
  if (alleged > 0) return 'answered';
  if (metOn !== undefined) return 'met';
  if (until === undefined || today < until.to) return 'open';
  if (nature === 'to-keep') return today > until.to ? 'met' : 'due';
  return today === until.to ? 'due' : 'late';
}
