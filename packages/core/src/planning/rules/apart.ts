/** Apart: no two of the persons named go in one tranche. */
import { addRow, put } from '../model/draft.ts';
import type { ApartRule } from '../problem/problem.ts';
import { getPersons } from '../problem/roster.ts';
import { isTrueOfAll } from './named-persons.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const apart: RuleKind<ApartRule> = {
  ...namingKind,
  isElastic: false,
  fields: ['persons'],
  parse: (reader) => ({ kind: 'apart', persons: reader.dependents('persons', 2) }),
  faults: ({ persons }, placed) => {
    const places = getPersons(placed.roster, persons)
      .map((index) => placed.at(index))
      .filter((at) => at < placed.off);
    return new Set(places).size < places.length ? ['two of them share a tranche'] : [];
  },
  formulate: (rule, ruleDraft) => {
    if (ruleDraft.isUnbound) return;
    const { draft, roster, cells } = ruleDraft;
    const weights = new Map<number, number>();
    for (const index of getPersons(roster, rule.persons)) {
      const cell = cells.cellOf[index] ?? -1;
      if (cell >= 0) weights.set(cell, (weights.get(cell) ?? 0) + 1);
    }
    for (const tranche of ruleDraft.tranches) {
      const row = addRow(draft, `rule ${rule.id} ${tranche}`, -Infinity, 1);
      for (const [cell, weight] of weights) put(row, ruleDraft.columnAt(cell, tranche), weight);
    }
  },
  bind: ({ persons }, binder) => binder.bind(binder.persons(persons)),
  closes: () => false,
  sayNamed: ({ persons }, { roster, index, members, at, to }) =>
    to < roster.trancheCount && !isTrueOfAll(members(persons), (other) => other === index || at(other) !== to)
      ? 'keeps its persons in different tranches'
      : undefined,
  describe: ({ id, persons }, words) => `"${id}": no two of ${words.names(persons)} share a tranche.`,
};
