/**
 * The value of every level of the published order, straight from the problem and the places of persons.
 *
 * Law     spec/planning.md, "Objectives": this file is the transcription that the checker and the oracle use.
 *         The formulation counts the same things by another way, over cells of persons.
 * Cost    One pass over the persons for each objective.
 */
import { toExposure } from './exposure.ts';
import type { Objective } from '../problem/problem.ts';
import {
  getPersons,
  isPlannable,
  toDays,
  toPreviousPositions,
  toStep,
  type Positions,
  type Roster,
  type RosterPerson,
} from '../problem/roster.ts';

export interface Level {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly sense: 'min' | 'max';
}

export interface MeasuredLevel extends Level {
  readonly value: number;
}

/** The value of every level, most important first. */
export function measure(roster: Roster, positions: Positions): MeasuredLevel[] {
  return roster.objectives.flatMap((objective) => measureObjective(roster, positions, objective));
}

function measureObjective(roster: Roster, positions: Positions, objective: Objective): MeasuredLevel[] {
  const off = roster.trancheCount;
  const { kind } = objective;
  const sum = (of: (person: RosterPerson, position: number, index: number) => number): number => {
    let total = 0;
    roster.persons.forEach((person, index) => {
      if (isPlannable(person)) total += of(person, positions[index] ?? off, index);
    });
    return total;
  };
  switch (objective.kind) {
    case 'returned':
      return [{ objective: kind, part: 'persons', sense: 'max', value: sum((_, at) => (at < off ? 1 : 0)) }];
    case 'legal-lanes': {
      const isLegal = (person: RosterPerson): boolean => person.lane !== 'exchange';
      return [
        {
          objective: kind,
          part: 'persons',
          sense: 'max',
          value: sum((person, at) => (isLegal(person) && at < off ? 1 : 0)),
        },
        {
          objective: kind,
          part: 'waiting',
          sense: 'min',
          value: sum((person, at) => (isLegal(person) ? at : 0)),
        },
      ];
    }
    case 'captivity-total':
      return [
        {
          objective: kind,
          part: 'steps',
          sense: 'max',
          value: sum((person, at) => toStep(person.days, objective.stepDays) * (off - at)),
        },
      ];
    case 'captivity-leximin': {
      const waiting = new Map<number, number>();
      roster.persons.forEach((person, index) => {
        if (!isPlannable(person) || person.group !== undefined) return;
        const step = toStep(person.days, objective.stepDays);
        waiting.set(step, (waiting.get(step) ?? 0) + (positions[index] ?? off));
      });
      return [...waiting]
        .sort(([left], [right]) => right - left)
        .map(([step, value]) => ({ objective: kind, part: `step ${step}`, sense: 'min', value }));
    }
    case 'medical':
      return (['ambulance', 'stretcher'] as const).map((need) => ({
        objective: kind,
        part: need,
        sense: 'min',
        value: sum((person, at) => (person.need === need ? at : 0)),
      }));
    case 'families':
      return [{ objective: kind, part: 'apart', sense: 'min', value: countFamiliesApart(roster, positions) }];
    case 'facilities': {
      const days = toDays(roster);
      const used = new Set<string>();
      roster.persons.forEach((person, index) => {
        const at = positions[index] ?? off;
        if (at < off && person.facility !== undefined && isPlannable(person)) {
          used.add(`${days[at] ?? 0} ${person.facility}`);
        }
      });
      return [{ objective: kind, part: 'facility days', sense: 'min', value: used.size }];
    }
    case 'change': {
      const previous = toPreviousPositions(roster);
      const value =
        previous === undefined
          ? 0
          : sum((person, at, index) => (person.group === undefined && at !== previous[index] ? 1 : 0));
      return [{ objective: kind, part: 'persons', sense: 'min', value }];
    }
    case 'fallback': {
      const exposure = toExposure(roster);
      const value = sum((_, at, index) => (at < off ? (exposure[index] ?? 0) : 0));
      return [{ objective: kind, part: 'bound persons', sense: 'min', value }];
    }
  }
}

function countFamiliesApart(roster: Roster, positions: Positions): number {
  let apart = 0;
  for (const rule of roster.problem.rules) {
    if (rule.kind !== 'family' || rule.form !== 'wish') continue;
    const places = new Set<number>();
    for (const index of getPersons(roster, rule.persons)) {
      const person = roster.persons[index];
      if (person !== undefined && isPlannable(person)) places.add(positions[index] ?? roster.trancheCount);
    }
    if (places.size > 1) apart += 1;
  }
  return apart;
}

/** Negative when `left` is the better plan, positive when `right` is, by the first level that differs. */
export function compareLevels(left: readonly MeasuredLevel[], right: readonly MeasuredLevel[]): number {
  for (const [index, level] of left.entries()) {
    const other = right[index];
    if (other === undefined || level.value === other.value) continue;
    return level.value < other.value === (level.sense === 'min') ? -1 : 1;
  }
  return 0;
}
