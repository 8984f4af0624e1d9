/**
 * Pictures of every page in every state, language, light and width, and sheets that lay the languages beside each
 * other, for eyes: `npm run screens -- [--page NAME,…] [--language en,…] [--scheme light,dark] [--width 360,…] [--out DIR]`.
 * They are written to `test-results/screens`, which is never committed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from '@playwright/test';
import { ensureWebAssets } from '../../../scripts/web-assets.mjs';
import { findBrowser, openBrowser } from '../browser.ts';
import { prepareGround } from '../ground.ts';
import { openReader, type Ground, type ReaderOptions } from '../journey.ts';
import { screens, type Screen } from './states.ts';

const say = (text: string) => process.stderr.write(`${text}\n`);
const { values } = parseArgs({
  options: {
    page: { type: 'string', default: screens.map(({ name }) => name).join(',') },
    language: { type: 'string', default: 'en,uk,ru,tr,ar' },
    scheme: { type: 'string', default: 'light,dark' },
    width: { type: 'string', default: '360,1280,1920' },
    out: { type: 'string', default: join('test-results', 'screens') },
  },
});
const parts = (list: string): readonly string[] => list.split(',').filter((part) => part !== '');
const heights: Readonly<Record<string, number>> = { 360: 740, 1280: 800, 1920: 1080, 3840: 2160, 1080: 1920 };

interface Picture {
  readonly file: string;
  readonly caption: string;
}

/** Lays pictures beside each other in one; a tall one is cut into columns, so that all of it can be read. */
async function writeSheet(browser: Browser, file: string, pictures: readonly Picture[], width: number) {
  const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
  const shown = width <= 400 ? 330 : width <= 1400 ? 860 : 1760;
  const figures = pictures.map(
    ({ file: picture, caption }) =>
      `<figure><figcaption>${caption}</figcaption><img src="${pathToFileURL(picture).href}"></figure>`,
  );
  const html = `${file}.html`;
  await writeFile(
    html,
    `<meta charset="utf-8"><style>body{margin:8px;background:#888;font:14px sans-serif;display:flex;flex-wrap:wrap;gap:8px;align-items:start}` +
      `figure{margin:0}img{width:${String(shown)}px;display:block}</style>${figures.join('')}`,
  );
  await page.goto(pathToFileURL(html).href);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
  await rm(html);
}

async function take(browser: Browser, ground: Ground, screen: Screen, out: string): Promise<void> {
  for (const width of parts(values.width).map(Number)) {
    if (screen.only !== undefined && !screen.only.includes(width)) continue;
    const pictures: Picture[] = [];
    for (const colorScheme of parts(values.scheme) as ('light' | 'dark')[]) {
      for (const language of parts(values.language) as NonNullable<ReaderOptions['language']>[]) {
        const viewport = { width, height: heights[width] ?? 900 };
        const reader = await openReader(browser, {
          language,
          colorScheme,
          viewport,
          serviceWorkers: 'block',
          acceptDownloads: true,
          reducedMotion: 'reduce',
        });
        try {
          await screen.before?.(reader, ground);
          await reader.page.goto(ground.cluster.urls.H + screen.path(ground));
          await screen.then(reader, ground);
          await reader.page.waitForTimeout(120);
          const caption = `${screen.name} ${language} ${colorScheme} ${String(width)}`;
          const file = join(out, `${caption.replaceAll(' ', '-')}.png`);
          await reader.page.screenshot({ path: file, fullPage: screen.window !== true });
          pictures.push({ file, caption });
        } catch (error) {
          say(`${screen.name} ${language} ${String(width)}: ${error instanceof Error ? error.message : ''}`);
          process.exitCode = 1;
        }
        await reader.close();
      }
    }
    if (pictures.length > 1) {
      await writeSheet(browser, join(out, `sheet-${screen.name}-${String(width)}.png`), pictures, width);
    }
  }
  say(screen.name);
}

const place = findBrowser();
if (place === undefined) {
  say('skipped: no Chromium was found.');
} else {
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const web = ensureWebAssets();
  const browser = await openBrowser(place);
  try {
    const { ground, cluster } = await prepareGround(browser, web);
    try {
      const wanted = parts(values.page);
      for (const screen of screens) {
        if (wanted.includes(screen.name)) await take(browser, ground, screen, out);
      }
    } finally {
      await cluster.stop();
    }
  } finally {
    await browser.close();
  }
}
