/** Levels of pairs of near values, found once and read by every pair of records: each value's neighbours in a row. */

import { createInt32, createUint8 } from '../memory/shared-numbers.ts';

/** Plain typed arrays only, on shared memory, so that they cross to a worker without copying. */
export interface NearLists {
  /** Where each value's neighbours start; one more entry than there are values. */
  readonly start: Int32Array;
  /** Neighbours in ascending order; every pair stands here twice, once for either value. */
  readonly items: Int32Array;
  readonly levels: Uint8Array;
}

/**
 * Builds the lists from parallel lists of pairs (low < high, in ascending order, each once) and their levels.
 *
 * @param size how many values there are, 0 included
 */
export function buildNearLists(
  size: number,
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  levels: ArrayLike<number>,
): NearLists {
  const start = createInt32(size + 1);
  for (let at = 0; at < lows.length; at += 1) {
    start[lows[at]! + 1]! += 1;
    start[highs[at]! + 1]! += 1;
  }
  for (let value = 0; value < size; value += 1) start[value + 1]! += start[value]!;
  const items = createInt32(start[size]!);
  const levelOf = createUint8(start[size]!);
  const fill = start.slice();
  for (let at = 0; at < lows.length; at += 1) {
    const low = lows[at]!;
    const high = highs[at]!;
    const level = levels[at]!;
    items[fill[low]!] = high;
    levelOf[fill[low]!] = level;
    fill[low]! += 1;
    items[fill[high]!] = low;
    levelOf[fill[high]!] = level;
    fill[high]! += 1;
  }
  return { start, items, levels: levelOf };
}

/** The level stored for an unordered pair, or 0. Cost: the logarithm of the neighbours of `a`. */
export function findNearLevel(near: NearLists, a: number, b: number): number {
  const { start, items } = near;
  const end = start[a + 1]!;
  let low = start[a]!;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle]! < b) low = middle + 1;
    else high = middle;
  }
  return low < end && items[low] === b ? near.levels[low]! : 0;
}
