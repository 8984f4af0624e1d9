/** A node's own log, as the source that proofs are made from. */
import type { LogRepository } from '@homeward/store';
import type { TileSource } from '@homeward/tlog';

export function toStoreSource(log: LogRepository): TileSource {
  return { read: async (path) => log.findTile(path) };
}
