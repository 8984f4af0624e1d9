/**
 * Grows a tree leaf by leaf and hands out each tile when it is full: the one engine under writer and verifier.
 *
 * Law     The hash that enters level l + 1 is the root of a full tile of level l; it appears by itself when the
 *         frontier carries past a height that is a multiple of 8, so no tile is ever hashed a second time.
 * Cost    One hash per leaf on average; memory for 255 hashes a level.
 */
import { emptyFrontier, frontierRoot, type Frontier } from './frontier.ts';
import { type Hash, nodeHash, type Sha256 } from './hashing.ts';
import { tileWidth } from './tile-path.ts';

/** Where a tree ends: its frontier and, for each level, the hashes of its last tile while that is not full. */
export interface TreeEdge {
  readonly frontier: Frontier;
  readonly partials: readonly (readonly Hash[])[];
}

/** The edge of the tree without leaves. */
export const emptyEdge: TreeEdge = { frontier: emptyFrontier, partials: [] };

/** Called with each tile the moment it is full. */
export type OnFullTile = (level: number, index: number, hashes: readonly Hash[]) => void;

/** A tree that grows in place. It starts from a copy: the edge it was given stays as it was. */
export class GrowingTree {
  readonly #sha256: Sha256;
  readonly #onFullTile: OnFullTile;
  #size: number;
  readonly #roots: Hash[];
  readonly #partials: Hash[][];

  constructor(edge: TreeEdge, onFullTile: OnFullTile, sha256: Sha256) {
    this.#size = edge.frontier.size;
    this.#roots = [...edge.frontier.roots];
    this.#partials = edge.partials.map((hashes) => [...hashes]);
    this.#onFullTile = onFullTile;
    this.#sha256 = sha256;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds one leaf. */
  append(leaf: Hash): void {
    this.#place(0, leaf);
    let subtree = leaf;
    let height = 0;
    for (let below = this.#size; below % 2 === 1; below = (below - 1) / 2) {
      subtree = nodeHash(this.#roots.pop()!, subtree, this.#sha256);
      height += 1;
      if (height % 8 === 0) this.#place(height / 8, subtree);
    }
    this.#roots.push(subtree);
    this.#size += 1;
  }

  /** The edge as it is now; later appends leave it alone. */
  edge(): TreeEdge {
    return {
      frontier: { size: this.#size, roots: [...this.#roots] },
      partials: this.#partials.map((hashes) => [...hashes]),
    };
  }

  root(): Hash {
    return frontierRoot({ size: this.#size, roots: this.#roots }, this.#sha256);
  }

  #place(level: number, hash: Hash): void {
    const partial = (this.#partials[level] ??= []);
    partial.push(hash);
    if (partial.length < tileWidth) return;
    this.#partials[level] = [];
    this.#onFullTile(level, Math.floor(this.#size / tileWidth ** (level + 1)), partial);
  }
}
