/** What `link` and `dedupe` have in common: arguments judged, lists read and compared, results written. */
import type { LinkResult } from '@homeward/core/linkage';
import type { Result } from '@homeward/core/result';
import { findOutputFault } from '../output-files.ts';
import { toPlainLines } from '../plain-text.ts';
import { finishRun } from './finish-run.ts';
import { parseOptions, toOutputs, type LinkOptions } from './link-options.ts';

export interface ListCommand<R extends LinkResult> {
  readonly usage: string;
  readonly lists: 1 | 2;
  readonly compare: (options: LinkOptions) => Promise<Result<R, string>>;
  /** What this command writes besides. */
  readonly write?: (result: R, options: LinkOptions) => void;
}

/** @returns 0 done, 2 bad usage or input */
export async function runListCommand<R extends LinkResult>(
  { usage, lists, compare, write }: ListCommand<R>,
  args: readonly string[],
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const parsed = parseOptions(args);
  if (!parsed.ok || parsed.value.files.length !== lists) {
    const wanted = lists === 1 ? 'one list was expected' : 'two lists were expected';
    process.stderr.write(`${toPlainLines([parsed.ok ? wanted : parsed.error])}${usage}`);
    return 2;
  }
  const options = parsed.value;
  const fault = findOutputFault(toOutputs(options), options.inputs);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return 2;
  }
  const outcome = await compare(options);
  if (!outcome.ok) {
    process.stderr.write(toPlainLines([outcome.error]));
    return 2;
  }
  write?.(outcome.value, options);
  return finishRun(outcome.value, options);
}
