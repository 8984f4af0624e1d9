/** What is wrong with a file of the log, as a sentence. */
import type { PlainKey } from '../words/catalogue.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';

/** What is wrong with a file of the log or a proof: in the reader's words, then as the verifier itself puts it. */
export function ProblemWords({
  problem,
  path = '',
  rule = '',
  text,
}: {
  readonly problem: string;
  readonly path?: string;
  readonly rule?: string;
  readonly text: string;
}) {
  const { t, has } = useWords();
  const key = `problem.${problem}`;
  return (
    <>
      <p>
        {t(has(key) ? (key as PlainKey) : 'problem.other')}{' '}
        {path === '' ? null : (
          <span className="hw-mono">
            <Label text={path} />
          </span>
        )}
      </p>
      {rule === '' && text === '' ? null : (
        <p className="hw-small hw-quiet">
          {rule === '' ? null : t('word.rule', { rule })}
          {rule === '' || text === '' ? null : ' · '}
          {text === '' ? null : (
            <span lang="en">
              <Label text={text} max={300} />
            </span>
          )}
        </p>
      )}
    </>
  );
}
