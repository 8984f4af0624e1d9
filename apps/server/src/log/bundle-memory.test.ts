/** The newest bundle in memory, and the rest of a bundle over HTTP, are what the log holds. */
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatBundle, tilePath, tileWidth } from '@homeward/tlog';
import type { Node } from '../node/node.ts';
import { mountLog } from '../http/log-routes.ts';
import { createBundleMemory } from './bundle-memory.ts';
import { toNodeSource } from './node-source.ts';

/** A log in memory that counts how many entries were read of it. */
function createLog(entries: readonly Uint8Array[]) {
  const log = {
    size: 0,
    read: 0,
    entries: async (from: number, to: number) => {
      const rows = entries
        .slice(from, Math.min(to, log.size))
        .map((bytes, at) => ({ index: from + at, bytes }));
      log.read += rows.length;
      return Promise.resolve(rows as never);
    },
    findTile: async () => Promise.reject(new Error('the bundle is in memory')),
  };
  return log;
}

const entry = fc.uint8Array({ minLength: 1, maxLength: 40 });
const wholeBundle = (entries: readonly Uint8Array[], index: number, width: number): Uint8Array =>
  formatBundle(entries.slice(index * tileWidth, index * tileWidth + width));

describe('the newest bundle', () => {
  test('[WR-1] at every width it is the bundle of the log, and each entry is read once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 300 }),
        fc.array(fc.nat({ max: 299 }), { minLength: 1, maxLength: 8 }),
        async (entries, marks) => {
          const log = createLog(entries);
          const memory = createBundleMemory(log);
          for (const mark of [...marks].sort((a, b) => a - b)) {
            log.size = Math.max(1, Math.min(entries.length, mark));
            const index = Math.floor((log.size - 1) / tileWidth);
            const width = log.size - index * tileWidth;
            for (const asked of [width, 1, Math.ceil(width / 2)]) {
              const path = tilePath({ level: 'entries', index, width: asked });
              expect(await memory.findTile(path)).toEqual(wholeBundle(entries, index, asked));
            }
            const more = tilePath({ level: 'entries', index, width: Math.min(tileWidth, width + 1) });
            if (width < tileWidth) expect(await memory.findTile(more)).toBeUndefined();
          }
          expect(log.read).toBeLessThanOrEqual(log.size);
        },
      ),
    );
  });

  test('[WR-1] readers at once read each entry once', async () => {
    const entries = Array.from({ length: 100 }, (_, at) => Uint8Array.of(at, 1));
    const log = createLog(entries);
    log.size = 100;
    const memory = createBundleMemory(log);
    const bundles = await Promise.all([100, 40, 100, 70].map(async (width) => memory.findBundle(0, width)));
    expect(bundles).toEqual([100, 40, 100, 70].map((width) => wholeBundle(entries, 0, width)));
    expect(log.read).toBe(100);
  });
});

describe('the rest of a bundle', () => {
  const entries = Array.from({ length: 30 }, (_, at) => new Uint8Array(at + 1).fill(at));
  const whole = formatBundle(entries);
  const asked: (string | undefined)[] = [];
  let server: ReturnType<typeof serve>;
  let url = '';
  let spoil: (response: Response) => Promise<Response> = async (response) => Promise.resolve(response);
  beforeAll(async () => {
    const log = createLog(entries);
    log.size = entries.length;
    const app = new Hono();
    app.use('*', async (c, next) => {
      asked.push(c.req.header('range'));
      await next();
      const spoilt = await spoil(c.res);
      if (spoilt === c.res) return;
      c.res = undefined;
      c.res = spoilt;
    });
    mountLog(app, { findTile: createBundleMemory(log).findTile } as unknown as Node);
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => server.close());
  const path = tilePath({ level: 'entries', index: 0, width: 30 });
  const read = async (held: Uint8Array | undefined) =>
    toNodeSource(url, 5_000, async () => Promise.resolve(held)).read(path);

  test('[WR-1] comes to whoever holds the beginning, and the whole to everybody else', async () => {
    for (const count of [0, 1, 17, 29]) {
      asked.length = 0;
      expect(await read(formatBundle(entries.slice(0, count)))).toEqual(whole);
      const start = formatBundle(entries.slice(0, count)).length;
      expect(asked).toEqual([start === 0 ? undefined : `bytes=${String(start)}-`]);
    }
    expect(await read(undefined)).toEqual(whole);
    expect(await read(whole)).toEqual(whole);
  });

  test('[WR-1] a range that no part can answer gets the whole', async () => {
    for (const range of ['bytes=-5', 'bytes=0-3', 'bytes=1-2,4-5', 'bytes=99999-', 'bytes=x-', 'lines=1-']) {
      const reply = await fetch(`${url}/log/${path}`, { headers: { range } });
      expect([reply.status, new Uint8Array(await reply.arrayBuffer())], range).toEqual([200, whole]);
    }
  });

  test('[WR-1] a server that answers with another part than was asked for is not believed', async () => {
    spoil = async (response) =>
      Promise.resolve(
        new Response(response.body, { status: 206, headers: { 'content-range': 'bytes 3-9/10' } }),
      );
    try {
      await expect(read(formatBundle(entries.slice(0, 4)))).rejects.toThrow('206');
    } finally {
      spoil = async (response) => Promise.resolve(response);
    }
  });
});
