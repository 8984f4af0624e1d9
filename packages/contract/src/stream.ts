/**
 * The stream of a log: server-sent events (WHATWG HTML, section 9.2), in log order, without a gap.
 *
 * `hello` once, then `act` for each entry from the index asked for, and `checkpoint` whenever the node verified a
 * new one. An `act` event has its index as id, so a client that reconnects with `Last-Event-ID` misses nothing
 * and sees nothing twice. A comment line goes out when nothing else did, so that a dead connection is noticed.
 */
import * as z from 'zod';
import { LogIndex } from './encoding.ts';

export const StreamHello = z
  .strictObject({ origin: z.string(), role: z.string(), from: LogIndex, size: LogIndex })
  .meta({ id: 'StreamHello' });
export type StreamHello = z.infer<typeof StreamHello>;

export const StreamAct = z
  .strictObject({ index: LogIndex, envelope: z.string().describe('The envelope’s bytes, base64.') })
  .meta({ id: 'StreamAct' });
export type StreamAct = z.infer<typeof StreamAct>;

export type StreamEvent =
  | ({ readonly event: 'hello' } & StreamHello)
  | ({ readonly event: 'act' } & StreamAct)
  | { readonly event: 'checkpoint'; readonly note: string };

/** Bytes one event may have before a reader gives up: an entry in base64 with room for its frame. */
const frameCharsMax = 262_144;

/**
 * Reads events from the chunks of one connection. Unknown events and comments are passed over; a frame that is
 * larger than any event of this stream, or data that is not what its event promises, ends the reading.
 */
export async function* readStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let buffer = '';
  for await (const chunk of chunks) {
    buffer += decoder.decode(chunk, { stream: true });
    let end: number;
    while ((end = buffer.indexOf('\n\n')) !== -1) {
      const event = parseFrame(buffer.slice(0, end));
      buffer = buffer.slice(end + 2);
      if (event === 'broken') return;
      if (event !== undefined) yield event;
    }
    if (buffer.length > frameCharsMax) return;
  }
}

function parseFrame(frame: string): StreamEvent | 'broken' | undefined {
  let event = 'message';
  const lines: string[] = [];
  for (const line of frame.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) lines.push(line.startsWith('data: ') ? line.slice(6) : line.slice(5));
  }
  if (lines.length === 0) return undefined;
  const text = lines.join('\n');
  if (event === 'checkpoint') return { event, note: text };
  if (event !== 'hello' && event !== 'act') return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'broken';
  }
  if (event === 'hello') {
    const hello = StreamHello.safeParse(json);
    return hello.success ? { event, ...hello.data } : 'broken';
  }
  const act = StreamAct.safeParse(json);
  return act.success ? { event, ...act.data } : 'broken';
}
