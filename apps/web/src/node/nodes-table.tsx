/** This node and those it names: their roles, when each was last heard, and how much of the log it holds. */
import './nodes-table.css';
import type { NodeStatus } from '@homeward/contract';
import { Status } from '../marks/note.tsx';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import type { PeerHeard } from './use-peers.ts';

export function NodesTable({
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
            <td className="hw-end" translate="no">
              {counted('n.acts', status.log.size)}
            </td>
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
              <td translate="no">
                <Status kind={silent < 60_000 ? 'well' : 'unsure'}>
                  {silent === Infinity ? t('word.never') : ago(silent)}
                </Status>
              </td>
              <td className="hw-end" translate="no">
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
