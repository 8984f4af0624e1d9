/** Reads a plan from plain data. Names are resolved later, by the checker, against a problem. */
import type { Replan, WhatIf } from '../problem/what-if.ts';
import {
  addFault,
  optional,
  readChoice,
  readDocument,
  readFormat,
  readList,
  readObject,
  readText,
  readWhole,
  toPointer,
  type Parsed,
  type Reading,
} from '../problem/parse-json.ts';
import { readPlaces } from './parse-places.ts';
import type { CircuitRun, CountedPlace, LevelResult, RecordedAnswer, TranchePlan } from '../problem/plan.ts';
import { objectiveKinds, problemLimits, type Rule } from '../problem/problem.ts';

const levelsMax = 100_000;
const changesMax = problemLimits.rules;

/** Parses a plan; every fault carries a JSON pointer and what was expected. */
export function parsePlan(data: unknown): Parsed<TranchePlan> {
  return readDocument(data, readPlan);
}

/** Parses a rule that a change puts in, as far as it can be read without the problem that it enters. */
export function parseChangedRule(data: unknown): Parsed<Rule> {
  return readDocument(data, (reading, value) => readRule(reading, value, ''));
}

function readPlan(reading: Reading, data: unknown): TranchePlan | undefined {
  const fields = readFormat(reading, data, 'homeward-tranche-plan', [
    'problem',
    'replan',
    'places',
    'counted',
    'circuits',
    'certificate',
  ]);
  if (fields === undefined) return undefined;
  const id = (value: unknown, pointer: string): string =>
    readText(reading, value, pointer, problemLimits.idLength);
  const count = (value: unknown, pointer: string): number =>
    readWhole(reading, value, pointer, 0, problemLimits.persons + problemLimits.countedPersons);
  const certificate = readObject(reading, fields['certificate'], '/certificate', [
    'status',
    'stopped',
    'solver',
    'levels',
    'transcript',
  ]);
  if (certificate === undefined) return undefined;
  return {
    format: 'homeward-tranche-plan',
    version: 1,
    problem: id(fields['problem'], '/problem'),
    ...optional(fields, 'replan', '', (value, pointer) => readReplan(reading, value, pointer)),
    places: readPlaces(reading, fields['places'], '/places', id, id),
    counted: readList(
      reading,
      fields['counted'],
      '/counted',
      problemLimits.counted * problemLimits.tranches,
      (value, pointer): CountedPlace | undefined => {
        const place = readObject(reading, value, pointer, ['group', 'tranche', 'count']);
        if (place === undefined) return undefined;
        return {
          group: id(place['group'], toPointer(pointer, 'group')),
          tranche: id(place['tranche'], toPointer(pointer, 'tranche')),
          count: count(place['count'], toPointer(pointer, 'count')),
        };
      },
    ),
    circuits: readList(
      reading,
      fields['circuits'],
      '/circuits',
      levelsMax,
      (value, pointer): CircuitRun | undefined => {
        const run = readObject(reading, value, pointer, ['rule', 'legs', 'moves']);
        if (run === undefined) return undefined;
        return {
          rule: id(run['rule'], toPointer(pointer, 'rule')),
          legs: readList(reading, run['legs'], toPointer(pointer, 'legs'), problemLimits.legs, id),
          moves: readList(
            reading,
            run['moves'],
            toPointer(pointer, 'moves'),
            problemLimits.legs,
            (list, at) => readList(reading, list, at, problemLimits.tranches, count),
          ),
        };
      },
    ),
    certificate: {
      status: readChoice(reading, certificate['status'], '/certificate/status', ['optimal', 'feasible']),
      ...optional(certificate, 'stopped', '/certificate', (value, pointer) =>
        readChoice(reading, value, pointer, ['time-limit', 'interrupted', 'solver-limit']),
      ),
      solver: id(certificate['solver'], '/certificate/solver'),
      ...optional(certificate, 'transcript', '/certificate', (value, pointer) =>
        readList(reading, value, pointer, levelsMax, (one, at) => readAnswer(reading, one, at)),
      ),
      levels: readList(
        reading,
        certificate['levels'],
        '/certificate/levels',
        levelsMax,
        (value, pointer): LevelResult | undefined => {
          const level = readObject(reading, value, pointer, [
            'objective',
            'part',
            'sense',
            'value',
            'bound',
            'proof',
          ]);
          if (level === undefined) return undefined;
          const number = (one: unknown, at: string): number => {
            if (typeof one === 'number' && Number.isSafeInteger(one)) return one;
            addFault(reading, at, 'a whole number');
            return 0;
          };
          return {
            objective: readChoice(
              reading,
              level['objective'],
              toPointer(pointer, 'objective'),
              objectiveKinds,
            ),
            part: id(level['part'], toPointer(pointer, 'part')),
            sense: readChoice(reading, level['sense'], toPointer(pointer, 'sense'), ['min', 'max']),
            value: number(level['value'], toPointer(pointer, 'value')),
            bound: level['bound'] === null ? null : number(level['bound'], toPointer(pointer, 'bound')),
            proof: readChoice(reading, level['proof'], toPointer(pointer, 'proof'), [
              'relaxation',
              'enumeration',
              'branch-and-bound',
              'forced',
              'none',
            ]),
          };
        },
      ),
    },
  };
}

const answerStatuses = ['optimal', 'infeasible', 'time-limit', 'interrupted', 'limit', 'failed'] as const;

/** No answer has more numbers. */
const numbersMax = 4_000_000;

function readAnswer(reading: Reading, value: unknown, pointer: string): RecordedAnswer | undefined {
  const answer = readObject(reading, value, pointer, ['status', 'duals', 'values']);
  if (answer === undefined) return undefined;
  const numbers = (list: unknown, at: string): readonly number[] =>
    readList(reading, list, at, numbersMax, (one, where) => {
      if (typeof one === 'number') return one;
      addFault(reading, where, 'a number');
      return undefined;
    });
  return {
    status: readChoice(reading, answer['status'], toPointer(pointer, 'status'), answerStatuses),
    ...optional(answer, 'duals', pointer, numbers),
    ...optional(answer, 'values', pointer, numbers),
  };
}

const changeFields = {
  strike: ['person', 'reason'],
  place: ['persons', 'tranche'],
  forbid: ['persons', 'tranche'],
  'set-rule': ['rule'],
  'drop-rule': ['rule'],
} as const satisfies Record<WhatIf['kind'], readonly string[]>;

function readReplan(reading: Reading, value: unknown, pointer: string): Replan {
  const replan = readObject(reading, value, pointer, ['previous', 'changes', 'digest']);
  const at = (key: string): string => toPointer(pointer, key);
  const id = (one: unknown, where: string): string => readText(reading, one, where, problemLimits.idLength);
  const previous = readObject(reading, replan?.['previous'], at('previous'), ['places']);
  return {
    previous: {
      places: readPlaces(reading, previous?.['places'], toPointer(at('previous'), 'places'), id, id),
    },
    changes: readList(reading, replan?.['changes'], at('changes'), changesMax, (one, where) =>
      readChange(reading, one, where),
    ),
    digest: id(replan?.['digest'], at('digest')),
  };
}

function readChange(reading: Reading, value: unknown, pointer: string): WhatIf | undefined {
  const named = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const kind = readChoice(reading, named, toPointer(pointer, 'kind'), [
    'strike',
    'place',
    'forbid',
    'set-rule',
    'drop-rule',
  ]);
  const change = readObject(reading, value, pointer, ['kind', ...changeFields[kind]]);
  if (change === undefined) return undefined;
  const at = (key: string): string => toPointer(pointer, key);
  const id = (one: unknown, where: string): string => readText(reading, one, where, problemLimits.idLength);
  const persons = (): readonly string[] =>
    readList(reading, change['persons'], at('persons'), problemLimits.namesPerRule, id);
  switch (kind) {
    case 'strike':
      return { kind, person: id(change['person'], at('person')), reason: id(change['reason'], at('reason')) };
    case 'place':
      return {
        kind,
        persons: persons(),
        tranche: change['tranche'] === null ? null : id(change['tranche'], at('tranche')),
      };
    case 'forbid':
      return { kind, persons: persons(), ...optional(change, 'tranche', pointer, id) };
    case 'set-rule':
      return { kind, rule: readRule(reading, change['rule'], at('rule')) };
    case 'drop-rule':
      return { kind, rule: id(change['rule'], at('rule')) };
  }
}

/** Objects and lists in one another: no form of rule is deeper. */
const ruleDepthMax = 3;

/** Its fields are read with the problem that it enters, by whoever makes that problem; until then it may hold anything. */
function readRule(reading: Reading, value: unknown, pointer: string): Rule {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isWithin(value, ruleDepthMax))
    addFault(reading, pointer, `a rule: an object, nested no deeper than ${ruleDepthMax} levels`);
  return value as Rule;
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((one) => isWithin(one, depth - 1));
}
