/** The checker of a movement: reads the raw problem, the plan, the terms and the movement, nothing else. */
import { findVehicles, type Movement, type MovementTerms } from './movement.ts';
import type { TranchePlan } from './plan.ts';
import type { PlanningProblem } from './problem.ts';

/** Everything in a movement that does not hold; empty when all does. */
export function checkMovement(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  terms: MovementTerms,
  movement: Movement,
): readonly string[] {
  const faults: string[] = [];
  const persons = new Map(problem.persons.map((person) => [person.id, person]));
  const going = new Set(
    plan.places.filter(({ tranche }) => tranche === movement.tranche).map(({ person }) => person),
  );
  const once = (what: string, ids: readonly string[]): void => {
    const seen = new Set<string>();
    for (const id of ids) {
      if (seen.has(id)) faults.push(`${id} ${what} twice`);
      if (!going.has(id)) faults.push(`${id} ${what} and is not in the tranche`);
      seen.add(id);
    }
    for (const id of going) if (!seen.has(id)) faults.push(`${id} is in the tranche and never ${what}`);
  };
  once(
    'boards',
    movement.manifests.flatMap(({ boarding }) => boarding.map(({ person }) => person)),
  );
  once(
    'crosses',
    movement.steps.flatMap(({ crossings }) => crossings.flatMap((crossing) => crossing.persons)),
  );
  const stepOf = new Map<string, number>();
  for (const step of movement.steps)
    for (const crossing of step.crossings) for (const id of crossing.persons) stepOf.set(id, step.opensAt);
  const vehiclesSeen = new Set<string>();
  for (const manifest of movement.manifests) {
    const name = `${manifest.leg}, ${manifest.vehicle}`;
    if (vehiclesSeen.has(name)) faults.push(`${name} runs twice`);
    vehiclesSeen.add(name);
    const vehicle = findVehicles(problem, manifest.leg, movement.tranche, terms).find(
      ({ id }) => id === manifest.vehicle,
    );
    if (vehicle === undefined) {
      faults.push(`${name} does not serve the leg`);
      continue;
    }
    const places = { seat: vehicle.seats, stretcher: vehicle.stretchers, ambulance: vehicle.ambulances };
    const taken = new Set<string>();
    for (const { person: id, place, number } of manifest.boarding) {
      const person = persons.get(id);
      if (person === undefined) continue;
      if (person.leg !== manifest.leg)
        faults.push(`${id} boards on leg ${manifest.leg}, not on ${person.leg}`);
      if (person.need !== place) faults.push(`${id} needs ${person.need} and has ${place}`);
      if (number < 1 || number > (places[place] ?? 0)) faults.push(`${name} has no ${place} ${number}`);
      if (taken.has(`${place} ${number}`)) faults.push(`${name}: ${place} ${number} is given twice`);
      taken.add(`${place} ${number}`);
      if ((stepOf.get(id) ?? Infinity) - terms.leadMinutes < manifest.departsAt)
        faults.push(`${name} departs too late for ${id}`);
    }
  }
  checkLevel(problem, plan, terms, movement, faults);
  for (const window of terms.windows) {
    if (window.tranche !== movement.tranche) continue;
    for (const step of movement.steps) {
      if (!step.crossings.some(({ leg }) => leg === window.leg)) continue;
      if (step.opensAt < window.opensAt || step.opensAt + terms.stepMinutes > window.closesAt)
        faults.push(`step ${step.number} lies outside the window of leg ${window.leg}`);
    }
  }
  checkUrgency(problem, movement, faults);
  return faults;
}

/** Steps no larger than agreed, counts that add up, and legs that stay within one step of each other. */
function checkLevel(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  terms: MovementTerms,
  movement: Movement,
  faults: string[],
): void {
  const sizeOf = (leg: string): number => terms.stepSizes.find((step) => step.leg === leg)?.size ?? 1;
  const persons = new Map(problem.persons.map((person) => [person.id, person]));
  const groups = new Map((problem.counted ?? []).map((group) => [group.id, group]));
  const expected = new Map<string, number>();
  const add = (leg: string | undefined, count: number): void => {
    if (leg !== undefined) expected.set(leg, (expected.get(leg) ?? 0) + count);
  };
  for (const { person, tranche } of plan.places)
    if (tranche === movement.tranche) add(persons.get(person)?.leg, 1);
  for (const { group, tranche, count } of plan.counted)
    if (tranche === movement.tranche) add(groups.get(group)?.leg, count);
  const crossed = new Map<string, number>();
  const netted = new Map<string, number>();
  for (const step of movement.steps) {
    for (const { leg, count, persons: ids } of step.crossings) {
      if (count > sizeOf(leg))
        faults.push(`step ${step.number}: ${count} on leg ${leg}, ${sizeOf(leg)} agreed`);
      if (ids.length > count) faults.push(`step ${step.number}: more names than persons on leg ${leg}`);
      for (const id of ids) {
        const person = persons.get(id);
        if (person?.leg !== leg) faults.push(`${id} crosses on leg ${leg}, not on the person's own`);
        if ((person?.lane === 'exchange') !== (step.kind === 'paired'))
          faults.push(`${id} crosses in a step of another lane`);
      }
      crossed.set(leg, (crossed.get(leg) ?? 0) + count);
      if (step.kind === 'paired') netted.set(leg, (netted.get(leg) ?? 0) + count);
    }
    if (step.kind === 'unpaired') continue;
    for (const rule of problem.rules) {
      if (rule.kind !== 'parity' || (rule.form !== 'equal' && rule.form !== 'ratio')) continue;
      if (rule.over === 'total') continue;
      const [a, b] = rule.form === 'ratio' ? rule.ratio : [1, 1];
      const sum = (legs: readonly string[], of: (leg: string) => number): number =>
        legs.reduce((all, leg) => all + of(leg), 0);
      const left = sum(rule.left, (leg) => netted.get(leg) ?? 0) * b;
      const right = sum(rule.right, (leg) => netted.get(leg) ?? 0) * a;
      const room = Math.max(sum(rule.left, sizeOf) * b, sum(rule.right, sizeOf) * a);
      if (Math.abs(left - right) > room)
        faults.push(`after step ${step.number} the legs of ${rule.id} differ by more than one step`);
    }
  }
  for (const leg of problem.legs) {
    if ((crossed.get(leg.id) ?? 0) !== (expected.get(leg.id) ?? 0))
      faults.push(
        `${crossed.get(leg.id) ?? 0} cross on leg ${leg.id}, ${expected.get(leg.id) ?? 0} are planned`,
      );
  }
}

/** On each leg and in each lane group, nobody seated crosses in an earlier step than an ambulance. */
function checkUrgency(problem: PlanningProblem, movement: Movement, faults: string[]): void {
  const needs = new Map(problem.persons.map((person) => [person.id, person.need]));
  const seated = new Set<string>();
  for (const step of movement.steps) {
    for (const { leg, persons } of step.crossings) {
      const key = `${step.kind} ${leg}`;
      if (seated.has(key) && persons.some((id) => needs.get(id) === 'ambulance'))
        faults.push(`step ${step.number}: an ambulance crosses on leg ${leg} after persons on seats`);
    }
    for (const { leg, persons } of step.crossings)
      if (persons.some((id) => needs.get(id) === 'seat')) seated.add(`${step.kind} ${leg}`);
  }
}
