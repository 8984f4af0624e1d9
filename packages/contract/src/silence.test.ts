import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createNodeClient } from './client.ts';
import { fetchUntilSilent } from './silence.ts';
import type { StreamEvent } from './stream.ts';

const hello = `event: hello\ndata: ${JSON.stringify({ origin: 'o', role: 'host', from: 0, size: 0 })}\n\n`;
const open = new Set<Server>();

/** A node that answers every request as told, on this machine's loopback. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  open.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

afterEach(() => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
  open.clear();
});

const clientOf = (url: string, ms: number, onHeard = () => undefined as void) =>
  createNodeClient(url, fetchUntilSilent(globalThis.fetch, { ms, onHeard }));

async function readAll(events: AsyncIterable<StreamEvent>): Promise<readonly StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('a connection watched for silence', () => {
  test('[WB-21] ends when a stream that was open says nothing more', async () => {
    const url = await serve((response) => response.write(hello));
    expect(await readAll(clientOf(url, 200).stream(0))).toMatchObject([{ event: 'hello' }]);
  });

  test('[WB-21] ends when there is no answer at all', async () => {
    const url = await serve(() => undefined);
    expect(await readAll(clientOf(url, 200).stream(0))).toEqual([]);
    expect(await clientOf(url, 200).getStatus()).toMatchObject({
      ok: false,
      problem: { kind: 'unreachable' },
    });
  });

  test('[WB-21] lasts as long as lines come that say only that the node is there', async () => {
    let lines = 0;
    const url = await serve((response) => {
      response.write(hello);
      const timer = setInterval(() => {
        lines += 1;
        if (lines === 6) {
          clearInterval(timer);
          response.end();
        } else response.write(': still here\n\n');
      }, 400);
    });
    let heard = 0;
    const events = await readAll(clientOf(url, 1500, () => void (heard += 1)).stream(0));
    expect(events).toHaveLength(1);
    // More time than one silence may take has passed, and the node itself ended the stream.
    expect(lines).toBe(6);
    expect(heard).toBeGreaterThanOrEqual(6);
  });

  test('[WB-21] does not count the time that its reader takes', async () => {
    const url = await serve((response) => response.end(hello + hello));
    const seen: StreamEvent[] = [];
    for await (const event of clientOf(url, 100).stream(0)) {
      seen.push(event);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(seen).toHaveLength(2);
  });
});
