/** The lists that the parties sealed, and how much of each is opened. */
import { useId } from 'react';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from '../reading/board-view.ts';
import { FittingList } from './fitting-list.tsx';

/** The sealed and opened lists; shown until there are tranches to look at. */
export function ListsPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number } = useWords();
  if (board.lists.length === 0 || board.tranches.some(({ status }) => status !== 'planned')) return null;
  return (
    <section className="hw-panel hw-lists" translate="no" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.lists')}</h2>
      <FittingList className="hw-hold-list">
        {board.lists.map((list) => (
          <li key={`${list.party} ${list.kind}`}>
            <strong>
              <Label text={list.party} max={40} />
            </strong>{' '}
            · {t(`list.${list.kind}`)} ·{' '}
            {t('board.list.opened', { opened: number(list.opened), count: number(list.count) })}
          </li>
        ))}
      </FittingList>
    </section>
  );
}
