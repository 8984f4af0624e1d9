import { useParams, useSearch } from '@tanstack/react-router';
import { ActPage } from './act-page.tsx';
import { RecordPage } from './record-page.tsx';

export function RecordRoute() {
  return <RecordPage search={useSearch({ from: '/record' })} />;
}

export function ActRoute() {
  const { index } = useParams({ from: '/record/$index' });
  return <ActPage key={index} index={/^\d{1,15}$/u.test(index) ? Number(index) : -1} />;
}
