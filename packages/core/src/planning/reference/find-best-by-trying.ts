/**
 * The oracle: every plan of a small problem, tried one after another. Imported by tests and benches only.
 *
 * Cost    (tranches + 1) ^ persons plans, each measured whole.
 */
import type { MeasuredLevel } from '../objectives/objective-kind.ts';
import { findCircuits } from '../problem/circuits.ts';
import { compareLevels, measure } from '../objectives/measure.ts';
import type { CircuitRun } from '../problem/plan.ts';
import type { CircuitRule, PlanningProblem } from '../problem/problem.ts';
import { findRuleFaults } from '../rules/rule-faults.ts';
import { toRoster, type Positions, type Roster } from '../problem/roster.ts';

/** The best levels, or undefined when no plan keeps every rule. */
export function findBestByTrying(problem: PlanningProblem): readonly MeasuredLevel[] | undefined {
  const roster = toRoster(problem);
  const off = roster.trancheCount;
  const positions: Positions = new Int16Array(roster.persons.length).fill(0);
  const rules = problem.rules.filter((rule) => rule.kind === 'circuit');
  const choices = roster.persons.map((person) => {
    const list = [off];
    if (person.ineligible === undefined) {
      for (let tranche = person.first; tranche <= person.last; tranche += 1) list.push(tranche);
    }
    return list;
  });
  let best: readonly MeasuredLevel[] | undefined;
  const visit = (index: number): void => {
    const list = choices[index];
    if (list !== undefined) {
      for (const choice of list) {
        positions[index] = choice;
        visit(index + 1);
      }
      return;
    }
    const runs = rules.map((rule) => findRunsByTrying(roster, positions, rule));
    if (runs.some((run) => run === undefined)) return;
    const flat = runs.flatMap((run) => run ?? []);
    if (findRuleFaults(roster, positions, flat).length > 0) return;
    const levels = measure(roster, positions);
    if (best === undefined || compareLevels(levels, best) < 0) best = levels;
  };
  visit(0);
  return best;
}

/** Splits the persons of a circuit rule into cycles and chains, by trying; undefined when none exists. */
function findRunsByTrying(
  roster: Roster,
  positions: Positions,
  rule: CircuitRule,
): readonly CircuitRun[] | undefined {
  const off = roster.trancheCount;
  const left = new Map(rule.legs.map((leg) => [leg, Array.from({ length: off }, () => 0)]));
  roster.persons.forEach((person, index) => {
    const counts = left.get(roster.problem.legs[person.leg]?.id ?? '');
    const at = positions[index] ?? off;
    if (counts !== undefined && at < off && person.lane === 'exchange') counts[at] = (counts[at] ?? 0) + 1;
  });
  const circuits = findCircuits(roster, rule).map(({ legs }) =>
    legs.map((leg) => roster.problem.legs[leg]?.id ?? ''),
  );
  const runs: CircuitRun[] = [];
  // One pass of one circuit: a tranche for each link, never before the link before it.
  const place = (legs: readonly string[], link: number, from: number, chosen: readonly number[]): boolean => {
    const leg = legs[link];
    if (leg === undefined) {
      runs.push({
        rule: rule.id,
        legs,
        moves: chosen.map((at) => Array.from({ length: off }, (_, tranche) => (tranche === at ? 1 : 0))),
      });
      if (search()) return true;
      runs.pop();
      return false;
    }
    const last = rule.timing === 'simultaneous' && link > 0 ? from : off - 1;
    const counts = left.get(leg);
    for (let at = from; counts !== undefined && at <= last; at += 1) {
      const have = counts[at] ?? 0;
      if (have === 0) continue;
      counts[at] = have - 1;
      if (place(legs, link + 1, at, [...chosen, at])) return true;
      counts[at] = have;
    }
    return false;
  };
  const search = (): boolean => {
    if ([...left.values()].every((counts) => counts.every((count) => count === 0))) return true;
    return circuits.some((legs) => place(legs, 0, 0, []));
  };
  return search() ? runs : undefined;
}
