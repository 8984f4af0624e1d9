import './verify.css';
import '../record/record.css';
import { Button, Progress } from '@mantine/core';
import { useEffect, useState, type DragEvent } from 'react';
import type { MarkKind } from '../marks/mark.tsx';
import { Note, Status } from '../marks/note.tsx';
import { toReason } from '../record/reason.ts';
import { toSentence } from '../record/sentence.ts';
import type { PlainKey } from '../words/catalogue.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import type {
  Cosigner,
  FileAnswer,
  Finding,
  SeenCheckpoint,
  Stage,
  StageProgress,
  StageState,
  VerificationReport,
} from './protocol.ts';
import { CompareNote, OtherNodes } from './other-nodes.tsx';
import { askVerifier, readSeen, rememberSeen, stopVerifier } from './verifier.ts';

const stages: readonly Stage[] = ['checkpoint', 'entries', 'signatures', 'rules', 'earlier'];
const marks: Readonly<Record<StageState, MarkKind>> = {
  waiting: 'unchecked',
  running: 'waiting',
  done: 'proven',
  failed: 'fault',
  skipped: 'unchecked',
};

export function Stages({ progress }: { readonly progress: ReadonlyMap<Stage, StageProgress> }) {
  const { t, number } = useWords();
  return (
    <ol className="hw-stages">
      {stages.map((stage) => {
        const at = progress.get(stage) ?? { stage, state: 'waiting' as const, done: 0, of: 0 };
        const word =
          at.state === 'running' && at.of > 1
            ? t('verify.running', { done: number(at.done), of: number(at.of) })
            : at.state === 'done'
              ? t('verify.done')
              : at.state === 'failed'
                ? t('verify.failed')
                : at.state === 'skipped'
                  ? t('verify.skipped')
                  : at.state === 'running'
                    ? t('loading')
                    : t('verify.waiting');
        return (
          <li key={stage} data-stage={stage} data-state={at.state}>
            <span>{t(`verify.step.${stage}`)}</span>
            <Status kind={marks[at.state]}>{word}</Status>
            {at.state === 'running' && at.of > 1 ? (
              <Progress value={(at.done / at.of) * 100} aria-label={t(`verify.step.${stage}`)} />
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

function FindingWords({ finding }: { readonly finding: Finding }) {
  const words = useWords();
  const { t, number, counted, has } = words;
  switch (finding.kind) {
    case 'file': {
      const key = `problem.${finding.problem}`;
      return (
        <>
          <p>
            {t(has(key) ? (key as PlainKey) : 'problem.other')}{' '}
            {finding.path === '' ? null : <span className="hw-mono">{finding.path}</span>}
          </p>
          <p className="hw-small hw-quiet">
            {t('verify.rule', { rule: finding.rule })} · <span lang="en">{finding.text}</span>
          </p>
        </>
      );
    }
    case 'signature':
      return <p>{t('verify.badSignature', { index: number(finding.index) })}</p>;
    case 'unknown-key':
      return <p>{t('verify.unknownKey', { index: number(finding.index) })}</p>;
    case 'unreadable':
      return <p>{t('verify.unreadable', { index: number(finding.index) })}</p>;
    case 'refused':
      return (
        <p>
          {t('verify.refusedAct', {
            index: number(finding.index),
            reason: toReason(finding.refusal, words),
          })}
        </p>
      );
    case 'fork':
      return (
        <>
          <p>{t('verify.fork', { ofActs: counted('n.ofActs', finding.size) })}</p>
          <p className="hw-mono hw-small">{finding.had}</p>
          <p className="hw-mono hw-small">{finding.now}</p>
        </>
      );
    case 'rollback':
      return (
        <p>{t('verify.rollback', { had: counted('n.ofActs', finding.had), size: number(finding.size) })}</p>
      );
    case 'inconsistent':
      return (
        <p>
          {t('verify.inconsistent', {
            had: counted('n.ofActs', finding.had),
            size: counted('n.ofActs', finding.size),
          })}
        </p>
      );
  }
}

export function Cosigners({ cosigners }: { readonly cosigners: readonly Cosigner[] }) {
  const { t, moment, quote } = useWords();
  if (cosigners.length === 0) return <Status kind="unsure">{t('record.cosigners.none')}</Status>;
  return (
    <ul>
      {cosigners.map(({ name, time, known }) => (
        <li key={name}>
          <Status kind={known ? 'proven' : 'unchecked'}>
            {known
              ? t('record.cosignedAt', {
                  name: quote(name, 80),
                  moment: moment(new Date(time * 1000).toISOString()),
                })
              : `${quote(name, 80)} · ${t('verify.skipped')}`}
          </Status>
        </li>
      ))}
    </ul>
  );
}

/** What came out, with what was not looked at as plainly as what was. */
export function Report({ report }: { readonly report: VerificationReport }) {
  const { t, number, counted, moment } = useWords();
  const not: readonly PlainKey[] = [
    'verify.not.key',
    'verify.not.people',
    'verify.not.sealed',
    'verify.not.completeness',
    'verify.not.code',
    'verify.not.others',
    ...(report.cosigners.some(({ known }) => !known) ? (['verify.not.witnesses'] as const) : []),
  ];
  return (
    <div
      className="hw-stack"
      data-verified={report.ok ? 'yes' : 'no'}
      data-milliseconds={Math.round(report.milliseconds)}
    >
      {report.ok ? (
        <Note kind="proven" live>
          <strong>{t('verify.ok', { acts: counted('n.acts', report.size) })}</strong>
          <p className="hw-mono">{report.root}</p>
          <p>
            {report.earlier === undefined
              ? t('verify.first')
              : t('verify.continues', {
                  had: counted('n.ofActs', report.earlier.size),
                  moment: moment(new Date(report.earlier.at).toISOString()),
                })}
          </p>
        </Note>
      ) : (
        <Note kind="fault" live>
          <strong>{t('verify.bad')}</strong>
          <p>{t('verify.bad.text')}</p>
        </Note>
      )}
      {report.findings.length === 0 ? null : (
        <section className="hw-panel" aria-labelledby="verify-problems">
          <h2 id="verify-problems">
            {t('verify.problem')} <span className="hw-quiet hw-number">{number(report.findingCount)}</span>
          </h2>
          <ul className="hw-findings">
            {report.findings.map((finding, at) => (
              <li key={at} data-finding={finding.kind === 'file' ? finding.problem : finding.kind}>
                <Note kind="fault">
                  <FindingWords finding={finding} />
                </Note>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="hw-act-grid">
        <section className="hw-panel" aria-labelledby="verify-not">
          <h2 id="verify-not">{t('verify.not.title')}</h2>
          <ul className="hw-not">
            {not.map((key) => (
              <li key={key}>
                <Status kind="unchecked">{t(key)}</Status>
              </li>
            ))}
          </ul>
        </section>
        <section className="hw-panel" aria-labelledby="verify-what">
          <h2 id="verify-what">{t('record.checkpoint')}</h2>
          <dl className="hw-facts">
            <dt>{t('verify.key')}</dt>
            <dd className="hw-mono">{report.log}</dd>
            <dt>{t('record.cosigners')}</dt>
            <dd>
              <Cosigners cosigners={report.cosigners} />
            </dd>
            {report.exchanges.map(({ id, title, hash }) => (
              <ExchangeHash key={id} title={title} hash={hash} />
            ))}
          </dl>
          <p className="hw-quiet hw-small">
            {t('verify.time', { seconds: number(Math.round(report.milliseconds / 100) / 10) })}
          </p>
        </section>
      </div>
    </div>
  );
}

function ExchangeHash({ title, hash }: { readonly title: string; readonly hash: string }) {
  const { t } = useWords();
  return (
    <>
      <dt>
        <Label text={title} max={80} />
      </dt>
      <dd>
        <span className="hw-small hw-quiet">{t('verify.stateHash')}</span>{' '}
        <span className="hw-mono hw-small" data-state-hash={hash}>
          {hash}
        </span>
      </dd>
    </>
  );
}

export function FileReport({ answer }: { readonly answer: FileAnswer }) {
  const words = useWords();
  const { t, number, counted } = words;
  switch (answer.kind) {
    case 'malformed':
      return (
        <Note kind="fault" live>
          <strong>{t('proof.malformed')}</strong>
          <p className="hw-small" lang="en">
            {answer.text}
          </p>
        </Note>
      );
    case 'no-act':
      return (
        <Note kind="unsure" live>
          {t('proof.noAct')}
        </Note>
      );
    case 'wrong':
      return (
        <Note kind="fault" live>
          <strong>{t('proof.bad')}</strong>
          <p className="hw-small" lang="en">
            {answer.text}
          </p>
        </Note>
      );
    case 'proven':
      return (
        <div className="hw-stack">
          <Note kind={answer.signature === 'bad' ? 'fault' : 'proven'} live>
            <strong>
              {t('proof.ok', { index: number(answer.index), ofActs: counted('n.ofActs', answer.size) })}
            </strong>
          </Note>
          {answer.line === undefined ? null : (
            <p className="hw-act-sentence">{toSentence(answer.line, words)}</p>
          )}
          <dl className="hw-facts">
            <dt>{t('proof.signature')}</dt>
            <dd>
              <Status
                kind={
                  answer.signature === 'ok' ? 'proven' : answer.signature === 'bad' ? 'fault' : 'unchecked'
                }
              >
                {t(`proof.signature.${answer.signature}`)}
              </Status>
            </dd>
            <dt>{t('proof.log')}</dt>
            <dd>
              <Status kind={answer.logKnown ? 'proven' : 'unchecked'}>
                {answer.logKnown ? t('proof.log.known') : t('proof.log.unknown', { key: '' })}
              </Status>
              <p className="hw-mono hw-small">{answer.logKey}</p>
            </dd>
            <dt>{t('record.cosigners')}</dt>
            <dd>
              <Cosigners cosigners={answer.cosigners} />
            </dd>
          </dl>
          <p>
            <Status kind="unchecked">{t('proof.not')}</Status>
          </p>
          {answer.json === '' ? null : (
            <pre className="hw-bytes" tabIndex={0} role="region" aria-label={t('proof.act')}>
              <Label text={answer.json} max={70_000} />
            </pre>
          )}
        </div>
      );
  }
}

function ProofFile() {
  const { t } = useWords();
  const [answer, setAnswer] = useState<FileAnswer | 'reading' | undefined>();
  const [over, setOver] = useState(false);
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setAnswer('reading');
    try {
      const bytes = new Uint8Array(await file.slice(0, 4_000_000).arrayBuffer());
      setAnswer(await askVerifier('file', { bytes, seen: readSeen() }));
    } catch (error) {
      setAnswer({ kind: 'malformed', text: error instanceof Error ? error.message : String(error) });
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <section className="hw-panel hw-stack hw-no-print" aria-labelledby="verify-file">
      <h2 id="verify-file">{t('proof.title')}</h2>
      <p>{t('proof.lead')}</p>
      <div
        className={over ? 'hw-drop hw-drop-over' : 'hw-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label className="hw-go">
          {t('proof.choose')}
          <input
            type="file"
            className="hw-hidden"
            accept=".tlog-proof,text/plain"
            onChange={(event) => {
              void read(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <span className="hw-quiet" aria-hidden="true">
          {t('proof.drop')}
        </span>
      </div>
      <div aria-live="polite" data-file={answer === undefined || answer === 'reading' ? '' : answer.kind}>
        {answer === undefined ? null : answer === 'reading' ? (
          <p>{t('proof.reading')}</p>
        ) : (
          <FileReport answer={answer} />
        )}
      </div>
    </section>
  );
}

/** The page where the reader's own browser checks the log, and files saved from it. */
export function VerifyPage() {
  const { t } = useWords();
  const [progress, setProgress] = useState<ReadonlyMap<Stage, StageProgress>>(new Map());
  const [report, setReport] = useState<VerificationReport | undefined>();
  const [state, setState] = useState<'idle' | 'running' | 'done' | 'stopped'>('idle');
  const [fault, setFault] = useState('');
  useEffect(() => stopVerifier, []);

  const start = async () => {
    setReport(undefined);
    setProgress(new Map());
    setFault('');
    setState('running');
    const seen = readSeen();
    try {
      const result = await askVerifier('log', { base: location.origin, seen }, (at) =>
        setProgress((before) => new Map(before).set(at.stage, at)),
      );
      setReport(result);
      setState('done');
      if (result.ok) rememberSeen(toSeen(result));
    } catch (error) {
      setState('stopped');
      setFault(error instanceof Error && error.message !== 'stopped' ? error.message : '');
    }
  };
  return (
    <div className="hw-stack">
      <div>
        <h1>{t('verify.title')}</h1>
        <p className="hw-lead">{t('verify.lead')}</p>
      </div>
      <section className="hw-panel hw-stack">
        <p className="hw-row hw-no-print">
          <Button onClick={() => void start()} disabled={state === 'running'}>
            {state === 'done' ? t('verify.again') : t('verify.start')}
          </Button>
          {state === 'running' ? (
            <Button variant="default" onClick={stopVerifier}>
              {t('verify.stop')}
            </Button>
          ) : null}
        </p>
        {state === 'stopped' ? (
          <Note kind="unsure" live>
            {t('verify.stopped')} {fault === '' ? null : <span lang="en">{fault}</span>}
          </Note>
        ) : null}
        {state === 'idle' ? null : <Stages progress={progress} />}
      </section>
      {report === undefined ? null : <Report report={report} />}
      {report === undefined ? null : <OtherNodes report={report} />}
      <CompareNote />
      <ProofFile />
    </div>
  );
}

function toSeen(report: VerificationReport): SeenCheckpoint {
  return {
    origin: report.origin,
    size: report.size,
    root: report.root,
    log: report.log,
    witnesses: report.witnesses,
    at: Date.now(),
  };
}
