/** The rows of the record around what is in view, read as they are needed. */
import './record.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { RecordLine as LineOfRecord } from '../../replica/protocol.ts';
import { askReplica } from '../../replica/replica.ts';
import { RecordIndex, RecordLine, recordLineClass } from '../../telling/record-line.tsx';
import { useWords } from '../../words/use-words.ts';

const page = 100;

/** Whether the page is being put on paper: the list then gives way to what of it can be printed. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

/** Keeps the row of an act `within` pixels above the upper edge of its list for some frames. */
function holdRow(list: HTMLElement, act: number, within: number, frames: number): void {
  if (frames === 0) return;
  requestAnimationFrame(() => {
    const row = list.querySelector(`li[data-act="${String(act)}"]`);
    if (row !== null) {
      const off =
        row.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientTop + within;
      if (Math.abs(off) >= 1) list.scrollTop += off;
    }
    holdRow(list, act, within, frames - 1);
  });
}

type Rows = Virtualizer<HTMLDivElement, Element>;

/** Keeps what the reader looks at where it is when acts come in above. */
function useHeldView(frame: RefObject<HTMLDivElement | null>, rows: Rows, found: Int32Array): void {
  const view = useRef<{ readonly found: Int32Array; readonly act: number; readonly within: number }>(
    undefined,
  );
  const shown = rows.getVirtualItems();
  useLayoutEffect(() => {
    const list = frame.current;
    if (list === null) return;
    const before = view.current;
    if (before !== undefined && before.found !== found && list.scrollTop > 0) {
      const start = rows.measurementsCache[found.indexOf(before.act)]?.start;
      if (start !== undefined) {
        rows.scrollToOffset(start + before.within);
        view.current = { ...before, found };
        // New rows above are measured in the next frames, and move it once more.
        holdRow(list, before.act, before.within, 6);
        return;
      }
    }
    const first = shown.find(({ end }) => end > list.scrollTop);
    if (first !== undefined) {
      view.current = { found, act: found[first.index]!, within: list.scrollTop - first.start };
    }
  });
}

/** The arrow keys, Page Up and Down, Home and End, from the row that is the stop of the Tab key. */
function useRowKeys({
  frame,
  rows,
  found,
  stop,
  onStop,
}: {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly rows: Rows;
  readonly found: Int32Array;
  readonly stop: number;
  readonly onStop: (act: number) => void;
}): (event: KeyboardEvent) => void {
  const focusRow = (at: number) => {
    const to = Math.max(0, Math.min(found.length - 1, at));
    onStop(found[to] ?? -1);
    rows.scrollToIndex(to, { align: 'auto' });
    const focus = (tries: number) => {
      const link = frame.current?.querySelector<HTMLElement>(`li[data-index="${String(to)}"] a`);
      if (link !== null && link !== undefined) link.focus({ preventScroll: true });
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
    };
    focus(30);
  };
  return (event) => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / 64) - 1);
    const to = {
      ArrowDown: stop + 1,
      ArrowUp: stop - 1,
      PageDown: stop + page,
      PageUp: stop - page,
      Home: 0,
      End: found.length - 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusRow(to);
  };
}

/** What of the list can be printed: the rows that are known. */
function Paper({ lines, of }: { readonly lines: readonly LineOfRecord[]; readonly of: number }) {
  const { t, number } = useWords();
  return (
    <div className="hw-stack">
      <p data-paper>{t('record.paper', { of: number(of), shown: number(lines.length) })}</p>
      <ol data-paper-lines>
        {lines.map((line) => {
          const index = line.kind === 'unread' ? line.index : line.line.index;
          return (
            <li key={index} className={recordLineClass}>
              <RecordIndex index={index} />
              <RecordLine line={line} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/**
 * The rows around what is in view, a hundred at a time; a row never changes once it is known. When acts come in above,
 * what the reader looks at stays where it is, and so does the row that the keyboard is on.
 */
export function Lines({ found }: { readonly found: Int32Array }) {
  const { t } = useWords();
  const printing = usePrinting();
  const frame = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 64,
    overscan: 8,
    getItemKey: (at) => found[at] ?? at,
  });
  const shown = rows.getVirtualItems();
  const first = Math.floor((shown[0]?.index ?? 0) / page);
  const last = Math.floor((shown.at(-1)?.index ?? 0) / page);
  const wanted = Array.from(found.subarray(first * page, (last + 1) * page));
  const lines = useQuery({
    queryKey: ['lines', wanted],
    queryFn: async () => {
      const answer = await askReplica('lines', wanted);
      return new Map(
        answer.map((line) => [line.kind === 'unread' ? line.index : line.line.index, line] as const),
      );
    },
    enabled: wanted.length > 0,
    staleTime: Infinity,
    gcTime: 30_000,
    placeholderData: (before) => before,
  });
  // The act that the keyboard was last on: its place changes when others come in before it.
  const [chosen, setChosen] = useState(-1);
  const top = shown.find(({ end }) => end > (rows.scrollOffset ?? 0));
  // One row of the list is a stop of the Tab key, so that twenty thousand are not; the arrow keys go on from it.
  const stop = shown.find(({ index }) => found[index] === chosen)?.index ?? top?.index ?? 0;
  useHeldView(frame, rows, found);
  const move = useRowKeys({ frame, rows, found, stop, onStop: setChosen });
  if (printing) {
    return <Paper lines={wanted.flatMap((index) => lines.data?.get(index) ?? [])} of={found.length} />;
  }
  return (
    <div ref={frame} className="hw-lines" onKeyDown={move} role="region" aria-label={t('record.title')}>
      <ol className="hw-lines-in" style={{ blockSize: rows.getTotalSize() }}>
        {shown.map((row) => {
          const index = found[row.index]!;
          const line = lines.data?.get(index);
          return (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              data-act={index}
              aria-posinset={row.index + 1}
              aria-setsize={found.length}
              style={{ transform: `translateY(${String(row.start)}px)` }}
            >
              <Link
                to="/record/$index"
                params={{ index: String(index) }}
                className={recordLineClass}
                tabIndex={row.index === stop ? 0 : -1}
                onFocus={() => setChosen(index)}
              >
                <RecordIndex index={index} />
                {line === undefined ? <span className="hw-quiet">…</span> : <RecordLine line={line} />}
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
