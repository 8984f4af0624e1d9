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

/** Deletions by their hashes: two growing lists side by side. */
class DeletionList {
  private hashes = new Uint32Array(1024);
  private owners = new Int32Array(1024);
  private length = 0;

  push(hash: number, owner: number): void {
    if (this.length === this.hashes.length) {
      const { hashes, owners } = this;
      this.hashes = new Uint32Array(this.length * 2);
      this.hashes.set(hashes);
      this.owners = new Int32Array(this.length * 2);
      this.owners.set(owners);
    }
    this.hashes[this.length] = hash;
    this.owners[this.length] = owner;
    this.length += 1;
  }

  /** Both lists so ordered that equal hashes stand together, owners ascending in each run: by high bits, then in place. */
  toRuns(): { readonly hashes: Uint32Array; readonly owners: Int32Array } {
    const { length } = this;
    let bits = 4;
    while (1 << bits < length / 2 && bits < 24) bits += 1;
    const shift = 32 - bits;
    const start = new Int32Array((1 << bits) + 1);
    for (let at = 0; at < length; at += 1) start[(this.hashes[at]! >>> shift) + 1]! += 1;
    for (let bucket = 0; bucket < 1 << bits; bucket += 1) start[bucket + 1]! += start[bucket]!;
    const hashes = new Uint32Array(length);
    const owners = new Int32Array(length);
    const fill = start.slice();
    for (let at = 0; at < length; at += 1) {
      const hash = this.hashes[at]!;
      const to = fill[hash >>> shift]!;
      fill[hash >>> shift] = to + 1;
      hashes[to] = hash;
      owners[to] = this.owners[at]!;
    }
    for (let bucket = 0; bucket < 1 << bits; bucket += 1) {
      const from = start[bucket]!;
      const to = start[bucket + 1]!;
      if (to - from > 64) sortRun(hashes, owners, from, to);
      else
        for (let at = from + 1; at < to; at += 1) {
          const hash = hashes[at]!;
          if (hashes[at - 1]! <= hash) continue;
          const owner = owners[at]!;
          let place = at;
          while (place > from && hashes[place - 1]! > hash) {
            hashes[place] = hashes[place - 1]!;
            owners[place] = owners[place - 1]!;
            place -= 1;
          }
          hashes[place] = hash;
          owners[place] = owner;
        }
    }
    return { hashes, owners };
  }
}

const mostKeys = 2_097_152;

function sortRun(hashes: Uint32Array, owners: Int32Array, from: number, to: number): void {
  const packed = new Float64Array(to - from);
  for (let at = from; at < to; at += 1) packed[at - from] = hashes[at]! * mostKeys + owners[at]!;
  packed.sort();
  for (let at = from; at < to; at += 1) {
    const one = packed[at - from]!;
    hashes[at] = Math.floor(one / mostKeys);
    owners[at] = one % mostKeys;
  }
}

const codes = new Int32Array(prefixLength);

/** The hash of the first `end` letters in `codes`, two places left out. */
function hashWithout(first: number, second: number, end: number): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < end; at += 1)
    if (at !== first && at !== second) hash = Math.imul(hash ^ codes[at]!, 0x0100_0193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b_3c6d);
}

const hashesOfKey = new Int32Array(1 + prefixLength + (prefixLength * (prefixLength - 1)) / 2);

/** Writes the hashes of a key and its deletions into {@link hashesOfKey}. @returns how many there are */
function listDeletions(key: string, most: number): number {
  const edits = getIndexedEdits(key.length, most);
  if (edits === 0) return 0;
  const length = Math.min(prefixLength, key.length);
  for (let at = 0; at < length; at += 1) codes[at] = key.charCodeAt(at);
  hashesOfKey[0] = hashWithout(-1, -1, length);
  let count = 1;
  for (let first = 0; first < length; first += 1) {
    if (first > 0 && codes[first] === codes[first - 1]) continue;
    hashesOfKey[count] = hashWithout(first, -1, length);
    count += 1;
    if (edits > 1)
      for (let second = first + 1; second < length; second += 1) {
        hashesOfKey[count] = hashWithout(first, second, length);
        count += 1;
      }
  }
  return count;
}

/** An index of keys that one key at a time is looked up in: which of them may be within the allowed edits. */
export class DeletionIndex {
  private readonly hashes: Uint32Array;
  private readonly owners: Int32Array;
  private readonly most: number;

  /** @param keys distinct strings; cost as {@link findNearKeys} */
  constructor(keys: readonly string[], most: number) {
    this.most = most;
    const deletions = new DeletionList();
    for (const [owner, key] of keys.entries()) {
      const found = listDeletions(key, most);
      for (let at = 0; at < found; at += 1) deletions.push(hashesOfKey[at]!, owner);
    }
    ({ hashes: this.hashes, owners: this.owners } = deletions.toRuns());
  }

  /** Places of the keys that share a deletion with this one, each once; buckets that are too full are left out. */
  find(key: string): ReadonlySet<number> {
    const { hashes, owners } = this;
    const out = new Set<number>();
    const found = listDeletions(key, this.most);
    for (let index = 0; index < found; index += 1) {
      const hash = hashesOfKey[index]! >>> 0;
      let low = 0;
      let high = hashes.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (hashes[middle]! < hash) low = middle + 1;
        else high = middle;
      }
      let to = low;
      while (to < hashes.length && hashes[to] === hash) to += 1;
      if (to - low <= largestBucket) for (let at = low; at < to; at += 1) out.add(owners[at]!);
    }
    return out;
  }
}

/**
 * Candidate pairs of keys within `most` edits (fewer for short keys). The caller verifies each pair's true distance.
 *
 * @param keys distinct strings; cost: about 1 + p + p²/2 hashes per key (p ≤ 9), put in order by counting
 */
export function findNearKeys(keys: readonly string[], most: number): NearKeys {
  const count = keys.length;
  if (count >= mostKeys) return { pairs: new Float64Array(0), skipped: count };
  const deletions = new DeletionList();
  for (let owner = 0; owner < count; owner += 1) {
    const key = keys[owner]!;
    const found = listDeletions(key, most);
    for (let at = 0; at < found; at += 1) deletions.push(hashesOfKey[at]!, owner);
  }
  const { hashes, owners } = deletions.toRuns();
  const lengths = Int32Array.from(keys, (key) => key.length);
  const pairs = new NumberList();
  let skipped = 0;
  let from = 0;
  while (from < hashes.length) {
    const hash = hashes[from]!;
    let to = from + 1;
    while (to < hashes.length && hashes[to] === hash) to += 1;
    if (to - from > largestBucket) skipped += ((to - from) * (to - from - 1)) / 2;
    else
      for (let left = from; left < to; left += 1) {
        const a = owners[left]!;
        const length = lengths[a]!;
        for (let right = left + 1; right < to; right += 1) {
          const b = owners[right]!;
          if (a !== b && Math.abs(length - lengths[b]!) <= most) pairs.push(a * count + b);
        }
      }
    from = to;
  }
  return { pairs: sortUnique(pairs.toArray()), skipped };
}
