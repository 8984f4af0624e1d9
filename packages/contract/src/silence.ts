/**
 * A connection that went silent looks like one on which nothing happens: no error ends it when a cable is pulled or a
 * machine on the way falls asleep. A node sends a line on its stream when nothing else does, so whoever reads can tell.
 */
import type { FetchLike } from './client.ts';

export interface Silence {
  /** Milliseconds without a byte after which a request, its answer or its stream is given up. */
  readonly ms: number;
  /** Called when an answer begins and with each further piece of it. */
  readonly onHeard?: () => void;
}

/**
 * The same `fetch`, ended once the other side says nothing for `ms`: before the answer it rejects, later the body fails.
 *
 * Contract  Only time spent waiting for the other side counts; a reader that takes its time ends nothing.
 */
export function fetchUntilSilent(fetch: FetchLike, { ms, onHeard }: Silence): FetchLike {
  return async (url, init) => {
    const ending = new AbortController();
    const patiently = async <T>(wait: () => Promise<T>): Promise<T> => {
      const timer = setTimeout(() => ending.abort(new Error(`nothing heard for ${String(ms)} ms`)), ms);
      try {
        return await wait();
      } finally {
        clearTimeout(timer);
      }
    };
    const given = init?.signal;
    const signal =
      given === undefined || given === null ? ending.signal : AbortSignal.any([given, ending.signal]);
    const response = await patiently(() => fetch(url, { ...init, signal }));
    onHeard?.();
    if (response.body === null) return response;
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          const { done, value } = await patiently(() => reader.read());
          if (done) {
            controller.close();
            return;
          }
          onHeard?.();
          controller.enqueue(value);
        },
        cancel: async (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(body, response);
  };
}
