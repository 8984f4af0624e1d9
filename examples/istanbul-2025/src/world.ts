/**
 * One exchange before it begins: its people, its lists, who will say no, who is withheld, and the choice of persons
 * for each tranche. Everything follows from the seed and the number of persons.
 */
import type {
  EntryId,
  ExchangeId,
  LegId,
  ListId,
  ListKind,
  StrikeReason,
  Terms,
  TrancheId,
} from '@homeward/core/exchange';
import type { Actor } from './actors.ts';
import { actorsFor } from './actors.ts';
import { pickByCaptivity } from './allocation.ts';
import { chanceOf } from './chance.ts';
import type { Figures } from './figures.ts';
import { figuresFor } from './figures.ts';
import type { LinkageFigures, Pair } from './linking.ts';
import { linkPlainly, measurePairs } from './linking.ts';
import type { Lists, PowerCode } from './lists.ts';
import { generateLists, otherPower } from './lists.ts';
import { legs, termsFor } from './terms.ts';
import type { WrittenPerson } from './written.ts';

export const powers = ['A', 'B'] as const satisfies readonly PowerCode[];
export const listKinds = ['sought', 'held', 'withheld'] as const satisfies readonly ListKind[];

/** The leg on which people leave a power. */
export const legFrom: Readonly<Record<PowerCode, LegId>> = { A: legs.ab, B: legs.ba };

export interface TranchePlan {
  readonly number: number;
  readonly id: TrancheId;
  /** By the power that gives: entries of its held list, in the order of boarding. */
  readonly persons: Readonly<Record<PowerCode, readonly EntryId[]>>;
}

/** A person who drops out after the tranche was approved, and the one who goes instead. */
export interface Strike {
  readonly number: number;
  readonly power: PowerCode;
  readonly struck: EntryId;
  readonly instead: EntryId;
  readonly reason: StrikeReason;
}

/** A person whom the receiver does not recognise at the line: the holder had brought somebody else. */
export interface Misidentified {
  readonly number: number;
  readonly power: PowerCode;
  readonly person: EntryId;
  readonly instead: EntryId;
}

/** How the choice of persons was made. */
export interface PlanningFigures {
  /** Who chose: the solver, or the plain order by captivity. */
  readonly by: 'longest-in-captivity';
  readonly eligible: number;
  /** Persons changed in the plan when some dropped out at the last minute, and how many dropped out. */
  readonly changed: number;
  readonly droppedOut: number;
}

export interface World {
  readonly seed: number;
  readonly figures: Figures;
  readonly terms: Terms;
  readonly exchange: ExchangeId;
  readonly title: string;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly lists: Lists;
  readonly listIds: Readonly<Record<PowerCode, Readonly<Record<ListKind, ListId>>>>;
  /** Sought entry → entry opposite, as found by linking. */
  readonly pairs: ReadonlyMap<string, string>;
  /** The same, the other way round. */
  readonly soughtOf: ReadonlyMap<string, string>;
  readonly linkage: LinkageFigures;
  /** Entries, by the power that holds them, who tell the neutral that they do not wish to go. */
  readonly refusers: Readonly<Record<PowerCode, readonly EntryId[]>>;
  readonly unfit: Readonly<Record<PowerCode, readonly EntryId[]>>;
  /** Whom the neutral asks and the doctors see, by the power that holds them: everybody who could go. */
  readonly interviewed: Readonly<Record<PowerCode, readonly EntryId[]>>;
  /** As they go in the end: after the strikes. */
  readonly tranches: readonly TranchePlan[];
  readonly strikes: readonly Strike[];
  readonly misidentified: Misidentified;
  readonly planning: PlanningFigures;
  /** The second tranche as it was first tried, and called off at the line. */
  readonly firstAttempt: TrancheId;
}

/** Everything one exchange starts from. Cost: about a second for 2 × 1,400 persons. */
export function createWorld(wish: {
  readonly seed: number;
  readonly people: number;
  readonly round?: number;
}): World {
  const { people } = wish;
  const round = wish.round ?? 1;
  const seed = wish.seed + (round - 1) * 1_000_003;
  const figures = figuresFor(people);
  const lists = generateLists({ seed, count: figures.population });
  const chance = chanceOf(seed, 'world');

  const pairs = powers.flatMap((power) => {
    const { held, withheld } = lists.of[otherPower(power)];
    return linkPlainly({ sought: lists.of[power].sought, held: [...held, ...withheld] });
  });
  const compared = lists.of.A.sought.length + lists.of.B.sought.length;
  const wanted = new Set(pairs.map(({ held }) => held));

  const eligible = byPower((power) => lists.of[power].held.filter(({ id }) => wanted.has(id)));
  // Those who refuse and those who may not travel are among the longest held, so that the choice must go round them.
  const refusers = byPower((power) =>
    longestHeld(eligible[power])
      .slice(3, 4)
      .map(({ id }) => id as EntryId),
  );
  const unfit = byPower((power) => [longestHeld(eligible[power])[8]!.id as EntryId]);

  const choose = (power: PowerCode, struck: readonly EntryId[]): readonly (readonly WrittenPerson[])[] => {
    const out = new Set<string>([...refusers[power], ...unfit[power], ...struck]);
    return pickByCaptivity({ eligible: eligible[power].filter(({ id }) => !out.has(id)), figures });
  };
  const first = byPower((power) => choose(power, []));
  const spare = byPower((power) => {
    const going = new Set<string>([
      ...first[power].flat().map(({ id }) => id),
      ...refusers[power],
      ...unfit[power],
    ]);
    return longestHeld(eligible[power])
      .map(({ id }) => id as EntryId)
      .filter((id) => !going.has(id));
  });
  // Places that fall free in the second tranche go to those who have waited longest among the rest.
  const nextInLine = (power: PowerCode, place: number): EntryId => {
    const next = spare[power][place];
    if (next === undefined) throw new Error('nobody is left to go instead');
    return next;
  };
  const second = byPower((power) => first[power][1]!.map(({ id }) => id as EntryId));
  const misidentified: Misidentified = {
    number: 2,
    power: 'A',
    person: second.A[0]!,
    instead: nextInLine('A', 0),
  };
  const strikes: readonly Strike[] = [
    { number: 2, power: 'A', struck: second.A[2]!, instead: nextInLine('A', 1), reason: 'refused' },
    { number: 2, power: 'B', struck: second.B[2]!, instead: nextInLine('B', 0), reason: 'unfit' },
  ];
  const instead = new Map<string, EntryId>([
    [misidentified.person, misidentified.instead],
    ...strikes.map((strike): [string, EntryId] => [strike.struck, strike.instead]),
  ]);
  const final = byPower((power) =>
    first[power].map((tranche) => tranche.map(({ id }) => instead.get(id) ?? (id as EntryId))),
  );
  return {
    seed,
    figures,
    terms: termsFor(figures),
    exchange: chance.id() as ExchangeId,
    title: round === 1 ? `${people} for ${people}` : `${people} for ${people}, round ${round}`,
    actors: actorsFor(seed),
    lists,
    listIds: byPower(() => ({
      sought: chance.id() as ListId,
      held: chance.id() as ListId,
      withheld: chance.id() as ListId,
    })),
    pairs: new Map(pairs.map(({ sought, held }) => [sought, held])),
    soughtOf: new Map(pairs.map(({ sought, held }) => [held, sought])),
    linkage: measurePairs({ pairs, truth: lists.truth, compared }),
    refusers,
    unfit,
    tranches: figures.tranches.map((_, index) => ({
      number: index + 1,
      id: chance.id() as TrancheId,
      persons: byPower((power) => final[power][index]!),
    })),
    interviewed: byPower((power) => eligible[power].map(({ id }) => id as EntryId)),
    strikes,
    misidentified,
    planning: {
      by: 'longest-in-captivity',
      eligible: eligible.A.length + eligible.B.length,
      changed: strikes.length + 1,
      droppedOut: strikes.length + 1,
    },
    firstAttempt: chance.id() as TrancheId,
  };
}

export function byPower<T>(make: (power: PowerCode) => T): Readonly<Record<PowerCode, T>> {
  return { A: make('A'), B: make('B') };
}

function longestHeld(people: readonly WrittenPerson[]): readonly WrittenPerson[] {
  return people
    .filter(({ category }) => category === 'military')
    .toSorted((a, b) =>
      a.captured_on === b.captured_on ? (a.id < b.id ? -1 : 1) : a.captured_on < b.captured_on ? -1 : 1,
    );
}

/** Pairs as linking gives them, for whoever wants to judge them anew. */
export type { Pair };
