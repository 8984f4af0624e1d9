/** Another node's published log, read over HTTP. */
import { readAtMost } from '@homeward/contract';
import { toHttpSource } from '@homeward/ledger';
import type { TileSource } from '@homeward/tlog';

/** Reads `<baseUrl>/log/…`, waits for each file so long at most, and follows no redirect. */
export function toNodeSource(baseUrl: string, timeoutMs: number): TileSource {
  return toHttpSource<Response>(`${baseUrl.replace(/\/+$/u, '')}/log`, {
    fetch: async (url) => fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' }),
    readAtMost,
  });
}
