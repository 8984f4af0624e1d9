/** Writes files whole or not at all. */
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';

/** Writes lines to a file by way of a neighbour, so that a stopped run leaves no half file; without a path, to stdout. */
export function writeLines(path: string | undefined, lines: Iterable<string>): void {
  const part = path === undefined ? undefined : `${path}.part`;
  const file = part === undefined ? 1 : openSync(part, 'w');
  let held: string[] = [];
  let size = 0;
  const flush = (): void => {
    const bytes = Buffer.from(held.join(''), 'utf8');
    let at = 0;
    while (at < bytes.length) {
      try {
        at += writeSync(file, bytes, at);
      } catch (error) {
        // A pipe that is full for the moment says EAGAIN; one that is closed ends the output.
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'EPIPE') return;
        if (code !== 'EAGAIN') throw error;
      }
    }
    held = [];
    size = 0;
  };
  for (const line of lines) {
    held.push(line);
    size += line.length;
    if (size > 1 << 20) flush();
  }
  flush();
  if (path !== undefined && part !== undefined) {
    closeSync(file);
    renameSync(part, path);
  }
}
