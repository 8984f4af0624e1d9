/**
 * Scoring pairs of records: levels by array reads, weights in the order of fields, nothing kept below the floor.
 *
 * A left record is put beside all its candidates at once, field after field: the levels of its value stand in one row,
 * so that a pair costs a read of the other value and one of the row.
 */
import type { Blocking } from '../blocking/blocking.ts';
import type { CandidateStore } from '../blocking/candidate-store.ts';
import { CandidateFinder } from '../blocking/candidates.ts';
import { compareDates } from '../kinds/dates.ts';
import { getFarLevel, getSameLevel, getValueLevel, type FieldNumbers } from '../fields/field-numbers.ts';
import { getFieldWeight, mostShift, type FieldWeights } from '../model/weights.ts';
import { levelsMax } from '../kinds/kind.ts';
import { PatternCounter, toPatternId } from '../model/patterns.ts';

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
  const family = plan.fields[plan.family]!.special.swapped;
  const given = plan.fields[plan.given]!.special.swapped;
  if (levels[plan.family]! <= family || levels[plan.given]! <= given) return;
  if (!isCrossed(plan, left, right)) return;
  levels[plan.family] = family;
  levels[plan.given] = given;
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

  /** The levels of every value beside the left value `a`, which is not missing; right until the next call. */
  turnTo(a: number): Uint8Array {
    const kind = this.field.known === undefined ? 0 : this.field.known[a]!;
    let row = this.rows[kind];
    if (row === undefined) {
      row = new LevelRow(this.field, a);
      this.rows[kind] = row;
    }
    if (row.hot !== a) row.turnTo(a);
    return row.levels;
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

/** The values of the other records beside one left record, field after field. */
class RecordScorer {
  private readonly plan: ScoringPlan;
  private readonly rows: readonly (LevelRows | undefined)[];
  private readonly best: Float64Array;
  private readonly levels: Uint8Array;
  /** For each candidate: the number of its pattern so far, or its weight so far. */
  private sums = new Float64Array(1024);

  constructor(plan: ScoringPlan) {
    this.plan = plan;
    this.rows = plan.fields.map((field) => (field.dates === undefined ? new LevelRows(field) : undefined));
    this.best = new Float64Array(plan.fields.length + 1);
    this.levels = new Uint8Array(plan.fields.length);
  }

  private toSums(count: number, first: number): Float64Array {
    if (this.sums.length < count) this.sums = new Float64Array(2 * count);
    return this.sums.fill(first, 0, count);
  }

  /** Pattern ids of the first `count` candidates; right until the next call. */
  toPatterns(left: number, candidates: Int32Array, count: number): Float64Array {
    const { plan, levels } = this;
    const ids = this.toSums(count, 0);
    for (let index = 0; index < plan.fields.length; index += 1) {
      const field = plan.fields[index]!;
      const { right, dates } = field;
      const a = field.left[left]!;
      if (a === 0) for (let at = 0; at < count; at += 1) ids[at]! *= levelsMax;
      else if (dates === undefined) {
        const row = this.rows[index]!.turnTo(a);
        for (let at = 0; at < count; at += 1) ids[at] = ids[at]! * levelsMax + row[right[candidates[at]!]!]!;
      } else
        for (let at = 0; at < count; at += 1)
          ids[at] = ids[at]! * levelsMax + getDateLevel(dates, a, right[candidates[at]!]!);
    }
    const crossed = getCrossed(plan, left);
    if (crossed !== undefined)
      for (let at = 0; at < count; at += 1) {
        if (crossed.givenCross[crossed.given[candidates[at]!]!] !== crossed.wanted) continue;
        getLevels(plan, left, candidates[at]!, levels);
        ids[at] = toPatternId(levels);
      }
    return ids;
  }

  /** Adds to `kept` those of the first `count` candidates, which it writes over, that reach the floor. */
  keep(left: number, candidates: Int32Array, count: number, kept: KeptPairs): void {
    const { plan, best, levels } = this;
    const { fields, floor } = plan;
    const sums = this.toSums(count, plan.prior);
    setBest(plan, left, best);
    // Names that changed places look like two contradictions until both are seen together: nothing drops these.
    const crossed = getCrossed(plan, left);
    if (crossed !== undefined)
      for (let at = 0; at < count; at += 1)
        if (
          crossed.givenCross[crossed.given[candidates[at]!]!] === crossed.wanted &&
          isCrossed(plan, left, candidates[at]!)
        )
          sums[at] = Number.POSITIVE_INFINITY;
    let open = count;
    for (let index = 0; index < fields.length && open > 0; index += 1) {
      const { right, dates, left: lefts } = fields[index]!;
      const a = lefts[left]!;
      if (a === 0) continue;
      const weights = plan.weights[index]!;
      const rest = best[index + 1]!;
      const row = dates === undefined ? this.rows[index]!.turnTo(a) : undefined;
      let next = 0;
      for (let at = 0; at < open; at += 1) {
        const candidate = candidates[at]!;
        const b = right[candidate]!;
        const level = row === undefined ? getDateLevel(dates!, a, b) : row[b]!;
        const sum = level === 0 ? sums[at]! : sums[at]! + getFieldWeight(weights, level, a, b);
        if (sum + rest < floor) continue;
        candidates[next] = candidate;
        sums[next] = sum;
        next += 1;
      }
      open = next;
    }
    for (let at = 0; at < open; at += 1) {
      const right = candidates[at]!;
      let weight = sums[at]!;
      if (weight === Number.POSITIVE_INFINITY) {
        getLevels(plan, left, right, levels);
        weight = getPairWeight(plan, left, right, levels);
      }
      if (weight >= floor) kept.add(left, right, weight);
    }
  }
}

/** The level of two values of a date; `a` is not missing. */
function getDateLevel(dates: Int32Array, a: number, b: number): number {
  if (b === 0) return 0;
  return a === b ? 1 : compareDates(dates[a]!, dates[b]!);
}

/** What another record's given name must be to have changed places with this one's family name, if it can have. */
function getCrossed(
  { fields, family, given }: ScoringPlan,
  left: number,
): { readonly wanted: number; readonly given: Int32Array; readonly givenCross: Int32Array } | undefined {
  if (family < 0 || given < 0) return undefined;
  const wanted = fields[family]!.cross![fields[family]!.left[left]!]!;
  if (wanted === 0) return undefined;
  return { wanted, given: fields[given]!.right, givenCross: fields[given]!.cross! };
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
  const finder = new CandidateFinder(plan);
  const scorer = new RecordScorer(plan);
  const patterns = wantPatterns ? (store?.patterns ?? new PatternCounter()) : undefined;
  const kept = new KeptPairs();
  let compared = 0;
  for (let left = from; left < to; left += stride) {
    finder.find(left);
    const { rows, count } = finder;
    compared += count;
    if (patterns === undefined) scorer.keep(left, rows, count, kept);
    else {
      const ids = scorer.toPatterns(left, rows, count);
      if (store === undefined) patterns.addAll(ids, count);
      else store.addAll(left, rows, ids, count);
    }
  }
  const { lost, keyless } = finder;
  return { ...kept.toLists(), compared, lost, keyless, patterns: patterns?.toMap() };
}

/** Scores one left record after another: what {@link scoreRange} gives for it, without preparing the plan each time. */
export function createRecordScorer(
  plan: ScoringPlan,
): (left: number) => Pick<ScoredRange, 'right' | 'weight'> {
  const finder = new CandidateFinder(plan);
  const scorer = new RecordScorer(plan);
  return (left) => {
    const kept = new KeptPairs();
    finder.find(left);
    scorer.keep(left, finder.rows, finder.count, kept);
    return kept.toLists();
  };
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
    const crossed = named && patterns[from + plan.family] === fields[plan.family]!.special.swapped;
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
