/**
 * The sums that rules bound: which persons a rule counts, in which tranches together, and within what.
 *
 * Law     spec/planning.md, "Rules". Rules that name persons bound no sum, nor does a gate. The checker reads
 *         the rules for itself (`rule-faults.ts`), and so does the formulation.
 * Cost    Proportional to the rules, times the tranches.
 */
import { everyLane, needs, type Rule, type Selector } from '../problem/problem.ts';
import { getIndex, toDays, type Roster } from '../problem/roster.ts';

/** Whom a sum counts, and how often. */
type Term = readonly [who: Selector, factor: number];

/** A sum over selectors that a rule bounds, for each group of tranches. */
export interface RuleSum {
  readonly rule: Rule;
  readonly terms: readonly [Term, ...Term[]];
  /** The group of each tranche, numbered as they come; -1 where the rule does not look. */
  readonly groupOf: readonly number[];
  /** By group; NaN on both sides of what stays as it is. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** In rule order. Of circuits a plan states how many run: their sums stay as they are. */
export function toRuleSums(roster: Roster): readonly RuleSum[] {
  const all = Array.from({ length: roster.trancheCount }, (_, tranche) => tranche);
  const days = toDays(roster);
  const { legs } = roster.problem;
  const sums: RuleSum[] = [];
  const only = (tranche: string | undefined): readonly number[] => {
    if (tranche === undefined) return all;
    const at = getIndex(roster.trancheIndex, tranche);
    return all.map((one) => (one === at ? 0 : -1));
  };
  const over = (kind: 'tranche' | 'total' | undefined): readonly number[] =>
    kind === 'total' ? all.map(() => 0) : all;
  const toSums = (rule: Rule): void => {
    const add = (
      terms: RuleSum['terms'],
      groupOf: readonly number[],
      low: number | readonly number[],
      high: number | readonly number[],
    ): void => {
      const size = Math.max(-1, ...groupOf) + 1;
      const spread = (bound: number | readonly number[]): number[] =>
        Array.from({ length: size }, (_, group) => (typeof bound === 'number' ? bound : (bound[group] ?? 0)));
      sums.push({ rule, terms, groupOf, low: spread(low), high: spread(high) });
    };
    switch (rule.kind) {
      case 'parity':
        switch (rule.form) {
          case 'one-way':
            return;
          case 'fixed':
            for (const leg of rule.legs) add([[{ legs: [leg] }, 1]], all, rule.counts, rule.counts);
            return;
          case 'balance':
            for (const power of rule.powers)
              add(
                [
                  [{ legs: legs.filter(({ from }) => from === power).map(({ id }) => id) }, 1],
                  [{ legs: legs.filter(({ to }) => to === power).map(({ id }) => id) }, -1],
                ],
                all,
                0,
                0,
              );
            return;
          case 'equal':
          case 'ratio': {
            const [a, b] = rule.form === 'ratio' ? rule.ratio : ([1, 1] as const);
            add(
              [
                [{ legs: rule.left }, b],
                [{ legs: rule.right }, -a],
              ],
              over(rule.over),
              0,
              0,
            );
            return;
          }
        }
      // eslint-disable-next-line no-fallthrough -- every form above returns
      case 'quota':
        add(
          [[rule.who, 1]],
          rule.tranche === undefined ? over(rule.over) : only(rule.tranche),
          rule.exact ?? rule.min ?? -Infinity,
          rule.exact ?? rule.max ?? Infinity,
        );
        return;
      case 'capacity': {
        const own = legs.filter(({ crossing }) => crossing === rule.crossing).map(({ id }) => id);
        add([[{ legs: own, lanes: everyLane }, 1]], only(rule.tranche), -Infinity, rule.max);
        return;
      }
      case 'vehicles':
        for (const need of needs) {
          const places = rule.vehicles.reduce((sum, vehicle) => sum + (vehicle[`${need}s`] ?? 0), 0);
          const who = { legs: rule.legs, lanes: everyLane, needs: [need] };
          add([[who, 1]], only(rule.tranche), -Infinity, places);
        }
        return;
      case 'facility':
        add([[{ facilities: [rule.facility], lanes: everyLane }, 1]], days, -Infinity, rule.max);
        return;
      case 'circuit':
        for (const leg of rule.legs) add([[{ legs: [leg] }, 1]], all, NaN, NaN);
        return;
      case 'gate':
      case 'must-go':
      case 'veto':
      case 'place':
      case 'package':
      case 'family':
      case 'apart':
        return;
    }
  };
  for (const rule of roster.problem.rules) toSums(rule);
  return sums;
}
