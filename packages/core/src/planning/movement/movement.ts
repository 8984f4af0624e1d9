/**
 * From a plan to the road: who sits where, who boards when, and in which steps the crossings stay level.
 *
 * Law     spec/planning.md, "Movement". Ambulances cross first. Steps couple the legs that a parity rule
 *         couples: after each, the numbers that have crossed differ by no more than one agreed step.
 * Cost    For each tranche one pass over persons, names in rules and vehicles, and one over the rules for each leg,
 *         sorts aside; each two or more who should share a vehicle are held against the vehicles one after another.
 */
import type { TranchePlan } from '../problem/plan.ts';
import type { MedicalNeed, PlanningProblem, Vehicle } from '../problem/problem.ts';
import { readPositions, toProblemDigest } from '../plan/check.ts';
import { compareCaptivity } from '../formulation/cells.ts';
import { getPersons, toRoster, type Positions, type Roster } from '../problem/roster.ts';

/** When a tranche may use a crossing: whole minutes from the day's midnight, in the time the terms name. */
export interface CrossingWindow {
  readonly tranche: string;
  readonly leg: string;
  readonly opensAt: number;
  readonly closesAt: number;
}

export interface MovementTerms {
  /** Persons per interlock step on each leg. */
  readonly stepSizes: readonly { readonly leg: string; readonly size: number }[];
  /** Minutes from one step to the next. */
  readonly stepMinutes: number;
  /** Minutes a vehicle leaves before its first person crosses. */
  readonly leadMinutes: number;
  readonly windows: readonly CrossingWindow[];
  /** Vehicles of legs for which no vehicles rule names any. */
  readonly vehicles?: readonly { readonly leg: string; readonly vehicles: readonly Vehicle[] }[];
}

/** One place in a vehicle. Boarding is in the order listed. */
export interface Boarding {
  readonly person: string;
  readonly place: MedicalNeed;
  /** Seat, stretcher or ambulance place, from 1 in each vehicle. */
  readonly number: number;
}

export interface Manifest {
  readonly leg: string;
  readonly crossing: string | null;
  readonly vehicle: string;
  /** Minutes from midnight; may lie before the window opens by the lead time. */
  readonly departsAt: number;
  readonly boarding: readonly Boarding[];
}

export interface StepCrossing {
  readonly leg: string;
  /** Named persons, in the order in which they cross. */
  readonly persons: readonly string[];
  /** All who cross, persons known only by number included. */
  readonly count: number;
}

export interface MovementStep {
  readonly number: number;
  readonly opensAt: number;
  /** `unpaired`: lanes that nothing balances. `paired`: the exchange lane, kept level. */
  readonly kind: 'unpaired' | 'paired';
  readonly crossings: readonly StepCrossing[];
}

export interface Movement {
  readonly format: 'homeward-movement';
  readonly version: 1;
  readonly tranche: string;
  readonly manifests: readonly Manifest[];
  readonly steps: readonly MovementStep[];
}

/** The movements of all tranches of a plan in which anybody goes. */
export interface MovementDocument {
  readonly format: 'homeward-movements';
  readonly version: 1;
  /** SHA-256 over the canonical JSON of the problem, in hexadecimal. */
  readonly problem: string;
  readonly movements: readonly Movement[];
}

export type MovementsOutcome =
  | { readonly kind: 'arranged'; readonly document: MovementDocument }
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

export type MovementOutcome =
  | { readonly kind: 'arranged'; readonly movement: Movement }
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

/** Steps follow one another however many they are; a movement that takes years is none. */
export const minuteMax = 10_000_000;

const needOrder: readonly MedicalNeed[] = ['ambulance', 'stretcher', 'seat'];

/** Arranges one tranche of a plan. */
export function arrangeMovement(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  tranche: string,
  terms: MovementTerms,
): MovementOutcome {
  const roster = toRoster(problem);
  return arrangeTranche(roster, readPositions(roster, plan).positions, tranche, terms);
}

function arrangeTranche(
  roster: Roster,
  positions: Positions,
  tranche: string,
  terms: MovementTerms,
): MovementOutcome {
  const { problem } = roster;
  const at = roster.trancheIndex.get(tranche);
  if (at === undefined) return { kind: 'impossible', reasons: [`there is no tranche ${tranche}`] };
  const reasons: string[] = [];
  const isNamed = (index: number): boolean => roster.persons[index]?.group === undefined;
  const isUnpaired = (index: number): boolean => roster.persons[index]?.lane !== 'exchange';
  const queues = problem.legs.map((leg) => ({
    leg,
    unpaired: [] as number[],
    paired: [] as number[],
    countedUnpaired: 0,
    countedPaired: 0,
    size: terms.stepSizes.find((step) => step.leg === leg.id)?.size ?? 1,
  }));
  const fleets = new Map<string, LoadedFleet>();
  const fleetOf = problem.legs.map(({ id }) => {
    const fleet = findFleet(problem, id, tranche, terms);
    const known = fleets.get(fleet.key) ?? { ...fleet, persons: [], together: [] };
    fleets.set(fleet.key, known);
    return known;
  });
  roster.persons.forEach(({ leg }, index) => {
    if (positions[index] !== at) return;
    const queue = queues[leg];
    if (isNamed(index)) fleetOf[leg]?.persons.push(index);
    else if (queue !== undefined) queue[isUnpaired(index) ? 'countedUnpaired' : 'countedPaired'] += 1;
  });
  for (const rule of problem.rules) {
    if (rule.kind !== 'family' && rule.kind !== 'package') continue;
    const names =
      rule.kind === 'package' && rule.form === 'only-with' ? [...rule.persons, ...rule.with] : rule.persons;
    const members = new Map<LoadedFleet, number[]>();
    for (const index of new Set(getPersons(roster, names))) {
      const fleet = fleetOf[roster.persons[index]?.leg ?? -1];
      if (fleet === undefined || positions[index] !== at) continue;
      const own = members.get(fleet);
      if (own === undefined) members.set(fleet, [index]);
      else own.push(index);
    }
    for (const [fleet, own] of members) if (own.length > 1) fleet.together.push(own);
  }
  const loads = [...fleets.values()].flatMap((fleet) => {
    const { legs } = fleet;
    const loaded = loadVehicles(roster, fleet);
    if (loaded.left > 0)
      reasons.push(
        `${legs.length === 1 ? 'leg' : 'legs'} ${legs.join(', ')}: ${loaded.left} persons have no place in the vehicles named`,
      );
    return loaded.loads;
  });
  // By need first, then as the vehicles stand: an ambulance in a later vehicle still crosses first.
  for (const need of needOrder)
    for (const { boarding } of loads)
      for (const { index, place } of boarding)
        if (place === need)
          queues[roster.persons[index]?.leg ?? -1]?.[isUnpaired(index) ? 'unpaired' : 'paired'].push(index);
  const steps: MovementStep[] = [];
  const stepOf = new Map<number, number>();
  const run = (kind: MovementStep['kind']): void => {
    const totals = queues.map((queue) =>
      kind === 'paired'
        ? queue.paired.length + queue.countedPaired
        : queue.unpaired.length + queue.countedUnpaired,
    );
    const count = Math.max(0, ...queues.map((queue, q) => Math.ceil((totals[q] ?? 0) / queue.size)));
    for (let step = 1; step <= count; step += 1) {
      const crossings = queues.flatMap((queue, q): readonly StepCrossing[] => {
        const total = totals[q] ?? 0;
        // An even share of every step keeps all legs at the same part of their way.
        const from = Math.ceil((total * (step - 1)) / count);
        const to = Math.ceil((total * step) / count);
        if (from === to) return [];
        const persons = queue[kind].slice(from, to);
        for (const index of persons) stepOf.set(index, steps.length);
        return [
          {
            leg: queue.leg.id,
            persons: persons.map((index) => roster.persons[index]?.id ?? ''),
            count: to - from,
          },
        ];
      });
      steps.push({ number: steps.length + 1, opensAt: 0, kind, crossings });
    }
  };
  run('unpaired');
  run('paired');
  const windows = terms.windows.filter((window) => window.tranche === tranche);
  const opensAt = Math.max(0, ...windows.map((window) => window.opensAt));
  const timed = steps.map((step, index) => ({ ...step, opensAt: opensAt + index * terms.stepMinutes }));
  const endsAt = opensAt + steps.length * terms.stepMinutes;
  for (const window of windows) {
    const isUsed = timed.some(({ crossings }) => crossings.some(({ leg }) => leg === window.leg));
    if (isUsed && endsAt > window.closesAt)
      reasons.push(
        `leg ${window.leg}: ${steps.length} steps need until minute ${endsAt}, its window closes at ${window.closesAt}`,
      );
  }
  if (endsAt > minuteMax)
    reasons.push(
      `${steps.length} steps need until minute ${endsAt}, no movement lasts beyond minute ${minuteMax}`,
    );
  if (reasons.length > 0) return { kind: 'impossible', reasons };
  const manifests = loads.flatMap(({ vehicle, boarding }) => {
    // A vehicle that several legs share leaves once, for the first of all its persons.
    const first = boarding.reduce((least, { index }) => Math.min(least, stepOf.get(index) ?? 0), Infinity);
    const departsAt = (timed[first]?.opensAt ?? opensAt) - terms.leadMinutes;
    const byLeg = new Map<number, Boarding[]>();
    for (const { index, place, number } of boarding) {
      const { leg = -1, id = '' } = roster.persons[index] ?? {};
      const own = byLeg.get(leg) ?? [];
      own.push({ person: id, place, number });
      byLeg.set(leg, own);
    }
    return [...byLeg]
      .sort(([one], [other]) => one - other)
      .map(([number, own]): Manifest => {
        const leg = roster.problem.legs[number];
        return {
          leg: leg?.id ?? '',
          crossing: leg?.crossing ?? null,
          vehicle,
          departsAt,
          boarding: own,
        };
      });
  });
  return {
    kind: 'arranged',
    movement: { format: 'homeward-movement', version: 1, tranche, manifests, steps: timed },
  };
}

/** Arranges every tranche of a plan in which anybody goes; none where one cannot be arranged. */
export function arrangeMovements(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  terms: MovementTerms,
): MovementsOutcome {
  const roster = toRoster(problem);
  const { positions } = readPositions(roster, plan);
  const used = new Set([...plan.places, ...plan.counted].map(({ tranche }) => tranche));
  const movements: Movement[] = [];
  const reasons: string[] = [];
  for (const { id } of problem.tranches) {
    if (!used.has(id)) continue;
    const outcome = arrangeTranche(roster, positions, id, terms);
    if (outcome.kind === 'arranged') movements.push(outcome.movement);
    else reasons.push(...outcome.reasons.map((reason) => `${id}, ${reason}`));
  }
  if (reasons.length > 0) return { kind: 'impossible', reasons };
  return {
    kind: 'arranged',
    document: { format: 'homeward-movements', version: 1, problem: toProblemDigest(problem), movements },
  };
}

/** Vehicles that one rule, or the terms for one leg, name together. Their places are given once. */
export interface Fleet {
  readonly key: string;
  readonly legs: readonly string[];
  readonly vehicles: readonly Vehicle[];
}

/** The vehicles that serve a leg in a tranche: those of its rule, else those of the terms. */
export function findFleet(
  problem: PlanningProblem,
  leg: string,
  tranche: string,
  terms: MovementTerms,
): Fleet {
  const rule = problem.rules.find(
    (one) =>
      one.kind === 'vehicles' &&
      one.legs.includes(leg) &&
      (one.tranche === undefined || one.tranche === tranche),
  );
  if (rule?.kind === 'vehicles') return { key: `rule ${rule.id}`, legs: rule.legs, vehicles: rule.vehicles };
  const vehicles = terms.vehicles?.find((one) => one.leg === leg)?.vehicles ?? [];
  return { key: `leg ${leg}`, legs: [leg], vehicles };
}

/** Who goes in the vehicles of a fleet, and those of them whom each family or package joins. */
interface LoadedFleet extends Fleet {
  readonly persons: number[];
  readonly together: number[][];
}

interface Load {
  readonly vehicle: string;
  readonly boarding: readonly {
    readonly index: number;
    readonly place: MedicalNeed;
    readonly number: number;
  }[];
}

/**
 * Those who belong together share a vehicle where one has room; ambulances stand first in the column. Whoever
 * can have a place has one, since each takes one place of one kind, in whichever vehicle.
 */
function loadVehicles(
  roster: Roster,
  { persons, together, vehicles }: LoadedFleet,
): { readonly loads: readonly Load[]; readonly left: number } {
  const room = vehicles.map((vehicle) => ({
    id: vehicle.id,
    load: [] as number[],
    free: {
      ambulance: vehicle.ambulances ?? 0,
      stretcher: vehicle.stretchers ?? 0,
      seat: vehicle.seats ?? 0,
    },
  }));
  const needOf = (index: number): MedicalNeed => roster.persons[index]?.need ?? 'seat';
  const waiting = new Set(persons);
  const board = (members: readonly number[], place: (typeof room)[number]): void => {
    for (const one of members) {
      place.free[needOf(one)] -= 1;
      place.load.push(one);
      waiting.delete(one);
    }
  };
  const boardAsOne = (members: readonly number[]): boolean => {
    const wanted = { ambulance: 0, stretcher: 0, seat: 0 };
    for (const one of members) wanted[needOf(one)] += 1;
    const place = room.find(({ free }) => needOrder.every((need) => wanted[need] <= free[need]));
    if (place !== undefined) board(members, place);
    return place !== undefined;
  };
  for (const group of toGroups(roster, together)) {
    const left = group.filter((one) => waiting.has(one));
    if (left.length < 2 || boardAsOne(left)) continue;
    // Too many for one vehicle: at least those who need the same kind of place.
    for (const need of needOrder) boardAsOne(left.filter((one) => needOf(one) === need));
  }
  const byUrgency = (one: number, other: number): number =>
    needOrder.indexOf(needOf(one)) - needOrder.indexOf(needOf(other)) ||
    compareCaptivity(roster.persons, one, other);
  // A place that is taken stays taken: each kind is looked for from where the last one was found.
  const from = { ambulance: 0, stretcher: 0, seat: 0 };
  for (const one of [...waiting].sort(byUrgency)) {
    const need = needOf(one);
    while ((room[from[need]]?.free[need] ?? 1) < 1) from[need] += 1;
    const place = room[from[need]];
    if (place !== undefined) board([one], place);
  }
  const loads = room
    .filter(({ load }) => load.length > 0)
    .map(({ id, load }, order) => ({ id, order, load: load.sort(byUrgency) }))
    .sort((one, other) => {
      const rank = ({ load }: typeof one): number => needOrder.indexOf(needOf(load[0] ?? -1));
      return rank(one) - rank(other) || one.order - other.order;
    })
    .map(({ id, load }): Load => {
      const used = { ambulance: 0, stretcher: 0, seat: 0 };
      return {
        vehicle: id,
        boarding: load.map((index) => {
          const place = needOf(index);
          return { index, place, number: (used[place] += 1) };
        }),
      };
    });
  return { loads, left: waiting.size };
}

/** Who should share a vehicle: all whom families and packages join, then those of each rule alone. */
function toGroups(roster: Roster, together: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const groupOf = new Map<number, number[]>();
  const toGroup = (one: number): number[] => {
    const group = groupOf.get(one) ?? [one];
    groupOf.set(one, group);
    return group;
  };
  for (const members of together) {
    // The largest takes in the others, so that nobody changes groups often.
    const [largest = [], ...others] = [...new Set(members.map(toGroup))].sort(
      (one, other) => other.length - one.length,
    );
    for (const one of others.flat()) {
      largest.push(one);
      groupOf.set(one, largest);
    }
  }
  const longest = (group: readonly number[]): number =>
    group.reduce((most, one) => Math.max(most, roster.persons[one]?.days ?? 0), 0);
  return [...new Set(groupOf.values())]
    .map((group) => ({ group, days: longest(group) }))
    .sort((one, other) => other.days - one.days)
    .map(({ group }): readonly number[] => group)
    .concat(together);
}
