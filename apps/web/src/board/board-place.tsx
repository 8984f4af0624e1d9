/**
 * After how many of its acts a board shows its exchange, and the time that the last of them claims. A translator of the
 * browser would replace these words once and leave them so, while the figures go on: it is told to let them be.
 */
import type { BoardView } from '../reading/board-view.ts';
import { useWords } from '../words/use-words.ts';

export function BoardPlace({ board }: { readonly board: BoardView }) {
  const { t, number, moment } = useWords();
  return (
    <span translate="no">
      {t('board.asOf', { position: number(board.position), of: number(board.of) })}
      {board.at === '' ? null : (
        <>
          {' · '}
          <time dateTime={board.at}>{moment(board.at)}</time>
        </>
      )}
    </span>
  );
}
