/** How far coupled directions are apart, and the agreed limit. */
import { useId } from 'react';
import { Status } from '../marks/note.tsx';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from '../reading/board-view.ts';
import { WholeList } from './whole-list.tsx';
import { LegName, LegSwatch, legClass } from './leg-name.tsx';

/** How far the coupled directions are apart, drawn against the agreed limit and said in words. */
export function BalancePanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number } = useWords();
  if (board.balances.length === 0) return null;
  return (
    <section className="hw-panel hw-balance" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.balance')}</h2>
      <WholeList className="hw-balance-list">
        {board.balances.map((balance) => {
          const most = Math.max(1, balance.limit, balance.imbalance);
          const beyond = balance.imbalance > balance.limit;
          return (
            <li key={balance.legs.map(({ leg }) => leg).join(' ')} className="hw-balance-one">
              {balance.legs.map((leg) => {
                const ends = board.legs.find(({ id }) => id === leg.leg);
                return (
                  <div key={leg.leg} className={`hw-balance-leg ${legClass(leg.order)}`}>
                    <LegSwatch order={leg.order} />
                    {ends === undefined ? null : <LegName {...ends} />}
                    <span className="hw-balance-crossed" translate="no">
                      {number(leg.crossed)}
                    </span>
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
              <dl className="hw-pairs">
                <div>
                  <dt>{t('board.imbalance')}</dt>
                  <dd data-figure="imbalance" translate="no">
                    {number(balance.imbalance)}{' '}
                    {balance.ahead === undefined ? null : <LegSwatch order={balance.ahead} />}
                  </dd>
                </div>
                <div>
                  <dt>{t('board.limit')}</dt>
                  <dd translate="no">{number(balance.limit)}</dd>
                </div>
              </dl>
              <p className={beyond ? 'hw-attention' : undefined} translate="no">
                <Status kind={beyond ? 'held' : 'well'}>
                  {beyond ? t('board.beyond') : t('board.within')}
                </Status>
              </p>
            </li>
          );
        })}
      </WholeList>
    </section>
  );
}
