/** A thread that reads one list and hands it over. */
import type { ColumnMapping } from '@homeward/core/linkage';
import type { Result } from '@homeward/core/result';
import { parentPort, workerData } from 'node:worker_threads';
import type { EncodedList } from '../list/list.ts';
import { readList } from './read-list.ts';

/** What the thread is started with. */
export interface ReadTask {
  readonly path: string;
  readonly mapping: ColumnMapping;
}

/** What it tells: how far it is, and at last the list. */
export type ReadAnswer =
  | { readonly kind: 'read'; readonly read: number; readonly total: number }
  | { readonly kind: 'done'; readonly outcome: Result<EncodedList, string> };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const { path, mapping } = workerData as ReadTask;

function findBuffers({ ids, columns }: EncodedList): ArrayBuffer[] {
  return [
    ids.arena.buffer,
    ids.offsets.buffer,
    ...columns.flatMap(({ cells, codes }) => [cells.arena.buffer, cells.offsets.buffer, codes.buffer]),
  ];
}

const outcome = await readList(path, mapping, (read, total) => {
  port.postMessage({ kind: 'read', read, total } satisfies ReadAnswer);
});
port.postMessage(
  { kind: 'done', outcome } satisfies ReadAnswer,
  outcome.ok ? findBuffers(outcome.value) : [],
);
