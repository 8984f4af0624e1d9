/** The controls of the replay: where it stands in the record, the ways through it, and how fast it goes on. */
import { Button, NativeSelect, Slider } from '@mantine/core';
import { BoardPlace } from '../../board/board-place.tsx';
import type { BoardView } from '../../reading/board-view.ts';
import { useWords } from '../../words/use-words.ts';

const speeds = [1, 2, 5, 10, 25, 50, 100, 250] as const;

export function ReplayBar({
  position,
  of,
  board,
  playing,
  speed,
  onSpeed,
  onSlide,
  onGo,
  onPlay,
}: {
  readonly position: number;
  readonly of: number;
  /** The board that is drawn, which may lag behind `position` by a moment: the caption is of it. */
  readonly board: BoardView | undefined;
  readonly playing: boolean;
  readonly speed: number;
  readonly onSpeed: (speed: number) => void;
  readonly onSlide: (position: number) => void;
  readonly onGo: (position: number) => void;
  readonly onPlay: () => void;
}) {
  const { t, number, direction } = useWords();
  const ended = position >= of;
  return (
    <section className="hw-panel hw-replay-bar hw-no-print" aria-label={t('replay.title')}>
      <Slider
        className="hw-replay-slider"
        min={0}
        max={Math.max(1, of)}
        value={position}
        label={null}
        thumbLabel={t('replay.slider')}
        onChange={onSlide}
        onChangeEnd={onGo}
      />
      <div className="hw-row">
        <Button variant="default" onClick={() => onGo(0)} disabled={position === 0}>
          {t('replay.first')}
        </Button>
        <Button variant="default" onClick={() => onGo(position - 1)} disabled={position === 0}>
          {t('replay.back')}
        </Button>
        <Button onClick={onPlay}>{playing ? t('replay.pause') : t('replay.play')}</Button>
        <Button variant="default" onClick={() => onGo(position + 1)} disabled={ended}>
          {t('replay.next')}
        </Button>
        <Button variant="default" onClick={() => onGo(of)} disabled={ended}>
          {t('replay.last')}
        </Button>
        <span className="hw-status">
          <label htmlFor="replay-speed">{t('replay.speed')}</label>
          <NativeSelect
            id="replay-speed"
            value={String(speed)}
            onChange={(event) => onSpeed(Number(event.currentTarget.value))}
            data={speeds.map((each) => ({ value: String(each), label: number(each) }))}
          />
        </span>
        {/* An output is read out by itself: not ten times a second, while it plays. */}
        <output aria-live={playing ? 'off' : undefined} data-direction={direction}>
          {board === undefined ? null : <BoardPlace board={board} />}
        </output>
      </div>
    </section>
  );
}
