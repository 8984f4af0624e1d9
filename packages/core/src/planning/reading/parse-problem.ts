/**
 * Reads a planning problem from plain data: every field known, every name resolved, every size bounded.
 *
 * Law     A problem that nets what the law forbids is refused here: no parity, package, upper quota, family
 *         kept together or persons kept apart reach the direct-repatriation lane (GC III 109, 110) [PL-6].
 * Cost    One pass; sizes are those of `problemLimits`.
 */
import { objectiveKindOf } from '../objectives/index.ts';
import { RuleReader, toIdReader, type Names } from '../rules/rule-reader.ts';
import { formsOf, kindNames } from '../rules/index.ts';
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
  toPointer,
  type Fields,
  type Parsed,
  type Reading,
} from '../problem/parse-json.ts';
import { readPlaces } from './parse-places.ts';
import {
  everyLane,
  needs,
  objectiveKinds,
  problemLimits,
  sexes,
  type CountedGroup,
  type Leg,
  type Objective,
  type PlanningPerson,
  type PlanningProblem,
  type Rule,
  type Tranche,
} from '../problem/problem.ts';
import { toRoster } from '../problem/roster.ts';

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
        'labels',
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
        ...optional(person, 'labels', pointer, (list, at) => readList(reading, list, at, 20, id)),
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

/** Reads a rule by its kind, and by its form where the kind has forms. */
function readRule(
  reading: Reading,
  value: unknown,
  pointer: string,
  names: Names,
  trancheCount: number,
): Rule | undefined {
  const given: Fields = typeof value === 'object' && value !== null ? (value as Fields) : {};
  const kind = kindNames.find((name) => name === given['kind']);
  if (kind === undefined) {
    readChoice(reading, given['kind'], toPointer(pointer, 'kind'), kindNames);
    return undefined;
  }
  const forms = formsOf(kind);
  const known = forms.get('') ?? forms.get(typeof given['form'] === 'string' ? given['form'] : '');
  // An unknown form is a fault of its own: then no field of any form is one.
  const allowed = known?.fields ?? [...forms.values()].flatMap((row) => row.fields);
  const fields = readObject(reading, value, pointer, ['id', 'kind', 'saidBy', ...allowed]);
  if (fields === undefined) return undefined;
  const reader = new RuleReader(reading, pointer, fields, names, trancheCount);
  const id = reader.text(fields['id'], reader.at('id'));
  const saidBy = reader.optional('saidBy', (one, at) => reader.text(one, at));
  if (known === undefined) {
    const [first = '', ...others] = forms.keys();
    readChoice(reading, fields['form'], reader.at('form'), [first, ...others]);
    return undefined;
  }
  // What a kind reads is a rule of that kind.
  return { id, ...saidBy, ...known.parse(reader) } as Rule;
}

function readObjective(reading: Reading, value: unknown, pointer: string): Objective | undefined {
  const fields = readObject(reading, value, pointer, ['kind', 'stepDays']);
  if (fields === undefined) return undefined;
  const kind = readChoice(reading, fields['kind'], toPointer(pointer, 'kind'), objectiveKinds);
  if (!(objectiveKindOf(kind).fields as readonly string[]).includes('stepDays')) {
    if (fields['stepDays'] !== undefined)
      addFault(reading, toPointer(pointer, 'stepDays'), `no steps for ${kind}`);
    return { kind };
  }
  const stepDays = optional(fields, 'stepDays', pointer, (one, at) =>
    readWhole(reading, one, at, 1, problemLimits.days),
  );
  return { kind, ...stepDays };
}
