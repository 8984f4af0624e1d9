/** The live board of one exchange; with `wall` it fills a screen and hides everything else. */
import './board-page.css';
import { Button } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { BoardPlace } from '../../board/board-place.tsx';
import { Board } from '../../board/board.tsx';
import { ExchangeStatus } from '../../board/exchange-status.tsx';
import { NoBoard } from '../../board/no-board.tsx';
import { LinkButton } from '../../browser/link-button.tsx';
import { usePageTitle } from '../../browser/page-title.ts';
import { Status } from '../../marks/note.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { usePeers } from '../../node/use-peers.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { useLiveBoard, useReplica } from '../../replica/replica.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';

/** When each other node was last heard of, by this page's node. Silence of a minute is shown as not known. */
function HeardNodes() {
  const { t, ago } = useWords();
  const peers = usePeers();
  if (peers.length === 0) return null;
  return (
    <ul className="hw-heard-list" aria-label={t('board.heard')}>
      <li>{t('board.heard')}</li>
      {peers.map(({ peer, silent }) => (
        <li key={peer.name} translate="no">
          <Status kind={silent < 60_000 ? 'well' : 'unsure'}>
            <Label text={peer.name} max={40} /> {silent === Infinity ? t('word.never') : ago(silent)}
          </Status>
        </li>
      ))}
    </ul>
  );
}

/** Marks the document as a wall while `wall` holds; the Escape key leaves it. */
function useWall(wall: boolean, leave: () => void): void {
  useEffect(() => {
    const root = document.documentElement;
    if (!wall) return undefined;
    root.setAttribute('data-wall', '');
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave();
    };
    addEventListener('keydown', onKey);
    return () => {
      root.removeAttribute('data-wall');
      removeEventListener('keydown', onKey);
    };
  }, [wall, leave]);
}

export function Page() {
  const { exchange } = useParams({ from: '/exchanges/$exchange/board' });
  const { wall = false } = useSearch({ from: '/exchanges/$exchange/board' });
  const { t } = useWords();
  const replica = useReplica();
  const board = useLiveBoard(exchange);
  const navigate = useNavigate({ from: '/exchanges/$exchange/board' });
  const node = useNodeStatus();
  usePageTitle(t('nav.board'));
  const leave = useCallback(() => void navigate({ to: '.', search: {} }), [navigate]);
  useWall(wall, leave);
  if (board === undefined) return <NoBoard exchange={exchange} title={t('nav.board')} />;
  return (
    <div className="hw-wall">
      <div className="hw-head">
        <div className="hw-board-head-words">
          <h1>
            <Label text={board.title} max={100} />
          </h1>
          <ExchangeStatus status={board.status} />
          <span className="hw-quiet">
            <BoardPlace board={board} />
          </span>
          <span className="hw-quiet hw-only-wall">{t('shell.times')}</span>
          <span data-replica={replica.phase}>
            {replica.phase === 'live' ? <Status kind="well">{t('replica.live')}</Status> : null}
          </span>
        </div>
        <div className="hw-row hw-no-print">
          <LinkButton
            variant="default"
            to="/exchanges/$exchange/replay"
            params={{ exchange }}
            className="hw-no-wall"
          >
            {t('board.replay')}
          </LinkButton>
          <Button variant="default" className="hw-no-wall" onClick={() => print()}>
            {t('board.print')}
          </Button>
          <Button
            variant="default"
            onClick={() => void navigate({ to: '.', search: wall ? {} : { wall: true } })}
          >
            {wall ? t('board.wall.leave') : t('board.wall')}
          </Button>
        </div>
      </div>
      <div className="hw-board-notices">
        <ReplicaNotes />
        <HeardNodes />
      </div>
      <Board board={board} live own={node.data?.party} />
    </div>
  );
}
