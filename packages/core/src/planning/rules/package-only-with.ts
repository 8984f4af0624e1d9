/** Package: each of the first goes only if everyone of the second goes, in the same tranche or by then. */
import { addColumn, addRow, put } from '../model/draft.ts';
import type { RuleDraft } from '../model/rule-draft.ts';
import type { PackageOnlyWithRule } from '../problem/problem.ts';
import { getPersons } from '../problem/roster.ts';
import { isTrueOfAll } from './named-persons.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const packageOnlyWith: RuleKind<PackageOnlyWithRule> = {
  ...namingKind,
  isElastic: false,
  fields: ['form', 'persons', 'with', 'timing'],
  parse: (reader) => ({
    kind: 'package',
    form: 'only-with',
    persons: reader.dependents('persons', 1),
    with: reader.persons('with'),
    ...reader.optionalChoice('timing', ['same', 'by-then']),
  }),
  faults: ({ persons, with: others, timing }, placed) => {
    const companions = getPersons(placed.roster, others);
    return getPersons(placed.roster, persons).flatMap((index) => {
      const here = placed.at(index);
      const isKept =
        here === placed.off ||
        companions.every((other) =>
          timing === 'by-then' ? placed.at(other) <= here : placed.at(other) === here,
        );
      return isKept ? [] : [`${placed.idOf(index)} goes without those it was agreed with`];
    });
  },
  formulate,
  bind: ({ persons, with: others }, binder) =>
    binder.bind([...binder.persons(persons), ...binder.persons(others)]),
  closes: () => false,
  sayNamed: ({ persons, with: others, timing }, { roster, index, members, at }) => {
    const isKept = (head: number): boolean => {
      const here = at(head);
      return (
        here === roster.trancheCount ||
        isTrueOfAll(members(others), (other) =>
          timing === 'by-then' ? at(other) <= here : at(other) === here,
        )
      );
    };
    const heads = members(others).has(index) ? members(persons) : new Set([index]);
    return isTrueOfAll(heads, isKept) ? undefined : 'lets its persons go only with those it names';
  },
  describe: ({ id, persons, with: others, timing }, words) =>
    `"${id}": ${words.names(persons)} ${words.verb(persons, 'goes', 'go')} only with ${words.names(others)}${timing === 'by-then' ? ', or after them' : ''}.`,
};

function formulate(rule: PackageOnlyWithRule, ruleDraft: RuleDraft): void {
  if (ruleDraft.isUnbound) return;
  const { draft, roster, cells } = ruleDraft;
  const key = `rule ${rule.id}`;
  const heads = new Set(getPersons(roster, rule.persons).map((index) => cells.cellOf[index] ?? -1));
  const companions = new Set(getPersons(roster, rule.with).map((index) => cells.cellOf[index] ?? -1));
  const nameOf = (cell: number): number => cells.cells[cell]?.members[0] ?? -1;
  const isByThen = rule.timing === 'by-then';
  /** What goes here is no more than what goes of the second: in the tranche, or up to it. */
  const follow = (name: string, tranche: number, first: number, second: number, isCell: boolean): void => {
    const row = addRow(draft, `${key} ${name} ${tranche}`, -Infinity, 0);
    put(row, first, 1);
    if (!isCell) put(row, second, -1);
    else
      for (let at = isByThen ? 0 : tranche; at <= tranche; at += 1)
        put(row, ruleDraft.columnAt(second, at), -1);
  };
  for (const tranche of ruleDraft.tranches) {
    if (heads.size > 1 && companions.size > 1) {
      // Through one column per tranche instead of a row for each pair.
      const through = addColumn(draft, 0, 1, `${key} through ${tranche}`);
      for (const head of heads)
        follow(`head ${nameOf(head)}`, tranche, ruleDraft.columnAt(head, tranche), through, false);
      for (const companion of companions)
        follow(`with ${nameOf(companion)}`, tranche, through, companion, true);
      continue;
    }
    for (const head of heads) {
      const column = ruleDraft.columnAt(head, tranche);
      if (column < 0) continue;
      for (const companion of companions)
        if (head !== companion)
          follow(`${nameOf(head)} ${nameOf(companion)}`, tranche, column, companion, true);
    }
  }
}
