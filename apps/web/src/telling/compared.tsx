/** What came of comparing a checkpoint of another node with this node's log. */
import { Note } from '../marks/note.tsx';
import type { ComparedNote } from '../verifier/protocol.ts';
import { useWords } from '../words/use-words.ts';

export function Compared({ answer }: { readonly answer: ComparedNote }) {
  const { t, counted } = useWords();
  switch (answer.kind) {
    case 'same':
      return (
        <Note kind="proven" live>
          {t('verify.others.same', { ofActs: counted('n.ofActs', answer.size) })}
        </Note>
      );
    case 'fork':
      return (
        <Note kind="fault" live>
          <strong>{t('verify.others.fork', { ofActs: counted('n.ofActs', answer.size) })}</strong>
          <p className="hw-mono hw-small">{answer.here}</p>
          <p className="hw-mono hw-small">{answer.there}</p>
        </Note>
      );
    case 'newer':
      return (
        <Note kind="unchecked" live>
          {t('verify.others.newer', {
            ofActs: counted('n.ofActs', answer.size),
            have: counted('n.acts', answer.have),
          })}
        </Note>
      );
    case 'foreign':
      return (
        <Note kind="unchecked" live>
          {t('verify.others.foreign')}
        </Note>
      );
    case 'unproved':
      return (
        <Note kind="fault" live>
          {t('verify.others.unproved')}
        </Note>
      );
  }
}
