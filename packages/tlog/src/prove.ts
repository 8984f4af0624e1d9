/**
 * Makes inclusion and consistency proofs from the tiles of a log.
 *
 * Law     A proof handed out verifies: it is checked against the signed root before it leaves, so a wrong tile
 *         is refused here and never becomes somebody else's riddle [LG-10].
 * Cost    At most log256(size) tiles along each side of the path, each read once; 127 hashes per node at worst.
 * Source  RFC 6962, sections 2.1.1 and 2.1.2.
 */
import { verifyConsistency } from './consistency.ts';
import { type Hash, nodeHash, perfectRoot, pureSha256, type Sha256 } from './hashing.ts';
import { verifyInclusion } from './inclusion.ts';
import { accept, type Problem, refuse, type Result } from './problem.ts';
import { levelSize, tileWidth } from './tile-path.ts';
import { readTile, type TileSource, type TreeHead, widthAt } from './tile-source.ts';

/** The tiles of one tree, each read once; the first that fails ends the proof. */
class TreeReader {
  readonly #source: TileSource;
  readonly #size: number;
  readonly #sha256: Sha256;
  readonly #tiles = new Map<string, readonly Hash[]>();
  problem: Problem | undefined;

  constructor(source: TileSource, size: number, sha256: Sha256) {
    this.#source = source;
    this.#size = size;
    this.#sha256 = sha256;
  }

  /** The root over the leaves from `from` up to `to`; `from` is a multiple of the tallest subtree inside. */
  async subtree(from: number, to: number): Promise<Hash | undefined> {
    const count = to - from;
    const split = splitPoint(count);
    if (split * 2 === count || count === 1) return this.#node(Math.log2(count), from / count);
    const left = await this.subtree(from, from + split);
    const right = await this.subtree(from + split, to);
    return left === undefined || right === undefined ? undefined : nodeHash(left, right, this.#sha256);
  }

  /** The root of the perfect subtree `index` of `height`: read from the tile that holds its 256^l parts. */
  async #node(height: number, index: number): Promise<Hash | undefined> {
    const level = Math.floor(height / 8);
    const parts = 2 ** (height % 8);
    const first = index * parts;
    const tile = await this.#tile(level, Math.floor(first / tileWidth));
    const hashes = tile?.slice(first % tileWidth, (first % tileWidth) + parts);
    return hashes && perfectRoot(hashes, this.#sha256);
  }

  async #tile(level: number, index: number): Promise<readonly Hash[] | undefined> {
    const key = `${level}/${index}`;
    const known = this.#tiles.get(key);
    if (known !== undefined || this.problem !== undefined) return known;
    const width = widthAt(index, levelSize(level, this.#size));
    const tile = await readTile(this.#source, level, index, width);
    if (!tile.ok) {
      this.problem = tile.problem;
      return undefined;
    }
    this.#tiles.set(key, tile.value);
    return tile.value;
  }
}

/** The largest power of two below `count`, for a count of two or more: where RFC 6962 splits a tree. */
function splitPoint(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** A proof, and the leaf it was made for where there is one. */
type Steps = readonly (readonly [from: number, to: number])[];

/** The subtrees beside the way from leaf `index` up to the root of `size`, the lowest first. */
function inclusionSteps(index: number, from: number, to: number): Steps {
  if (to - from === 1) return [];
  const middle = from + splitPoint(to - from);
  return index < middle
    ? [...inclusionSteps(index, from, middle), [middle, to]]
    : [...inclusionSteps(index, middle, to), [from, middle]];
}

/** The subtrees of PROOF(oldSize, D[from:to]), the lowest first. `isRoot` while D[from:oldSize] is the old tree. */
function consistencySteps(oldSize: number, from: number, to: number, isRoot: boolean): Steps {
  if (oldSize === to) return isRoot ? [] : [[from, to]];
  const middle = from + splitPoint(to - from);
  return oldSize <= middle
    ? [...consistencySteps(oldSize, from, middle, isRoot), [middle, to]]
    : [...consistencySteps(oldSize, middle, to, false), [from, middle]];
}

/** The hashes of the subtrees, in order. */
async function hashSteps(reader: TreeReader, steps: Steps): Promise<Result<readonly Hash[]>> {
  const hashes: Hash[] = [];
  for (const [from, to] of steps) {
    const hash = await reader.subtree(from, to);
    if (hash === undefined) return { ok: false, problem: reader.problem! };
    hashes.push(hash.slice());
  }
  return accept(hashes);
}

/** What an inclusion proof is asked for. */
export interface InclusionQuestion {
  readonly index: number;
  readonly tree: TreeHead;
}

/** The path from entry `index` up to the root of `tree`, and the entry's leaf hash. */
export async function proveInclusion(
  source: TileSource,
  { index, tree }: InclusionQuestion,
  sha256: Sha256 = pureSha256,
): Promise<Result<{ readonly leaf: Hash; readonly path: readonly Hash[] }>> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= tree.size) {
    return refuse('IndexOutsideTree', `Index ${index} is outside a tree of ${tree.size} entries.`);
  }
  const reader = new TreeReader(source, tree.size, sha256);
  const hashes = await hashSteps(reader, [[index, index + 1], ...inclusionSteps(index, 0, tree.size)]);
  if (!hashes.ok) return hashes;
  const [leaf, ...path] = hashes.value;
  const verdict = verifyInclusion({ leaf: leaf!, index, size: tree.size, root: tree.root, path }, sha256);
  return verdict.ok
    ? accept({ leaf: leaf!, path })
    : refuse('TileWrong', 'The tiles do not lead to the signed root.');
}

/** What a consistency proof is asked for. */
export interface ConsistencyQuestion {
  readonly oldSize: number;
  readonly tree: TreeHead;
}

/**
 * The proof that the tree of `oldSize` is the beginning of `tree`, and the old tree's root.
 *
 * Contract  Empty for an old size of 0, as the witness protocol wants it, and for the tree's own size.
 */
export async function proveConsistency(
  source: TileSource,
  { oldSize, tree }: ConsistencyQuestion,
  sha256: Sha256 = pureSha256,
): Promise<Result<{ readonly oldRoot: Hash; readonly proof: readonly Hash[] }>> {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > tree.size) {
    return refuse('OldSizeAhead', `There is no tree of ${oldSize} entries inside one of ${tree.size}.`);
  }
  if (oldSize === 0) return accept({ oldRoot: sha256(new Uint8Array(0)), proof: [] });
  const reader = new TreeReader(source, tree.size, sha256);
  const hashes = await hashSteps(reader, [[0, oldSize], ...consistencySteps(oldSize, 0, tree.size, true)]);
  if (!hashes.ok) return hashes;
  const [oldRoot, ...proof] = hashes.value;
  const claim = { oldSize, oldRoot: oldRoot!, newSize: tree.size, newRoot: tree.root, proof };
  return verifyConsistency(claim, sha256).ok
    ? accept({ oldRoot: oldRoot!, proof })
    : refuse('TileWrong', 'The tiles do not lead to the signed root.');
}
