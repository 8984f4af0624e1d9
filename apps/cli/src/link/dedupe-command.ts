/** `homeward dedupe LIST.csv`: who is on one list more than once. */
import type { DedupeResult } from '@homeward/core/linkage';
import { toClusterLines } from '@homeward/lists';
import { writeLines } from '@homeward/lists/files';
import { sharedUsage, type LinkOptions } from './link-options.ts';
import { runListCommand } from './list-command.ts';
import { runDedupe } from './run-linkage.ts';

const usage = `Usage: homeward dedupe LIST.csv [--out FILE] [--clusters FILE] [--threshold P] [--workers N] [--mapping FILE]
                       [--explain ID,ID] [--explanations FILE] [--model FILE] [--labels FILE] [--report FILE]
                       [--json FILE] [--rejects FILE]

Finds who is on one list more than once, across Ukrainian, Russian, Belarusian and Latin spellings. The list is CSV with
a header row and an id for every row; encoding and separator are found out.

  --out FILE         the pairs, likeliest first, as CSV (stdout without it)
  --clusters FILE    every id with the number of the person it belongs to, as CSV
${sharedUsage}`;

/** @returns 0 done, 2 bad usage or input */
export async function run(args: readonly string[]): Promise<number> {
  return runListCommand({ usage, lists: 1, compare: runDedupe, write: writeClusters }, args);
}

function writeClusters(result: DedupeResult, { clusters }: LinkOptions): void {
  if (clusters !== undefined) writeLines(clusters, toClusterLines(result));
}
