/** Who cosigned a checkpoint. */
import { Status } from '../marks/note.tsx';
import { useWords } from '../words/use-words.ts';
import type { Cosigner } from '../verifier/protocol.ts';

/** Who cosigned a checkpoint. Whose the keys are nobody proved here, so a line that verifies gets the plain tick. */
export function Cosigners({ cosigners }: { readonly cosigners: readonly Cosigner[] }) {
  const { t, moment, quote } = useWords();
  if (cosigners.length === 0) return <Status kind="unsure">{t('record.cosigners.none')}</Status>;
  return (
    <ul>
      {cosigners.map(({ name, key, at }, place) => (
        <li key={place}>
          <Status kind={key === '' ? 'unchecked' : 'well'}>
            {key !== ''
              ? t('record.cosignedAt', {
                  name: quote(name, 80),
                  moment: moment(at),
                })
              : `${quote(name, 80)} · ${t('verify.skipped')}`}
          </Status>
        </li>
      ))}
    </ul>
  );
}
