/**
 * Entry bundles: up to 256 entries, each behind its length in two bytes, big-endian [LG-15].
 *
 * Source  C2SP tlog-tiles, "Log entries".
 */
import { accept, refuse, type Result } from './problem.ts';
import { tileWidth } from './tile-path.ts';

/** The bytes an entry may have at most; what is larger stays outside the log and its entry carries the hash. */
export const entryLengthMax = 65_535;

/** The bytes of a bundle. Throws on an entry that does not fit: admission must have refused it [LG-16]. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > entryLengthMax) throw new RangeError(`an entry of ${entry.length} bytes does not fit`);
    bytes[at] = entry.length >> 8;
    bytes[at + 1] = entry.length & 0xff;
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/**
 * The entries of a bundle of `width` entries, as views into `bytes`.
 *
 * Law     Accepts exactly what `formatBundle` makes of `width` entries: nothing missing, nothing left over.
 */
export function parseBundle(bytes: Uint8Array, width: number): Result<readonly Uint8Array[]> {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length && entries.length < tileWidth) {
    if (at + 2 > bytes.length)
      return refuse('BundleMalformed', 'The bundle ends inside the length of an entry.');
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    if (at + 2 + length > bytes.length) return refuse('BundleMalformed', 'The bundle ends inside an entry.');
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (at < bytes.length || entries.length !== width) {
    return refuse('BundleMalformed', `The bundle does not hold exactly ${width} entries.`);
  }
  return accept(entries);
}
