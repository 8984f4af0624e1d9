/** One thing that a verification found wrong, as a sentence. */
import type { Finding } from '../verifier/protocol.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { ProblemWords } from './problem-words.tsx';
import { toReason } from './reason.ts';

type LogFinding = Extract<Finding, { readonly kind: 'log' }>['finding'];

/** What is wrong with the log by itself: for a file its path and rule, for an entry its number. */
function LogFindingWords({ finding }: { readonly finding: LogFinding }) {
  const words = useWords();
  const { t, number, counted, quote, list } = words;
  const { path, rule, says, fault } = finding;
  const index = number(finding.entry ?? 0);
  switch (fault.kind) {
    case 'file':
      return <ProblemWords problem={fault.problem} path={path} rule={rule} text={says} />;
    case 'witness': {
      const names = list(fault.names.map((name) => quote(name, 80)));
      const key = fault.problem === 'CosignatureMissing' ? 'verify.missingCosigners' : 'verify.policyWeak';
      return <p>{t(key, { names })}</p>;
    }
    case 'signature':
      return <p>{t('verify.badSignature', { index })}</p>;
    case 'unreadable':
      return <p>{t('verify.unreadable', { index })}</p>;
    case 'repeated':
      return <p>{t('verify.repeated', { index })}</p>;
    case 'exchange-unknown':
      return <p>{t('verify.exchangeUnknown', { index })}</p>;
    case 'after':
    case 'after-ahead':
      return <p>{t('verify.after', { index, ofActs: counted('n.ofActs', fault.size) })}</p>;
    case 'nonce':
      return <p>{t('verify.nonce', { index })}</p>;
    case 'refused':
      return <p>{t('verify.refusedAct', { index, reason: toReason(fault.refusal, words) })}</p>;
  }
}

export function FindingWords({ finding }: { readonly finding: Finding }) {
  const { t, number, counted, quote, list } = useWords();
  switch (finding.kind) {
    case 'log':
      return <LogFindingWords finding={finding.finding} />;
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
