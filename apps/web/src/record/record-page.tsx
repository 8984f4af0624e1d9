import './record.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Mark } from '../marks/mark.tsx';
import type { RecordLine } from '../replica/protocol.ts';
import { ReplicaNotes } from '../replica/replica-notes.tsx';
import { askReplica, useReplica } from '../replica/replica.ts';
import { toPlainText } from '../words/plain-text.ts';
import { useWords } from '../words/use-words.ts';
import { allKinds, groups, isGroup } from './kinds.ts';
import { partyName } from './party-name.ts';
import { toReason } from './reason.ts';
import { toSentence } from './sentence.ts';

export interface RecordSearch {
  readonly exchange?: string;
  readonly group?: string;
  readonly party?: string;
  readonly q?: string;
}

const page = 100;

function Line({ line }: { readonly line: RecordLine }) {
  const words = useWords();
  const { t, number, moment } = words;
  if (line.kind === 'unread') {
    return (
      <span>
        <Mark kind="unsure" /> {t('record.unread', { index: number(line.index) })}
      </span>
    );
  }
  return (
    <>
      <span className="hw-line-kind hw-small">{t(`kind.${line.line.kind}`)}</span>
      <span className="hw-line-words">
        {toSentence(line.line, words)}
        {line.kind === 'refused' ? (
          <span className="hw-attention">
            {' '}
            <Mark kind="fault" /> {t('record.refusedAct', { reason: toReason(line.refusal, words) })}
          </span>
        ) : null}
      </span>
      <time className="hw-line-when hw-small hw-quiet" dateTime={line.line.at}>
        {moment(line.line.at)}
      </time>
    </>
  );
}

/** The rows around what is in view, a hundred at a time; a row never changes once it is known. */
function Lines({ found }: { readonly found: Int32Array }) {
  const { t, number } = useWords();
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
    queryKey: ['lines', wanted[0], wanted.length, wanted.at(-1)],
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
  const [chosen, setChosen] = useState(0);
  // One row of the list is a stop of the Tab key, so that twenty thousand are not; the arrow keys go on from it.
  const stop = shown.some(({ index }) => index === chosen)
    ? chosen
    : (shown.find(({ end }) => end > (rows.scrollOffset ?? 0))?.index ?? 0);
  const focusRow = (at: number) => {
    const to = Math.max(0, Math.min(found.length - 1, at));
    setChosen(to);
    rows.scrollToIndex(to, { align: 'auto' });
    const focus = (tries: number) => {
      const link = frame.current?.querySelector<HTMLElement>(`li[data-index="${String(to)}"] a.hw-line`);
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
              aria-posinset={row.index + 1}
              aria-setsize={found.length}
              style={{ transform: `translateY(${String(row.start)}px)` }}
            >
              <Link
                to="/record/$index"
                params={{ index: String(index) }}
                className="hw-line"
                tabIndex={row.index === stop ? 0 : -1}
                onFocus={() => setChosen(row.index)}
              >
                <span className="hw-line-index hw-number">#{number(index)}</span>
                {line === undefined ? <span className="hw-quiet">…</span> : <Line line={line} />}
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Every act, newest first; the filters are in the address, so that a view can be shared. */
export function RecordPage({ search }: { readonly search: RecordSearch }) {
  const words = useWords();
  const { t, counted, language } = words;
  const navigate = useNavigate();
  const replica = useReplica();
  const text = useDeferredValue(search.q ?? '');
  const kindsByName = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase(language);
    return wanted.length < 2
      ? []
      : allKinds.filter((kind) => t(`kind.${kind}`).toLocaleLowerCase(language).includes(wanted));
  }, [text, language, t]);
  const found = useQuery({
    queryKey: ['found', replica.have, search.exchange, search.group, search.party, text, language],
    queryFn: () =>
      askReplica('find', {
        ...(search.exchange === undefined ? {} : { exchange: search.exchange }),
        ...(search.group !== undefined && isGroup(search.group) ? { kinds: groups[search.group] } : {}),
        ...(search.party === undefined ? {} : { party: search.party }),
        text,
        kindsByName,
      }),
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  // Nothing is said to be missing from a record that is not read to its end.
  const isReading = replica.phase === 'loading' || found.isPlaceholderData;
  const parties = useQuery({
    queryKey: ['parties', replica.exchanges.length, replica.have > 0],
    queryFn: () => askReplica('parties', undefined),
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  const set = (change: Partial<Record<keyof RecordSearch, string>>) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== ''),
    );
    void navigate({ to: '/record', search: next as never, replace: true });
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
            ...Object.keys(groups)
              .filter(isGroup)
              .map((group) => ({ value: group, label: t(`group.${group}`) })),
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
      <p role="status" className="hw-quiet" data-found={found.data?.length ?? -1}>
        {found.data === undefined || (found.data.length === 0 && isReading)
          ? t('loading')
          : found.data.length === 0
            ? t('record.none')
            : counted('n.matches', found.data.length)}
      </p>
      {found.data === undefined || found.data.length === 0 ? null : <Lines found={found.data} />}
    </div>
  );
}
