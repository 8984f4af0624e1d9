/** A thread that reads a list or scores blocks of left records; it keeps nothing between runs but the plan it was given. */
import { scoreRange, type ColumnMapping, type ScoringPlan } from '@homeward/core/linkage';
import { parentPort } from 'node:worker_threads';
import { readList } from './read-list.ts';

/** What the main thread asks. */
export type WorkerTask =
  | { readonly task: 'read'; readonly path: string; readonly mapping: ColumnMapping }
  | {
      readonly task: 'score';
      readonly plan: ScoringPlan;
      readonly blockRows: number;
      readonly stride: number;
      readonly patterns: boolean;
      /** Shared: the next block nobody has taken. */
      readonly next: Int32Array;
    };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

port.on('message', (task: WorkerTask) => {
  if (task.task === 'read') {
    void readList(task.path, task.mapping, (read, total) => {
      port.postMessage({ kind: 'read', read, total });
    }).then((outcome) => {
      const buffers: ArrayBuffer[] = outcome.ok
        ? [
            outcome.list.ids.arena.buffer,
            outcome.list.ids.offsets.buffer,
            ...outcome.list.columns.flatMap((column) => [
              column.cells.arena.buffer,
              column.cells.offsets.buffer,
              column.codes.buffer,
            ]),
          ]
        : [];
      port.postMessage({ kind: 'done', outcome }, buffers);
    });
    return;
  }
  const { plan, blockRows, stride, patterns, next } = task;
  const blocks = Math.ceil(plan.leftRows / blockRows);
  for (;;) {
    const block = Atomics.add(next, 0, 1);
    if (block >= blocks) break;
    const from = block * blockRows;
    // The counted records are every n-th of the whole list, wherever a block begins.
    const start = Math.ceil(from / stride) * stride;
    const range = scoreRange(plan, start, Math.min(plan.leftRows, from + blockRows), stride, patterns);
    port.postMessage({ kind: 'block', block, range }, [
      range.left.buffer as ArrayBuffer,
      range.right.buffer as ArrayBuffer,
      range.weight.buffer as ArrayBuffer,
    ]);
  }
  port.postMessage({ kind: 'done' });
});
