/** The checker of a movement: reads the raw problem, the plan, the terms and the movement, nothing else. */
import { toProblemDigest } from '../plan/check.ts';
import {
  findFleet,
  type Movement,
  type MovementDocument,
  type MovementStep,
  type MovementTerms,
} from './movement.ts';
import type { TranchePlan } from '../problem/plan.ts';
import type {
  Lane,
  MedicalNeed,
  ParityRule,
  PlanningPerson,
  PlanningProblem,
  Vehicle,
} from '../problem/problem.ts';

/**
 * Everything in a movement that does not hold; empty when all does.
 *
 * Cost    One pass over persons, manifests, steps and windows of the leg, and over the couples of each leg that crosses.
 */
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
  const legs = new Map(problem.legs.map((leg) => [leg.id, leg]));
  const expected = countExpected(problem, persons, plan, movement.tranche);
  const planned = expected.reduce((sum, { count }) => sum + count, 0);
  // Somebody crosses in every step: what has more steps than persons is not read through.
  if (movement.steps.length > planned)
    return [`${movement.steps.length} steps, and ${planned} persons are planned`];
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
  /** The vehicles that serve a leg, by id. */
  const fleets = new Map<string, { readonly key: string; readonly vehicles: ReadonlyMap<string, Vehicle> }>();
  const fleetOf = (
    leg: string,
  ): { readonly key: string; readonly vehicles: ReadonlyMap<string, Vehicle> } => {
    let fleet = fleets.get(leg);
    if (fleet === undefined) {
      const { key, vehicles } = findFleet(problem, leg, movement.tranche, terms);
      fleets.set(leg, (fleet = { key, vehicles: new Map(vehicles.map((one) => [one.id, one])) }));
    }
    return fleet;
  };
  /** Places given and the minute of departure, by vehicle: legs of one rule share them. */
  const given = new Map<string, { readonly taken: Set<string>; readonly departsAt: number }>();
  for (const manifest of movement.manifests) {
    const name = `${manifest.leg}, ${manifest.vehicle}`;
    if (vehiclesSeen.has(name)) faults.push(`${name} runs twice`);
    vehiclesSeen.add(name);
    const leg = legs.get(manifest.leg);
    const fleet = leg === undefined ? undefined : fleetOf(leg.id);
    const vehicle = fleet?.vehicles.get(manifest.vehicle);
    if (leg === undefined || fleet === undefined || vehicle === undefined) {
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
  checkSteps(persons, terms, movement, faults);
  checkCounts(expected, movement, faults);
  checkLevel(problem, terms, movement, faults);
  for (const window of terms.windows) {
    if (window.tranche !== movement.tranche) continue;
    for (const step of movement.steps) {
      if (!step.crossings.some(({ leg }) => leg === window.leg)) continue;
      if (step.opensAt < window.opensAt || step.opensAt + terms.stepMinutes > window.closesAt)
        faults.push(`step ${step.number} lies outside the window of leg ${window.leg}`);
    }
  }
  checkOrder(persons, terms, movement, faults);
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
  const moved = new Set<string>();
  const faults =
    document.problem === toProblemDigest(problem) ? [] : ['the movements were made for another problem'];
  for (const movement of document.movements) {
    const { tranche } = movement;
    if (moved.has(tranche)) faults.push(`${tranche}: moves twice`);
    if (!used.has(tranche)) faults.push(`${tranche}: there is a movement, and nobody is placed there`);
    moved.add(tranche);
    for (const fault of checkMovement(problem, plan, terms, movement)) faults.push(`${tranche}: ${fault}`);
  }
  for (const id of used) if (!moved.has(id)) faults.push(`${id}: nobody moves, and some are placed there`);
  return faults;
}

type StepKind = MovementStep['kind'];

/** The exchange lane crosses in paired steps, every other lane in unpaired ones. */
function toStepKind(lane: Lane): StepKind {
  return lane === 'exchange' ? 'paired' : 'unpaired';
}

/** How many cross on a leg in all steps of a kind. */
interface LegCount {
  readonly kind: StepKind;
  readonly leg: string;
  readonly count: number;
}

function toLegCounts(all: readonly LegCount[]): readonly LegCount[] {
  const sums = new Map<string, LegCount>();
  for (const one of all) {
    const key = JSON.stringify([one.kind, one.leg]);
    sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}

/** Whom the plan has cross in the tranche. */
function countExpected(
  problem: PlanningProblem,
  persons: ReadonlyMap<string, PlanningPerson>,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  tranche: string,
): readonly LegCount[] {
  const groups = new Map((problem.counted ?? []).map((group) => [group.id, group]));
  const all: LegCount[] = [];
  const add = (who: { readonly leg: string; readonly lane: Lane } | undefined, count: number): void => {
    if (who !== undefined) all.push({ kind: toStepKind(who.lane), leg: who.leg, count });
  };
  for (const place of plan.places) if (place.tranche === tranche) add(persons.get(place.person), 1);
  for (const place of plan.counted) if (place.tranche === tranche) add(groups.get(place.group), place.count);
  return toLegCounts(all);
}

/** On every leg and in steps of either kind as many cross as are planned, and on no other leg anybody. */
function checkCounts(expected: readonly LegCount[], movement: Movement, faults: string[]): void {
  const crossed = movement.steps.flatMap(({ kind, crossings }) =>
    crossings.map(({ leg, count }): LegCount => ({ kind, leg, count })),
  );
  // What is planned and has not crossed: nothing is left of either.
  const left = toLegCounts([...expected, ...crossed.map((one) => ({ ...one, count: -one.count }))]);
  for (const { kind, leg, count } of left) {
    if (count === 0) continue;
    const planned = expected.find((one) => one.kind === kind && one.leg === leg)?.count ?? 0;
    faults.push(`${planned - count} cross on leg ${leg} in ${kind} steps, ${planned} are planned`);
  }
}

/** No step is empty or larger than agreed, and everybody crosses on the person's own leg among the person's own lane. */
function checkSteps(
  persons: ReadonlyMap<string, PlanningPerson>,
  terms: MovementTerms,
  movement: Movement,
  faults: string[],
): void {
  const sizes = toStepSizes(terms);
  for (const step of movement.steps) {
    const legs = step.crossings.map(({ leg }) => leg);
    if (legs.length === 0) faults.push(`step ${step.number}: nobody crosses`);
    if (new Set(legs).size < legs.length) faults.push(`step ${step.number} names a leg twice`);
    for (const { leg, count, persons: ids } of step.crossings) {
      const size = sizes.get(leg) ?? 1;
      if (count > size) faults.push(`step ${step.number}: ${count} on leg ${leg}, ${size} agreed`);
      if (count < 1) faults.push(`step ${step.number}: nobody crosses on leg ${leg}`);
      if (ids.length > count) faults.push(`step ${step.number}: more names than persons on leg ${leg}`);
      for (const id of ids) {
        const person = persons.get(id);
        if (person?.leg !== leg) faults.push(`${id} crosses on leg ${leg}, not on the person's own`);
        if (person !== undefined && toStepKind(person.lane) !== step.kind)
          faults.push(`${id} crosses in a step of another lane`);
      }
    }
  }
}

function toStepSizes(terms: MovementTerms): ReadonlyMap<string, number> {
  return new Map(terms.stepSizes.map(({ leg, size }) => [leg, size]));
}

/** After every paired step the legs that a parity rule couples are within one step of each other. */
function checkLevel(
  problem: PlanningProblem,
  terms: MovementTerms,
  movement: Movement,
  faults: string[],
): void {
  const sizes = toStepSizes(terms);
  interface Balance {
    readonly rule: string;
    readonly room: number;
    /** How far the left side is ahead. */
    ahead: number;
  }
  /** By leg: the balances that it moves, and by how much one person moves them. */
  const moves = new Map<string, { readonly balance: Balance; readonly by: number }[]>();
  for (const rule of problem.rules) {
    if (rule.kind !== 'parity') continue;
    for (const { left, right, factors } of toCouples(problem, rule)) {
      const [b, a] = factors;
      const sizeOf = (legs: readonly string[]): number =>
        legs.reduce((sum, leg) => sum + (sizes.get(leg) ?? 1), 0);
      const room = Math.max(sizeOf(left) * b, sizeOf(right) * a);
      const balance: Balance = { rule: rule.id, room, ahead: 0 };
      for (const [legs, by] of [
        [left, b],
        [right, -a],
      ] as const)
        for (const leg of legs) {
          const list = moves.get(leg);
          if (list === undefined) moves.set(leg, [{ balance, by }]);
          else list.push({ balance, by });
        }
    }
  }
  for (const step of movement.steps) {
    if (step.kind === 'unpaired') continue;
    // A couple of which nobody crosses in this step stands as it stood before.
    const moved = new Set<Balance>();
    for (const { leg, count } of step.crossings)
      for (const { balance, by } of moves.get(leg) ?? []) {
        balance.ahead += count * by;
        moved.add(balance);
      }
    for (const { rule, ahead, room } of moved)
      if (Math.abs(ahead) > room)
        faults.push(`after step ${step.number} the legs of ${rule} differ by more than one step`);
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
  persons: ReadonlyMap<string, PlanningPerson>,
  terms: MovementTerms,
  movement: Movement,
  faults: string[],
): void {
  const ranks = new Map<string, number>();
  movement.steps.forEach((step, at) => {
    const before = movement.steps[at - 1];
    if (step.number !== at + 1) faults.push(`step ${step.number} stands at place ${at + 1}`);
    if (before !== undefined && step.opensAt < before.opensAt + terms.stepMinutes)
      faults.push(`step ${step.number} opens before step ${before.number} is over`);
    if (step.kind === 'unpaired' && before?.kind === 'paired')
      faults.push(`step ${step.number}: unpaired after paired`);
    for (const { leg, persons: ids } of step.crossings) {
      for (const id of ids) {
        const key = `${step.kind} ${leg}`;
        const need = persons.get(id)?.need ?? 'seat';
        const rank = needOrder.indexOf(need);
        if (rank < (ranks.get(key) ?? 0))
          faults.push(`step ${step.number}: ${id} (${need}) crosses on leg ${leg} after less urgent persons`);
        else ranks.set(key, rank);
      }
    }
  });
}
