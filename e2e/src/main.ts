/**
 * The journeys: real nodes, a real PostgreSQL, the system's Chromium. `npm run e2e [words[,words…]]` runs those whose title
 * has the words, or one of several. Where there is no browser it says so and counts as skipped, never as passed.
 */
import { ensureWebAssets } from '../../scripts/web-assets.mjs';
import { findBrowser, openBrowser } from './browser.ts';
import { prepareGround, type Prepared } from './ground.ts';
import type { Journey } from './journey.ts';
import { journeys as board } from './journeys/board.spec.ts';
import { journeys as reading } from './journeys/reading.spec.ts';
import { journeys as verification } from './journeys/verification.spec.ts';

const out = process.stderr;
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function run(): Promise<number> {
  const wanted = process.argv.slice(2).join(' ').toLowerCase().split(',');
  const all: readonly Journey[] = [...board, ...verification, ...reading];
  const chosen = all.filter(({ title }) =>
    wanted.some((words) => title.toLowerCase().includes(words.trim())),
  );
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
  const browser = await openBrowser(place);
  const prepared = await prepareGround(browser, web).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  try {
    return await walkAll(chosen, prepared, begun);
  } finally {
    await browser.close();
    await prepared.cluster.stop();
  }
}

async function walkAll(chosen: readonly Journey[], prepared: Prepared, begun: number): Promise<number> {
  const { ground, acts, takeReaders } = prepared;
  out.write(`four nodes, ${String(acts)} acts in ${seconds(begun)}\n`);
  let failed = 0;
  for (const { title, run: walk } of chosen) {
    const started = performance.now();
    let complain = false;
    try {
      await walk(ground);
      out.write(`  ok      ${title} (${seconds(started)})\n`);
    } catch (error) {
      failed += 1;
      out.write(
        `  FAILED  ${title} (${seconds(started)})\n          ${error instanceof Error ? error.message : String(error)}\n`,
      );
      complain = true;
    }
    for (const reader of takeReaders()) {
      if (complain) for (const said of reader.complaints) out.write(`          the page: ${said}\n`);
      await reader.close().catch(() => undefined);
    }
  }
  out.write(`${String(chosen.length - failed)} of ${String(chosen.length)} journeys in ${seconds(begun)}\n`);
  return failed === 0 && chosen.length > 0 ? 0 : 1;
}

process.exitCode = await run();
