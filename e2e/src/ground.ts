/** What journeys and screens stand on: four nodes with one exchange that is complete and one under way. */
import type { Browser } from '@playwright/test';
import { openerOf } from '@homeward/example-istanbul-2025';
import { startCluster, type Cluster } from './cluster.ts';
import { openReader, type Ground, type Reader } from './journey.ts';
import { handIn, sealExchange } from './play.ts';

export interface Prepared {
  readonly ground: Ground;
  readonly cluster: Cluster;
  /** Acts in the log at the start. */
  readonly acts: number;
  /** Every window opened and not closed since the last call; it is then empty. */
  readonly takeReaders: () => readonly Reader[];
}

export async function prepareGround(browser: Browser, web: string): Promise<Prepared> {
  const cluster = await startCluster({ web, openers: [3, 4].map(openerOf) });
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
