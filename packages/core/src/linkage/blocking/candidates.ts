/** Whom a left record is compared with: the right records that the keys for blocking bring up, each once. */
import { largestBucket, type Blocking, type PairKey } from './blocking.ts';
import type { FieldNumbers } from '../fields/field-numbers.ts';
import { kinds } from '../kinds/index.ts';

/** What looking up needs of a comparison. */
export interface CandidatePlan {
  readonly fields: readonly FieldNumbers[];
  readonly blocking: Blocking;
  readonly rightRows: number;
  readonly oneList: boolean;
}

/** A record without a usable key is compared with everybody in lists of up to this many persons. */
const largestUnkeyed = 20_000;

/** Above this many taken from one bucket some other value must agree as well. */
const fullBucket = 2000;

/** Looks up the candidates of one left record after another, in lists that are used again. */
export class CandidateFinder {
  private readonly plan: CandidatePlan;
  /** For each right record the number of the look that found it last. */
  private readonly stamp: Int32Array;
  private looks = 0;
  /** In one list a record is compared with those after it: each pair once. */
  private first = 0;
  /** The right records found for the last left record, {@link count} of them; the caller may write over them. */
  readonly rows: Int32Array;
  count = 0;
  /** Pairs lost so far because a bucket was cut. */
  lost = 0;
  /** Left records so far that nothing known of them could be looked up by: no value, or only values that too many share. */
  keyless = 0;

  constructor(plan: CandidatePlan) {
    this.plan = plan;
    this.stamp = new Int32Array(plan.blocking.all ? 0 : plan.rightRows);
    this.rows = new Int32Array(plan.rightRows);
  }

  find(left: number): void {
    const { blocking, rightRows, oneList } = this.plan;
    this.count = 0;
    this.looks += 1;
    this.first = oneList ? left + 1 : 0;
    if (blocking.all) this.takeAll();
    else {
      const bySingles = this.lookUpSingles(left);
      const byPairs = this.lookUpPairs(left);
      if (bySingles || byPairs) return;
      if (rightRows <= largestUnkeyed) this.takeAll();
      else {
        const crowd = countCrowd(this.plan, left);
        this.lost += oneList ? Math.max(0, crowd - 1) / 2 : crowd;
        if (crowd > 0 || !hasAnyKey(this.plan, left)) this.keyless += 1;
      }
    }
  }

  private take(right: number): void {
    this.stamp[right] = this.looks;
    if (right < this.first) return;
    this.rows[this.count] = right;
    this.count += 1;
  }

  private takeAll(): void {
    const { rows, first } = this;
    for (let right = first; right < rows.length; right += 1) rows[right - first] = right;
    this.count = Math.max(0, rows.length - first);
  }

  /** @returns whether any bucket was small enough to look into */
  private lookUpSingles(left: number): boolean {
    const { stamp, looks } = this;
    const { fields, blocking } = this.plan;
    let usable = false;
    for (const key of blocking.singles) {
      const field = fields[key.field]!;
      const value = field.left[left]!;
      if (value === 0) continue;
      for (let near = field.nearStart[value]!; near < field.nearStart[value + 1]!; near += 1) {
        const other = field.nearItems[near]!;
        const start = key.start[other]!;
        const end = key.start[other + 1]!;
        if (end - start > key.cap) continue;
        usable = true;
        for (let at = start; at < end; at += 1) {
          const right = key.rows[at]!;
          if (stamp[right] !== looks) this.take(right);
        }
      }
    }
    return usable;
  }

  /** @returns whether any bucket was parted */
  private lookUpPairs(left: number): boolean {
    const { stamp, looks } = this;
    const { fields, blocking } = this.plan;
    let usable = false;
    for (const key of blocking.pairs) {
      const field = fields[key.field]!;
      const second = fields[key.second]!;
      const value = field.left[left]!;
      const secondValue = second.left[left]!;
      if (value === 0 || secondValue === 0) continue;
      const lowest = second.wide[secondValue]! - key.reach;
      const highest = second.wide[secondValue]! + key.reach;
      for (let near = field.nearStart[value]!; near < field.nearStart[value + 1]!; near += 1) {
        const other = field.nearItems[near]!;
        if (key.exact && field.group[other] !== field.group[value]) continue;
        const end = key.start[other + 1]!;
        if (end - key.start[other]! <= key.cap) continue;
        usable = true;
        let taken = 0;
        for (let at = findGroup(key, other, lowest); at < end && key.groups[at]! <= highest; at += 1) {
          taken += 1;
          if (taken > largestBucket) {
            this.lost += 1;
            continue;
          }
          const right = key.rows[at]!;
          if (stamp[right] === looks) continue;
          // A very full bucket is parted by a third field.
          if (taken > fullBucket && !agreesElsewhere(fields, key, left, right)) continue;
          this.take(right);
        }
      }
    }
    return usable;
  }
}

/** The first place in a bucket whose second group is not below `lowest`. */
function findGroup(key: PairKey, bucket: number, lowest: number): number {
  let low = key.start[bucket]!;
  let high = key.start[bucket + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key.groups[middle]! < lowest) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many records share a common value with this one that no key parts; the fullest field counts. */
function countCrowd(plan: CandidatePlan, left: number): number {
  let most = 0;
  for (const { field: index, cap, start } of plan.blocking.crowded) {
    const field = plan.fields[index]!;
    const value = field.left[left]!;
    if (value === 0) continue;
    let rows = 0;
    for (let near = field.nearStart[value]!; near < field.nearStart[value + 1]!; near += 1) {
      const other = field.nearItems[near]!;
      const count = start[other + 1]! - start[other]!;
      if (count > cap) rows += count;
    }
    if (rows > most) most = rows;
  }
  return most;
}

/** Whether any key could be asked for this record: one that asks and finds nobody has been checked. */
function hasAnyKey({ fields, blocking }: CandidatePlan, left: number): boolean {
  const has = (index: number): boolean => fields[index]!.left[left] !== 0;
  return (
    blocking.singles.some((key) => has(key.field)) ||
    blocking.pairs.some((key) => has(key.field) && has(key.second))
  );
}

function agreesElsewhere(
  fields: readonly FieldNumbers[],
  key: PairKey,
  left: number,
  right: number,
): boolean {
  for (let index = 0; index < fields.length; index += 1) {
    if (index === key.field || index === key.second) continue;
    const field = fields[index]!;
    if (kinds[field.kind].blocking === 'second') continue;
    const a = field.left[left]!;
    const b = field.right[right]!;
    if (a !== 0 && b !== 0 && field.group[a] === field.group[b]) return true;
  }
  return false;
}
