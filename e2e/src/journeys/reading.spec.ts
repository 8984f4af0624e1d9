import { spawnSync } from 'node:child_process';
import AxeBuilder from '@axe-core/playwright';
import { directionOf, languages } from '@homeward/web/languages';
import { screens } from '../screens/states.ts';
import { expectThat, journey, type Ground, type Journey, type Reader } from '../journey.ts';

function pagesOf(ground: Ground): readonly { readonly path: string; readonly ready: string }[] {
  return [
    { path: '/', ready: '.hw-exchange' },
    { path: `/exchanges/${ground.running}/board`, ready: '.hw-board' },
    { path: `/exchanges/${ground.finished}/replay?at=60`, ready: '.hw-board' },
    { path: '/record', ready: 'a.hw-line time' },
    { path: '/record/30', ready: '.hw-bytes' },
    { path: '/verify', ready: '.hw-drop' },
    { path: '/gallery', ready: '.hw-gallery-board' },
    { path: '/nowhere', ready: 'h1' },
  ];
}

async function widthOver({ page }: Reader): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Tables of head counts that run over the edge of their panel's content: the page need not be too wide for that. */
async function tablesOver({ page }: Reader): Promise<number> {
  return page.locator('.hw-heads').evaluateAll(
    (tables: HTMLElement[]) =>
      tables.filter((table) => {
        const panel = table.closest<HTMLElement>('.hw-panel')!;
        const { paddingLeft, paddingRight } = getComputedStyle(panel);
        return (
          table.offsetWidth >
          panel.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
        );
      }).length,
  );
}

/** What axe finds, each with its places. */
async function violationsOf({ page }: Reader): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id} (${nodes
        .map(({ target }) => String(target[0]))
        .slice(0, 3)
        .join(', ')})`,
  );
}

/** States beside the first view of each page, by their name among the screens. */
const states = [
  'start-alarm',
  'start-offline',
  'board-cut',
  'board-unknown',
  'wall',
  'record-none',
  'act-proven',
  'act-none',
  'verify-done',
  'verify-bad',
  'verify-file',
];

/** The words of a PDF, or why they are not known. */
function textOf(pdf: Uint8Array): { readonly text: string } | { readonly skipped: string } {
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, maxBuffer: 50_000_000 });
  if (read.error !== undefined) {
    return { skipped: `the words in the PDF were not read: pdftotext (${read.error.message})` };
  }
  // Without the marks that keep directions apart: a reader does not see them.
  return {
    text: read.stdout
      .toString()
      .replaceAll(/[\u2066-\u2069]/gu, '')
      .replaceAll(/\s+/gu, ' '),
  };
}

let isSaid = false;

/** Prints the page and looks for words in the PDF; where nothing here reads a PDF that is said once. */
async function expectPaper(reader: Reader, path: string, words: RegExp, faults: string[]): Promise<void> {
  const pdf = await reader.page.pdf({ format: 'A4' });
  if (pdf.subarray(0, 5).toString() !== '%PDF-' || pdf.length < 10_000)
    faults.push(`${path}: no PDF comes out`);
  const read = textOf(pdf);
  if ('text' in read) {
    if (!words.test(read.text)) faults.push(`${path}: the paper does not say ${String(words)}`);
  } else if (!isSaid) {
    isSaid = true;
    process.stderr.write(`  skipped ${read.skipped}\n`);
  }
}

export const journeys: readonly Journey[] = [
  ...languages.flatMap((language) =>
    (['light', 'dark'] as const).map((colorScheme) => {
      const title = `[WB-40] [WB-41] every page in ${language}, ${colorScheme}: axe finds nothing, and it fits from 360 pixels to 4K`;
      return journey(title, async (ground) => {
        const reader = await ground.readerOf({ language, colorScheme });
        const faults: string[] = [];
        for (const { path, ready } of pagesOf(ground)) {
          await reader.page.setViewportSize({ width: 1280, height: 800 });
          await reader.page.goto(ground.cluster.urls.H + path);
          await reader.page.locator(ready).first().waitFor();
          for (const violation of await violationsOf(reader)) faults.push(`${path}: ${violation}`);
          for (const [width, height] of [
            [360, 740],
            [1280, 800],
            [3840, 2160],
          ] as const) {
            await reader.page.setViewportSize({ width, height });
            const over = await widthOver(reader);
            if (over > 0) faults.push(`${path}: ${String(over)} px too wide at ${String(width)}`);
            const tables = await tablesOver(reader);
            if (tables > 0)
              faults.push(`${path}: ${String(tables)} tables over their panel at ${String(width)}`);
          }
          if ((await reader.page.locator('main').innerText()).includes('{{'))
            faults.push(`${path}: a sentence lacks what it names`);
        }
        const direction = await reader.page.evaluate(() => document.documentElement.dir);
        expectThat(direction === directionOf(language), `${language} runs ${direction}`);
        expectThat(faults.length === 0, faults.join('; '));
        expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
        await reader.close();
      });
    }),
  ),

  ...(
    [
      ['en', 'light', 360],
      ['ar', 'dark', 360],
      ['en', 'dark', 1280],
    ] as const
  ).map(([language, colorScheme, width]) => {
    const title = `[WB-40] [WB-41] the states of the pages in ${language}, ${colorScheme}, at ${String(width)} pixels: axe finds nothing`;
    return journey(title, async (ground) => {
      const faults: string[] = [];
      for (const { name, path, before, then } of screens.filter((screen) => states.includes(screen.name))) {
        const reader = await ground.readerOf({
          language,
          colorScheme,
          viewport: { width, height: 800 },
          serviceWorkers: 'block',
        });
        await before?.(reader, ground);
        await reader.page.goto(ground.cluster.urls.H + path(ground));
        await then(reader, ground);
        for (const violation of await violationsOf(reader)) faults.push(`${name}: ${violation}`);
        const over = await widthOver(reader);
        if (over > 0) faults.push(`${name}: ${String(over)} px too wide`);
        await reader.close();
      }
      expectThat(faults.length === 0, faults.join('; '));
    });
  }),

  journey(
    '[WB-49] each page has a title in the language chosen, and a change of page brings the focus to its heading',
    async (ground) => {
      const titles = new Set<string>();
      for (const language of ['en', 'ar'] as const) {
        const reader = await ground.readerOf({ language });
        for (const { path, ready } of pagesOf(ground)) {
          await reader.page.goto(ground.cluster.urls.H + path);
          await reader.page.locator(ready).first().waitFor();
          titles.add(await reader.page.title());
          const isFree = await reader.page.evaluate(() => document.activeElement === document.body);
          expectThat(isFree, `${path} is opened as the browser opens it`);
        }
        await reader.close();
      }
      // The start page carries the product’s own name in every language.
      expectThat(titles.size === 2 * pagesOf(ground).length - 1, `each its own: ${[...titles].join('; ')}`);
      const reader = await ground.readerOf();
      const { page } = reader;
      const untilOnHeading = async (words: RegExp) => {
        await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
        await page.locator('h1:focus', { hasText: words }).waitFor();
      };
      await page.goto(ground.cluster.urls.H);
      await page.locator('.hw-exchange').first().waitFor();
      await page.getByRole('link', { name: 'Verify' }).click();
      await untilOnHeading(/Check it yourself/u);
      expectThat((await page.title()) === 'Check it yourself · Homeward', 'the title is that of the page');
      await page.getByRole('link', { name: 'Record', exact: true }).click();
      await untilOnHeading(/Record/u);
      await page.locator('a.hw-line time').first().waitFor();
      await page.getByLabel('Search').fill('tranche');
      await page.waitForFunction(() => location.search.includes('tranche'));
      expectThat(
        await page.getByLabel('Search').evaluate((field) => field === document.activeElement),
        'a search leaves the focus where it is',
      );
      await page.locator('a.hw-line').first().click();
      // The heading first says that it reads, and then the act.
      await page.locator('.hw-bytes').waitFor();
      await untilOnHeading(/./u);
      await page.goBack();
      await untilOnHeading(/Record/u);
      expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
      await reader.close();
    },
  ),

  journey('[WB-49] what is read out by itself does not tick', async (ground) => {
    const reader = await ground.readerOf();
    const { page } = reader;
    for (const [path, data] of [
      ['/', '**/v1/status'],
      ['/record', '**/v1/stream*'],
    ] as const) {
      await page.goto(ground.cluster.urls.H + path);
      await page
        .locator(path === '/' ? '.hw-exchange' : 'a.hw-line time')
        .first()
        .waitFor();
      await page.route(data, async (route) => route.abort('internetdisconnected'));
      if (path === '/record') await page.goto(ground.cluster.urls.H + path);
      await page
        .getByText(/\d sec(?:onds?)?\.? ago/u)
        .first()
        .waitFor();
      const loud = await page
        .locator('[role=status], [role=alert], [aria-live]')
        .filter({ hasText: /ago/u })
        .count();
      expectThat(loud === 0, `${path}: an age that ticks is not read out`);
      await page.unroute(data);
    }
    // Nor is the place of a replay while it plays; where it stops is.
    await page.goto(`${ground.cluster.urls.H}/exchanges/${ground.finished}/replay?at=0`);
    const place = page.locator('output[data-direction]');
    await page.getByLabel('Acts per second').selectOption('1');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    expectThat((await place.getAttribute('aria-live')) === 'off', 'a place that moves is not read out');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expectThat((await place.getAttribute('aria-live')) === null, 'a place that stands is read out');
    await reader.close();
  }),

  journey(
    '[WB-48] a search in Arabic is typed as people type, and the list stays in place',
    async (ground) => {
      const reader = await ground.readerOf({ language: 'ar' });
      const { page } = reader;
      await page.goto(`${ground.cluster.urls.H}/record`);
      await page.locator('a.hw-line time').first().waitFor();
      const all = Number(await page.locator('[data-found]').getAttribute('data-found'));
      const kind = await page.locator('.hw-line-kind').first().innerText();
      // As a keyboard gives it: without vowel marks, and with the bare alef.
      const typed = kind.replaceAll(/[\u064B-\u0652]/gu, '').replaceAll(/[أإآ]/gu, 'ا');
      await page.locator('search input').first().fill(typed);
      await page.waitForFunction((n) => {
        const found = Number(document.querySelector('[data-found]')?.getAttribute('data-found'));
        return found > 0 && found < n;
      }, all);
      // The label of a crossing stands in the terms; the act that uses it names it by its id.
      await page.locator('search input').first().fill('NÓRTH crossing');
      await page.locator('.hw-line-kind', { hasText: kind }).first().waitFor({ state: 'hidden' });
      await page.waitForFunction(() => {
        const found = Number(document.querySelector('[data-found]')?.getAttribute('data-found'));
        return found > 2;
      });
      await page.goto(`${ground.cluster.urls.H}/record`);
      await page.locator('a.hw-line time').first().waitFor();
      const list = page.locator('.hw-lines');
      // What is at the top once two frames in a row show the same.
      const topOf = async () =>
        list.evaluate(
          (frame) =>
            new Promise<{ readonly act: string; readonly at: number }>((resolve) => {
              let last = '';
              const look = () => {
                const { top } = frame.getBoundingClientRect();
                const row = [...frame.querySelectorAll('li')]
                  .map((each) => ({ each, at: each.getBoundingClientRect() }))
                  .filter(({ at }) => at.bottom > top + 1)
                  .sort((a, b) => a.at.top - b.at.top)[0];
                const act = row?.each.querySelector('.hw-line-index')?.textContent ?? '';
                const at = Math.round((row?.at.top ?? 0) - top);
                const now = `${act} ${String(at)}`;
                if (act !== '' && now === last) {
                  resolve({ act, at });
                  return;
                }
                last = now;
                requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            }),
        );
      await list.evaluate((frame) => frame.scrollTo({ top: 2000 }));
      const before = await topOf();
      const count = Number(await page.locator('[data-found]').getAttribute('data-found'));
      await ground.advance(3);
      await page.locator(`[data-found="${String(count + 3)}"]`).waitFor();
      const after = await topOf();
      expectThat(
        before.act === after.act && Math.abs(before.at - after.at) <= 2,
        `the same act is at the top: ${JSON.stringify(before)} ${JSON.stringify(after)}`,
      );
      await reader.close();
    },
  ),

  journey('[WB-42] language and light are chosen on the page and remembered', async (ground) => {
    const reader = await ground.readerOf();
    await reader.page.goto(ground.cluster.urls.H);
    await reader.page.getByLabel('Language').selectOption('ar');
    await reader.page.locator('html[dir="rtl"][lang="ar"]').waitFor();
    await reader.page.locator('header select').nth(1).selectOption('dark');
    await reader.page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await reader.page.reload();
    await reader.page.locator('html[dir="rtl"][data-mantine-color-scheme="dark"]').waitFor();
    expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
    await reader.close();
  }),

  journey('[WB-43] the record is searched, filtered and read by keyboard alone', async (ground) => {
    const reader = await ground.readerOf();
    const { page } = reader;
    await page.goto(`${ground.cluster.urls.H}/record`);
    const found = page.locator('[data-found]');
    await page.locator('a.hw-line time').first().waitFor();
    const all = Number(await found.getAttribute('data-found'));
    await page.keyboard.press('Tab');
    expectThat(
      await page.evaluate(() => document.activeElement?.classList.contains('hw-skip') === true),
      'the first stop is the way past the menu',
    );
    await page.getByLabel('Search').focus();
    await page.keyboard.type('Tranche proposed');
    await page.waitForFunction((n) => {
      const now = Number(document.querySelector('[data-found]')?.getAttribute('data-found'));
      return now > 0 && now < n;
    }, all);
    const line = page.locator('a.hw-line').first();
    await line.focus();
    await page.keyboard.press('Enter');
    await page.locator('.hw-bytes').waitFor();
    expectThat(/tranche/iu.test(await page.locator('h1').innerText()), 'the act is a sentence');
    await page.goBack();
    expectThat(
      (await page.getByLabel('Search').inputValue()) === 'Tranche proposed',
      'back keeps the search',
    );
    await page.goto(`${ground.cluster.urls.H}/record`);
    await page.locator('a.hw-line time').first().waitFor();
    expectThat((await page.locator('a.hw-line[tabindex="0"]').count()) === 1, 'the list is one stop of Tab');
    const focused = async () =>
      page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset') ?? '');
    const untilFocused = async (place: number) =>
      page.waitForFunction(
        (wanted) => document.activeElement?.closest('li')?.getAttribute('aria-posinset') === wanted,
        String(place),
      );
    await page.locator('a.hw-line[tabindex="0"]').focus();
    await page.keyboard.press('End');
    await untilFocused(all);
    await page.keyboard.press('ArrowUp');
    await untilFocused(all - 1);
    await page.keyboard.press('Home');
    await untilFocused(1);
    await page.keyboard.press('ArrowDown');
    await untilFocused(2);
    expectThat((await focused()) === '2', 'arrows, Home and End go through the list');
    await reader.close();
  }),

  journey('[WB-44] hostile labels are text and break nothing', async (ground) => {
    const reader = await ground.readerOf({ viewport: { width: 360, height: 740 } });
    await reader.page.goto(`${ground.cluster.urls.H}/gallery`);
    const markup = reader.page.locator('[data-label="markup"]');
    await markup.waitFor();
    expectThat((await markup.innerText()).includes('<script>'), 'markup is shown as characters');
    expectThat((await markup.locator('script, img').count()) === 0, 'and is no element');
    expectThat(
      (await reader.page.locator('[data-label="bidi"] .hw-label-mark').count()) === 4,
      'controls are named',
    );
    const long = await reader.page.locator('[data-label="long"]').innerText();
    expectThat(long.length < 200, 'a long label is cut');
    expectThat((await widthOver(reader)) <= 0, 'nothing is too wide');
    await reader.close();
  }),

  journey(
    '[WB-44] hostile labels of an exchange are text on the board, the map, the record and paper',
    async (ground) => {
      const exchange = await ground.hostile();
      const reader = await ground.readerOf();
      const { page } = reader;
      await page.addInitScript(() => {
        Object.assign(globalThis, { alert: () => console.error('a label was run as script') });
      });
      const places = [
        { path: `/exchanges/${exchange}/board`, ready: '.hw-board' },
        { path: `/exchanges/${exchange}/board?wall=true`, ready: '.hw-board' },
        { path: `/exchanges/${exchange}/replay?at=150`, ready: '.hw-board' },
        { path: '/', ready: '.hw-exchange' },
        { path: `/record?exchange=${exchange}`, ready: 'a.hw-line time' },
        { path: `/record?exchange=${exchange}&q=manifest`, ready: 'a.hw-line time' },
      ];
      const faults: string[] = [];
      for (const { path, ready } of places) {
        await page.goto(ground.cluster.urls.H + path);
        await page.locator(ready).first().waitFor();
        const text = await page.locator('main').innerText();
        if (!text.includes('<script>')) faults.push(`${path}: the markup is not shown as characters`);
        if ((await page.locator('main script, main img').count()) > 0)
          faults.push(`${path}: it is an element`);
        if (/[\u202A-\u202E\u200B\u2060\uFEFF]/u.test(text)) faults.push(`${path}: a hidden character`);
        if (/[xyzw]{130}/u.test(text)) faults.push(`${path}: a label is not cut`);
        for (const width of path.includes('wall') ? [1920] : [360, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const over = await widthOver(reader);
          if (over > 0) faults.push(`${path}: ${String(over)} px too wide at ${String(width)}`);
        }
        await page.setViewportSize({ width: 1280, height: 900 });
        if (!path.includes('wall')) await expectPaper(reader, path, /<script>/u, faults);
        for (const violation of await violationsOf(reader)) faults.push(`${path}: ${violation}`);
        if (/script|Egnissim/u.test(await page.title())) faults.push(`${path}: a label is in the title`);
      }
      expectThat(faults.length === 0, faults.join('; '));
      expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
      await reader.close();
    },
  ),

  journey('[WB-45] a record that is not printed whole says so', async (ground) => {
    const reader = await ground.readerOf();
    const { page } = reader;
    await page.goto(`${ground.cluster.urls.H}/record`);
    await page.locator('a.hw-line time').first().waitFor();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    const said = (await page.locator('[data-paper]').innerText()).match(/\d[\d,]*/gu) ?? [];
    const found = Number(await page.locator('[data-found]').getAttribute('data-found'));
    const onPaper = await page.locator('[data-paper-lines] > li').count();
    expectThat(
      Number(said[0]?.replaceAll(',', '')) === found,
      `it says how many there are: ${said.join(' ')}`,
    );
    expectThat(Number(said[1]) === onPaper && onPaper >= 50, `and how many it shows: ${said.join(' ')}`);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.locator('.hw-lines').waitFor();
    await reader.close();
  }),

  journey('[WB-45] [WB-27] a page prints to PDF', async (ground) => {
    const reader = await ground.readerOf();
    const faults: string[] = [];
    for (const { path, ready } of pagesOf(ground)) {
      await reader.page.goto(ground.cluster.urls.H + path);
      await reader.page.locator(ready).first().waitFor();
      await reader.page.emulateMedia({ media: 'print' });
      expectThat(!(await reader.page.locator('header.hw-top').isVisible()), 'controls stay off the paper');
      expectThat(await reader.page.locator('.hw-only-print').isVisible(), 'it says when it was printed');
      const foot = await reader.page.locator('.hw-only-print').innerText();
      expectThat(foot.includes('UTC'), `the paper says that times are UTC: ${foot}`);
      await reader.page.emulateMedia({ media: null });
      await expectPaper(reader, path, /Printed .+ from http/u, faults);
    }
    expectThat(faults.length === 0, faults.join('; '));
    await reader.close();
  }),

  journey('[WB-47] state is seen with forced colours, at 200 % zoom and without motion', async (ground) => {
    const reader = await ground.readerOf({
      viewport: { width: 640, height: 400 },
      deviceScaleFactor: 2,
      forcedColors: 'active',
      reducedMotion: 'reduce',
    });
    for (const { path, ready } of pagesOf(ground)) {
      await reader.page.goto(ground.cluster.urls.H + path);
      await reader.page.locator(ready).first().waitFor();
      expectThat((await widthOver(reader)) <= 0, `${path} is not too wide at 200 %`);
    }
    await reader.page.goto(`${ground.cluster.urls.H}/exchanges/${ground.finished}/board`);
    await reader.page.locator('.hw-bar-verified').first().waitFor();
    const [bar, paper] = await reader.page.evaluate(() => [
      getComputedStyle(document.querySelector('.hw-bar-verified')!).backgroundColor,
      getComputedStyle(document.body).backgroundColor,
    ]);
    expectThat(bar !== paper, `a bar stands out from the page: ${bar} on ${paper}`);
    await reader.close();
  }),

  journey('[WB-22] a replay keeps its place when it is loaded again, and back leads on', async (ground) => {
    const reader = await ground.readerOf();
    const at = (position: number) =>
      reader.page.locator(`.hw-board[data-position="${String(position)}"]`).waitFor();
    await reader.page.goto(`${ground.cluster.urls.H}/exchanges/${ground.finished}/replay?at=40`);
    await at(40);
    await reader.page.getByRole('button', { name: 'One act on' }).click();
    await at(41);
    await reader.page.reload();
    await at(41);
    await reader.page.getByRole('link', { name: 'Live board' }).click();
    await reader.page.locator('[data-replica="live"]').waitFor();
    await reader.page.goBack();
    await at(41);
    await reader.close();
  }),

  journey('[WB-46] the shell is kept by the browser and opens without a network', async (ground) => {
    const reader = await ground.readerOf();
    await reader.page.goto(ground.cluster.urls.B);
    await reader.page.evaluate(async () => navigator.serviceWorker.ready);
    const manifest = await reader.page.evaluate(
      async () => (await fetch('/manifest.webmanifest')).json() as Promise<{ icons: unknown[] }>,
    );
    expectThat(manifest.icons.length >= 3, 'it can be installed');
    await reader.page.reload();
    await reader.page.locator('.hw-exchange').first().waitFor();
    await reader.context.setOffline(true);
    await reader.page.reload();
    await reader.page.locator('h1').waitFor();
    expectThat((await reader.page.locator('header.hw-top').count()) === 1, 'the page opens offline');
    await reader.close();
  }),
];
