/**
 * Measures the pages against their budgets, on real nodes and the system's Chromium, and prints one JSON object:
 * script of the first view, verification of a long log here and in Node, and how long an act takes from its node to
 * the board. `--acts N` sets the length of the log (20,000).
 */
import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { createNodeClient } from '@homeward/contract';
import { ensureWebAssets } from '../../../scripts/web-assets.mjs';
import { findBrowser, openBrowser } from '../browser.ts';
import { startCluster } from '../cluster.ts';
import { openReader } from '../journey.ts';
import { openerOf } from '@homeward/example-istanbul-2025';
import { handIn, sealExchange } from '../play.ts';

const { values } = parseArgs({ options: { acts: { type: 'string', default: '20000' } } });
const wanted = Number(values.acts);
const say = (text: string) => process.stderr.write(`${text}\n`);

const place = findBrowser();
if (place === undefined) {
  say('skipped: no Chromium was found.');
  process.exit(0);
}
const web = ensureWebAssets();
const cluster = await startCluster({ web, openers: [openerOf(7)] });
const browser = await openBrowser(place);
try {
  const sealed = [];
  let acts = 0;
  for (let round = 1; acts < wanted; round += 1) {
    const exchange = sealExchange({ people: 120, seed: 7, round, witnesses: cluster.witnesses });
    sealed.push(exchange);
    acts += exchange.envelopes.length;
  }
  // The last exchange stays under way: its last acts are the ones that are timed.
  const running = sealed.at(-1)!;
  const kept = 60;
  const rest = running.envelopes.slice(0, -kept);
  const begun = performance.now();
  const queue = [...sealed.slice(0, -1).map(({ envelopes }) => envelopes), rest];
  const lanes = Array.from({ length: 8 }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      await handIn(cluster.urls.H, next);
  });
  await Promise.all(lanes);
  const loaded = acts - kept;
  say(`${String(loaded)} acts handed in over ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  const client = createNodeClient(cluster.urls.H);
  for (;;) {
    const status = await client.getStatus();
    if (status.ok && status.body.log.checkpoint?.size === loaded) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  const first = await openReader(browser, { serviceWorkers: 'block' });
  await first.page.goto(cluster.urls.H);
  await first.page.locator('.hw-exchange').first().waitFor();
  const scripts = await first.page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name }) => new URL(name).pathname),
  );
  const gzip = (path: string) => statSync(join(web, `${path}.gz`)).size;
  const firstView = scripts.map((path) => ({ path, gzip: gzip(path) })).sort((a, b) => b.gzip - a.gzip);
  const chunks = readdirSync(join(web, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ path: `/assets/${name}`, gzip: gzip(`/assets/${name}`) }))
    .sort((a, b) => b.gzip - a.gzip);
  await first.close();

  const verifier = await openReader(browser);
  await verifier.page.goto(`${cluster.urls.H}/verify`);
  await verifier.page.getByRole('button', { name: /^Verify/u }).click();
  const report = verifier.page.locator('[data-verified]');
  await report.waitFor({ timeout: 300_000 });
  const browserMs = Number(await report.getAttribute('data-milliseconds'));
  const verified = (await report.getAttribute('data-verified')) === 'yes';
  await verifier.close();
  // Not synchronously: the nodes that must answer live in this process.
  const node = await promisify(execFile)(process.execPath, [
    '--conditions=homeward-source',
    join(import.meta.dirname, 'verify-in-node.mjs'),
    cluster.urls.H,
  ]);
  const inNode = JSON.parse(node.stdout) as {
    readonly ok: boolean;
    readonly size: number;
    readonly milliseconds: number;
  };

  const reader = await openReader(browser);
  await reader.page.goto(`${cluster.urls.H}/exchanges/${running.id}/board`);
  const opened = performance.now();
  await reader.page.locator('[data-replica="live"]').waitFor({ timeout: 300_000 });
  const loadMs = performance.now() - opened;
  await reader.page.evaluate(() => {
    const seen: Record<string, number> = {};
    (globalThis as unknown as { seen: Record<string, number> }).seen = seen;
    const note = () => {
      const position = document.querySelector('.hw-board')?.getAttribute('data-position') ?? '';
      seen[position] ??= performance.timeOrigin + performance.now();
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const delays: number[] = [];
  let position = rest.length;
  for (const envelope of running.envelopes.slice(-kept, -kept + 40)) {
    const reply = await client.submitAct(envelope);
    // The receipt goes out when the act is durable at its node: that is when it reached it.
    const reached = performance.timeOrigin + performance.now();
    if (!reply.ok) throw new Error(reply.problem.title);
    position += 1;
    await reader.page.locator(`.hw-board[data-position="${String(position)}"]`).waitFor();
    const shown = await reader.page.evaluate(
      (at) => (globalThis as unknown as { seen: Record<string, number> }).seen[String(at)],
      position,
    );
    if (shown !== undefined) delays.push(Math.max(0, shown - reached));
  }
  await reader.close();
  const scroller = await openReader(browser);
  await scroller.page.goto(`${cluster.urls.H}/record`);
  await scroller.page.locator(`[data-found="${String(loaded + 40)}"]`).waitFor({ timeout: 300_000 });
  await scroller.page.locator('a.hw-line time').first().waitFor();
  // A reader who drags: forty rows a frame for five seconds. What counts is the time between frames.
  const gaps = await scroller.page.evaluate(
    async () =>
      new Promise<number[]>((resolve) => {
        const frame = document.querySelector('.hw-lines')!;
        const times: number[] = [];
        const begun = performance.now();
        let last = begun;
        const step = (now: number) => {
          times.push(now - last);
          last = now;
          frame.scrollTop += 64 * 40;
          if (now - begun < 5000) requestAnimationFrame(step);
          else resolve(times.slice(2));
        };
        requestAnimationFrame(step);
      }),
  );
  await scroller.close();
  gaps.sort((a, b) => a - b);
  const recordScroll = {
    framesPerSecond: Math.round((1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0)),
    p95GapMs: Math.round(gaps[Math.floor(gaps.length * 0.95)]!),
    longestGapMs: Math.round(gaps.at(-1)!),
  };
  delays.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(delays[Math.min(delays.length - 1, Math.floor(delays.length * share))]!);
  process.stdout.write(
    `${JSON.stringify({
      acts: loaded,
      firstViewGzipBytes: firstView.reduce((sum, { gzip: bytes }) => sum + bytes, 0),
      firstViewScripts: firstView,
      largestChunk: chunks[0],
      verified: verified && inNode.ok && inNode.size === loaded,
      verifyBrowserMs: Math.round(browserMs),
      verifyNodeMs: Math.round(inNode.milliseconds),
      boardLoadMs: Math.round(loadMs),
      recordScroll,
      boardUpdateMs: { median: at(0.5), p95: at(0.95), max: at(1), samples: delays.length },
    })}\n`,
  );
} finally {
  await browser.close();
  await cluster.stop();
}
