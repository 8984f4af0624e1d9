/** Rules that count nobody because of what they name: a slip of the pen, as a rule, and never an error. */
import type { PlanningProblem, RuleId, Selector } from '../problem/problem.ts';
import { toRoster } from '../problem/roster.ts';
import { toSelection } from '../problem/selection.ts';

export interface IdleRule {
  readonly rule: RuleId;
  readonly text: string;
}

/** Quotas that name a category or facility that nobody has, or whose selector chooses nobody at all. */
export function findIdleRules(problem: PlanningProblem): readonly IdleRule[] {
  const roster = toRoster(problem);
  const { findMatches } = toSelection(roster);
  const categories = new Set(roster.persons.map(({ category }) => category));
  const facilities = new Set(roster.persons.map(({ facility }) => facility));
  const findUnknown = (who: Selector): readonly string[] => [
    ...(who.categories ?? [])
      .filter((category) => !categories.has(category))
      .map((category) => `nobody is of the category "${category}"`),
    ...(who.facilities ?? [])
      .filter((facility) => !facilities.has(facility))
      .map((facility) => `nobody is held in "${facility}"`),
  ];
  return problem.rules.flatMap((rule): readonly IdleRule[] => {
    if (rule.kind !== 'quota') return [];
    const unknown = findUnknown(rule.who);
    const isIdle = !findMatches(rule.who).includes(1);
    if (unknown.length === 0 && !isIdle) return [];
    const grounds = unknown.length === 0 ? 'no person is all that it names' : unknown.join(', ');
    return [{ rule: rule.id, text: `"${rule.id}"${isIdle ? ' counts nobody' : ''}: ${grounds}.` }];
  });
}
