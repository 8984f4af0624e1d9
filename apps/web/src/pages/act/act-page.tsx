/** One act: what it says, who signed it, what it changed, its bytes, and the proof that it is in the log. */
import './act.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ActLine } from '../../reading/act-line.ts';
import { usePageTitle } from '../../browser/page-title.ts';
import { useState } from 'react';
import { Note, Status } from '../../marks/note.tsx';
import { type ActDetail, isPartial } from '../../replica/protocol.ts';
import { ReplicaNotes } from '../../replica/replica-notes.tsx';
import { askReplica, useReplica } from '../../replica/replica.ts';
import { CheckFault } from '../../telling/check-fault.tsx';
import { Cosigners } from '../../telling/cosigners.tsx';
import { ProblemWords } from '../../telling/problem-words.tsx';
import type { ProofAnswer } from '../../verifier/protocol.ts';
import { askVerifier } from '../../verifier/verifier.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import { Changes } from '../../telling/changes.tsx';
import { saveFile } from '../../browser/save-file.ts';
import { partyName } from '../../telling/party-name.ts';
import { toReason } from '../../telling/reason.ts';
import { toSentence } from '../../telling/sentence.ts';

/** The proof that the act is in the log: asked for by hand, computed in the worker from tiles fetched anew. */
function Proof({ index, detail }: { readonly index: number; readonly detail: ActDetail }) {
  const { t, number, counted, quote } = useWords();
  const [saved, setSaved] = useState('');
  const proof = useQuery<ProofAnswer>({
    queryKey: ['proof', index],
    queryFn: () =>
      askVerifier('prove', {
        base: location.origin,
        index,
        entry: detail.bytes,
        publicKey: detail.publicKey,
      }),
    enabled: false,
    gcTime: 60_000,
  });
  const answer = proof.data;
  return (
    <div className="hw-stack" data-proof={answer?.kind ?? 'none'}>
      <p className="hw-row hw-no-print">
        <Button onClick={() => void proof.refetch()} loading={proof.isFetching}>
          {t('record.proof.check')}
        </Button>
        {answer?.kind === 'proven' ? (
          <Button
            variant="default"
            onClick={() => {
              const name = `act-${String(index)}.tlog-proof`;
              saveFile(name, answer.file);
              setSaved(name);
            }}
          >
            {t('record.proof.export')}
          </Button>
        ) : null}
      </p>
      {proof.isError ? <CheckFault error={proof.error} /> : null}
      {saved === '' ? null : <p role="status">{t('record.proof.saved', { name: quote(saved) })}</p>}
      {answer === undefined ? null : answer.kind === 'not-yet' ? (
        <Note kind="waiting">{t('record.proof.wait')}</Note>
      ) : answer.kind === 'wrong' ? (
        <Note kind="fault" live>
          <strong>{t('proof.bad')}</strong>
          <ProblemWords problem={answer.problem} path={answer.path} text={answer.text} />
        </Note>
      ) : (
        <>
          <Note kind="proven" live>
            {t('proof.ok', { index: number(index), ofActs: counted('n.ofActs', answer.size) })}
          </Note>
          <dl className="hw-facts">
            <dt>{t('record.checkpoint')}</dt>
            <dd>
              {t('record.checkpointText', { acts: counted('n.acts', answer.size), root: '' })}
              <span className="hw-mono">{answer.root}</span>
            </dd>
            <dt>{t('record.cosigners')}</dt>
            <dd>
              <Cosigners cosigners={answer.cosigners} />
            </dd>
            <dt>{t('record.signature')}</dt>
            <dd>
              {answer.signature === 'none' ? (
                <Status kind="unchecked">{t('verify.skipped')}</Status>
              ) : (
                <Status kind={answer.signature === 'ok' ? 'proven' : 'fault'}>
                  {t(`proof.signature.${answer.signature}`)}
                </Status>
              )}
            </dd>
            <dt>{t('record.path')}</dt>
            <dd>
              <ol className="hw-hashes">
                {answer.path.map((hash) => (
                  <li key={hash} className="hw-mono hw-small">
                    {hash}
                  </li>
                ))}
              </ol>
            </dd>
          </dl>
        </>
      )}
    </div>
  );
}

/** Who signed, with which key, when by their own claim, and after how much of the log. */
function Who({ line, detail }: { readonly line: ActLine; readonly detail: ActDetail }) {
  const words = useWords();
  const { t, counted, moment } = words;
  const act =
    detail.json === '' ? undefined : (JSON.parse(detail.json) as { after: { size: number; root: string } });
  return (
    <section className="hw-panel hw-spaced" aria-labelledby="act-who">
      <h2 id="act-who">{t('record.who')}</h2>
      <dl className="hw-facts">
        <dt>{t('record.signedBy')}</dt>
        <dd>
          {partyName({ label: line.party, host: line.host }, words)}{' '}
          {t('record.asRole', { role: t(`word.role.${line.role}`) })}
        </dd>
        <dt>{t('record.key')}</dt>
        <dd className="hw-mono">{line.key}</dd>
        <dt>{t('record.at')}</dt>
        <dd>
          <time dateTime={line.at}>{moment(line.at)}</time>
          <p className="hw-small hw-quiet">{t('record.atNote')}</p>
        </dd>
        {act === undefined ? null : (
          <>
            <dt>{t('record.after')}</dt>
            <dd>
              {t('record.afterText', { ofActs: counted('n.ofActs', act.after.size), root: '' })}
              <span className="hw-mono">{act.after.root}</span>
            </dd>
          </>
        )}
        <dt>{t('record.id')}</dt>
        <dd className="hw-mono">{line.id}</dd>
      </dl>
      {detail.record.kind === 'act' ? (
        <p className="hw-no-print">
          <Link
            to="/exchanges/$exchange/replay"
            params={{ exchange: line.exchange }}
            search={{ at: detail.position }}
          >
            {t('record.replayHere')}
          </Link>
        </p>
      ) : null}
    </section>
  );
}

/** What was signed, character by character. */
function Bytes({ index, detail }: { readonly index: number; readonly detail: ActDetail }) {
  const { t, counted } = useWords();
  return (
    <section className="hw-panel hw-wide hw-spaced" aria-labelledby="act-bytes">
      <h2 id="act-bytes">{t('record.bytes')}</h2>
      <p className="hw-small hw-quiet">
        {t('record.bytes.note')} {counted('n.bytes', detail.bytes.length)}
      </p>
      <pre className="hw-bytes" tabIndex={0} aria-label={t('record.bytes')} role="group">
        <Label
          text={detail.json === '' ? new TextDecoder().decode(detail.bytes) : detail.json}
          max={70_000}
        />
      </pre>
      <p className="hw-no-print">
        <Button variant="default" onClick={() => saveFile(`act-${String(index)}.json`, detail.bytes)}>
          {t('record.proof.copyBytes')}
        </Button>
      </p>
    </section>
  );
}

/** One act: what it says, who signed it, what it changed, its bytes, and the proof that it is in the log. */
function Act({ index }: { readonly index: number }) {
  const words = useWords();
  const { t, number, counted } = words;
  const replica = useReplica();
  const there = index >= 0 && index < replica.have;
  const asked = useQuery({
    queryKey: ['act', index],
    queryFn: async () => (await askReplica('act', index)) ?? null,
    enabled: there,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const detail = asked.data;
  if (detail === undefined || detail === null) {
    const partial = isPartial(replica);
    return (
      <div className="hw-stack">
        <ReplicaNotes />
        <h1>{t('record.act', { index: number(index) })}</h1>
        {asked.isError ? null : there || replica.phase === 'loading' ? (
          // That the record is being read the notes above read out.
          <p role={replica.phase === 'loading' ? undefined : 'status'}>{t('loading')}</p>
        ) : (
          <Note kind="unsure">
            {partial ? t('record.notRead') : t('record.beyond', { have: counted('n.acts', replica.have) })}
          </Note>
        )}
        <p>
          <Link to="/record">{t('record.back')}</Link>
        </p>
      </div>
    );
  }
  const { record } = detail;
  const line = record.kind === 'unread' ? undefined : record.line;
  return (
    <div className="hw-stack">
      <div className="hw-row hw-no-print">
        <Link to="/record">{t('record.back')}</Link>
        {index > 0 ? (
          <Link to="/record/$index" params={{ index: String(index - 1) }} className="hw-go">
            {t('record.older')}
          </Link>
        ) : null}
        {index + 1 < replica.have ? (
          <Link to="/record/$index" params={{ index: String(index + 1) }} className="hw-go">
            {t('record.newer')}
          </Link>
        ) : null}
      </div>
      <div>
        <p className="hw-quiet">
          {t('record.act', { index: number(index) })}
          {line === undefined ? null : ` · ${t(`kind.${line.kind}`)}`}
        </p>
        <h1 className="hw-sentence">
          {line === undefined ? t('record.unread', { index: number(index) }) : toSentence(line, words)}
        </h1>
      </div>
      <ReplicaNotes />
      {record.kind === 'refused' ? (
        <Note kind="fault" live>
          {t('record.refusedAct', { reason: toReason(record.refusal, words) })}
        </Note>
      ) : null}
      <div className="hw-two">
        {line === undefined ? null : <Who line={line} detail={detail} />}
        <section className="hw-panel" aria-labelledby="act-changes">
          <h2 id="act-changes">{t('record.changes')}</h2>
          <Changes changes={detail.changes} />
        </section>
        <section className="hw-panel hw-wide" aria-labelledby="act-proof">
          <h2 id="act-proof">{t('record.proof')}</h2>
          <Proof index={index} detail={detail} />
        </section>
        <Bytes index={index} detail={detail} />
      </div>
    </div>
  );
}

export function Page() {
  const { index } = useParams({ from: '/record/$index' });
  const { t, number } = useWords();
  const place = /^\d{1,15}$/u.test(index) ? Number(index) : -1;
  usePageTitle(t('record.act', { index: number(place) }));
  return <Act key={index} index={place} />;
}
