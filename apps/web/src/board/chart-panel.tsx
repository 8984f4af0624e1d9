import { lazy, Suspense, useId } from 'react';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from './board-view.ts';
import { LegName, LegSwatch } from './leg-name.tsx';
import { thin } from './thin.ts';

const ReturnsChart = lazy(async () => ({ default: (await import('./returns-chart.tsx')).ReturnsChart }));

/** Verified returns of each direction over time, as a chart and, for who cannot see it, as a table. */
export function ChartPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number, moment } = useWords();
  const some = board.series.some(({ returned, received }) => [...returned, ...received].some((n) => n > 0));
  return (
    <section className="hw-panel hw-chart" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.chart')}</h2>
      {some ? (
        <>
          <div className="hw-chart-key hw-small">
            {board.legs.map((leg) => (
              <span key={leg.id} className="hw-status">
                <LegSwatch order={leg.order} />
                <LegName from={leg.from} to={leg.to} />
              </span>
            ))}
          </div>
          <Suspense fallback={<div className="hw-chart-drawing" />}>
            <ReturnsChart board={board} />
          </Suspense>
          <details className="hw-chart-table hw-small hw-no-wall">
            <summary>{t('board.chart.table')}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('board.time')}</th>
                  {board.legs.map((leg) => (
                    <th key={leg.id} scope="col">
                      <LegName from={leg.from} to={leg.to} />
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {thin(board.series, 24).map((point) => (
                  <tr key={`${point.at} ${point.returned.join()} ${point.received.join()}`}>
                    <th scope="row">
                      <time dateTime={point.at}>{moment(point.at)}</time>
                    </th>
                    {point.returned.map((persons, at) => (
                      <td key={board.legs[at]?.id ?? at}>{number(persons)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      ) : (
        <p className="hw-quiet">{t('board.chart.none')}</p>
      )}
    </section>
  );
}
