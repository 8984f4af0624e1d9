import './verify.css';
import '../record/record.css';
import { Button, Progress } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { takeDroppedFiles } from '../../browser/dropped-file.ts';
import { usePageTitle } from '../../browser/page-title.ts';
import type { MarkKind } from '../../marks/mark.tsx';
import { Note, Status } from '../../marks/note.tsx';
import { toReason } from '../../telling/reason.ts';
import { toSentence } from '../../telling/sentence.ts';
import type { PlainKey } from '../../words/catalogue.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import { CheckFault } from '../../telling/check-fault.tsx';
import { Cosigners } from '../../telling/cosigners.tsx';
import { ProblemWords } from '../../telling/problem-words.tsx';
import {
  type FileAnswer,
  type Finding,
  type SeenCheckpoint,
  type Stage,
  type StageProgress,
  type StageState,
  type VerificationReport,
  VerifierFault,
} from '../../verifier/protocol.ts';
import { CompareNote, OtherNodes } from './other-nodes.tsx';
import { askVerifier, readSeen, rememberSeen, stopVerifier } from '../../verifier/verifier.ts';

const stages: readonly Stage[] = ['checkpoint', 'entries', 'signatures', 'rules', 'earlier'];
const marks: Readonly<Record<StageState, MarkKind>> = {
  waiting: 'unchecked',
  running: 'waiting',
  done: 'proven',
  failed: 'fault',
  skipped: 'unchecked',
};

/** Where the stages stand when nothing goes on any more. */
function endStages(progress: ReadonlyMap<Stage, StageProgress>): ReadonlyMap<Stage, StageProgress> {
  return new Map(
    [...progress].map(([stage, at]) => [stage, at.state === 'running' ? { ...at, state: 'skipped' } : at]),
  );
}

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
  const { t, number, counted, quote, list } = words;
  switch (finding.kind) {
    case 'file':
      return (
        <ProblemWords problem={finding.problem} path={finding.path} rule={finding.rule} text={finding.text} />
      );
    case 'signature':
      return <p>{t('verify.badSignature', { index: number(finding.index) })}</p>;
    case 'unknown-key':
      return <p>{t('verify.unknownKey', { index: number(finding.index) })}</p>;
    case 'unreadable':
      return <p>{t('verify.unreadable', { index: number(finding.index) })}</p>;
    case 'after':
      return (
        <p>
          {t('verify.after', {
            index: number(finding.index),
            ofActs: counted('n.ofActs', finding.size),
          })}
        </p>
      );
    case 'nonce':
      return <p>{t('verify.nonce', { index: number(finding.index) })}</p>;
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
    case 'other-log':
      return (
        <p>
          {t('verify.otherLog', {
            origin: quote(finding.origin, 80),
            was: list(finding.was.map((origin) => quote(origin, 80))),
          })}
        </p>
      );
    case 'other-key':
      return (
        <>
          <p>{t('verify.otherKey')}</p>
          <p className="hw-mono hw-small">
            <Label text={finding.had} max={300} />
          </p>
          <p className="hw-mono hw-small">
            <Label text={finding.now} max={300} />
          </p>
        </>
      );
  }
}

/** A sentence with the commands in it, which stand between backticks, set as such. */
function withCode(sentence: string) {
  return sentence.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={at} className="hw-mono">
        {part}
      </code>
    ),
  );
}

/** What came out, with what was not looked at as plainly as what was. */
export function Report({ report }: { readonly report: VerificationReport }) {
  const id = useId();
  const { t, number, counted, moment } = useWords();
  const not: readonly PlainKey[] = [
    'verify.not.key',
    'verify.not.people',
    'verify.not.sealed',
    'verify.not.completeness',
    'verify.not.code',
    'verify.not.others',
    'verify.not.cosigned',
    ...(report.cosigners.some(({ key }) => key === '') ? (['verify.not.witnesses'] as const) : []),
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
        <section className="hw-panel" role="group" aria-labelledby={`${id}-problems`}>
          <h2 id={`${id}-problems`}>
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
        <section className="hw-panel" role="group" aria-labelledby={`${id}-not`}>
          <h2 id={`${id}-not`}>{t('verify.not.title')}</h2>
          <ul className="hw-not">
            {not.map((key) => (
              <li key={key}>
                <Status kind="unchecked">{withCode(t(key))}</Status>
              </li>
            ))}
          </ul>
        </section>
        <section className="hw-panel hw-spaced" role="group" aria-labelledby={`${id}-what`}>
          <h2 id={`${id}-what`}>{t('record.checkpoint')}</h2>
          <dl className="hw-facts">
            <dt>{t('verify.key')}</dt>
            <dd className="hw-mono">
              <Label text={report.log} max={300} />
            </dd>
            {report.witnesses.length === 0 ? null : (
              <>
                <dt>{t('verify.witnessKeys')}</dt>
                <dd>
                  <ul>
                    {report.witnesses.map((key) => (
                      <li key={key} className="hw-mono">
                        <Label text={key} max={300} />
                      </li>
                    ))}
                  </ul>
                </dd>
              </>
            )}
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
          <p className="hw-small hw-quiet" lang="en">
            <Label text={answer.text} max={300} />
          </p>
        </Note>
      );
    case 'no-act':
      return (
        <Note kind="unsure" live>
          {t('proof.noAct')}
        </Note>
      );
    case 'no-key':
      return (
        <Note kind="unsure" live>
          {t('proof.noKey')}
        </Note>
      );
    case 'wrong':
      return (
        <Note kind="fault" live>
          <strong>{t('proof.bad')}</strong>
          <ProblemWords problem={answer.problem} text={answer.text} />
        </Note>
      );
    case 'proven':
      return (
        <div className="hw-stack" data-log={answer.logKnown ? 'known' : 'unknown'}>
          <Note kind={answer.signature === 'bad' ? 'fault' : answer.logKnown ? 'proven' : 'unchecked'} live>
            <strong>
              {t(answer.logKnown ? 'proof.ok' : 'proof.okOwnKey', {
                index: number(answer.index),
                ofActs: counted('n.ofActs', answer.size),
              })}
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
                  answer.signature === 'bad'
                    ? 'fault'
                    : answer.signature === 'none'
                      ? 'unchecked'
                      : answer.logKnown
                        ? 'proven'
                        : 'well'
                }
              >
                {t(`proof.signature.${answer.signature}`)}
              </Status>
            </dd>
            <dt>{t('proof.origin')}</dt>
            <dd>
              <Label text={answer.origin} max={200} />
            </dd>
            <dt>{t('proof.log')}</dt>
            <dd>
              <Status kind={answer.logKnown ? 'proven' : 'unchecked'}>
                {answer.logKnown ? t('proof.log.known') : t('proof.log.unknown')}
              </Status>
              <p className="hw-mono hw-small">
                <Label text={answer.logKey} max={300} />
              </p>
            </dd>
            <dt>{t('record.cosigners')}</dt>
            <dd>
              <Cosigners cosigners={answer.cosigners} />
            </dd>
          </dl>
          <ul className="hw-not">
            <li>
              <Status kind="unchecked">{t('proof.not')}</Status>
            </li>
            <li>
              <Status kind="unchecked">{t('proof.not.who')}</Status>
            </li>
          </ul>
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
  const [answer, setAnswer] = useState<FileAnswer | VerifierFault | 'reading' | undefined>();
  const [over, setOver] = useState(false);
  const section = useRef<HTMLElement>(null);
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setAnswer('reading');
    try {
      const bytes = await bytesOf(file);
      setAnswer(
        bytes === undefined
          ? { kind: 'malformed', text: '' }
          : await askVerifier('file', { bytes, seen: readSeen() }),
      );
    } catch (error) {
      setAnswer(error instanceof VerifierFault ? error : new VerifierFault('program', String(error)));
    }
  };
  // The shell takes what falls anywhere on the page, here too.
  useEffect(
    () =>
      takeDroppedFiles((file) => {
        setOver(false);
        section.current?.scrollIntoView();
        void read(file);
      }),
    [],
  );
  const isAnswer = answer !== undefined && answer !== 'reading' && !(answer instanceof VerifierFault);
  return (
    <section
      ref={section}
      className={isAnswer ? 'hw-panel hw-stack' : 'hw-panel hw-stack hw-no-print'}
      aria-labelledby="verify-file"
    >
      <h2 id="verify-file">{t('proof.title')}</h2>
      <p className="hw-no-print">{t('proof.lead')}</p>
      <div
        className={over ? 'hw-drop hw-drop-over hw-no-print' : 'hw-drop hw-no-print'}
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
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
      <div data-file={isAnswer ? answer.kind : ''}>
        {answer === undefined ? null : answer === 'reading' ? (
          <p role="status">{t('proof.reading')}</p>
        ) : answer instanceof VerifierFault ? (
          <CheckFault error={answer} />
        ) : (
          <FileReport answer={answer} />
        )}
      </div>
    </section>
  );
}

/** The first bytes of a file, enough for any proof; nothing where the device does not let it be read. */
async function bytesOf(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.slice(0, 4_000_000).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** The page where the reader's own browser checks the log, and files saved from it. */
export function VerifyPage() {
  const { t } = useWords();
  const [progress, setProgress] = useState<ReadonlyMap<Stage, StageProgress>>(new Map());
  const [report, setReport] = useState<VerificationReport | undefined>();
  const [state, setState] = useState<'idle' | 'running' | 'done' | 'stopped'>('idle');
  const [fault, setFault] = useState<unknown>();
  usePageTitle(t('verify.title'));
  useEffect(() => stopVerifier, []);

  const start = async () => {
    setReport(undefined);
    setProgress(new Map());
    setFault(undefined);
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
      setFault(error);
      setProgress(endStages);
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
        {state === 'stopped' ? <CheckFault error={fault} /> : null}
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
