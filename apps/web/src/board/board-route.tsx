import { useParams, useSearch } from '@tanstack/react-router';
import { BoardPage } from './board-page.tsx';

export function BoardRoute() {
  const { exchange } = useParams({ from: '/exchanges/$exchange/board' });
  const { wall = false } = useSearch({ from: '/exchanges/$exchange/board' });
  return <BoardPage exchange={exchange} wall={wall} />;
}
