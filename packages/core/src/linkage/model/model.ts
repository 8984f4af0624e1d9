/**
 * The Fellegi–Sunter model: m and u per level of each field, learnt by EM on pattern counts with u counted exactly from
 * the frequencies of value pairs, and turned into weights in bits with the rarity of the values themselves.
 */
import type { ColumnKind } from '../columns/known-columns.ts';
import type { Field } from '../fields/field.ts';
import { nameLevel } from '../../names/index.ts';
import { getSameLevel, getValueLevel, hasInitial, initialOnly } from '../fields/field-numbers.ts';
import { getOtherInitialLevel, isInitialLevel, swappedLevel } from '../kinds/levels.ts';

/** A field's learnt numbers; index = level, 0 (missing) is unused. */
export interface FieldModel {
  readonly name: string;
  readonly kind: ColumnKind;
  /**
   * P(level | same person), over pairs in which neither value is missing. Pairs of which one is only a letter are a
   * kind of their own: `initial` and `another initial` are shares of those, all other levels of the rest.
   */
  readonly m: readonly number[];
  /** P(level | two persons), likewise. */
  readonly u: readonly number[];
  /** Weight in bits of each level before rarity: log2(m / u), or log2(m / share) where rarity replaces u. */
  readonly base: readonly number[];
  /** How rarity enters: `own` (equality: the value's frequency is u), `near` (scaled around the level's mean), `none`. */
  readonly rarity: readonly ('own' | 'near' | 'none')[];
}

/** A whole model, as it is saved: plain JSON. */
export interface Model {
  readonly version: 1;
  /** P(two records are one person) before anything is compared. */
  readonly lambda: number;
  readonly fields: readonly FieldModel[];
  /** How it was made: rounds of EM, whether it settled, and from how many pairs. */
  readonly training: {
    readonly rounds: number;
    readonly settled: boolean;
    readonly pairs: number;
    readonly expectedMatches: number;
    /** False when the lists were too small to move the shipped priors much. */
    readonly learnt: boolean;
    /** Labelled matches it learnt from; absent when no labels were given. */
    readonly labelled?: number;
  };
}

/** Shipped priors: what a field looks like before any data, from the damage that such lists usually show. */
interface Prior {
  readonly m: readonly number[];
  readonly u: readonly number[];
  /** Chance that two persons share a usual value: the rarity of a value seen in no other record. */
  readonly usual: number;
}

const prior = (m: readonly number[], u: readonly number[], usual: number): Prior => {
  const normal = (list: readonly number[]): number[] => {
    const sum = list.reduce((total, one) => total + Math.max(one, 1e-7), 0);
    return list.map((one) => Math.max(one, 1e-7) / sum);
  };
  return { m: [0, ...normal(m)], u: [0, ...normal(u)], usual };
};

/** @param x share of pairs whose names stand in different scripts: there "same spelling" cannot happen */
function getNamePrior(kind: 'family_name' | 'given_name' | 'patronymic' | 'full_name', x: number): Prior {
  const y = 1 - x;
  const m = [
    0.84 * y,
    0.4 * x,
    0.03 + 0.2 * x,
    0.02 + 0.2 * x,
    0.02 + 0.05 * x,
    0.006 + 0.02 * x,
    0.006,
    0.025,
    0.012,
    0.008,
    0.004,
  ];
  const factor = kind === 'given_name' ? 60 : kind === 'patronymic' ? 50 : 1;
  const eq = 2.5e-4 * factor;
  const near = Math.sqrt(factor);
  const u = [
    eq * y,
    eq * 0.5 * x,
    eq * (0.05 + 0.25 * x),
    eq * (0.1 + 0.25 * x),
    5e-5 * near,
    3e-5 * near,
    1e-4 * near,
    1e-4 * near,
    4e-4 * near,
    1e-4 * near,
    5e-4 * near,
  ];
  const sum = u.reduce((total, one) => total + one, 0);
  const swapped = kind === 'family_name' || kind === 'given_name';
  if (swapped) {
    m.push(0.001);
    u.push(2e-5);
  }
  // Last: names that are not alike. Where a table says which letters are a name, two names are hardly ever one person's.
  if (kind === 'family_name' || kind === 'full_name') return prior([...m, 0.025], [...u, 1 - sum], 1 / 5000);
  const at = nameLevel.initial - 1;
  const whole = (list: readonly number[]): number[] => list.filter((_, level) => level !== at);
  const named = prior(
    [...whole(m), 0.017, 0.008],
    [...whole(u), 0.1, 0.9 - sum],
    kind === 'given_name' ? 1 / 60 : 1 / 70,
  );
  // What a letter says: it is the name's own but for a slip, and one of some twelve that are usual.
  const withLetters = (list: readonly number[], agrees: number): number[] => [
    ...list.slice(0, nameLevel.initial),
    agrees,
    ...list.slice(nameLevel.initial, -2),
    1 - agrees,
    ...list.slice(-2),
  ];
  return { m: withLetters(named.m, 0.97), u: withLetters(named.u, 0.08), usual: named.usual };
}

/** Sums of a list over the levels of whole values and over those of letters; level 0 is in neither. */
function sumKinds(kind: ColumnKind, list: readonly number[]): readonly [whole: number, letters: number] {
  let whole = 0;
  let letters = 0;
  for (let level = 1; level < list.length; level += 1)
    if (isInitialLevel(kind, level, list.length)) letters += list[level]!;
    else whole += list[level]!;
  return [whole, letters];
}

function getPrior(field: Field): Prior {
  switch (field.kind) {
    case 'family_name':
    case 'given_name':
    case 'patronymic':
    case 'full_name':
      return getNamePrior(field.kind, field.crossScript);
    case 'date':
    case 'age':
      return prior(
        [0.9, 0.012, 0.035, 0.006, 0.015, 0.006, 0.01, 0.016],
        [1 / 14_000, 1 / 30_000, 1 / 2500, 1 / 9000, 1 / 2500, 1 / 400, 1 / 42, 1],
        1 / 14_000,
      );
    case 'identifier':
      return prior([0.93, 0.035, 0.01, 0.025], [1e-6, 2e-5, 2e-4, 1], 1e-6);
    case 'place':
      return prior([0.7, 0.1, 0.04, 0.02, 0.06, 0.08], [1e-3, 5e-4, 2e-4, 4e-4, 3e-3, 1], 1e-3);
    case 'text':
      return prior([0.7, 0.05, 0.05, 0.04, 0.06, 0.1], [5e-4, 2e-4, 2e-4, 4e-4, 3e-3, 1], 5e-4);
    case 'category':
      return prior([0.93, 0.07], [0.25, 0.75], 0.25);
  }
}

/** How rarity enters a level of a kind of field. */
function getRarityUse(kind: ColumnKind, level: number): 'own' | 'near' | 'none' {
  switch (kind) {
    case 'family_name':
    case 'given_name':
    case 'patronymic':
    case 'full_name':
      return level <= 4 ||
        (level === swappedLevel && kind !== 'patronymic' && kind !== 'full_name') ||
        (level === nameLevel.initial && kind !== 'family_name' && kind !== 'full_name')
        ? 'own'
        : level === 5 || level === 6 || level === 8 || level === 9
          ? 'near'
          : 'none';
    case 'date':
    case 'identifier':
      return level === 1 ? 'own' : 'none';
    case 'age':
      return 'none';
    case 'place':
    case 'text':
      return level <= 2 ? 'own' : level <= 5 ? 'near' : 'none';
    case 'category':
      return level === 1 ? 'own' : 'none';
  }
}

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
  const different = field.levels - 1;
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
  const usual = getPrior(field).usual;
  const records = leftAll + (oneList ? 0 : rightAll);
  const strength = 300;
  // A name nobody else bears is rarer than a usual one; days of birth are spread evenly, so a lone day is not.
  const spread = field.dates === undefined ? 2 : 1;
  const floor = Math.min(usual / spread, 1 / Math.max(1, records));
  const rarity = new Float64Array(size);
  for (let value = 1; value < size; value += 1) {
    // The two records under comparison are left out: what counts is how many others share the value.
    const others = Math.max(0, groupCount.get(field.group[value]!)! - 2);
    rarity[value] = -Math.log2(
      Math.max(floor, (others + strength * usual) / (Math.max(0, records - 2) + strength)),
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
    pairs[swappedLevel] = countCrossed(field, other, oneList);
  if (field.known !== undefined) {
    const withLetter = total - countPairsOf(field, oneList, (value) => field.known![value] !== initialOnly);
    pairs[getOtherInitialLevel(field.levels)] = Math.max(0, withLetter - pairs[nameLevel.initial]!);
  }
  let known = 0;
  for (let level = 1; level < different; level += 1) known += pairs[level]!;
  if (field.known !== undefined) {
    pairs[different - 1] = Math.max(0, countUnknownPairs(field, oneList) - unknown);
    known += pairs[different - 1]!;
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
      if (near.levels[at] === nameLevel.initial) bearers += count(near.items[at]!);
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
  const different = field.levels - 1;
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

/** Patterns of levels with the number of candidate pairs that show each; parallel, in a fixed order. */
export interface PatternCounts {
  /** Levels of all fields, one row of `fields.length` numbers per pattern. */
  readonly levels: Uint8Array;
  readonly counts: Float64Array;
}

export interface Training {
  readonly fields: readonly Field[];
  readonly counts: readonly FieldCounts[];
  readonly patterns: PatternCounts;
  /** Pairs known to be matches at each of those patterns, not among their counts; absent: none are known. */
  readonly labelled?: Float64Array;
  /** All pairs of the two lists, candidates or not. */
  readonly totalPairs: number;
  /** The most matches there can be, for one-to-one lists; Infinity otherwise. */
  readonly mostMatches: number;
  /** The fewest matches to go on from; lists that share nobody are told by the second look. Default 0.5. */
  readonly leastMatches?: number;
  /** For one-to-one lists, when only each other's best are counted: the rows of both lists. */
  readonly rows?: readonly [left: number, right: number];
  /** Each counted left record stands for this many (more than 1 when only every n-th was counted). */
  readonly scale: number;
  /** A model to start from and to keep close to; absent: the shipped priors. */
  readonly known?: Model;
}

const priorMatches = 40;
const priorPairs = 20_000;
const mostRounds = 200;

/** At least this share of either list is taken to have nobody on the other, however many matches are expected. */
const leastUnmatched = 0.25;

/**
 * Bits by which a pair that is each other's best is likelier than any pair is: the records that are others' matches are no
 * rivals, so it is drawn from those that are left on either side. 0 where rows are not given.
 *
 * Source The conditional prior of bipartite matching: M. Sadinle, Bayesian estimation of bipartite matchings for record
 * linkage, Journal of the American Statistical Association 112 (2017), with the number of matches at its estimate.
 */
export function getVacancy(
  matches: number,
  rows: readonly [left: number, right: number] | undefined,
): number {
  if (rows === undefined) return 0;
  const getShare = (count: number): number => Math.max(leastUnmatched, 1 - matches / Math.max(1, count));
  return -Math.log2(getShare(rows[0]) * getShare(rows[1]));
}

/** Learns m and λ; u stays what was counted, less the share that the matches themselves put there. */
export function trainModel(training: Training): Model {
  const { fields, counts, patterns, totalPairs } = training;
  const priors = fields.map((field) => getPrior(field));
  let m = priors.map((one) => one.m.slice());
  let u = fields.map(({ kind }, index) => blendU(kind, counts[index]!, priors[index]!.u, m[index]!, 0));
  const size = patterns.counts.length;
  const width = fields.length;
  let expected = Math.min(training.mostMatches * 0.5, Math.max(1, totalPairs * 1e-3));
  let candidatePairs = 0;
  let known = 0;
  for (const count of training.labelled ?? []) known += count;
  for (const count of patterns.counts) candidatePairs += count;
  let rounds = 0;
  let settled = false;
  while (rounds < mostRounds) {
    rounds += 1;
    const lambda = Math.min(0.5, Math.max(1e-12, expected / Math.max(1, totalPairs)));
    const logRatio = m.map((list, index) =>
      list.map((value, level) => (level === 0 ? 0 : Math.log(value / u[index]![level]!))),
    );
    const odds = Math.log(lambda / (1 - lambda)) + Math.LN2 * getVacancy(expected, training.rows);
    const next = m.map((list) => new Array<number>(list.length).fill(0));
    let matches = 0;
    for (let pattern = 0; pattern < size; pattern += 1) {
      let score = odds;
      for (let index = 0; index < width; index += 1)
        score += logRatio[index]![patterns.levels[pattern * width + index]!]!;
      const unsure = patterns.counts[pattern]! / (1 + Math.exp(-score));
      matches += unsure;
      const share = unsure + (training.labelled?.[pattern] ?? 0);
      for (let index = 0; index < width; index += 1)
        next[index]![patterns.levels[pattern * width + index]!]! += share;
    }
    const found = Math.min(matches * training.scale + known, training.mostMatches);
    let moved = Math.abs(found - expected) / Math.max(1, expected);
    expected = Math.max(training.leastMatches ?? 0.5, found);
    m = next.map((list, index) => {
      const { kind } = fields[index]!;
      const [whole, letters] = sumKinds(kind, list);
      return list.map((value, level) => {
        if (level === 0) return 0;
        const sum = isInitialLevel(kind, level, list.length) ? letters : whole;
        const updated = (value + priorMatches * priors[index]!.m[level]!) / (sum + priorMatches);
        moved = Math.max(moved, Math.abs(updated - m[index]![level]!));
        return updated;
      });
    });
    u = fields.map(({ kind }, index) =>
      blendU(kind, counts[index]!, priors[index]!.u, m[index]!, expected / Math.max(1, totalPairs)),
    );
    if (moved < 1e-6) {
      settled = true;
      break;
    }
  }
  const lambda = Math.min(0.5, Math.max(1e-12, expected / Math.max(1, totalPairs)));
  return {
    version: 1,
    lambda,
    fields: fields.map((field, index) => toFieldModel(field, counts[index]!, m[index]!, u[index]!)),
    training: {
      rounds,
      settled,
      pairs: candidatePairs,
      expectedMatches: expected,
      learnt: expected > 1.5 * priorMatches,
      ...(training.labelled === undefined ? {} : { labelled: known }),
    },
  };
}

/** u by counting, less the matches among the pairs counted, blended with the prior where few pairs were counted. */
function blendU(
  kind: ColumnKind,
  { pairs }: FieldCounts,
  prior: readonly number[],
  m: readonly number[],
  lambda: number,
): number[] {
  const [whole, letters] = sumKinds(kind, pairs);
  return pairs.map((count, level) => {
    if (level === 0) return 0;
    const total = isInitialLevel(kind, level, pairs.length) ? letters : whole;
    const raw = total === 0 ? 0 : Math.max(0, count / total - lambda * m[level]!) / (1 - lambda);
    const blended = (raw * total + prior[level]! * priorPairs) / (total + priorPairs);
    return Math.max(blended, 0.3 / Math.max(10, total));
  });
}

function toFieldModel(
  field: Field,
  counts: FieldCounts,
  m: readonly number[],
  u: readonly number[],
): FieldModel {
  const rarity = m.map((_, level) => (level === 0 ? 'none' : getRarityUse(field.kind, level)));
  let ownPairs = 0;
  let ownM = 0;
  for (let level = 1; level < m.length; level += 1)
    if (rarity[level] === 'own' && level !== swappedLevel && level !== nameLevel.initial) {
      ownPairs += counts.pairs[level]!;
      ownM += m[level]!;
    }
  const base = m.map((value, level) => {
    if (level === 0) return 0;
    // One event shows in two fields: each bears half of its price, and each name counts by its own rarity.
    if (rarity[level] === 'own' && level === swappedLevel) return Math.log2(value) / 2;
    if (rarity[level] === 'own' && level === nameLevel.initial) return Math.log2(value);
    switch (rarity[level]!) {
      case 'own': {
        // Which of the equality levels a pair shows says little by itself; what counts is that they are equal.
        const share = (counts.pairs[level]! + 50 * (value / ownM)) / (ownPairs + 50);
        const ratio = Math.log2(value / ownM / share);
        return Math.log2(ownM) + Math.max(-2, Math.min(2, ratio));
      }
      case 'near':
        return Math.log2(value / u[level]!);
      case 'none':
        return Math.log2(value / u[level]!);
    }
  });
  // A worse agreement never weighs more than a better one.
  let better = Number.POSITIVE_INFINITY;
  for (let level = 1; level < base.length; level += 1) {
    if (rarity[level] === 'own') continue;
    better = Math.min(better, base[level]!);
    base[level] = better;
  }
  return { name: field.name, kind: field.kind, m: m.slice(), u: u.slice(), base, rarity };
}

/** What scoring needs of a field's model: numbers only. */
export interface FieldWeights {
  readonly base: Float64Array;
  /** 0 none, 1 own, 2 near. */
  readonly use: Uint8Array;
  readonly rarity: Float64Array;
  readonly mean: Float64Array;
}

/** Joins a model with the frequencies of the lists at hand. */
export function toFieldWeights(model: FieldModel, counts: FieldCounts): FieldWeights {
  return {
    base: Float64Array.from(model.base),
    use: Uint8Array.from(model.rarity, (use) => (use === 'own' ? 1 : use === 'near' ? 2 : 0)),
    rarity: counts.rarity,
    mean: Float64Array.from(counts.meanRarity),
  };
}

/** Rarity moves the weight of a near level by at most this many bits. */
export const mostShift = 4;

/** The weight in bits of one field of one pair. */
export function getFieldWeight(weights: FieldWeights, level: number, a: number, b: number): number {
  const base = weights.base[level]!;
  const use = weights.use[level]!;
  if (use === 0) return base;
  const rarity = Math.min(weights.rarity[a]!, weights.rarity[b]!);
  if (use === 1) return base + rarity;
  const shift = rarity - weights.mean[level]!;
  return base + (shift > mostShift ? mostShift : shift < -mostShift ? -mostShift : shift);
}

/** Checks a loaded model against the fields at hand; the sentence says what does not fit. */
export function findModelFault(model: Model, fields: readonly Field[]): string | undefined {
  if (model.fields.length !== fields.length)
    return `the model has ${model.fields.length} columns (${model.fields.map((one) => one.name).join(', ')}), the lists share ${fields.length} (${fields.map((one) => one.name).join(', ')})`;
  for (const [index, field] of fields.entries()) {
    const own = model.fields[index]!;
    if (own.name !== field.name || own.kind !== field.kind)
      return `column ${index + 1} is ${own.name} in the model and ${field.name} in the lists`;
    if (own.base.length !== field.levels || own.base.some((value) => !Number.isFinite(value)))
      return `the model's numbers for ${own.name} are not what this program writes`;
  }
  return undefined;
}
