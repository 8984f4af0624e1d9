/** The fields that narrow the record. */
import './record.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { roles } from '@homeward/core/exchange';
import { groups } from '../../reading/kinds.ts';
import { askReplica, useReplica } from '../../replica/replica.ts';
import { partyName } from '../../telling/party-name.ts';
import { toPlainText } from '../../words/plain-text.ts';
import { useWords } from '../../words/use-words.ts';
import type { RecordSearch } from './record-search.ts';

export function Filters({
  search,
  onChange,
}: {
  readonly search: RecordSearch;
  readonly onChange: (change: Partial<Record<keyof RecordSearch, string>>) => void;
}) {
  const words = useWords();
  const { t } = words;
  const replica = useReplica();
  const parties = useQuery({
    queryKey: ['parties', replica.exchanges.length, replica.have > 0],
    queryFn: () => askReplica('parties', undefined),
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  const all = { value: '', label: t('record.all') };
  const choice = (
    name: 'exchange' | 'group' | 'party' | 'role',
    data: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <NativeSelect
      label={t(`record.${name}`)}
      value={search[name] ?? ''}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      data={[all, ...data]}
    />
  );
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`record.${name}`)}
      value={search[name] ?? ''}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <search className="hw-filters hw-no-print">
      <TextInput
        className="hw-filters-text"
        label={t('record.search')}
        placeholder={t('record.search.hint')}
        value={search.q ?? ''}
        onChange={(event) => onChange({ q: event.currentTarget.value })}
        maxLength={200}
      />
      {choice(
        'exchange',
        replica.exchanges.map(({ id, title }) => ({ value: id, label: toPlainText(title, 60) })),
      )}
      {choice(
        'group',
        groups.map((group) => ({ value: group, label: t(`group.${group}`) })),
      )}
      {choice(
        'party',
        (parties.data ?? []).map(({ label, host }) => ({
          value: label,
          label: host ? partyName({ label, host }, words) : toPlainText(label, 60),
        })),
      )}
      {choice(
        'role',
        roles.map((role) => ({ value: role, label: t(`word.role.${role}`) })),
      )}
      {day('from')}
      {day('to')}
    </search>
  );
}
