/** A saved act with its proof, dropped or chosen, checked without a network. */
import { useEffect, useRef, useState } from 'react';
import { takeDroppedFiles } from '../../browser/dropped-file.ts';
import { CheckFault } from '../../telling/check-fault.tsx';
import { FileReport } from '../../telling/file-report.tsx';
import { type FileAnswer, VerifierFault } from '../../verifier/protocol.ts';
import { askVerifier, readSeen } from '../../verifier/verifier.ts';
import { useWords } from '../../words/use-words.ts';

export function ProofFilePanel() {
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
