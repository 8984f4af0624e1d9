/** The curve of verified returns. Loaded when it is first drawn, because the charting library is large. */
import * as Plot from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import { localeOf } from '../words/languages.ts';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from '../reading/board-view.ts';
import { thin } from './thin.ts';

// The same shapes, in the same order, as in the key above the chart.
const symbols = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye', 'hexagon'] as const;

/**
 * Steps, not slopes: between two acts nothing is known to have happened. Solid lines are verified returns, thin dashed
 * ones persons received, confirmed by both or not. The time is the one the signers claim. Each direction has a hue and,
 * where its solid line rises, a shape.
 */
export function ReturnsChart({ board }: { readonly board: BoardView }) {
  const { language, direction, isolate } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const holder = place.current;
    if (holder === null) return undefined;
    const draw = () => {
      const { width, height } = holder.getBoundingClientRect();
      if (width < 40) return;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const rows = thin(board.series, 600).flatMap((point) =>
        point.returned.map((returned, order) => ({
          at: new Date(point.at),
          order,
          returned,
          received: point.received[order] ?? 0,
        })),
      );
      const inUtc = (parts: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat(localeOf(language), { ...parts, timeZone: 'UTC', hourCycle: 'h23' });
      const times = inUtc({ hour: '2-digit', minute: '2-digit' });
      const days = inUtc({ day: 'numeric', month: 'short' });
      // The day stands under the first tick and under the first of each later day.
      const tick = (at: Date, place: number, all: readonly Date[] = []) => {
        // The ticks come as they stand from the left, so the one before is the next of them where time runs leftwards.
        const before = all[direction === 'rtl' ? place + 1 : place - 1];
        const sameDay = before !== undefined && days.format(before) === days.format(at);
        return isolate(times.format(at)) + (sameDay ? '' : `\n${isolate(days.format(at))}`);
      };
      const turns = rows.filter(
        (row, place) => row.returned > 0 && row.returned !== (rows[place - board.legs.length]?.returned ?? 0),
      );
      const count = new Intl.NumberFormat(localeOf(language));
      const colour = ({ order }: { readonly order: number }) => `var(--hw-leg-${String((order % 4) + 1)})`;
      const chart = Plot.plot({
        width,
        height: Math.max(120, height),
        marginLeft: direction === 'rtl' ? rem * 1.2 : rem * 3,
        marginRight: direction === 'rtl' ? rem * 3 : rem * 1.2,
        marginBottom: rem * 2.8,
        marginTop: rem * 0.8,
        x: {
          type: 'utc',
          ticks: Math.max(2, Math.floor(width / (rem * 9))),
          tickFormat: tick,
          label: null,
          reverse: direction === 'rtl',
        },
        y: {
          grid: true,
          axis: direction === 'rtl' ? 'right' : 'left',
          ticks: 4,
          tickFormat: (n: number) => count.format(n),
          label: null,
          zero: true,
          domain: [0, Math.max(1, ...board.legs.map((leg) => leg.agreed))],
        },
        marks: [
          Plot.ruleY([0], { stroke: 'var(--hw-line-strong)' }),
          Plot.lineY(rows, {
            x: 'at',
            y: 'received',
            z: 'order',
            stroke: colour,
            strokeWidth: 1.2,
            strokeDasharray: '3 3',
            curve: 'step-after',
          }),
          Plot.lineY(rows, {
            x: 'at',
            y: 'returned',
            z: 'order',
            stroke: colour,
            strokeWidth: 2.4,
            curve: 'step-after',
          }),
          Plot.dot(turns, {
            x: 'at',
            y: 'returned',
            r: 4,
            fill: colour,
            stroke: 'var(--hw-surface)',
            symbol: ({ order }: { readonly order: number }) => symbols[order % symbols.length]!,
          }),
        ],
      });
      // The library writes a style element into its drawing, which the policy forbids; board.css has those rules.
      for (const style of chart.querySelectorAll('style')) style.remove();
      chart.setAttribute('aria-hidden', 'true');
      holder.replaceChildren(chart);
    };
    draw();
    const watcher = new ResizeObserver(draw);
    watcher.observe(holder);
    return () => watcher.disconnect();
  }, [board.series, board.legs, language, direction, isolate]);
  return <div ref={place} className="hw-chart-drawing" />;
}
