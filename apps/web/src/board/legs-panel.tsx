/** The directions of an exchange: how many are home, of how many agreed. */
import { useId } from 'react';
import { Mark } from '../marks/mark.tsx';
import { useWords } from '../words/use-words.ts';
import type { BoardView } from '../reading/board-view.ts';
import { LegName, LegSwatch, legClass } from './leg-name.tsx';
import { WholeList } from './whole-list.tsx';
import { ProgressBar } from './progress-bar.tsx';

const parts = [
  ['verified', 'hw-bar-verified'],
  ['underWay', 'hw-bar-under-way'],
  ['approved', 'hw-bar-approved'],
  ['agreed', undefined],
] as const;
const stages = ['to-come', 'manifest', 'departed', 'released', 'received', 'closed', 'halted'] as const;

/** What the fills of bars and of the squares of steps stand for. */
function FillKey() {
  const { t } = useWords();
  return (
    <details className="hw-key hw-small hw-no-wall">
      <summary>{t('board.key')}</summary>
      <ul className={legClass(0)}>
        {parts.map(([part, fill]) => (
          <li key={part}>
            <span className="hw-bar" aria-hidden="true">
              {fill === undefined ? null : <span className={fill} />}
            </span>
            {t(`progress.${part}`)}
          </li>
        ))}
        {stages.map((stage) => (
          <li key={stage}>
            <span className={`hw-step hw-step-${stage}`} aria-hidden="true" />
            {t(`stage.${stage}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Each direction with its four figures. A figure of persons never stands without the word for what it counts. */
export function LegsPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number } = useWords();
  return (
    <section className="hw-panel hw-legs" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.legs')}</h2>
      {board.legs.length === 0 ? (
        <p className="hw-quiet">{t('board.noTerms')}</p>
      ) : (
        <WholeList className="hw-leg-list">
          {board.legs.map((leg) => (
            <li key={leg.id}>
              <div className="hw-leg-head">
                <LegSwatch order={leg.order} />
                <h3>
                  <LegName {...leg} />
                </h3>
                {leg.lane === 'exchange' ? null : <span className="hw-quiet">{t(`lane.${leg.lane}`)}</span>}
              </div>
              <ProgressBar progress={leg} order={leg.order} />
              <dl className="hw-figures">
                <div className="hw-figure-main">
                  <dt>
                    <Mark kind="verified" /> {t('progress.verified')}
                  </dt>
                  <dd data-figure={`verified-${leg.id}`}>{number(leg.returned)}</dd>
                </div>
                <div>
                  <dt>
                    <Mark kind="under-way" /> {t('progress.underWay')}
                  </dt>
                  <dd translate="no">{number(leg.underWay)}</dd>
                </div>
                <div>
                  <dt>
                    <Mark kind="approved" /> {t('progress.approved')}
                  </dt>
                  <dd translate="no">{number(leg.approved)}</dd>
                </div>
                <div>
                  <dt>
                    <Mark kind="agreed" /> {t('progress.agreed')}
                  </dt>
                  <dd translate="no">{number(leg.agreed)}</dd>
                </div>
                {leg.notGoing === 0 ? null : (
                  <div>
                    <dt>
                      <Mark kind="refused" /> {t('board.notGoing')}
                    </dt>
                    <dd translate="no">{number(leg.notGoing)}</dd>
                  </div>
                )}
                {leg.unlisted === 0 ? null : (
                  <div>
                    <dt>{t('board.unlisted')}</dt>
                    <dd translate="no">{number(leg.unlisted)}</dd>
                  </div>
                )}
              </dl>
            </li>
          ))}
        </WholeList>
      )}
      <FillKey />
    </section>
  );
}
