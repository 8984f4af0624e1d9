import { useParams, useSearch } from '@tanstack/react-router';
import { usePageTitle } from '../../browser/page-title.ts';
import { useWords } from '../../words/use-words.ts';
import { BoardPage } from './board-page.tsx';

export function BoardRoute() {
  const { exchange } = useParams({ from: '/exchanges/$exchange/board' });
  const { wall = false } = useSearch({ from: '/exchanges/$exchange/board' });
  usePageTitle(useWords().t('start.board'));
  return <BoardPage exchange={exchange} wall={wall} />;
}
