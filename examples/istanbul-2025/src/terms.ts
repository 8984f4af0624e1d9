/**
 * What the two powers agree to, as data. Parties and places are fictional: the crossings lie at a bend of no
 * particular river, about 50 km apart.
 */
import type { CrossingId, LegId, PartyId, Terms } from '@homeward/core/exchange';
import type { Figures } from './figures.ts';
import { publishedOrder } from './published-order.ts';

export const parties = {
  host: 'H' as PartyId,
  a: 'A' as PartyId,
  b: 'B' as PartyId,
  neutral: 'N1' as PartyId,
};

export const labels: Readonly<Record<string, string>> = {
  H: 'Host',
  A: 'Power A',
  B: 'Power B',
  N1: 'Neutral observer',
};

export const legs = { ab: 'A-to-B' as LegId, ba: 'B-to-A' as LegId };
/** The leg on which people leave a power. */
export const legFrom = { A: legs.ab, B: legs.ba } as const;
export const crossings = { north: 'north' as CrossingId, south: 'south' as CrossingId };

/** The terms for these figures: two legs of the exchange lane, equal per tranche, in step. */
export function termsFor(figures: Figures): Terms {
  const both = [legs.ab, legs.ba];
  const perLeg = <T>(value: T): Record<LegId, T> => ({ [legs.ab]: value, [legs.ba]: value });
  return {
    legs: [
      { id: legs.ab, from: parties.a, to: parties.b, lane: 'exchange', count: figures.agreed },
      { id: legs.ba, from: parties.b, to: parties.a, lane: 'exchange', count: figures.agreed },
    ],
    parity: [{ kind: 'equal-per-tranche', sides: both.map((id) => [id]) }],
    couplings: [{ legs: both, stepSize: perLeg(figures.stepSize) }],
    gates: [],
    crossings: [
      {
        id: crossings.north,
        label: 'North crossing',
        capacity: figures.stepSize,
        position: { latitude: 52.02, longitude: 30.1 },
      },
      {
        id: crossings.south,
        label: 'South crossing',
        capacity: figures.stepSize,
        position: { latitude: 51.58, longitude: 30.26 },
      },
    ],
    tranches: figures.tranches.map((persons, index) => ({
      number: index + 1,
      persons: perLeg(persons),
      ...(index === 0
        ? {
            categories: perLeg({
              military: persons - figures.civiliansInFirst,
              civilian: figures.civiliansInFirst,
            }),
          }
        : {}),
    })),
    order: publishedOrder,
    verdictDays: 14,
    commentRoundsMax: 2,
    approvalsPerPower: 2,
    neutrals: [parties.neutral],
    categories: [
      {
        code: 'military',
        labels: { en: 'military', uk: 'військові', ru: 'военные', tr: 'asker', ar: 'عسكريون' },
        definition: 'Recorded as a member of armed forces by the power that lists them.',
      },
      {
        code: 'civilian',
        labels: { en: 'civilian', uk: 'цивільні', ru: 'гражданские', tr: 'sivil', ar: 'مدنيون' },
        definition: 'Recorded as a civilian by the power that lists them.',
      },
    ],
  };
}
