/** Every page in every state worth looking at, and how to bring it about. */
import type { Route } from '@playwright/test';
import type { Ground, Reader } from '../journey.ts';

export interface Screen {
  readonly name: string;
  /** The address below the node's own. */
  readonly path: (ground: Ground) => string;
  /** Brings the state about before the page is opened. */
  readonly before?: (reader: Reader, ground: Ground) => Promise<unknown>;
  /** Waits for the state, or brings it about on the open page. */
  readonly then: (reader: Reader, ground: Ground) => Promise<void>;
  /** The widths to look at; all of them where absent. */
  readonly only?: readonly number[];
  /** Shows the window alone and not the whole page. */
  readonly window?: boolean;
}

const shows = (selector: string) => async (reader: Reader) => reader.page.locator(selector).first().waitFor();

async function drawn(reader: Reader): Promise<void> {
  await reader.page.locator('.hw-board').waitFor();
  await reader.page.locator('.hw-chart-drawing svg').waitFor();
}

const silence = () => new Promise<void>(() => undefined);
const cutOff = async (route: Route) => route.abort('internetdisconnected');

/** Answers the status of the node with the true one, changed. */
async function retell(reader: Reader, change: (status: Record<string, unknown>) => void): Promise<void> {
  await reader.page.route('**/v1/status', async (route) => {
    const answer = await route.fetch();
    const status = (await answer.json()) as Record<string, unknown>;
    change(status);
    await route.fulfill({ response: answer, json: status });
  });
}

async function verifyAll(reader: Reader): Promise<void> {
  await reader.page.locator('main section button').first().click();
  await reader.page.locator('[data-verified]').waitFor();
}

async function proveAct(reader: Reader): Promise<void> {
  await reader.page.locator('.hw-bytes').waitFor();
  await reader.page.locator('[data-proof] button').first().click();
  await reader.page.locator('[data-proof="proven"]').waitFor();
}

export const screens: readonly Screen[] = [
  { name: 'start', path: () => '/', then: shows('.hw-exchange') },
  {
    name: 'start-empty',
    path: () => '/',
    before: async (reader) => retell(reader, (status) => (status['exchanges'] = [])),
    then: shows('.hw-nodes'),
  },
  {
    name: 'start-alarm',
    path: () => '/',
    before: async (reader) =>
      retell(reader, (status) => {
        status['alarms'] = [
          { kind: 'fork', since: '2025-06-02T04:12:09.000Z', detail: 'Two roots for 812 acts.' },
          { kind: 'frozen', since: '2025-06-02T04:20:00.000Z', detail: 'No checkpoint for 90 s.' },
        ];
      }),
    then: shows('.hw-note-fault'),
  },
  {
    name: 'start-loading',
    path: () => '/',
    before: async (reader) => reader.page.route('**/v1/status', silence),
    then: shows('h1'),
  },
  {
    name: 'start-offline',
    path: () => '/',
    before: async (reader) => reader.page.route('**/v1/status', cutOff),
    then: shows('.hw-note'),
  },
  { name: 'board', path: ({ running }) => `/exchanges/${running}/board`, then: drawn },
  { name: 'board-done', path: ({ finished }) => `/exchanges/${finished}/board`, then: drawn },
  {
    name: 'board-early',
    path: ({ running }) => `/exchanges/${running}/replay?at=2`,
    then: shows('.hw-board'),
  },
  {
    name: 'board-lists',
    path: ({ running }) => `/exchanges/${running}/replay?at=36`,
    then: shows('.hw-board'),
  },
  {
    name: 'board-cut',
    path: ({ running }) => `/exchanges/${running}/board`,
    before: async (reader) => reader.page.route('**/v1/stream*', cutOff),
    then: async (reader) => {
      await reader.page.locator('.hw-note-unsure').first().waitFor();
    },
  },
  {
    name: 'board-loading',
    path: ({ running }) => `/exchanges/${running}/board`,
    before: async (reader) => reader.page.route('**/v1/stream*', silence),
    then: shows('main p'),
  },
  { name: 'board-unknown', path: () => '/exchanges/AAAAAAAAAAAAAAAAAAAAAA/board', then: shows('.hw-note') },
  {
    name: 'wall',
    path: ({ running }) => `/exchanges/${running}/board?wall=true`,
    then: drawn,
    only: [1920, 3840],
    window: true,
  },
  {
    name: 'wall-narrow',
    path: ({ running }) => `/exchanges/${running}/board?wall=true`,
    then: drawn,
    only: [360, 1080],
  },
  { name: 'record', path: () => '/record', then: shows('a.hw-line time'), window: true },
  {
    name: 'record-none',
    path: () => '/record?q=zzzzzz',
    then: shows('[data-found="0"]'),
  },
  { name: 'act', path: () => '/record/30', then: shows('.hw-bytes') },
  { name: 'act-proven', path: () => '/record/70', then: proveAct },
  { name: 'act-none', path: () => '/record/999999', then: shows('.hw-note') },
  { name: 'verify', path: () => '/verify', then: shows('.hw-drop') },
  { name: 'verify-done', path: () => '/verify', then: verifyAll },
  {
    name: 'verify-bad',
    path: () => '/verify',
    before: async (reader) =>
      reader.page.route('**/log/tile/0/000*', async (route) => route.fulfill({ status: 404, body: '' })),
    then: verifyAll,
  },
  {
    name: 'verify-file',
    path: () => '/record/70',
    then: async (reader, { cluster }) => {
      await proveAct(reader);
      const download = reader.page.waitForEvent('download');
      await reader.page.locator('[data-proof] button').nth(1).click();
      const file = await (await download).path();
      await reader.page.goto(`${cluster.urls.H}/verify`);
      await reader.page.locator('input[type=file]').setInputFiles(file);
      await reader.page.locator('[data-file="proven"]').waitFor();
    },
  },
  { name: 'replay', path: ({ finished }) => `/exchanges/${finished}/replay?at=140`, then: drawn },
  { name: 'gallery', path: () => '/gallery', then: trained },
  { name: 'nowhere', path: () => '/nowhere', then: shows('h1') },
];

async function trained(reader: Reader): Promise<void> {
  await reader.page.locator('.hw-gallery-board').first().waitFor();
  await reader.page.locator('.hw-chart-drawing svg').first().waitFor();
}
