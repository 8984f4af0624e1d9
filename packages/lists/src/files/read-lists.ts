/** Reads several lists: short ones here, long ones each on a thread of its own. */
import type { ColumnMapping } from '@homeward/core/linkage';
import type { Result } from '@homeward/core/result';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { EncodedList } from '../list/list.ts';
import { readList, type ReadProgress } from './read-list.ts';
import type { ReadAnswer, ReadTask } from './read-worker.ts';

/** Files below this many bytes in all are read in the calling thread: a thread costs more than it saves. */
const smallFiles = 8 << 20;

function countBytes(paths: readonly string[]): number {
  let bytes = 0;
  // A file that is not there is named by the reader.
  for (const path of paths) bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

function readOnThread(task: ReadTask, report: ReadProgress): Promise<Result<EncodedList, string>> {
  const file = import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.on('message', (answer: ReadAnswer) => {
      if (answer.kind === 'read') {
        report(answer.read, answer.total);
      } else {
        resolve(answer.outcome);
      }
    });
    worker.once('error', reject);
  });
}

/**
 * Reads lists in the order of their paths.
 *
 * @param threads 1 reads all in the calling thread
 * @returns for each path the list, or a sentence naming file, line and what was expected
 */
export async function readLists(
  paths: readonly string[],
  mapping: ColumnMapping,
  threads: number,
  report?: ReadProgress,
): Promise<Result<EncodedList, string>[]> {
  if (threads === 1 || countBytes(paths) < smallFiles) {
    const outcomes: Result<EncodedList, string>[] = [];
    for (const path of paths) outcomes.push(await readList(path, mapping, report));
    return outcomes;
  }
  const state = paths.map(() => ({ read: 0, total: 0 }));
  return Promise.all(
    paths.map((path, index) =>
      readOnThread({ path, mapping }, (read, total) => {
        state[index] = { read, total };
        report?.(
          state.reduce((sum, one) => sum + one.read, 0),
          state.reduce((sum, one) => sum + one.total, 0),
        );
      }),
    ),
  );
}
