/**
 * The choice as it moves: made once, then changed for one person who is not recognised at the line and for two who
 * drop out at the last minute, each time as little as can be.
 */
import { countMax, type EntryId, type Terms } from '@homeward/core/exchange';
import { choiceFaultToSentence, toProblem, type Choice, type Pool } from '@homeward/core/choice';
import type { Rule } from '@homeward/core/planning';
import type { Chance } from './chance.ts';
import type { Chooser } from './choosing.ts';
import { daysHeld, longestFirst } from './choosing.ts';
import type { Figures } from './figures.ts';
import type { PowerCode } from './lists.ts';
import { objectives, objectivesOnChange } from './published-order.ts';
import { legFrom } from './terms.ts';
import type { WrittenPerson } from './written.ts';

/** A person who drops out after the tranche was approved. */
export interface Strike {
  readonly number: number;
  readonly power: PowerCode;
  readonly struck: EntryId;
  /** Known to the neutral and the holder; in no act. */
  readonly reason: 'refused' | 'unfit';
}

/** A person whom the receiver does not recognise at the line: the holder had brought somebody else. */
export interface Misidentified {
  readonly number: number;
  readonly power: PowerCode;
  readonly person: EntryId;
}

/** How the choice of persons was made. */
export interface PlanningFigures {
  /** Who chose: the solver, or the plain order by captivity. */
  readonly by: string;
  readonly eligible: number;
  readonly packages: number;
  readonly families: number;
  /** Of those, how many have nobody travelling without the other. */
  readonly packagesKept: number;
  readonly familiesKept: number;
  /** Whether every choice came with a proof that none is better by the published order. */
  readonly proven: boolean;
  /** Persons who dropped out at the last minute, and others whose place changed for it. */
  readonly droppedOut: number;
  readonly changedForIt: number;
  /** For the first choice, and for the slowest change of it. */
  readonly seconds: { readonly first: number; readonly change: number };
}

export interface ChosenThroughout {
  readonly choices: { readonly first: Choice; readonly beforeStrikes: Choice; readonly final: Choice };
  readonly misidentified: Misidentified;
  readonly strikes: readonly Strike[];
  readonly planning: PlanningFigures;
}

/** The tranche in which things go wrong. */
const troubled = 2;

export function chooseThroughout(work: {
  readonly chooser: Chooser;
  readonly figures: Figures;
  readonly terms: Terms;
  readonly eligible: Readonly<Record<PowerCode, readonly WrittenPerson[]>>;
  readonly families: readonly (readonly EntryId[])[];
  readonly chance: Chance;
}): ChosenThroughout {
  const { chooser, figures, terms, eligible, chance } = work;
  const here = new Map<string, WrittenPerson>(
    [...eligible.A, ...eligible.B].map((person) => [person.id, person]),
  );
  const families = work.families
    .filter((family) => family.every((id) => here.has(id)))
    .slice(0, figures.families);
  const packages = packagesOf(eligible, families, figures.packages, chance);
  const seconds: number[] = [];
  let proven = true;
  const choose = (
    out: readonly EntryId[],
    previous?: { choice: Choice; gone: readonly number[] },
  ): Choice => {
    const gone = new Map(
      [...(previous?.choice ?? [])].filter(([, number]) => previous?.gone.includes(number)),
    );
    const away = new Set<string>([...out, ...gone.keys()]);
    const started = performance.now();
    const made = toProblem({
      pool: poolFor(terms, eligible, new Set(previous?.gone)),
      factsOf: (entry) => {
        const person = here.get(entry);
        return person === undefined ? undefined : { days: daysHeld(person), facility: person.facility };
      },
      rules: rulesFor(packages, families, (id) => here.has(id) && !away.has(id)),
      objectives: previous === undefined ? objectives : objectivesOnChange,
      without: away as ReadonlySet<string> as ReadonlySet<EntryId>,
      ...(previous === undefined ? {} : { previous: previous.choice }),
    });
    if (!made.ok) throw new Error(choiceFaultToSentence(made.error));
    const chosen = chooser.choose(made.value.problem);
    seconds.push((performance.now() - started) / 1000);
    proven &&= chosen.proven;
    return new Map([...gone, ...chosen.choice]);
  };

  const tied = new Set<string>([...packages, ...families].flat());
  /** Somebody of the troubled tranche whom no package and no family ties: the one longest held but `place`. */
  const someone = (choice: Choice, power: PowerCode, place: number): EntryId => {
    const going = eligible[power].filter(
      ({ id }) => choice.get(id as EntryId) === troubled && (place > 2 || !tied.has(id)),
    );
    const person = going.toSorted(longestFirst)[Math.min(place, going.length - 1)];
    if (person === undefined) throw new Error('too few people for the events of the script');
    return person.id as EntryId;
  };

  const first = choose([]);
  const misidentified: Misidentified = { number: troubled, power: 'A', person: someone(first, 'A', 0) };
  const beforeStrikes = choose([misidentified.person], { choice: first, gone: [1] });
  const strikes: readonly Strike[] = [
    { number: troubled, power: 'A', struck: someone(beforeStrikes, 'A', 1), reason: 'refused' },
    { number: troubled, power: 'B', struck: someone(beforeStrikes, 'B', 1), reason: 'unfit' },
  ];
  const out = [misidentified.person, ...strikes.map(({ struck }) => struck)];
  const final = choose(out, { choice: beforeStrikes, gone: [1] });

  const apart = (group: readonly EntryId[]): boolean => new Set(group.map((id) => final.get(id))).size > 1;
  return {
    choices: { first, beforeStrikes, final },
    misidentified,
    strikes,
    planning: {
      by: chooser.name,
      eligible: eligible.A.length + eligible.B.length,
      packages: packages.length,
      families: families.length,
      packagesKept: packages.filter((pair) => !apart(pair)).length,
      familiesKept: families.filter((family) => !apart(family)).length,
      proven,
      droppedOut: out.length,
      changedForIt: changes(first, final) - out.length,
      seconds: { first: seconds[0] ?? 0, change: Math.max(0, ...seconds.slice(1)) },
    },
  };
}

/** Whom one may choose among, as the record will say once lists are answered and everybody was asked. */
function poolFor(
  terms: Terms,
  eligible: Readonly<Record<PowerCode, readonly WrittenPerson[]>>,
  taken: ReadonlySet<number>,
): Pool {
  return {
    terms,
    candidates: (['A', 'B'] as const).flatMap((power) =>
      eligible[power].map(({ id, category }) => ({
        ...{ entry: id as EntryId, leg: legFrom[power], category, lane: 'exchange' as const },
      })),
    ),
    left: new Map(terms.legs.map((leg) => [leg.id, countMax(leg)])),
    gates: [],
    taken,
  };
}

/** What the powers ask for beside the terms. */
function rulesFor(
  packages: readonly (readonly EntryId[])[],
  families: readonly (readonly EntryId[])[],
  isHere: (id: EntryId) => boolean,
): readonly Rule[] {
  return [
    ...packages
      .filter((pair) => pair.every(isHere))
      .map((persons, index): Rule => ({
        id: `package-${index + 1}`,
        kind: 'package',
        form: 'together',
        persons,
      })),
    ...families
      .map((family) => family.filter(isHere))
      .filter((family) => family.length > 1)
      .map((persons, index): Rule => ({
        id: `family-${index + 1}`,
        kind: 'family',
        form: 'together',
        persons,
      })),
  ];
}

/** Persons who are placed otherwise in `b` than in `a`. */
function changes(a: Choice, b: Choice): number {
  const persons = new Set([...a.keys(), ...b.keys()]);
  return [...persons].filter((person) => a.get(person) !== b.get(person)).length;
}

/** Pairs of one person of each power, drawn among those who are held longest; nobody in two, and no family. */
function packagesOf(
  eligible: Readonly<Record<PowerCode, readonly WrittenPerson[]>>,
  families: readonly (readonly EntryId[])[],
  count: number,
  chance: Chance,
): readonly (readonly [EntryId, EntryId])[] {
  const inFamily = new Set<string>(families.flat());
  const draw = (power: PowerCode): readonly EntryId[] =>
    chance
      .shuffled(
        eligible[power]
          .filter(({ id, category }) => category === 'military' && !inFamily.has(id))
          .toSorted(longestFirst)
          .slice(0, Math.ceil(eligible[power].length * 0.6)),
      )
      .slice(0, count)
      .map(({ id }) => id as EntryId);
  const a = draw('A');
  const b = draw('B');
  return a.slice(0, b.length).map((person, index) => [person, b[index]!]);
}
