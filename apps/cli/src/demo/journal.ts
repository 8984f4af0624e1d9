/**
 * What the players have signed, by task, kept on disk before it is sent: whoever is killed and started again sends
 * the same bytes, so that a task never becomes two acts.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Journal {
  readonly find: (label: string) => Uint8Array | undefined;
  readonly keep: (label: string, envelope: Uint8Array) => void;
}

/** Opens or starts the journal at `path`. A line cut short by a kill is dropped: it was never sent. */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const kept = new Map<string, Uint8Array>();
  if (existsSync(path)) {
    const lines = readFileSync(path, 'utf8').split('\n');
    // What follows the last line end was being written when the process died.
    const torn = lines.pop();
    for (const line of lines) {
      const [label, envelope] = line.split('\t');
      if (label !== undefined && envelope !== undefined) {
        kept.set(label, new Uint8Array(Buffer.from(envelope, 'base64')));
      }
    }
    if (torn !== undefined && torn !== '') appendFileSync(path, '\n');
  }
  return {
    find: (label) => kept.get(label),
    keep: (label, envelope) => {
      appendFileSync(path, `${label}\t${Buffer.from(envelope).toString('base64')}\n`);
      kept.set(label, envelope);
    },
  };
}
