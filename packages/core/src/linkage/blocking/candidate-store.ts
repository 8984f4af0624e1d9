/** Pairs that were looked at with the patterns of their levels, so that a second look need not find them again. */
import { PatternCounter } from '../model/patterns.ts';

/** Above this many pairs finding them again is cheaper than holding them: 12 bytes each. */
export const mostStoredPairs = 4_000_000;

export class CandidateStore {
  readonly patterns: PatternCounter = new PatternCounter();
  private lefts = new Int32Array(1 << 16);
  private rights = new Int32Array(1 << 16);
  private numbers = new Int32Array(1 << 16);
  private size = 0;
  /** False once there were more pairs than it holds; then it holds none. */
  complete = true;

  /** Adds the first `count` right records beside a left one, by the ids of their patterns. */
  addAll(left: number, rights: Int32Array, ids: Float64Array, count: number): void {
    for (let at = 0; at < count; at += 1) {
      const number = this.patterns.add(ids[at]!);
      if (!this.complete) continue;
      const { size } = this;
      if (size === this.lefts.length && !this.grow()) continue;
      this.lefts[size] = left;
      this.rights[size] = rights[at]!;
      this.numbers[size] = number;
      this.size = size + 1;
    }
  }

  private grow(): boolean {
    const { lefts, rights, numbers } = this;
    this.complete = this.size < mostStoredPairs;
    const room = this.complete ? Math.min(mostStoredPairs, this.size * 4) : 0;
    this.lefts = new Int32Array(room);
    this.rights = new Int32Array(room);
    this.numbers = new Int32Array(room);
    if (!this.complete) {
      this.size = 0;
      return false;
    }
    this.lefts.set(lefts);
    this.rights.set(rights);
    this.numbers.set(numbers);
    return true;
  }

  /** The pairs in the order they were looked at, with the number of each one's pattern. */
  toLists(): { readonly lefts: Int32Array; readonly rights: Int32Array; readonly numbers: Int32Array } {
    return {
      lefts: this.lefts.subarray(0, this.size),
      rights: this.rights.subarray(0, this.size),
      numbers: this.numbers.subarray(0, this.size),
    };
  }
}
