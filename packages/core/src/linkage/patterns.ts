/** Patterns of levels: what all fields of a pair say at once, counted instead of listed. */

/** One number for the levels of all fields: fields are at most twelve, levels at most fourteen. */
export function toPatternId(levels: Uint8Array): number {
  let id = 0;
  for (let index = 0; index < levels.length; index += 1) id = id * 14 + levels[index]!;
  return id;
}

/** Counts pattern ids in open addressing: candidates are many, patterns few. */
export class PatternCounter {
  private keys = new Float64Array(1 << 12).fill(-1);
  private counts = new Float64Array(1 << 12);
  private used = 0;

  add(levels: Uint8Array): void {
    const id = toPatternId(levels);
    const mask = this.keys.length - 1;
    let at = this.slot(id) & mask;
    for (;;) {
      const known = this.keys[at]!;
      if (known === id) {
        this.counts[at]! += 1;
        return;
      }
      if (known === -1) break;
      at = (at + 1) & mask;
    }
    this.keys[at] = id;
    this.counts[at] = 1;
    this.used += 1;
    if (this.used * 2 > this.keys.length) this.grow();
  }

  private slot(id: number): number {
    // Whole numbers below 2^53: the product with 2^-32 is exact, and no division is needed.
    const high = Math.trunc(id * 2.328_306_436_538_696_3e-10);
    let mixed = Math.imul((id - high * 4_294_967_296) | 0, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
    mixed ^= mixed >>> 15;
    return Math.imul(mixed, 0x2c1b_3c6d) >>> 4;
  }

  private grow(): void {
    const { keys, counts } = this;
    this.keys = new Float64Array(keys.length * 2).fill(-1);
    this.counts = new Float64Array(keys.length * 2);
    const mask = this.keys.length - 1;
    for (let from = 0; from < keys.length; from += 1) {
      const id = keys[from]!;
      if (id === -1) continue;
      let at = this.slot(id) & mask;
      while (this.keys[at] !== -1) at = (at + 1) & mask;
      this.keys[at] = id;
      this.counts[at] = counts[from]!;
    }
  }

  toMap(): Map<number, number> {
    const out = new Map<number, number>();
    for (let at = 0; at < this.keys.length; at += 1)
      if (this.keys[at] !== -1) out.set(this.keys[at]!, this.counts[at]!);
    return out;
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
    let rest = ids[pattern]!;
    counts[pattern] = sums.get(rest)!;
    for (let index = width - 1; index >= 0; index -= 1) {
      levels[pattern * width + index] = rest % 14;
      rest = Math.floor(rest / 14);
    }
  }
  return { levels, counts };
}
