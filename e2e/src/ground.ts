/** What journeys and screens stand on: four nodes with one exchange that is complete and one under way. */
import type { Browser } from '@playwright/test';
import { openerOf } from '@homeward/example-istanbul-2025';
import { startCluster, type Cluster } from './cluster.ts';
import { openReader, type Ground, type Reader } from './journey.ts';
import { handIn, sealExchange, type Called } from './play.ts';

const markup = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const reordered =
  'A\u202Egnissim\u202C\u2066B\u2069in\u200Bvi\u2060sible\uFEFF 👩\u200D⚕️ Z\u0351\u036B\u0343\u036A\u0302\u036B';
/** As bad as a label may be: as long as the rules allow, without a place to break the line. */
export const hostileLabels: Called = {
  title: `${markup}${reordered}`.padEnd(200, 'x'),
  crossing: `${reordered}${markup}`.padEnd(200, 'y'),
  party: `${markup}${reordered}`.padEnd(200, 'z'),
  vehicle: markup.slice(0, 50).padEnd(64, 'w'),
};

export interface Prepared {
  readonly ground: Ground;
  readonly cluster: Cluster;
  /** Acts in the log at the start. */
  readonly acts: number;
  /** Every window opened and not closed since the last call; it is then empty. */
  readonly takeReaders: () => readonly Reader[];
}

export async function prepareGround(browser: Browser, web: string): Promise<Prepared> {
  const cluster = await startCluster({ web, openers: [3, 4, 5].map(openerOf) });
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
  const readers = new Set<Reader>();
  let hostile: Promise<string> | undefined;
  const playHostile = async () => {
    const sealed = sealExchange({
      people: 12,
      seed: 5,
      round: 3,
      witnesses: cluster.witnesses,
      called: hostileLabels,
    });
    await handIn(cluster.urls.H, sealed.envelopes.slice(0, Math.floor(sealed.envelopes.length * 0.75)));
    return sealed.id;
  };
  const ground: Ground = {
    browser,
    cluster,
    finished: finished.id,
    running: running.id,
    hostile: async () => (hostile ??= playHostile()),
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
  return {
    ground,
    cluster,
    acts: finished.envelopes.length + at,
    takeReaders: () => {
      const open = [...readers];
      readers.clear();
      return open;
    },
  };
}
