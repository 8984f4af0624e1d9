/** Every act, newest first; the filters are in the address, so that a view can be shared. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { usePageTitle } from '../../browser/page-title.ts';
import { isPartial } from '../../replica/protocol.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { askReplica, useReplica } from '../../replica/replica.ts';
import { foldForSearch } from '../../reading/fold.ts';
import { toPlainText } from '../../words/plain-text.ts';
import { useWords } from '../../words/use-words.ts';
import { allKinds, groups, isGroup, kindsOf } from '../../reading/kinds.ts';
import { partyName } from '../../telling/party-name.ts';
import { Lines } from './lines.tsx';
import { type RecordSearch, toRecordSearch } from './record-search.ts';

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
