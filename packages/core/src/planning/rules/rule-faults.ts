/**
 * Whether the places of persons keep every rule, read from the rules one by one.
 *
 * Law     spec/planning.md, "Rules". Shared by the checker and the oracle; the formulation does not use it.
 * Cost    One pass over the persons for each distinct selector, then one per rule over its own persons.
 */
import { PlacedPersons } from './placed-persons.ts';
import { kindOf } from './index.ts';
import type { CircuitRun } from '../problem/plan.ts';
import type { RuleId } from '../problem/problem.ts';
import type { Positions, Roster } from '../problem/roster.ts';

export interface RuleFault {
  /** The rule broken; null for what no rule may change (eligibility, a person's own window). */
  readonly rule: RuleId | null;
  readonly text: string;
}

/** Every rule that the places break. `circuits` is the plan's own account of its cycles and chains. */
export function findRuleFaults(
  roster: Roster,
  positions: Positions,
  circuits: readonly CircuitRun[],
): RuleFault[] {
  const faults: RuleFault[] = [];
  const off = roster.trancheCount;
  roster.persons.forEach((person, index) => {
    const at = positions[index] ?? off;
    if (at === off) return;
    if (person.ineligible !== undefined) {
      faults.push({ rule: null, text: `${person.id} is placed but not eligible: ${person.ineligible}` });
    } else if (at < person.first || at > person.last) {
      faults.push({ rule: null, text: `${person.id} is placed outside the person's own window` });
    }
  });
  const placed = new PlacedPersons(roster, positions, circuits);
  for (const rule of roster.problem.rules)
    for (const text of kindOf(rule).faults(rule, placed)) faults.push({ rule: rule.id, text });
  return faults;
}
