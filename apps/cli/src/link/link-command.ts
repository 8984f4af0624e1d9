/** `homeward link LEFT.csv RIGHT.csv`: who on one list is who on the other. */
import { sharedUsage } from './link-options.ts';
import { runListCommand } from './list-command.ts';
import { runLink } from './run-linkage.ts';

const usage = `Usage: homeward link LEFT.csv RIGHT.csv [--out FILE] [--threshold P] [--one-to-one|--many] [--workers N]
                     [--mapping FILE] [--explain LEFT-ID,RIGHT-ID] [--explanations FILE] [--model FILE]
                     [--labels FILE] [--report FILE] [--json FILE] [--rejects FILE]

Finds who on one list is who on the other, across Ukrainian, Russian, Belarusian and Latin spellings. Each list is CSV
with a header row and an id for every person; encoding and separator are found out.

  --out FILE         the pairs, likeliest first, as CSV (stdout without it)
  --one-to-one       each person has one counterpart at most (so without either)
  --many             each person may have several
${sharedUsage}`;

/** @returns 0 done, 2 bad usage or input */
export async function run(args: readonly string[]): Promise<number> {
  return runListCommand({ usage, lists: 2, compare: runLink }, args);
}
