import './start.css';
import { Link } from '@tanstack/react-router';
import { ProgressBar } from '../../board/progress-bar.tsx';
import { LegName, LegSwatch } from '../../board/leg-name.tsx';
import { usePageTitle } from '../../browser/page-title.ts';
import { useNow } from '../../browser/use-now.ts';
import type { MarkKind } from '../../marks/mark.tsx';
import { Note, Status } from '../../marks/note.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { usePeers, type PeerHeard } from '../../node/use-peers.ts';
import type { PlainKey } from '../../words/catalogue.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import '../../board/board.css';
import type { NodeStatus } from '@homeward/contract';

type Summary = NodeStatus['exchanges'][number];

const phases: Readonly<Record<string, MarkKind>> = {
  unopened: 'unsure',
  open: 'under-way',
  suspended: 'stopped',
  completed: 'verified',
  cancelled: 'stopped',
};

function Phase({ phase }: { readonly phase: string }) {
  const { t, has, quote } = useWords();
  const key = `status.${phase}`;
  return <Status kind={phases[phase] ?? 'under-way'}>{has(key) ? t(key as PlainKey) : quote(phase)}</Status>;
}

export function ExchangeCard({ exchange }: { readonly exchange: Summary }) {
  const { t, number, counted } = useWords();
  const label = (id: string) => exchange.parties.find((party) => party.id === id)?.label ?? id;
  return (
    <li className="hw-panel hw-exchange">
      <div className="hw-crossing-head">
        <h3>
          <Label text={exchange.title} max={100} />
        </h3>
        <Phase phase={exchange.status} />
      </div>
      <ul className="hw-exchange-legs">
        {exchange.legs.map((leg, order) => (
          <li key={leg.id}>
            <span className="hw-status">
              <LegSwatch order={order} />
              <LegName from={label(leg.from)} to={label(leg.to)} />
            </span>
            <span>
              {t('start.verified')}{' '}
              <strong>{t('figure.of', { n: number(leg.returned), of: number(leg.agreed) })}</strong>
            </span>
            <ProgressBar
              order={order}
              progress={{
                agreed: leg.agreed,
                underWay: leg.underWay,
                verified: leg.returned,
              }}
            />
          </li>
        ))}
      </ul>
      <p className="hw-row">
        <Link to="/exchanges/$exchange/board" params={{ exchange: exchange.id }} className="hw-go">
          {t('start.board')}
        </Link>
        <Link to="/record" search={{ exchange: exchange.id }} className="hw-go">
          {t('start.record')}
        </Link>
        <Link to="/exchanges/$exchange/replay" params={{ exchange: exchange.id }} className="hw-go">
          {t('start.replay')}
        </Link>
        <span className="hw-quiet hw-small">{counted('n.acts', exchange.acts)}</span>
      </p>
    </li>
  );
}

export function Nodes({
  status,
  peers,
}: {
  readonly status: NodeStatus;
  readonly peers: readonly PeerHeard[];
}) {
  const { t, counted, ago, list, quote } = useWords();
  const cosigners = status.log.checkpoint?.cosigners ?? [];
  return (
    <div className="hw-table-frame">
      <table className="hw-table hw-nodes">
        <thead>
          <tr>
            <th scope="col">{t('start.name')}</th>
            <th scope="col">{t('start.role')}</th>
            <th scope="col">{t('start.heard')}</th>
            <th scope="col" className="hw-end">
              {t('start.size')}
            </th>
            <th scope="col">
              <span className="hw-hidden">{t('start.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <Label text={status.name} max={60} />
            </th>
            <td>{t(`node.${status.role}`)}</td>
            <td>
              <Status kind="well">{t('start.this')}</Status>
            </td>
            <td className="hw-end">{counted('n.acts', status.log.size)}</td>
            <td className="hw-small">
              {cosigners.length === 0
                ? null
                : `${t('start.cosigned')} ${list(cosigners.map((name) => quote(name, 60)))}`}
            </td>
          </tr>
          {peers.map(({ peer, silent }) => (
            <tr key={peer.name}>
              <th scope="row">
                <Label text={peer.name} max={60} />
              </th>
              <td>{t(`node.${peer.role}`)}</td>
              <td>
                <Status kind={silent < 60_000 ? 'well' : 'unsure'}>
                  {silent === Infinity ? t('word.never') : ago(silent)}
                </Status>
              </td>
              <td className="hw-end">
                {peer.size === undefined ? t('word.notKnown') : counted('n.acts', peer.size)}
              </td>
              <td>
                {/^https?:\/\//u.test(peer.url) ? (
                  <a href={peer.url} rel="noreferrer">
                    {t('start.open')}
                    <span className="hw-hidden">
                      {' '}
                      <Label text={peer.name} max={60} />
                    </span>
                  </a>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a visitor arrives: which nodes there are, and which exchanges. */
export function StartPage() {
  const { t, quote, moment, ago } = useWords();
  const answer = useNodeStatus();
  const now = useNow(1000);
  usePageTitle('');
  const status = answer.data;
  const peers = usePeers();
  return (
    <div className="hw-stack hw-start">
      <div className="hw-start-head">
        <h1>{t('start.title')}</h1>
        <p className="hw-lead">{t('start.lead')}</p>
      </div>
      {/* What is read out does not tick: the age stands beside it. */}
      <p className="hw-hidden" role="status">
        {answer.isError ? t('shell.noNode') : ''}
      </p>
      {answer.isError ? (
        <Note kind="unsure">
          {status === undefined
            ? t('start.noAnswerYet')
            : t('start.noAnswer', { ago: ago(now - answer.dataUpdatedAt) })}
        </Note>
      ) : null}
      {status?.alarms.map((alarm) => (
        <Note key={`${alarm.kind} ${alarm.since}`} kind="fault" live>
          <strong>{t('start.alarms')}</strong> · <time dateTime={alarm.since}>{moment(alarm.since)}</time>
          <p>{t(`alarm.${alarm.kind}`)}</p>
          <p className="hw-small">{quote(alarm.detail, 300)}</p>
        </Note>
      ))}
      <section className="hw-stack" aria-labelledby="start-exchanges">
        <h2 id="start-exchanges">{t('start.exchanges')}</h2>
        {status === undefined ? (
          answer.isError ? (
            <p className="hw-quiet">{t('word.notKnown')}</p>
          ) : (
            <p role="status">{t('start.asking')}</p>
          )
        ) : status.exchanges.length === 0 ? (
          <p className="hw-quiet">{t('start.noExchange')}</p>
        ) : (
          <ul className="hw-exchanges">
            {status.exchanges.map((exchange) => (
              <ExchangeCard key={exchange.id} exchange={exchange} />
            ))}
          </ul>
        )}
      </section>
      {status === undefined ? null : (
        <section className="hw-panel" aria-labelledby="start-nodes">
          <h2 id="start-nodes">{t('start.nodes')}</h2>
          <p className="hw-quiet">{t('start.nodes.lead')}</p>
          <Nodes status={status} peers={peers} />
        </section>
      )}
      <p>
        <Link to="/training">{t('start.training')}</Link>
      </p>
    </div>
  );
}
