/**
 * Where the files of a log stand, and how wide each tile is.
 *
 *     checkpoint                      the newest signed checkpoint
 *     tile/<L>/<N>[.p/<W>]            hashes: level L, tile N, partial with W of 256 hashes
 *     tile/entries/<N>[.p/<W>]        entries: bundle N, partial with W of 256 entries
 *
 * Law     Hash n of level l covers the 256^l leaves from n * 256^l. Only a full tile is hashed into the level
 *         above, so a tile once full never changes [LG-13].
 * Source  C2SP tlog-tiles.
 */
import { accept, refuse, type Result } from './problem.ts';
import { parseDecimal } from './text.ts';

/** The hashes or entries of a full tile. */
export const tileWidth = 256;

/** Where the newest checkpoint stands. */
export const checkpointPath = 'checkpoint';

/** One tile or bundle: `width` is 1 to 256, below 256 for a partial one; `level` is 0 to 63 or 'entries'. */
export interface TileAddress {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** The tile number in groups of three digits, all but the last behind an `x`: 1234067 is `x001/x234/067` [LG-12]. */
function toIndexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!;
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** The path of a tile or bundle below the log's prefix. Throws on an address that cannot exist. */
export function tilePath({ level, index, width }: TileAddress): string {
  const isLevel = level === 'entries' || (Number.isInteger(level) && level >= 0 && level < 64);
  const isWidth = Number.isInteger(width) && width >= 1 && width <= tileWidth;
  if (!isLevel || !isWidth || !Number.isSafeInteger(index) || index < 0) {
    throw new RangeError(`no tile at level ${level}, index ${index}, width ${width}`);
  }
  const whole = `tile/${level}/${toIndexPath(index)}`;
  return width === tileWidth ? whole : `${whole}.p/${width}`;
}

/** The address a path names. Law: accepts exactly the paths that `tilePath` makes. */
export function parseTilePath(path: string): Result<TileAddress> {
  const malformed = refuse('PathMalformed', 'This is no path of a tile or an entry bundle.');
  const match =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (match === null) return malformed;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = parseDecimal(match[2]!.replace(/[x/]/g, '').replace(/^0+(?=[0-9])/, ''));
  const width = match[3] === undefined ? tileWidth : Number(match[3]);
  if (!index.ok || (level !== 'entries' && level > 63)) return malformed;
  if (match[3] !== undefined && width >= tileWidth) return malformed;
  const address: TileAddress = { level, index: index.value, width };
  return tilePath(address) === path ? accept(address) : malformed;
}

/** How many hashes level `level` has in a tree of `size` leaves: one per full 256^level leaves. */
export function levelSize(level: number, size: number): number {
  let count = size;
  for (let at = 0; at < level; at += 1) count = Math.floor(count / tileWidth);
  return count;
}

/**
 * The tiles that hold a tree of `size` leaves at its right edge, one address per level that has hashes, the last
 * one of each level only; full where the level ends exactly with a full tile.
 *
 * Cost    One address per level: log256(size).
 */
export function edgeTiles(size: number): readonly TileAddress[] {
  const edges: TileAddress[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const width = count % tileWidth === 0 ? tileWidth : count % tileWidth;
    edges.push({ level, index: Math.ceil(count / tileWidth) - 1, width });
  }
  return edges;
}
