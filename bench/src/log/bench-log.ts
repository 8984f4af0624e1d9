/**
 * The log: durable appends at several lengths, verification against bare signatures, the demonstration as a whole,
 * and, as the limit nobody can beat, the sync rate of the same disk in the same run.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@homeward/server/postgres';
import { openStore } from '@homeward/store';
import { type AppendFigures, fill, measureAppend } from './append.ts';
import { measureDemo } from './demo.ts';
import { measureSyncs } from './disk.ts';
import { measureVerify } from './verify.ts';

const usage = `npm run bench -- log [--json FILE] [--sizes 0,100000,1000000] [--acts 20000] [--submitters 256] [--no-demo]
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      json: { type: 'string' },
      sizes: { type: 'string', default: '0,100000,1000000' },
      acts: { type: 'string', default: '20000' },
      submitters: { type: 'string', default: '256' },
      demo: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const sizes = values.sizes.split(',').map(Number);
  const acts = Number(values.acts);
  const submitters = Number(values.submitters);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'homeward-bench-'));
  await chmod(folder, 0o755);
  try {
    say('disk');
    const syncsPerSecond = await measureSyncs(folder);
    const appends: AppendFigures[] = [];
    const postgres = await startEmbeddedPostgres({ folder });
    try {
      const warm = await openStore(await postgres.provideDatabase('warm'));
      try {
        await measureAppend(warm, { acts: Math.min(acts, 2_000), submitters });
      } finally {
        await warm.close();
      }
      const store = await openStore(await postgres.provideDatabase('bench'));
      try {
        for (const size of sizes) {
          say(`append at ${size}`);
          await fill(store, size, (at) => {
            if (at % 100_000 === 0) say(`  filled to ${at}`);
          });
          appends.push(await measureAppend(store, { acts, submitters }));
        }
      } finally {
        await store.close();
      }
    } finally {
      await postgres.remove();
    }
    say('verify');
    const verify = await measureVerify(join(folder, 'log'), acts);
    if (values.demo) say('demo');
    const demo = values.demo ? await measureDemo(folder) : undefined;
    const figures = {
      machine: { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version },
      postgres: postgres.version,
      syncsPerSecond,
      submitters,
      appends,
      verify,
      ...(demo === undefined ? {} : { demo }),
    };
    process.stdout.write(toTable(figures));
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toTable(figures: {
  readonly syncsPerSecond: number;
  readonly postgres: string;
  readonly appends: readonly AppendFigures[];
  readonly verify: Awaited<ReturnType<typeof measureVerify>>;
  readonly demo?: Awaited<ReturnType<typeof measureDemo>>;
}): string {
  const { appends, verify, demo } = figures;
  const cells = (...texts: readonly string[]): string => texts.map((text) => text.padStart(13)).join('');
  const lines = [
    `PostgreSQL ${figures.postgres}; the disk syncs ${figures.syncsPerSecond.toFixed(0)} pages of 8 KiB a second`,
    cells('entries', 'acts/s', 'per sync', 'p50 ms', 'p99 ms', 'rehash ms'),
    ...appends.map((each) =>
      cells(
        String(each.size),
        each.actsPerSecond.toFixed(0),
        (each.actsPerSecond / figures.syncsPerSecond).toFixed(2),
        each.receiptMsP50.toFixed(1),
        each.receiptMsP99.toFixed(1),
        each.rehashMs.toFixed(0),
      ),
    ),
    `verify: ${verify.acts} acts in ${verify.verifySeconds.toFixed(2)} s, ${verify.ratio.toFixed(2)} times their bare signature verifications (${verify.bareSeconds.toFixed(2)} s)`,
  ];
  if (demo !== undefined) {
    const memory =
      demo.peakMemoryBytes === null ? 'unknown' : `${(demo.peakMemoryBytes / 1e9).toFixed(2)} GB`;
    lines.push(
      `demo: ${demo.completed ? 'completed' : 'NOT completed'} in ${demo.seconds} s, ${demo.acts} acts, peak memory ${memory}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
