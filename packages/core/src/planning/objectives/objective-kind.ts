/**
 * What planning knows of one kind of objective. A kind is one file of this folder, one line of `index.ts` and one of
 * the type `Objective`; the compiler asks for all that is missing.
 *
 * Law     The two readings share no code on purpose: `measure` counts over persons, for the checker and the oracle;
 *         `formulate` over cells, for the solver. The checker compares the two.
 */
import type { Objective } from '../problem/problem.ts';
import type { Positions, Roster, RosterPerson } from '../problem/roster.ts';
import type { LevelDraft, LevelForm } from './level-draft.ts';

/** One number that the published order compares. */
export interface Level {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly sense: 'min' | 'max';
}

export interface MeasuredLevel extends Level {
  readonly value: number;
}

/** What an objective sees of a person: equal numbers, all below `size`, for persons whom it does not tell apart. */
export interface Detail {
  /** Details of one name are the same: looked at once. */
  readonly name: string;
  readonly size: number;
  readonly of: (person: RosterPerson, index: number) => number;
}

export interface ObjectiveKind<O extends Objective> {
  /** The members of its JSON beside `kind`. */
  readonly fields: readonly (keyof O & string)[];
  /** Settled before anybody is tied to anybody: relaxations alone bound it well. */
  readonly isEarly: boolean;
  /** What bounds it before any search: everybody in the first place open to them, or nothing. */
  readonly atBest: 'first-places' | 'zero';
  /**
   * What a swap of places must keep [PL-24]: `details`, that those who swap are equal in what the objective sees;
   * `places`, that its value stays as `ties` counts it. `captivity` is the order of ties itself.
   */
  readonly swaps: 'details' | 'places' | 'captivity';
  measure(objective: O, roster: Roster, positions: Positions): readonly MeasuredLevel[];
  formulate(objective: O, draft: LevelDraft): readonly LevelForm[];
  details(objective: O, roster: Roster): readonly Detail[];
}

/** The sum over all plannable persons. */
export function sumOver(
  roster: Roster,
  positions: Positions,
  of: (person: RosterPerson, position: number, index: number) => number,
): number {
  const off = roster.trancheCount;
  let total = 0;
  roster.persons.forEach((person, index) => {
    if (person.ineligible === undefined) total += of(person, positions[index] ?? off, index);
  });
  return total;
}
