/** Pairs that were looked at with the levels of all their fields, so that a second look need not find them again. */

/** Above this many pairs finding them again is cheaper than holding them: about 16 bytes each. */
export const mostStoredPairs = 4_000_000;

export interface StoredCandidates {
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  /** Levels of all fields, one row per pair. */
  readonly patterns: Uint8Array;
}

export class CandidateStore {
  private readonly width: number;
  private lefts = new Int32Array(1 << 14);
  private rights = new Int32Array(1 << 14);
  private patterns: Uint8Array;
  private size = 0;
  /** False once there were more pairs than it holds; then it holds none. */
  complete = true;

  /** @param width number of fields */
  constructor(width: number) {
    this.width = width;
    this.patterns = new Uint8Array(this.lefts.length * width);
  }

  add(left: number, right: number, levels: Uint8Array): void {
    if (!this.complete) return;
    const { size, width } = this;
    if (size === this.lefts.length && !this.grow()) return;
    this.lefts[size] = left;
    this.rights[size] = right;
    const { patterns } = this;
    for (let index = 0, at = size * width; index < width; index += 1, at += 1) patterns[at] = levels[index]!;
    this.size = size + 1;
  }

  private grow(): boolean {
    const { lefts, rights, patterns } = this;
    const room = this.size < mostStoredPairs ? this.size * 2 : 0;
    if (room === 0) this.complete = false;
    this.lefts = new Int32Array(room);
    this.rights = new Int32Array(room);
    this.patterns = new Uint8Array(room * this.width);
    if (room === 0) {
      this.size = 0;
      return false;
    }
    this.lefts.set(lefts);
    this.rights.set(rights);
    this.patterns.set(patterns);
    return true;
  }

  /** The pairs in the order they were looked at. */
  toLists(): StoredCandidates {
    return {
      lefts: this.lefts.subarray(0, this.size),
      rights: this.rights.subarray(0, this.size),
      patterns: this.patterns.subarray(0, this.size * this.width),
    };
  }
}
