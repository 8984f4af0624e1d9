/**
 * From a plan to the road: who sits where, who boards when, and in which steps the crossings stay level.
 *
 * Law     spec/planning.md, "Movement". Ambulances cross first. Steps couple the legs that a parity rule
 *         couples: after each, the numbers that have crossed differ by no more than one agreed step.
 * Cost    Proportional to persons and vehicles of the tranche.
 */
import type { TranchePlan } from './plan.ts';
import type { MedicalNeed, PlanningProblem, Vehicle } from './problem.ts';
import { readPositions, toProblemDigest } from './check.ts';
import { compareCaptivity } from './cells.ts';
import { getPersons, toRoster, type Roster } from './roster.ts';

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

const needOrder: readonly MedicalNeed[] = ['ambulance', 'stretcher', 'seat'];

/** Arranges one tranche of a plan. */
export function arrangeMovement(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  tranche: string,
  terms: MovementTerms,
): MovementOutcome {
  const roster = toRoster(problem);
  const at = roster.trancheIndex.get(tranche);
  if (at === undefined) return { kind: 'impossible', reasons: [`there is no tranche ${tranche}`] };
  const { positions } = readPositions(roster, plan);
  const reasons: string[] = [];
  const goingOn = (leg: string): readonly number[] =>
    roster.persons.flatMap((person, index) =>
      positions[index] === at && roster.problem.legs[person.leg]?.id === leg ? [index] : [],
    );
  const isNamed = (index: number): boolean => roster.persons[index]?.group === undefined;
  const fleets = new Map<string, Fleet & { readonly persons: number[] }>();
  for (const { id } of problem.legs) {
    const fleet = findFleet(problem, id, tranche, terms);
    const known = fleets.get(fleet.key) ?? { ...fleet, persons: [] };
    known.persons.push(...goingOn(id).filter(isNamed));
    fleets.set(fleet.key, known);
  }
  const loads = [...fleets.values()].flatMap(({ persons, vehicles, legs }) => {
    const loaded = loadVehicles(roster, persons, vehicles);
    if (loaded.left > 0)
      reasons.push(
        `${legs.length === 1 ? 'leg' : 'legs'} ${legs.join(', ')}: ${loaded.left} persons have no place in the vehicles named`,
      );
    return loaded.loads;
  });
  const queues = problem.legs.map((leg) => {
    const going = goingOn(leg.id);
    const isOwn = (index: number): boolean => problem.legs[roster.persons[index]?.leg ?? -1] === leg;
    // By need first, then as the vehicles stand: an ambulance in a later vehicle still crosses first.
    const order = needOrder.flatMap((need) =>
      loads.flatMap(({ boarding }) =>
        boarding.filter(({ index, place }) => place === need && isOwn(index)).map(({ index }) => index),
      ),
    );
    const isUnpaired = (index: number): boolean => roster.persons[index]?.lane !== 'exchange';
    return {
      leg,
      unpaired: order.filter(isUnpaired),
      paired: order.filter((index) => !isUnpaired(index)),
      countedUnpaired: going.filter((index) => !isNamed(index) && isUnpaired(index)).length,
      countedPaired: going.filter((index) => !isNamed(index) && !isUnpaired(index)).length,
      size: terms.stepSizes.find((step) => step.leg === leg.id)?.size ?? 1,
    };
  });
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
  if (reasons.length > 0) return { kind: 'impossible', reasons };
  const manifests = loads.flatMap(({ vehicle, boarding }) => {
    // A vehicle that several legs share leaves once, for the first of all its persons.
    const first = Math.min(...boarding.map(({ index }) => stepOf.get(index) ?? 0));
    const departsAt = (timed[first]?.opensAt ?? opensAt) - terms.leadMinutes;
    return problem.legs.flatMap((leg, number): readonly Manifest[] => {
      const own = boarding.filter(({ index }) => roster.persons[index]?.leg === number);
      if (own.length === 0) return [];
      return [
        {
          leg: leg.id,
          crossing: leg.crossing ?? null,
          vehicle,
          departsAt,
          boarding: own.map(({ index, place, number: seat }) => ({
            person: roster.persons[index]?.id ?? '',
            place,
            number: seat,
          })),
        },
      ];
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
  const used = new Set([...plan.places, ...plan.counted].map(({ tranche }) => tranche));
  const movements: Movement[] = [];
  const reasons: string[] = [];
  for (const { id } of problem.tranches) {
    if (!used.has(id)) continue;
    const outcome = arrangeMovement(problem, plan, id, terms);
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
  persons: readonly number[],
  vehicles: readonly Vehicle[],
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
  const board = (members: readonly number[]): boolean => {
    const place = room.find(({ free }) =>
      needOrder.every((need) => members.filter((one) => needOf(one) === need).length <= free[need]),
    );
    if (place === undefined) return false;
    for (const one of members) {
      place.free[needOf(one)] -= 1;
      place.load.push(one);
      waiting.delete(one);
    }
    return true;
  };
  for (const group of toGroups(roster, persons)) {
    const left = group.filter((one) => waiting.has(one));
    if (left.length < 2 || board(left)) continue;
    // Too many for one vehicle: at least those who need the same kind of place.
    for (const need of needOrder) board(left.filter((one) => needOf(one) === need));
  }
  const byUrgency = (one: number, other: number): number =>
    needOrder.indexOf(needOf(one)) - needOrder.indexOf(needOf(other)) ||
    compareCaptivity(roster.persons, one, other);
  for (const one of [...waiting].sort(byUrgency)) board([one]);
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
function toGroups(roster: Roster, persons: readonly number[]): readonly (readonly number[])[] {
  const going = new Set(persons);
  const ruled = roster.problem.rules.flatMap((rule): readonly number[][] => {
    if (rule.kind !== 'family' && rule.kind !== 'package') return [];
    const names =
      rule.kind === 'package' && rule.form === 'only-with' ? [...rule.persons, ...rule.with] : rule.persons;
    const members = [...new Set(getPersons(roster, names))].filter((one) => going.has(one));
    return members.length < 2 ? [] : [members];
  });
  const groupOf = new Map<number, Set<number>>();
  for (const members of ruled) {
    const joined = new Set(members.flatMap((one) => [one, ...(groupOf.get(one) ?? [])]));
    for (const one of joined) groupOf.set(one, joined);
  }
  const longest = (group: readonly number[]): number =>
    Math.max(...group.map((one) => roster.persons[one]?.days ?? 0));
  return [...new Set(groupOf.values())]
    .map((group) => [...group])
    .sort((one, other) => longest(other) - longest(one))
    .concat(ruled);
}
