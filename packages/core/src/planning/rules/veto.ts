/** Veto: the persons named do not go in a tranche, or in any. */
import type { VetoRule } from '../problem/problem.ts';
import { getIndex, getPersons, type Roster } from '../problem/roster.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const veto: RuleKind<VetoRule> = {
  ...namingKind,
  isElastic: true,
  fields: ['persons', 'tranche'],
  parse: (reader) => ({ kind: 'veto', persons: reader.persons(), ...reader.optionalTranche('tranche') }),
  faults: (rule, placed) =>
    getPersons(placed.roster, rule.persons).flatMap((index) => {
      const at = placed.at(index);
      return isClosed(rule, placed.roster, at)
        ? [`${placed.idOf(index)} is vetoed and placed in ${placed.nameOf(at)}`]
        : [];
    }),
  // What is closed has no column.
  formulate: () => undefined,
  bind: (rule, binder) => {
    for (const index of binder.persons(rule.persons))
      binder.close(index, (tranche) => isClosed(rule, binder.roster, tranche));
  },
  closes: isClosed,
  sayNamed: (rule, { roster, to }) =>
    isClosed(rule, roster, to) ? `keeps its persons out of ${rule.tranche ?? 'every tranche'}` : undefined,
  describe: ({ id, persons, tranche }, words) =>
    `"${id}": ${words.names(persons)} may not go${tranche === undefined ? '' : ` in ${tranche}`}.`,
};

function isClosed({ tranche }: VetoRule, roster: Roster, at: number): boolean {
  return tranche === undefined ? at < roster.trancheCount : at === getIndex(roster.trancheIndex, tranche);
}
