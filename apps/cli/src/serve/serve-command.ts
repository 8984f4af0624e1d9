import { readNodeConfig, startNode, StartRefused, version } from '@homeward/server';
import { toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';

const help = `Usage: homeward serve --config FILE [--lift-alarms]

Runs one node until SIGINT, SIGTERM or SIGHUP. FILE is JSON: role, party, name, listen, database, keys, vault, host or
origin, witnesses (see docs/operate/nodes.md). Keys are made with: homeward keygen

  --config FILE   the node's configuration
  --lift-alarms   take back the alarms that halt this node, after you have looked and kept the evidence; what is still
                  wrong halts it again

When the node serves, one line of JSON goes to stdout: {"ready":true,"url":…,"role":…,"party":…,"pid":…}.
Exit: 0 stopped as asked, 1 the node could not go on, 2 bad configuration.
`;

/** Runs a node until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    { config: { type: 'string' }, 'lift-alarms': { type: 'boolean' } },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const file = parsed.values.config;
  if (file === undefined) return refuseUsage('serve needs --config FILE.', help);
  const read = await readNodeConfig(file);
  if (!read.ok) return refuseInput(read.says);
  const { config } = read;
  const report = (line: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${config.name} ${line}\n`);
  };
  const asked = whenAsked();
  const stopping = new AbortController();
  void asked.then(() => {
    stopping.abort();
  });
  try {
    const running = await startNode(config, {
      report,
      isLiftingAlarms: parsed.values['lift-alarms'] === true,
      signal: stopping.signal,
    });
    report(`homeward ${version}: ${config.role} node of ${config.party} serves ${running.url}`);
    const ready = { ready: true, url: running.url, role: config.role, party: config.party, pid: process.pid };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    await asked;
    report('stopping');
    await running.stop();
    report('stopped');
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    const says = error instanceof Error ? error.message : String(error);
    process.stderr.write(`homeward: ${toPlainText(says)}\n`);
    return error instanceof StartRefused ? 2 : 1;
  }
}

/** Resolves at the first signal that asks to stop; a second one ends the process at once. */
async function whenAsked(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const onSignal = (): void => {
      if (isAsked) process.exit(130);
      isAsked = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
