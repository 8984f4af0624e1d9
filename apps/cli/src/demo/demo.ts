/**
 * `homeward demo`: real nodes, generated people, one exchange from the first key to the last verified return; then a
 * second one, slowly, for whoever wants to watch.
 */
import { chmod, mkdtemp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createWorld,
  linkByEvidence,
  openerOf,
  plannedWith,
  writeScript,
} from '@homeward/example-istanbul-2025';
import type { Task, World } from '@homeward/example-istanbul-2025';
import { loadHighsSolver } from '@homeward/solver/planning';
import { toPlainText } from '../plain-text.ts';
import { findLog } from '../verify/log-source.ts';
import { verifyPublished } from '../verify/verify-published.ts';
import type { Cluster } from './cluster.ts';
import { startCluster } from './cluster.ts';
import type { DemoFigures } from './figures.ts';
import { toFigures, toTable } from './figures.ts';
import { openJournal } from './journal.ts';
import { watchPeak } from './memory.ts';
import type { DemoOptions } from './options.ts';
import type { Papers } from './papers.ts';
import { sealPapers } from './papers.ts';
import { playOnNodes } from './player.ts';
import { createProgress } from './progress.ts';

/** Each look reads two files of every process of the machine. */
const memoryEveryMs = 2_500;
/** How long the end waits for the cosignatures over the last act. */
const cosignedWithinMs = 30_000;
/** The exchange for onlookers: small, and slow enough to follow. */
const onlookers = { people: 60, paceMs: 1_500, pauseMs: 20_000 };

/** Runs the demo until it is done or `signal` aborts; answers the exit code. */
export async function runDemo(options: DemoOptions, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  const out = process.stderr;
  const peak = watchPeak(memoryEveryMs);
  const folder = options.data ?? (await freshFolder());
  const settings = await keepSettings(folder, options);
  if (typeof settings === 'string') {
    out.write(`${settings}\n`);
    return 2;
  }
  out.write(
    `Homeward: ${settings.people} for ${settings.people}, generated people, four nodes in ${folder}\n`,
  );
  const [cluster, world] = await Promise.all([
    startCluster({
      folder,
      openers: [openerOf(settings.seed)],
      databaseUrl: process.env['DATABASE_URL'],
      tell: (says) => out.write(`${says}\n`),
    }),
    loadHighsSolver().then((solver) =>
      createWorld({ ...settings, linker: linkByEvidence, chooser: plannedWith(solver) }),
    ),
  ]);
  try {
    const { tasks, papers } = await writePapersAndScript(cluster, world, folder, 1);
    const progress = createProgress(
      world,
      tasks.filter(({ mustBeRefused }) => mustBeRefused !== true).map(({ label }) => label),
      out,
    );
    let refusedActs = 0;
    await playOnNodes({
      world,
      tasks,
      urls: cluster.urls,
      journal: openJournal(join(folder, 'players', 'acts-1.tsv')),
      papers: papers.named,
      signal,
      onAct: ({ label, act }) => progress.onAct(label, act),
      onRefused: ({ label, problem }) => {
        refusedActs++;
        progress.onRefused(label, problem.detail);
      },
    });
    progress.end();
    if (signal.aborted) return 130;
    const seconds = (performance.now() - started) / 1000;
    const { figures, faults } = await collectFigures({
      world,
      cluster,
      refusedActs,
      seconds,
      peak: peak.stop(),
    });
    process.stdout.write(`\n${toTable(figures)}\n${faults.map((says) => `${toPlainText(says)}\n`).join('')}`);
    if (options.json !== undefined) await put(options.json, `${JSON.stringify(figures, null, 2)}\n`);
    const { logFolder } = cluster;
    process.stdout.write(
      `\nThe log is in ${logFolder}, its key in ${join(logFolder, 'vkey')}. To verify it without any node:\n` +
        `  npx homeward verify ${logFolder}\n`,
    );
    if (!options.exit) await serveOn(cluster, settings, folder, signal);
    return figures.completed && figures.log.verified && faults.length === 0 ? 0 : 1;
  } finally {
    peak.stop();
    await cluster.stop();
  }
}

async function writePapersAndScript(
  cluster: Cluster,
  world: World,
  folder: string,
  round: number,
): Promise<{ readonly tasks: readonly Task[]; readonly papers: Papers }> {
  const { witnesses } = cluster;
  const papers = await sealPapers({
    world,
    write: (payloads) => writeScript(world, { witnesses, payloads }),
    keys: cluster.sealingKeys,
    folder: join(folder, 'players', `papers-${String(round)}`),
  });
  return { tasks: writeScript(world, { witnesses, payloads: papers.payloads }), papers };
}

/** The figures, and what is wrong with the log or with the node that gave them. */
async function collectFigures(work: {
  readonly world: World;
  readonly cluster: Cluster;
  readonly refusedActs: number;
  readonly seconds: number;
  readonly peak: number | undefined;
}): Promise<{ readonly figures: DemoFigures; readonly faults: readonly string[] }> {
  const { world, cluster, refusedActs, seconds, peak } = work;
  // A party's own node, not the host: nobody believes a count that they have not checked.
  const client = cluster.clients['A']!;
  const summary = await client.findExchange(world.exchange);
  if (!summary.ok) throw new Error(summary.problem.detail);
  const acts = (summary.body.lastIndex ?? -1) + 1;
  const published = await publishUpTo(cluster, acts);
  const log = await findLog(cluster.logFolder);
  const verification = log.ok ? await verifyPublished(log.log) : undefined;
  const status = await client.getStatus();
  const size = verification?.size ?? 0;
  const alarms = status.ok ? status.body.alarms : [];
  const faults = [
    ...(published >= acts
      ? []
      : [
          `No cosigned checkpoint over all ${String(acts)} acts came within ${String(cosignedWithinMs / 1_000)} s; the published log ends at ${String(published)}.`,
        ]),
    ...(log.ok ? [] : [log.says]),
    ...(verification?.findings.slice(0, 5).map(({ path, rule, says }) => `${path} [${rule}]: ${says}`) ?? []),
    ...(status.ok ? [] : [status.problem.detail]),
    ...alarms.map(({ kind, detail }) => `An alarm stands at the node of A: ${kind}: ${detail}`),
  ];
  const figures = toFigures({
    world,
    summary: summary.body,
    refusedActs,
    log: {
      size,
      root: verification?.root ?? '',
      verified: verification?.ok === true && size >= acts,
      cosigners: verification?.cosigners ?? [],
    },
    seconds,
    peakMemoryBytes: peak,
    restarts: Object.values(cluster.nodes).reduce((sum, node) => sum + node.restarts(), 0),
  });
  return { figures, faults };
}

/** Publishes until the folder holds `acts` acts under a cosigned checkpoint, or for a while; answers how many it holds. */
async function publishUpTo(cluster: Cluster, acts: number): Promise<number> {
  const givenUpAt = performance.now() + cosignedWithinMs;
  for (;;) {
    const size = (await cluster.publishLog()) ?? 0;
    if (size >= acts || performance.now() > givenUpAt) return size;
    await pause(50);
  }
}

/** Keeps the nodes up with one small exchange after the other, until the signal. */
async function serveOn(
  cluster: Cluster,
  settings: DemoSettings,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  process.stdout.write(
    `\nThe nodes keep serving until Ctrl-C:\n${Object.values(cluster.nodes)
      .map(({ name, url }) => `  ${name.padEnd(10)} ${url}\n`)
      .join('')}\nA smaller exchange runs on slowly, so that there is something to watch.\n`,
  );
  const goesOn = (): boolean => !signal.aborted;
  for (let round = 2; goesOn(); round++) {
    const world = createWorld({ seed: settings.seed, people: onlookers.people, round });
    const { tasks, papers } = await writePapersAndScript(cluster, world, folder, round);
    await playOnNodes({
      world,
      tasks,
      papers: papers.named,
      urls: cluster.urls,
      journal: openJournal(join(folder, 'players', `acts-${String(round)}.tsv`)),
      signal,
      paceMs: onlookers.paceMs,
    });
    if (goesOn()) await cluster.publishLog();
    await pause(onlookers.pauseMs, signal);
  }
}

/** A folder that the account which runs PostgreSQL can pass through; keys below it are for their owner alone. */
async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-demo-'));
  await chmod(folder, 0o755);
  return folder;
}

interface DemoSettings {
  readonly people: number;
  readonly seed: number;
}

/** A folder belongs to one exchange: the same figures again, or a sentence that says which they were. */
async function keepSettings(folder: string, wanted: DemoSettings): Promise<DemoSettings | string> {
  const path = join(folder, 'demo.json');
  const { people, seed } = wanted;
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept === undefined) {
    await put(path, `${JSON.stringify({ people, seed })}\n`);
    return { people, seed };
  }
  const before = JSON.parse(kept) as DemoSettings;
  return before.people === people && before.seed === seed
    ? before
    : `${folder} holds an exchange of --people ${String(before.people)} --seed ${String(before.seed)}; go on with those, or choose another folder.`;
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}
