/**
 * Rules that keep persons apart, joined: persons of whom every two are kept apart by some rule are one clique, and at
 * most one of them goes in a tranche (clique cuts). One row for a clique proves at once what its pairs prove slowly.
 *
 * Cost    For each person whom such a rule names, one pass over those kept apart from that one; cliques are found
 *         greedily, and bounded.
 */
import { addRow, put } from '../model/draft.ts';
import type { RuleDraft } from '../model/rule-draft.ts';
import { perRoster } from '../problem/per-roster.ts';
import { getPersons, type Roster } from '../problem/roster.ts';

/** More persons than this in all such rules are left as they are. */
const personsMax = 2_000;

/** Cliques of three and more that no rule names alone. */
const findCliques: (roster: Roster) => readonly (readonly number[])[] = perRoster((roster) => {
  const rules = roster.problem.rules.filter((rule) => rule.kind === 'apart');
  if (rules.length < 2) return [];
  const apart = new Map<number, Set<number>>();
  const named = rules.map(({ persons }) => new Set(getPersons(roster, persons)));
  for (const persons of named)
    for (const one of persons) {
      const others = apart.get(one) ?? new Set();
      for (const other of persons) if (other !== one) others.add(other);
      apart.set(one, others);
    }
  if (apart.size > personsMax) return [];
  const cliques: (readonly number[])[] = [];
  const covered = new Set<number>();
  for (const start of [...apart.keys()].sort((one, other) => one - other)) {
    if (covered.has(start)) continue;
    const clique = [start];
    for (const other of [...(apart.get(start) ?? [])].sort((one, next) => one - next))
      if (clique.every((one) => apart.get(one)?.has(other) === true)) clique.push(other);
    for (const one of clique) covered.add(one);
    if (clique.length > 2 && !named.some((persons) => clique.every((one) => persons.has(one))))
      cliques.push(clique);
  }
  return cliques;
});

/** A row for each clique and tranche. */
export function formulateCliques(rules: RuleDraft): void {
  const { draft, roster, cells, tranches } = rules;
  if (rules.isUnbound) return;
  findCliques(roster).forEach((clique, number) => {
    const weights = new Map<number, number>();
    for (const index of clique) {
      const cell = cells.cellOf[index] ?? -1;
      if (cell >= 0) weights.set(cell, (weights.get(cell) ?? 0) + 1);
    }
    for (const tranche of tranches) {
      const row = addRow(draft, `clique ${number} ${tranche}`, -Infinity, 1);
      for (const [cell, weight] of weights) put(row, rules.columnAt(cell, tranche), weight);
    }
  });
}
