/** Family wished together: binds nothing, and is counted by the objective `families`. */
import type { FamilyWishRule } from '../problem/problem.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const familyWish: RuleKind<FamilyWishRule> = {
  ...namingKind,
  nature: 'nothing',
  isElastic: false,
  fields: ['form', 'persons'],
  parse: (reader) => ({ kind: 'family', form: 'wish', persons: reader.persons('persons', 2) }),
  faults: () => [],
  formulate: () => undefined,
  bind: ({ persons }, binder) => binder.bind(binder.plannable(persons)),
  closes: () => false,
  sayNamed: () => undefined,
  describe: ({ id, persons }, words) => `"${id}": ${words.names(persons)} are one family and go together.`,
};
