/**
 * The log: durable appends at several lengths, a host over HTTP and its restart, verification against bare signatures, the demonstration as a whole,
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
import { type HostFigures, measureHost } from './host.ts';
import { measureSyncs } from './disk.ts';
import { measureVerify } from './verify.ts';

const usage = `npm run bench -- log [--json FILE] [--sizes 0,100000,1000000] [--acts 20000] [--submitters 256]
                     [--host-size 100000] [--host-acts 20000] [--host-submitters 256] [--no-demo]
`;

/** The options as whole numbers, nothing where help was asked for, or what is wrong with them. */
function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      json: { type: 'string' },
      sizes: { type: 'string', default: '0,100000,1000000' },
      acts: { type: 'string', default: '20000' },
      submitters: { type: 'string', default: '256' },
      'host-size': { type: 'string', default: '100000' },
      'host-acts': { type: 'string', default: '20000' },
      'host-submitters': { type: 'string', default: '256' },
      demo: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const whole = (name: string, text: string, least: number): number => {
    const number = /^\d{1,9}$/u.test(text) ? Number(text) : -1;
    if (number < least) throw new Error(`--${name} takes whole numbers from ${least} on, not "${text}"`);
    return number;
  };
  const count = (name: 'acts' | 'submitters' | 'host-size' | 'host-acts' | 'host-submitters'): number =>
    whole(name, values[name], 1);
  return {
    json: values.json,
    demo: values.demo,
    sizes: values.sizes.split(',').map((text) => whole('sizes', text, 0)),
    acts: count('acts'),
    submitters: count('submitters'),
    hostSize: count('host-size'),
    hostActs: count('host-acts'),
    hostSubmitters: count('host-submitters'),
  };
}

export async function run(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (options === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  const { sizes, acts, submitters, hostSize, hostActs, hostSubmitters } = options;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'homeward-bench-'));
  await chmod(folder, 0o755);
  try {
    say('disk');
    const syncsPerSecond = await measureSyncs(folder);
    const appends: AppendFigures[] = [];
    let host: HostFigures;
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
      say(`host at ${hostSize}`);
      const database = await postgres.provideDatabase('host');
      const real = await openStore(database);
      try {
        // Real acts: a node reads all of them again when it starts.
        await measureAppend(real, { acts: hostSize - 1, submitters });
      } finally {
        await real.close();
      }
      host = await measureHost({
        folder,
        database,
        size: hostSize,
        acts: hostActs,
        submitters: hostSubmitters,
      });
    } finally {
      await postgres.remove();
    }
    say('verify');
    const verify = await measureVerify(join(folder, 'log'), acts);
    if (options.demo) say('demo');
    const demo = options.demo ? await measureDemo(folder) : undefined;
    const figures = {
      machine: { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version },
      postgres: postgres.version,
      syncsPerSecond,
      submitters,
      appends,
      host,
      verify,
      ...(demo === undefined ? {} : { demo }),
    };
    process.stdout.write(toTable(figures));
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toTable(figures: {
  readonly syncsPerSecond: number;
  readonly postgres: string;
  readonly appends: readonly AppendFigures[];
  readonly host: HostFigures;
  readonly verify: Awaited<ReturnType<typeof measureVerify>>;
  readonly demo?: Awaited<ReturnType<typeof measureDemo>>;
}): string {
  const { appends, host, verify, demo } = figures;
  const cells = (...texts: readonly string[]): string => texts.map((text) => text.padStart(13)).join('');
  const lines = [
    `PostgreSQL ${figures.postgres}; the disk syncs ${figures.syncsPerSecond.toFixed(0)} pages of 8 KiB a second`,
    'append, in one process, without HTTP:',
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
    `host over HTTP, ${host.submitters} submitters: at ${host.size} acts ${host.actsPerSecond.toFixed(0)} acts/s, receipt p50 ${host.receiptMsP50.toFixed(1)} ms, p99 ${host.receiptMsP99.toFixed(1)} ms, at most ${host.receiptMsMax.toFixed(1)} ms (${host.acts} acts)`,
    `host: starts again on ${host.restartSize} acts in ${host.restartSeconds.toFixed(1)} s`,
    `verify: ${verify.acts} acts in ${verify.verifySeconds.toFixed(2)} s, ${verify.ratio.toFixed(2)} times their bare signature verifications (${verify.bareSeconds.toFixed(2)} s); median of ${verify.ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
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
