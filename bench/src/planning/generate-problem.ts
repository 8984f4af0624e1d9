/** Generated planning problems from a fixed seed: no real person, no real place. */
import type { PlanningPerson, PlanningProblem, Rule } from '@homeward/core/planning';

export interface GeneratedSize {
  readonly seed: number;
  /** Persons on each of the two legs. */
  readonly persons: number;
  readonly tranches: number;
  readonly packages: number;
  readonly families: number;
  /** Part of the persons who go in all, 0 to 1. */
  readonly share?: number;
  readonly facilities?: number;
}

/** mulberry32: a small generator whose sequence is the same on every machine. */
export function toRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Two sides that exchange equal numbers in every tranche, with category quotas for each leg and tranche,
 * vehicles, crossings, facility limits, packages within and across the legs, and families.
 */
export function generateProblem(size: GeneratedSize): PlanningProblem {
  const random = toRandom(size.seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const legs = [
    { id: 'north-south', from: 'north', to: 'south', crossing: 'bridge' },
    { id: 'south-north', from: 'south', to: 'north', crossing: 'road' },
  ] as const;
  const tranches = Array.from({ length: size.tranches }, (_, index) => ({
    id: `t${String(index + 1).padStart(2, '0')}`,
  }));
  const facilities = size.facilities ?? 12;
  const persons: PlanningPerson[] = [];
  legs.forEach((leg, side) => {
    for (let number = 0; number < size.persons; number += 1) {
      const lot = random();
      const category = lot < 0.62 ? 'soldier' : lot < 0.72 ? 'officer' : lot < 0.97 ? 'civilian' : 'medic';
      const health = random();
      const need = health < 0.93 ? 'seat' : health < 0.98 ? 'stretcher' : 'ambulance';
      const isGrave = need === 'ambulance' && random() < 0.4;
      const state = random();
      persons.push({
        id: `${side === 0 ? 'n' : 's'}${String(number + 1).padStart(6, '0')}`,
        leg: leg.id,
        category,
        lane: isGrave ? 'direct-repatriation' : 'exchange',
        days: 20 + Math.floor(1180 * Math.sqrt(random())),
        need,
        sex: random() < 0.07 ? 'female' : 'male',
        age: 18 + below(45),
        facility: `${side === 0 ? 'n' : 's'}-place-${String(1 + below(facilities)).padStart(2, '0')}`,
        ...(state < 0.02
          ? { ineligible: 'withheld' }
          : state < 0.04
            ? { ineligible: 'unfit to travel' }
            : {}),
      });
    }
  });
  const going = Math.floor((size.persons * (size.share ?? 0.7)) / size.tranches);
  const civilians = Math.floor(going * 0.25);
  const rules: Rule[] = [
    { id: 'parity', kind: 'parity', form: 'equal', left: ['north-south'], right: ['south-north'] },
  ];
  for (const leg of legs) {
    rules.push(
      { id: `${leg.id} at most`, kind: 'quota', who: { legs: [leg.id] }, max: going },
      {
        id: `${leg.id} civilians`,
        kind: 'quota',
        who: { legs: [leg.id], categories: ['civilian'] },
        exact: civilians,
      },
      {
        id: `${leg.id} officers`,
        kind: 'quota',
        who: { legs: [leg.id], categories: ['officer'] },
        max: Math.floor(going * 0.09),
      },
      {
        id: `${leg.id} medics`,
        kind: 'quota',
        who: { legs: [leg.id], categories: ['medic'] },
        min: Math.floor(going * 0.01),
      },
      {
        id: `${leg.id} vehicles`,
        kind: 'vehicles',
        legs: [leg.id],
        vehicles: [
          { id: 'buses', seats: going },
          { id: 'stretcher vans', stretchers: Math.ceil(going * 0.06) },
          { id: 'ambulances', ambulances: Math.ceil(going * 0.03) },
        ],
      },
      {
        id: `${leg.crossing} capacity`,
        kind: 'capacity',
        crossing: leg.crossing,
        max: going + Math.ceil(going * 0.02),
      },
    );
  }
  for (const side of ['n', 's']) {
    rules.push({
      id: `${side}-place-01 a day`,
      kind: 'facility',
      facility: `${side}-place-01`,
      max: Math.ceil((going / facilities) * 1.1),
    });
  }
  const open = persons.filter((person) => person.ineligible === undefined && person.lane === 'exchange');
  const used = new Set<string>();
  const draw = (isWanted: (person: PlanningPerson) => boolean): string | undefined => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const person = pick(open);
      if (!used.has(person.id) && isWanted(person)) {
        used.add(person.id);
        return person.id;
      }
    }
    return undefined;
  };
  const drawMany = (count: number, isWanted: (person: PlanningPerson) => boolean): string[] =>
    Array.from({ length: count }, () => draw(isWanted)).filter((id) => id !== undefined);
  for (let number = 0; number < size.packages; number += 1) {
    const id = `package ${String(number + 1).padStart(4, '0')}`;
    const leg = pick(legs).id;
    const isAcross = random() < 0.5;
    const heads = drawMany(1 + below(2), (person) => person.leg === leg);
    const others = drawMany(2 + below(3), (person) => (person.leg === leg) !== isAcross);
    if (heads.length === 0 || others.length === 0) continue;
    rules.push(
      random() < 0.5
        ? { id, kind: 'package', form: 'only-with', persons: heads, with: others }
        : { id, kind: 'package', form: 'together', persons: [...heads, ...others] },
    );
  }
  for (let number = 0; number < size.families; number += 1) {
    const leg = pick(legs).id;
    const members = drawMany(2 + below(3), (person) => person.leg === leg);
    if (members.length < 2) continue;
    rules.push({
      id: `family ${String(number + 1).padStart(4, '0')}`,
      kind: 'family',
      persons: members,
      form: number % 3 === 0 ? 'wish' : 'together',
    });
  }
  return { format: 'homeward-planning-problem', version: 1, tranches, legs, persons, rules };
}
