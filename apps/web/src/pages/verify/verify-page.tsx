/** The page where the reader's own browser checks the log, and files saved from it. */
import './verify.css';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePageTitle } from '../../browser/page-title.ts';
import { CheckFault } from '../../telling/check-fault.tsx';
import { LogReport } from '../../telling/log-report.tsx';
import { Stages } from '../../telling/stages.tsx';
import type { SeenCheckpoint, Stage, StageProgress, VerificationReport } from '../../verifier/protocol.ts';
import { askVerifier, readSeen, rememberSeen, stopVerifier } from '../../verifier/verifier.ts';
import { useWords } from '../../words/use-words.ts';
import { CompareNote, OtherNodes } from './other-nodes.tsx';
import { ProofFilePanel } from './proof-file-panel.tsx';

/** Where the stages stand when nothing goes on any more. */
function endStages(progress: ReadonlyMap<Stage, StageProgress>): ReadonlyMap<Stage, StageProgress> {
  return new Map(
    [...progress].map(([stage, at]) => [stage, at.state === 'running' ? { ...at, state: 'skipped' } : at]),
  );
}

export function Page() {
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
      {report === undefined ? null : <LogReport report={report} />}
      {report === undefined ? null : <OtherNodes report={report} />}
      <CompareNote />
      <ProofFilePanel />
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
