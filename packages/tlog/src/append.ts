/**
 * The writer: given where the log ends and what comes next, says which files to write.
 *
 * Law     The files are exactly those that C2SP tlog-tiles asks for at the new size and that were not there at
 *         the old one: full tiles and bundles, and the partial ones of the new right edge [LG-17].
 *         Write them in the order given, durably, and only then sign and publish the checkpoint.
 * Cost    One leaf hash and one node hash per new entry, log2(size) to find the root, and the copying of at most
 *         255 hashes a level and one partial bundle: independent of how long the log is [LG-18].
 */
import { entryLengthMax, formatBundle } from './bundle.ts';
import { appendLeaf, emptyFrontier, frontierRoot } from './frontier.ts';
import { emptyEdge, GrowingTree, type TreeEdge } from './growth.ts';
import { type Hash, leafHash, pureSha256, type Sha256 } from './hashing.ts';
import { accept, refuse, type Result } from './problem.ts';
import { concatBytes, copyBytes, isEqualBytes } from './text.ts';
import { edgeTiles, levelSize, tilePath, tileWidth } from './tile-path.ts';
import { readBundle, readTile, splitTile, type TileSource, type TreeHead } from './tile-source.ts';

/** Where a log ends: all that is needed to go on writing it. A value; it is never changed in place. */
export interface LogTip {
  readonly size: number;
  readonly edge: TreeEdge;
  /** The entries of the last bundle while it is not full. */
  readonly entries: readonly Uint8Array[];
}

/** A file of the published log: its path below the prefix, and its bytes. */
export interface LogFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What one append comes to. */
export interface AppendPlan {
  readonly tip: LogTip;
  readonly root: Hash;
  /** The leaf hash of each new entry, in order. */
  readonly leaves: readonly Hash[];
  /** What to write, bundles first, then tiles from the lowest level up. */
  readonly files: readonly LogFile[];
  /**
   * Prefixes of the partial files whose tile or bundle has become full: `tile/0/001.p/`. All below them may be deleted
   * once a checkpoint of the new size stands; until then readers of an older checkpoint need them.
   */
  readonly superseded: readonly string[];
}

/** The tip of the log without entries. */
export const emptyTip: LogTip = { size: 0, edge: emptyEdge, entries: [] };

/** The root of the tree that ends at `tip`. */
export function tipRoot(tip: LogTip, sha256: Sha256 = pureSha256): Hash {
  return frontierRoot(tip.edge.frontier, sha256);
}

/**
 * Plans the append of `entries` to the log that ends at `tip`.
 *
 * Contract  Throws on an entry above 65,535 bytes: admission refuses those first [LG-16].
 *           The same tip and entries give the same plan; however the entries are cut into appends, the full
 *           files, the tip and the root come out the same.
 */
export function planAppend(
  tip: LogTip,
  entries: readonly Uint8Array[],
  sha256: Sha256 = pureSha256,
): AppendPlan {
  const bundles: LogFile[] = [];
  const tiles: { readonly level: number; readonly file: LogFile }[] = [];
  const tree = new GrowingTree(
    tip.edge,
    (level, index, hashes) => {
      const file = { path: tilePath({ level, index, width: tileWidth }), bytes: concatBytes(...hashes) };
      tiles.push({ level, file });
    },
    sha256,
  );
  let pending = [...tip.entries];
  const leaves: Hash[] = [];
  for (const entry of entries) {
    if (entry.length > entryLengthMax) throw new RangeError(`an entry of ${entry.length} bytes does not fit`);
    const leaf = leafHash(entry, sha256);
    leaves.push(leaf);
    pending.push(entry);
    tree.append(leaf);
    if (pending.length === tileWidth) {
      const index = tree.size / tileWidth - 1;
      bundles.push({
        path: tilePath({ level: 'entries', index, width: tileWidth }),
        bytes: formatBundle(pending),
      });
      pending = [];
    }
  }
  const edge = tree.edge();
  if (entries.length > 0 && pending.length > 0) {
    const index = Math.floor(tree.size / tileWidth);
    const path = tilePath({ level: 'entries', index, width: pending.length });
    bundles.push({ path, bytes: formatBundle(pending) });
  }
  edge.partials.forEach((hashes, level) => {
    if (hashes.length === 0 || levelSize(level, tree.size) === levelSize(level, tip.size)) return;
    const index = Math.floor(levelSize(level, tree.size) / tileWidth);
    const file = { path: tilePath({ level, index, width: hashes.length }), bytes: concatBytes(...hashes) };
    tiles.push({ level, file });
  });
  tiles.sort((a, b) => a.level - b.level);
  return {
    tip: { size: tree.size, edge, entries: pending },
    root: tree.root(),
    leaves,
    files: [...bundles, ...tiles.map(({ file }) => file)],
    superseded: supersededPrefixes(tip.size, tree.size),
  };
}

/** Where the partial files stand of the tiles and bundles that were partial at `from` and are full at `to`. */
function supersededPrefixes(from: number, to: number): readonly string[] {
  return edgeTiles(from).flatMap(({ level, index, width }) => {
    if (level === 'entries' || width === tileWidth || (index + 1) * tileWidth > levelSize(level, to))
      return [];
    const levels = level === 0 ? (['entries', 0] as const) : [level];
    return levels.map((at) => `${tilePath({ level: at, index, width: tileWidth })}.p/`);
  });
}

/**
 * Finds the tip of a log again from its published files: for a writer after a restart, or a replica.
 *
 * Law     The tip found is the one that `planAppend` had returned [LG-19]; files that do not lead to `root`
 *         are refused.
 * Cost    Reads one tile per level and one bundle.
 */
export async function resumeTip(
  source: TileSource,
  { size, root }: TreeHead,
  sha256: Sha256 = pureSha256,
): Promise<Result<LogTip>> {
  const partials: (readonly Hash[])[] = [];
  const roots: (readonly Hash[])[] = [];
  for (const { level, index, width } of edgeTiles(size)) {
    if (typeof level === 'string') continue;
    if (width === tileWidth) {
      partials[level] = [];
      continue;
    }
    const tile = await readTile(source, level, index, width);
    if (!tile.ok) return tile;
    // The view may belong to a file mapped or cached by the source: a tip outlives it.
    const hashes = splitTile(copyBytes(tile.value));
    partials[level] = hashes;
    // A tile's frontier is the tree's own, below the height where the next level's tile begins.
    roots.unshift(hashes.reduce((part, hash) => appendLeaf(part, hash, sha256), emptyFrontier).roots);
  }
  const frontier = { size, roots: roots.flat() };
  if (!isEqualBytes(frontierRoot(frontier, sha256), root)) {
    return refuse('RootWrong', `The tiles at the right edge do not lead to the root of size ${size}.`);
  }
  const width = size % tileWidth;
  let entries: readonly Uint8Array[] = [];
  if (width > 0) {
    const bundle = await readBundle(source, Math.floor(size / tileWidth), width);
    if (!bundle.ok) return bundle;
    entries = bundle.value.map(copyBytes);
    const first = size - width;
    const wrong = entries.findIndex((entry, at) => !isEqualBytes(leafHash(entry, sha256), partials[0]![at]!));
    if (wrong >= 0) return refuse('EntryWrong', `Entry ${first + wrong} is not the one in the tree.`);
  }
  return accept({ size, edge: { frontier, partials }, entries });
}
