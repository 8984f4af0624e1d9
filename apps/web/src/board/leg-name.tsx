/** A direction: its two ends, its hue and its pattern. */
import type { LegEnds } from '../reading/act-line.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';

/** The hue and pattern of a direction, by its place in the terms: four hues hatched, then the same four crossed. */
export function legClass(order: number): string {
  const place = Math.max(0, order);
  return `hw-leg hw-leg-${(place % 4) + 1}${place % 8 < 4 ? '' : ' hw-leg-crossed'}`;
}

/**
 * A direction by its ends; on a wall by their short names, where they have them. The arrow follows the line of reading, as
 * the order of the names does. A direction without an end leads to where its persons are free.
 */
export function LegName({ from, to, short }: LegEnds) {
  return short === undefined ? (
    <Ends from={from} to={to} />
  ) : (
    <>
      <span className="hw-no-wall">
        <Ends from={from} to={to} />
      </span>
      <span className="hw-only-wall">
        <Ends {...short} />
      </span>
    </>
  );
}

function Ends({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useWords();
  return (
    <span className="hw-leg-name">
      <Label text={from} max={80} />
      <svg className="hw-arrow" viewBox="0 0 16 8" aria-hidden="true" focusable="false">
        <path d="M1.25 4h13M11.25 1l3.5 3-3.5 3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      {to === '' ? <span>{t('word.free')}</span> : <Label text={to} max={80} />}
    </span>
  );
}

/** The swatch that ties a direction's figures, bars and lines together. */
export function LegSwatch({ order }: { readonly order: number }) {
  return <span className={`hw-swatch ${legClass(order)}`} aria-hidden="true" />;
}
