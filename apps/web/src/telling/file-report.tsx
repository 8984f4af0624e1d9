/** What a saved act with its proof shows, and what it does not. */
import './findings.css';
import { Note, Status } from '../marks/note.tsx';
import type { FileAnswer } from '../verifier/protocol.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { Cosigners } from './cosigners.tsx';
import { ProblemWords } from './problem-words.tsx';
import { toSentence } from './sentence.ts';

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
          {answer.line === undefined ? null : <p className="hw-sentence">{toSentence(answer.line, words)}</p>}
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
