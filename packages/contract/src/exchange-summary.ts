/**
 * One exchange at a glance: counts and states that a node folded from the acts of its own verified replica.
 * No personal data: persons appear as numbers only. The words are those of spec/glossary.md.
 */
import {
  exchangeStatuses,
  lanes,
  legEnds,
  listKinds,
  partyKinds,
  trancheStatuses,
  verdicts,
  type ExchangeSummary as Summary,
} from '@homeward/core/exchange';
import * as z from 'zod';
import { Count, Hex32, LogIndex, PartyCode } from './encoding.ts';

/** How far persons have come. Approved, moving, received and returned are different persons. */
const progress = {
  approved: Count.describe('Persons approved by every power, with the giver.'),
  moving: Count.describe('Persons who have departed and are not received.'),
  received: Count.describe('Persons received and not confirmed by both sides.'),
  underWay: Count.describe('Moving and received together.'),
  returned: Count.describe('Verified returns: confirmed by the giver and by the receiver.'),
};

/** One leg: how many persons were agreed and how far they have come. */
export const LegSummary = z
  .strictObject({
    id: z.string(),
    from: PartyCode,
    to: PartyCode.optional().describe('Absent where persons are set free where they are.'),
    end: z.enum(legEnds).describe('Where the leg ends for its persons; a verified return only at home.'),
    lane: z.enum(lanes),
    agreed: Count.optional().describe('Persons agreed: a number or a limit; absent: all of a category.'),
    named: Count.describe('Persons whom the proposals that stand name.'),
    ...progress,
    crossed: Count.describe('Persons counted by the receiver on the other side, confirmed or not.'),
    notGoing: Count.describe('Persons who left a tranche under way, for whatever reason.'),
    unlisted: Count.describe('Verified returns of persons who were on no list.'),
  })
  .meta({ id: 'LegSummary' });
export type LegSummary = z.infer<typeof LegSummary>;

export const TrancheSummary = z
  .strictObject({
    id: z.string(),
    number: z.int().min(1),
    status: z.enum(trancheStatuses),
    hash: Hex32.describe('What approvals are bound to.'),
    legs: z
      .array(
        z.strictObject({
          leg: z.string(),
          persons: Count.describe('Persons proposed.'),
          ...progress,
          halted: Count.describe('Steps held by an act of their own.'),
        }),
      )
      .readonly(),
    approvals: z
      .array(
        z.strictObject({
          party: PartyCode,
          has: Count.describe('Distinct approving persons.'),
          needs: Count,
        }),
      )
      .readonly(),
  })
  .meta({ id: 'TrancheSummary' });
export type TrancheSummary = z.infer<typeof TrancheSummary>;

export const ExchangeSummary = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    status: z.enum(exchangeStatuses),
    suspendedBy: z.array(PartyCode).readonly(),
    acts: Count.describe('Acts of this exchange in the log.'),
    hash: z.string().describe('The chain over its acts: equal hashes, equal history.'),
    lastIndex: LogIndex.optional().describe('Log index of its newest act.'),
    parties: z
      .array(z.strictObject({ id: PartyCode, kind: z.enum(partyKinds), label: z.string() }))
      .readonly(),
    legs: z.array(LegSummary).readonly(),
    lists: z
      .array(
        z.strictObject({
          id: z.string(),
          party: PartyCode,
          kind: z.enum(listKinds),
          count: Count.describe('Entries as sealed.'),
          opened: Count.describe('Entries opened so far.'),
          isOpen: z.boolean(),
          struck: Count,
          added: Count,
        }),
      )
      .readonly(),
    verdicts: z.partialRecord(z.enum(verdicts), Count).describe('Entries by the newest verdict they got.'),
    tranches: z.array(TrancheSummary).readonly(),
    imbalance: Count.describe('Largest difference of crossed persons between coupled legs now.'),
    imbalanceMax: Count.describe('The largest it ever was.'),
  })
  .meta({ id: 'ExchangeSummary' });
export type ExchangeSummary = z.infer<typeof ExchangeSummary>;

/** Fails to compile where the core sums up an exchange in another shape than the wire has. */
export type SummaryIsOnTheWire = Summary & { lastIndex: number; imbalanceMax: number } extends ExchangeSummary
  ? true
  : never;
true satisfies SummaryIsOnTheWire;
