/** A list of which no line may be left out, such as directions that stand against each other: it shrinks instead. */
import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** How far the type may shrink, step by step; at the end names are cut to one line each, and figures never. */
const scales = [1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.55, 0.5] as const;

function isOver(list: HTMLElement): boolean {
  const { bottom } = list.getBoundingClientRect();
  return (
    list.scrollWidth > list.clientWidth + 1 ||
    [...list.children].some((line) => line.getBoundingClientRect().bottom > bottom + 1)
  );
}

/** Shrinks a list whose style gives it less room than its lines need, as the wall does. */
function fit(list: HTMLElement): void {
  list.style.zoom = '';
  list.removeAttribute('data-tight');
  if (getComputedStyle(list).overflowY !== 'hidden') return;
  for (const tight of [false, true]) {
    list.toggleAttribute('data-tight', tight);
    for (const scale of scales) {
      list.style.zoom = String(scale);
      if (!isOver(list)) return;
    }
  }
}

export function WholeList({
  className,
  children,
}: {
  readonly className: string;
  readonly children: ReactNode;
}) {
  const place = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const again = () => fit(list);
    again();
    const watcher = new ResizeObserver(again);
    watcher.observe(list.closest('.hw-panel') ?? list);
    return () => watcher.disconnect();
  }, [children]);
  return (
    <ul ref={place} className={`hw-whole ${className}`}>
      {children}
    </ul>
  );
}
