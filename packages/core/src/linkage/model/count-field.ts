/**
 * Exact u by counting: the pairs at every level follow from the frequencies of value pairs, nothing is sampled. The same
 * frequencies give the term-frequency adjustment (`rarity`).
 */
import type { Field } from '../fields/field.ts';
import { getSameLevel, getValueLevel, hasInitial, initialOnly } from '../fields/field-numbers.ts';

/** Exact pair statistics of one field, counted from frequencies alone. */
export interface FieldCounts {
  /** Pairs of records at each level, over pairs in which neither is missing. */
  readonly pairs: readonly number[];
  readonly total: number;
  /** −log2 of the frequency of each value's group: what a shared value is worth. */
  readonly rarity: Float64Array;
  /** Mean over random pairs at each near level of the smaller rarity of the two. */
  readonly meanRarity: readonly number[];
}

/** Counts a field's levels over all pairs of two lists (`oneList`: unordered pairs of one). Nothing is sampled. */
export function countField(field: Field, other: Field | undefined, oneList: boolean): FieldCounts {
  const { leftCount, rightCount, size } = field;
  const pairs = new Array<number>(field.levels).fill(0);
  const { different, notAlike } = field.special;
  let leftAll = 0;
  let rightAll = 0;
  for (let value = 1; value < size; value += 1) {
    leftAll += leftCount[value]!;
    rightAll += rightCount[value]!;
  }
  const total = oneList ? (leftAll * (leftAll - 1)) / 2 : leftAll * rightAll;
  const groupCount = new Map<number, number>();
  for (let value = 1; value < size; value += 1) {
    const id = field.group[value]!;
    const count = leftCount[value]! + (oneList ? 0 : rightCount[value]!);
    groupCount.set(id, (groupCount.get(id) ?? 0) + count);
  }
  const records = leftAll + (oneList ? 0 : rightAll);
  const strength = 300;
  // A name nobody else bears is rarer than a usual one; days of birth are spread evenly, so a lone day is not.
  const spread = field.dates === undefined ? 2 : 1;
  const rarity = new Float64Array(size);
  for (let value = 1; value < size; value += 1) {
    // The two records under comparison are left out: what counts is how many others share the value.
    const others = Math.max(0, groupCount.get(field.group[value]!)! - 2);
    const expected = field.expected[value]!;
    const floor = Math.min(expected / spread, 1 / Math.max(1, records));
    rarity[value] = -Math.log2(
      Math.max(floor, (others + strength * expected) / (Math.max(0, records - 2) + strength)),
    );
  }
  const letters = countLetters(field, records - 2);
  for (const [value, share] of letters) rarity[value] = -Math.log2(share);
  const sums = new Array<number>(field.levels).fill(0);
  // Pairs at a better level in which a name is not in the table: they are not among those that are not alike.
  let unknown = 0;
  const isUnknown = (a: number, b: number): boolean =>
    field.known !== undefined && !hasInitial(field, a, b) && (field.known[a]! & field.known[b]!) === 0;
  const add = (a: number, b: number, level: number): void => {
    const count = oneList
      ? leftCount[a]! * leftCount[b]!
      : leftCount[a]! * rightCount[b]! + leftCount[b]! * rightCount[a]!;
    pairs[level]! += count;
    if (isUnknown(a, b)) unknown += count;
    sums[level]! += count * Math.min(rarity[a]!, rarity[b]!);
  };
  for (let value = 1; value < size; value += 1) {
    const count = oneList
      ? (leftCount[value]! * (leftCount[value]! - 1)) / 2
      : leftCount[value]! * rightCount[value]!;
    pairs[getSameLevel(field, value)]! += count;
    if (isUnknown(value, value)) unknown += count;
  }
  if (field.near !== undefined) {
    const { start, items, levels } = field.near;
    for (let value = 1; value < size; value += 1)
      for (let at = start[value]!; at < start[value + 1]!; at += 1)
        if (items[at]! > value) add(value, items[at]!, levels[at]!);
  }
  if (field.dates !== undefined) addDatePairs(field, add);
  if (other?.cross !== undefined && field.cross !== undefined)
    pairs[field.special.swapped] = countCrossed(field, other, oneList);
  if (field.known !== undefined) {
    const withLetter = total - countPairsOf(field, oneList, (value) => field.known![value] !== initialOnly);
    pairs[field.special.otherInitial] = Math.max(0, withLetter - pairs[field.special.initial]!);
  }
  let known = 0;
  for (let level = 1; level < different; level += 1) known += pairs[level]!;
  if (field.known !== undefined) {
    pairs[notAlike] = Math.max(0, countUnknownPairs(field, oneList) - unknown);
    known += pairs[notAlike];
  }
  pairs[different] = Math.max(0, total - known);
  return {
    pairs,
    total,
    rarity,
    meanRarity: sums.map((sum, level) => (pairs[level]! > 0 && level > 1 ? sum / pairs[level]! : 0)),
  };
}

/** Pairs of whole names of which at least one is not in the table. */
function countUnknownPairs(field: Field, oneList: boolean): number {
  const { known } = field;
  return (
    countPairsOf(field, oneList, (value) => known![value] !== initialOnly) -
    countPairsOf(field, oneList, (value) => known![value] === 1)
  );
}

/** Pairs of records both of whose values are of a kind. */
function countPairsOf(field: Field, oneList: boolean, isOfKind: (value: number) => boolean): number {
  let left = 0;
  let right = 0;
  for (let value = 1; value < field.size; value += 1) {
    if (!isOfKind(value)) continue;
    left += field.leftCount[value]!;
    right += field.rightCount[value]!;
  }
  return oneList ? (left * (left - 1)) / 2 : left * right;
}

/** For each value that is a letter: the share of records, others than the two compared, whose name begins with it. */
function countLetters(field: Field, records: number): ReadonlyMap<number, number> {
  const { known, near, leftCount, rightCount } = field;
  const shares = new Map<number, number>();
  if (known === undefined || near === undefined) return shares;
  const count = (value: number): number =>
    leftCount[value]! + (leftCount === rightCount ? 0 : rightCount[value]!);
  for (let value = 1; value < field.size; value += 1) {
    if (known[value] !== initialOnly) continue;
    let bearers = count(value);
    for (let at = near.start[value]!; at < near.start[value + 1]!; at += 1)
      if (near.levels[at] === field.special.initial) bearers += count(near.items[at]!);
    // As if thirty more had been seen, with the usual dozen of letters.
    shares.set(value, (Math.max(0, bearers - 2) + 30 * 0.08) / (Math.max(0, records) + 30));
  }
  return shares;
}

/** Every pair of dates better than "different" shares its year or its day and month. */
function addDatePairs(field: Field, add: (a: number, b: number, level: number) => void): void {
  const dates = field.dates!;
  const byYear = new Map<number, number[]>();
  const byDay = new Map<number, number[]>();
  const put = (map: Map<number, number[]>, key: number, value: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [value]);
    else known.push(value);
  };
  for (let value = 1; value < field.size; value += 1) {
    put(byYear, Math.trunc(dates[value]! / 10_000), value);
    put(byDay, dates[value]! % 10_000, value);
  }
  const { different } = field.special;
  const { leftCount } = field;
  for (const groups of [byYear, byDay])
    for (const members of groups.values())
      for (let at = 0; at < members.length; at += 1) {
        const a = members[at]!;
        for (let other = at + 1; other < members.length; other += 1) {
          const b = members[other]!;
          // Two dates that nobody on the left has make no pair of records.
          if (leftCount[a] === 0 && leftCount[b] === 0) continue;
          const level = getValueLevel(field, a, b);
          if (level < different) add(a, b, level);
        }
      }
}

/** Expected pairs in which one record's family name is the other's given name (or the reverse). */
function countCrossed(field: Field, other: Field, oneList: boolean): number {
  const counts = new Map<number, [number, number]>();
  for (let value = 1; value < field.size; value += 1) {
    const known = counts.get(field.cross![value]!) ?? [0, 0];
    known[0] += field.leftCount[value]!;
    known[1] += field.rightCount[value]!;
    counts.set(field.cross![value]!, known);
  }
  let pairs = 0;
  for (let value = 1; value < other.size; value += 1) {
    const known = counts.get(other.cross![value]!);
    if (known === undefined) continue;
    pairs += oneList
      ? known[0] * other.leftCount[value]!
      : (known[0] * other.rightCount[value]! + known[1] * other.leftCount[value]!) / 2;
  }
  return pairs;
}
