/**
 * Reads a planning problem from plain data: every field known, every name resolved, every size bounded.
 *
 * Law     A problem that nets what the law forbids is refused here: no parity, package, upper quota, family
 *         kept together or persons kept apart reach the direct-repatriation lane (GC III 109, 110) [PL-6].
 * Cost    One pass; sizes are those of `problemLimits`.
 */
import { circuitsMax, tryCircuits } from '../problem/circuits.ts';
import {
  addFault,
  optional,
  readChoice,
  readDistinct,
  readDocument,
  readFormat,
  readList,
  readObject,
  readText,
  readWhole,
  toKnownReader,
  toPointer,
  type Fields,
  type Parsed,
  type Reading,
  type ReadName,
} from '../problem/parse-json.ts';
import { readPlaces } from './parse-places.ts';
import { readVehicles } from '../rules/parse-vehicles.ts';
import {
  everyLane,
  needs,
  objectiveKinds,
  personsMax,
  problemLimits,
  type CountedGroup,
  type Lane,
  type Leg,
  type Objective,
  type PlanningPerson,
  type PlanningProblem,
  type Rule,
  type Selector,
  type Tranche,
} from '../problem/problem.ts';
import { toRoster } from '../problem/roster.ts';

const sexes = ['female', 'male', 'other'] as const;

interface Names {
  readonly tranches: ReadonlySet<string>;
  readonly legs: ReadonlySet<string>;
  readonly persons: ReadonlyMap<string, Lane>;
  readonly powers: ReadonlySet<string>;
  readonly crossings: ReadonlySet<string>;
  readonly facilities: ReadonlySet<string>;
}

/** Parses a problem; every fault carries a JSON pointer and what was expected. */
export function parseProblem(data: unknown): Parsed<PlanningProblem> {
  return readDocument(data, readProblem);
}

function readProblem(reading: Reading, data: unknown): PlanningProblem | undefined {
  const fields = readFormat(reading, data, 'homeward-planning-problem', [
    'name',
    'tranches',
    'legs',
    'persons',
    'counted',
    'rules',
    'objectives',
    'previous',
  ]);
  if (fields === undefined) return undefined;
  const id = (value: unknown, pointer: string): string =>
    readText(reading, value, pointer, problemLimits.idLength);
  const tranches = readList(
    reading,
    fields['tranches'],
    '/tranches',
    problemLimits.tranches,
    (value, pointer): Tranche | undefined => {
      const tranche = readObject(reading, value, pointer, ['id', 'day']);
      if (tranche === undefined) return undefined;
      return { id: id(tranche['id'], toPointer(pointer, 'id')), ...optional(tranche, 'day', pointer, id) };
    },
  );
  if (tranches.length === 0) addFault(reading, '/tranches', 'at least one tranche');
  const legs = readList(
    reading,
    fields['legs'],
    '/legs',
    problemLimits.legs,
    (value, pointer): Leg | undefined => {
      const leg = readObject(reading, value, pointer, ['id', 'from', 'to', 'crossing']);
      if (leg === undefined) return undefined;
      return {
        id: id(leg['id'], toPointer(pointer, 'id')),
        from: id(leg['from'], toPointer(pointer, 'from')),
        to: id(leg['to'], toPointer(pointer, 'to')),
        ...optional(leg, 'crossing', pointer, id),
      };
    },
  );
  const trancheIds = readIds(reading, tranches, '/tranches');
  const legIds = readIds(reading, legs, '/legs');
  const tranche = toIdReader(reading, trancheIds, 'tranche');
  const leg = toIdReader(reading, legIds, 'leg');
  const persons = readList(
    reading,
    fields['persons'],
    '/persons',
    problemLimits.persons,
    (value, pointer): PlanningPerson | undefined => {
      const person = readObject(reading, value, pointer, [
        'id',
        'leg',
        'category',
        'lane',
        'days',
        'need',
        'sex',
        'age',
        'facility',
        'ineligible',
        'earliest',
        'latest',
      ]);
      if (person === undefined) return undefined;
      return {
        id: id(person['id'], toPointer(pointer, 'id')),
        leg: leg(person['leg'], toPointer(pointer, 'leg')),
        category: id(person['category'], toPointer(pointer, 'category')),
        lane: readChoice(reading, person['lane'], toPointer(pointer, 'lane'), everyLane),
        days: readWhole(reading, person['days'], toPointer(pointer, 'days'), 0, problemLimits.days),
        need: readChoice(reading, person['need'], toPointer(pointer, 'need'), needs),
        ...optional(person, 'sex', pointer, (sex, at) => readChoice(reading, sex, at, sexes)),
        ...optional(person, 'age', pointer, (age, at) => readWhole(reading, age, at, 0, 130)),
        ...optional(person, 'facility', pointer, id),
        ...optional(person, 'ineligible', pointer, id),
        ...optional(person, 'earliest', pointer, tranche),
        ...optional(person, 'latest', pointer, tranche),
      };
    },
  );
  const personIds = readIds(reading, persons, '/persons');
  const order = new Map(tranches.map((one, index) => [one.id, index]));
  persons.forEach(({ earliest, latest }, index) => {
    if ((order.get(earliest ?? '') ?? 0) > (order.get(latest ?? '') ?? Infinity))
      addFault(reading, `/persons/${index}/latest`, 'a tranche that is not before the earliest');
  });
  const counted = optional(fields, 'counted', '', (list, at) =>
    readList(reading, list, at, problemLimits.counted, (value, pointer): CountedGroup | undefined => {
      const group = readObject(reading, value, pointer, ['id', 'leg', 'category', 'lane', 'count', 'need']);
      if (group === undefined) return undefined;
      return {
        id: id(group['id'], toPointer(pointer, 'id')),
        leg: leg(group['leg'], toPointer(pointer, 'leg')),
        category: id(group['category'], toPointer(pointer, 'category')),
        lane: readChoice(reading, group['lane'], toPointer(pointer, 'lane'), everyLane),
        count: readWhole(
          reading,
          group['count'],
          toPointer(pointer, 'count'),
          0,
          problemLimits.countedPersons,
        ),
        ...optional(group, 'need', pointer, (need, where) => readChoice(reading, need, where, needs)),
      };
    }),
  );
  const groups = counted.counted ?? [];
  readIds(reading, groups, '/counted');
  if (groups.reduce((sum, { count }) => sum + count, 0) > problemLimits.countedPersons)
    addFault(reading, '/counted', `at most ${problemLimits.countedPersons} persons in all groups`);
  const prefixes = new Set<string>();
  for (const person of groups.length === 0 ? [] : personIds)
    for (let at = person.indexOf('#'); at >= 0; at = person.indexOf('#', at + 1))
      prefixes.add(person.slice(0, at));
  if (groups.some((group) => prefixes.has(group.id)))
    addFault(reading, '/counted', `a group id that no person id begins with, followed by "#"`);
  const names: Names = {
    tranches: trancheIds,
    legs: legIds,
    persons: new Map(persons.map((person) => [person.id, person.lane])),
    powers: new Set(legs.flatMap(({ from, to }) => [from, to])),
    crossings: new Set(legs.flatMap(({ crossing }) => (crossing === undefined ? [] : [crossing]))),
    facilities: new Set(persons.flatMap(({ facility }) => (facility === undefined ? [] : [facility]))),
  };
  const rules = readList(reading, fields['rules'], '/rules', problemLimits.rules, (value, pointer) =>
    readRule(reading, value, pointer, names, tranches.length),
  );
  readIds(reading, rules, '/rules');
  checkVehicles(reading, rules, trancheIds);
  const objectives = optional(fields, 'objectives', '', (list, at) => {
    const read = readList(reading, list, at, 20, (value, pointer) => readObjective(reading, value, pointer));
    if (read.length === 0)
      addFault(reading, at, 'at least one objective; without the field, the usual order');
    readDistinct(
      reading,
      at,
      'kind',
      read.map(({ kind }) => kind),
      'an objective that is not named above',
    );
    return read;
  });
  const previous = optional(fields, 'previous', '', (value, pointer) => {
    const plan = readObject(reading, value, pointer, ['places']);
    return {
      places: readPlaces(
        reading,
        plan?.['places'],
        toPointer(pointer, 'places'),
        toIdReader(reading, personIds, 'person'),
        tranche,
      ),
    };
  });
  if (reading.faults.length > 0) return undefined;
  const problem: PlanningProblem = {
    format: 'homeward-planning-problem',
    version: 1,
    ...optional(fields, 'name', '', id),
    tranches,
    legs,
    persons,
    ...counted,
    rules,
    ...objectives,
    ...previous,
  };
  const roster = toRoster({ ...problem, persons: [], counted: [] });
  rules.forEach((rule, index) => {
    if (rule.kind === 'circuit' && tryCircuits(roster, rule) === undefined)
      addFault(reading, `/rules/${index}/cap`, `a cap that allows at most ${circuitsMax} cycles and chains`);
  });
  return problem;
}

/** Names of the problem, as far as a reader must know them. */
interface Known {
  has(name: string): boolean;
}

function toIdReader(reading: Reading, names: Known, what: string): ReadName {
  return toKnownReader(reading, names, `the id of a ${what} of this problem`);
}

function readIds(
  reading: Reading,
  list: readonly { readonly id: string }[],
  pointer: string,
): ReadonlySet<string> {
  const ids = list.map(({ id }) => id);
  return readDistinct(reading, pointer, 'id', ids, 'an id that is not used above');
}

/** A leg's vehicles stand in one rule: two would leave open whether their places add up [PL-14]. */
function checkVehicles(reading: Reading, rules: readonly Rule[], tranches: ReadonlySet<string>): void {
  const served = new Set<string>();
  rules.forEach((rule, index) => {
    if (rule.kind !== 'vehicles') return;
    const pointer = `/rules/${index}`;
    readIds(reading, rule.vehicles, `${pointer}/vehicles`);
    rule.legs.forEach((leg, at) => {
      const runs = (rule.tranche === undefined ? [...tranches] : [rule.tranche]).map((tranche) =>
        JSON.stringify([leg, tranche]),
      );
      if (runs.some((run) => served.has(run)))
        addFault(
          reading,
          `${pointer}/legs/${at}`,
          'a leg whose vehicles no rule above names for that tranche',
        );
      for (const run of runs) served.add(run);
    });
  });
}

/** The fields of each form of the rules that have forms. */
const formFields = {
  parity: {
    equal: ['left', 'right', 'over'],
    ratio: ['left', 'right', 'ratio', 'over'],
    fixed: ['legs', 'counts'],
    'one-way': ['legs'],
    balance: ['powers'],
  },
  package: { 'only-with': ['persons', 'with', 'timing'], together: ['persons'] },
} as const;

const ruleFields = {
  quota: ['who', 'tranche', 'over', 'min', 'max', 'exact'],
  'must-go': ['persons', 'by'],
  veto: ['persons', 'tranche'],
  place: ['persons', 'tranche'],
  family: ['persons', 'form'],
  apart: ['persons'],
  capacity: ['crossing', 'max', 'tranche'],
  vehicles: ['legs', 'vehicles', 'tranche'],
  facility: ['facility', 'max'],
  circuit: ['legs', 'cap', 'timing', 'starts'],
  gate: ['open', 'after', 'count', 'timing'],
} as const satisfies Record<Exclude<Rule['kind'], keyof typeof formFields>, readonly string[]>;

/** The fields that a rule of the kind may have; those of its form alone, where it has forms. */
function toAllowed(kind: Rule['kind'], form: unknown): readonly string[] {
  if (kind !== 'parity' && kind !== 'package') return ruleFields[kind];
  const forms: Readonly<Record<string, readonly string[]>> = formFields[kind];
  const own = typeof form === 'string' && Object.hasOwn(forms, form) ? forms[form] : undefined;
  // An unknown form is a fault of its own: then no field of any form is one.
  return ['form', ...(own ?? Object.values(forms).flat())];
}

const ruleKinds = [
  'parity',
  'quota',
  'must-go',
  'veto',
  'place',
  'package',
  'family',
  'apart',
  'capacity',
  'vehicles',
  'facility',
  'circuit',
  'gate',
] as const satisfies readonly [Rule['kind'], ...Rule['kind'][]];

function readRule(
  reading: Reading,
  value: unknown,
  pointer: string,
  names: Names,
  trancheCount: number,
): Rule | undefined {
  const kind = typeof value === 'object' && value !== null ? (value as Fields)['kind'] : undefined;
  const known = ruleKinds.find((name) => name === kind);
  if (known === undefined) {
    readChoice(reading, kind, toPointer(pointer, 'kind'), ruleKinds);
    return undefined;
  }
  const allowed = toAllowed(known, (value as Fields)['form']);
  const fields = readObject(reading, value, pointer, ['id', 'kind', 'saidBy', ...allowed]);
  if (fields === undefined) return undefined;
  const text = (one: unknown, at: string): string => readText(reading, one, at, problemLimits.idLength);
  const oneOf = (set: Known, what: string): ReadName => toIdReader(reading, set, what);
  const tranche = oneOf(names.tranches, 'tranche');
  const at = (key: string): string => toPointer(pointer, key);
  const many = (key: string, set: Known, what: string, least = 1): string[] => {
    const list = readList(reading, fields[key], at(key), problemLimits.namesPerRule, oneOf(set, what));
    if (list.length < least) addFault(reading, at(key), `at least ${least} of the problem's ${what}s`);
    if (new Set(list).size < list.length) addFault(reading, at(key), 'no name twice');
    return [...list];
  };
  const legs = (key: string): string[] => many(key, names.legs, 'leg');
  const persons = (key = 'persons', least = 1): string[] => many(key, names.persons, 'person', least);
  /** A person of the direct-repatriation lane goes whatever else is agreed: no rule may make it depend. */
  const free = (ids: readonly string[], key: string): void => {
    ids.forEach((person, index) => {
      if (names.persons.get(person) === 'direct-repatriation')
        addFault(
          reading,
          toPointer(at(key), index),
          'a person outside the direct-repatriation lane, which is bound to no condition (GC III 109)',
        );
    });
  };
  const count = (one: unknown, where: string): number => readWhole(reading, one, where, 0, personsMax);
  const head = { id: text(fields['id'], at('id')), ...optional(fields, 'saidBy', pointer, text) };
  const over = optional(fields, 'over', pointer, (one, where) =>
    readChoice(reading, one, where, ['tranche', 'total']),
  );
  switch (known) {
    case 'parity': {
      const form = readChoice(reading, fields['form'], at('form'), [
        'equal',
        'ratio',
        'fixed',
        'one-way',
        'balance',
      ]);
      switch (form) {
        case 'equal':
          return { ...head, kind: known, form, left: legs('left'), right: legs('right'), ...over };
        case 'ratio': {
          const ratio = readList(reading, fields['ratio'], at('ratio'), 2, (one, where) =>
            readWhole(reading, one, where, 1, personsMax),
          );
          if (ratio.length !== 2) addFault(reading, at('ratio'), 'two whole numbers');
          return {
            ...head,
            kind: known,
            form,
            left: legs('left'),
            right: legs('right'),
            ratio: [ratio[0] ?? 1, ratio[1] ?? 1],
            ...over,
          };
        }
        case 'fixed': {
          const counts = readList(reading, fields['counts'], at('counts'), trancheCount, count);
          if (counts.length !== trancheCount)
            addFault(reading, at('counts'), `${trancheCount} numbers, one for each tranche`);
          return { ...head, kind: known, form, legs: legs('legs'), counts };
        }
        case 'one-way':
          return { ...head, kind: known, form, legs: legs('legs') };
        case 'balance':
          return { ...head, kind: known, form, powers: many('powers', names.powers, 'power') };
      }
    }
    // eslint-disable-next-line no-fallthrough -- every form above returns
    case 'quota': {
      const who = readSelector(reading, fields['who'], at('who'), names);
      const limits = {
        ...optional(fields, 'min', pointer, count),
        ...optional(fields, 'max', pointer, count),
        ...optional(fields, 'exact', pointer, count),
      };
      if (Object.keys(limits).length === 0) addFault(reading, pointer, 'one of min, max, exact');
      if (limits.exact !== undefined && (limits.min !== undefined || limits.max !== undefined))
        addFault(reading, at('exact'), 'exact alone, without min or max');
      if ((limits.min ?? 0) > (limits.max ?? Infinity))
        addFault(reading, at('min'), `at most ${limits.max ?? 0}, which is max`);
      if (
        who.lanes?.includes('direct-repatriation') === true &&
        (limits.max !== undefined || limits.exact !== undefined)
      )
        addFault(
          reading,
          toPointer(at('who'), 'lanes'),
          'no upper number on direct repatriation (GC III 109)',
        );
      if (fields['tranche'] !== undefined && fields['over'] !== undefined)
        addFault(reading, at('over'), 'either a tranche or over, not both');
      return {
        ...head,
        kind: known,
        who,
        ...optional(fields, 'tranche', pointer, tranche),
        ...over,
        ...limits,
      };
    }
    case 'must-go':
      return { ...head, kind: known, persons: persons(), ...optional(fields, 'by', pointer, tranche) };
    case 'veto':
      return { ...head, kind: known, persons: persons(), ...optional(fields, 'tranche', pointer, tranche) };
    case 'place':
      return {
        ...head,
        kind: known,
        persons: persons(),
        tranche: fields['tranche'] === null ? null : tranche(fields['tranche'], at('tranche')),
      };
    case 'package': {
      const form = readChoice(reading, fields['form'], at('form'), ['only-with', 'together']);
      const members = persons('persons', form === 'together' ? 2 : 1);
      free(members, 'persons');
      if (form === 'together') return { ...head, kind: known, form, persons: members };
      return {
        ...head,
        kind: known,
        form,
        persons: members,
        with: persons('with'),
        ...optional(fields, 'timing', pointer, (one, where) =>
          readChoice(reading, one, where, ['same', 'by-then']),
        ),
      };
    }
    case 'family': {
      const form = readChoice(reading, fields['form'], at('form'), ['together', 'wish']);
      const members = persons('persons', 2);
      if (form === 'together') free(members, 'persons');
      return { ...head, kind: known, persons: members, form };
    }
    case 'apart': {
      const members = persons('persons', 2);
      free(members, 'persons');
      return { ...head, kind: known, persons: members };
    }
    case 'capacity':
      return {
        ...head,
        kind: known,
        crossing: oneOf(names.crossings, 'crossing')(fields['crossing'], at('crossing')),
        max: count(fields['max'], at('max')),
        ...optional(fields, 'tranche', pointer, tranche),
      };
    case 'vehicles':
      return {
        ...head,
        kind: known,
        legs: legs('legs'),
        vehicles: readVehicles(reading, fields['vehicles'], at('vehicles')),
        ...optional(fields, 'tranche', pointer, tranche),
      };
    case 'facility':
      return {
        ...head,
        kind: known,
        facility: oneOf(names.facilities, 'facility')(fields['facility'], at('facility')),
        max: count(fields['max'], at('max')),
      };
    case 'circuit':
      return {
        ...head,
        kind: known,
        legs: legs('legs'),
        cap: readWhole(reading, fields['cap'], at('cap'), 1, 10),
        timing: readChoice(reading, fields['timing'], at('timing'), ['simultaneous', 'gated']),
        ...optional(fields, 'starts', pointer, (one, where) => [
          ...readList(reading, one, where, 200, oneOf(names.powers, 'power')),
        ]),
      };
    case 'gate':
      return {
        ...head,
        kind: known,
        open: legs('open'),
        after: legs('after'),
        count: count(fields['count'], at('count')),
        ...optional(fields, 'timing', pointer, (one, where) =>
          readChoice(reading, one, where, ['before', 'same']),
        ),
      };
  }
}

function readSelector(reading: Reading, value: unknown, pointer: string, names: Names): Selector {
  const fields = readObject(reading, value, pointer, [
    'legs',
    'categories',
    'lanes',
    'needs',
    'sexes',
    'facilities',
    'ageMin',
    'ageMax',
  ]);
  if (fields === undefined) return {};
  const list =
    <T>(read: (one: unknown, at: string) => T) =>
    (one: unknown, at: string): readonly T[] =>
      readList(reading, one, at, 1_000, read);
  const text = (one: unknown, at: string): string => readText(reading, one, at, problemLimits.idLength);
  const age = (one: unknown, at: string): number => readWhole(reading, one, at, 0, 130);
  const { ageMin, ageMax } = fields;
  if (typeof ageMin === 'number' && typeof ageMax === 'number' && ageMin > ageMax)
    addFault(reading, toPointer(pointer, 'ageMin'), `at most ${ageMax}, which is ageMax`);
  return {
    ...optional(fields, 'legs', pointer, list(toIdReader(reading, names.legs, 'leg'))),
    ...optional(fields, 'categories', pointer, list(text)),
    ...optional(
      fields,
      'lanes',
      pointer,
      list((one, at) => readChoice(reading, one, at, everyLane)),
    ),
    ...optional(
      fields,
      'needs',
      pointer,
      list((one, at) => readChoice(reading, one, at, needs)),
    ),
    ...optional(
      fields,
      'sexes',
      pointer,
      list((one, at) => readChoice(reading, one, at, sexes)),
    ),
    ...optional(fields, 'facilities', pointer, list(text)),
    ...optional(fields, 'ageMin', pointer, age),
    ...optional(fields, 'ageMax', pointer, age),
  };
}

function readObjective(reading: Reading, value: unknown, pointer: string): Objective | undefined {
  const fields = readObject(reading, value, pointer, ['kind', 'stepDays']);
  if (fields === undefined) return undefined;
  const kind = readChoice(reading, fields['kind'], toPointer(pointer, 'kind'), objectiveKinds);
  if (kind === 'captivity-total' || kind === 'captivity-leximin')
    return {
      kind,
      ...optional(fields, 'stepDays', pointer, (one, at) =>
        readWhole(reading, one, at, 1, problemLimits.days),
      ),
    };
  if (fields['stepDays'] !== undefined)
    addFault(reading, toPointer(pointer, 'stepDays'), `no steps for ${kind}`);
  return { kind };
}
