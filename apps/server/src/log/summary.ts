/** One exchange at a glance, from its folded state: counts only. */
import type { ExchangeSummary } from '@homeward/contract';
import { valuesOf, type Exchange } from '@homeward/core/exchange';
import { imbalanceOf, type LoggedExchange } from '@homeward/ledger';

export function toSummary({ state, lastIndex, imbalanceMax }: LoggedExchange): ExchangeSummary {
  const counts = new Map([...valuesOf(state.legs)].map((count) => [count.leg, count]));
  const underWay = new Map<string, number>();
  for (const { movements } of valuesOf(state.tranches)) {
    for (const { leg, inMotion, received } of valuesOf(movements)) {
      underWay.set(leg, (underWay.get(leg) ?? 0) + inMotion + received);
    }
  }
  return {
    id: state.id ?? '',
    title: state.title,
    phase: state.status === 'open' && state.suspensions.length > 0 ? 'suspended' : state.status,
    acts: state.size,
    lastIndex,
    parties: [...valuesOf(state.parties)].map(({ id, kind, label }) => ({ id, kind, label })),
    legs: (state.terms?.terms.legs ?? []).map(({ id, from, to, lane, count }) => {
      const leg = counts.get(id);
      return {
        id,
        from,
        to,
        lane,
        agreed: count,
        released: (leg?.unsettled ?? 0) + (leg?.settled ?? 0),
        underWay: underWay.get(id) ?? 0,
        received: leg?.received ?? 0,
        returned: leg?.returned ?? 0,
      };
    }),
    lists: [...valuesOf(state.lists)].map(({ id, party, kind, count, opened }) => ({
      id,
      party,
      kind,
      count,
      opened: opened.parts > 0 && opened.part === opened.parts,
    })),
    verdicts: countVerdicts(state),
    tranches: [...valuesOf(state.tranches)]
      .map((tranche) => ({
        id: tranche.id,
        number: tranche.number,
        state: tranche.status,
        hash: tranche.hash,
        persons: Object.fromEntries(
          Object.entries(tranche.persons).map(([leg, persons]) => [leg, persons.length]),
        ),
        approvals: countBy(tranche.approvals.map(({ party }) => party)),
        returned: Object.fromEntries(
          [...valuesOf(tranche.movements)].map(({ leg, returned }) => [leg, returned]),
        ),
      }))
      .sort((a, b) => a.number - b.number),
    imbalance: imbalanceOf(state),
    imbalanceMax,
  };
}

/** Remembered per state: entries are many, and most acts leave them as they were. */
const verdictCounts = new WeakMap<object, Readonly<Record<string, number>>>();

function countVerdicts(state: Exchange): Readonly<Record<string, number>> {
  let counts = verdictCounts.get(state.entries);
  if (counts === undefined) {
    const verdicts: string[] = [];
    for (const { verdict } of valuesOf(state.entries))
      if (verdict !== undefined) verdicts.push(verdict.verdict);
    counts = countBy(verdicts);
    verdictCounts.set(state.entries, counts);
  }
  return counts;
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
