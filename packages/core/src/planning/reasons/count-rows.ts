/**
 * Rules that count persons, as rows over descriptions and tranches: what one person more or less would break.
 *
 * Law     spec/planning.md, "Rules". Rules that name persons are not here, nor gates, which are no sums.
 * Cost    For each row, one pass over the distinct descriptions of persons.
 */
import { kindOf } from '../rules/index.ts';
import type { Rule } from '../problem/problem.ts';
import { type Positions, type Roster } from '../problem/roster.ts';
import { toRuleSums, type RuleSum } from '../rules/rule-sums.ts';
import { toSelection } from '../problem/selection.ts';

/** A sum that a rule bounds. */
export interface CountRow {
  readonly rule: Rule;
  /** Tranche numbers whose persons are counted together. */
  readonly tranches: readonly number[];
  /** What one person of each description adds. */
  readonly weights: Int32Array;
  readonly lower: number;
  readonly upper: number;
  /** The sum under the places given. */
  readonly value: number;
  /** What the rule says here, with its figures, to a sum that rises above its bounds or falls below them. */
  readonly above: string;
  readonly below: string;
}

/** All rows of a problem under the places given, in rule order. */
export function toCountRows(roster: Roster, positions: Positions): readonly CountRow[] {
  const off = roster.trancheCount;
  const { classOf, findMatches } = toSelection(roster);
  const width = classOf.reduce((most, description) => Math.max(most, description + 1), 0);
  /** How many of each description go in each tranche. */
  const counts = Array.from({ length: off }, () => new Int32Array(width));
  classOf.forEach((description, index) => {
    const of = counts[positions[index] ?? off];
    if (of !== undefined) of[description] = (of[description] ?? 0) + 1;
  });
  const weigh = ({ terms }: RuleSum): Int32Array => {
    const weights = new Int32Array(width);
    for (const [who, factor] of terms) {
      const matches = findMatches(who);
      for (let at = 0; at < width; at += 1) weights[at] = (weights[at] ?? 0) + factor * (matches[at] ?? 0);
    }
    return weights;
  };
  return toRuleSums(roster).flatMap((sum) => {
    const weights = weigh(sum);
    return sum.low.map((low, group): CountRow => {
      const tranches = counts.flatMap((_, tranche) => (sum.groupOf[tranche] === group ? [tranche] : []));
      let value = 0;
      for (const tranche of tranches)
        counts[tranche]?.forEach((count, at) => (value += count * (weights[at] ?? 0)));
      // How persons divide into cycles is no sum: each leg is held at its number, which certainly divides.
      const [lower, upper] = Number.isNaN(low) ? [value, value] : [low, sum.high[group] ?? 0];
      const [first = off] = tranches;
      const where =
        tranches.length === 1 ? (roster.problem.tranches[first]?.id ?? 'off') : 'all tranches together';
      const say = (isAbove: boolean): string =>
        `"${sum.rule.id}" ${kindOf(sum.rule).sayBroken(sum.rule, { terms: sum.terms, value, bound: isAbove ? upper : lower, isAbove, where })}`;
      return {
        rule: sum.rule,
        tranches,
        weights,
        lower,
        upper,
        value,
        above: say(true),
        below: say(false),
      };
    });
  });
}
