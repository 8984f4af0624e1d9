import { useParams, useSearch } from '@tanstack/react-router';
import { ReplayPage } from './replay-page.tsx';

export function ReplayRoute() {
  const { exchange } = useParams({ from: '/exchanges/$exchange/replay' });
  const { at } = useSearch({ from: '/exchanges/$exchange/replay' });
  return <ReplayPage exchange={exchange} at={at} />;
}
