/** Tranches: who goes next where the planner leaves it open, proposed, approved by two of each power, scheduled. */
import {
  committed,
  countMax,
  missingApprovals,
  personsPerTrancheMax,
  powersOfTranche,
  proposalHash,
  shutGates,
  tiedSides,
  type CrossingId,
  type EntryId,
  type LegId,
  type PartyId,
  type Tranche,
  type TrancheId,
} from '../exchange/index.ts';
import { madeUpId, official } from './cast.ts';
import { certify, isDone, spokesOf } from './ending.ts';
import { askAndExamine, ensureListed } from './listing.ts';
import type { Person } from './people.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { HappeningOf, ManyPersons } from './scenario.ts';
import { fail, offer, type Script, type Steps } from './script.ts';

/** What is said of a tranche; `only`: where nothing is said of persons, nobody of other legs. */
type Proposed = Omit<HappeningOf<'propose'>, 'do'> & { readonly only?: readonly LegId[] | undefined };

/** A tranche brought as far as `until`. */
export function* propose(at: Rehearsal, happening: Proposed): Script {
  yield* ensureListed(at);
  for (const { number: done } of at.liveTranches().filter((one) => isDone(at, one))) {
    yield* certify(at, done);
  }
  const number = happening.number ?? voidTranche(at)?.number ?? nextNumber(at);
  const persons = yield* chosen(at, number, happening);
  const all = [...persons.values()].flat();
  if (all.length === 0) {
    return yield* fail('Nobody is left whom the rules let be proposed.');
  }
  yield* askAndExamine(at, all);
  const before = at.trancheOf(number);
  const tranche =
    before?.status === 'live' ? before.id : (madeUpId(`tranche ${number} ${at.state.size}`) as TrancheId);
  const body = {
    ...{ tranche, number },
    persons: Object.fromEntries(
      [...persons].map(([leg, some]) => [leg, some.map(({ entry }) => entry)]),
    ) as Record<LegId, readonly EntryId[]>,
  };
  const firstLeg = [...persons].find(([, some]) => some.length > 0)?.[0] ?? at.terms.legs[0]!.id;
  const powers = powersOfTranche(at.state, body);
  const { from } = at.leg(firstLeg);
  const proposer = happening.party ?? (powers.includes(from) ? from : (powers[0] ?? at.host));
  yield* offer(spokesOf(at, proposer), 'TrancheProposed', body);
  if (happening.until === 'proposed' || at.state.terms === undefined) {
    return;
  }
  for (const party of powersOfTranche(at.state, body)) {
    yield* approve(at, party, proposalHash(at.exchange, at.state.terms.hash, body), tranche);
  }
  if (happening.until !== 'approved') {
    yield* schedule(at, tranche);
  }
}

/** Persons of a power approve the hash: two approvers, unless fewer are said. */
export function* approve(
  at: Rehearsal,
  party: PartyId,
  hash: Tranche['hash'],
  tranche: TrancheId,
  persons = Math.max(2, at.terms.approvalsPerPower),
): Script {
  const signers = [
    official(party, 'approver'),
    official(party, 'approver', 2),
    official(party, 'coordinator'),
  ].slice(0, persons);
  for (const signer of signers) {
    yield* offer(signer, 'TrancheApproved', { tranche, hash });
  }
}

/** Every leg of a tranche at a crossing of the terms. */
export function* schedule(at: Rehearsal, id: TrancheId): Script {
  const tranche = at.liveTranches().find((one) => one.id === id);
  if (tranche === undefined) {
    return yield* fail('There is no tranche that could be scheduled.');
  }
  const { crossings } = at.terms;
  const legs = (Object.keys(tranche.persons) as LegId[]).filter(
    (leg) => (tranche.persons[leg] ?? []).length > 0,
  );
  yield* offer(official(at.host, 'mediator'), 'TrancheScheduled', {
    ...{ tranche: id, hash: tranche.hash },
    routes: legs.map((leg) => ({
      leg,
      crossing:
        crossings[at.terms.legs.findIndex((one) => one.id === leg) % Math.max(1, crossings.length)]?.id ??
        ('C1' as CrossingId),
      ...windowOf(at.day),
    })),
  });
}

/** 06:00 to 20:00 of a day. */
export function windowOf(day: string): { readonly opens: string; readonly closes: string } {
  return { opens: `${day}T06:00:00.000Z`, closes: `${day}T20:00:00.000Z` };
}

/** A live tranche that nobody has left with, and whose approvals are missing or void: it is proposed anew. */
function voidTranche(at: Rehearsal): Tranche | undefined {
  return at
    .liveTranches()
    .find((one) => !one.departed && one.voided !== undefined && missingApprovals(at.state, one).length > 0);
}

/** How many of each leg could be proposed next, where nobody says who. */
export function openNumbers(
  at: Rehearsal,
  only: readonly LegId[] | undefined,
): readonly (readonly [LegId, number])[] {
  const free = new Map(
    at.terms.legs.map(({ id }) => [
      id,
      only?.includes(id) === false ? [] : at.available(id, personsPerTrancheMax),
    ]),
  );
  return numbersFor(at, nextNumber(at), free);
}

/** The first number that no standing tranche has: of the terms, or the next. */
function nextNumber(at: Rehearsal): number {
  const isFree = (number: number): boolean => {
    const status = at.trancheOf(number)?.status;
    return status !== 'live' && status !== 'certified';
  };
  const planned = at.terms.tranches.map(({ number }) => number).toSorted((a, b) => a - b);
  const free = planned.find(isFree);
  if (free !== undefined) {
    return free;
  }
  let number = 1;
  while (!isFree(number)) {
    number += 1;
  }
  return number;
}

/** Who goes on each leg: as the happening says, else as the terms plan it, else everybody whom the rules let go. */
function* chosen(
  at: Rehearsal,
  number: number,
  { persons: wanted, only }: Proposed,
): Steps<ReadonlyMap<LegId, readonly Person[]>> {
  const standing = at.trancheOf(number);
  const own = (leg: LegId): readonly Person[] =>
    standing?.status === 'live' ? at.personsOf(at.waiting(standing, leg)) : [];
  const persons = new Map<LegId, readonly Person[]>();
  if (wanted !== undefined) {
    for (const [id, some] of Object.entries(wanted) as [LegId, ManyPersons][]) {
      persons.set(id, yield* at.pick(some, [...own(id), ...at.available(id)], `of leg ${id}`));
    }
    return persons;
  }
  const planned = at.terms.tranches.find((one) => one.number === number);
  // Where nothing is said of categories, nobody asks for more than one proposal holds.
  const most = planned === undefined ? personsPerTrancheMax : Infinity;
  const free = new Map(
    at.terms.legs.map(({ id }) => [
      id,
      only?.includes(id) === false ? [] : [...own(id), ...at.available(id, most)],
    ]),
  );
  for (const [leg, count] of planned === undefined
    ? numbersFor(at, number, free)
    : numbersOf(planned.persons)) {
    const categories = planned?.categories?.[leg] ?? {};
    persons.set(leg, yield* byCategory(at, free.get(leg) ?? [], count, categories));
  }
  return persons;
}

const numbersOf = (persons: Readonly<Record<LegId, number>>): readonly (readonly [LegId, number])[] =>
  Object.entries(persons) as [LegId, number][];

/** So many persons, so many of each category that the terms name among them. */
function* byCategory(
  at: Rehearsal,
  free: readonly Person[],
  count: number,
  categories: Readonly<Record<string, number>>,
): Steps<readonly Person[]> {
  const named = Object.entries(categories);
  const picked: Person[] = [];
  for (const [category, some] of named) {
    if (some > 0) {
      const fit = free.filter((person) => person.category === category);
      picked.push(...(yield* at.pick(some, fit, `of category ${category}`)));
    }
  }
  const rest = free.filter((person) => !Object.hasOwn(categories, person.category));
  const others = named.length === 0 ? free : rest;
  const open = count - picked.length;
  if (open > 0) {
    picked.push(...(yield* at.pick(open, others, 'for the tranche')));
  }
  return picked;
}

/** Everybody who may go, as far as what is left of each leg, parity and the size of a proposal allow. */
function numbersFor(
  at: Rehearsal,
  number: number,
  free: ReadonlyMap<LegId, readonly Person[]>,
): readonly (readonly [LegId, number])[] {
  const standing = at.trancheOf(number);
  const revised = standing?.status === 'live' ? standing.id : undefined;
  const counts = new Map<LegId, number>();
  for (const leg of at.terms.legs) {
    const left = countMax(leg) - committed(at.state, leg.id, revised);
    const isShut = shutGates(at.state, leg.id, number).length > 0;
    counts.set(leg.id, isShut ? 0 : Math.max(0, Math.min(free.get(leg.id)?.length ?? 0, left)));
  }
  const tied = at.terms.parity.flatMap((rule) => tiedSides(rule) ?? []);
  for (const one of tied) {
    balance(counts, one, 1);
  }
  const sum = (): number => [...counts.values()].reduce((total, count) => total + count, 0);
  if (sum() > personsPerTrancheMax) {
    const inSides = new Set(tied.flatMap(({ sides }) => sides.flat()));
    // What is tied shrinks together; of the rest the small legs go first.
    const share = personsPerTrancheMax / sum();
    for (const one of tied) {
      balance(counts, one, share);
    }
    const others = [...counts].filter(([leg]) => !inSides.has(leg)).sort(([, a], [, b]) => a - b);
    let left = personsPerTrancheMax - sum() + others.reduce((total, [, count]) => total + count, 0);
    for (const [leg, count] of others) {
      counts.set(leg, Math.min(count, left));
      left -= Math.min(count, left);
    }
  }
  return [...counts];
}

/** Brings the sides of a parity rule to the numbers that keep it, or to a share of those. */
function balance(
  counts: Map<LegId, number>,
  { sides, weights }: NonNullable<ReturnType<typeof tiedSides>>,
  share: number,
): void {
  const sumOf = (legs: readonly LegId[]): number =>
    legs.reduce((sum, leg) => sum + (counts.get(leg) ?? 0), 0);
  const times = Math.floor(
    share * Math.min(...sides.map((legs, side) => Math.floor(sumOf(legs) / Math.max(1, weights[side] ?? 1)))),
  );
  sides.forEach((legs, side) => {
    let left = times * (weights[side] ?? 1);
    for (const leg of legs) {
      const some = Math.min(left, counts.get(leg) ?? 0);
      counts.set(leg, some);
      left -= some;
    }
  });
}
