/** A list that shows whole lines only, where its place has an end. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '../words/use-words.ts';

/**
 * A list whose style may give it less room than its lines need, as the wall does: then it shows the lines that fit
 * whole and says how many more there are. `hideFirst` names the lines that may go first, by place; else the last go.
 */
export function FittingList({
  as: List = 'ul',
  className,
  hideFirst = [],
  children,
}: {
  readonly as?: 'ul' | 'ol';
  readonly className: string;
  readonly hideFirst?: readonly number[];
  readonly children: ReactNode;
}) {
  const { t, number } = useWords();
  const place = useRef<HTMLElement>(null);
  const note = useRef<HTMLParagraphElement>(null);
  const [hidden, setHidden] = useState(0);
  const first = hideFirst.join();
  useLayoutEffect(() => {
    const list = place.current;
    const more = note.current;
    if (list === null || more === null) return undefined;
    const fit = () => {
      const lines = [...list.children].filter((line) => line instanceof HTMLElement);
      for (const line of lines) line.hidden = false;
      more.hidden = true;
      let gone = 0;
      const early = first === '' ? [] : first.split(',').map(Number);
      // By the boxes of the lines: their letters may reach out of them, and on a large screen by more than a pixel.
      const isOver = () => {
        const { bottom } = list.getBoundingClientRect();
        return (
          getComputedStyle(list).overflowY === 'hidden' &&
          lines.some((line) => !line.hidden && line.getBoundingClientRect().bottom > bottom + 1)
        );
      };
      // Rather smaller than nothing: the first line at least is shown.
      list.style.zoom = '';
      const firstIsOut = () => {
        const line = lines[early[0] === 0 ? lines.length - 1 : 0];
        return (
          line !== undefined && line.getBoundingClientRect().height > list.getBoundingClientRect().height
        );
      };
      more.hidden = !isOver();
      for (const scale of ['0.85', '0.7', '0.6']) {
        if (!isOver() || !firstIsOut()) break;
        list.style.zoom = scale;
      }
      if (isOver()) {
        const last = lines.map((_, at) => at).reverse();
        for (const at of new Set([...early, ...last])) {
          if (!isOver()) break;
          const line = lines[at];
          if (line === undefined) continue;
          line.hidden = true;
          gone += 1;
        }
      }
      more.hidden = gone === 0;
      setHidden(gone);
    };
    fit();
    const watcher = new ResizeObserver(fit);
    watcher.observe(list.closest('.hw-panel') ?? list);
    return () => watcher.disconnect();
  }, [first, children]);
  return (
    <>
      <List
        ref={(list: HTMLElement | null) => {
          place.current = list;
        }}
        className={`hw-fitting ${className}`}
      >
        {children}
      </List>
      <p ref={note} className="hw-more hw-small hw-quiet" hidden>
        {hidden === 0 ? null : t('board.more', { n: number(hidden) })}
      </p>
    </>
  );
}
