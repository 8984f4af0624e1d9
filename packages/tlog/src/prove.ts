/**
 * Makes inclusion and consistency proofs from the tiles of a log.
 *
 * Law     A proof handed out verifies: it is checked against the signed root before it leaves, so a wrong tile
 *         is refused here and never becomes somebody else's riddle [LG-10].
 * Cost    At most log256(size) tiles along each side of the path, each read once; 127 hashes per node at worst.
 * Source  RFC 6962, sections 2.1.1 and 2.1.2.
 */
import { verifyConsistency } from './consistency.ts';
import {
  emptyRoot,
  type Hash,
  hashLength,
  nodeHash,
  perfectRoot,
  pureSha256,
  type Sha256,
} from './hashing.ts';
import { verifyInclusion } from './inclusion.ts';
import { copyBytes } from './text.ts';
import { accept, type Problem, refuse, type Refused, type Result } from './problem.ts';
import { levelSize, tileWidth } from './tile-path.ts';
import { readTile, splitTile, type TileSource, type TreeHead, widthAt } from './tile-source.ts';

/** The subtrees of one tree, read from its tiles; the first tile that fails ends the proof. */
class TreeReader {
  readonly #source: TileSource;
  readonly #size: number;
  readonly #nodes: Map<string, Hash>;
  readonly #sha256: Sha256;
  readonly #tiles = new Map<string, Uint8Array>();
  problem: Problem | undefined;

  constructor(source: TileSource, size: number, nodes: Map<string, Hash>, sha256: Sha256) {
    this.#source = source;
    this.#size = size;
    this.#nodes = nodes;
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

  /** The root of the perfect subtree `index` of `height`, made from those of its 256^l parts that a tile holds. */
  async #node(height: number, index: number): Promise<Hash | undefined> {
    const key = `${height}/${index}`;
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const parts = 2 ** (height % 8);
    const first = index * parts;
    const tile = await this.#tile(Math.floor(height / 8), Math.floor(first / tileWidth));
    if (tile === undefined) return undefined;
    const from = (first % tileWidth) * hashLength;
    // A copy: the node outlives the tile it was read from.
    const hashes = splitTile(copyBytes(tile.subarray(from, from + parts * hashLength)));
    const node = perfectRoot(hashes, this.#sha256);
    this.#nodes.set(key, node);
    return node;
  }

  async #tile(level: number, index: number): Promise<Uint8Array | undefined> {
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

/** The subtrees a proof consists of. */
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

/** What an inclusion proof is asked for. */
export interface InclusionQuestion {
  readonly index: number;
  readonly tree: TreeHead;
}

/** The leaf hash of an entry and its path up to the root. */
export interface InclusionProof {
  readonly leaf: Hash;
  readonly path: readonly Hash[];
}

/** What a consistency proof is asked for. */
export interface ConsistencyQuestion {
  readonly oldSize: number;
  readonly tree: TreeHead;
}

/** The root the tree had at its old size, and the proof that it has only grown. */
export interface ConsistencyProof {
  readonly oldRoot: Hash;
  readonly proof: readonly Hash[];
}

/**
 * Makes many proofs from one log, at any of its sizes.
 *
 * Cost    Remembers each node it has computed, about 100 bytes, so that a second proof nearby costs almost nothing;
 *         a proof that fails makes it forget them all, since one may have come from a tile that was wrong.
 */
export class Prover {
  readonly #source: TileSource;
  readonly #sha256: Sha256;
  readonly #nodes = new Map<string, Hash>();

  constructor(source: TileSource, sha256: Sha256 = pureSha256) {
    this.#source = source;
    this.#sha256 = sha256;
  }

  /** The path from entry `index` up to the root of `tree`. */
  async inclusion({ index, tree }: InclusionQuestion): Promise<Result<InclusionProof>> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= tree.size) {
      return refuse('IndexOutsideTree', `Index ${index} is outside a tree of ${tree.size} entries.`);
    }
    const hashes = await this.#hashes(tree.size, [
      [index, index + 1],
      ...inclusionSteps(index, 0, tree.size),
    ]);
    if (!hashes.ok) return hashes;
    const [leaf, ...path] = hashes.value;
    const proof = { leaf: leaf!, path };
    const verdict = verifyInclusion({ ...proof, index, ...tree }, this.#sha256);
    return verdict.ok ? accept(proof) : this.#forget();
  }

  /**
   * The proof that the tree of `oldSize` is the beginning of `tree`.
   *
   * Contract  Empty for an old size of 0, as the witness protocol wants it, and for the tree's own size.
   */
  async consistency({ oldSize, tree }: ConsistencyQuestion): Promise<Result<ConsistencyProof>> {
    if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > tree.size) {
      return refuse('OldSizeAhead', `There is no tree of ${oldSize} entries inside one of ${tree.size}.`);
    }
    if (oldSize === 0) return accept({ oldRoot: emptyRoot(this.#sha256), proof: [] });
    const hashes = await this.#hashes(tree.size, [
      [0, oldSize],
      ...consistencySteps(oldSize, 0, tree.size, true),
    ]);
    if (!hashes.ok) return hashes;
    const [oldRoot, ...proof] = hashes.value;
    const claim = { oldSize, oldRoot: oldRoot!, newSize: tree.size, newRoot: tree.root, proof };
    const verdict = verifyConsistency(claim, this.#sha256);
    return verdict.ok ? accept({ oldRoot: oldRoot!, proof }) : this.#forget();
  }

  /** The hashes of the subtrees, in order. */
  async #hashes(size: number, steps: Steps): Promise<Result<readonly Hash[]>> {
    const reader = new TreeReader(this.#source, size, this.#nodes, this.#sha256);
    const hashes: Hash[] = [];
    for (const [from, to] of steps) {
      const hash = await reader.subtree(from, to);
      if (hash === undefined) return { ok: false, problem: reader.problem! };
      hashes.push(hash);
    }
    return accept(hashes);
  }

  #forget(): Refused {
    this.#nodes.clear();
    return refuse('TileWrong', 'The tiles do not lead to the signed root.');
  }
}

/** One inclusion proof; for many from one log, keep a `Prover`. */
export async function proveInclusion(
  source: TileSource,
  question: InclusionQuestion,
  sha256: Sha256 = pureSha256,
): Promise<Result<InclusionProof>> {
  return new Prover(source, sha256).inclusion(question);
}

/** One consistency proof; for many from one log, keep a `Prover`. */
export async function proveConsistency(
  source: TileSource,
  question: ConsistencyQuestion,
  sha256: Sha256 = pureSha256,
): Promise<Result<ConsistencyProof>> {
  return new Prover(source, sha256).consistency(question);
}
