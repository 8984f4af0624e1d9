/** Must-go: the persons named go, by a tranche if the rule names one. */
import { addRow } from '../model/draft.ts';
import type { MustGoRule } from '../problem/problem.ts';
import { getIndex, getPersons, type Roster } from '../problem/roster.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const mustGo: RuleKind<MustGoRule> = {
  ...namingKind,
  isElastic: true,
  fields: ['persons', 'by'],
  parse: (reader) => ({ kind: 'must-go', persons: reader.persons(), ...reader.optionalTranche('by') }),
  faults: (rule, placed) => {
    const last = toLast(rule, placed.roster);
    return getPersons(placed.roster, rule.persons).flatMap((index) => {
      const at = placed.at(index);
      return at > last ? [`${placed.idOf(index)} must go and is ${placed.nameOf(at)}`] : [];
    });
  },
  formulate: ({ id, persons }, { draft, roster, cells }) => {
    // A person who cannot be planned has no cell: say that the rule cannot be kept.
    for (const index of getPersons(roster, persons))
      if ((cells.cellOf[index] ?? -1) < 0) addRow(draft, `rule ${id} missing ${index}`, 1, 1);
  },
  bind: (rule, binder) => {
    const last = toLast(rule, binder.roster);
    for (const index of binder.persons(rule.persons)) {
      binder.must(index);
      binder.close(index, (tranche) => tranche > last);
    }
  },
  closes: (rule, roster, tranche) => rule.by !== undefined && tranche > toLast(rule, roster),
  sayNamed: (rule, { roster, to }) =>
    to > toLast(rule, roster)
      ? `makes its persons go${rule.by === undefined ? '' : ` by ${rule.by}`}`
      : undefined,
  describe: ({ id, persons, by }, words) => {
    const kept = persons.filter((person) => {
      const index = getIndex(words.roster.personIndex, person);
      return words.roster.persons[index]?.ineligible !== undefined;
    });
    return `"${id}": ${words.names(persons)} must go${by === undefined ? '' : ` by ${by}`}${
      kept.length === 0 ? '' : `; ${words.names(kept)} cannot be planned`
    }.`;
  },
};

function toLast({ by }: MustGoRule, roster: Roster): number {
  return by === undefined ? roster.trancheCount - 1 : getIndex(roster.trancheIndex, by);
}
