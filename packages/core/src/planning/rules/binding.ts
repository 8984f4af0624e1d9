/** What all rules together leave open to each person by name. */
import { perRoster } from '../problem/per-roster.ts';
import { getPersons, type Roster } from '../problem/roster.ts';
import { Binder, type Binding } from './binder.ts';
import { kindOf } from './index.ts';

/** Reads every rule that names persons, once for each roster. */
export const toBinding: (roster: Roster) => Binding = perRoster((roster) => {
  const binder = new Binder(roster);
  for (const rule of roster.problem.rules) kindOf(rule).bind(rule, binder);
  return binder.end();
});

/**
 * 1 for each tranche (`trancheCount` apart) that no name closes to a person: own vetoes and windows, those of all who
 * move as one, and companions without whom the person does not go, transitively.
 *
 * Cost    Each package is asked again when somebody whom it asks for has lost a tranche.
 */
export const toOpenPlaces: (roster: Roster) => Uint8Array = perRoster((roster) => {
  const off = roster.trancheCount;
  const binding = toBinding(roster);
  const open = binding.open.slice();
  const units = toUnits(binding);
  const companies = roster.problem.rules.flatMap((rule) =>
    rule.kind === 'package' && rule.form === 'only-with'
      ? [{ rule, heads: getPersons(roster, rule.persons), companions: getPersons(roster, rule.with) }]
      : [],
  );
  const waiting = new Set(companies);
  const askedBy = new Map<number, (typeof companies)[number][]>();
  for (const company of companies)
    for (const other of company.companions) {
      const list = askedBy.get(other);
      if (list === undefined) askedBy.set(other, [company]);
      else list.push(company);
    }
  for (const company of waiting) {
    waiting.delete(company);
    const isByThen = company.rule.timing === 'by-then';
    for (let tranche = 0; tranche < off; tranche += 1) {
      if (company.companions.every((other) => isOpenBy(open, off, other, tranche, isByThen))) continue;
      for (const head of company.heads) {
        if (open[head * off + tranche] !== 1) continue;
        for (const member of units.get(binding.unitOf[head] ?? head) ?? [head]) {
          open[member * off + tranche] = 0;
          for (const other of askedBy.get(member) ?? []) waiting.add(other);
        }
      }
    }
  }
  return open;
});

/** Whether a tranche is open to somebody, or one before it where that is enough. */
export function isOpenBy(
  open: Uint8Array,
  off: number,
  index: number,
  tranche: number,
  isByThen: boolean,
): boolean {
  for (let at = isByThen ? 0 : tranche; at <= tranche; at += 1) if (open[index * off + at] === 1) return true;
  return false;
}

/** Those who move as one, by the first of them. */
export function toUnits(binding: Binding): ReadonlyMap<number, readonly number[]> {
  const units = new Map<number, number[]>();
  binding.unitOf.forEach((root, index) => {
    if (binding.isBound[index] !== 1) return;
    const members = units.get(root);
    if (members === undefined) units.set(root, [index]);
    else members.push(index);
  });
  return units;
}
