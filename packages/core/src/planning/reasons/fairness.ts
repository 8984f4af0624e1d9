/** How captivity is spread over tranches and sides, and who waits behind whom, by cause. */
import { readPositions } from '../plan/check.ts';
import { explainPlaces, type PlaceReason, type ReasonCode } from './explain-places.ts';
import type { TranchePlan } from '../problem/plan.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import { toRoster, type RosterPerson } from '../problem/roster.ts';

export interface CaptivitySpread {
  readonly leg: string;
  /** null: those who stay off. */
  readonly tranche: string | null;
  readonly persons: number;
  /** Days: shortest, lower quarter, middle, upper quarter, longest; all 0 for nobody. */
  readonly days: readonly [number, number, number, number, number];
}

export interface Inversions {
  readonly leg: string;
  /** Pairs on this leg, both netted or neither, of whom the longer in captivity goes later. */
  readonly pairs: number;
  /** Pairs that could be compared at all. */
  readonly comparable: number;
  /** Persons who wait behind somebody held less long, by why. */
  readonly waiting: readonly {
    readonly code: ReasonCode;
    readonly rule: string | null;
    readonly persons: number;
  }[];
}

export interface Fairness {
  readonly spreads: readonly CaptivitySpread[];
  readonly inversions: readonly Inversions[];
}

/**
 * Fairness figures of a plan over plannable, named persons.
 *
 * @param known The plan's reasons, when they are at hand: they are its main cost.
 */
export function measureFairness(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  known: readonly PlaceReason[] = explainPlaces(problem, plan),
): Fairness {
  const roster = toRoster(problem);
  const { positions } = readPositions(roster, plan);
  const off = roster.trancheCount;
  const reasons = new Map(known.map((reason) => [reason.person, reason]));
  const spreads: CaptivitySpread[] = [];
  const inversions: Inversions[] = [];
  problem.legs.forEach(({ id: leg }) => {
    const number = roster.legIndex.get(leg);
    const persons = roster.persons.flatMap((person, index) =>
      person.leg === number && person.group === undefined && person.ineligible === undefined
        ? [{ person, at: positions[index] ?? off }]
        : [],
    );
    for (let at = 0; at <= off; at += 1) {
      const days = persons
        .filter((one) => one.at === at)
        .map(({ person }) => person.days)
        .sort((a, b) => a - b);
      const part = (share: number): number => days[Math.floor(share * (days.length - 1))] ?? 0;
      spreads.push({
        leg,
        tranche: problem.tranches[at]?.id ?? null,
        persons: days.length,
        days: [part(0), part(0.25), part(0.5), part(0.75), part(1)],
      });
    }
    const lanes = [true, false].map((isNetted) =>
      persons.filter(({ person }) => (person.lane === 'exchange') === isNetted),
    );
    const [pairs, comparable] = lanes
      .map((own) => countPairs(own, off))
      .reduce(([a, b], [c, d]) => [a + c, b + d]);
    const shortest = lanes.map((own) => toShortestBefore(own, off));
    const waiting = new Map<string, { code: ReasonCode; rule: string | null; persons: number }>();
    for (const { person, at } of persons) {
      const before = shortest[person.lane === 'exchange' ? 0 : 1];
      if ((before?.[at] ?? Infinity) >= person.days) continue;
      const reason = reasons.get(person.id);
      if (reason === undefined) continue;
      // Who has the place by a rule explains the waiting before any number that is full.
      const { code, rule }: { code: ReasonCode; rule: string | null } =
        reason.passedBy === null ? reason : { code: 'passed-over', rule: reason.passedBy };
      const key = JSON.stringify([code, rule]);
      const entry = waiting.get(key) ?? { code, rule, persons: 0 };
      entry.persons += 1;
      waiting.set(key, entry);
    }
    inversions.push({
      leg,
      pairs,
      comparable,
      waiting: [...waiting.values()].sort((one, other) => other.persons - one.persons),
    });
  });
  return { spreads, inversions };
}

interface PlacedPerson {
  readonly person: RosterPerson;
  readonly at: number;
}

/** Pairs of whom the longer in captivity goes later, and pairs that could be compared at all. */
function countPairs(persons: readonly PlacedPerson[], off: number): [turned: number, comparable: number] {
  // Longest first; a pair is turned round when an earlier one in this order has the later place.
  const byDays = [...persons].sort((one, other) => other.person.days - one.person.days);
  const seen = new Array<number>(off + 1).fill(0);
  let turned = 0;
  let comparable = 0;
  let total = 0;
  for (let from = 0; from < byDays.length;) {
    const days = byDays[from]?.person.days;
    let until = from;
    while (byDays[until]?.person.days === days && until < byDays.length) until += 1;
    for (const { at } of byDays.slice(from, until)) {
      comparable += total;
      for (let later = at + 1; later <= off; later += 1) turned += seen[later] ?? 0;
    }
    for (const { at } of byDays.slice(from, until)) seen[at] = (seen[at] ?? 0) + 1;
    total += until - from;
    from = until;
  }
  return [turned, comparable];
}

/** For each place, the shortest captivity of those who go before it. */
function toShortestBefore(persons: readonly PlacedPerson[], off: number): readonly number[] {
  const before: number[] = [];
  let shortest = Infinity;
  for (let at = 0; at <= off; at += 1) {
    before.push(shortest);
    for (const one of persons) if (one.at === at) shortest = Math.min(shortest, one.person.days);
  }
  return before;
}
