import './replay.css';
import { Button, NativeSelect, Slider } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { usePageTitle } from '../../browser/page-title.ts';
import { Board } from '../../board/board.tsx';
import { Note } from '../../marks/note.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { useBoardAt, useLiveBoard, useReplica } from '../../replica/replica.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';

const speeds = [1, 2, 5, 10, 25, 50, 100, 250] as const;

/** The board after any act of the exchange, at any speed. At the end it is the live board, act for act. */
export function ReplayPage({ exchange, at }: { readonly exchange: string; readonly at: number | undefined }) {
  const { t, number, moment, direction } = useWords();
  const navigate = useNavigate();
  usePageTitle(t('replay.title'));
  const live = useLiveBoard(exchange);
  const replica = useReplica();
  const node = useNodeStatus();
  const of = live?.of ?? 0;
  const [place, setPlace] = useState<number | undefined>(at);
  const [speed, setSpeed] = useState(10);
  const [playing, setPlaying] = useState(false);
  const position = Math.min(place ?? of, of);
  const board = useBoardAt(exchange, live === undefined ? undefined : position);

  useEffect(() => {
    if (!playing) return undefined;
    // Above ten acts a second several are taken at a time, so that no browser draws more than ten boards a second.
    const acts = Math.max(1, Math.round(speed / 10));
    const timer = setInterval(
      () => {
        setPlace((now) => Math.min(of, (now ?? 0) + acts));
      },
      (1000 * acts) / speed,
    );
    return () => clearInterval(timer);
  }, [playing, speed, of]);
  const ended = position >= of;
  if (playing && ended) setPlaying(false);

  const go = (to: number) => {
    setPlaying(false);
    const next = Math.max(0, Math.min(of, to));
    setPlace(next);
    void navigate({ to: '.', search: { at: next } as never, replace: true, resetScroll: false });
  };
  const unknown = replica.phase === 'live' && !replica.exchanges.some(({ id }) => id === exchange);
  if (live === undefined) {
    return (
      <div className="hw-stack">
        <h1>{t('replay.title')}</h1>
        <ReplicaNotes />
        {unknown ? (
          <>
            <Note kind="unsure">{t('board.unknown')}</Note>
            <p>
              <Link to="/">{t('fault.back')}</Link>
            </p>
          </>
        ) : replica.size === 0 && replica.phase === 'loading' ? (
          <p>{t('loading')}</p>
        ) : null}
      </div>
    );
  }
  return (
    <div className="hw-stack">
      <div className="hw-board-head">
        <div>
          <h1>{t('replay.title')}</h1>
          <p>
            <Label text={live.title} max={100} />
          </p>
          <p className="hw-quiet">{t('replay.lead')}</p>
        </div>
        <Button
          variant="default"
          component={Link}
          to="/exchanges/$exchange/board"
          params={{ exchange } as never}
          className="hw-no-print"
        >
          {t('start.board')}
        </Button>
      </div>
      <ReplicaNotes />
      <section className="hw-panel hw-replay-bar hw-no-print" aria-label={t('replay.title')}>
        <Slider
          className="hw-replay-slider"
          min={0}
          max={Math.max(1, of)}
          value={position}
          label={null}
          thumbLabel={t('replay.slider')}
          onChange={(value) => {
            setPlaying(false);
            setPlace(value);
          }}
          onChangeEnd={go}
        />
        <div className="hw-row">
          <Button variant="default" onClick={() => go(0)} disabled={position === 0}>
            {t('replay.first')}
          </Button>
          <Button variant="default" onClick={() => go(position - 1)} disabled={position === 0}>
            {t('replay.back')}
          </Button>
          <Button
            onClick={() => {
              if (ended) setPlace(0);
              setPlaying(!playing);
            }}
          >
            {playing ? t('replay.pause') : t('replay.play')}
          </Button>
          <Button variant="default" onClick={() => go(position + 1)} disabled={ended}>
            {t('replay.next')}
          </Button>
          <Button variant="default" onClick={() => go(of)} disabled={ended}>
            {t('replay.last')}
          </Button>
          <span className="hw-status">
            <label htmlFor="replay-speed">{t('replay.speed')}</label>
            <NativeSelect
              id="replay-speed"
              value={String(speed)}
              onChange={(event) => setSpeed(Number(event.currentTarget.value))}
              data={speeds.map((each) => ({ value: String(each), label: number(each) }))}
            />
          </span>
          {/* An output is read out by itself: not ten times a second, while it plays. */}
          <output className="hw-replay-at" aria-live={playing ? 'off' : undefined} data-direction={direction}>
            {t('replay.at', { position: number(position), of: number(of) })}
            {board === undefined || board.at === '' ? null : (
              <>
                {' · '}
                <time dateTime={board.at}>{moment(board.at)}</time>
              </>
            )}
          </output>
        </div>
      </section>
      {ended ? <Note kind="well">{t('replay.end')}</Note> : null}
      {board === undefined ? (
        <p role="status">{t('loading')}</p>
      ) : (
        <Board board={board} own={node.data?.party} />
      )}
    </div>
  );
}
