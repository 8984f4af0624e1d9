/** How far a verification has come, stage by stage. */
import './stages.css';
import { Progress } from '@mantine/core';
import type { MarkKind } from '../marks/mark.tsx';
import { Status } from '../marks/note.tsx';
import type { Stage, StageProgress, StageState } from '../verifier/protocol.ts';
import { useWords } from '../words/use-words.ts';

const stages: readonly Stage[] = ['checkpoint', 'entries', 'signatures', 'rules', 'witnesses', 'earlier'];
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
