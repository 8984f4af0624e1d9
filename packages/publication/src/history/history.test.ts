/** The data set of the product: it can be cited, it adds up, and it names nobody who was held. */
import { describe, expect, it } from 'vitest';
import { readHistory } from './history.ts';

const history = readHistory();
if (!history.ok) throw new Error(history.error);
const { record, events, totals, table } = history.value;
const valueOf = (id: string): number => {
  const amount = record.find((figure) => figure.id === id)?.amount;
  if (amount === undefined || amount.kind === 'undisclosed') throw new Error(`${id} has no number`);
  return amount.value;
};

describe('the history of exchanges', () => {
  it('[PB-10] every figure has whose it is, and a source or no page yet, which is said', () => {
    for (const [index, figure] of record.entries()) {
      expect(figure.countedBy).toBeTruthy();
      const { source, source_tier: tier } = table.rows[index]!.cells;
      expect(source === '').toBe(tier === '');
      expect(figure.isSourced).toBe(source !== '');
    }
    expect(new Set(record.map(({ id }) => id)).size).toBe(record.length);
  });

  it('[PB-11] stages and disjoint parts add up to what they are part of', () => {
    const sums: readonly (readonly [readonly string[], string])[] = [
      [['E23-1a', 'E23-1b', 'E23-1c'], 'E23-1'],
      [['E23-1a1', 'E23-1a2'], 'E23-1a'],
      [['E10-2', 'E10-3', 'E10-4'], 'E10-1'],
      [['E04-2', 'E04-3', 'E04-4'], 'E04-1'],
      [['E40-2a', 'E40-2b'], 'E40-2'],
      [['E43-3', 'E43-4', 'E43-5'], 'E43-2'],
    ];
    for (const [parts, whole] of sums) {
      expect(parts.map(valueOf).reduce((a, b) => a + b)).toBe(valueOf(whole));
    }
  });

  it('[PB-12] totals are of completed events alone, the dead apart, and say what they do not know', () => {
    const toUkraine = totals.find(({ from, to, isRemains }) => from === 'RUS' && to === 'UKR' && !isRemains)!;
    const rows = record.filter(
      ({ from, to, role, status, unit }) =>
        from === 'RUS' &&
        to === 'UKR' &&
        role === 'event_total' &&
        status === 'completed' &&
        unit !== 'remains',
    );
    expect(toUkraine.events).toBe(rows.length);
    expect(toUkraine.sum).toBe(
      rows.reduce((sum, { amount }) => sum + (amount.kind === 'undisclosed' ? 0 : amount.value), 0),
    );
    expect(toUkraine.inexact).toBeGreaterThan(0);
    expect(totals.some(({ isRemains, sum }) => isRemains && sum >= 6057)).toBe(true);
    expect(events).toHaveLength(44);
    expect(events.find(({ id }) => id === 'ua-ru-2024-01-24')?.status).toBe('cancelled');
  });
});
