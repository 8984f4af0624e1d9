/** Notes and states: words with the mark of their kind. */
import type { ReactNode } from 'react';
import { Mark, type MarkKind } from './mark.tsx';

/** Something the reader must know, with the mark of its kind. `live` notes are read out when they appear. */
export function Note({
  kind,
  live = false,
  children,
}: {
  readonly kind: MarkKind;
  readonly live?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={`hw-note hw-note-${kind}`} role={live ? 'status' : undefined}>
      <Mark kind={kind} />
      <div>{children}</div>
    </div>
  );
}

/** A state in one word with its mark. */
export function Status({ kind, children }: { readonly kind: MarkKind; readonly children: ReactNode }) {
  return (
    <span className="hw-status">
      <Mark kind={kind} />
      <span>{children}</span>
    </span>
  );
}
