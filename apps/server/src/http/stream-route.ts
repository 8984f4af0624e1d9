/**
 * The log as server-sent events: every verified act in order, and each newer checkpoint.
 *
 * Law     Entries come from the log itself, never from a queue per reader: a slow reader costs nothing but its
 *         connection, and reads on where it was. At most `readersMax` are served at a time; when all are taken, whoever
 *         reads many makes room for who reads fewer, and resumes where it was.
 */
import { getStream } from '@homeward/contract/routes';
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { Node } from '../node/node.ts';
import { nodeProblem } from './problem-reply.ts';

const heartbeatMs = 15_000;
const entriesAtOnce = 64;
const readersMax = 256;
const encoder = new TextEncoder();

export function mountStream(app: Hono, node: Node, stopping: AbortSignal): void {
  /** How to end each open stream, by the address that reads it; the oldest first. */
  const readers = new Map<string, Set<() => void>>();
  let open = 0;

  /** Makes room by ending the oldest stream of an address with more of them than the asker has, if there is one. */
  function hasRoom(asker: string): boolean {
    if (open < readersMax) return true;
    let most = readers.get(asker);
    for (const streams of readers.values()) if (streams.size > (most?.size ?? 0)) most = streams;
    if (most === undefined || most.size <= (readers.get(asker)?.size ?? 0) + 1) return false;
    const [end] = most;
    end?.();
    return true;
  }

  app.get(getStream.path, (c) => {
    const resumed = c.req.header('last-event-id');
    const from = resumed === undefined ? c.req.query('from') : String(Number(resumed) + 1);
    const start = parseIndex(from ?? '0');
    if (start === undefined)
      return nodeProblem('request-malformed', 'The index to start from is a whole number.');
    const headers = {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    };
    // Nobody reads the body of an answer to HEAD, so nobody would ever end it.
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    const address = addressOf(c);
    if (!hasRoom(address)) return nodeProblem('overloaded', 'Too many streams are open on this node.');
    open += 1;
    const closing = new AbortController();
    const signal = AbortSignal.any([closing.signal, stopping]);
    let isOpen = true;
    const close = (): void => {
      if (!isOpen) return;
      isOpen = false;
      open -= 1;
      const own = readers.get(address);
      own?.delete(close);
      if (own?.size === 0) readers.delete(address);
      closing.abort();
    };
    const streams = readers.get(address) ?? new Set();
    readers.set(address, streams.add(close));
    const frames = readFrames(node, start, signal);
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const frame = await frames.next();
          if (frame.done === true) {
            close();
            controller.close();
          } else controller.enqueue(frame.value);
        },
        cancel: close,
      },
      { highWaterMark: 1 },
    );
    return c.body(body, 200, headers);
  });
}

/** Who reads: readers behind one proxy count as one. */
function addressOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  return incoming?.socket.remoteAddress ?? '';
}

/** Frames without end, until `signal` aborts. Each is made when the reader asks for it. */
async function* readFrames(node: Node, start: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { role, origin } = node;
  yield toFrame('hello', JSON.stringify({ origin, role, from: start, size: node.size() }));
  let next = start;
  let shown: string | undefined;
  while (!signal.aborted) {
    // Waiting starts before looking: a change in between is not missed.
    const settle = new AbortController();
    const change = node.feed.wait(heartbeatMs, AbortSignal.any([signal, settle.signal]));
    const entries = next < node.size() ? await node.entries(next, next + entriesAtOnce) : [];
    if (entries.length > 0) {
      settle.abort();
      for (const { index, bytes } of entries) {
        next = index + 1;
        const envelope = Buffer.from(bytes).toString('base64');
        yield toFrame('act', JSON.stringify({ index, envelope }), index);
      }
      continue;
    }
    const note = node.findCheckpoint();
    if (note !== undefined && note !== shown) {
      settle.abort();
      shown = note;
      yield toFrame('checkpoint', note);
      continue;
    }
    if (!(await change)) yield encoder.encode(': still here\n\n');
  }
}

function toFrame(event: string, text: string, id?: number): Uint8Array {
  const lines = text.split('\n').map((line) => `data: ${line}\n`);
  return encoder.encode(
    `event: ${event}\n${id === undefined ? '' : `id: ${String(id)}\n`}${lines.join('')}\n`,
  );
}

function parseIndex(text: string): number | undefined {
  const index = /^(?:0|[1-9][0-9]{0,15})$/u.test(text) ? Number(text) : undefined;
  return index !== undefined && Number.isSafeInteger(index) ? index : undefined;
}
