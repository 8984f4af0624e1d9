/** Every act, newest first; the filters are in the address, so that a view can be shared. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { CopyButton } from '../../browser/copy-button.tsx';
import { usePageTitle } from '../../browser/page-title.ts';
import { saveFile } from '../../browser/save-file.ts';
import { foldForSearch } from '../../reading/fold.ts';
import { isPartial } from '../../replica/protocol.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { askReplica, useReplica } from '../../replica/replica.ts';
import { toSearchTerms } from '../../telling/search-terms.ts';
import { toTable } from '../../telling/table-of-acts.ts';
import { useWords } from '../../words/use-words.ts';
import { Filters } from './filters.tsx';
import { Lines } from './lines.tsx';
import { type RecordSearch, toRecordSearch } from './record-search.ts';
import { toFilters } from './to-filters.ts';

/** Saves the acts found, read from the replica some at a time so that nothing else has to wait. */
function SaveTable({ acts }: { readonly acts: Int32Array }) {
  const words = useWords();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const lines = [];
      for (let at = 0; at < acts.length; at += 1000) {
        lines.push(...(await askReplica('lines', Array.from(acts.subarray(at, at + 1000)))));
      }
      saveFile('record.csv', new TextEncoder().encode(`\uFEFF${toTable(lines, words)}`));
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button variant="default" loading={saving} onClick={() => void save()}>
      {words.t('record.export')}
    </Button>
  );
}

export function Page() {
  const search = useSearch({ from: '/record' });
  const words = useWords();
  const { t, counted } = words;
  usePageTitle(t('record.title'));
  const navigate = useNavigate();
  const replica = useReplica();
  const text = useDeferredValue(search.q ?? '');
  const query = useMemo(
    () => ({
      ...toFilters(search),
      text: foldForSearch(text.trim()),
      terms: toSearchTerms(text, words),
    }),
    [search, text, words],
  );
  // A list for other filters is another list, and begins at its top.
  const filters = JSON.stringify(query);
  const found = useQuery({
    queryKey: ['found', replica.have, filters],
    queryFn: async () => ({ filters, acts: await askReplica('find', query) }),
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  // Nothing is said to be missing from a record that is not read to its end.
  const isReading = replica.phase === 'loading' || found.isPlaceholderData;
  const acts = found.data?.acts;
  const said = found.isError
    ? t('word.notKnown')
    : acts === undefined || (acts.length === 0 && isReading)
      ? t('loading')
      : acts.length > 0
        ? counted('n.matches', acts.length)
        : t(isPartial(replica) ? 'record.noneSoFar' : replica.have === 0 ? 'record.empty' : 'record.none');
  // Read out once for each search, and not again with every act that comes in.
  const [spoken, setSpoken] = useState({ filters: '', said: '' });
  if (!isReading && found.data !== undefined && spoken.filters !== found.data.filters) {
    setSpoken({ filters: found.data.filters, said });
  }
  const set = (change: Partial<Record<keyof RecordSearch, string>>) => {
    void navigate({ to: '/record', search: toRecordSearch({ ...search, ...change }), replace: true });
  };
  return (
    <div className="hw-stack">
      <div>
        <h1>{t('record.title')}</h1>
        <p className="hw-quiet">{t('record.lead')}</p>
      </div>
      <ReplicaNotes />
      <Filters search={search} onChange={set} />
      <div className="hw-row">
        <p className="hw-quiet" translate="no" data-found={acts?.length ?? -1}>
          {said}
        </p>
        <p className="hw-hidden" role="status">
          {spoken.said}
        </p>
        {acts === undefined || acts.length === 0 ? null : (
          <span className="hw-row hw-no-print">
            <CopyButton text={() => location.href}>{t('shell.copyLink')}</CopyButton>
            <SaveTable acts={acts} />
          </span>
        )}
      </div>
      {found.data === undefined || found.data.acts.length === 0 ? null : (
        <Lines key={found.data.filters} found={found.data.acts} />
      )}
    </div>
  );
}
