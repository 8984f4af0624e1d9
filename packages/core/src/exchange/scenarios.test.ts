import { describe, expect, it } from 'vitest';
import type { LegId, PartyId } from './ids.ts';
import { getFrom, valuesOf } from './persistent-map.ts';
import { byLeg, legOf, madeUpTerms, personsOf, Rehearsal } from './rehearsal.ts';
import type { Lane, Leg, Terms } from './terms.ts';

const leg = (id: string, from: string, to: string, count: number, more: Partial<Leg> = {}): Leg => ({
  id: id as LegId,
  from: from as PartyId,
  to: to as PartyId,
  lane: 'exchange' satisfies Lane,
  count,
  ...more,
});

/** Everybody listed, asked and found fit, so that tranches can be proposed. */
function readied(terms: Terms, powers: readonly string[], title: string): Rehearsal {
  const rehearsal = new Rehearsal(title);
  rehearsal.open(powers, ['N']);
  rehearsal.agree(terms);
  rehearsal.list(
    terms,
    terms.legs.map((one) => ({ leg: one.id, persons: one.count })),
  );
  for (const one of terms.legs) rehearsal.askAndExamine('N', one.from, personsOf(one.id, one.count));
  return rehearsal;
}

describe('May 2025: 1,000 for 1,000 in 390, 307 and 303', () => {
  it('brings everybody home in step and completes', () => {
    const sizes = [390, 307, 303];
    const terms = madeUpTerms({
      legs: [leg('A-B', 'A', 'B', 1000), leg('B-A', 'B', 'A', 1000)],
      parity: [{ kind: 'equal-per-tranche', legs: ['A-B' as LegId, 'B-A' as LegId] }],
      couplings: [{ legs: ['A-B', 'B-A'] as LegId[], stepSize: byLeg({ 'A-B': 50, 'B-A': 50 }) }],
      tranches: sizes.map((n, i) => ({
        number: i + 1,
        persons: byLeg({ 'A-B': n, 'B-A': n }),
      })),
    });
    const rehearsal = readied(terms, ['A', 'B'], 'may 2025');
    let from = 0;
    sizes.forEach((n, i) => {
      const tranche = rehearsal.prepare(terms, i + 1, {
        'A-B': personsOf('A-B', n, from),
        'B-A': personsOf('B-A', n, from),
      });
      rehearsal.carry(terms, tranche, { 'A-B': 50, 'B-A': 50 }, 'N');
      rehearsal.certify(tranche, 'N');
      from += n;
    });
    rehearsal.complete(terms);
    expect(rehearsal.state.status).toBe('completed');
    for (const count of valuesOf(rehearsal.state.legs)) expect(count.returned).toBe(1000);
    expect(getFrom(rehearsal.state.legs, legOf(terms, 'A-B' as LegId).id).unsettled).toBe(0);
  });
});
