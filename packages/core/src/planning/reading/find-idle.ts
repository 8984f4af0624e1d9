/** Rules that count nobody because of what they name: a slip of the pen, as a rule, and never an error. */
import {
  defaultObjectives,
  type Lane,
  type PlanningProblem,
  type RuleId,
  type Selector,
} from '../problem/problem.ts';
import { toRoster } from '../problem/roster.ts';
import { toSelection } from '../problem/selection.ts';

export interface IdleRule {
  readonly rule: RuleId;
  readonly text: string;
}

/**
 * What the law asks of the order and the order does not do: one sentence each [PL-41]. Nobody of the lanes that are
 * never netted may stay behind for a netted pair, so `legal-lanes` stands first wherever somebody is of such a lane.
 */
export function findOrderWarnings(problem: PlanningProblem): readonly string[] {
  const { objectives = defaultObjectives, persons, counted = [] } = problem;
  const isLegal = ({ lane }: { readonly lane: Lane }): boolean => lane !== 'exchange';
  const number =
    persons.filter((person) => isLegal(person) && person.ineligible === undefined).length +
    counted.filter(isLegal).reduce((sum, { count }) => sum + count, 0);
  if (number === 0) return [];
  const at = objectives.findIndex(({ kind }) => kind === 'legal-lanes');
  const who = `${number} ${number === 1 ? 'person is' : 'persons are'} in lanes that nothing may net (GC III 109, 110, 118)`;
  if (at < 0)
    return [
      `the order of objectives does not name legal-lanes, and ${who}: they can stay behind for others. Put legal-lanes first.`,
    ];
  // To keep places that are agreed already takes nothing from these lanes.
  const above = objectives.slice(0, at).filter(({ kind }) => kind !== 'change');
  return above.length === 0
    ? []
    : [
        `the order of objectives puts ${above.map(({ kind }) => kind).join(', ')} above legal-lanes, and ${who}: they can stay behind for a netted pair. Put legal-lanes first.`,
      ];
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
