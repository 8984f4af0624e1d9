/** Where the crossings lie, by the positions that the parties gave. No border is drawn. */
import { useId } from 'react';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { toPlainText } from '../words/plain-text.ts';
import type { BoardView, CrossingView } from '../reading/board-view.ts';

type Placed = CrossingView & { readonly position: { readonly latitude: number; readonly longitude: number } };

const width = 360;
const height = 200;
const margin = 44;
const earthKm = 6371;

/**
 * The crossings on a plain grid: an equirectangular projection about their middle, a scale bar, no tiles and no
 * borders. Fine for distances up to some hundred kilometres, which is what a reader wants to judge.
 */
export function MapPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number, isolate } = useWords();
  const placed = board.crossings.filter((crossing): crossing is Placed => crossing.position !== undefined);
  return (
    <section className="hw-panel hw-map" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.map')}</h2>
      {placed.length === 0 ? (
        <p className="hw-quiet">{t('board.map.none')}</p>
      ) : (
        <>
          <Drawing placed={placed} scale={(km) => isolate(t('board.map.scale', { n: number(km) }))} />
          <ul className="hw-map-list hw-small">
            {placed.map(({ id, label, position }, at) => (
              <li key={id}>
                <span className="hw-number">{number(at + 1)}</span> <Label text={label} max={60} />{' '}
                <span className="hw-quiet hw-number" dir="ltr">
                  {position.latitude.toFixed(3)}°, {position.longitude.toFixed(3)}°
                </span>
              </li>
            ))}
          </ul>
          <p className="hw-small hw-quiet hw-no-wall">{t('board.map.note')}</p>
        </>
      )}
    </section>
  );
}

function Drawing({
  placed,
  scale,
}: {
  readonly placed: readonly Placed[];
  readonly scale: (km: number) => string;
}) {
  const latitudes = placed.map(({ position }) => position.latitude);
  const longitudes = placed.map(({ position }) => position.longitude);
  const middle = {
    latitude: (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
    longitude: (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
  };
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  const spanKm = Math.max(
    10,
    (((Math.max(...longitudes) - Math.min(...longitudes)) * Math.PI) / 180) * earthKm * shrink,
    ((((Math.max(...latitudes) - Math.min(...latitudes)) * Math.PI) / 180) * earthKm * (width - 2 * margin)) /
      (height - 2 * margin),
  );
  const perKm = (width - 2 * margin) / spanKm;
  const toX = (longitude: number) =>
    width / 2 + (((longitude - middle.longitude) * Math.PI) / 180) * earthKm * shrink * perKm;
  const toY = (latitude: number) =>
    height / 2 - (((latitude - middle.latitude) * Math.PI) / 180) * earthKm * perKm;
  const bar = roundKm(spanKm / 3);
  const lines = (from: number, to: number) =>
    Array.from({ length: Math.floor((to - from) / 40) + 1 }, (_, at) => from + at * 40);
  return (
    <svg
      className="hw-map-drawing"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      aria-hidden="true"
      focusable="false"
      direction="ltr"
    >
      <g className="hw-map-grid">
        {lines(20, width).map((x) => (
          <path key={`x${String(x)}`} d={`M${String(x)} 0V${String(height)}`} />
        ))}
        {lines(20, height).map((y) => (
          <path key={`y${String(y)}`} d={`M0 ${String(y)}H${String(width)}`} />
        ))}
      </g>
      {placed.map(({ id, label, position, legs }, at) => {
        const x = toX(position.longitude);
        const y = toY(position.latitude);
        const moving = legs.some((leg) => leg.now !== undefined && leg.now.stage !== 'closed');
        return (
          <g key={id} className={moving ? 'hw-map-place hw-map-moving' : 'hw-map-place'}>
            <path className="hw-map-line" d={`M${String(x - 16)} ${String(y)}H${String(x + 16)}`} />
            <circle cx={x} cy={y} r="6" />
            <text x={x > width / 2 ? x - 22 : x + 22} y={y + 4} textAnchor={x > width / 2 ? 'end' : 'start'}>
              {`${String(at + 1)} \u2068${toPlainText(label, 20)}\u2069`}
            </text>
          </g>
        );
      })}
      <g className="hw-map-scale">
        <path d={`M14 ${String(height - 14)}v-5m0 5h${String(bar * perKm)}m0 0v-5`} />
        <text x={14} y={height - 24}>
          {scale(bar)}
        </text>
      </g>
    </svg>
  );
}

function roundKm(km: number): number {
  const power = 10 ** Math.floor(Math.log10(km));
  const lead = km / power;
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}
