/** `homeward link LEFT.csv RIGHT.csv`: who on one list is who on the other. */
import { finishRun } from './finish-run.ts';
import { parseOptions } from './link-options.ts';
import { runLink } from './run-linkage.ts';

const usage =
  'homeward link LEFT.csv RIGHT.csv [--out FILE] [--threshold P] [--one-to-one|--many] [--workers N] [--mapping FILE]\n' +
  '              [--explain LEFT-ID,RIGHT-ID] [--model FILE] [--report FILE] [--json FILE] [--rejects FILE]\n';

/** @returns 0 done, 2 bad usage or input */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const parsed = parseOptions(args);
  if (!parsed.ok || parsed.options.files.length !== 2) {
    process.stderr.write(`${parsed.ok ? 'two lists were expected' : parsed.fault}\n${usage}`);
    return 2;
  }
  const outcome = await runLink(parsed.options);
  if (!outcome.ok) {
    process.stderr.write(`${outcome.fault}\n`);
    return 2;
  }
  return finishRun(outcome.result, parsed.options);
}
