/**
 * From the pool of an exchange, and what a registry knows of its persons, to a planning problem.
 *
 * Law     Everybody of the pool is in the problem, whom the rules keep with the reason; nobody else is. The terms are
 *         in it as rules, and rules that a party adds stand beside them under ids of their own.
 * Hides   Names. A problem knows entry ids, days and places of captivity.
 */
import type { EntryId, LegId } from '../exchange/index.ts';
import type {
  MedicalNeed,
  Objective,
  Place,
  PlanningPerson,
  PlanningProblem,
  Rule,
  Sex,
} from '../planning/index.ts';
import { err, ok, type Result } from '../result.ts';
import type { ChoiceFault } from './fault.ts';
import type { Candidate, Pool } from './pool.ts';
import { rulesOfTerms, trancheId } from './rules-of-terms.ts';

/** What the record does not say of a person and planning needs to know. */
export interface PersonFacts {
  /** Whole days in captivity on the day the problem is made. */
  readonly days: number;
  /** A seat unless said. */
  readonly need?: MedicalNeed;
  readonly sex?: Sex;
  /** In whole years. */
  readonly age?: number;
  readonly facility?: string;
  /** Numbers of tranches. */
  readonly earliest?: number;
  readonly latest?: number;
}

/** Which tranche a person is to go in, by its number. Who is not in it stays. */
export type Choice = ReadonlyMap<EntryId, number>;

export interface ChoiceWork {
  readonly pool: Pool;
  readonly factsOf: (entry: EntryId) => PersonFacts | undefined;
  /** Numbers of the tranches to plan; by default those of the terms that nobody has taken. */
  readonly tranches?: readonly number[];
  /** What a party asks for beside the terms: packages, families, vehicles, quotas. */
  readonly rules?: readonly Rule[];
  /** The published order; that of planning when absent. */
  readonly objectives?: readonly Objective[];
  /** A choice that is on the table: places in tranches that are planned now. */
  readonly previous?: Choice;
  /** Persons who are left out of this problem altogether. */
  readonly without?: ReadonlySet<EntryId>;
}

export interface ChoiceProblem {
  readonly problem: PlanningProblem;
  /** Gates that no rule of planning can say: they hold at the line, whatever the plan. */
  readonly unsaid: readonly string[];
}

/** The problem of choosing persons for the tranches that are open. Cost: once over the pool and the terms. */
export function toProblem(work: ChoiceWork): Result<ChoiceProblem, ChoiceFault> {
  const { pool, factsOf, objectives } = work;
  const numbers = (
    work.tranches ??
    pool.terms.tranches.map(({ number }) => number).filter((number) => !pool.taken.has(number))
  ).toSorted((a, b) => a - b);
  if (numbers.length === 0) {
    return err({ kind: 'NoTranche' });
  }
  const taken = numbers.find((number) => pool.taken.has(number));
  if (taken !== undefined) {
    return err({ kind: 'TrancheTaken', number: taken });
  }
  const candidates = pool.candidates.filter(({ entry }) => work.without?.has(entry) !== true);
  const persons: PlanningPerson[] = [];
  const missing: EntryId[] = [];
  for (const candidate of candidates) {
    const facts = factsOf(candidate.entry);
    if (facts === undefined) {
      missing.push(candidate.entry);
    } else {
      persons.push(toPlanningPerson(candidate, facts));
    }
  }
  if (missing.length > 0) {
    return err({ kind: 'FactsMissing', entries: missing });
  }
  const { rules, unsaid } = rulesOfTerms(pool, numbers);
  const agreed = new Set(rules.map(({ id }) => id));
  const repeated = work.rules?.find(({ id }) => agreed.has(id));
  if (repeated !== undefined) {
    return err({ kind: 'RuleIdTaken', rule: repeated.id });
  }
  const problem: PlanningProblem = {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: numbers.map((number) => ({ id: trancheId(number) })),
    // Who is set free where they are goes to nobody.
    legs: pool.terms.legs.map(({ id, from, to = 'free' }) => ({ id, from, to })),
    persons,
    rules: [...rules, ...(work.rules ?? [])],
    ...(objectives === undefined ? {} : { objectives }),
    ...(work.previous === undefined
      ? {}
      : { previous: { places: placesOf(work.previous, candidates, new Set(numbers)) } }),
  };
  return ok({ problem, unsaid });
}

function toPlanningPerson(candidate: Candidate, facts: PersonFacts): PlanningPerson {
  const { entry, leg, category, lane, held } = candidate;
  const { days, need, sex, age, facility, earliest, latest } = facts;
  return {
    id: entry,
    leg,
    category,
    lane,
    days,
    need: need ?? 'seat',
    ...(sex === undefined ? {} : { sex }),
    ...(age === undefined ? {} : { age }),
    ...(facility === undefined ? {} : { facility }),
    ...(earliest === undefined ? {} : { earliest: trancheId(earliest) }),
    ...(latest === undefined ? {} : { latest: trancheId(latest) }),
    ...(held === undefined ? {} : { ineligible: held }),
  };
}

/** The places of a choice that the problem can hold: of persons in the pool, in tranches that are planned. */
function placesOf(
  choice: Choice,
  candidates: readonly Candidate[],
  numbers: ReadonlySet<number>,
): readonly Place[] {
  const here = new Set<string>(candidates.map(({ entry }) => entry));
  return [...choice]
    .filter(([entry, number]) => here.has(entry) && numbers.has(number))
    .map(([person, number]) => ({ person, tranche: trancheId(number) }));
}

/** The choice that stands in the tranches that are being revised. */
export function choiceOf(
  tranches: Iterable<{
    readonly number: number;
    readonly persons: Readonly<Record<LegId, readonly EntryId[]>>;
  }>,
): Choice {
  const choice = new Map<EntryId, number>();
  for (const { number, persons } of tranches) {
    for (const entry of Object.values(persons).flat()) {
      choice.set(entry, number);
    }
  }
  return choice;
}
