/**
 * The problem with its names resolved to numbers: what the checker, the oracle and the formulation share.
 *
 * It holds nothing that a rule or an objective decides: those are read from the rules themselves by each of
 * the three, so that a mistake in one is seen by the others.
 */
import { perRoster } from './per-roster.ts';
import {
  captivityStepDays,
  defaultObjectives,
  type Lane,
  type MedicalNeed,
  type Objective,
  type PlanningProblem,
  type Selector,
  type Sex,
} from './problem.ts';

export interface RosterPerson {
  readonly id: string;
  readonly leg: number;
  readonly category: string;
  readonly lane: Lane;
  readonly days: number;
  readonly need: MedicalNeed;
  readonly sex: Sex | undefined;
  readonly age: number | undefined;
  readonly facility: string | undefined;
  readonly labels: readonly string[] | undefined;
  readonly ineligible: string | undefined;
  /** First and last tranche index of the person's own window. */
  readonly first: number;
  readonly last: number;
  /** The counted group the person stands for, when only the number is known. */
  readonly group: string | undefined;
}

/** Whether the person can be planned at all: no reason of ineligibility is given. */
export function isPlannable(person: RosterPerson): boolean {
  return person.ineligible === undefined;
}

/** A position is a tranche index, or the number of tranches for "off". */
export type Positions = Int16Array;

export interface Roster {
  /** With legs and rules in the order of their ids. */
  readonly problem: PlanningProblem;
  /** By id; persons of counted groups after the named ones. */
  readonly persons: readonly RosterPerson[];
  readonly personIndex: ReadonlyMap<string, number>;
  readonly trancheIndex: ReadonlyMap<string, number>;
  readonly legIndex: ReadonlyMap<string, number>;
  /** Number of tranches; as a position it means "off". */
  readonly trancheCount: number;
  readonly objectives: readonly Objective[];
}

/** Compares by UTF-16 code unit, so that an order never depends on a machine's language. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The same problem with legs and rules in the order of their ids: the order of writing has no meaning [PL-23]. */
function toCanonicalOrder(problem: PlanningProblem): PlanningProblem {
  const sort = <T extends { readonly id: string }>(list: readonly T[]): readonly T[] =>
    list.every(({ id }, at) => at === 0 || (list[at - 1]?.id ?? '') <= id)
      ? list
      : [...list].sort((left, right) => compareText(left.id, right.id));
  return { ...problem, legs: sort(problem.legs), rules: sort(problem.rules) };
}

/** The published order, or the usual one; who is known by number comes last where the order does not say. */
function toObjectives({
  objectives = defaultObjectives,
  counted = [],
}: PlanningProblem): readonly Objective[] {
  return counted.length === 0 || objectives.some(({ kind }) => kind === 'counted')
    ? objectives
    : [...objectives, { kind: 'counted' }];
}

/** Resolves a parsed problem. Cost: one sort of persons, legs and rules. */
export function toRoster(given: PlanningProblem): Roster {
  const problem = toCanonicalOrder(given);
  const trancheIndex = new Map(problem.tranches.map(({ id }, index) => [id, index]));
  const legIndex = new Map(problem.legs.map(({ id }, index) => [id, index]));
  const trancheCount = problem.tranches.length;
  const persons: RosterPerson[] = [...problem.persons]
    .sort((left, right) => compareText(left.id, right.id))
    .map((person) => ({
      id: person.id,
      leg: getIndex(legIndex, person.leg),
      category: person.category,
      lane: person.lane,
      days: person.days,
      need: person.need,
      sex: person.sex,
      age: person.age,
      facility: person.facility,
      labels: person.labels,
      ineligible: person.ineligible,
      first: person.earliest === undefined ? 0 : getIndex(trancheIndex, person.earliest),
      last: person.latest === undefined ? trancheCount - 1 : getIndex(trancheIndex, person.latest),
      group: undefined,
    }));
  for (const group of [...(problem.counted ?? [])].sort((left, right) => compareText(left.id, right.id))) {
    for (let number = 0; number < group.count; number += 1) {
      persons.push({
        id: `${group.id}#${number + 1}`,
        leg: getIndex(legIndex, group.leg),
        category: group.category,
        lane: group.lane,
        days: 0,
        need: group.need ?? 'seat',
        sex: undefined,
        age: undefined,
        facility: undefined,
        labels: undefined,
        ineligible: undefined,
        first: 0,
        last: trancheCount - 1,
        group: group.id,
      });
    }
  }
  return {
    problem,
    persons,
    personIndex: new Map(persons.map(({ id }, index) => [id, index])),
    trancheIndex,
    legIndex,
    trancheCount,
    objectives: toObjectives(problem),
  };
}

/** The number of a known name; an unknown one is a bug, since parsing has refused it. */
export function getIndex(index: ReadonlyMap<string, number>, name: string): number {
  const found = index.get(name);
  if (found === undefined) throw new Error(`unknown name in a parsed problem: ${name}`);
  return found;
}

/** The numbers of all named persons. */
export function getPersons(roster: Roster, ids: readonly string[]): number[] {
  return ids.map((id) => getIndex(roster.personIndex, id));
}

/** The step of captivity a person stands on, in whole steps. */
export function toStep(days: number, stepDays: number | undefined): number {
  return Math.floor(days / (stepDays ?? captivityStepDays));
}

/**
 * Whether a selector chooses the person. A selector that names no lane chooses the exchange lane only: the
 * other lanes are not bargained over, so a rule reaches them only by naming them [PL-6].
 */
export function isSelected(roster: Roster, person: RosterPerson, who: Selector): boolean {
  const leg = roster.problem.legs[person.leg];
  return (
    (who.legs === undefined || (leg !== undefined && who.legs.includes(leg.id))) &&
    (who.lanes ?? exchangeOnly).includes(person.lane) &&
    (who.categories === undefined || who.categories.includes(person.category)) &&
    (who.needs === undefined || who.needs.includes(person.need)) &&
    (who.sexes === undefined || (person.sex !== undefined && who.sexes.includes(person.sex))) &&
    (who.facilities === undefined ||
      (person.facility !== undefined && who.facilities.includes(person.facility))) &&
    (who.ageMin === undefined || (person.age !== undefined && person.age >= who.ageMin)) &&
    (who.ageMax === undefined || (person.age !== undefined && person.age <= who.ageMax)) &&
    // Of who is known by number nobody knows the captivity.
    (who.daysMin === undefined || (person.group === undefined && person.days >= who.daysMin)) &&
    (who.daysMax === undefined || (person.group === undefined && person.days <= who.daysMax)) &&
    (who.labels === undefined || (person.labels?.some((label) => who.labels?.includes(label)) ?? false)) &&
    (who.persons === undefined || who.persons.includes(person.id))
  );
}

const exchangeOnly: readonly Lane[] = ['exchange'];

/** The day of each tranche: tranches that name the same day share it. */
export function toDays(roster: Roster): readonly number[] {
  const days: number[] = [];
  const named = new Map<string, number>();
  let next = 0;
  for (const { day } of roster.problem.tranches) {
    const known = day === undefined ? undefined : named.get(day);
    if (known !== undefined) {
      days.push(known);
      continue;
    }
    if (day !== undefined) named.set(day, next);
    days.push(next);
    next += 1;
  }
  return days;
}

/** The tranche each person had in the plan already on the table; `trancheCount` for off. */
export const toPreviousPositions: (roster: Roster) => Positions | undefined = perRoster((roster) => {
  const { previous } = roster.problem;
  if (previous === undefined) return undefined;
  const positions = new Int16Array(roster.persons.length).fill(roster.trancheCount);
  for (const { person, tranche } of previous.places) {
    const index = roster.personIndex.get(person);
    const place = roster.trancheIndex.get(tranche);
    if (index !== undefined && place !== undefined) positions[index] = place;
  }
  return positions;
});

/** A number for each person's facility, in the order of the persons; -1 for none. */
export const toFacilityNumbers: (roster: Roster) => Int32Array = perRoster((roster) => {
  const names = new Map<string, number>();
  return Int32Array.from(roster.persons, ({ facility }) => {
    if (facility === undefined) return -1;
    let number = names.get(facility);
    if (number === undefined) names.set(facility, (number = names.size));
    return number;
  });
});

/** A cycle or chain of legs, in the order in which its links open. */
export interface Circuit {
  readonly legs: readonly number[];
  readonly isCycle: boolean;
}
