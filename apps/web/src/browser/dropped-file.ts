/**
 * A file that the reader lets fall anywhere on the pages. The browser would otherwise leave the page for it; here it
 * waits for the page that checks files.
 */
let dropped: File | undefined;
const listeners = new Set<() => void>();

/** Takes files that fall on the window; `open` brings the reader to where they are checked. Answers how to end it. */
export function catchFiles(open: () => void): () => void {
  const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  const over = (event: DragEvent) => {
    if (hasFile(event)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    dropped = file;
    open();
    for (const listener of listeners) listener();
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}

/** Calls `take` with a file that waits, and with each that falls from now on. Answers how to end it. */
export function takeDroppedFiles(take: (file: File) => void): () => void {
  const next = () => {
    if (dropped === undefined) return;
    const file = dropped;
    dropped = undefined;
    take(file);
  };
  next();
  listeners.add(next);
  return () => listeners.delete(next);
}
