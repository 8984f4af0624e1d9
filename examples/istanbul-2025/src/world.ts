/**
 * One exchange before it begins: its people, its lists, who will say no, who is withheld, and the choice of persons
 * for each tranche. Everything follows from the seed and the number of persons.
 */
import { personsByTranche, type Choice } from '@homeward/core/choice';
import type { EntryId, ExchangeId, ListId, ListKind, Terms, TrancheId } from '@homeward/core/exchange';
import type { Actor } from './actors.ts';
import { actorsFor } from './actors.ts';
import { chanceOf } from './chance.ts';
import type { Chooser } from './choosing.ts';
import { daysHeld, longestFirst, longestInCaptivityFirst } from './choosing.ts';
import type { Misidentified, PlanningFigures, Strike } from './choosing-throughout.ts';
import { chooseThroughout } from './choosing-throughout.ts';
import type { Figures } from './figures.ts';
import { figuresFor } from './figures.ts';
import type { LinkageFigures, Linker, Pair } from './linking.ts';
import { linkPlainly, measurePairs } from './linking.ts';
import type { Lists, PowerCode } from './lists.ts';
import { generateLists, otherPower } from './lists.ts';
import { legFrom, termsFor } from './terms.ts';
import type { WrittenPerson } from './written.ts';

export const powers = ['A', 'B'] as const satisfies readonly PowerCode[];
export const listKinds = ['sought', 'held', 'withheld'] as const satisfies readonly ListKind[];

export interface TranchePlan {
  readonly number: number;
  readonly id: TrancheId;
  /** By the power that gives: entries of its held list, in the order of boarding. */
  readonly persons: Readonly<Record<PowerCode, readonly EntryId[]>>;
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
  /** Pairs that linking was not sure of. */
  readonly unsure: readonly Pair[];
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
  /** The second tranche as it was first tried, and called off at the line. */
  readonly firstAttempt: TranchePlan;
  /** The second tranche as it was approved before two persons dropped out; its id is that of the tranche itself. */
  readonly beforeStrikes: TranchePlan;
  readonly planning: PlanningFigures;
}

/** Everything one exchange starts from. Cost: about a second for 2 × 1,400 persons, the chooser apart. */
export function createWorld(wish: {
  readonly seed: number;
  readonly people: number;
  readonly round?: number;
  readonly linker?: Linker;
  readonly chooser?: Chooser;
}): World {
  const { people } = wish;
  const round = wish.round ?? 1;
  const seed = wish.seed + (round - 1) * 1_000_003;
  const figures = figuresFor(people);
  // Some families will have a member who is withheld or not recognised: a few more are made than are wanted.
  const lists = generateLists({
    ...{ seed, count: figures.population, civilians: figures.civilians },
    families: Math.ceil(figures.families * 1.5) + 1,
  });
  const chance = chanceOf(seed, 'world');

  const linked = powers.map((power) => {
    const { held, withheld } = lists.of[otherPower(power)];
    return (wish.linker ?? linkPlainly)({ sought: lists.of[power].sought, held: [...held, ...withheld] });
  });
  const pairs = linked.flatMap(({ matched }) => matched);
  const unsure = linked.flatMap((result) => result.unsure);
  const compared = lists.of.A.sought.length + lists.of.B.sought.length;
  const wanted = new Set(pairs.map(({ held }) => held));

  const known = byPower((power) => lists.of[power].held.filter(({ id }) => wanted.has(id)));
  // Those who refuse and those who may not travel are among the longest held, so that the choice must go round them.
  const refusers = byPower((power) => [longestHeld(known[power], 3)]);
  const unfit = byPower((power) => [longestHeld(known[power], 8)]);
  const ids = figures.tranches.map(() => chance.id() as TrancheId);
  const firstId = chance.id() as TrancheId;
  const terms = termsFor(figures);
  const chosen = chooseThroughout({
    chooser: wish.chooser ?? longestInCaptivityFirst,
    ...{ figures, terms },
    families: lists.families.map((family) => family.map((id) => id as EntryId)),
    eligible: byPower((power) =>
      known[power].filter(({ id }) => ![...refusers[power], ...unfit[power]].includes(id as EntryId)),
    ),
    chance,
  });
  const persons = powers.flatMap((power) =>
    known[power].map((person) => ({
      ...{ id: person.id, leg: legFrom[power], category: person.category, lane: 'exchange' as const },
      ...{ days: daysHeld(person), need: 'seat' as const },
    })),
  );
  const trancheOf = (choice: Choice, number: number, id: TrancheId): TranchePlan => {
    const boarding = personsByTranche({ persons }, choice).get(number);
    return { number, id, persons: byPower((power) => boarding?.[legFrom[power]] ?? []) };
  };
  const { misidentified, strikes } = chosen;
  return {
    seed,
    figures,
    terms,
    exchange: chance.id() as ExchangeId,
    title: round === 1 ? `${people} for ${people}` : `${people} for ${people}, round ${round}`,
    // The same people serve every round.
    actors: actorsFor(wish.seed),
    lists,
    listIds: byPower(() => ({
      sought: chance.id() as ListId,
      held: chance.id() as ListId,
      withheld: chance.id() as ListId,
    })),
    pairs: new Map(pairs.map(({ sought, held }) => [sought, held])),
    soughtOf: new Map(pairs.map(({ sought, held }) => [held, sought])),
    unsure,
    linkage: measurePairs({ pairs, unsure: unsure.length, truth: lists.truth, compared }),
    refusers,
    unfit,
    interviewed: byPower((power) => known[power].map(({ id }) => id as EntryId)),
    tranches: ids.map((id, index) => trancheOf(chosen.choices.final, index + 1, id)),
    strikes,
    misidentified,
    firstAttempt: trancheOf(chosen.choices.first, 2, firstId),
    beforeStrikes: trancheOf(chosen.choices.beforeStrikes, 2, ids[1]!),
    planning: chosen.planning,
  };
}

/** The one who has been held longest but `place`, among soldiers. */
function longestHeld(people: readonly WrittenPerson[], place: number): EntryId {
  const person = people.filter(({ category }) => category === 'military').toSorted(longestFirst)[place];
  if (person === undefined) throw new Error('too few people for the events of the script');
  return person.id as EntryId;
}

export function byPower<T>(make: (power: PowerCode) => T): Readonly<Record<PowerCode, T>> {
  return { A: make('A'), B: make('B') };
}
