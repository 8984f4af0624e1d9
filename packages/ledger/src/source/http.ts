/**
 * A published log at an address: `<prefix>/checkpoint`, `<prefix>/tile/…`, `<prefix>/vkey`, `<prefix>/policy`.
 *
 * Contract  The caller brings `fetch`, with its patience, its cache and no redirects, and a way to read a body up to a
 *           limit: this package knows no runtime.
 */
import type { TileSource } from '@homeward/tlog';

/** Largest file of a log: a bundle of 256 full entries (16,777,472 bytes), and some room. */
export const fileBytesMax = 17_000_000;

/** What is read of a reply. A runtime's `Response` is one. */
export interface Reply {
  readonly ok: boolean;
  readonly status: number;
  readonly body: { cancel(): Promise<void> } | null;
}

export interface HttpPorts<R extends Reply> {
  /** Rejects where nobody answers. */
  readonly fetch: (url: string) => Promise<R>;
  /** The body of a reply; nothing when it is longer than `bytesMax`, and then no more of it is taken. */
  readonly readAtMost: (reply: R, bytesMax: number) => Promise<Uint8Array | undefined>;
}

/** Whoever publishes the log did not answer (`silent`), or not as a log's files are served (`answer`). */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly reason: 'silent' | 'answer';
  constructor(reason: 'silent' | 'answer', message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.reason = reason;
  }
}

/** A missing file (404) is nothing; everything else that is no file rejects with `Unreachable`. */
export function toHttpSource<R extends Reply>(
  prefix: string,
  { fetch, readAtMost }: HttpPorts<R>,
): TileSource {
  const base = prefix.replace(/\/+$/u, '');
  return {
    async read(path) {
      let bytes: Uint8Array | undefined;
      try {
        const reply = await fetch(`${base}/${path}`);
        if (reply.status === 404) {
          await reply.body?.cancel();
          return undefined;
        }
        if (!reply.ok) throw new Unreachable('answer', `${path}: status ${reply.status}`);
        bytes = await readAtMost(reply, fileBytesMax);
      } catch (error) {
        if (error instanceof Unreachable) throw error;
        throw new Unreachable('silent', toReason(error), error);
      }
      if (bytes === undefined) throw new Unreachable('answer', `${path}: more than ${fileBytesMax} bytes`);
      return bytes;
    },
  };
}

/** `fetch failed` says nothing; its cause does. */
export function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
