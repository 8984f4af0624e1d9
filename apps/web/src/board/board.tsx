/** All panels of one exchange. */
import './board.css';
import { Note } from '../marks/note.tsx';
import { namesOf, toReason } from '../telling/reason.ts';
import { useWords } from '../words/use-words.ts';
import { useNow } from '../browser/use-now.ts';
import { AwaitedPanel } from './awaited-panel.tsx';
import { BalancePanel } from './balance-panel.tsx';
import type { BoardView } from '../reading/board-view.ts';
import { ChartPanel } from './chart-panel.tsx';
import { CrossingsPanel } from './crossings-panel.tsx';
import { HoldsPanel } from './holds-panel.tsx';
import { LastPanel } from './last-panel.tsx';
import { LegsPanel } from './legs-panel.tsx';
import { ListsPanel } from './lists-panel.tsx';
import { MapPanel } from './map-panel.tsx';
import { TranchesPanel } from './tranches-panel.tsx';

/** An exchange as it stands after one act. Live, replayed or invented: the same components on the same figures. */
export function Board({
  board,
  linked = true,
  live = false,
  own,
}: {
  readonly board: BoardView;
  readonly linked?: boolean;
  /** It shows this very moment, so ages run on; else it shows the moment of its last act. */
  readonly live?: boolean;
  /** The party whose node shows it. */
  readonly own?: string | undefined;
}) {
  const words = useWords();
  const { t, list, number } = words;
  const names = namesOf(board, words);
  const clock = useNow(10_000);
  return (
    <div className="hw-board" data-position={board.position} data-hash={board.hash}>
      <div className="hw-board-notes">
        {board.refused.slice(0, 3).map(({ index, refusal }) => (
          <Note key={index} kind="fault" live>
            {t('replica.refused', { index: number(index), reason: toReason(refusal, words, names) })}
          </Note>
        ))}
        {board.status === 'suspended' ? (
          <Note kind="stopped" live>
            {t('board.suspended', { who: list(board.suspendedBy.map(names.party)) })}
          </Note>
        ) : null}
        {board.status === 'cancelled' ? <Note kind="stopped">{t('board.cancelled')}</Note> : null}
      </div>
      <LegsPanel board={board} />
      <CrossingsPanel board={board} now={live ? clock : Date.parse(board.at)} />
      <TranchesPanel board={board} />
      <ListsPanel board={board} />
      <HoldsPanel board={board} />
      <AwaitedPanel board={board} own={own} />
      <ChartPanel board={board} />
      <BalancePanel board={board} />
      <MapPanel board={board} />
      <LastPanel board={board} linked={linked} />
    </div>
  );
}
