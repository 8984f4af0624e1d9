/** Reads a selector: whom a rule counts. */
import {
  addFault,
  optional,
  readChoice,
  readList,
  readText,
  readWhole,
  toPointer,
} from '../problem/parse-json.ts';
import { everyLane, needs, problemLimits, sexes, type Selector } from '../problem/problem.ts';
import { readObject } from '../problem/parse-json.ts';
import { toIdReader, type RuleReader } from './rule-reader.ts';

export function readSelector({ reading, names }: RuleReader, value: unknown, pointer: string): Selector {
  const fields = readObject(reading, value, pointer, [
    'legs',
    'categories',
    'lanes',
    'needs',
    'sexes',
    'facilities',
    'ageMin',
    'ageMax',
    'daysMin',
    'daysMax',
    'labels',
    'persons',
  ]);
  if (fields === undefined) return {};
  const list =
    <T>(read: (one: unknown, at: string) => T) =>
    (one: unknown, at: string): readonly T[] =>
      readList(reading, one, at, 1_000, read);
  const choices = <const T extends string>(known: readonly [T, ...T[]]): ReturnType<typeof list<T>> =>
    list((one, at) => readChoice(reading, one, at, known));
  const text = (one: unknown, at: string): string => readText(reading, one, at, problemLimits.idLength);
  const age = (one: unknown, at: string): number => readWhole(reading, one, at, 0, 130);
  const { ageMin, ageMax } = fields;
  if (typeof ageMin === 'number' && typeof ageMax === 'number' && ageMin > ageMax)
    addFault(reading, toPointer(pointer, 'ageMin'), `at most ${ageMax}, which is ageMax`);
  const { daysMin, daysMax } = fields;
  if (typeof daysMin === 'number' && typeof daysMax === 'number' && daysMin > daysMax)
    addFault(reading, toPointer(pointer, 'daysMin'), `at most ${daysMax}, which is daysMax`);
  const days = (one: unknown, at: string): number => readWhole(reading, one, at, 0, problemLimits.days);
  return {
    ...optional(fields, 'legs', pointer, list(toIdReader(reading, names.legs, 'leg'))),
    ...optional(fields, 'categories', pointer, list(text)),
    ...optional(fields, 'lanes', pointer, choices(everyLane)),
    ...optional(fields, 'needs', pointer, choices(needs)),
    ...optional(fields, 'sexes', pointer, choices(sexes)),
    ...optional(fields, 'facilities', pointer, list(text)),
    ...optional(fields, 'ageMin', pointer, age),
    ...optional(fields, 'ageMax', pointer, age),
    ...optional(fields, 'daysMin', pointer, days),
    ...optional(fields, 'daysMax', pointer, days),
    ...optional(fields, 'labels', pointer, list(text)),
    ...optional(fields, 'persons', pointer, list(toIdReader(reading, names.persons, 'person'))),
  };
}
