/**
 * What planning knows of one kind of rule. A kind is one file of this folder and one line of `index.ts`; the compiler
 * asks for all that is missing.
 *
 * Law     The three readings of a rule do not share code on purpose: `faults` is the checker's, `formulate` the
 *         solver's, `sums` what reasons and ties look at. A mistake in one is seen by the others.
 */
import type { RuleDraft } from '../model/rule-draft.ts';
import type { PlanningProblem, Rule, Selector } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
import type { Binder } from './binder.ts';
import type { PlacedPersons } from './placed-persons.ts';
import type { RuleReader } from './rule-reader.ts';
import type { RuleWords } from './rule-words.ts';

/** Whom a sum counts, and how often. */
export type Term = readonly [who: Selector, factor: number];

/** A sum over selectors that a rule bounds, for each group of tranches. */
export interface Sum {
  readonly terms: readonly [Term, ...Term[]];
  /** The group of each tranche, numbered as they come; -1 where the rule does not look. */
  readonly groupOf: readonly number[];
  /** By group; NaN on both sides of what stays as it is. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What a sum comes to when it leaves its bounds, for words. */
export interface BrokenSum {
  readonly terms: Sum['terms'];
  readonly value: number;
  readonly bound: number;
  readonly isAbove: boolean;
  /** The tranche, or all of them. */
  readonly where: string;
}

/** A person whom a rule names, in a new place. */
export interface NamedMove {
  readonly roster: Roster;
  readonly index: number;
  /** The new place; the number of tranches for off. */
  readonly to: number;
  /** Where everybody stands after the move. */
  readonly at: (index: number) => number;
  /** The person numbers of a list of names. */
  readonly members: (names: readonly string[]) => ReadonlySet<number>;
}

/** A rule with one person's room more in it. */
export interface Loosened {
  /** What stands in its place: every plan that keeps the rule keeps these. */
  readonly relaxed: readonly Rule[];
  readonly text: string;
}

/** The fields of a rule beside its id and who asks for it. */
export type Body<R extends Rule> = Omit<R, 'id' | 'saidBy'>;

export interface RuleKind<R extends Rule> {
  /**
   * `number`: bounds sums. `tie`: ties one sum to another. `names`: binds the persons it names. `nothing`: couples
   * nothing.
   */
  readonly nature: 'number' | 'tie' | 'names' | 'nothing';
  /** Whether it can give way in part (elastic relaxation), or can only be left out. */
  readonly isElastic: boolean;
  /** The members of its JSON beside `id`, `kind` and `saidBy`. */
  readonly fields: readonly string[];
  parse(reader: RuleReader): Body<R>;
  /** How the places of persons break it, in words; nothing when they keep it. */
  faults(rule: R, placed: PlacedPersons): readonly string[];
  /** The sums that it bounds. */
  sums(rule: R, roster: Roster): readonly Sum[];
  /** Every selector by which it counts, so that cells agree on all of them. */
  selectors(rule: R, roster: Roster): readonly Selector[];
  /** What it says to a sum beyond its bounds, after its name. */
  sayBroken(rule: R, sum: BrokenSum): string;
  /** Writes its rows. */
  formulate(rule: R, draft: RuleDraft): void;
  /** What it says of persons by name: closed tranches, musts, who moves as one. */
  bind(rule: R, binder: Binder): void;
  /** Whether it closes the tranche to the persons whom it names, taken alone. */
  closes(rule: R, roster: Roster, tranche: number): boolean;
  /** What it says against a new place of somebody whom it names, after its name; undefined when nothing. */
  sayNamed(rule: R, move: NamedMove): string | undefined;
  /** What it asks for and what there is, with figures. */
  describe(rule: R, words: RuleWords): string;
  /** The rule with one more person's room in it; without any rule where only leaving it out relaxes it. */
  loosen(rule: R, problem: PlanningProblem): Loosened;
}

/** All of a kind that counts persons but what only it can say. */
export const countingKind = {
  nature: 'number',
  isElastic: true,
  bind: () => undefined,
  closes: () => false,
  sayNamed: () => undefined,
} as const;

/** All of a kind that names persons but what only it can say. */
export const namingKind = {
  nature: 'names',
  sums: () => [],
  selectors: () => [],
  sayBroken: (rule: Rule): string => {
    throw new Error(`rule ${rule.id} bounds no sum`);
  },
  loosen: (): Loosened => ({ relaxed: [], text: 'left out' }),
} as const;

/** The selectors of its sums: enough wherever a rule counts by nothing else. */
export function selectorsOf(sums: readonly Sum[]): readonly Selector[] {
  return sums.flatMap(({ terms }) => terms.map(([who]) => who));
}

/** Writes a row for each sum and group of tranches. */
export function formulateSums(rule: Rule, sums: readonly Sum[], draft: RuleDraft): void {
  sums.forEach(({ terms, groupOf, low, high }, number) => {
    low.forEach((least, group) => {
      const tranches = draft.tranches.filter((tranche) => groupOf[tranche] === group);
      draft.addSum(`rule ${rule.id} ${number} ${group}`, terms, tranches, least, high[group] ?? Infinity);
    });
  });
}

/** A sum with the same bounds in each of its groups, or with a bound for each. */
export function toSum(
  terms: Sum['terms'],
  groupOf: readonly number[],
  low: number | readonly number[],
  high: number | readonly number[],
): Sum {
  const size = Math.max(-1, ...groupOf) + 1;
  const spread = (bound: number | readonly number[]): readonly number[] =>
    Array.from({ length: size }, (_, group) => (typeof bound === 'number' ? bound : (bound[group] ?? 0)));
  return { terms, groupOf, low: spread(low), high: spread(high) };
}

/** Each tranche a group of its own. */
export function eachTranche(roster: Roster): readonly number[] {
  return Array.from({ length: roster.trancheCount }, (_, tranche) => tranche);
}

/** One tranche alone, each tranche, or all together. */
export function toGroups(
  roster: Roster,
  only: string | undefined,
  over: 'tranche' | 'total' | undefined,
): readonly number[] {
  const each = eachTranche(roster);
  if (only !== undefined) {
    const at = roster.trancheIndex.get(only);
    return each.map((tranche) => (tranche === at ? 0 : -1));
  }
  return over === 'total' ? each.map(() => 0) : each;
}
