/** How an exchange stands, in one word with its mark. */
import type { MarkKind } from '../marks/mark.tsx';
import { Status } from '../marks/note.tsx';
import type { BoardView } from '../reading/board-view.ts';
import { useWords } from '../words/use-words.ts';

const marks: Readonly<Record<BoardView['status'], MarkKind>> = {
  unopened: 'unsure',
  open: 'under-way',
  suspended: 'stopped',
  completed: 'verified',
  cancelled: 'stopped',
};

const isKnown = (status: string): status is BoardView['status'] => Object.hasOwn(marks, status);

/** A status that a newer node knows and this page does not is shown by its code. */
export function ExchangeStatus({ status }: { readonly status: string }) {
  const { t, quote } = useWords();
  return isKnown(status) ? (
    <Status kind={marks[status]}>{t(`status.${status}`)}</Status>
  ) : (
    <Status kind="under-way">{quote(status)}</Status>
  );
}
