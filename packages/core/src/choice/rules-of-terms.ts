/**
 * The rules that the terms of an exchange put to a plan: numbers of each tranche, what must balance, categories,
 * what is left of each leg, and the gates that a plan can bring about.
 *
 * Law     A plan that keeps these rules makes proposals that the decider lets stand as far as numbers go. They ask
 *         for more than the decider in one place: parity has to hold in each tranche, although a proposal may be
 *         uneven when it evens out what earlier tranches left uneven.
 */
import type { LegId, ParityRule as AgreedParity, Terms } from '../exchange/index.ts';
import type { Rule } from '../planning/index.ts';
import type { Pool, ShutGate } from './pool.ts';

/** What the terms say, as rules, and the gates that no rule of planning can say. */
export interface RulesOfTerms {
  readonly rules: readonly Rule[];
  readonly unsaid: readonly string[];
}

/** The id by which a problem names a tranche of the terms. */
export const trancheId = (number: number): string => `tranche-${number}`;

export function rulesOfTerms(
  { terms, left, gates }: Pick<Pool, 'terms' | 'left' | 'gates'>,
  tranches: readonly number[],
): RulesOfTerms {
  const agreed = new Map(terms.legs.map(({ id }) => [id, agreedNumbers(terms, id, tranches)]));
  const isFixed = (leg: LegId): boolean => agreed.get(leg)?.every((count) => count !== undefined) === true;
  const sayable = gates.filter((gate) => isSayable(gate, tranches));
  return {
    rules: [
      ...fixedNumbers(terms, tranches, { agreed, isFixed }),
      ...terms.parity.flatMap((rule, index) => parityOf(rule, index + 1, isFixed)),
      ...categoriesOf(terms, tranches),
      ...terms.legs
        // A leg for everybody of a category has no limit to say.
        .filter(({ id }) => !isFixed(id) && Number.isFinite(left.get(id) ?? 0))
        .map(({ id }): Rule => ({
          id: `left-${id}`,
          kind: 'quota',
          who: { legs: [id] },
          over: 'total',
          max: left.get(id) ?? 0,
        })),
      ...sayable.map(({ gate, open, needs }): Rule => ({
        id: `gate-${gate}`,
        kind: 'gate',
        open: [open],
        after: needs === undefined ? [] : [needs.after],
        count: needs?.count ?? 0,
      })),
    ],
    unsaid: gates.filter((gate) => !sayable.includes(gate)).map(({ gate }) => gate),
  };
}

/** Persons of a leg in each tranche, by the terms; undefined where they leave it open. */
function agreedNumbers(
  terms: Terms,
  leg: LegId,
  tranches: readonly number[],
): readonly (number | undefined)[] {
  return tranches.map((number) => {
    const planned = terms.tranches.find((tranche) => tranche.number === number);
    if (planned === undefined) {
      return undefined;
    }
    return Object.hasOwn(planned.persons, leg) ? (planned.persons[leg] ?? 0) : 0;
  });
}

/**
 * Legs with the same numbers share one rule. Parity counts persons of the exchange lane alone, so other lanes, and
 * legs of which the terms fix only some tranches, are fixed tranche by tranche.
 */
function fixedNumbers(
  terms: Terms,
  tranches: readonly number[],
  {
    agreed,
    isFixed,
  }: {
    readonly agreed: ReadonlyMap<LegId, readonly (number | undefined)[]>;
    readonly isFixed: (leg: LegId) => boolean;
  },
): readonly Rule[] {
  const alike = new Map<string, { readonly legs: LegId[]; readonly counts: readonly number[] }>();
  const single: Rule[] = [];
  for (const { id, lane } of terms.legs) {
    const counts = agreed.get(id) ?? [];
    if (lane === 'exchange' && isFixed(id)) {
      const key = counts.join();
      const group = alike.get(key) ?? { legs: [], counts: counts.map((count) => count ?? 0) };
      group.legs.push(id);
      alike.set(key, group);
      continue;
    }
    counts.forEach((exact, index) => {
      const number = tranches[index]!;
      if (exact !== undefined) {
        single.push({
          id: `agreed-${id}-${number}`,
          kind: 'quota',
          who: { legs: [id] },
          tranche: trancheId(number),
          exact,
        });
      }
    });
  }
  const fixed = [...alike.values()].map(({ legs, counts }, index): Rule => ({
    id: index === 0 ? 'agreed-numbers' : `agreed-numbers-${index + 1}`,
    kind: 'parity',
    form: 'fixed',
    legs,
    counts,
  }));
  return [...fixed, ...single];
}

/** Each side of a parity rule against the first; nothing where the numbers of all its legs are fixed anyway. */
function parityOf(rule: AgreedParity, number: number, isFixed: (leg: LegId) => boolean): readonly Rule[] {
  const head = (index: number) => ({ id: `parity-${number}-${index + 1}`, kind: 'parity' as const });
  switch (rule.kind) {
    case 'equal-per-tranche':
    case 'ratio': {
      const [left, ...others] = rule.sides;
      if (left === undefined || rule.sides.flat().every(isFixed)) {
        return [];
      }
      return others.map((right, index): Rule =>
        rule.kind === 'equal-per-tranche'
          ? { ...head(index), form: 'equal', left, right }
          : {
              ...head(index),
              form: 'ratio',
              left,
              right,
              ratio: [rule.persons[0] ?? 1, rule.persons[index + 1] ?? 1],
            },
      );
    }
    case 'one-way':
      return rule.legs.every(isFixed) ? [] : [{ ...head(0), form: 'one-way', legs: rule.legs }];
    // Each leg has a total of its own, which `left-…` says.
    case 'fixed-numbers':
      return [];
  }
}

function categoriesOf(terms: Terms, tranches: readonly number[]): readonly Rule[] {
  return terms.tranches
    .filter(({ number }) => tranches.includes(number))
    .flatMap(({ number, categories }) =>
      Object.entries(categories ?? {}).flatMap(([leg, counts]) =>
        Object.entries(counts).map(([category, exact]): Rule => ({
          id: `agreed-${leg}-${number}-${category}`,
          kind: 'quota',
          who: { legs: [leg], categories: [category] },
          tranche: trancheId(number),
          exact,
        })),
      ),
    );
}

/** A gate that holds every tranche of the problem, on persons whom the plan itself may bring across. */
function isSayable({ tranche, needs }: ShutGate, tranches: readonly number[]): boolean {
  return needs !== undefined && tranches.every((number) => number >= tranche);
}
