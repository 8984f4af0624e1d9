import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Note, Status } from '../../marks/note.tsx';
import type { MarkKind } from '../../marks/mark.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { usePeers } from '../../node/use-peers.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { useLiveBoard, useReplica } from '../../replica/replica.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import { Board } from '../../board/board.tsx';
import type { BoardView } from '../../reading/board-view.ts';

export const statusMarks: Readonly<Record<BoardView['status'], MarkKind>> = {
  unopened: 'unsure',
  open: 'under-way',
  suspended: 'stopped',
  completed: 'verified',
  cancelled: 'stopped',
};

/** When each other node was last heard of, by this page's node. Silence of a minute is shown as not known. */
function HeardNodes() {
  const { t, ago } = useWords();
  const peers = usePeers();
  if (peers.length === 0) return null;
  return (
    <ul className="hw-heard-list" aria-label={t('board.heard')}>
      <li>{t('board.heard')}</li>
      {peers.map(({ peer, silent }) => (
        <li key={peer.name}>
          <Status kind={silent < 60_000 ? 'well' : 'unsure'}>
            <Label text={peer.name} max={40} /> {silent === Infinity ? t('word.never') : ago(silent)}
          </Status>
        </li>
      ))}
    </ul>
  );
}

/** The live board of one exchange; with `wall` it fills a screen and hides everything else. */
export function BoardPage({ exchange, wall }: { readonly exchange: string; readonly wall: boolean }) {
  const words = useWords();
  const { t, number, moment } = words;
  const replica = useReplica();
  const board = useLiveBoard(exchange);
  const navigate = useNavigate();
  const node = useNodeStatus();
  useEffect(() => {
    const root = document.documentElement;
    if (!wall) return undefined;
    root.setAttribute('data-wall', '');
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') void navigate({ to: '.', search: {} });
    };
    addEventListener('keydown', leave);
    return () => {
      root.removeAttribute('data-wall');
      removeEventListener('keydown', leave);
    };
  }, [wall, navigate]);

  if (board === undefined) {
    const known = replica.phase !== 'live' || replica.exchanges.some(({ id }) => id === exchange);
    return (
      <div className="hw-stack">
        <h1>{t('start.board')}</h1>
        {!known ? (
          <>
            <Note kind="unsure">{t('board.unknown')}</Note>
            <p>
              <Link to="/">{t('fault.back')}</Link>
            </p>
          </>
        ) : replica.size === 0 && replica.phase === 'loading' ? (
          <p>{t('loading')}</p>
        ) : null}
        <ReplicaNotes />
      </div>
    );
  }
  return (
    <div className="hw-wall">
      <div className="hw-board-head">
        <div className="hw-board-head-words">
          <h1>
            <Label text={board.title} max={100} />
          </h1>
          <Status kind={statusMarks[board.status]}>{t(`status.${board.status}`)}</Status>
          <span className="hw-quiet">
            {t('board.asOf', { position: number(board.position), of: number(board.of) })}
            {board.at === '' ? null : (
              <>
                {' · '}
                <time dateTime={board.at}>{moment(board.at)}</time>
              </>
            )}
          </span>
          <span className="hw-quiet hw-only-wall">{t('shell.times')}</span>
          <span data-replica={replica.phase}>
            {replica.phase === 'live' ? <Status kind="well">{t('replica.live')}</Status> : null}
          </span>
        </div>
        <div className="hw-row hw-no-print">
          <Button
            variant="default"
            component={Link}
            to="/exchanges/$exchange/replay"
            params={{ exchange } as never}
            className="hw-no-wall"
          >
            {t('board.replay')}
          </Button>
          <Button variant="default" className="hw-no-wall" onClick={() => print()}>
            {t('board.print')}
          </Button>
          <Button
            variant="default"
            onClick={() => void navigate({ to: '.', search: (wall ? {} : { wall: true }) as never })}
          >
            {wall ? t('board.wall.leave') : t('board.wall')}
          </Button>
        </div>
      </div>
      <div>
        <ReplicaNotes />
        <HeardNodes />
      </div>
      <Board board={board} live own={node.data?.party} />
    </div>
  );
}
