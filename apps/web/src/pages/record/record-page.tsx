import './record.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { flushSync } from 'react-dom';
import { usePageTitle } from '../../browser/page-title.ts';
import { isPartial } from '../../replica/protocol.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { askReplica, useReplica } from '../../replica/replica.ts';
import { foldForSearch } from '../../reading/fold.ts';
import { toPlainText } from '../../words/plain-text.ts';
import { useWords } from '../../words/use-words.ts';
import { allKinds, groups, isGroup, kindsOf } from '../../reading/kinds.ts';
import { partyName } from '../../telling/party-name.ts';
import { RecordIndex, RecordLine, recordLineClass } from '../../telling/record-line.tsx';
import { type RecordSearch, toRecordSearch } from './record-search.ts';

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

/**
 * The rows around what is in view, a hundred at a time; a row never changes once it is known. When acts come in above,
 * what the reader looks at stays where it is, and so does the row that the keyboard is on.
 */
function Lines({ found }: { readonly found: Int32Array }) {
  const { t, number } = useWords();
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
  const view = useRef<{ readonly found: Int32Array; readonly act: number; readonly within: number }>(
    undefined,
  );
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
  const focusRow = (at: number) => {
    const to = Math.max(0, Math.min(found.length - 1, at));
    setChosen(found[to] ?? -1);
    rows.scrollToIndex(to, { align: 'auto' });
    const focus = (tries: number) => {
      const link = frame.current?.querySelector<HTMLElement>(`li[data-index="${String(to)}"] a`);
      if (link !== null && link !== undefined) link.focus({ preventScroll: true });
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
    };
    focus(30);
  };
  const move = (event: KeyboardEvent) => {
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
  if (printing) {
    const known = wanted.flatMap((index) => lines.data?.get(index) ?? []);
    return (
      <div className="hw-stack">
        <p data-paper>{t('record.paper', { of: number(found.length), shown: number(known.length) })}</p>
        <ol data-paper-lines>
          {known.map((line) => {
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

/** Every act, newest first; the filters are in the address, so that a view can be shared. */
export function Page() {
  const search = useSearch({ from: '/record' });
  const words = useWords();
  const { t, counted, language } = words;
  usePageTitle(t('record.title'));
  const navigate = useNavigate();
  const replica = useReplica();
  const text = useDeferredValue(search.q ?? '');
  const kindsByName = useMemo(() => {
    const wanted = foldForSearch(text.trim());
    return wanted.length < 2
      ? []
      : allKinds.filter((kind) => foldForSearch(t(`kind.${kind}`)).includes(wanted));
  }, [text, t]);
  const found = useQuery({
    queryKey: ['found', replica.have, search.exchange, search.group, search.party, text, language],
    queryFn: async () => ({
      // A list for other filters is another list, and begins at its top.
      filters: JSON.stringify([search.exchange, search.group, search.party, text]),
      acts: await askReplica('find', {
        ...(search.exchange === undefined ? {} : { exchange: search.exchange }),
        ...(search.group !== undefined && isGroup(search.group) ? { kinds: kindsOf(search.group) } : {}),
        ...(search.party === undefined ? {} : { party: search.party }),
        text,
        kindsByName,
      }),
    }),
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  // Nothing is said to be missing from a record that is not read to its end.
  const isReading = replica.phase === 'loading' || found.isPlaceholderData;
  const acts = found.data?.acts;
  const parties = useQuery({
    queryKey: ['parties', replica.exchanges.length, replica.have > 0],
    queryFn: () => askReplica('parties', undefined),
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  const set = (change: Partial<Record<keyof RecordSearch, string>>) => {
    const next = toRecordSearch({ ...search, ...change });
    void navigate({ to: '/record', search: next, replace: true });
  };
  return (
    <div className="hw-stack">
      <div>
        <h1>{t('record.title')}</h1>
        <p className="hw-quiet">{t('record.lead')}</p>
      </div>
      <ReplicaNotes />
      <search className="hw-filters hw-no-print">
        <TextInput
          label={t('record.search')}
          placeholder={t('record.search.hint')}
          value={search.q ?? ''}
          onChange={(event) => set({ q: event.currentTarget.value })}
          maxLength={200}
        />
        <NativeSelect
          label={t('record.exchange')}
          value={search.exchange ?? ''}
          onChange={(event) => set({ exchange: event.currentTarget.value })}
          data={[
            { value: '', label: t('record.all') },
            ...replica.exchanges.map(({ id, title }) => ({ value: id, label: toPlainText(title, 60) })),
          ]}
        />
        <NativeSelect
          label={t('record.group')}
          value={search.group ?? ''}
          onChange={(event) => set({ group: event.currentTarget.value })}
          data={[
            { value: '', label: t('record.all') },
            ...groups.map((group) => ({ value: group, label: t(`group.${group}`) })),
          ]}
        />
        <NativeSelect
          label={t('record.party')}
          value={search.party ?? ''}
          onChange={(event) => set({ party: event.currentTarget.value })}
          data={[
            { value: '', label: t('record.all') },
            ...(parties.data ?? []).map(({ label, host }) => ({
              value: label,
              label: host ? partyName({ label, host }, words) : toPlainText(label, 60),
            })),
          ]}
        />
      </search>
      <p role="status" className="hw-quiet" data-found={acts?.length ?? -1}>
        {found.isError
          ? t('word.notKnown')
          : acts === undefined || (acts.length === 0 && isReading)
            ? t('loading')
            : acts.length > 0
              ? counted('n.matches', acts.length)
              : t(isPartial(replica) ? 'record.noneSoFar' : 'record.none')}
      </p>
      {found.data === undefined || found.data.acts.length === 0 ? null : (
        <Lines key={found.data.filters} found={found.data.acts} />
      )}
    </div>
  );
}
