/** Package: all persons named go in one tranche, or none goes. */
import type { PackageTogetherRule } from '../problem/problem.ts';
import { getPersons } from '../problem/roster.ts';
import { isTrueOfAll } from './named-persons.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const packageTogether: RuleKind<PackageTogetherRule> = {
  ...namingKind,
  isElastic: false,
  fields: ['form', 'persons'],
  parse: (reader) => ({ kind: 'package', form: 'together', persons: reader.dependents('persons', 2) }),
  faults: ({ persons }, placed) => {
    const places = new Set(getPersons(placed.roster, persons).map((index) => placed.at(index)));
    return places.size > 1 ? ['its persons are not in one tranche'] : [];
  },
  // One unit: nothing to write. A person of it who cannot be planned closes its cell.
  formulate: () => undefined,
  bind: ({ persons }, binder) => binder.unite(binder.persons(persons)),
  closes: () => false,
  sayNamed: ({ persons }, { members, at, to }) =>
    isTrueOfAll(members(persons), (other) => at(other) === to)
      ? undefined
      : 'lets its persons go together only',
  describe: ({ id, persons }, words) => `"${id}": ${words.names(persons)} go together or not at all.`,
};
