import { languages } from '@homeward/web/languages';
import type { Locator } from '@playwright/test';
import { startHostileNode } from '../hostile-node.ts';
import { expectThat, journey, type Journey, type Reader } from '../journey.ts';

const positionOf = async ({ page }: Reader): Promise<number> =>
  Number(await page.locator('.hw-board').getAttribute('data-position'));

async function untilPosition({ page }: Reader, position: number): Promise<void> {
  await page.locator(`.hw-board[data-position="${String(position)}"]`).waitFor();
}

/** Every sentence of the newest acts once, in order: no gap, no double. */
async function lastNumbers({ page }: Reader): Promise<readonly number[]> {
  const links = await page.locator('.hw-last-list a').allTextContents();
  return links.map((text) => Number(text.replaceAll(/\D/gu, '')));
}

const faults = async ({ page }: Reader): Promise<number> => page.locator('.hw-note-fault').count();

function expectNoGap(numbers: readonly number[]): void {
  for (const [at, number] of numbers.entries()) {
    if (at > 0) expectThat(number === numbers[at - 1]! - 1, `acts follow each other: ${numbers.join(' ')}`);
  }
}

/** What the board says, but for whose node it is: that differs from node to node. */
async function textOf({ page }: Reader): Promise<string> {
  return page
    .locator('.hw-board > :not(.hw-awaited)')
    .allInnerTexts()
    .then((texts) => texts.join('\n'));
}

/** Panels and lists of the wall that hold more than they show, each with by how much. */
async function cutPanels({ page }: Reader): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.hw-board, .hw-crossings, .hw-panel, .hw-fitting')].flatMap((box) => {
      const down = box.scrollHeight - box.clientHeight;
      const across = box.scrollWidth - box.clientWidth;
      return box.clientHeight > 0 && (down > 0 || across > 0)
        ? [`${box.className} +${String(down)} down, +${String(across)} across`]
        : [];
    }),
  );
}

export const journeys: readonly Journey[] = [
  journey('[WB-20] the board of each node follows a running exchange, act by act', async (ground) => {
    const readers = new Map<string, Reader>();
    for (const seat of ['H', 'A', 'N1'] as const) {
      const reader = await ground.readerOf();
      await reader.page.goto(`${ground.cluster.urls[seat]}/exchanges/${ground.running}/board`);
      await reader.page.locator('.hw-board').waitFor();
      readers.set(seat, reader);
    }
    const acts = await ground.advance(6);
    for (const reader of readers.values()) await untilPosition(reader, acts);
    const hashes = new Set<string>();
    for (const reader of readers.values()) {
      hashes.add((await reader.page.locator('.hw-board').getAttribute('data-hash')) ?? '');
      expectNoGap(await lastNumbers(reader));
      expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
      await reader.close();
    }
    expectThat(hashes.size === 1, 'three nodes compute one history');
  }),

  journey(
    '[WB-21] eight pages of one browser are live at once, and go on when the first is closed',
    async (ground) => {
      const reader = await ground.readerOf();
      const address = `${ground.cluster.urls.H}/exchanges/${ground.running}/board`;
      const pages = [reader.page];
      while (pages.length < 8) pages.push(await reader.context.newPage());
      for (const page of pages) await page.goto(address);
      for (const page of pages) await page.locator('[data-replica="live"]').waitFor();
      const untilAt = async (acts: number, open: typeof pages) => {
        for (const page of open) await page.locator(`.hw-board[data-position="${String(acts)}"]`).waitFor();
      };
      await untilAt(await ground.advance(1), pages);
      const [first, ...others] = pages;
      await first!.close();
      await untilAt(await ground.advance(1), others);
      for (const page of others) await page.locator('[data-replica="live"]').waitFor();
      await reader.close();
    },
  ),

  journey('[WB-21] the board survives a restart of its node', async (ground) => {
    const reader = await ground.readerOf();
    await reader.page.goto(`${ground.cluster.urls.A}/exchanges/${ground.running}/board`);
    await reader.page.locator('.hw-board').waitFor();
    const before = await positionOf(reader);
    await ground.cluster.stopNode('A');
    await reader.page.locator('[data-replica="cut"]').waitFor({ state: 'attached' });
    expectThat((await positionOf(reader)) === before, 'what was known stays on show');
    const acts = await ground.advance(3);
    await ground.cluster.startNode('A');
    await untilPosition(reader, acts);
    await reader.page.locator('[data-replica="live"]').waitFor();
    expectNoGap(await lastNumbers(reader));
    expectThat((await faults(reader)) === 0, 'a cut is no fault of the record');
    await reader.close();
  }),

  journey(
    '[WB-21] the board survives 30 seconds without network, and a network that falls silent',
    async (ground) => {
      const wire = await startHostileNode(ground.cluster.urls.A);
      const reader = await ground.readerOf();
      await reader.page.goto(`${wire.url}/exchanges/${ground.running}/board`);
      await reader.page.locator('[data-replica="live"]').waitFor();
      const before = await positionOf(reader);
      await reader.context.setOffline(true);
      wire.setNetwork('gone');
      await reader.page.locator('[data-replica="cut"]').waitFor({ state: 'attached' });
      const acts = await ground.advance(3);
      await reader.page.waitForTimeout(30_000);
      expectThat((await positionOf(reader)) === before, 'what was known stays on show');
      expectThat((await reader.page.getByText('No connection').count()) === 1, 'it is said to be old');
      wire.setNetwork('there');
      await reader.context.setOffline(false);
      await untilPosition(reader, acts);
      await reader.page.locator('[data-replica="live"]').waitFor();
      expectNoGap(await lastNumbers(reader));

      // Nothing ends this connection: only the silence tells.
      wire.setNetwork('silent');
      const later = await ground.advance(3);
      await reader.page.locator('[data-replica="cut"]').waitFor({ state: 'attached', timeout: 60_000 });
      expectThat((await positionOf(reader)) === acts, 'what was known stays on show');
      expectThat(
        (await reader.page.getByText('live', { exact: true }).count()) === 0,
        'nothing is called live',
      );
      wire.setNetwork('there');
      await untilPosition(reader, later);
      await reader.page.locator('[data-replica="live"]').waitFor();
      expectNoGap(await lastNumbers(reader));
      expectThat((await faults(reader)) === 0, 'a cut is no fault of the record');
      await reader.close();
      await wire.stop();
    },
  ),

  journey(
    '[WB-21] a node that never answered, and a record read in part, are told as such',
    async (ground) => {
      const wire = await startHostileNode(ground.cluster.urls.A);
      const reader = await ground.readerOf();
      const { page } = reader;
      // The pages come through, the data does not.
      await page.route('**/v1/**', async (route) => route.abort('internetdisconnected'));
      for (const path of ['/record', '/record/3', `/exchanges/${ground.running}/board`]) {
        await page.goto(wire.url + path);
        await page.locator('[data-phase="cut"]').waitFor();
        await page.getByText('has not answered since this page was opened').waitFor();
        const reading = await page.locator('main').getByText('Reading the log').count();
        expectThat(reading === 0, `${path} does not say that it reads`);
      }
      await page.unroute('**/v1/**');
      // The node says what it has, and then nothing more comes through.
      for (const part of ['**/v1/stream*', '**/log/tile/**']) {
        await page.route(part, async (route) => route.abort('internetdisconnected'));
      }
      await page.goto(`${wire.url}/record?q=zzzzzz`);
      await page
        .locator('[data-found]', { hasText: 'No act matches among those this page has read.' })
        .waitFor();
      await page.goto(`${wire.url}/record/500`);
      await page.getByText('That act is not among those this page has read.').waitFor();
      await page.getByText('Of the rest it knows nothing').waitFor();
      await reader.close();
      await wire.stop();
    },
  ),

  journey('[WB-21] another log is told once, and never folded onto the first', async (ground) => {
    const wire = await startHostileNode(ground.cluster.urls.A);
    const reader = await ground.readerOf();
    await reader.page.goto(`${wire.url}/exchanges/${ground.running}/board`);
    await reader.page.locator('[data-replica="live"]').waitFor();
    const before = await positionOf(reader);
    wire.tell((path, truth) =>
      path === '/v1/status'
        ? Buffer.from(truth.toString().replaceAll('homeward.example/journeys', 'homeward.example/another'))
        : undefined,
    );
    wire.setNetwork('gone');
    await reader.page.locator('[data-replica="cut"]').waitFor({ state: 'attached' });
    wire.setNetwork('there');
    await reader.page.locator('[data-replica="stopped"]').waitFor({ state: 'attached' });
    const acts = await ground.advance(2);
    // It goes on asking, and says no more than it said.
    for (let asked = 0; asked < 3; asked += 1) await reader.page.waitForResponse('**/v1/status');
    expectThat((await faults(reader)) === 1, 'the other log is told once');
    expectThat((await positionOf(reader)) === before, 'nothing of it is shown');
    wire.tell(undefined);
    await untilPosition(reader, acts);
    await reader.close();
    await wire.stop();
  }),

  journey(
    '[WB-22] replay equals live at the end, and shows the exchange as it stood before',
    async (ground) => {
      const live = await ground.readerOf();
      await live.page.goto(`${ground.cluster.urls.H}/exchanges/${ground.finished}/board`);
      await live.page.locator('.hw-board').waitFor();
      // The chart is fetched after the board; its words are part of what is compared.
      await live.page.locator('.hw-chart-drawing svg').waitFor();
      const board = live.page.locator('.hw-board');
      const text = await textOf(live);
      const hash = await board.getAttribute('data-hash');
      const acts = await positionOf(live);

      const replay = await ground.readerOf();
      await replay.page.goto(`${ground.cluster.urls.B}/exchanges/${ground.finished}/replay?at=0`);
      await untilPosition(replay, 0);
      const slider = replay.page.getByRole('slider');
      await slider.focus();
      await replay.page.keyboard.press('ArrowRight');
      await untilPosition(replay, 1);
      await replay.page.getByLabel('Acts per second').selectOption('250');
      await replay.page.getByRole('button', { name: 'Play' }).click();
      await untilPosition(replay, acts);
      await replay.page.locator('.hw-chart-drawing svg').waitFor();
      const same = replay.page.locator('.hw-board');
      expectThat((await same.getAttribute('data-hash')) === hash, 'one history');
      const replayed = await textOf(replay);
      const differs = replayed.split('\n').filter((line, at) => line !== text.split('\n')[at]);
      expectThat(
        replayed === text,
        `the last board of the replay reads as the live one: ${differs.slice(0, 3).join('; ')}`,
      );
      expectThat(replay.complaints.length === 0, `no complaints: ${replay.complaints.join('; ')}`);
      await live.close();
      await replay.close();
    },
  ),

  journey(
    '[WB-23] the wall shows every direction and every figure, however long the names are',
    async (ground) => {
      const exchange = await ground.hostile();
      for (const language of ['uk', 'ru'] as const) {
        for (const viewport of [
          { width: 1920, height: 1080 },
          { width: 3840, height: 2160 },
        ]) {
          const reader = await ground.readerOf({ language, viewport });
          await reader.page.goto(`${ground.cluster.urls.A}/exchanges/${exchange}/board?wall=true`);
          await reader.page.locator('.hw-chart-drawing svg').waitFor();
          const lost = await reader.page.evaluate(() =>
            [...document.querySelectorAll('.hw-whole > li, .hw-whole dd, .hw-balance-crossed, .hw-bar')]
              // What a list leaves out it counts; what the wall never shows is not looked for.
              .filter((one) => one.closest('details, [hidden], .hw-no-wall') === null)
              .flatMap((one) => {
                const panel = one.closest('.hw-panel')?.getBoundingClientRect();
                const own = one.getBoundingClientRect();
                if (panel === undefined) return [];
                const out =
                  own.height === 0 ||
                  own.bottom > panel.bottom + 1 ||
                  own.left < panel.left - 1 ||
                  own.right > panel.right + 1;
                return out ? [`${one.className} ${one.textContent.slice(0, 40)}`] : [];
              }),
          );
          expectThat(
            lost.length === 0,
            `${language} ${String(viewport.width)} shows all: ${lost.join('; ')}`,
          );
          const directions = await reader.page.locator('.hw-leg-list > li').count();
          expectThat(directions === 2, `both directions are there: ${String(directions)}`);
          await reader.close();
        }
      }
    },
  ),

  journey(
    '[WB-23] [WB-27] the wall view fills 1920 × 1080 without scrolling, in every language',
    async (ground) => {
      for (const language of languages) {
        for (const viewport of [
          { width: 1920, height: 1080 },
          { width: 3840, height: 2160 },
        ]) {
          const reader = await ground.readerOf({ language, viewport });
          await reader.page.goto(`${ground.cluster.urls.H}/exchanges/${ground.running}/board?wall=true`);
          await reader.page.locator('.hw-board').waitFor();
          await reader.page.locator('.hw-chart-drawing svg').waitFor();
          await reader.page.locator('.hw-awaited').waitFor();
          const utc = await reader.page.locator('.hw-head .hw-only-wall').innerText();
          expectThat(utc.includes('UTC'), `${language} says on the wall that times are UTC`);
          const cut = await cutPanels(reader);
          expectThat(
            cut.length === 0,
            `${language} ${String(viewport.width)} cuts nothing: ${cut.join('; ')}`,
          );
          const directions = await reader.page.locator('.hw-leg-list > [hidden]').count();
          expectThat(
            directions === 0,
            `${language} ${String(viewport.width)} leaves out ${String(directions)} directions for which there is room`,
          );
          const left = await reader.page.locator('.hw-fitting > [hidden]').count();
          const told = await reader.page.locator('.hw-more:visible').allInnerTexts();
          const sum = told.reduce((all, text) => all + Number(text.replaceAll(/\D/gu, '')), 0);
          expectThat(left === 0 || sum >= left, `${language} says how many are left out: ${told.join('; ')}`);
          const over = await reader.page.evaluate(() => {
            const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
            return { down: scrollHeight - clientHeight, across: scrollWidth - clientWidth };
          });
          expectThat(
            over.down <= 0 && over.across <= 0,
            `${language} does not scroll: ${JSON.stringify(over)}`,
          );
          await reader.close();
        }
      }
    },
  ),

  journey('[WB-23] the wall view on a telephone and an upright screen reads on downwards', async (ground) => {
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 1080, height: 1920 },
    ]) {
      const reader = await ground.readerOf({ viewport });
      await reader.page.goto(`${ground.cluster.urls.H}/exchanges/${ground.running}/board?wall=true`);
      await reader.page.locator('.hw-chart-drawing svg').waitFor();
      const seen = await reader.page.evaluate(() => ({
        type: Number.parseFloat(getComputedStyle(document.body).fontSize),
        across: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        end: document.querySelector('.hw-last')!.getBoundingClientRect().bottom + scrollY,
        height: document.documentElement.scrollHeight,
      }));
      expectThat(seen.type >= 14, `type is readable: ${String(seen.type)} px`);
      expectThat(seen.across <= 0, 'nothing is too wide');
      expectThat(seen.end <= seen.height, 'the last panel can be reached');
      expectThat((await cutPanels(reader)).length === 0, 'nothing is cut');
      expectThat((await reader.page.locator('.hw-fitting > [hidden]').count()) === 0, 'and nothing left out');
      await reader.close();
    }
  }),

  journey('[WB-26] each node says which side it is of, and what is awaited of that side', async (ground) => {
    const { urls } = ground.cluster;
    // After this act a step may be released in each direction, and the tranche before is not certified yet.
    const at = 269;
    const sides = {
      H: { called: 'The mediator', own: [], others: ['release', 'release', 'certificate'] },
      A: { called: 'Power A', own: ['release'], others: ['release', 'certificate'] },
      B: { called: 'Power B', own: ['release'], others: ['release', 'certificate'] },
      N1: { called: 'Neutral observer', own: ['certificate'], others: ['release', 'release'] },
    } as const;
    const kindsIn = async (list: Locator) =>
      list.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-awaited')));
    for (const [seat, side] of Object.entries(sides)) {
      const reader = await ground.readerOf();
      const url = `${urls[seat as keyof typeof sides]}/exchanges/${ground.running}`;
      await reader.page.goto(`${url}/replay?at=${String(at)}`);
      await untilPosition(reader, at);
      const panel = reader.page.locator(`.hw-awaited[data-own="${seat}"]`);
      await panel.waitFor();
      const heading = (await panel.locator('> h3').innerText()).replaceAll(/[\u2068\u2069]/gu, '');
      expectThat(heading === `Waiting for us (${side.called})`, `${seat} is named: ${heading}`);
      const own = await kindsIn(panel.locator('> ul [data-awaited]'));
      const others = await kindsIn(panel.locator('details [data-awaited]'));
      expectThat(own.join() === side.own.join(), `${seat} is told its own: ${own.join()}`);
      expectThat(others.join() === side.others.join(), `${seat} is told the others': ${others.join()}`);
      await reader.close();
    }
  }),

  journey('[WB-23] [WB-26] the wall counts what is awaited of the others', async (ground) => {
    const reader = await ground.readerOf({ viewport: { width: 1920, height: 1080 } });
    const panel = reader.page.locator('.hw-awaited');
    let both = 0;
    for (const seat of ['H', 'A', 'B', 'N1'] as const) {
      const url = `${ground.cluster.urls[seat]}/exchanges/${ground.running}/board`;
      await reader.page.goto(url);
      await panel.waitFor();
      const own = await panel.locator('> ul [data-awaited]').count();
      const others = await panel.locator('details [data-awaited]').count();
      await reader.page.goto(`${url}?wall=true`);
      await reader.page.locator(':root[data-wall] .hw-awaited').waitFor();
      const told = await panel.getByText('Waiting for others:').filter({ visible: true }).allInnerTexts();
      const wanted = others === 0 ? [] : [`Waiting for others: ${String(others)}`];
      expectThat(
        told.join() === wanted.join(),
        `the wall of ${seat} counts ${String(others)}: ${told.join()}`,
      );
      if (own > 0 && others > 0) both += 1;
    }
    expectThat(both > 0, 'there is a side of which something is awaited, and of others too');
    await reader.close();
  }),
];
