/**
 * Rules that count persons, as rows over descriptions and tranches: what one person more or less would break.
 *
 * Law     spec/planning.md, "Rules". Rules that name persons are not here, nor gates, which are no sums.
 * Cost    For each row, one pass over the distinct descriptions of persons.
 */
import type { Positions } from '../objectives/measure.ts';
import type { Rule } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
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
        `"${sum.rule.id}" ${toText(sum, value, isAbove ? upper : lower, isAbove, where)}`;
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

/** What the rule says to a sum beyond the bound, in the tranches named. */
function toText(
  { rule, terms }: RuleSum,
  sum: number,
  bound: number,
  isAbove: boolean,
  where: string,
): string {
  const [[who]] = terms;
  switch (rule.kind) {
    case 'quota':
      if (rule.exact !== undefined) return `fixes the number in ${where}: ${sum} of ${rule.exact}`;
      return isAbove
        ? `allows at most in ${where}: ${sum} of ${bound}`
        : `asks for at least ${bound} in ${where}: ${sum} are there`;
    case 'capacity':
      return `lets so many cross at ${rule.crossing} in ${where}: ${sum} of ${bound}`;
    case 'vehicles':
      return `has so many ${who.needs?.[0] ?? ''}s in ${where}: ${sum} of ${bound}`;
    case 'facility':
      return `lets so many be fetched from ${rule.facility} a day in ${where}: ${sum} of ${bound}`;
    case 'parity':
      switch (rule.form) {
        case 'fixed':
          return `fixes leg ${who.legs?.[0] ?? ''} in ${where}: ${sum} of ${bound}`;
        case 'balance':
          return 'lets each power give as many as it receives';
        case 'equal':
        case 'ratio':
          return `lets one more go in ${where} on ${rule.left.join(' + ')} only if more go on ${rule.right.join(' + ')}, and the other way round`;
        case 'one-way':
          throw new Error('this form of parity bounds no sum');
      }
    // eslint-disable-next-line no-fallthrough -- every form above returns
    case 'circuit':
      return 'lets nobody go outside a cycle or chain';
    case 'gate':
    case 'must-go':
    case 'veto':
    case 'place':
    case 'package':
    case 'family':
    case 'apart':
      throw new Error(`rule ${rule.id} bounds no sum`);
  }
}
