/** One thing that a verification found wrong, as a sentence. */
import type { Finding } from '../verifier/protocol.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { ProblemWords } from './problem-words.tsx';
import { toReason } from './reason.ts';

export function FindingWords({ finding }: { readonly finding: Finding }) {
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
