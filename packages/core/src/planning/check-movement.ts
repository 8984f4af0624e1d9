/** The checker of a movement: reads the raw problem, the plan, the terms and the movement, nothing else. */
import { toProblemDigest } from './check.ts';
import { findFleet, type Movement, type MovementDocument, type MovementTerms } from './movement.ts';
import type { TranchePlan } from './plan.ts';
import type { MedicalNeed, ParityRule, PlanningProblem } from './problem.ts';

/** Everything in a movement that does not hold; empty when all does. */
export function checkMovement(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  terms: MovementTerms,
  movement: Movement,
): readonly string[] {
  const faults: string[] = [];
  if (!problem.tranches.some(({ id }) => id === movement.tranche))
    return [`there is no tranche ${movement.tranche}`];
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
  /** Places given and the minute of departure, by vehicle: legs of one rule share them. */
  const given = new Map<string, { readonly taken: Set<string>; readonly departsAt: number }>();
  for (const manifest of movement.manifests) {
    const name = `${manifest.leg}, ${manifest.vehicle}`;
    if (vehiclesSeen.has(name)) faults.push(`${name} runs twice`);
    vehiclesSeen.add(name);
    const leg = problem.legs.find(({ id }) => id === manifest.leg);
    const fleet = findFleet(problem, manifest.leg, movement.tranche, terms);
    const vehicle = fleet.vehicles.find(({ id }) => id === manifest.vehicle);
    if (leg === undefined || vehicle === undefined) {
      faults.push(`${name} does not serve the leg`);
      continue;
    }
    if ((leg.crossing ?? null) !== manifest.crossing) faults.push(`${name} names another crossing`);
    const places = { seat: vehicle.seats, stretcher: vehicle.stretchers, ambulance: vehicle.ambulances };
    const key = JSON.stringify([fleet.key, vehicle.id]);
    const known = given.get(key) ?? { taken: new Set<string>(), departsAt: manifest.departsAt };
    given.set(key, known);
    if (known.departsAt !== manifest.departsAt) faults.push(`${name} departs at two different minutes`);
    let rank = 0;
    for (const { person: id, place, number } of manifest.boarding) {
      const person = persons.get(id);
      if (person === undefined) continue;
      if (person.leg !== manifest.leg)
        faults.push(`${id} boards on leg ${manifest.leg}, not on ${person.leg}`);
      if (person.need !== place) faults.push(`${id} needs ${person.need} and has ${place}`);
      if (needOrder.indexOf(place) < rank) faults.push(`${name}: ${id} boards after less urgent persons`);
      rank = Math.max(rank, needOrder.indexOf(place));
      if (number < 1 || number > (places[place] ?? 0)) faults.push(`${name} has no ${place} ${number}`);
      if (known.taken.has(`${place} ${number}`)) faults.push(`${name}: ${place} ${number} is given twice`);
      known.taken.add(`${place} ${number}`);
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
  checkOrder(problem, terms, movement, faults);
  return faults;
}

/** The same for the movements of a whole plan: one for each tranche in which anybody goes, and no other. */
export function checkMovements(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  terms: MovementTerms,
  document: MovementDocument,
): readonly string[] {
  const used = new Set([...plan.places, ...plan.counted].map(({ tranche }) => tranche));
  const moved = new Set(document.movements.map(({ tranche }) => tranche));
  return [
    ...(document.problem === toProblemDigest(problem) ? [] : ['the movements were made for another problem']),
    ...[...used].filter((id) => !moved.has(id)).map((id) => `${id}: nobody moves, and some are placed there`),
    ...document.movements.flatMap((movement) =>
      checkMovement(problem, plan, terms, movement).map((fault) => `${movement.tranche}: ${fault}`),
    ),
  ];
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
    const legs = step.crossings.map(({ leg }) => leg);
    if (new Set(legs).size < legs.length) faults.push(`step ${step.number} names a leg twice`);
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
      if (rule.kind !== 'parity') continue;
      for (const { left, right, factors } of toCouples(problem, rule)) {
        const [b, a] = factors;
        const sum = (legs: readonly string[], of: (leg: string) => number): number =>
          legs.reduce((all, leg) => all + of(leg), 0);
        const ahead = sum(left, (leg) => netted.get(leg) ?? 0) * b;
        const behind = sum(right, (leg) => netted.get(leg) ?? 0) * a;
        const room = Math.max(sum(left, sizeOf) * b, sum(right, sizeOf) * a);
        if (Math.abs(ahead - behind) > room)
          faults.push(`after step ${step.number} the legs of ${rule.id} differ by more than one step`);
      }
    }
  }
  for (const leg of problem.legs) {
    if ((crossed.get(leg.id) ?? 0) !== (expected.get(leg.id) ?? 0))
      faults.push(
        `${crossed.get(leg.id) ?? 0} cross on leg ${leg.id}, ${expected.get(leg.id) ?? 0} are planned`,
      );
  }
}

/** Sums of legs that a parity rule holds level tranche by tranche: `left` times the first factor is `right` times the second. */
interface Couple {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly factors: readonly [number, number];
}

function toCouples(problem: PlanningProblem, rule: ParityRule): readonly Couple[] {
  switch (rule.form) {
    case 'equal':
      return rule.over === 'total' ? [] : [{ left: rule.left, right: rule.right, factors: [1, 1] }];
    case 'ratio': {
      const [a, b] = rule.ratio;
      return rule.over === 'total' ? [] : [{ left: rule.left, right: rule.right, factors: [b, a] }];
    }
    case 'fixed':
      // The same number on each leg: every two of them are level.
      return rule.legs.flatMap((leg, at) =>
        rule.legs.slice(at + 1).map((other): Couple => ({ left: [leg], right: [other], factors: [1, 1] })),
      );
    case 'balance':
      return rule.powers.map((power) => ({
        left: problem.legs.filter(({ from }) => from === power).map(({ id }) => id),
        right: problem.legs.filter(({ to }) => to === power).map(({ id }) => id),
        factors: [1, 1],
      }));
    case 'one-way':
      return [];
  }
}

const needOrder: readonly MedicalNeed[] = ['ambulance', 'stretcher', 'seat'];

/** Steps in their order, unpaired before paired; on each leg and of each kind ambulances, stretchers, seats. */
function checkOrder(
  problem: PlanningProblem,
  terms: MovementTerms,
  movement: Movement,
  faults: string[],
): void {
  const needs = new Map(problem.persons.map((person) => [person.id, person.need]));
  const ranks = new Map<string, number>();
  movement.steps.forEach((step, at) => {
    const before = movement.steps[at - 1];
    if (step.number !== at + 1) faults.push(`step ${step.number} stands at place ${at + 1}`);
    if (before !== undefined && step.opensAt < before.opensAt + terms.stepMinutes)
      faults.push(`step ${step.number} opens before step ${before.number} is over`);
    if (step.kind === 'unpaired' && before?.kind === 'paired')
      faults.push(`step ${step.number}: unpaired after paired`);
    for (const { leg, persons } of step.crossings) {
      for (const id of persons) {
        const key = `${step.kind} ${leg}`;
        const need = needs.get(id) ?? 'seat';
        const rank = needOrder.indexOf(need);
        if (rank < (ranks.get(key) ?? 0))
          faults.push(`step ${step.number}: ${id} (${need}) crosses on leg ${leg} after less urgent persons`);
        else ranks.set(key, rank);
      }
    }
  });
}
