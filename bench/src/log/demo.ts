import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface DemoFigures {
  readonly completed: boolean;
  readonly seconds: number;
  readonly peakMemoryBytes: number | null;
  readonly acts: number;
}

const cli = fileURLToPath(new URL('../../../apps/cli/bin/from-source.mjs', import.meta.url));

/** Plays the whole demonstration on real nodes and takes the figures it gives. */
export async function measureDemo(folder: string): Promise<DemoFigures> {
  const json = join(folder, 'demo.json');
  const run = spawnSync(
    process.execPath,
    ['--conditions=homeward-source', cli, 'demo', '--exit', '--json', json, '--data', join(folder, 'demo')],
    { encoding: 'utf8' },
  );
  if (run.status !== 0) throw new Error(`the demonstration did not finish: ${run.stderr.slice(-1_000)}`);
  const { completed, seconds, peakMemoryBytes, acts } = JSON.parse(
    await readFile(json, 'utf8'),
  ) as DemoFigures;
  return { completed, seconds, peakMemoryBytes, acts };
}
