/** What stands in a board's place while there is none: the log is being read, or no exchange has that id. */
import { Link } from '@tanstack/react-router';
import { Note } from '../marks/note.tsx';
import { ReplicaNotes } from '../replica/replica-notes.tsx';
import { useReplica } from '../replica/replica.ts';
import { useWords } from '../words/use-words.ts';

export function NoBoard({ exchange, title }: { readonly exchange: string; readonly title: string }) {
  const { t } = useWords();
  const replica = useReplica();
  // That an id is unknown can be said only once the record is read to its end.
  const unknown = replica.phase === 'live' && !replica.exchanges.some(({ id }) => id === exchange);
  return (
    <div className="hw-stack">
      <h1>{title}</h1>
      {unknown ? (
        <>
          <Note kind="unsure">{t('board.unknown')}</Note>
          <p>
            <Link to="/">{t('fault.back')}</Link>
          </p>
        </>
      ) : replica.size === 0 && replica.phase === 'loading' ? (
        <p>{t('loading')}</p>
      ) : null}
      <ReplicaNotes />
    </div>
  );
}
