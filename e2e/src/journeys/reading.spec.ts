import AxeBuilder from '@axe-core/playwright';
import { expectThat, journey, type Ground, type Journey, type Reader } from '../journey.ts';

const languages = ['en', 'uk', 'ru', 'tr', 'ar'] as const;

function pagesOf(ground: Ground): readonly { readonly path: string; readonly ready: string }[] {
  return [
    { path: '/', ready: '.hw-exchange' },
    { path: `/exchanges/${ground.running}/board`, ready: '.hw-board' },
    { path: `/exchanges/${ground.finished}/replay?at=60`, ready: '.hw-board' },
    { path: '/record', ready: 'a.hw-line time' },
    { path: '/record/30', ready: '.hw-bytes' },
    { path: '/verify', ready: '.hw-drop' },
    { path: '/training', ready: '.hw-training-board' },
    { path: '/nowhere', ready: 'h1' },
  ];
}

async function widthOver({ page }: Reader): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
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
          const { violations } = await new AxeBuilder({ page: reader.page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
            .analyze();
          for (const { id, nodes } of violations) {
            const places = nodes.map(({ target }) => String(target[0])).slice(0, 3);
            faults.push(`${path}: ${id} (${places.join(', ')})`);
          }
          for (const [width, height] of [
            [360, 740],
            [1280, 800],
            [3840, 2160],
          ] as const) {
            await reader.page.setViewportSize({ width, height });
            const over = await widthOver(reader);
            if (over > 0) faults.push(`${path}: ${String(over)} px too wide at ${String(width)}`);
          }
        }
        const direction = await reader.page.evaluate(() => document.documentElement.dir);
        expectThat(direction === (language === 'ar' ? 'rtl' : 'ltr'), `${language} runs ${direction}`);
        expectThat(faults.length === 0, faults.join('; '));
        expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
        await reader.close();
      });
    }),
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
    await reader.page.goto(`${ground.cluster.urls.H}/training`);
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

  journey('[WB-45] a page prints to PDF', async (ground) => {
    const reader = await ground.readerOf();
    for (const { path, ready } of pagesOf(ground)) {
      await reader.page.goto(ground.cluster.urls.H + path);
      await reader.page.locator(ready).first().waitFor();
      await reader.page.emulateMedia({ media: 'print' });
      expectThat(!(await reader.page.locator('header.hw-top').isVisible()), 'controls stay off the paper');
      expectThat(await reader.page.locator('.hw-only-print').isVisible(), 'it says when it was printed');
      const pdf = await reader.page.pdf({ format: 'A4' });
      expectThat(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 10_000, 'a PDF comes out');
      await reader.page.emulateMedia({ media: null });
    }
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
