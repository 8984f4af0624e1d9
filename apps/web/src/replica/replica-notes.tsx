/** What the reader must know about this page's copy of the log. */
import './replica-notes.css';
import { Progress } from '@mantine/core';
import { useNow } from '../browser/use-now.ts';
import { Note } from '../marks/note.tsx';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import type { ReplicaFault } from './protocol.ts';
import { useReplica } from './replica.ts';

/** What the reader must know about this page's copy of the log: still reading, cut off, or altered under way. */
export function ReplicaNotes() {
  const { t, number, ago } = useWords();
  const replica = useReplica();
  const now = useNow(1000);
  const share = replica.size === 0 ? 0 : (replica.have / replica.size) * 100;
  return (
    <div className="hw-stack hw-replica-notes" data-phase={replica.phase}>
      {/* What is read out changes with the state alone: figures and ages that tick stand beside it. */}
      <p className="hw-hidden" role="status">
        {replica.phase === 'cut' ? t('shell.noNode') : replica.phase === 'loading' ? t('loading') : ''}
      </p>
      {replica.phase === 'loading' && replica.size > 0 ? (
        <div>
          <p translate="no">
            {t('replica.loading', { have: number(replica.have), size: number(replica.size) })}
          </p>
          <Progress value={share} aria-label={t('loading')} />
        </div>
      ) : null}
      {replica.phase === 'cut' ? (
        <Note kind="unsure">
          <span translate="no">
            {replica.heard === 0
              ? t('shell.noAnswerYet')
              : t('replica.cut', { ago: ago(now - replica.heard) })}
          </span>
          {replica.have < replica.size ? (
            <p translate="no">
              {t('replica.partial', { have: number(replica.have), size: number(replica.size) })}
            </p>
          ) : null}
        </Note>
      ) : null}
      {replica.faults.map((fault, at) => (
        <Note key={at} kind={fault.kind === 'program' ? 'unsure' : 'fault'} live>
          <FaultWords fault={fault} />
        </Note>
      ))}
    </div>
  );
}

export function FaultWords({ fault }: { readonly fault: ReplicaFault }) {
  const { t, number, counted, quote } = useWords();
  switch (fault.kind) {
    case 'gap':
      return <>{t('replica.gap', { got: number(fault.got), expected: number(fault.expected) })}</>;
    case 'changed':
      return <>{t('replica.changed', { index: number(fault.index) })}</>;
    case 'shrunk':
      return <>{t('replica.shrunk', { had: counted('n.acts', fault.had), size: number(fault.size) })}</>;
    case 'other-log':
      return <>{t('replica.other-log', { origin: quote(fault.origin, 80), was: quote(fault.was, 80) })}</>;
    case 'program':
      return (
        <>
          {t('replica.program')}
          <p className="hw-small hw-quiet" lang="en">
            <Label text={fault.message} max={300} />
          </p>
        </>
      );
  }
}
