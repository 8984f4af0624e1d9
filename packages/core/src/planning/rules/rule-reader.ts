/** Reads the fields of one rule of a problem; what is wrong is kept with its JSON pointer. */
import {
  addFault,
  optional,
  readChoice,
  readList,
  readText,
  readWhole,
  toKnownReader,
  toPointer,
  type Fields,
  type ReadName,
  type Reading,
} from '../problem/parse-json.ts';
import { personsMax, problemLimits, type Lane, type Vehicle } from '../problem/problem.ts';
import { readVehicles } from './read-vehicles.ts';

/** Names of the problem, as far as a reader must know them. */
export interface Known {
  has(name: string): boolean;
}

export interface Names {
  readonly tranches: ReadonlySet<string>;
  readonly legs: ReadonlySet<string>;
  readonly persons: ReadonlyMap<string, Lane>;
  readonly powers: ReadonlySet<string>;
  readonly crossings: ReadonlySet<string>;
  readonly facilities: ReadonlySet<string>;
}

/** A reader of one of the names that are known. */
export function toIdReader(reading: Reading, names: Known, what: string): ReadName {
  return toKnownReader(reading, names, `the id of a ${what} of this problem`);
}

export class RuleReader {
  readonly reading: Reading;
  readonly pointer: string;
  readonly fields: Fields;
  readonly names: Names;
  readonly trancheCount: number;

  constructor(reading: Reading, pointer: string, fields: Fields, names: Names, trancheCount: number) {
    this.reading = reading;
    this.pointer = pointer;
    this.fields = fields;
    this.names = names;
    this.trancheCount = trancheCount;
  }

  at(key: string): string {
    return toPointer(this.pointer, key);
  }

  fault(pointer: string, expected: string): void {
    addFault(this.reading, pointer, expected);
  }

  optional<K extends string, T>(
    key: K,
    read: (value: unknown, pointer: string) => T,
  ): Readonly<Partial<Record<K, T>>> {
    return optional(this.fields, key, this.pointer, read);
  }

  choice<const T extends string>(key: string, choices: readonly [T, ...T[]]): T {
    return readChoice(this.reading, this.fields[key], this.at(key), choices);
  }

  optionalChoice<K extends string, const T extends string>(
    key: K,
    choices: readonly [T, ...T[]],
  ): Readonly<Partial<Record<K, T>>> {
    return this.optional(key, (one, where) => readChoice(this.reading, one, where, choices));
  }

  whole(key: string, least: number, most: number): number {
    return readWhole(this.reading, this.fields[key], this.at(key), least, most);
  }

  /** A number of persons. */
  count(key: string): number {
    return this.whole(key, 0, personsMax);
  }

  optionalCount<K extends string>(key: K): Readonly<Partial<Record<K, number>>> {
    return this.optional(key, (one, where) => readWhole(this.reading, one, where, 0, personsMax));
  }

  /** A list of names of the problem, none twice. */
  many(key: string, set: Known, what: string, least = 1): readonly string[] {
    const read = toIdReader(this.reading, set, what);
    const list = readList(this.reading, this.fields[key], this.at(key), problemLimits.namesPerRule, read);
    if (list.length < least) this.fault(this.at(key), `at least ${least} of the problem's ${what}s`);
    if (new Set(list).size < list.length) this.fault(this.at(key), 'no name twice');
    return [...list];
  }

  legs(key = 'legs'): readonly string[] {
    return this.many(key, this.names.legs, 'leg');
  }

  persons(key = 'persons', least = 1): readonly string[] {
    return this.many(key, this.names.persons, 'person', least);
  }

  powers(key = 'powers'): readonly string[] {
    return this.many(key, this.names.powers, 'power');
  }

  /** Persons whom the rule makes depend on others: nobody of the direct-repatriation lane, who goes whatever else is agreed. */
  dependents(key: string, least: number): readonly string[] {
    const ids = this.persons(key, least);
    ids.forEach((person, index) => {
      if (this.names.persons.get(person) === 'direct-repatriation')
        this.fault(
          toPointer(this.at(key), index),
          'a person outside the direct-repatriation lane, which is bound to no condition (GC III 109)',
        );
    });
    return ids;
  }

  tranche(value: unknown, pointer: string): string {
    return toIdReader(this.reading, this.names.tranches, 'tranche')(value, pointer);
  }

  optionalTranche<K extends string>(key: K): Readonly<Partial<Record<K, string>>> {
    return this.optional(key, (value, pointer) => this.tranche(value, pointer));
  }

  over(): { readonly over?: 'tranche' | 'total' } {
    return this.optionalChoice('over', ['tranche', 'total']);
  }

  one(key: string, set: Known, what: string): string {
    return toIdReader(this.reading, set, what)(this.fields[key], this.at(key));
  }

  vehicles(): readonly Vehicle[] {
    return readVehicles(this.reading, this.fields['vehicles'], this.at('vehicles'));
  }

  text(value: unknown, pointer: string): string {
    return readText(this.reading, value, pointer, problemLimits.idLength);
  }
}
