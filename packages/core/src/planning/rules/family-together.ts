/** Family kept together: its plannable persons share a place. */
import type { FamilyTogetherRule } from '../problem/problem.ts';
import { getPersons } from '../problem/roster.ts';
import { isTrueOfAll } from './named-persons.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const familyTogether: RuleKind<FamilyTogetherRule> = {
  ...namingKind,
  isElastic: false,
  fields: ['form', 'persons'],
  parse: (reader) => ({ kind: 'family', form: 'together', persons: reader.dependents('persons', 2) }),
  faults: ({ persons }, placed) => {
    const places = new Set(
      getPersons(placed.roster, persons)
        .filter((index) => placed.roster.persons[index]?.ineligible === undefined)
        .map((index) => placed.at(index)),
    );
    return places.size > 1 ? ['the family is not in one tranche'] : [];
  },
  // One unit: nothing to write.
  formulate: () => undefined,
  bind: ({ persons }, binder) => binder.unite(binder.plannable(persons)),
  closes: () => false,
  sayNamed: ({ persons }, { roster, members, at, to }) =>
    isTrueOfAll(
      members(persons),
      (other) => roster.persons[other]?.ineligible !== undefined || at(other) === to,
    )
      ? undefined
      : 'keeps a family together',
  describe: ({ id, persons }, words) => `"${id}": ${words.names(persons)} are one family and go together.`,
};
