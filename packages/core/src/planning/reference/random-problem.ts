/** Small random problems that use every kind of rule, for comparison with the oracle. */
import type {
  Lane,
  MedicalNeed,
  Objective,
  PlanningPerson,
  PlanningProblem,
  Rule,
} from '../problem/problem.ts';

/** A source of numbers from 0 (included) to 1 (excluded). */
export type RandomSource = () => number;

/** mulberry32: the same sequence on every machine. */
export function toRandomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Some in least numbers and some not; some that a few persons can hold only once. */
const ratios = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
  [3, 2],
  [2, 3],
  [4, 2],
  [1, 5],
] as const;

/** At most `personsMax` persons on two or three legs, in two or three tranches. */
export function toRandomProblem(seed: number, personsMax: number): PlanningProblem {
  const random = toRandomSource(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const isChance = (part: number): boolean => random() < part;
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const isMany = isChance(0.25);
  const legs = isMany
    ? [
        { id: 'ab', from: 'a', to: 'b', crossing: 'x' },
        { id: 'bc', from: 'b', to: 'c', crossing: 'y' },
        { id: 'ca', from: 'c', to: 'a', crossing: 'x' },
      ]
    : [
        { id: 'ab', from: 'a', to: 'b', crossing: 'x' },
        { id: 'ba', from: 'b', to: 'a', crossing: 'y' },
      ];
  const legIds = legs.map(({ id }) => id);
  const trancheCount = 1 + below(3);
  const isSharedDay = isChance(0.3);
  const tranches = Array.from({ length: trancheCount }, (_, index) => ({
    id: `t${index + 1}`,
    ...(isSharedDay ? { day: index < 2 ? 'monday' : 'tuesday' } : {}),
  }));
  const trancheId = (): string => pick(tranches).id;
  const count = 2 + below(personsMax - 1);
  const persons: PlanningPerson[] = Array.from({ length: count }, (_, index) => {
    const lane: Lane = isChance(0.2)
      ? pick(['direct-repatriation', 'civilian-release', 'remains'] as const)
      : 'exchange';
    const need: MedicalNeed = pick(['seat', 'seat', 'stretcher', 'ambulance'] as const);
    return {
      id: `p${index}`,
      leg: pick(legIds),
      category: pick(['soldier', 'civilian']),
      lane,
      days: below(6) * 17 + below(3),
      need,
      ...(isChance(0.6) ? { sex: pick(['female', 'male'] as const), age: 18 + below(40) } : {}),
      ...(isChance(0.7) ? { facility: pick(['f1', 'f2', 'f3']) } : {}),
      ...(isChance(0.1) ? { ineligible: pick(['withheld', 'unfit']) } : {}),
      ...(isChance(0.1) ? { earliest: trancheId() } : {}),
      ...(isChance(0.1) ? { latest: trancheId() } : {}),
    };
  });
  const some = (least: number, most: number): string[] => {
    const left = persons.map(({ id }) => id);
    const found: string[] = [];
    const wanted = Math.min(left.length, least + below(most - least + 1));
    while (found.length < wanted) found.push(...left.splice(below(left.length), 1));
    return found;
  };
  const rules: Rule[] = [];
  let number = 0;
  const id = (): string => `r${(number += 1)}`;
  const ruleCount = 1 + below(5);
  const makers: readonly (() => Rule)[] = [
    () => ({ id: id(), kind: 'parity', form: 'equal', left: ['ab'], right: [legIds[1] ?? 'ab'] }),
    () => ({
      id: id(),
      kind: 'parity',
      form: 'ratio',
      left: ['ab'],
      right: [legIds[1] ?? 'ab'],
      ratio: pick(ratios),
      over: pick(['tranche', 'total'] as const),
    }),
    () => ({
      id: id(),
      kind: 'parity',
      form: 'fixed',
      legs: [pick(legIds)],
      counts: tranches.map(() => below(2)),
    }),
    () => ({ id: id(), kind: 'parity', form: 'balance', powers: ['a'] }),
    () => ({ id: id(), kind: 'parity', form: 'one-way', legs: [pick(legIds)] }),
    () => ({
      id: id(),
      kind: 'quota',
      who: isChance(0.5)
        ? { needs: ['stretcher', 'ambulance'] as const, lanes: ['exchange', 'civilian-release'] as const }
        : { facilities: ['f1', 'f3'] },
      ...(isChance(0.5) ? { tranche: trancheId() } : { over: pick(['tranche', 'total'] as const) }),
      ...(isChance(0.4) ? { exact: below(3) } : { min: below(2), max: 1 + below(2) }),
    }),
    () => ({
      id: id(),
      kind: 'quota',
      who: { categories: ['civilian'] },
      ...(isChance(0.5) ? { tranche: trancheId() } : {}),
      ...(isChance(0.5) ? { max: below(3) } : { min: below(2) }),
    }),
    () => ({
      id: id(),
      kind: 'quota',
      who: { legs: [pick(legIds)], ...(isChance(0.3) ? { ageMax: 30 } : {}) },
      over: pick(['tranche', 'total'] as const),
      max: 1 + below(3),
    }),
    () => ({
      id: id(),
      kind: 'quota',
      who: { lanes: ['direct-repatriation'], ...(isChance(0.5) ? { sexes: ['female'] as const } : {}) },
      over: 'total',
      min: below(2),
    }),
    () => ({ id: id(), kind: 'must-go', persons: some(1, 1), ...(isChance(0.5) ? { by: trancheId() } : {}) }),
    () => ({
      id: id(),
      kind: 'veto',
      persons: some(1, 1),
      ...(isChance(0.5) ? { tranche: trancheId() } : {}),
    }),
    () => ({ id: id(), kind: 'place', persons: some(1, 1), tranche: isChance(0.5) ? trancheId() : null }),
    () => ({
      id: id(),
      kind: 'package',
      form: 'only-with',
      persons: some(1, 2),
      with: some(1, 2),
      timing: pick(['same', 'by-then'] as const),
    }),
    () => ({ id: id(), kind: 'package', form: 'together', persons: some(2, 3) }),
    () => ({
      id: id(),
      kind: 'family',
      form: pick(['together', 'wish', 'wish'] as const),
      persons: some(2, 3),
    }),
    () => ({ id: id(), kind: 'apart', persons: some(2, 3) }),
    () => ({
      id: id(),
      kind: 'capacity',
      crossing: pick(['x', 'y']),
      max: 1 + below(3),
      ...(isChance(0.4) ? { tranche: trancheId() } : {}),
    }),
    () => ({
      id: id(),
      kind: 'vehicles',
      legs: [pick(legIds)],
      vehicles: [{ id: 'v', seats: 1 + below(3), stretchers: below(2), ambulances: below(2) }],
      ...(isChance(0.4) ? { tranche: trancheId() } : {}),
    }),
    () => ({ id: id(), kind: 'facility', facility: pick(['f1', 'f2']), max: 1 + below(2) }),
    () => ({
      id: id(),
      kind: 'gate',
      open: [legIds[1] ?? 'ab'],
      after: ['ab'],
      count: 1 + below(2),
      timing: pick(['before', 'same'] as const),
    }),
    () => ({
      id: id(),
      kind: 'circuit',
      legs: legIds,
      cap: 2 + below(2),
      timing: pick(['simultaneous', 'gated'] as const),
      ...(isChance(0.4) ? { starts: ['a'] } : {}),
    }),
  ];
  for (let made = 0; made < ruleCount; made += 1) rules.push(pick(makers)());
  const previous = isChance(0.4)
    ? {
        places: persons
          .filter(() => isChance(0.6))
          .map((person) => ({ person: person.id, tranche: trancheId() })),
      }
    : undefined;
  const counted = isChance(0.15)
    ? [{ id: 'g', leg: pick(legIds), category: 'soldier', lane: 'exchange' as const, count: 1 + below(2) }]
    : undefined;
  const objectives = isChance(0.5) ? undefined : toRandomOrder(random);
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches,
    legs,
    persons,
    rules,
    ...(previous === undefined ? {} : { previous }),
    ...(counted === undefined ? {} : { counted }),
    ...(objectives === undefined ? {} : { objectives }),
  };
}

function toRandomOrder(random: RandomSource): readonly Objective[] {
  const stepDays = [1, 17, 30][Math.floor(random() * 3)] ?? 30;
  const left: Objective[] = [
    { kind: 'returned' },
    { kind: 'legal-lanes' },
    { kind: 'captivity-total', stepDays },
    { kind: 'captivity-leximin', stepDays },
    { kind: 'medical' },
    { kind: 'families' },
    { kind: 'facilities' },
    { kind: 'change' },
    { kind: 'fallback' },
  ];
  const order: Objective[] = [];
  const count = 1 + Math.floor(random() * left.length);
  while (order.length < count) order.push(...left.splice(Math.floor(random() * left.length), 1));
  return order;
}
