/**
 * All pairs of strings within a small edit distance, by deletion neighbourhoods (W. Garbe's SymSpell idea): two strings
 * within distance d share a string that is left after at most d deletions in each.
 */

/** At most this many first letters are indexed; a pair within distance d also shares a deletion of its prefix. */
const prefixLength = 9;
/** A bucket with more strings than this is a common prefix, not a neighbourhood: its pairs are counted, not made. */
const largestBucket = 400;

/** The edits a key of this length may bear. */
export function getIndexedEdits(length: number, most: number): number {
  return Math.min(most, length <= 2 ? 0 : length <= 5 ? 1 : 2);
}

export interface NearKeys {
  /** Pairs packed as `low * count + high`, sorted, each once. */
  readonly pairs: Float64Array;
  /** Pairs that were not looked at because their bucket was too large. */
  readonly skipped: number;
}

/** Sorted distinct numbers of a list. */
export function sortUnique(numbers: Float64Array): Float64Array {
  numbers.sort();
  let size = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    if (index === 0 || numbers[index] !== numbers[index - 1]) {
      numbers[size] = numbers[index]!;
      size += 1;
    }
  }
  return numbers.subarray(0, size);
}

/** A growing list of numbers without boxing. */
export class NumberList {
  private store = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.store.length) {
      const next = new Float64Array(this.store.length * 2);
      next.set(this.store);
      this.store = next;
    }
    this.store[this.length] = value;
    this.length += 1;
  }

  toArray(): Float64Array {
    return this.store.subarray(0, this.length);
  }
}

/**
 * Candidate pairs of keys within `most` edits (fewer for short keys). The caller verifies each pair's true distance.
 *
 * @param keys distinct strings; cost: about 1 + p + p²/2 hashes per key (p ≤ 9) and one sort
 */
export function findNearKeys(keys: readonly string[], most: number): NearKeys {
  const packed = new NumberList();
  const count = keys.length;
  const add = (hash: number, owner: number): void => packed.push((hash >>> 0) * 2_097_152 + owner);
  if (count >= 2_097_152) return { pairs: new Float64Array(0), skipped: count };
  const codes = new Int32Array(prefixLength);
  for (let owner = 0; owner < count; owner += 1) {
    const key = keys[owner]!;
    const edits = getIndexedEdits(key.length, most);
    if (edits === 0) continue;
    const length = Math.min(prefixLength, key.length);
    for (let at = 0; at < length; at += 1) codes[at] = key.charCodeAt(at);
    const hashWithout = (first: number, second: number, end: number): number => {
      let hash = 0x811c_9dc5;
      for (let at = 0; at < end; at += 1)
        if (at !== first && at !== second) hash = Math.imul(hash ^ codes[at]!, 0x0100_0193);
      hash ^= hash >>> 15;
      return Math.imul(hash, 0x2c1b_3c6d);
    };
    add(hashWithout(-1, -1, length), owner);
    for (let first = 0; first < length; first += 1) {
      if (first > 0 && codes[first] === codes[first - 1]) continue;
      add(hashWithout(first, -1, length), owner);
      if (edits > 1)
        for (let second = first + 1; second < length; second += 1)
          add(hashWithout(first, second, length), owner);
    }
  }
  const sorted = packed.toArray().slice().sort();
  const pairs = new NumberList();
  let skipped = 0;
  let from = 0;
  while (from < sorted.length) {
    const hash = Math.floor(sorted[from]! / 2_097_152);
    let to = from + 1;
    while (to < sorted.length && Math.floor(sorted[to]! / 2_097_152) === hash) to += 1;
    if (to - from > largestBucket) skipped += ((to - from) * (to - from - 1)) / 2;
    else
      for (let left = from; left < to; left += 1) {
        const a = sorted[left]! % 2_097_152;
        for (let right = left + 1; right < to; right += 1) {
          const b = sorted[right]! % 2_097_152;
          if (a !== b && Math.abs(keys[a]!.length - keys[b]!.length) <= most) pairs.push(a * count + b);
        }
      }
    from = to;
  }
  return { pairs: sortUnique(pairs.toArray()), skipped };
}
