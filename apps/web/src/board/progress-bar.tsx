/** How far the persons of a direction have come, as one bar. */
import { useWords } from '../words/use-words.ts';
import type { Progress } from '../reading/board-view.ts';
import { legClass } from './leg-name.tsx';

/**
 * How far persons have come, as one bar: verified solid, under way hatched, approved outlined, the rest of what was
 * agreed empty. The same in words for who does not see it.
 */
export function ProgressBar({
  progress,
  order,
}: {
  /** Without `approved` that figure is not known here: it is neither drawn nor said. */
  readonly progress: Omit<Progress, 'approved'> & { readonly approved?: number };
  readonly order: number;
}) {
  const { t, number, list } = useWords();
  const approved = progress.approved ?? 0;
  const whole = Math.max(1, progress.agreed, progress.returned + progress.underWay + approved);
  const part = (persons: number) => ({ inlineSize: `${String((persons / whole) * 100)}%` });
  const spoken = list([
    `${t('progress.verified')} ${number(progress.returned)}`,
    `${t('progress.underWay')} ${number(progress.underWay)}`,
    ...(progress.approved === undefined ? [] : [`${t('progress.approved')} ${number(progress.approved)}`]),
    `${t('progress.agreed')} ${number(progress.agreed)}`,
  ]);
  return (
    <span className={`hw-bar ${legClass(order)}`} role="img" aria-label={spoken}>
      {progress.returned > 0 ? <span className="hw-bar-verified" style={part(progress.returned)} /> : null}
      {progress.underWay > 0 ? <span className="hw-bar-under-way" style={part(progress.underWay)} /> : null}
      {approved > 0 ? <span className="hw-bar-approved" style={part(approved)} /> : null}
    </span>
  );
}
