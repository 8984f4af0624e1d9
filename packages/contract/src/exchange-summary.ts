/**
 * One exchange at a glance: counts and states that a node folded from the acts of its own verified replica.
 * No personal data: persons appear as numbers only.
 */
import * as z from 'zod';
import { Count, Hex32, LogIndex, PartyCode } from './encoding.ts';

const Lane = z.enum(['exchange', 'direct-repatriation', 'civilian-release', 'remains']);

/** One leg: how many persons were agreed and how far they have come. */
export const LegSummary = z
  .strictObject({
    id: z.string(),
    from: PartyCode,
    to: PartyCode,
    lane: Lane,
    agreed: Count.describe('Persons agreed in the terms.'),
    released: Count.describe('Persons in steps that left towards the line.'),
    underWay: Count.describe('Persons who have departed and are not yet a verified return.'),
    received: Count.describe('Persons counted by the receiver on the other side.'),
    returned: Count.describe('Verified returns: confirmed by the giver and by the receiver.'),
  })
  .meta({ id: 'LegSummary' });
export type LegSummary = z.infer<typeof LegSummary>;

export const TrancheSummary = z
  .strictObject({
    id: z.string(),
    number: z.int().min(1),
    state: z.string(),
    hash: Hex32.optional().describe('What approvals are bound to.'),
    persons: z.record(z.string(), Count).describe('Persons proposed, by leg.'),
    approvals: z.record(z.string(), Count).describe('Distinct approving persons, by party.'),
    returned: z.record(z.string(), Count).describe('Verified returns, by leg.'),
  })
  .meta({ id: 'TrancheSummary' });
export type TrancheSummary = z.infer<typeof TrancheSummary>;

export const ExchangeSummary = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    phase: z.string(),
    acts: Count.describe('Acts of this exchange in the log.'),
    lastIndex: LogIndex.optional().describe('Log index of its newest act.'),
    parties: z.array(
      z.strictObject({ id: PartyCode, kind: z.enum(['host', 'power', 'neutral']), label: z.string() }),
    ),
    legs: z.array(LegSummary),
    lists: z.array(
      z.strictObject({
        id: z.string(),
        party: PartyCode,
        kind: z.enum(['sought', 'held', 'withheld']),
        count: Count,
        opened: z.boolean(),
      }),
    ),
    verdicts: z.record(z.string(), Count).describe('Entries by the verdict they got.'),
    tranches: z.array(TrancheSummary),
    imbalance: Count.describe('Largest difference of crossed persons between coupled legs now.'),
    imbalanceMax: Count.describe('The largest it ever was.'),
  })
  .meta({ id: 'ExchangeSummary' });
export type ExchangeSummary = z.infer<typeof ExchangeSummary>;
