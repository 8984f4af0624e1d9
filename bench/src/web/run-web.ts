/**
 * The pages against their budgets. The measuring itself stands with the journeys (`e2e/src/measure`), because it needs
 * real nodes and a browser; this runs it in a process of its own and compares.
 */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `npm run bench -- web [--acts N] [--json FILE]

  --acts N     length of the log (20000)
  --json FILE  write the figures there
`;

const budgets = {
  firstViewGzipBytes: 200 * 1024,
  verifyRatio: 1.5,
  /** Of the median and of 95 in a hundred alike. */
  boardUpdateMs: 100,
} as const;

interface Measured {
  readonly acts: number;
  readonly firstViewGzipBytes: number;
  readonly largestChunk: { readonly path: string; readonly gzip: number };
  readonly verified: boolean;
  readonly verifyBrowserMs: number;
  readonly verifyNodeMs: number;
  readonly boardLoadMs: number;
  readonly recordScroll: {
    readonly framesPerSecond: number;
    readonly p95GapMs: number;
    readonly longestGapMs: number;
  };
  readonly boardUpdateMs: { readonly median: number; readonly p95: number; readonly max: number };
}

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      acts: { type: 'string', default: '20000' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const measure = fileURLToPath(new URL('../../../e2e/src/measure/main.ts', import.meta.url));
  const done = spawnSync(process.execPath, [...process.execArgv, measure, '--acts', values.acts], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.status !== 0) return done.status ?? 1;
  if (done.stdout.trim() === '') return 0;
  const measured = JSON.parse(done.stdout) as Measured;
  const ratio = measured.verifyBrowserMs / measured.verifyNodeMs;
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;
  const rows = [
    {
      what: `script of the first view, gzip (largest chunk ${measured.largestChunk.path}, ${kilobytes(measured.largestChunk.gzip)})`,
      is: kilobytes(measured.firstViewGzipBytes),
      budget: kilobytes(budgets.firstViewGzipBytes),
      ok: measured.firstViewGzipBytes <= budgets.firstViewGzipBytes,
    },
    {
      what: `verification of ${String(measured.acts)} acts, browser ${String(measured.verifyBrowserMs)} ms / Node ${String(measured.verifyNodeMs)} ms`,
      is: `${ratio.toFixed(2)} ×`,
      budget: `${String(budgets.verifyRatio)} ×`,
      ok: measured.verified && ratio <= budgets.verifyRatio,
    },
    {
      what: `an act at its node to the board, ${String(measured.acts)} acts loaded median`,
      is: `${String(measured.boardUpdateMs.median)} ms`,
      budget: `${String(budgets.boardUpdateMs)} ms`,
      ok: measured.boardUpdateMs.median <= budgets.boardUpdateMs,
    },
    {
      what: `the same, 95 of 100 acts (longest ${String(measured.boardUpdateMs.max)} ms)`,
      is: `${String(measured.boardUpdateMs.p95)} ms`,
      budget: `${String(budgets.boardUpdateMs)} ms`,
      ok: measured.boardUpdateMs.p95 <= budgets.boardUpdateMs,
    },
  ];
  for (const { what, is, budget, ok } of rows) {
    process.stdout.write(`${ok ? 'within' : 'BEYOND'}  ${is} of ${budget}  ${what}\n`);
  }
  const { framesPerSecond, p95GapMs, longestGapMs } = measured.recordScroll;
  process.stdout.write(
    `noted   ${String(framesPerSecond)} frames/s while the record scrolls, 95 % within ${String(p95GapMs)} ms, longest ${String(longestGapMs)} ms\n`,
  );
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ budgets, measured, ratio }, null, 2)}\n`);
  }
  return rows.every(({ ok }) => ok) ? 0 : 1;
}
