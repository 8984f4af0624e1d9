/** What happened last in an exchange, newest first. */
import { useId } from 'react';
import { Link } from '@tanstack/react-router';
import { toSentence } from '../telling/sentence.ts';
import { useWords } from '../words/use-words.ts';
import { useNow } from '../browser/use-now.ts';
import type { BoardView } from '../reading/board-view.ts';
import { FittingList } from './fitting-list.tsx';

/** The newest acts as sentences, each with its number, which leads to the act itself. */
export function LastPanel({
  board,
  linked = true,
}: {
  readonly board: BoardView;
  readonly linked?: boolean;
}) {
  const id = useId();
  const words = useWords();
  const { t, timeOn, number } = words;
  const now = useNow(60_000);
  return (
    <section className="hw-panel hw-last" translate="no" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.last')}</h2>
      {board.last.length === 0 ? (
        <p className="hw-quiet">{t('board.last.none')}</p>
      ) : (
        <FittingList as="ol" className="hw-last-list">
          {board.last.map((line) => (
            <li key={line.index}>
              <span className="hw-last-when hw-small hw-quiet">
                {linked ? (
                  <Link to="/record/$index" params={{ index: String(line.index) }} className="hw-number">
                    #{number(line.index)}
                  </Link>
                ) : (
                  <span className="hw-number">#{number(line.index)}</span>
                )}{' '}
                <time dateTime={line.at}>{timeOn(line.at, now)}</time>
              </span>
              <span>{toSentence(line, words)}</span>
            </li>
          ))}
        </FittingList>
      )}
    </section>
  );
}
