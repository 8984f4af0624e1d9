/**
 * Which pairs are looked at: single keys for rare values and their neighbours, pairs of keys for common ones, all pairs
 * for small lists. Every key is an index over the right list; a left record asks each key for its bucket.
 */
import { compareDates } from './dates.ts';
import type { Field, FieldNumbers } from './field.ts';
import { getFieldWeight, type FieldWeights } from './model.ts';
import { findPairLevel } from './pair-table.ts';

/** Rows of the right list in the order of one field's values. */
export interface SingleKey {
  readonly field: number;
  /** Buckets larger than this are left to the pair keys. */
  readonly cap: number;
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** Buckets over a single key's cap, parted by a second field. */
export interface PairKey {
  readonly field: number;
  readonly second: number;
  readonly cap: number;
  readonly start: Int32Array;
  /** Rows of each bucket, sorted by the second field's wide group, and those groups beside them. */
  readonly rows: Int32Array;
  readonly groups: Int32Array;
  /** How far the second group may be off: 1 for years, 0 otherwise. */
  readonly reach: number;
  /** True in very long lists: the first value's group must be equal, a slip in it is left to the keys of other fields. */
  readonly exact: boolean;
}

export interface Blocking {
  /** True: every pair is compared, keys are not used. */
  readonly all: boolean;
  readonly singles: readonly SingleKey[];
  readonly pairs: readonly PairKey[];
}

/** Up to this many pairs everything is compared with everything. */
export const allPairsLimit = 3_000_000;
/** A bucket parted twice and still larger than this is cut; what was cut is counted. */
export const largestBucket = 20_000;

const toShared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));

function indexRows(field: FieldNumbers): { start: Int32Array; rows: Int32Array } {
  const start = toShared(field.size + 1);
  const { right } = field;
  for (const value of right) start[value + 1]! += 1;
  for (let value = 0; value < field.size; value += 1) start[value + 1]! += start[value]!;
  const rows = toShared(right.length);
  const fill = start.slice();
  for (let row = 0; row < right.length; row += 1) {
    const value = right[row]!;
    rows[fill[value]!] = row;
    fill[value]! += 1;
  }
  return { start, rows };
}

/** Expected pairs of a single key under a cap, counted exactly from the frequencies. */
function countSingle(field: Field, cap: number): number {
  let pairs = 0;
  for (let value = 1; value < field.size; value += 1) {
    const left = field.leftCount[value]!;
    if (left === 0) continue;
    let rows = 0;
    for (let at = field.nearStart[value]!; at < field.nearStart[value + 1]!; at += 1) {
      const count = field.rightCount[field.nearItems[at]!]!;
      if (count <= cap) rows += count;
    }
    pairs += left * rows;
  }
  return pairs;
}

function countCommon(field: Field, cap: number): number {
  let pairs = 0;
  for (let value = 1; value < field.size; value += 1) {
    const left = field.leftCount[value]!;
    if (left === 0) continue;
    for (let at = field.nearStart[value]!; at < field.nearStart[value + 1]!; at += 1) {
      const count = field.rightCount[field.nearItems[at]!]!;
      if (count > cap) pairs += left * count;
    }
  }
  return pairs;
}

/** Chance that two random records agree on a field's wide group. */
function getAgreement(field: Field): number {
  const groups = new Map<number, [number, number]>();
  let left = 0;
  let right = 0;
  for (let value = 1; value < field.size; value += 1) {
    const known = groups.get(field.wide[value]!) ?? [0, 0];
    known[0] += field.leftCount[value]!;
    known[1] += field.rightCount[value]!;
    left += field.leftCount[value]!;
    right += field.rightCount[value]!;
    groups.set(field.wide[value]!, known);
  }
  let agree = 0;
  for (const [a, b] of groups.values()) agree += a * b;
  return left === 0 || right === 0 ? 1 : (agree / left / right) * (field.dates === undefined ? 1 : 3);
}

/** Plans the keys for these fields within a budget of pairs that grows with the lists, not with their product. */
export function planBlocking(
  fields: readonly Field[],
  leftRows: number,
  rightRows: number,
  oneList: boolean,
): Blocking {
  const every = oneList ? (leftRows * (leftRows - 1)) / 2 : leftRows * rightRows;
  if (every <= allPairsLimit) return { all: true, singles: [], pairs: [] };
  const rows = Math.max(leftRows, rightRows);
  const budget = (rows > 90_000 ? 6 : 70) * rows + 300_000;
  const usable = fields.filter((field) => field.kind !== 'age');
  const agreement = new Map(usable.map((field) => [field, getAgreement(field)] as const));
  const singles: SingleKey[] = [];
  const plans: {
    field: Field;
    second: Field;
    estimate: number;
    index: { start: Int32Array; rows: Int32Array };
    cap: number;
  }[] = [];
  for (const field of usable) {
    if (field.kind === 'category') continue;
    let cap = 60;
    while (cap > 1 && countSingle(field, cap) > budget) cap = Math.floor(cap / 2);
    if (countSingle(field, cap) > 4 * budget) cap = 0;
    const index = indexRows(field);
    if (cap > 0) singles.push({ field: fields.indexOf(field), cap, ...index });
    const common = countCommon(field, cap);
    if (common === 0) continue;
    for (const second of usable) {
      if (second === field) continue;
      const share = agreement.get(second)!;
      if (share > 0.3) continue;
      plans.push({ field, second, estimate: common * share, index, cap });
    }
  }
  plans.sort((a, b) => a.estimate - b.estimate);
  const mostPairKeys = rows > 90_000 ? 8 : 18;
  const pairs: PairKey[] = [];
  for (const plan of plans) {
    if (pairs.length >= mostPairKeys) break;
    if (plan.estimate > 2 * budget) continue;
    pairs.push(indexPair(fields, plan.field, plan.second, plan.index, plan.cap));
  }
  // When nothing fits the budget the cheapest key still stands: its large buckets are parted in the loop and cut last.
  if (pairs.length === 0 && plans.length > 0) {
    const plan = plans[0]!;
    pairs.push(indexPair(fields, plan.field, plan.second, plan.index, plan.cap));
  }
  return { all: false, singles, pairs };
}

function indexPair(
  fields: readonly Field[],
  field: Field,
  second: Field,
  index: { readonly start: Int32Array; readonly rows: Int32Array },
  cap: number,
): PairKey {
  const rows = toShared(index.rows.length);
  const groups = toShared(index.rows.length);
  rows.set(index.rows);
  const of = (row: number): number => {
    const value = second.right[row]!;
    return value === 0 ? -1 : second.wide[value]!;
  };
  for (let value = 1; value < field.size; value += 1) {
    const from = index.start[value]!;
    const to = index.start[value + 1]!;
    if (to - from <= cap) continue;
    const keyed = new Float64Array(to - from);
    for (let at = from; at < to; at += 1) keyed[at - from] = (of(rows[at]!) + 1) * 4_294_967_296 + rows[at]!;
    keyed.sort();
    for (let at = from; at < to; at += 1) {
      const key = keyed[at - from]!;
      const group = Math.floor(key / 4_294_967_296);
      groups[at] = group - 1;
      rows[at] = key - group * 4_294_967_296;
    }
  }
  return {
    field: fields.indexOf(field),
    second: fields.indexOf(second),
    cap,
    start: index.start,
    rows,
    groups,
    reach: second.dates === undefined ? 0 : 1,
    exact: index.rows.length > 300_000,
  };
}

/** Everything a worker needs to score its share of the left records: typed arrays and numbers only. */
export interface ScoringPlan {
  readonly fields: readonly FieldNumbers[];
  readonly weights: readonly FieldWeights[];
  readonly blocking: Blocking;
  readonly leftRows: number;
  readonly rightRows: number;
  readonly oneList: boolean;
  /** log2 of the prior odds. */
  readonly prior: number;
  /** Pairs below this weight are not kept. */
  readonly floor: number;
  /** Places of the family and given name among the fields, or -1. */
  readonly family: number;
  readonly given: number;
}

/** What scoring a range of left records gave. Parallel lists, in the order of left rows. */
export interface ScoredRange {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
  /** Pairs that were compared. */
  readonly compared: number;
  /** Pairs lost because a bucket was cut. */
  readonly lost: number;
  /** Left records with no usable key. */
  readonly keyless: number;
  /** Pattern id → number of pairs; filled when patterns were asked for. */
  readonly patterns: ReadonlyMap<number, number> | undefined;
}

/** The levels of all fields of one pair, written into `levels`; swapped names are seen here. */
export function getLevels(plan: ScoringPlan, left: number, right: number, levels: Uint8Array): void {
  const { fields } = plan;
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index]!;
    levels[index] = getPairLevel(field, field.left[left]!, field.right[right]!);
  }
  if (plan.family >= 0 && plan.given >= 0) settleSwapped(plan, left, right, levels);
}

function settleSwapped(plan: ScoringPlan, left: number, right: number, levels: Uint8Array): void {
  const family = plan.fields[plan.family]!;
  const given = plan.fields[plan.given]!;
  const different = family.levels - 1;
  if (levels[plan.family] !== different || levels[plan.given] !== different) return;
  const familyLeft = family.cross![family.left[left]!]!;
  const givenRight = given.cross![given.right[right]!]!;
  if (familyLeft !== givenRight) return;
  if (family.cross![family.right[right]!] !== given.cross![given.left[left]!]) return;
  levels[plan.family] = different - 1;
  levels[plan.given] = different - 1;
}

function getPairLevel(field: FieldNumbers, a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  if (a === b) return 1;
  if (field.dates !== undefined) return compareDates(field.dates[a]!, field.dates[b]!);
  if (field.near === undefined) return field.levels - 1;
  const level = findPairLevel(field.near, a, b);
  return level === 0 ? field.levels - 1 : level;
}

/** Counts pattern ids in open addressing: candidates are many, patterns few. */
class PatternCounter {
  private keys = new Float64Array(1 << 12).fill(-1);
  private counts = new Float64Array(1 << 12);
  private used = 0;

  add(id: number): void {
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
    const high = Math.trunc(id / 4_294_967_296);
    let mixed = Math.imul((id % 4_294_967_296) | 0, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
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

/**
 * Scores the left records from `from` to `to` (step `stride`) against the right list.
 *
 * @param wantPatterns counts patterns of levels instead of keeping pairs
 */
export function scoreRange(
  plan: ScoringPlan,
  from: number,
  to: number,
  stride: number,
  wantPatterns: boolean,
): ScoredRange {
  const { fields, weights, blocking, oneList, rightRows } = plan;
  const width = fields.length;
  const stamp = new Int32Array(rightRows);
  const levels = new Uint8Array(width);
  const best = new Float64Array(width + 1);
  const patterns = wantPatterns ? new PatternCounter() : undefined;
  let capacity = 1024;
  let lefts = new Int32Array(capacity);
  let rights = new Int32Array(capacity);
  let kept = new Float64Array(capacity);
  let size = 0;
  let compared = 0;
  let lost = 0;
  let keyless = 0;

  const keep = (left: number, right: number, weight: number): void => {
    if (size === capacity) {
      capacity *= 2;
      const moreLeft = new Int32Array(capacity);
      moreLeft.set(lefts);
      lefts = moreLeft;
      const moreRight = new Int32Array(capacity);
      moreRight.set(rights);
      rights = moreRight;
      const moreKept = new Float64Array(capacity);
      moreKept.set(kept);
      kept = moreKept;
    }
    lefts[size] = left;
    rights[size] = right;
    kept[size] = weight;
    size += 1;
  };

  const look = (left: number, right: number): void => {
    if (oneList && right <= left) return;
    compared += 1;
    if (patterns !== undefined) {
      getLevels(plan, left, right, levels);
      patterns.add(toPatternId(levels));
      return;
    }
    let weight = plan.prior;
    for (let index = 0; index < width; index += 1) {
      const field = fields[index]!;
      const a = field.left[left]!;
      const b = field.right[right]!;
      const level = getPairLevel(field, a, b);
      levels[index] = level;
      if (level !== 0) weight += getFieldWeight(weights[index]!, level, a, b);
      if (weight + best[index + 1]! < plan.floor) return;
    }
    if (plan.family >= 0 && plan.given >= 0) {
      const different = fields[plan.family]!.levels - 1;
      if (levels[plan.family] === different && levels[plan.given] === different) {
        settleSwapped(plan, left, right, levels);
        if (levels[plan.family] !== different) {
          weight = getPairWeight(plan, left, right, levels);
        }
      }
    }
    if (weight >= plan.floor) keep(left, right, weight);
  };

  for (let left = from; left < to; left += stride) {
    // The best this record can still reach after each field: its own values, agreeing fully.
    best[width] = 0;
    if (patterns === undefined)
      for (let index = width - 1; index >= 0; index -= 1) {
        const value = fields[index]!.left[left]!;
        const one = weights[index]!;
        const top = value === 0 ? 0 : Math.max(0, one.base[1]! + one.rarity[value]! + 2);
        best[index] = best[index + 1]! + top + (index === plan.family || index === plan.given ? 12 : 0);
      }
    if (blocking.all) {
      for (let right = oneList ? left + 1 : 0; right < rightRows; right += 1) look(left, right);
      continue;
    }
    const mark = left + 1;
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
          if (stamp[right] === mark) continue;
          stamp[right] = mark;
          look(left, right);
        }
      }
    }
    for (const key of blocking.pairs) {
      const field = fields[key.field]!;
      const second = fields[key.second]!;
      const value = field.left[left]!;
      const secondValue = second.left[left]!;
      if (value === 0 || secondValue === 0) continue;
      const wanted = second.wide[secondValue]!;
      for (let near = field.nearStart[value]!; near < field.nearStart[value + 1]!; near += 1) {
        const other = field.nearItems[near]!;
        if (key.exact && field.group[other] !== field.group[value]) continue;
        const start = key.start[other]!;
        const end = key.start[other + 1]!;
        if (end - start <= key.cap) continue;
        usable = true;
        let low = start;
        let high = end;
        const least = wanted - key.reach;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (key.groups[middle]! < least) low = middle + 1;
          else high = middle;
        }
        const most = wanted + key.reach;
        let taken = 0;
        for (let at = low; at < end && key.groups[at]! <= most; at += 1) {
          taken += 1;
          if (taken > largestBucket) {
            while (at < end && key.groups[at]! <= most) {
              at += 1;
              lost += 1;
            }
            break;
          }
          const right = key.rows[at]!;
          if (stamp[right] === mark) continue;
          // A very full bucket is parted by a third field: some other value must agree as well.
          if (taken > 2000 && !agreesElsewhere(fields, key, left, right)) continue;
          stamp[right] = mark;
          look(left, right);
        }
      }
    }
    if (!usable) {
      keyless += 1;
      if (rightRows <= 20_000) for (let right = 0; right < rightRows; right += 1) look(left, right);
    }
  }
  return {
    left: lefts.slice(0, size),
    right: rights.slice(0, size),
    weight: kept.slice(0, size),
    compared,
    lost,
    keyless,
    patterns: patterns?.toMap(),
  };
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
    if (field.kind === 'category') continue;
    const a = field.left[left]!;
    const b = field.right[right]!;
    if (a !== 0 && b !== 0 && field.group[a] === field.group[b]) return true;
  }
  return false;
}

/** The weight of one pair from its levels: prior and fields in their order, always summed the same way. */
export function getPairWeight(plan: ScoringPlan, left: number, right: number, levels: Uint8Array): number {
  let weight = plan.prior;
  for (let index = 0; index < plan.fields.length; index += 1) {
    const level = levels[index]!;
    if (level === 0) continue;
    const field = plan.fields[index]!;
    weight += getFieldWeight(plan.weights[index]!, level, field.left[left]!, field.right[right]!);
  }
  return weight;
}

/** One number for the levels of all fields: fields are at most twelve, levels at most fourteen. */
export function toPatternId(levels: Uint8Array): number {
  let id = 0;
  for (let index = 0; index < levels.length; index += 1) id = id * 14 + levels[index]!;
  return id;
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
