/** The board after any act of the exchange, at any speed. At the end it is the live board, act for act. */
import './replay.css';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Board } from '../../board/board.tsx';
import { NoBoard } from '../../board/no-board.tsx';
import { LinkButton } from '../../browser/link-button.tsx';
import { usePageTitle } from '../../browser/page-title.ts';
import { Note } from '../../marks/note.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { useBoardAt, useLiveBoard } from '../../replica/replica.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import { ReplayBar } from './replay-bar.tsx';

interface Playing {
  /** Undefined at the end, wherever that is by then. */
  readonly place: number | undefined;
  readonly setPlace: (place: number) => void;
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly playing: boolean;
  readonly setPlaying: (playing: boolean) => void;
}

function usePlaying(at: number | undefined): Playing {
  const [place, setPlace] = useState<number | undefined>(at);
  const [speed, setSpeed] = useState(10);
  const [playing, setPlaying] = useState(false);
  return { place, setPlace, speed, setSpeed, playing, setPlaying };
}

/** Goes on by itself while it plays, until the last of `of` acts, and never beyond a board that is not drawn yet. */
function usePlay({ playing, speed, setPlace }: Playing, position: number, of: number, drawn: boolean): void {
  useEffect(() => {
    if (!playing || !drawn) return undefined;
    // Above ten acts a second several are taken at a time, so that no browser draws more than ten boards a second.
    const acts = Math.max(1, Math.round(speed / 10));
    const timer = setTimeout(() => setPlace(Math.min(of, position + acts)), (1000 * acts) / speed);
    return () => clearTimeout(timer);
  }, [playing, drawn, speed, of, position, setPlace]);
}

export function Page() {
  const { exchange } = useParams({ from: '/exchanges/$exchange/replay' });
  const { at } = useSearch({ from: '/exchanges/$exchange/replay' });
  const { t } = useWords();
  const navigate = useNavigate({ from: '/exchanges/$exchange/replay' });
  usePageTitle(t('replay.title'));
  const live = useLiveBoard(exchange);
  const node = useNodeStatus();
  const of = live?.of ?? 0;
  const play = usePlaying(at);
  const { place, setPlace, speed, setSpeed, playing, setPlaying } = play;
  const position = Math.min(place ?? of, of);
  const board = useBoardAt(exchange, live === undefined ? undefined : position);
  const ended = position >= of;
  usePlay(play, position, of, board?.position === position);
  if (playing && ended) setPlaying(false);

  const go = (to: number) => {
    setPlaying(false);
    const next = Math.max(0, Math.min(of, to));
    setPlace(next);
    void navigate({ to: '.', search: { at: next }, replace: true, resetScroll: false });
  };
  if (live === undefined) return <NoBoard exchange={exchange} title={t('replay.title')} />;
  return (
    <div className="hw-stack">
      <div className="hw-head">
        <div>
          <h1>{t('replay.title')}</h1>
          <p>
            <Label text={live.title} max={100} />
          </p>
          <p className="hw-quiet">{t('replay.lead')}</p>
        </div>
        <LinkButton
          variant="default"
          to="/exchanges/$exchange/board"
          params={{ exchange }}
          className="hw-no-print"
        >
          {t('nav.board')}
        </LinkButton>
      </div>
      <ReplicaNotes />
      <ReplayBar
        position={position}
        of={of}
        board={board}
        playing={playing}
        speed={speed}
        onSpeed={setSpeed}
        onSlide={(value) => {
          setPlaying(false);
          setPlace(value);
        }}
        onGo={go}
        onPlay={() => {
          // The address is then of the board that is seen, so that it can be passed on.
          if (playing) {
            go(board?.position ?? position);
            return;
          }
          if (ended) setPlace(0);
          setPlaying(true);
        }}
      />
      {ended ? <Note kind="well">{t('replay.end')}</Note> : null}
      {board === undefined ? (
        <p role="status">{t('loading')}</p>
      ) : (
        <Board board={board} own={node.data?.party} />
      )}
    </div>
  );
}
