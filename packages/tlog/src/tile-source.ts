/**
 * Reads a published log, wherever it lies: a folder, a web server, a database, a map in memory.
 *
 * Law     What a source returns is material to judge: everything read here is checked for shape, and by its
 *         callers against a root that somebody signed.
 */
import { parseBundle } from './bundle.ts';
import { type Hash, hashLength } from './hashing.ts';
import { accept, refuse, type Result } from './problem.ts';
import { tilePath, tileWidth } from './tile-path.ts';

/**
 * The one door between this package and the outside.
 *
 * Contract  Paths are those of `tilePath`, plus `checkpoint`: relative, with `/`. `read` answers with the file's
 *           bytes (a web source has undone any gzip encoding), with nothing when there is no such file, and
 *           rejects when it cannot tell; that rejection reaches the caller unchanged. `list`, where a source can
 *           do it, names every file below the prefix; a whole-log verification then leaves none unread.
 */
export interface TileSource {
  read(path: string): Promise<Uint8Array | undefined>;
  list?(): Iterable<string> | AsyncIterable<string>;
}

/** A tree somebody has signed: how many entries, and their root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** The hashes a tile holds, as views into its bytes. */
export function splitTile(bytes: Uint8Array): readonly Hash[] {
  return Array.from({ length: Math.floor(bytes.length / hashLength) }, (_, at) =>
    bytes.subarray(at * hashLength, (at + 1) * hashLength),
  );
}

/** How wide tile `index` is at a level of `count` hashes. */
export function widthAt(index: number, count: number): number {
  return Math.min(tileWidth, count - index * tileWidth);
}

/**
 * The first `width` hashes of a tile, one after the other as in its file.
 *
 * Why     A partial tile may be gone once its full tile exists, so the full one answers for it.
 */
export async function readTile(
  source: TileSource,
  level: number,
  index: number,
  width: number,
): Promise<Result<Uint8Array>> {
  for (const served of width === tileWidth ? [tileWidth] : [width, tileWidth]) {
    const path = tilePath({ level, index, width: served });
    const bytes = await source.read(path);
    if (bytes === undefined) continue;
    if (bytes.length !== served * hashLength) {
      return refuse('TileMalformed', `${path} has ${bytes.length} bytes instead of ${served * hashLength}.`);
    }
    return accept(bytes.subarray(0, width * hashLength));
  }
  return refuse('FileMissing', `${tilePath({ level, index, width })} is missing.`);
}

/** The first `width` entries of a bundle; the full bundle answers for a partial one that is gone. */
export async function readBundle(
  source: TileSource,
  index: number,
  width: number,
): Promise<Result<readonly Uint8Array[]>> {
  for (const served of width === tileWidth ? [tileWidth] : [width, tileWidth]) {
    const path = tilePath({ level: 'entries', index, width: served });
    const bytes = await source.read(path);
    if (bytes === undefined) continue;
    const entries = parseBundle(bytes, served);
    return entries.ok
      ? accept(entries.value.slice(0, width))
      : refuse('BundleMalformed', `${path}: ${entries.problem.text}`);
  }
  return refuse('FileMissing', `${tilePath({ level: 'entries', index, width })} is missing.`);
}

/**
 * The entries from `from` up to but not including `to` of a log of `size` entries, in order.
 *
 * Contract  Nothing here says that they are the log's: append them to a tip you trust (`planAppend`) and compare
 *           its root with the signed one, or prove each.
 * Cost      Reads each bundle that overlaps the range once.
 */
export async function readEntries(
  source: TileSource,
  { from, to, size }: { readonly from: number; readonly to: number; readonly size: number },
): Promise<Result<readonly Uint8Array[]>> {
  if (from > to || to > size)
    return refuse('IndexOutsideTree', `There are no entries ${from} to ${to} of ${size}.`);
  const entries: Uint8Array[] = [];
  for (let at = from; at < to;) {
    const index = Math.floor(at / tileWidth);
    const bundle = await readBundle(source, index, widthAt(index, size));
    if (!bundle.ok) return bundle;
    const first = index * tileWidth;
    entries.push(...bundle.value.slice(at - first, to - first));
    at = first + tileWidth;
  }
  return accept(entries);
}
