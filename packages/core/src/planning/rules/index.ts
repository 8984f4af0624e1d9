/** Every kind of rule: one file and one line for each. */
import type { Rule } from '../problem/problem.ts';
import { apart } from './apart.ts';
import { capacity } from './capacity.ts';
import { circuit } from './circuit.ts';
import { facility } from './facility.ts';
import { familyTogether } from './family-together.ts';
import { familyWish } from './family-wish.ts';
import { gate } from './gate.ts';
import { mustGo } from './must-go.ts';
import { packageOnlyWith } from './package-only-with.ts';
import { packageTogether } from './package-together.ts';
import { parityBalance } from './parity-balance.ts';
import { parityEqual } from './parity-equal.ts';
import { parityFixed } from './parity-fixed.ts';
import { parityOneWay } from './parity-one-way.ts';
import { parityRatio } from './parity-ratio.ts';
import { place } from './place.ts';
import { quota } from './quota.ts';
import type { RuleKind } from './rule-kind.ts';
import { vehicles } from './vehicles.ts';
import { veto } from './veto.ts';

/** Kind and form as one word: `parity` and `equal` are `parity-equal`. */
type FlatKind<R extends Rule> = R extends { readonly form: infer F extends string }
  ? `${R['kind']}-${F}`
  : R['kind'];
type OfKind<K, R extends Rule = Rule> = R extends Rule ? (FlatKind<R> extends K ? R : never) : never;

/** By kind, and form where a kind has forms. */
const ruleKinds = {
  'parity-equal': parityEqual,
  'parity-ratio': parityRatio,
  'parity-fixed': parityFixed,
  'parity-one-way': parityOneWay,
  'parity-balance': parityBalance,
  quota,
  'must-go': mustGo,
  veto,
  place,
  'package-only-with': packageOnlyWith,
  'package-together': packageTogether,
  'family-together': familyTogether,
  'family-wish': familyWish,
  apart,
  capacity,
  vehicles,
  facility,
  circuit,
  gate,
} as const satisfies { readonly [K in FlatKind<Rule>]: RuleKind<OfKind<K>> };

/** What planning knows of the rule's kind. */
export function kindOf(rule: Rule): RuleKind<Rule> {
  const flat = 'form' in rule ? `${rule.kind}-${rule.form}` : rule.kind;
  // The table has a row of the rule's own type: the compiler checks it above, not here.
  return ruleKinds[flat as keyof typeof ruleKinds];
}

/** The kinds of the data, in the order of the specification. */
export const kindNames: readonly [Rule['kind'], ...Rule['kind'][]] = [
  'parity',
  'quota',
  'must-go',
  'veto',
  'place',
  'package',
  'family',
  'apart',
  'capacity',
  'vehicles',
  'facility',
  'circuit',
  'gate',
];

/** The forms of a kind with what reads each; of a kind without forms, itself under the empty text. */
export function formsOf(kind: Rule['kind']): ReadonlyMap<string, RuleKind<Rule>> {
  const forms = new Map<string, RuleKind<Rule>>();
  for (const [name, row] of Object.entries(ruleKinds)) {
    const own = name === kind ? '' : name.startsWith(`${kind}-`) ? name.slice(kind.length + 1) : undefined;
    if (own !== undefined) forms.set(own, row);
  }
  return forms;
}
