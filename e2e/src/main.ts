/**
 * The journeys: real nodes, a real PostgreSQL, the system's Chromium. `npm run e2e [words]` runs those whose title has
 * the words. Where there is no browser it says so and counts as skipped, never as passed.
 */
import { ensureWebAssets } from '../../scripts/web-assets.mjs';
import { findBrowser, openBrowser } from './browser.ts';
import { startCluster } from './cluster.ts';
import { openReader, type Ground, type Journey, type Reader } from './journey.ts';
import { journeys as board } from './journeys/board.spec.ts';
import { journeys as reading } from './journeys/reading.spec.ts';
import { journeys as verification } from './journeys/verification.spec.ts';
import { openerOf } from '@homeward/example-istanbul-2025';
import { handIn, sealExchange } from './play.ts';

const out = process.stderr;
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function run(): Promise<number> {
  const wanted = process.argv.slice(2).join(' ').toLowerCase();
  const all: readonly Journey[] = [...board, ...verification, ...reading];
  const chosen = all.filter(({ title }) => title.toLowerCase().includes(wanted));
  const place = findBrowser();
  if (place === undefined) {
    out.write(
      `skipped: ${String(chosen.length)} journeys, because no Chromium was found. Install one (Debian: chromium), ` +
        'or name it in CHROMIUM.\n',
    );
    return 0;
  }
  const begun = performance.now();
  const web = ensureWebAssets();
  const cluster = await startCluster({ web, openers: [3, 4].map(openerOf) });
  const browser = await openBrowser(place);
  try {
    const finished = sealExchange({ people: 12, seed: 3, witnesses: cluster.witnesses });
    const running = sealExchange({
      people: 30,
      seed: 4,
      round: 2,
      witnesses: cluster.witnesses,
      begins: '2025-06-02T04:00:00.000Z',
    });
    let at = Math.floor(running.envelopes.length * 0.6);
    await handIn(cluster.urls.H, [...finished.envelopes, ...running.envelopes.slice(0, at)]);
    out.write(`four nodes, ${String(finished.envelopes.length + at)} acts in ${seconds(begun)}\n`);
    const readers = new Set<Reader>();
    const ground: Ground = {
      browser,
      cluster,
      finished: finished.id,
      running: running.id,
      advance: async (acts) => {
        const next = running.envelopes.slice(at, at + acts);
        if (next.length < acts) throw new Error('The running exchange has no acts left for this journey.');
        await handIn(cluster.urls.H, next);
        at += acts;
        return at;
      },
      readerOf: async (options) => {
        const reader = await openReader(browser, options);
        readers.add(reader);
        return reader;
      },
    };
    let failed = 0;
    for (const { title, run: walk } of chosen) {
      const started = performance.now();
      try {
        await walk(ground);
        out.write(`  ok      ${title} (${seconds(started)})\n`);
      } catch (error) {
        failed += 1;
        out.write(
          `  FAILED  ${title} (${seconds(started)})\n          ${error instanceof Error ? error.message : String(error)}\n`,
        );
        for (const reader of readers) {
          for (const complaint of reader.complaints) out.write(`          the page: ${complaint}\n`);
        }
      }
      for (const reader of readers) await reader.close().catch(() => undefined);
      readers.clear();
    }
    out.write(
      `${String(chosen.length - failed)} of ${String(chosen.length)} journeys in ${seconds(begun)}\n`,
    );
    return failed === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    await browser.close();
    await cluster.stop();
  }
}

process.exitCode = await run();
