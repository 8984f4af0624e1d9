/** Where a visitor arrives: which exchanges there are, and which nodes. */
import './start.css';
import { Link } from '@tanstack/react-router';
import { ExchangeCards } from '../../board/exchange-card.tsx';
import { usePageTitle } from '../../browser/page-title.ts';
import { useNow } from '../../browser/use-now.ts';
import { Note } from '../../marks/note.tsx';
import { NodesTable } from '../../node/nodes-table.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { usePeers } from '../../node/use-peers.ts';
import { useWords } from '../../words/use-words.ts';

export function Page() {
  const { t, quote, moment, ago } = useWords();
  const answer = useNodeStatus();
  const now = useNow(1000);
  usePageTitle('');
  const status = answer.data;
  const peers = usePeers();
  return (
    <div className="hw-stack" data-start>
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
            ? t('shell.noAnswerYet')
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
          <ExchangeCards exchanges={status.exchanges} />
        )}
      </section>
      {status === undefined ? null : (
        <section className="hw-panel" aria-labelledby="start-nodes">
          <h2 id="start-nodes">{t('start.nodes')}</h2>
          <p className="hw-quiet">{t('start.nodes.lead')}</p>
          <NodesTable status={status} peers={peers} />
        </section>
      )}
      <p>
        <Link to="/gallery">{t('start.gallery')}</Link>
      </p>
    </div>
  );
}
