/**
 * The sums that rules bound: which persons a rule counts, in which tranches together, and within what.
 *
 * Law     spec/planning.md, "Rules". Rules that name persons bound no sum, nor does a gate. The checker reads
 *         the rules for itself (`rule-faults.ts`), and so does the formulation.
 * Cost    Proportional to the rules, times the tranches.
 */
import type { Rule } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
import { kindOf } from './index.ts';
import type { Sum } from './rule-kind.ts';

/** A sum over selectors that a rule bounds, for each group of tranches. */
export interface RuleSum extends Sum {
  readonly rule: Rule;
}

/** In rule order. */
export function toRuleSums(roster: Roster): readonly RuleSum[] {
  return roster.problem.rules.flatMap((rule) =>
    kindOf(rule)
      .sums(rule, roster)
      .map((sum): RuleSum => ({ rule, ...sum })),
  );
}
