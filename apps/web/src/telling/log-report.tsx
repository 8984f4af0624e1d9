/** What a verification of the whole log found, with what was not checked as plainly as what was. */
import './findings.css';
import { useId } from 'react';
import { Note, Status } from '../marks/note.tsx';
import type { VerificationReport } from '../verifier/protocol.ts';
import type { PlainKey } from '../words/catalogue.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { Cosigners } from './cosigners.tsx';
import { FindingWords } from './finding-words.tsx';

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

/** A finding by one word, for whoever looks for it on the page. */
function nameOf(finding: VerificationReport['findings'][number]): string {
  if (finding.kind !== 'log') return finding.kind;
  const { fault } = finding.finding;
  return 'problem' in fault ? fault.problem : fault.kind;
}

export function LogReport({ report }: { readonly report: VerificationReport }) {
  const id = useId();
  const { t, number, counted, moment } = useWords();
  const not: readonly PlainKey[] = [
    'verify.not.key',
    'verify.not.people',
    'verify.not.sealed',
    'verify.not.completeness',
    'verify.not.code',
    'verify.not.others',
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
              <li key={at} data-finding={nameOf(finding)}>
                <Note kind="fault">
                  <FindingWords finding={finding} />
                </Note>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="hw-two">
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
