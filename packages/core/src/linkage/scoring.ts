/** Scoring pairs of records: levels by array reads, weights in the order of fields, nothing kept below the floor. */
import { largestBucket, type Blocking, type PairKey } from './blocking.ts';
import type { CandidateStore } from './candidate-store.ts';
import { compareDates } from './dates.ts';
import { getFarLevel, getSameLevel, getValueLevel, type FieldNumbers } from './field-numbers.ts';
import { swappedLevel } from './levels.ts';
import { getFieldWeight, mostShift, type FieldWeights } from './model.ts';
import { PatternCounter } from './patterns.ts';

/** Everything a worker needs to score its share of the left records: typed arrays and numbers only. */
export interface ScoringPlan {
  readonly fields: readonly FieldNumbers[];
  readonly weights: readonly FieldWeights[];
  readonly blocking: Blocking;
  readonly leftRows: number;
  readonly rightRows: number;
  readonly oneList: boolean;
  /** log2 of the prior odds, the vacancy included. */
  readonly prior: number;
  /** The part of the prior that rests on the other records being others' matches. */
  readonly vacancy: number;
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
  /** Left records that nothing known of them could be looked up by: no value, or only values that too many share. */
  readonly keyless: number;
  /** Pattern id → number of pairs; filled when patterns were asked for. */
  readonly patterns: ReadonlyMap<number, number> | undefined;
}

/** The levels of all fields of one pair, written into `levels`; swapped names are seen here. */
export function getLevels(plan: ScoringPlan, left: number, right: number, levels: Uint8Array): void {
  const { fields } = plan;
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index]!;
    levels[index] = getValueLevel(field, field.left[left]!, field.right[right]!);
  }
  if (plan.family >= 0 && plan.given >= 0) settleSwapped(plan, left, right, levels);
}

/** True when each record's family name is the other's given name. */
function isCrossed(plan: ScoringPlan, left: number, right: number): boolean {
  const family = plan.fields[plan.family]!;
  const given = plan.fields[plan.given]!;
  const a = family.cross![family.left[left]!]!;
  if (a === 0 || a !== given.cross![given.right[right]!]) return false;
  const b = family.cross![family.right[right]!]!;
  return b !== 0 && b === given.cross![given.left[left]!];
}

function settleSwapped(plan: ScoringPlan, left: number, right: number, levels: Uint8Array): void {
  if (levels[plan.family]! <= swappedLevel || levels[plan.given]! <= swappedLevel) return;
  if (!isCrossed(plan, left, right)) return;
  levels[plan.family] = swappedLevel;
  levels[plan.given] = swappedLevel;
}

/** The level of every value beside one left value, spread out so that a pair costs one read. */
class LevelRow {
  private readonly field: FieldNumbers;
  /** A left value of the kind this row is for: its far levels are the row's. */
  private readonly sample: number;
  /** Level by right value; right while `hot` is the left value. */
  readonly levels: Uint8Array;
  hot = 0;

  constructor(field: FieldNumbers, sample: number) {
    this.field = field;
    this.sample = sample;
    this.levels = new Uint8Array(field.size);
    for (let value = 1; value < field.size; value += 1)
      this.levels[value] = getFarLevel(field, sample, value);
  }

  turnTo(value: number): void {
    const { levels, sample, field, hot } = this;
    const { near } = field;
    if (hot !== 0) {
      levels[hot] = getFarLevel(field, sample, hot);
      if (near !== undefined)
        for (let at = near.start[hot]!; at < near.start[hot + 1]!; at += 1) {
          const item = near.items[at]!;
          levels[item] = getFarLevel(field, sample, item);
        }
    }
    this.hot = value;
    levels[value] = getSameLevel(field, value);
    if (near !== undefined)
      for (let at = near.start[value]!; at < near.start[value + 1]!; at += 1)
        levels[near.items[at]!] = near.levels[at]!;
  }
}

/** The rows of a field: one for left values that are known names, one for letters, one for all others. */
class LevelRows {
  private readonly field: FieldNumbers;
  private readonly rows: (LevelRow | undefined)[] = [undefined, undefined, undefined];

  constructor(field: FieldNumbers) {
    this.field = field;
  }

  find(a: number, b: number): number {
    const kind = this.field.known === undefined ? 0 : this.field.known[a]!;
    let row = this.rows[kind];
    if (row === undefined) {
      row = new LevelRow(this.field, a);
      this.rows[kind] = row;
    }
    if (row.hot !== a) row.turnTo(a);
    return row.levels[b]!;
  }
}

/** A growing list of kept pairs. */
class KeptPairs {
  private left = new Int32Array(1024);
  private right = new Int32Array(1024);
  private weight = new Float64Array(1024);
  private size = 0;

  add(left: number, right: number, weight: number): void {
    if (this.size === this.left.length) {
      const { left: lefts, right: rights, weight: weights } = this;
      this.left = new Int32Array(this.size * 2);
      this.left.set(lefts);
      this.right = new Int32Array(this.size * 2);
      this.right.set(rights);
      this.weight = new Float64Array(this.size * 2);
      this.weight.set(weights);
    }
    this.left[this.size] = left;
    this.right[this.size] = right;
    this.weight[this.size] = weight;
    this.size += 1;
  }

  toLists(): { left: Int32Array; right: Int32Array; weight: Float64Array } {
    return {
      left: this.left.slice(0, this.size),
      right: this.right.slice(0, this.size),
      weight: this.weight.slice(0, this.size),
    };
  }
}

/** The best a left record can still reach from each field on: its own values, agreeing fully. */
function setBest(plan: ScoringPlan, left: number, best: Float64Array): void {
  const width = plan.fields.length;
  best[width] = 0;
  for (let index = width - 1; index >= 0; index -= 1) {
    const value = plan.fields[index]!.left[left]!;
    const one = plan.weights[index]!;
    const top = value === 0 ? 0 : Math.max(0, one.base[1]! + one.rarity[value]! + 3);
    best[index] = best[index + 1]! + top;
  }
}

/**
 * Scores the left records from `from` to `to` (step `stride`) against the right list.
 *
 * @param wantPatterns counts patterns of levels instead of keeping pairs
 * @param store with `wantPatterns`: empty; filled with the pairs that were looked at, while they fit, and their patterns
 */
export function scoreRange(
  plan: ScoringPlan,
  from: number,
  to: number,
  stride: number,
  wantPatterns: boolean,
  store?: CandidateStore,
): ScoredRange {
  const { fields, weights, blocking, oneList, rightRows, floor } = plan;
  const width = fields.length;
  const stamp = new Int32Array(blocking.all ? 0 : rightRows);
  const levels = new Uint8Array(width);
  const best = new Float64Array(width + 1);
  const patterns = wantPatterns ? (store?.patterns ?? new PatternCounter()) : undefined;
  const kept = new KeptPairs();
  const rights = fields.map((field) => field.right);
  const dates = fields.map((field) => field.dates);
  const rows = fields.map((field) => (field.dates === undefined ? new LevelRows(field) : undefined));
  const own = new Int32Array(width);
  const named = plan.family >= 0 && plan.given >= 0;
  const familyCross = named ? fields[plan.family]!.cross! : undefined;
  const givenCross = named ? fields[plan.given]!.cross! : undefined;
  const givenRight = named ? fields[plan.given]!.right : undefined;
  /** What a right given name must be to have changed places with this record's family name; 0 for none. */
  let wantedCross = 0;
  let compared = 0;
  let lost = 0;
  let keyless = 0;

  const findLevel = (index: number, a: number, b: number): number => {
    if (a === 0) return 0;
    const row = rows[index];
    if (row !== undefined) return row.find(a, b);
    if (b === 0) return 0;
    if (a === b) return 1;
    const date = dates[index]!;
    return compareDates(date[a]!, date[b]!);
  };

  const look = (left: number, right: number): void => {
    if (oneList && right <= left) return;
    compared += 1;
    if (patterns !== undefined) {
      for (let index = 0; index < width; index += 1)
        levels[index] = findLevel(index, own[index]!, rights[index]![right]!);
      if (wantedCross !== 0 && givenCross![givenRight![right]!] === wantedCross)
        settleSwapped(plan, left, right, levels);
      if (store === undefined) patterns.add(levels);
      else store.add(left, right, levels);
      return;
    }
    let weight = plan.prior;
    for (let index = 0; index < width; index += 1) {
      const a = own[index]!;
      const b = rights[index]![right]!;
      const level = findLevel(index, a, b);
      levels[index] = level;
      if (level !== 0) weight += getFieldWeight(weights[index]!, level, a, b);
      if (weight + best[index + 1]! < floor) {
        // Names that changed places look like two contradictions until both are seen together.
        if (wantedCross === 0 || givenCross![givenRight![right]!] !== wantedCross) return;
        if (!isCrossed(plan, left, right)) return;
        break;
      }
    }
    if (
      wantedCross !== 0 &&
      givenCross![givenRight![right]!] === wantedCross &&
      isCrossed(plan, left, right)
    ) {
      getLevels(plan, left, right, levels);
      weight = getPairWeight(plan, left, right, levels);
    }
    if (weight >= floor) kept.add(left, right, weight);
  };

  for (let left = from; left < to; left += stride) {
    for (let index = 0; index < width; index += 1) own[index] = fields[index]!.left[left]!;
    if (patterns === undefined) setBest(plan, left, best);
    if (familyCross !== undefined) wantedCross = familyCross[own[plan.family]!]!;
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
      if (rightRows <= largestUnkeyed) for (let right = 0; right < rightRows; right += 1) look(left, right);
      else {
        const crowd = countCrowd(plan, left);
        lost += oneList ? Math.max(0, crowd - 1) / 2 : crowd;
        if (crowd > 0 || !hasAnyKey(plan, left)) keyless += 1;
      }
    }
  }
  return {
    ...kept.toLists(),
    compared,
    lost,
    keyless,
    patterns: patterns?.toMap(),
  };
}

/** A record without a usable key is compared with everybody in lists of up to this many persons. */
const largestUnkeyed = 20_000;

/** How many records share a common value with this one that no key parts; the fullest field counts. */
function countCrowd(plan: ScoringPlan, left: number): number {
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
function hasAnyKey({ fields, blocking }: ScoringPlan, left: number): boolean {
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

/** The most that each pattern can weigh, whatever its values. */
function getMostWeights(plan: ScoringPlan, patterns: Uint8Array): Float64Array {
  const width = plan.fields.length;
  const most = plan.weights.map((one) => {
    let rarest = 0;
    for (const rarity of one.rarity) if (rarity > rarest) rarest = rarity;
    return Float64Array.from(one.base, (base, level) =>
      level === 0 ? 0 : base + (one.use[level] === 1 ? rarest : one.use[level] === 2 ? mostShift : 0),
    );
  });
  const out = new Float64Array(patterns.length / width);
  for (let pattern = 0; pattern < out.length; pattern += 1) {
    let weight = plan.prior;
    for (let index = 0; index < width; index += 1)
      weight += most[index]![patterns[pattern * width + index]!]!;
    out[pattern] = weight;
  }
  return out;
}

/**
 * Scores the pairs of a complete store: the same result as {@link scoreRange} over the same left records, without finding
 * the pairs again. Most patterns cannot reach the floor with any values; their pairs cost one read.
 *
 * @param found what filling the store gave
 */
export function scoreCandidates(plan: ScoringPlan, store: CandidateStore, found: ScoredRange): ScoredRange {
  const { fields, weights, floor } = plan;
  const width = fields.length;
  const best = new Float64Array(width + 1);
  const kept = new KeptPairs();
  const { lefts, rights, numbers } = store.toLists();
  const patterns = store.patterns.toLevels(width);
  const most = getMostWeights(plan, patterns);
  const named = plan.family >= 0 && plan.given >= 0;

  const look = (left: number, right: number, from: number): void => {
    setBest(plan, left, best);
    // Names that changed places are weighed in full: they look like contradictions to a bound.
    const crossed = named && patterns[from + plan.family] === swappedLevel;
    let weight = plan.prior;
    for (let index = 0; index < width; index += 1) {
      const level = patterns[from + index]!;
      const field = fields[index]!;
      if (level !== 0)
        weight += getFieldWeight(weights[index]!, level, field.left[left]!, field.right[right]!);
      if (!crossed && weight + best[index + 1]! < floor) return;
    }
    if (weight >= floor) kept.add(left, right, weight);
  };

  for (let at = 0; at < lefts.length; at += 1) {
    const number = numbers[at]!;
    if (most[number]! >= floor) look(lefts[at]!, rights[at]!, number * width);
  }
  return { ...found, ...kept.toLists(), patterns: undefined };
}
