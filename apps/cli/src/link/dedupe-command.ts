/** `homeward dedupe LIST.csv`: who is on one list more than once. */
import { findOutputFault } from '../output-files.ts';
import { finishRun } from './finish-run.ts';
import { parseOptions, sharedUsage, toOutputs } from './link-options.ts';
import { runDedupe } from './run-linkage.ts';
import { toClusterLines, writeLines } from './write-result.ts';

const usage = `Usage: homeward dedupe LIST.csv [--out FILE] [--clusters FILE] [--threshold P] [--workers N] [--mapping FILE]
                       [--explain ID,ID] [--model FILE] [--labels FILE] [--report FILE] [--json FILE]
                       [--rejects FILE]

Finds who is on one list more than once, across Ukrainian, Russian, Belarusian and Latin spellings. The list is CSV with
a header row and an id for every row; encoding and separator are found out.

  --out FILE         the pairs, likeliest first, as CSV (stdout without it)
  --clusters FILE    every id with the number of the person it belongs to, as CSV
${sharedUsage}`;

/** @returns 0 done, 2 bad usage or input */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const parsed = parseOptions(args);
  if (!parsed.ok || parsed.options.files.length !== 1) {
    process.stderr.write(`${parsed.ok ? 'one list was expected' : parsed.fault}\n${usage}`);
    return 2;
  }
  const fault = findOutputFault(toOutputs(parsed.options), parsed.options.files);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return 2;
  }
  const outcome = await runDedupe(parsed.options);
  if (!outcome.ok) {
    process.stderr.write(`${outcome.fault}\n`);
    return 2;
  }
  if (parsed.options.clusters !== undefined)
    writeLines(parsed.options.clusters, toClusterLines(outcome.result));
  return finishRun(outcome.result, parsed.options);
}
