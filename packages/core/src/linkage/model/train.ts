/**
 * Learning by expectation and maximisation (EM) over counts of patterns: m and λ move, u stays what was counted.
 *
 * Cost   Patterns × rounds: milliseconds for any number of pairs.
 * Source T. Enamorado, B. Fifield, K. Imai, Using a probabilistic model to assist merging of large-scale administrative
 *        records, American Political Science Review 113 (2019), for EM on counts of patterns.
 */
import type { Field } from '../fields/field.ts';
import { kinds, type ColumnKind } from '../kinds/index.ts';
import type { FieldCounts } from './count-field.ts';
import type { FieldModel, Model } from './model.ts';
import { getPrior, isInitialLevel, sumKinds } from './priors.ts';

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
/** Of two records of very short lists nobody knows beforehand that they are one person. */
const largestLambda = 0.05;

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
  const priors = fields.map((field) => getPrior(field.kind, field.crossScript));
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
    const lambda = Math.min(largestLambda, Math.max(1e-12, expected / Math.max(1, totalPairs)));
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
        const sum = isInitialLevel(kind, level) ? letters : whole;
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
  const lambda = Math.min(largestLambda, Math.max(1e-12, expected / Math.max(1, totalPairs)));
  return {
    version: 1,
    lambda,
    fields: fields.map((field, index) => toFieldModel(field, counts[index]!, m[index]!, u[index]!, expected)),
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
    const total = isInitialLevel(kind, level) ? letters : whole;
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
  matches: number,
): FieldModel {
  const { swapped, initial } = field.special;
  const rarity = kinds[field.kind].levels.map((level) => level.rarity);
  let ownPairs = 0;
  let ownM = 0;
  for (let level = 1; level < m.length; level += 1)
    if (rarity[level] === 'own' && level !== swapped && level !== initial) {
      ownPairs += counts.pairs[level]!;
      ownM += m[level]!;
    }
  const base = m.map((value, level) => {
    if (level === 0) return 0;
    // One event shows in two fields: each bears half of its price, and each name counts by its own rarity.
    if (rarity[level] === 'own' && level === swapped) return Math.log2(value) / 2;
    if (rarity[level] === 'own' && level === initial) return Math.log2(value);
    switch (rarity[level]!) {
      case 'own': {
        // Which of the equality levels a pair shows says little by itself; what counts is that they are equal.
        const share = (counts.pairs[level]! + 50 * (value / ownM)) / (ownPairs + 50);
        // The fewer matches it was learnt from, the less it says.
        const ratio = Math.log2(value / ownM / share) * (matches / (matches + priorMatches));
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
