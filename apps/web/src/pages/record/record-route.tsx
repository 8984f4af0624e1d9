import { useParams, useSearch } from '@tanstack/react-router';
import { usePageTitle } from '../../browser/page-title.ts';
import { useWords } from '../../words/use-words.ts';
import { ActPage } from './act-page.tsx';
import { RecordPage } from './record-page.tsx';

export function RecordRoute() {
  usePageTitle(useWords().t('record.title'));
  return <RecordPage search={useSearch({ from: '/record' })} />;
}

export function ActRoute() {
  const { index } = useParams({ from: '/record/$index' });
  const { t, number } = useWords();
  const place = /^\d{1,15}$/u.test(index) ? Number(index) : -1;
  usePageTitle(t('record.act', { index: number(place) }));
  return <ActPage key={index} index={place} />;
}
