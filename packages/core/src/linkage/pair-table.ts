/** Levels of pairs of values, found once and looked up by every pair of records: open addressing in typed arrays. */

/** Plain typed arrays only, so that it crosses to a worker without copying when they lie on shared memory. */
export interface PairTable {
  readonly mask: number;
  /** Smaller value of the pair; 0 marks an empty slot. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly level: Uint8Array;
  readonly size: number;
}

function hash(low: number, high: number): number {
  let mixed = Math.imul(low, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b_3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Builds a table from parallel lists of pairs (low < high) and levels; a pair must come once. */
export function buildPairTable(
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  levels: ArrayLike<number>,
): PairTable {
  let slots = 16;
  while (slots < lows.length * 2) slots *= 2;
  const low = new Int32Array(new SharedArrayBuffer(slots * 4));
  const high = new Int32Array(new SharedArrayBuffer(slots * 4));
  const level = new Uint8Array(new SharedArrayBuffer(slots));
  const mask = slots - 1;
  for (let index = 0; index < lows.length; index += 1) {
    const a = lows[index]!;
    const b = highs[index]!;
    let at = hash(a, b) & mask;
    while (low[at] !== 0) at = (at + 1) & mask;
    low[at] = a;
    high[at] = b;
    level[at] = levels[index]!;
  }
  return { mask, low, high, level, size: lows.length };
}

/** The level stored for an unordered pair, or 0. */
export function findPairLevel(table: PairTable, a: number, b: number): number {
  const small = a < b ? a : b;
  const large = a < b ? b : a;
  const { low, high, mask } = table;
  let at = hash(small, large) & mask;
  for (;;) {
    const found = low[at]!;
    if (found === 0) return 0;
    if (found === small && high[at] === large) return table.level[at]!;
    at = (at + 1) & mask;
  }
}
