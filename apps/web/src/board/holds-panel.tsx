import { useId } from 'react';
import { Status } from '../marks/note.tsx';
import { Mark } from '../marks/mark.tsx';
import { namesOf, toReason } from '../record/reason.ts';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from './board-view.ts';
import { LegName, LegSwatch } from './leg-name.tsx';

/** The rules' own answer to "why does the next step not leave?", one per direction. */
export function HoldsPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const words = useWords();
  const { t, number } = words;
  const names = namesOf(board, words);
  return (
    <section className="hw-panel hw-holds" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.holds')}</h2>
      {board.holds.length === 0 ? (
        <p>
          <Status kind="well">{t('board.holds.none')}</Status>
        </p>
      ) : (
        <ul className="hw-hold-list">
          {board.holds.map((hold) => (
            <li key={`${String(hold.tranche)} ${String(hold.order)}`} className="hw-hold">
              <Mark kind="held" />
              <div>
                <p className="hw-hold-where hw-small hw-quiet">
                  <LegSwatch order={hold.order} />
                  <LegName from={hold.leg.from} to={hold.leg.to} /> ·{' '}
                  {t('board.tranche', { number: number(hold.tranche) })} ·{' '}
                  {t('board.step', { step: number(hold.step) })}
                </p>
                {hold.refusals.slice(0, 2).map((refusal, at) => (
                  <p key={at}>{toReason(refusal, words, names)}</p>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
