/**
 * Candidate pairs of values, collected by shared keys and by small edit distances, then given their levels.
 *
 * Why: values are compared once, records only read the outcome (similarity-aware indexing; Christen, Gayler, Hawking 2009).
 */
import { getAllowedEdits, getEditDistance } from '../../names/index.ts';
import { findNearKeys, NumberList, sortUnique } from './deletion-index.ts';
import type { NearLevels } from './near-finder.ts';

/** Above this many distinct keys only one-letter slips are indexed: the two-letter neighbourhood grows with the square. */
export const largestTwoEditDictionary = 15_000;

const largestGroup = 4000;

/** The edits that a dictionary with so many distinct keys is searched for. */
export function getMostEdits(keys: number): number {
  return keys > largestTwoEditDictionary ? 1 : 2;
}

/** Collects candidate pairs of values that share a key; a key with too many values is left to the other keys. */
export class PairCollector {
  private readonly packed = new NumberList();
  skipped = 0;
  private readonly size: number;
  private readonly own: Uint8Array | undefined;

  /** @param own 1 for values of interest: a pair without any of them is not collected; absent: all are */
  constructor(size: number, own?: Uint8Array) {
    this.size = size;
    this.own = own;
  }

  add(a: number, b: number): void {
    if (a === b || (this.own !== undefined && (this.own[a]! | this.own[b]!) === 0)) return;
    this.packed.push(a < b ? a * this.size + b : b * this.size + a);
  }

  addGroups(groups: ReadonlyMap<unknown, readonly number[]>): void {
    for (const members of groups.values()) {
      if (members.length > largestGroup) {
        this.skipped += (members.length * (members.length - 1)) / 2;
        continue;
      }
      for (let left = 0; left < members.length; left += 1)
        for (let right = left + 1; right < members.length; right += 1)
          this.add(members[left]!, members[right]!);
    }
  }

  toPairs(): Float64Array {
    return sortUnique(this.packed.toArray());
  }
}

export function put<K>(map: Map<K, number[]>, key: K, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else if (known.at(-1) !== value) known.push(value);
}

/**
 * Pairs of values whose keys are within a small edit distance; `most` edits, or what suits the number of keys. A value of
 * several names has a key for each.
 */
export function addNearKeys(
  collector: PairCollector,
  keys: readonly (string | readonly string[])[],
  mostEdits?: number,
): number {
  const holders = new Map<string, number[]>();
  for (let value = 1; value < keys.length; value += 1) {
    const own = keys[value]!;
    for (const key of typeof own === 'string' ? [own] : own) if (key !== '') put(holders, key, value);
  }
  const distinct = [...holders.keys()];
  const most = mostEdits ?? getMostEdits(distinct.length);
  const found = findNearKeys(distinct, most);
  for (const pair of found.pairs) {
    const left = distinct[Math.floor(pair / distinct.length)]!;
    const right = distinct[pair % distinct.length]!;
    const allowed = Math.min(most, getAllowedEdits(Math.min(left.length, right.length)));
    if (allowed === 0 || getEditDistance(left, right, allowed) > allowed) continue;
    for (const a of holders.get(left)!) for (const b of holders.get(right)!) collector.add(a, b);
  }
  return found.skipped;
}

export function levelPairs(
  collector: PairCollector,
  size: number,
  skipped: number,
  compare: (a: number, b: number) => number,
  different: number,
): NearLevels {
  const lows: number[] = [];
  const highs: number[] = [];
  const levels: number[] = [];
  for (const pair of collector.toPairs()) {
    const low = Math.floor(pair / size);
    const high = pair % size;
    const level = compare(low, high);
    if (level > 0 && level < different) {
      lows.push(low);
      highs.push(high);
      levels.push(level);
    }
  }
  return { lows, highs, levels, skipped: skipped + collector.skipped };
}
