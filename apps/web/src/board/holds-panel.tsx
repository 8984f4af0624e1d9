/** Why the next step may not cross yet, in the words of the rules. */
import { useId } from 'react';
import { Status } from '../marks/note.tsx';
import { Mark } from '../marks/mark.tsx';
import { namesOf, toReason } from '../telling/reason.ts';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from '../reading/board-view.ts';
import { FittingList } from './fitting-list.tsx';
import { LegName, LegSwatch } from './leg-name.tsx';

const refusalsShown = 2;

/** The rules' own answer to "why does the next step not leave?", one per direction. */
export function HoldsPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const words = useWords();
  const { t, number } = words;
  const names = namesOf(board, words);
  return (
    <section className="hw-panel hw-holds" translate="no" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.holds')}</h2>
      {board.holds.length === 0 ? (
        <p className={board.nextSteps === 0 ? 'hw-quiet' : undefined}>
          {board.nextSteps === 0 ? (
            t('board.holds.noStep')
          ) : (
            <Status kind="well">{t('board.holds.none')}</Status>
          )}
        </p>
      ) : (
        <FittingList className="hw-hold-list">
          {board.holds.map((hold) => (
            <li key={`${String(hold.tranche)} ${String(hold.order)}`} className="hw-hold">
              <Mark kind="held" />
              <div>
                <p className="hw-hold-where hw-small hw-quiet">
                  <LegSwatch order={hold.order} />
                  <LegName {...hold.leg} /> · {t('word.tranche', { number: number(hold.tranche) })} ·{' '}
                  {t('board.step', { step: number(hold.step) })}
                </p>
                {hold.refusals.slice(0, refusalsShown).map((refusal, at) => (
                  <p key={at}>{toReason(refusal, words, names)}</p>
                ))}
                {hold.refusals.length > refusalsShown ? (
                  <p className="hw-small hw-quiet">
                    {t('board.more', { n: number(hold.refusals.length - refusalsShown) })}
                  </p>
                ) : null}
              </div>
            </li>
          ))}
        </FittingList>
      )}
    </section>
  );
}
