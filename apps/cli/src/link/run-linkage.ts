/** How both commands run: read the lists, prepare the comparison, score on threads, say what was put aside. */
import {
  dedupeComparison,
  describeUnreadCells,
  findComparisonFault,
  linkComparison,
  prepareComparison,
  ThreadScorer,
  type Comparison,
  type DedupeResult,
  type LinkResult,
  type LinkSettings,
  type Scorer,
} from '@homeward/core/linkage';
import { err, ok, type Result } from '@homeward/core/result';
import { toRejectLines, toTable, type EncodedList } from '@homeward/lists';
import { readLists, writeLines } from '@homeward/lists/files';
import { ScorerPool } from '@homeward/solver/linkage';
import { toPlainLines } from '../plain-text.ts';
import type { LinkOptions } from './link-options.ts';
import { Progress } from './progress.ts';

/** Lists below this many left records are scored in the calling thread. */
const smallLists = 20_000;

/** Runs a prepared comparison: {@link linkComparison} or {@link dedupeComparison}. */
type Run<T> = (
  comparison: Comparison,
  settings: LinkSettings,
  scorer: Scorer,
  report: NonNullable<Parameters<typeof linkComparison>[3]>,
) => Promise<T>;

/** Says on stderr what the reader did, and writes what it put aside to the file of rejects. */
function reportRejects(lists: readonly EncodedList[], options: LinkOptions): void {
  for (const list of lists) {
    const rejected = list.rejects.length + list.moreRejects;
    if (rejected > 0) {
      process.stderr.write(
        `${list.path}: ${rejected} of ${list.rows + rejected} rows put aside, first on line ${list.rejects[0]?.line ?? 0}: ${list.rejects[0]?.reason ?? ''}\n`,
      );
    }
    process.stderr.write(toPlainLines(list.notes.map((note) => `${list.path}: ${note}`)));
    if (list.rows === 0) {
      process.stderr.write(`${list.path}: the list is empty\n`);
    }
  }
  if (lists.some((list) => list.rejects.length > 0)) {
    const path = options.rejects ?? `${options.out ?? lists[0]!.path}.rejects.csv`;
    writeLines(path, toRejectLines(lists));
    process.stderr.write(`rows put aside are in ${path}\n`);
  }
}

async function score<T>(
  comparison: Comparison,
  options: LinkOptions,
  progress: Progress,
  run: Run<T>,
): Promise<T> {
  const threads = comparison.plan.leftRows < smallLists ? 1 : options.workers;
  const pool = threads === 1 ? undefined : new ScorerPool(threads);
  let started: number | undefined;
  try {
    return await run(
      comparison,
      options.settings,
      pool ?? new ThreadScorer(),
      (stage, rows, total, pairs) => {
        if (stage === 'learn') {
          progress.show('learning', rows / total);
          return;
        }
        started ??= performance.now();
        const rate = pairs / 1000 / Math.max(1, performance.now() - started);
        progress.show('comparing', rows / total, `${rate.toFixed(1)} M pairs/s`);
      },
    );
  } finally {
    await pool?.close();
  }
}

async function readAndRun<T>(options: LinkOptions, run: Run<T>): Promise<Result<T, string>> {
  const progress = new Progress();
  try {
    const lists: EncodedList[] = [];
    const outcomes = await readLists(options.files, options.mapping, options.workers, (read, total) =>
      progress.show('reading', read / Math.max(1, total)),
    );
    for (const outcome of outcomes) {
      if (!outcome.ok) {
        return outcome;
      }
      lists.push(outcome.value);
    }
    progress.end();
    reportRejects(lists, options);
    const left = toTable(lists[0]!);
    const right = lists.length > 1 ? toTable(lists[1]!) : left;
    const comparison = prepareComparison(left, right, (_step, share) => progress.show('names', share));
    progress.end();
    const fault = findComparisonFault(
      comparison,
      options.settings,
      lists.map((list) => list.path),
    );
    if (fault !== undefined) {
      return err(fault);
    }
    process.stderr.write(
      toPlainLines(
        describeUnreadCells(
          comparison,
          lists.map((list) => list.path),
        ),
      ),
    );
    return ok(await score(comparison, options, progress, run));
  } finally {
    progress.end();
  }
}

/** Links two files. */
export function runLink(options: LinkOptions): Promise<Result<LinkResult, string>> {
  return readAndRun(options, linkComparison);
}

/** Deduplicates one file. */
export function runDedupe(options: LinkOptions): Promise<Result<DedupeResult, string>> {
  return readAndRun(options, dedupeComparison);
}
