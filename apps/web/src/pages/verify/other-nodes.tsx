/** Comparing this node's log with what other nodes show. */
import { parseVerifierKey } from '@homeward/tlog';
import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Status } from '../../marks/note.tsx';
import { useNodeStatus } from '../../node/use-node-status.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import { noteBytesMax, noteOfAddress, toCompareAddress } from '../../verifier/compare-note.ts';
import type { ComparedNote, VerificationReport } from '../../verifier/protocol.ts';
import { askVerifier } from '../../verifier/verifier.ts';
import { Compared } from '../../telling/compared.tsx';
import { CheckFault } from '../../telling/check-fault.tsx';
import { VerifierFault } from '../../verifier/protocol.ts';

/** The witness key of a node, as the node of this page publishes it; none where several carry its name. */
function witnessKeyOf(name: string, { witnesses }: VerificationReport): string | undefined {
  const own = witnesses.filter((text) => {
    const key = parseVerifierKey(text);
    return key.ok && key.value.name === name;
  });
  return own.length === 1 ? own[0] : undefined;
}

/**
 * What is known of each other node: whether it cosigned the history just verified, and the way to its own page, where
 * the two are compared. Which key is a node's this page has from its own node: so the plain tick, and no shield.
 */
export function OtherNodes({ report }: { readonly report: VerificationReport }) {
  const { t, moment } = useWords();
  const peers = useNodeStatus().data?.peers ?? [];
  if (peers.length === 0) return null;
  return (
    <section className="hw-panel hw-stack" aria-labelledby="verify-others">
      <h2 id="verify-others">{t('verify.others.title')}</h2>
      <p className="hw-measure">{t('verify.others.lead')}</p>
      <ul className="hw-others">
        {peers.map((peer) => {
          const key = witnessKeyOf(peer.name, report);
          // Where the log does not verify there is no history that anybody could be said to have cosigned.
          const signed = report.ok ? report.cosigners.find((cosigner) => cosigner.key === key) : undefined;
          return (
            <li key={peer.name} data-cosigned={signed === undefined ? 'no' : 'yes'}>
              <strong>
                <Label text={peer.name} max={60} />
              </strong>
              <Status kind={signed === undefined ? 'unchecked' : 'well'}>
                {signed === undefined
                  ? t(report.ok ? 'verify.others.none' : 'verify.skipped')
                  : t('verify.others.cosigned', {
                      moment: moment(signed.at),
                    })}
              </Status>
              {report.note !== '' && /^https?:\/\//u.test(peer.url) ? (
                <a className="hw-no-print" href={toCompareAddress(peer.url, report.note)} rel="noreferrer">
                  {t('verify.others.compare')}
                  <span className="hw-hidden">
                    {' '}
                    <Label text={peer.name} max={60} />
                  </span>
                </a>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A checkpoint brought from another node, by address or by hand, against the log of this one. */
export function CompareNote() {
  const { t } = useWords();
  const [note, setNote] = useState(() => noteOfAddress(location.hash));
  const [answer, setAnswer] = useState<ComparedNote | VerifierFault | 'reading' | undefined>();
  const compare = async (text: string) => {
    setAnswer('reading');
    try {
      setAnswer(await askVerifier('compare', { base: location.origin, note: text }));
    } catch (error) {
      setAnswer(error instanceof VerifierFault ? error : new VerifierFault('program', String(error)));
    }
  };
  useEffect(() => {
    const take = () => {
      const brought = noteOfAddress(location.hash);
      if (brought === '') return;
      setNote(brought);
      void compare(brought);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  const compared =
    answer === undefined || answer === 'reading' || answer instanceof VerifierFault ? undefined : answer;
  return (
    <section
      className={compared === undefined ? 'hw-panel hw-stack hw-no-print' : 'hw-panel hw-stack'}
      aria-labelledby="verify-compare"
    >
      <h2 id="verify-compare">{t('verify.others.field')}</h2>
      {compared === undefined ? null : (
        <pre className="hw-bytes hw-only-print">
          <Label text={note} max={noteBytesMax} />
        </pre>
      )}
      <Textarea
        className="hw-no-print"
        aria-labelledby="verify-compare"
        description={t('verify.others.hint')}
        classNames={{ input: 'hw-mono' }}
        rows={5}
        maxLength={noteBytesMax}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
          setAnswer(undefined);
        }}
      />
      <p className="hw-no-print">
        <Button
          variant="default"
          disabled={note.trim() === '' || answer === 'reading'}
          onClick={() => void compare(note)}
        >
          {t('verify.others.check')}
        </Button>
      </p>
      <div data-compared={compared?.kind ?? ''}>
        {answer === undefined ? null : answer === 'reading' ? (
          <p role="status">{t('proof.reading')}</p>
        ) : compared === undefined ? (
          <CheckFault error={answer} />
        ) : (
          <Compared answer={compared} />
        )}
      </div>
    </section>
  );
}
