/** The way both commands go: read, compare, learn, score on threads, decide. */
import {
  decideClusters,
  decidePairs,
  findModelFault,
  getLabelledRows,
  getTrainingStride,
  joinRanges,
  learnModel,
  prepareComparison,
  refineModel,
  suggestMapping,
  toScoringPlan,
  trainingSettings,
  type Comparison,
  type DedupeResult,
  type LinkResult,
  type LinkSettings,
  type Model,
  type ScoredRange,
  type ScoringPlan,
} from '@homeward/core/linkage';
import { statSync } from 'node:fs';
import type { LinkOptions } from './link-options.ts';
import { Progress } from './progress.ts';
import { readList, toTable, type EncodedList, type ReadOutcome } from './read-list.ts';
import { WorkerPool } from './worker-pool.ts';
import { toRejectLines, writeLines } from './write-result.ts';

export type RunOutcome<Result> =
  | { readonly ok: true; readonly result: Result; readonly lists: readonly EncodedList[] }
  | { readonly ok: false; readonly fault: string };

/** Files below this many bytes in all are read in the calling thread: a thread costs more than it saves. */
const smallFiles = 8 << 20;
/** Lists below this many left records are scored in the calling thread. */
const smallLists = 20_000;

async function readAll(options: LinkOptions, pool: WorkerPool, progress: Progress): Promise<ReadOutcome[]> {
  let bytes = 0;
  for (const path of options.files) {
    try {
      bytes += statSync(path).size;
    } catch {
      // A file that is not there is named by the reader.
    }
  }
  if (bytes < smallFiles || options.workers === 1) {
    const outcomes: ReadOutcome[] = [];
    for (const path of options.files)
      outcomes.push(
        await readList(path, options.mapping, (read, total) => progress.show('reading', read / total)),
      );
    return outcomes;
  }
  return pool.read(options.files, options.mapping, (read, total) =>
    progress.show('reading', read / Math.max(1, total)),
  );
}

/** The columns of a list that would be compared, and those that say nothing. */
function describeColumns(list: EncodedList): string {
  const known = list.columns.map((column) => column.name).join(', ');
  const other = list.ignored.map((header) => `"${header}"`).join(', ');
  return `${list.path} has ${known === '' ? 'no known column' : known}${other === '' ? '' : `, and ${other.slice(0, 300)}`}`;
}

type Decide<Result> = (
  comparison: Comparison,
  plan: ScoringPlan,
  model: Model,
  scored: ScoredRange,
  settings: LinkSettings,
) => Result;

async function run<Result>(
  options: LinkOptions,
  settings: LinkSettings,
  decide: Decide<Result>,
): Promise<RunOutcome<Result>> {
  const progress = new Progress();
  const reading = new WorkerPool(2);
  const scoring = reading;
  try {
    const lists: EncodedList[] = [];
    for (const outcome of await readAll(options, reading, progress)) {
      if (!outcome.ok) return outcome;
      lists.push(outcome.list);
    }
    progress.end();
    for (const list of lists) {
      const rejected = list.rejects.length + list.moreRejects;
      if (rejected > 0)
        process.stderr.write(
          `${list.path}: ${rejected} of ${list.rows + rejected} rows put aside, first on line ${list.rejects[0]?.line ?? 0}: ${list.rejects[0]?.reason ?? ''}\n`,
        );
      if (list.rows === 0) process.stderr.write(`${list.path}: the list is empty\n`);
    }
    if (lists.some((list) => list.rejects.length > 0)) {
      const path = options.rejects ?? `${options.out ?? lists[0]!.path}.rejects.csv`;
      writeLines(path, toRejectLines(lists));
      process.stderr.write(`rows put aside are in ${path}\n`);
    }
    const left = toTable(lists[0]!);
    const right = lists.length > 1 ? toTable(lists[1]!) : left;
    const comparison = prepareComparison(left, right, (_step, share) => progress.show('names', share));
    progress.end();
    if (comparison.fields.length === 0)
      return {
        ok: false,
        fault: `${options.files.join(' and ')}: the lists share no column to compare (${[...new Set(lists.map((list) => describeColumns(list)))].join('; ')}). Say which is which with --mapping FILE, a file such as ${suggestMapping(lists[0]!.ignored)}`,
      };
    let { model } = settings;
    const threads = comparison.plan.leftRows < smallLists ? 1 : options.workers;
    const pool = threads === 1 ? new WorkerPool(1) : new WorkerPool(threads);
    try {
      if (model === undefined) {
        const stride = getTrainingStride(comparison);
        const labels = getLabelledRows(comparison, settings);
        const counted = await pool.score(comparison.plan, stride, true, (rows, total) =>
          progress.show('learning', rows / total),
        );
        model = learnModel(
          comparison,
          counted.map((range) => range.patterns!),
          settings.oneToOne ?? true,
          labels,
        );
        if (!comparison.oneList && (settings.oneToOne ?? true)) {
          const first = toScoringPlan(comparison, model, trainingSettings);
          model = refineModel(comparison, model, joinRanges(await pool.score(first, stride, false)), labels);
        }
      } else {
        const fault = findModelFault(model, comparison.fields);
        if (fault !== undefined) return { ok: false, fault: `${options.modelFile ?? 'the model'}: ${fault}` };
      }
      const plan = toScoringPlan(comparison, model, settings);
      const started = performance.now();
      const ranges = await pool.score(plan, 1, false, (rows, total, pairs) =>
        progress.show(
          'comparing',
          rows / total,
          `${(pairs / 1000 / Math.max(1, performance.now() - started)).toFixed(1)} M pairs/s`,
        ),
      );
      progress.end();
      return { ok: true, result: decide(comparison, plan, model, joinRanges(ranges), settings), lists };
    } finally {
      await pool.close();
    }
  } finally {
    progress.end();
    await scoring.close();
  }
}

/** Links two files. */
export function runLink(options: LinkOptions): Promise<RunOutcome<LinkResult>> {
  return run(options, options.settings, decidePairs);
}

/** Deduplicates one file. */
export function runDedupe(options: LinkOptions): Promise<RunOutcome<DedupeResult>> {
  return run(options, { ...options.settings, oneToOne: false }, decideClusters);
}
