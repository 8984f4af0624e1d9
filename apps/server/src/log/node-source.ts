/**
 * Another node's published log, read over HTTP.
 *
 * Why     The unfinished bundle is asked for again with every checkpoint. What the reader holds of it, verified, is a
 *         beginning of it, so only the rest is asked for (RFC 9110, section 14); a server that knows no ranges sends
 *         the whole. Nothing is believed by it: the entries must still lead to the root that was signed.
 */
import { readAtMost } from '@homeward/contract';
import { toHttpSource, type HttpPorts } from '@homeward/ledger';
import { checkpointPath, parseTilePath, type TileSource } from '@homeward/tlog';

/** What this reader holds of a bundle of `width` entries, as the beginning of its file; nothing where that is nothing. */
export type FindHeld = (index: number, width: number) => Promise<Uint8Array | undefined>;

interface PartialReply extends Pick<Response, 'ok' | 'status' | 'body'> {
  readonly response: Response;
  /** What stands before the reply's body in the file. */
  readonly before: Uint8Array;
}

const nothing = new Uint8Array(0);

/**
 * Reads `<baseUrl>/log/…`, waits for each file so long at most, and follows no redirect. In place of the checkpoint shown
 * to everybody it reads the newest one, which this member is to cosign, where the node has such a page.
 */
export function toNodeSource(baseUrl: string, timeoutMs: number, findHeld?: FindHeld): TileSource {
  const base = baseUrl.replace(/\/+$/u, '');
  const prefix = `${base}/log`;

  async function heldOf(url: string): Promise<Uint8Array> {
    const address = parseTilePath(url.slice(prefix.length + 1));
    if (findHeld === undefined || !address.ok || address.value.level !== 'entries') return nothing;
    return (await findHeld(address.value.index, address.value.width)) ?? nothing;
  }

  const ports: HttpPorts<PartialReply> = {
    fetch: async (url) => {
      const held = await heldOf(url);
      const response = await fetch(url, {
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
        ...(held.length === 0 ? {} : { headers: { range: `bytes=${String(held.length)}-` } }),
      });
      const isPart = response.status === 206;
      const range = response.headers.get('content-range') ?? '';
      return {
        ok: response.ok && (!isPart || range.startsWith(`bytes ${String(held.length)}-`)),
        status: response.status,
        body: response.body,
        response,
        before: isPart ? held : nothing,
      };
    },
    readAtMost: async ({ response, before }, bytesMax) => {
      const rest = await readAtMost(response, bytesMax - before.length);
      return rest === undefined || before.length === 0 ? rest : new Uint8Array(Buffer.concat([before, rest]));
    },
  };
  const files = toHttpSource(prefix, ports);
  const newest = toHttpSource(`${base}/v1`, ports);
  return {
    read: async (path) =>
      path === checkpointPath
        ? ((await newest.read(checkpointPath)) ?? (await files.read(path)))
        : files.read(path),
  };
}
