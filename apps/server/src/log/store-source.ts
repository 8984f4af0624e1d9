/** A node's own log and another node's published one, as the sources that proofs are made from. */
import { createHash } from 'node:crypto';
import { readAtMost } from '@homeward/contract';
import type { LogRepository } from '@homeward/store';
import type { Sha256, TileSource } from '@homeward/tlog';

/** SHA-256 of the runtime: about five times the portable one. */
export const nativeSha256: Sha256 = (message) => createHash('sha256').update(message).digest();

export function toStoreSource(log: LogRepository): TileSource {
  return { read: async (path) => log.findTile(path) };
}

/** Largest file of a log: a bundle of 256 full entries, and some room. */
const fileBytesMax = 16_777_472;

/** Another node did not answer, or not within what a log's file may be. */
export class Unreachable extends Error {}

/** Reads `<baseUrl>/log/…`. A missing file is nothing; a node that does not answer rejects with `Unreachable`. */
export function toHttpSource(baseUrl: string, timeoutMs: number): TileSource {
  const base = `${baseUrl.replace(/\/+$/u, '')}/log/`;
  return {
    async read(path) {
      try {
        const response = await fetch(base + path, {
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'error',
        });
        if (response.status === 404) {
          await response.body?.cancel();
          return undefined;
        }
        if (!response.ok) throw new Unreachable(`${path}: status ${String(response.status)}`);
        const bytes = await readAtMost(response, fileBytesMax);
        if (bytes === undefined) throw new Unreachable(`${path}: more than ${String(fileBytesMax)} bytes`);
        return bytes;
      } catch (error) {
        if (error instanceof Unreachable) throw error;
        throw new Unreachable(error instanceof Error ? reasonOf(error) : 'no answer');
      }
    },
  };
}

/** `fetch failed` says nothing; its cause does. */
export function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
