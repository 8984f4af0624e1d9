/** Place: the persons named go in this tranche, or stay off. */
import { addRow } from '../model/draft.ts';
import type { PlaceRule } from '../problem/problem.ts';
import { getIndex, getPersons, type Roster } from '../problem/roster.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const place: RuleKind<PlaceRule> = {
  ...namingKind,
  isElastic: true,
  fields: ['persons', 'tranche'],
  parse: (reader) => ({
    kind: 'place',
    persons: reader.persons(),
    tranche:
      reader.fields['tranche'] === null
        ? null
        : reader.tranche(reader.fields['tranche'], reader.at('tranche')),
  }),
  faults: (rule, placed) => {
    const wanted = toPlace(rule, placed.roster);
    return getPersons(placed.roster, rule.persons).flatMap((index) => {
      const at = placed.at(index);
      return at === wanted
        ? []
        : [`${placed.idOf(index)} is ${placed.nameOf(at)}, set to ${placed.nameOf(wanted)}`];
    });
  },
  formulate: ({ id, persons, tranche }, { draft, roster, cells }) => {
    if (tranche === null) return;
    for (const index of getPersons(roster, persons))
      if ((cells.cellOf[index] ?? -1) < 0) addRow(draft, `rule ${id} missing ${index}`, 1, 1);
  },
  bind: (rule, binder) => {
    const only = toPlace(rule, binder.roster);
    for (const index of binder.persons(rule.persons)) {
      if (only < binder.off) binder.must(index);
      binder.close(index, (tranche) => tranche !== only);
    }
  },
  closes: (rule, roster, tranche) => toPlace(rule, roster) !== tranche,
  sayNamed: (rule, { roster, to }) =>
    to === toPlace(rule, roster)
      ? undefined
      : `sets its persons ${rule.tranche === null ? 'off' : `in ${rule.tranche}`}`,
  describe: ({ id, persons, tranche }, words) =>
    `"${id}": ${words.names(persons)} ${tranche === null ? words.verb(persons, 'stays off', 'stay off') : `${words.verb(persons, 'goes', 'go')} in ${tranche}`}.`,
};

function toPlace({ tranche }: PlaceRule, roster: Roster): number {
  return tranche === null ? roster.trancheCount : getIndex(roster.trancheIndex, tranche);
}
