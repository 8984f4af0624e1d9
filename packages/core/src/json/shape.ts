/**
 * Shapes of plain JSON data. A shape carries the type of the data that has it, so a form is written once: as a value
 * that judges foreign data, from which the type is derived (`Of<typeof shape>`).
 *
 * Law     Hostile data gets a verdict: nothing here throws, and lengths are bounded before members are read. Objects are
 *         closed: a member that the shape does not name is a fault, `__proto__` and `constructor` like any other.
 * Cost    Linear in the data; at most `faultsMax` faults are kept, and reading stops when they are.
 * Source  RFC 6901 (JSON pointer). The idea of one schema with a derived type: zod.
 */
import { err, ok, type Result } from '../result.ts';

/** A place in JSON data (RFC 6901; '' is the whole) and what was expected there. */
export interface Fault {
  readonly pointer: string;
  readonly expected: string;
}

/** How many faults a reading keeps unless told otherwise. */
export const faultsMax = 20;

/** One reading of one document: where it stands, and the faults so far. */
export class Reading {
  readonly faults: Fault[] = [];
  readonly #faultsMax: number;
  readonly #path: (string | number)[] = [];

  constructor(most: number = faultsMax) {
    this.#faultsMax = most;
  }

  /** As many faults are found as are kept: nothing more needs to be read. */
  get isFull(): boolean {
    return this.faults.length >= this.#faultsMax;
  }

  /** The pointer to where the reading stands. Long names are cut: they come from the data. */
  get pointer(): string {
    return this.#path.map((key) => `/${typeof key === 'number' ? key : escaped(key).slice(0, 64)}`).join('');
  }

  /** Records that something else was expected where the reading stands, or at a member of that. */
  expect(expected: string, member?: string): void {
    if (this.isFull) return;
    const pointer = member === undefined ? this.pointer : `${this.pointer}/${escaped(member).slice(0, 64)}`;
    this.faults.push({ pointer, expected });
  }

  /** Reads a member of what stands here. */
  within(key: string | number, shape: Shape<unknown>, value: unknown): void {
    this.#path.push(key);
    shape.read(value, this);
    this.#path.pop();
  }
}

/** A form of JSON data. `T` is the type of what has it; it exists for the compiler only. */
export interface Shape<T> {
  /** Records in `reading` where `value` departs from the shape; nothing when it has it. */
  readonly read: (value: unknown, reading: Reading) => void;
  readonly type?: T;
}

/** The type of the data that has a shape. */
export type Of<S extends Shape<unknown>> = S extends Shape<infer T> ? T : never;

/** A member that may be absent. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}

type Fields = Readonly<Record<string, Shape<unknown> | Optional<unknown>>>;
type Needed<F extends Fields> = { [K in keyof F]: F[K] extends Shape<unknown> ? K : never }[keyof F];
type TypeOf<M> = M extends Optional<infer T> ? T : M extends Shape<infer T> ? T : never;
/** An object type of the members of a shape. */
export type Members<F extends Fields> = {
  readonly [K in keyof F as K extends Needed<F> ? K : never]: TypeOf<F[K]>;
} & { readonly [K in keyof F as K extends Needed<F> ? never : K]?: TypeOf<F[K]> };

/** Where a value departs from a shape, most important first; at most `most` places. Empty when it has the shape. */
export function findFaults(
  shape: Shape<unknown>,
  value: unknown,
  most: number = faultsMax,
): readonly Fault[] {
  const reading = new Reading(most);
  shape.read(value, reading);
  return reading.faults;
}

/** The value as what its shape says it is, or every place where it departs from that. */
export function read<T>(shape: Shape<T>, value: unknown): Result<T, readonly Fault[]> {
  const faults = findFaults(shape, value);
  return faults.length === 0 ? ok(value as T) : err(faults);
}

function one<T>(fits: (value: unknown) => boolean, expected: string): Shape<T> {
  return {
    read: (value, reading) => {
      if (!fits(value)) reading.expect(expected);
    },
  };
}

/** Whatever JSON holds; judged elsewhere. */
export const anything: Shape<unknown> = { read: () => undefined };

export function text(lengthMin: number, lengthMax: number): Shape<string> {
  return one(
    (value) => typeof value === 'string' && value.length >= lengthMin && value.length <= lengthMax,
    `a text of ${lengthMin} to ${lengthMax} characters`,
  );
}

/** Text of a pattern; `T` may brand it. */
export function matching<T extends string = string>(pattern: RegExp, expected: string): Shape<T> {
  return one((value) => typeof value === 'string' && pattern.test(value), expected);
}

export function wholeNumber(least: number, most: number): Shape<number> {
  return one(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
    `a whole number from ${least} to ${most}`,
  );
}

export function decimal(least: number, most: number): Shape<number> {
  return one(
    (value) => typeof value === 'number' && value >= least && value <= most,
    `a number from ${least} to ${most}`,
  );
}

export const yesOrNo: Shape<boolean> = one((value) => typeof value === 'boolean', 'true or false');

/** One of a few words. */
export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
  return one(
    (value) => typeof value === 'string' && (words as readonly string[]).includes(value),
    `one of ${words.join(', ')}`,
  );
}

/** One number and no other, such as the version of a format. */
export function exactly<const N extends number>(number: N, expected: string = String(number)): Shape<N> {
  return one((value) => value === number, expected);
}

export function listOf<T>(member: Shape<T>, least: number, most: number): Shape<readonly T[]> {
  return {
    read: (value, reading) => {
      if (!Array.isArray(value) || value.length < least || value.length > most) {
        reading.expect(`a list of ${least} to ${most}`);
        return;
      }
      for (let i = 0; i < value.length && !reading.isFull; i += 1) reading.within(i, member, value[i]);
    },
  };
}

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** An object of these members and no others. */
export function members<const F extends Fields>(fields: F): Shape<Members<F>> {
  const known = Object.entries(fields).map(([key, field]) => ({
    key,
    shape: 'optional' in field ? field.optional : field,
    needed: !('optional' in field),
  }));
  const names = new Set(Object.keys(fields));
  return {
    read: (value, reading) => {
      if (!isRecord(value)) {
        reading.expect('an object');
        return;
      }
      for (const { key, shape, needed } of known) {
        if (reading.isFull) return;
        if (Object.hasOwn(value, key)) reading.within(key, shape, value[key]);
        else if (needed) reading.expect('to be present', key);
      }
      for (const key of Object.keys(value)) {
        if (reading.isFull) return;
        if (!names.has(key)) reading.expect('to be absent', key);
      }
    },
  };
}

/** An object used as a table: every key and every member has its shape. */
export function tableOf<K extends string, V>(
  key: Shape<K>,
  member: Shape<V>,
  most: number,
): Shape<Readonly<Record<K, V>>> {
  return {
    read: (value, reading) => {
      if (!isRecord(value)) {
        reading.expect('an object');
        return;
      }
      const names = Object.keys(value);
      if (names.length > most) {
        reading.expect(`at most ${most} members`);
        return;
      }
      for (const name of names) {
        if (reading.isFull) return;
        const before = reading.faults.length;
        reading.within(name, key, name);
        if (reading.faults.length === before) reading.within(name, member, value[name]);
      }
    },
  };
}

/** Objects told apart by the word in one of their members, `kind` unless named otherwise. */
export function byKind<const S extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: S,
  tag = 'kind',
): Shape<Of<S[keyof S]>> {
  return {
    read: (value, reading) => {
      if (!isRecord(value)) {
        reading.expect('an object');
        return;
      }
      const kind = Object.hasOwn(value, tag) ? value[tag] : undefined;
      const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
      if (shape === undefined) reading.expect(`one of ${Object.keys(shapes).join(', ')}`, tag);
      else shape.read(value, reading);
    },
  };
}

/** Data that has one of two shapes which a glance tells apart, such as a number or a word. */
export function either<A, B>(
  isFirst: (value: unknown) => boolean,
  first: Shape<A>,
  second: Shape<B>,
): Shape<A | B> {
  return { read: (value, reading) => (isFirst(value) ? first : second).read(value, reading) };
}

/** Data of a shape that fits besides; the further question is asked only of data that has the shape. */
export function fitting<T>(shape: Shape<T>, fits: (value: T) => boolean, expected: string): Shape<T> {
  return {
    read: (value, reading) => {
      const before = reading.faults.length;
      shape.read(value, reading);
      if (reading.faults.length === before && !fits(value as T)) reading.expect(expected);
    },
  };
}
