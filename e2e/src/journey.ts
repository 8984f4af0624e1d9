/** A journey: one story of one reader in a real browser, and what it stands on. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { Language } from '@homeward/web/languages';
import type { Cluster } from './cluster.ts';

/** What every journey is given. */
export interface Ground {
  readonly browser: Browser;
  readonly cluster: Cluster;
  /** An exchange that is complete. */
  readonly finished: string;
  /** One under way; `advance` hands in its next acts, in order, and answers how many acts it now has. */
  readonly running: string;
  /** One whose title, parties, crossings and vehicles have hostile labels; it is played when first asked for. */
  readonly hostile: () => Promise<string>;
  readonly advance: (acts: number) => Promise<number>;
  readonly readerOf: (options?: ReaderOptions) => Promise<Reader>;
}

export interface ReaderOptions extends BrowserContextOptions {
  readonly language?: Language;
}

/** A browser window of somebody, and everything it complained of. */
export interface Reader {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Script errors, policy breaches and console errors, as they came. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface Journey {
  readonly title: string;
  readonly run: (ground: Ground) => Promise<void>;
}

export function journey(title: string, run: (ground: Ground) => Promise<void>): Journey {
  return { title, run };
}

/** What a failed check says. */
export class JourneyFailed extends Error {
  override readonly name = 'JourneyFailed';
}

export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new JourneyFailed(what);
}

export async function openReader(browser: Browser, options: ReaderOptions = {}): Promise<Reader> {
  const { language, ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
  await context.addInitScript((chosen) => {
    if (typeof chosen === 'string') localStorage.setItem('homeward-language', chosen);
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.effectiveDirective} ${event.sourceFile} ${event.sample}`);
    });
  }, language);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refused connection is the network's word about a node that is down, which journeys bring about.
    if (message.type() === 'error' && !/net::ERR_|Failed to load resource/u.test(message.text())) {
      complaints.push(message.text());
    }
  });
  return { context, page, complaints, close: async () => context.close() };
}
