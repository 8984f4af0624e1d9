/** `homeward restore`: a host's database, rebuilt from its members and from published folders. */
import { readNodeConfig, restoreHost, StartRefused } from '@homeward/server';
import { toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { findLog } from '../verify/log-source.ts';

const help = `Usage: homeward restore --config FILE [--from FOLDER|URL]...

Rebuilds the database of a host that lost it, from what its witnesses serve and from published logs that you name. Stop
the node first; give it an empty database, its keys and, where it is left, its vault. Every act is verified and judged
again, and all that was ever signed must be one history. A member needs none of this: started on any copy, or on an
empty database, it catches up by itself.

  --config FILE       the host's configuration
  --from FOLDER|URL   a published log (homeward publishes one with "publish"); may stand several times

Exit: 0 the database holds the log, 1 the sources do not hold it or contradict each other, 2 bad usage or input.
`;

export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    { config: { type: 'string' }, from: { type: 'string', multiple: true } },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const file = parsed.values.config;
  if (file === undefined) return refuseUsage('restore needs --config FILE.', help);
  const read = await readNodeConfig(file);
  if (!read.ok) return refuseInput(toPlainText(read.says));
  const { config } = read;
  if (config.role !== 'host') {
    return refuseInput('Only a host is restored: a member catches up by itself when it is started.');
  }
  const sources = [];
  for (const where of parsed.values.from ?? []) {
    const found = await findLog(where);
    if (!found.ok) return refuseInput(`--from ${toPlainText(where)}: ${toPlainText(found.says)}`);
    sources.push(found.log);
  }
  try {
    const report = (line: string): void => {
      process.stderr.write(`${toPlainText(line)}\n`);
    };
    const { size, before } = await restoreHost(config, { sources, report });
    process.stderr.write(
      size === before
        ? `The database already holds all ${String(size)} acts that were signed.\n`
        : `Restored: the database holds ${String(size)} acts. Start the node: homeward serve --config ${toPlainText(file)}\n`,
    );
    return 0;
  } catch (error) {
    process.stderr.write(
      `homeward: ${toPlainText(error instanceof Error ? error.message : String(error))}\n`,
    );
    return error instanceof StartRefused ? 1 : 2;
  }
}
