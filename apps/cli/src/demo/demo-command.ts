import { statSync } from 'node:fs';
import { refuseInput } from '../usage.ts';
import { runDemo } from './demo.ts';
import { demoUsage, parseDemoArguments } from './options.ts';

/** Runs `homeward demo`; a second signal ends it at once. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = parseDemoArguments(args);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(demoUsage);
      return 0;
    case 'wrong':
      process.stderr.write(`homeward: ${parsed.says}\n\n${demoUsage}`);
      return 2;
    case 'options': {
      const { data, json } = parsed.options;
      if (data !== undefined && statSync(data, { throwIfNoEntry: false })?.isDirectory() === false)
        return refuseInput(`--data ${data} is not a folder.`);
      if (json !== undefined && statSync(json, { throwIfNoEntry: false })?.isFile() === false)
        return refuseInput(`--json ${json} cannot be written: it is not an ordinary file.`);
      const stopping = new AbortController();
      const onSignal = (): void => {
        if (stopping.signal.aborted) process.exit(130);
        stopping.abort();
      };
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
      return runDemo(parsed.options, stopping.signal);
    }
  }
}
