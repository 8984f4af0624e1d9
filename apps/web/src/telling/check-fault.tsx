/** Why a check gave no answer. */
import { Note } from '../marks/note.tsx';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { VerifierFault } from '../verifier/protocol.ts';

/** Why a check said nothing, in the reader's words: never as if the record were at fault. */
export function CheckFault({ error }: { readonly error: unknown }) {
  const { t } = useWords();
  const code = error instanceof VerifierFault ? error.code : 'program';
  return (
    <Note kind="unsure" live>
      <span data-fault={code}>{code === 'silent' ? t('shell.noNode') : t(`verify.fault.${code}`)}</span>
      {code === 'program' || code === 'answer' ? (
        <p className="hw-small hw-quiet" lang="en">
          <Label text={error instanceof Error ? error.message : String(error)} max={300} />
        </p>
      ) : null}
    </Note>
  );
}
