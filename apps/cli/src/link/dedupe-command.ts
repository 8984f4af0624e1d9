/** `homeward dedupe LIST.csv`: who is on one list more than once. */
import { finishRun } from './finish-run.ts';
import { parseOptions } from './link-options.ts';
import { runDedupe } from './run-linkage.ts';
import { toClusterLines, writeLines } from './write-result.ts';

const usage =
  'homeward dedupe LIST.csv [--out FILE] [--clusters FILE] [--threshold P] [--workers N] [--mapping FILE]\n' +
  '                [--explain ID,ID] [--model FILE] [--report FILE] [--json FILE] [--rejects FILE]\n';

/** @returns 0 done, 2 bad usage or input */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const parsed = parseOptions(args);
  if (!parsed.ok || parsed.options.files.length !== 1) {
    process.stderr.write(`${parsed.ok ? 'one list was expected' : parsed.fault}\n${usage}`);
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
