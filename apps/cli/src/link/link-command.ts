/** `homeward link LEFT.csv RIGHT.csv`: who on one list is who on the other. */
import { findOutputFault } from '../output-files.ts';
import { finishRun } from './finish-run.ts';
import { parseOptions, sharedUsage, toOutputs } from './link-options.ts';
import { runLink } from './run-linkage.ts';

const usage = `Usage: homeward link LEFT.csv RIGHT.csv [--out FILE] [--threshold P] [--one-to-one|--many] [--workers N]
                     [--mapping FILE] [--explain LEFT-ID,RIGHT-ID] [--model FILE] [--labels FILE] [--report FILE]
                     [--json FILE] [--rejects FILE]

Finds who on one list is who on the other, across Ukrainian, Russian, Belarusian and Latin spellings. Each list is CSV
with a header row and an id for every person; encoding and separator are found out.

  --out FILE         the pairs, likeliest first, as CSV (stdout without it)
  --one-to-one       each person has one counterpart at most (so without either)
  --many             each person may have several
${sharedUsage}`;

/** @returns 0 done, 2 bad usage or input */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const parsed = parseOptions(args);
  if (!parsed.ok || parsed.options.files.length !== 2) {
    process.stderr.write(`${parsed.ok ? 'two lists were expected' : parsed.fault}\n${usage}`);
    return 2;
  }
  const fault = findOutputFault(toOutputs(parsed.options), parsed.options.files);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return 2;
  }
  const outcome = await runLink(parsed.options);
  if (!outcome.ok) {
    process.stderr.write(`${outcome.fault}\n`);
    return 2;
  }
  return finishRun(outcome.result, parsed.options);
}
