/** Patterns of levels: what all fields of a pair say at once, counted instead of listed. */

import { levelsMax } from '../kinds/kind.ts';

/** One number for the levels of all fields, which are at most twelve. */
export function toPatternId(levels: Uint8Array): number {
  let id = 0;
  for (let index = 0; index < levels.length; index += 1) id = id * levelsMax + levels[index]!;
  return id;
}

/** Writes the levels of a pattern id into `levels` from the place `at` on. */
function writeLevels(id: number, width: number, levels: Uint8Array, at: number): void {
  let rest = id;
  for (let index = width - 1; index >= 0; index -= 1) {
    const next = Math.floor(rest / levelsMax);
    levels[at + index] = rest - next * levelsMax;
    rest = next;
  }
}

/** Counts pattern ids in open addressing and numbers them as they come: candidates are many, patterns few. */
export class PatternCounter {
  private slots = new Int32Array(1 << 12).fill(-1);
  private ids = new Float64Array(1 << 11);
  private counts = new Float64Array(1 << 11);
  size = 0;

  /** Counts the first `count` of these pairs. */
  addAll(ids: Float64Array, count: number): void {
    for (let at = 0; at < count; at += 1) this.add(ids[at]!);
  }

  /** Counts one pair by the id of its pattern. @returns the number of the pattern, from 0 */
  add(id: number): number {
    const mask = this.slots.length - 1;
    let at = this.toSlot(id) & mask;
    for (;;) {
      const known = this.slots[at]!;
      if (known === -1) break;
      if (this.ids[known] === id) {
        this.counts[known]! += 1;
        return known;
      }
      at = (at + 1) & mask;
    }
    const number = this.size;
    this.slots[at] = number;
    this.ids[number] = id;
    this.counts[number] = 1;
    this.size += 1;
    if (this.size === this.ids.length) this.grow();
    return number;
  }

  private toSlot(id: number): number {
    // Whole numbers below 2^53: the product with 2^-32 is exact, and no division is needed.
    const high = Math.trunc(id * 2.328_306_436_538_696_3e-10);
    let mixed = Math.imul((id - high * 4_294_967_296) | 0, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
    mixed ^= mixed >>> 15;
    return Math.imul(mixed, 0x2c1b_3c6d) >>> 4;
  }

  private grow(): void {
    const { ids, counts } = this;
    this.ids = new Float64Array(ids.length * 2);
    this.ids.set(ids);
    this.counts = new Float64Array(ids.length * 2);
    this.counts.set(counts);
    this.slots = new Int32Array(ids.length * 4).fill(-1);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let at = this.toSlot(ids[number]!) & mask;
      while (this.slots[at] !== -1) at = (at + 1) & mask;
      this.slots[at] = number;
    }
  }

  toMap(): Map<number, number> {
    const out = new Map<number, number>();
    for (let number = 0; number < this.size; number += 1) out.set(this.ids[number]!, this.counts[number]!);
    return out;
  }

  /** Levels of all patterns, one row of `width` numbers per pattern number. */
  toLevels(width: number): Uint8Array {
    const levels = new Uint8Array(this.size * width);
    for (let number = 0; number < this.size; number += 1)
      writeLevels(this.ids[number]!, width, levels, number * width);
    return levels;
  }
}

/** Turns pattern ids back into levels, in the order of their ids. */
export function toPatternCounts(
  found: readonly ReadonlyMap<number, number>[],
  width: number,
): { readonly levels: Uint8Array; readonly counts: Float64Array } {
  const sums = new Map<number, number>();
  for (const one of found) for (const [id, count] of one) sums.set(id, (sums.get(id) ?? 0) + count);
  const ids = Float64Array.from(sums.keys()).sort();
  const levels = new Uint8Array(ids.length * width);
  const counts = new Float64Array(ids.length);
  for (let pattern = 0; pattern < ids.length; pattern += 1) {
    counts[pattern] = sums.get(ids[pattern]!)!;
    writeLevels(ids[pattern]!, width, levels, pattern * width);
  }
  return { levels, counts };
}
