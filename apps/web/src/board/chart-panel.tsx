/** Verified returns over time: the curve, its key, and the same as figures. */
import { Fragment, lazy, Suspense, useId } from 'react';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from '../reading/board-view.ts';
import { LegName, LegSwatch, legClass } from './leg-name.tsx';
import { thin } from './thin.ts';

const ReturnsChart = lazy(async () => ({ default: (await import('./returns-chart.tsx')).ReturnsChart }));

const shapes = [
  'M8 3.500a4.500 4.500 0 1 0 .01 0z',
  'M4 4h8v8H4z',
  'M8 3l5 9H3z',
  'M8 2.500 13.500 8 8 13.500 2.500 8z',
  'M6 2.500h4V6h3.500v4H10v3.500H6V10H2.500V6H6z',
  'M8 2l1.500 4.300H14l-3.600 2.700 1.300 4.400L8 10.700l-3.700 2.700 1.300-4.400L2 6.300h4.500z',
  'M6.500 13.500V9L2.600 6.700 4.100 4.100 8 6.400l3.900-2.300 1.500 2.600L9.500 9v4.500z',
  'M8 2.500l4.800 2.750v5.500L8 13.500l-4.800-2.750v-5.500z',
] as const;

/** The shape that stands where the line of a direction rises. */
function LegShape({ order }: { readonly order: number }) {
  return (
    <svg
      className={`hw-chart-shape ${legClass(order)}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[order % shapes.length]} fill="var(--leg)" />
    </svg>
  );
}

function LineSample({ dashed }: { readonly dashed: boolean }) {
  return (
    <svg className="hw-chart-line" viewBox="0 0 24 8" aria-hidden="true" focusable="false">
      <path
        d="M0 4h24"
        stroke="currentColor"
        strokeWidth={dashed ? 1.2 : 2.4}
        strokeDasharray={dashed ? '3 3' : undefined}
      />
    </svg>
  );
}

/** What stood before a direction was agreed is not known, and no zero. */
function Persons({ of }: { readonly of: number | undefined }) {
  const { t, number } = useWords();
  return <td>{of === undefined ? t('word.notKnown') : number(of)}</td>;
}

/** Verified returns of each direction over time, as a chart and, for who cannot see it, as a table. */
export function ChartPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, moment } = useWords();
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
                <LegShape order={leg.order} />
                <LegName {...leg} />
              </span>
            ))}
            <span className="hw-status">
              <LineSample dashed={false} />
              {t('progress.verified')}
            </span>
            <span className="hw-status">
              <LineSample dashed />
              {t('board.chart.received')}
            </span>
          </div>
          <Suspense fallback={<div className="hw-chart-drawing" />}>
            <ReturnsChart board={board} />
          </Suspense>
          <details className="hw-chart-table hw-small hw-no-wall">
            <summary>{t('board.chart.table')}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col" rowSpan={2}>
                    {t('board.time')}
                  </th>
                  {board.legs.map((leg) => (
                    <th key={leg.id} scope="colgroup" colSpan={2}>
                      <LegName {...leg} />
                    </th>
                  ))}
                </tr>
                <tr>
                  {board.legs.map((leg) => (
                    <Fragment key={leg.id}>
                      <th scope="col">{t('board.chart.received')}</th>
                      <th scope="col">{t('progress.verified')}</th>
                    </Fragment>
                  ))}
                </tr>
              </thead>
              <tbody>
                {thin(board.series, 24).map((point) => (
                  <tr key={`${point.at} ${point.returned.join()} ${point.received.join()}`}>
                    <th scope="row">
                      <time dateTime={point.at}>{moment(point.at)}</time>
                    </th>
                    {board.legs.map((leg) => (
                      <Fragment key={leg.id}>
                        <Persons of={point.received[leg.order]} />
                        <Persons of={point.returned[leg.order]} />
                      </Fragment>
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
