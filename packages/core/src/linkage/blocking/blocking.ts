/**
 * Which pairs are looked at: single keys for rare values and their neighbours, pairs of keys for common ones, all pairs
 * for small lists. Every key is an index over the right list; a left record asks each key for its bucket.
 */
import type { Field } from '../fields/field.ts';
import { kinds } from '../kinds/index.ts';
import { createInt32 } from '../memory/shared-numbers.ts';
import type { FieldNumbers } from '../fields/field-numbers.ts';

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
  /** Fields whose common values no pair of keys parts: who has nothing else to be found by is compared with nobody. */
  readonly crowded: readonly { readonly field: number; readonly cap: number; readonly start: Int32Array }[];
}

/** Up to this many pairs everything is compared with everything. */
export const allPairsLimit = 3_000_000;
/** A bucket parted twice and still larger than this is cut; what was cut is counted. */
export const largestBucket = 20_000;

export function indexRows(field: FieldNumbers): { start: Int32Array; rows: Int32Array } {
  const start = createInt32(field.size + 1);
  const { right } = field;
  for (const value of right) start[value + 1]! += 1;
  for (let value = 0; value < field.size; value += 1) start[value + 1]! += start[value]!;
  const rows = createInt32(right.length);
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

interface PairPlan {
  readonly field: Field;
  readonly second: Field;
  readonly estimate: number;
  readonly index: { readonly start: Int32Array; readonly rows: Int32Array };
  readonly cap: number;
}

/** Where the indexes over the right list come from: a prepared list keeps them. */
export interface RowIndexes {
  getRows(field: FieldNumbers): { readonly start: Int32Array; readonly rows: Int32Array };
  getSorted(
    field: FieldNumbers,
    second: FieldNumbers,
    start: Int32Array,
  ): { readonly rows: Int32Array; readonly groups: Int32Array };
}

const freshIndexes: RowIndexes = { getRows: indexRows, getSorted: sortBuckets };

/** Plans the keys for these fields within a budget of pairs that grows with the lists, not with their product. */
export function planBlocking(
  fields: readonly Field[],
  leftRows: number,
  rightRows: number,
  oneList: boolean,
  indexes: RowIndexes = freshIndexes,
): Blocking {
  const every = oneList ? (leftRows * (leftRows - 1)) / 2 : leftRows * rightRows;
  if (every <= allPairsLimit) return { all: true, singles: [], pairs: [], crowded: [] };
  const rows = Math.max(leftRows, rightRows);
  const budget = (rows > 90_000 ? 6 : 70) * rows + 300_000;
  const usable = fields.filter((field) => kinds[field.kind].blocking !== 'none');
  const agreement = new Map(usable.map((field) => [field, getAgreement(field)] as const));
  const singles: SingleKey[] = [];
  const plans: PairPlan[] = [];
  const crowds: { readonly field: number; readonly cap: number; readonly start: Int32Array }[] = [];
  const toPairKey = ({ field, second, index, cap }: PairPlan): PairKey => ({
    field: fields.indexOf(field),
    second: fields.indexOf(second),
    cap,
    start: index.start,
    ...indexes.getSorted(field, second, index.start),
    reach: second.dates === undefined ? 0 : 1,
    exact: rightRows > 300_000,
  });
  for (const field of usable) {
    if (kinds[field.kind].blocking !== 'own') continue;
    let cap = 60;
    while (cap > 1 && countSingle(field, cap) > budget) cap = Math.floor(cap / 2);
    if (countSingle(field, cap) > 4 * budget) cap = 0;
    const index = indexes.getRows(field);
    if (cap > 0) singles.push({ field: fields.indexOf(field), cap, ...index });
    const common = countCommon(field, cap);
    if (common === 0) continue;
    crowds.push({ field: fields.indexOf(field), cap, start: index.start });
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
    pairs.push(toPairKey(plan));
  }
  // When nothing fits the budget the cheapest key still stands: its large buckets are parted in the loop and cut last.
  if (pairs.length === 0 && plans.length > 0) {
    pairs.push(toPairKey(plans[0]!));
  }
  const crowded = crowds.filter((crowd) => !pairs.some((key) => key.field === crowd.field));
  return { all: false, singles, pairs, crowded };
}

/**
 * Rows of every bucket of one field in the order of a second field's wide group, a missing one first, and the groups
 * beside them. Cost: two passes over the rows.
 */
export function sortBuckets(
  field: FieldNumbers,
  second: FieldNumbers,
  start: Int32Array,
): { readonly rows: Int32Array; readonly groups: Int32Array } {
  const count = field.right.length;
  let most = 0;
  for (const group of second.wide) if (group > most) most = group;
  const fill = new Int32Array(most + 3);
  const groupOf = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const value = second.right[row]!;
    const group = value === 0 ? -1 : second.wide[value]!;
    groupOf[row] = group;
    fill[group + 2]! += 1;
  }
  for (let group = 0; group < fill.length - 1; group += 1) fill[group + 1]! += fill[group]!;
  const order = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const group = groupOf[row]! + 1;
    order[fill[group]!] = row;
    fill[group]! += 1;
  }
  const rows = createInt32(count);
  const groups = createInt32(count);
  const next = start.slice();
  for (const row of order) {
    const value = field.right[row]!;
    const to = next[value]!;
    next[value] = to + 1;
    rows[to] = row;
    groups[to] = groupOf[row]!;
  }
  return { rows, groups };
}
