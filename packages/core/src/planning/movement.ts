/**
 * From a plan to the road: who sits where, who boards when, and in which steps the crossings stay level.
 *
 * Law     spec/planning.md, "Movement". Ambulances cross first. Steps couple the legs that a parity rule
 *         couples: after each, the numbers that have crossed differ by no more than one agreed step.
 * Cost    Proportional to persons and vehicles of the tranche.
 */
import type { TranchePlan } from './plan.ts';
import type { MedicalNeed, PlanningProblem, Vehicle } from './problem.ts';
import { readPositions } from './check.ts';
import { compareCaptivity } from './cells.ts';
import { getIndex, toRoster, type Roster } from './roster.ts';

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
  const queues = problem.legs.map((leg) => {
    const going = roster.persons.flatMap((person, index) =>
      positions[index] === at && roster.problem.legs[person.leg]?.id === leg.id ? [index] : [],
    );
    const named = going.filter((index) => roster.persons[index]?.group === undefined);
    const loads = loadVehicles(roster, named, findVehicles(problem, leg.id, tranche, terms));
    if (loads.left > 0)
      reasons.push(`leg ${leg.id}: ${loads.left} persons have no place in the vehicles named`);
    // By need first, then as the vehicles stand: an ambulance in a later vehicle still crosses first.
    const order = needOrder.flatMap((need) =>
      loads.loads.flatMap(({ boarding }) =>
        boarding.filter(({ place }) => place === need).map(({ index }) => index),
      ),
    );
    const isUnpaired = (index: number): boolean => roster.persons[index]?.lane !== 'exchange';
    return {
      leg,
      loads: loads.loads,
      unpaired: order.filter(isUnpaired),
      paired: order.filter((index) => !isUnpaired(index)),
      countedUnpaired: going.filter((index) => !named.includes(index) && isUnpaired(index)).length,
      countedPaired: going.filter((index) => !named.includes(index) && !isUnpaired(index)).length,
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
  const manifests = queues.flatMap(({ leg, loads }) =>
    loads
      .filter(({ boarding }) => boarding.length > 0)
      .map(({ vehicle, boarding }): Manifest => {
        const first = Math.min(...boarding.map(({ index }) => stepOf.get(index) ?? 0));
        return {
          leg: leg.id,
          crossing: leg.crossing ?? null,
          vehicle,
          departsAt: (timed[first]?.opensAt ?? opensAt) - terms.leadMinutes,
          boarding: boarding.map(({ index, place, number }) => ({
            person: roster.persons[index]?.id ?? '',
            place,
            number,
          })),
        };
      }),
  );
  return {
    kind: 'arranged',
    movement: { format: 'homeward-movement', version: 1, tranche, manifests, steps: timed },
  };
}

/** The vehicles that serve a leg in a tranche: those of its rules, else those of the terms. */
export function findVehicles(
  problem: PlanningProblem,
  leg: string,
  tranche: string,
  terms: MovementTerms,
): readonly Vehicle[] {
  const ruled = problem.rules.flatMap((rule) =>
    rule.kind === 'vehicles' &&
    rule.legs.includes(leg) &&
    (rule.tranche === undefined || rule.tranche === tranche)
      ? rule.vehicles
      : [],
  );
  if (ruled.length > 0) return ruled;
  return terms.vehicles?.find((one) => one.leg === leg)?.vehicles ?? [];
}

interface Load {
  readonly vehicle: string;
  readonly boarding: { readonly index: number; readonly place: MedicalNeed; readonly number: number }[];
}

/** Those who belong together share a vehicle where one has room; ambulances stand first in the column. */
function loadVehicles(
  roster: Roster,
  persons: readonly number[],
  vehicles: readonly Vehicle[],
): { readonly loads: readonly Load[]; readonly left: number } {
  const room = vehicles.map((vehicle) => ({
    id: vehicle.id,
    load: [] as Load['boarding'],
    ambulance: vehicle.ambulances ?? 0,
    stretcher: vehicle.stretchers ?? 0,
    seat: vehicle.seats ?? 0,
    used: { ambulance: 0, stretcher: 0, seat: 0 },
  }));
  const going = new Set(persons);
  const groupOf = new Map<number, readonly number[]>();
  for (const rule of roster.problem.rules) {
    if (rule.kind !== 'family' && !(rule.kind === 'package' && rule.form === 'together')) continue;
    const members = rule.persons
      .map((id) => getIndex(roster.personIndex, id))
      .filter((one) => going.has(one));
    for (const member of members) if (!groupOf.has(member)) groupOf.set(member, members);
  }
  let left = 0;
  for (const need of needOrder) {
    const those = persons
      .filter((index) => roster.persons[index]?.need === need)
      .sort((one, other) => compareCaptivity(roster.persons, one, other));
    const done = new Set<number>();
    for (const index of those) {
      if (done.has(index)) continue;
      const group = (groupOf.get(index) ?? [index]).filter(
        (one) => !done.has(one) && roster.persons[one]?.need === need,
      );
      const fits = room.find((vehicle) => vehicle[need] - vehicle.used[need] >= group.length);
      for (const one of group) {
        done.add(one);
        const place = fits ?? room.find((vehicle) => vehicle[need] > vehicle.used[need]);
        if (place === undefined) {
          left += 1;
          continue;
        }
        place.used[need] += 1;
        place.load.push({ index: one, place: need, number: place.used[need] });
      }
    }
  }
  const urgency = (load: Load['boarding']): number =>
    Math.min(needOrder.length, ...load.map(({ place }) => needOrder.indexOf(place)));
  const loads = room
    .map(({ id, load }) => ({ vehicle: id, boarding: load }))
    .map((load, order) => ({ load, order }))
    .sort(
      (one, other) => urgency(one.load.boarding) - urgency(other.load.boarding) || one.order - other.order,
    )
    .map(({ load }) => load);
  return { loads, left };
}
