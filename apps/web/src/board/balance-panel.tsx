import { useId } from 'react';
import { Status } from '../marks/note.tsx';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from './board-view.ts';
import { LegName, LegSwatch, legClass } from './leg-name.tsx';

/** How far the coupled directions are apart, drawn against the agreed limit and said in words. */
export function BalancePanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number } = useWords();
  if (board.balances.length === 0) return null;
  return (
    <section className="hw-panel hw-balance" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.balance')}</h2>
      {board.balances.map((balance) => {
        const most = Math.max(1, balance.limit, balance.imbalance);
        const beyond = balance.imbalance > balance.limit;
        return (
          <div key={balance.legs.map(({ leg }) => leg).join(' ')} className="hw-balance-one">
            {balance.legs.map((leg) => {
              const ends = board.legs.find(({ id }) => id === leg.leg);
              return (
                <div key={leg.leg} className={`hw-balance-leg ${legClass(leg.order)}`}>
                  <LegSwatch order={leg.order} />
                  {ends === undefined ? null : <LegName from={ends.from} to={ends.to} />}
                  <span className="hw-number">{number(leg.crossed)}</span>
                </div>
              );
            })}
            <div className="hw-gauge" aria-hidden="true">
              <span
                className="hw-gauge-now"
                style={{ inlineSize: `${String((balance.imbalance / most) * 100)}%` }}
              />
              <span
                className="hw-gauge-limit"
                style={{ insetInlineStart: `${String((balance.limit / most) * 100)}%` }}
              />
            </div>
            <p className="hw-balance-words">
              <span>
                {t('board.imbalance')}{' '}
                <strong className="hw-number" data-figure="imbalance">
                  {number(balance.imbalance)}
                </strong>
                , {t('board.limit')} <span className="hw-number">{number(balance.limit)}</span>
              </span>{' '}
              <Status kind={beyond ? 'fault' : 'proven'}>
                {beyond ? t('board.beyond') : t('board.within')}
              </Status>
            </p>
          </div>
        );
      })}
    </section>
  );
}
