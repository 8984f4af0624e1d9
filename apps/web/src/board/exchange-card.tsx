/** One exchange as the node sums it up, with the ways to its pages. */
import './exchange-card.css';
import { Link } from '@tanstack/react-router';
import type { NodeStatus } from '@homeward/contract';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { ExchangeStatus } from './exchange-status.tsx';
import { LegName, LegSwatch } from './leg-name.tsx';
import { ProgressBar } from './progress-bar.tsx';

type Summary = NodeStatus['exchanges'][number];

function ExchangeCard({ exchange }: { readonly exchange: Summary }) {
  const { t, number, counted } = useWords();
  const label = (id: string) => exchange.parties.find((party) => party.id === id)?.label ?? id;
  return (
    <li className="hw-panel hw-exchange">
      <div className="hw-crossing-head">
        <h3>
          <Label text={exchange.title} max={100} />
        </h3>
        <ExchangeStatus status={exchange.status} />
      </div>
      <ul className="hw-exchange-legs">
        {exchange.legs.map((leg, order) => (
          <li key={leg.id}>
            <span className="hw-status">
              <LegSwatch order={order} />
              <LegName from={label(leg.from)} to={leg.to === undefined ? '' : label(leg.to)} />
            </span>
            <span>
              {t('start.verified')}{' '}
              <strong>
                {t('figure.of', {
                  n: number(leg.returned),
                  of: leg.agreed === undefined ? t('word.unlimited') : number(leg.agreed),
                })}
              </strong>
            </span>
            <ProgressBar
              order={order}
              progress={{
                agreed: leg.agreed ?? leg.returned + leg.underWay,
                underWay: leg.underWay,
                returned: leg.returned,
              }}
            />
          </li>
        ))}
      </ul>
      <p className="hw-row">
        <Link to="/exchanges/$exchange/board" params={{ exchange: exchange.id }} className="hw-go">
          {t('nav.board')}
        </Link>
        <Link to="/record" search={{ exchange: exchange.id }} className="hw-go">
          {t('start.record')}
        </Link>
        <Link to="/exchanges/$exchange/replay" params={{ exchange: exchange.id }} className="hw-go">
          {t('start.replay')}
        </Link>
        <span className="hw-quiet hw-small" translate="no">
          {counted('n.acts', exchange.acts)}
        </span>
      </p>
    </li>
  );
}

/** The exchanges of a node, each with its figures and the ways to its pages. */
export function ExchangeCards({ exchanges }: { readonly exchanges: readonly Summary[] }) {
  return (
    <ul className="hw-exchanges">
      {exchanges.map((exchange) => (
        <ExchangeCard key={exchange.id} exchange={exchange} />
      ))}
    </ul>
  );
}
