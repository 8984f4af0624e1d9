/**
 * Verifies a whole published log: everything in it follows from the entries, and the entries from one signature.
 *
 *     signed checkpoint ── root ── tiles, each level from the one below ── leaf hashes ── bundles
 *
 * Law     Any byte changed in any file of the log is found, and the file named: checkpoint, tiles of every level,
 *         bundles, and partial files a later size has superseded when the source can list them [LG-52, LG-53].
 * Cost    One hash per entry and one per node, each once; every file read once, a few ahead. Next to checking one
 *         Ed25519 signature per entry that is about 5 % (70,000 entries, Node 24, native SHA-256).
 * How     The tree is grown again from the bundles, and each tile file compared with the tile grown. Where
 *         a bundle and its hash tile disagree, the tile above has the deciding vote, so that the damaged file is
 *         named and not its neighbour; at the right edge, where there is no tile above, the signed root decides.
 */
import { type CheckpointKeys, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { parseBundle } from './bundle.ts';
import type { Ed25519 } from './ed25519.ts';
import { emptyEdge, GrowingTree, type OnFullTile } from './growth.ts';
import { type Hash, hashLength, leafHash, perfectRoot, pureSha256, type Sha256 } from './hashing.ts';
import { type Policy, verifyByPolicy } from './policy.ts';
import { type Problem, type ProblemKind, toProblem } from './problem.ts';
import { isEqualBytes } from './text.ts';
import { checkpointPath, levelSize, parseTilePath, tilePath, tileWidth } from './tile-path.ts';
import { readTile, splitTile, type TileSource, widthAt } from './tile-source.ts';

/** A problem in a published log: in which file, and at which entry where one entry can be named. */
export interface LogProblem extends Problem {
  readonly path: string;
  readonly entry?: number;
}

/** Up to 256 entries in a row, as the log has them. */
export interface EntryRun {
  readonly first: number;
  readonly entries: readonly Uint8Array[];
  readonly leaves: readonly Hash[];
}

/** What is verified, and against whose keys. */
export interface LogVerification {
  readonly source: TileSource;
  /** Whom to believe: keys alone, or a policy whose quorum must hold. */
  readonly trust: CheckpointKeys | Policy;
  readonly ed25519: Ed25519;
  readonly sha256?: Sha256;
  /**
   * Refuse a checkpoint with a line by an unknown key, as [LG-55] wants for a log whose cosigners are all known:
   * a changed byte in the name of a cosigner would otherwise pass for a stranger's line. Off by default.
   */
  readonly refuseUnknown?: boolean;
  /**
   * Called with the entries in order, one bundle at a time, and awaited. Runs that fail their hashes are not shown. What
   * is shown is proven only once the report says `ok`: the root is known at the end.
   */
  readonly visit?: (run: EntryRun) => void | Promise<void>;
  /** How many bundles are read ahead; 8 by default. */
  readonly readAhead?: number;
}

/** What came out. */
export interface LogReport {
  readonly ok: boolean;
  /** There when the checkpoint itself verified. */
  readonly checkpoint: VerifiedCheckpoint | undefined;
  /** How many entries were read and agree with their hash tile or with the root. */
  readonly entries: number;
  /** How many files were compared. */
  readonly files: number;
  /** The first 1,000. */
  readonly problems: readonly LogProblem[];
  readonly problemCount: number;
  /**
   * Files nobody vouches for, wholly or in part: tiles beyond the size of the checkpoint (a log that grows while it
   * is read has them) and names that are no part of a log. Empty when the source cannot list.
   */
  readonly uncovered: readonly string[];
}

const problemsMax = 1000;

/**
 * Verifies the log that `source` holds.
 *
 * Contract  What the source returns may come from an adversary: every problem is in the report, and nothing is thrown
 *           for it. A rejection of `source.read`, of `visit` or of the signature check reaches the caller.
 */
export async function verifyLog(verification: LogVerification): Promise<LogReport> {
  return new LogVerifier(verification).run();
}

/** The partial and full files a listing names for each tile, by level and index. */
type Listing = ReadonlyMap<string, number[]>;

class LogVerifier {
  readonly #input: LogVerification;
  readonly #sha256: Sha256;
  readonly #problems: LogProblem[] = [];
  readonly #uncovered = new Set<string>();
  #problemCount = 0;
  #entries = 0;
  #files = 0;
  #size = 0;
  #listing: Listing = new Map();

  constructor(input: LogVerification) {
    this.#input = input;
    this.#sha256 = input.sha256 ?? pureSha256;
  }

  async run(): Promise<LogReport> {
    const checkpoint = await this.#checkpoint();
    if (checkpoint !== undefined) {
      this.#size = checkpoint.size;
      this.#listing = await this.#list();
      await this.#tree(checkpoint);
    }
    return {
      ok: this.#problemCount === 0 && checkpoint !== undefined,
      checkpoint,
      entries: this.#entries,
      files: this.#files,
      problems: this.#problems,
      problemCount: this.#problemCount,
      uncovered: [...this.#uncovered],
    };
  }

  #report(kind: ProblemKind, path: string, text: string, entry?: number): void {
    this.#add({ ...toProblem(kind, text), path, ...(entry !== undefined && { entry }) });
  }

  #add(problem: LogProblem): void {
    this.#problemCount += 1;
    if (this.#problems.length < problemsMax) this.#problems.push(problem);
  }

  async #read(path: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#input.source.read(path);
    if (bytes !== undefined) this.#files += 1;
    return bytes;
  }

  async #checkpoint(): Promise<VerifiedCheckpoint | undefined> {
    const { trust, ed25519, refuseUnknown = false } = this.#input;
    const bytes = await this.#read(checkpointPath);
    if (bytes === undefined) {
      this.#report('FileMissing', checkpointPath, 'The checkpoint is missing.');
      return undefined;
    }
    const checkpoint = await ('quorum' in trust
      ? verifyByPolicy(bytes, trust, ed25519)
      : verifyCheckpoint(bytes, trust, ed25519));
    if (!checkpoint.ok) {
      this.#add({ ...checkpoint.problem, path: checkpointPath });
      return undefined;
    }
    for (const { name } of refuseUnknown ? checkpoint.value.unknown : []) {
      this.#report('SignatureUnknown', checkpointPath, `Nobody knows the key that signed as ${name}.`);
    }
    return checkpoint.value;
  }

  /** Sorts the files a source lists: those of a tile to that tile, the others to what nobody vouches for. */
  async #list(): Promise<Listing> {
    const listing = new Map<string, number[]>();
    for await (const path of this.#input.source.list?.() ?? []) {
      if (path === checkpointPath) continue;
      const address = parseTilePath(path);
      if (!address.ok) {
        this.#uncovered.add(path);
        continue;
      }
      const { level, index, width } = address.value;
      const count = levelSize(level === 'entries' ? 0 : level, this.#size);
      if (index * tileWidth + width > count) this.#uncovered.add(path);
      if (index * tileWidth >= count) continue;
      const key = `${level}/${index}`;
      const widths = listing.get(key);
      if (widths === undefined) listing.set(key, [width]);
      else widths.push(width);
    }
    return listing;
  }

  async #tree({ size, root }: VerifiedCheckpoint): Promise<void> {
    const full: TileGrown[] = [];
    const tree = new GrowingTree(emptyEdge, (...grown) => full.push(grown), this.#sha256);
    const bundles = Math.ceil(size / tileWidth);
    const readAhead = Math.max(1, this.#input.readAhead ?? 8);
    const ahead: Promise<LeafFiles>[] = [];
    for (let index = 0; index < bundles; index += 1) {
      while (ahead.length < readAhead && index + ahead.length < bundles) {
        const reading = this.#readLeafFiles(index + ahead.length);
        // A rejection is met when its turn comes; until then it must not count as unhandled.
        reading.catch(() => undefined);
        ahead.push(reading);
      }
      const leaves = await this.#judgeLeaves(index, await ahead.shift()!, tree, root);
      if (leaves === undefined) {
        const text = `Neither the entries from ${index * tileWidth} on nor their hashes can be read: the rest was not verified.`;
        this.#report('RootWrong', checkpointPath, text);
        return;
      }
      for (const leaf of leaves) tree.append(leaf);
      for (const [level, at, hashes] of full.splice(0)) if (level > 0) await this.#compare(level, at, hashes);
    }
    for (const [level, hashes] of tree.edge().partials.entries()) {
      if (level === 0 || hashes.length === 0) continue;
      await this.#compare(level, Math.floor(levelSize(level, size) / tileWidth), hashes);
    }
    if (!isEqualBytes(tree.root(), root)) {
      this.#report('RootWrong', checkpointPath, `The ${size} entries do not lead to the signed root.`);
    }
  }

  /**
   * All files of one tile: the width the size asks for, where that is gone the full one, and every other width the
   * source has listed.
   */
  async #readWidths(level: number | 'entries', index: number, width: number): Promise<readonly FileRead[]> {
    const listed = this.#listing.get(`${level}/${index}`) ?? [];
    const files: FileRead[] = [];
    for (const each of new Set([width, ...listed])) {
      const path = tilePath({ level, index, width: each });
      const bytes = await this.#read(path);
      if (bytes !== undefined) files.push({ path, width: each, bytes });
    }
    if (files[0]?.width !== width && !files.some((file) => file.width === tileWidth)) {
      const path = tilePath({ level, index, width: tileWidth });
      const bytes = width === tileWidth ? undefined : await this.#read(path);
      if (bytes === undefined) {
        const missing = tilePath({ level, index, width });
        this.#report('FileMissing', missing, 'The file is missing.');
      } else {
        files.push({ path, width: tileWidth, bytes });
      }
    }
    return files;
  }

  async #readLeafFiles(index: number): Promise<LeafFiles> {
    const width = widthAt(index, this.#size);
    const [tiles, bundles] = await Promise.all([
      this.#readWidths(0, index, width),
      this.#readWidths('entries', index, width),
    ]);
    return { tiles, bundles };
  }

  /** The hashes in a tile file, or nothing and a problem. */
  #hashesOf({ path, width, bytes }: FileRead): readonly Hash[] | undefined {
    if (bytes.length === width * hashLength) return splitTile(bytes);
    this.#report('TileMalformed', path, `It has ${bytes.length} bytes instead of ${width * hashLength}.`);
    return undefined;
  }

  /** The entries in a bundle file with their leaf hashes, or nothing and a problem. */
  #entriesOf({ path, width, bytes }: FileRead): Omit<EntryRun, 'first'> | undefined {
    const entries = parseBundle(bytes, width);
    if (entries.ok) {
      return { entries: entries.value, leaves: entries.value.map((entry) => leafHash(entry, this.#sha256)) };
    }
    this.#add({ ...entries.problem, path });
    return undefined;
  }

  /** Decides which leaf hashes stand at a bundle's place, blames every file that says otherwise, shows the entries. */
  async #judgeLeaves(
    index: number,
    { tiles, bundles }: LeafFiles,
    tree: GrowingTree,
    root: Hash,
  ): Promise<readonly Hash[] | undefined> {
    const first = index * tileWidth;
    const width = widthAt(index, this.#size);
    const hashed = tiles.flatMap((file) => {
      const hashes = this.#hashesOf(file);
      return hashes === undefined ? [] : [{ file, hashes }];
    });
    const read = bundles.flatMap((file) => {
      const run = this.#entriesOf(file);
      return run === undefined ? [] : [{ file, run }];
    });
    const fromBundle = read.find(({ run }) => run.leaves.length >= width)?.run.leaves.slice(0, width);
    const fromTile = hashed.find(({ hashes }) => hashes.length >= width)?.hashes.slice(0, width);
    const isDisputed = fromBundle && fromTile && firstDifference(fromBundle, fromTile) >= 0;
    const leaves =
      isDisputed === true && (await this.#isTileRight(index, fromBundle, fromTile, tree, root))
        ? fromTile
        : (fromBundle ?? fromTile);
    if (leaves === undefined) return undefined;
    for (const { file, hashes } of hashed) {
      const wrong = firstDifference(hashes, leaves);
      if (wrong < 0) continue;
      this.#report('TileWrong', file.path, `The hash of entry ${first + wrong} is wrong.`, first + wrong);
    }
    let shown: readonly Uint8Array[] | undefined;
    for (const { file, run } of read) {
      const wrong = firstDifference(run.leaves, leaves);
      if (wrong >= 0) {
        this.#report(
          'EntryWrong',
          file.path,
          `Entry ${first + wrong} is not the one in the tree.`,
          first + wrong,
        );
      } else if (run.entries.length >= width) {
        shown = run.entries.slice(0, width);
      }
    }
    if (shown !== undefined) {
      this.#entries += width;
      await this.#input.visit?.({ first, entries: shown, leaves });
    }
    return leaves;
  }

  /** Whether the hash tile is right and the bundle wrong: the tile above says so, at the right edge the root. */
  async #isTileRight(
    index: number,
    fromBundle: readonly Hash[],
    fromTile: readonly Hash[],
    tree: GrowingTree,
    root: Hash,
  ): Promise<boolean> {
    if (fromTile.length < tileWidth) {
      const candidate = new GrowingTree(tree.edge(), () => undefined, this.#sha256);
      for (const leaf of fromTile) candidate.append(leaf);
      return isEqualBytes(candidate.root(), root);
    }
    const parent = Math.floor(index / tileWidth);
    const above = await readTile(this.#input.source, 1, parent, widthAt(parent, levelSize(1, this.#size)));
    const vote = above.ok ? splitTile(above.value)[index % tileWidth] : undefined;
    if (vote === undefined || isEqualBytes(perfectRoot(fromBundle, this.#sha256), vote)) return false;
    return isEqualBytes(perfectRoot(fromTile, this.#sha256), vote);
  }

  /** Compares every file of a tile above the leaves with the tile as it grew. */
  async #compare(level: number, index: number, hashes: readonly Hash[]): Promise<void> {
    const span = tileWidth ** level;
    for (const file of await this.#readWidths(level, index, hashes.length)) {
      const found = this.#hashesOf(file);
      const wrong = found === undefined ? -1 : firstDifference(found, hashes);
      if (wrong < 0) continue;
      const first = (index * tileWidth + wrong) * span;
      const text = `The hash over entries ${first} to ${first + span - 1} is wrong.`;
      this.#report('TileWrong', file.path, text, first);
    }
  }
}

type TileGrown = Parameters<OnFullTile>;

interface FileRead {
  readonly path: string;
  readonly width: number;
  readonly bytes: Uint8Array;
}

interface LeafFiles {
  readonly tiles: readonly FileRead[];
  readonly bundles: readonly FileRead[];
}

/** The first place where two rows of hashes differ as far as both reach, or -1. */
function firstDifference(a: readonly Hash[], b: readonly Hash[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (!isEqualBytes(a[at]!, b[at]!)) return at;
  return -1;
}
