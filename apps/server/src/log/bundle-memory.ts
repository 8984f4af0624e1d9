/**
 * The newest entry bundle of a node's own log, kept as it is served.
 *
 * Why     A log that grows serves its unfinished bundle once to every reader for every checkpoint. Read from the
 *         database each time, that is up to 16 MB to format for a few new entries.
 * Law     An entry never changes, so the bytes of a bundle are a beginning of the same bundle with more entries.
 * Cost    Reads each new entry once. Memory: one bundle, at most 16,777,472 bytes.
 */
import type { LogRepository } from '@homeward/store';
import { formatBundle, parseTilePath, tileWidth } from '@homeward/tlog';

export interface BundleMemory {
  /** The file of a tile or bundle, as `LogRepository.findTile` answers; a view that must not be written to. */
  readonly findTile: (path: string) => Promise<Uint8Array | undefined>;
  /** The first `width` entries of a bundle as their file; nothing where the log is shorter. */
  readonly findBundle: (index: number, width: number) => Promise<Uint8Array | undefined>;
}

export function createBundleMemory(log: Pick<LogRepository, 'entries' | 'findTile'>): BundleMemory {
  let held = { index: -1, bytes: new Uint8Array(0), ends: [0] };
  let reading: Promise<unknown> = Promise.resolve();

  const take = (width: number): Uint8Array => held.bytes.subarray(0, held.ends[width]);
  const isHeld = (index: number, width: number): boolean => held.index === index && width < held.ends.length;

  /** Reads what is missing of a bundle; one reading at a time, so that nothing is read twice. */
  async function extend(index: number, width: number): Promise<Uint8Array | undefined> {
    if (isHeld(index, width)) return take(width);
    const base = held.index === index ? held : { index, bytes: new Uint8Array(0), ends: [0] };
    const first = index * tileWidth;
    const wanted = width - (base.ends.length - 1);
    const added = await log.entries(first + width - wanted, first + width);
    if (added.length !== wanted) return undefined;
    const tail = formatBundle(added.map(({ bytes }) => bytes));
    const start = base.ends.at(-1) ?? 0;
    const bytes = new Uint8Array(start + tail.length);
    bytes.set(base.bytes.subarray(0, start));
    bytes.set(tail, start);
    const ends = [...base.ends];
    for (const entry of added) ends.push((ends.at(-1) ?? 0) + 2 + entry.bytes.length);
    const next = { index, bytes, ends };
    // An older bundle is asked for by who is far behind: it does not take the place of the newest.
    if (index >= held.index) held = next;
    return bytes;
  }

  async function findBundle(index: number, width: number): Promise<Uint8Array | undefined> {
    const mine = reading.then(async () => extend(index, width));
    reading = mine.catch(() => undefined);
    return mine;
  }

  return {
    findBundle,
    findTile: async (path) => {
      const address = parseTilePath(path);
      if (!address.ok) return undefined;
      const { level, index, width } = address.value;
      return level === 'entries' && index >= held.index ? findBundle(index, width) : log.findTile(path);
    },
  };
}
