/**
 * Reads plain data field by field and says, for each fault, where it is (RFC 6901) and what was expected.
 *
 * Law     Hostile data never throws and never costs more than its own size: lengths are bounded before
 *         elements are read, and only the first faults are kept.
 */

/** A place in a JSON document and what should have stood there. */
export interface DataFault {
  /** JSON pointer, RFC 6901. */
  readonly pointer: string;
  readonly expected: string;
}

export const faultsMax = 20;

/** Collects faults while a document is read. */
export interface Reading {
  readonly faults: DataFault[];
}

export type Parsed<T> =
  | { readonly isParsed: true; readonly value: T }
  | { readonly isParsed: false; readonly faults: readonly DataFault[] };

export function addFault(reading: Reading, pointer: string, expected: string): void {
  if (reading.faults.length < faultsMax) reading.faults.push({ pointer, expected });
}

export function toPointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Reads a whole document; a document with any fault has no value. */
export function readDocument<T>(
  data: unknown,
  read: (reading: Reading, data: unknown) => T | undefined,
): Parsed<T> {
  const reading: Reading = { faults: [] };
  const value = read(reading, data);
  if (value === undefined || reading.faults.length > 0) return { isParsed: false, faults: reading.faults };
  return { isParsed: true, value };
}

/** A document of a named format, of the one version that this program reads. */
export function readFormat(
  reading: Reading,
  data: unknown,
  format: string,
  allowed: readonly string[],
  pointer = '',
): Fields | undefined {
  const fields = readObject(reading, data, pointer, ['format', 'version', ...allowed]);
  if (fields === undefined) return undefined;
  readChoice(reading, fields['format'], toPointer(pointer, 'format'), [format]);
  if (fields['version'] !== 1)
    addFault(reading, toPointer(pointer, 'version'), 'the number 1, the version this program reads');
  return fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/** An object with no field beyond those named. */
export function readObject(
  reading: Reading,
  value: unknown,
  pointer: string,
  allowed: readonly string[],
): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    addFault(reading, pointer, 'an object');
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key))
      addFault(reading, toPointer(pointer, key), `no such field; known: ${allowed.join(', ')}`);
  }
  return value as Fields;
}

export function readList<T>(
  reading: Reading,
  value: unknown,
  pointer: string,
  max: number,
  read: (element: unknown, pointer: string) => T | undefined,
): readonly T[] {
  if (!Array.isArray(value)) {
    addFault(reading, pointer, 'a list');
    return [];
  }
  if (value.length > max) {
    addFault(reading, pointer, `at most ${max} elements, found ${value.length}`);
    return [];
  }
  const found: T[] = [];
  for (const [index, element] of value.entries()) {
    if (reading.faults.length >= faultsMax) return found;
    const one = read(element, toPointer(pointer, index));
    if (one !== undefined) found.push(one);
  }
  return found;
}

export function readText(reading: Reading, value: unknown, pointer: string, max: number): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= max) return value;
  addFault(reading, pointer, `a text of 1 to ${max} characters`);
  return '';
}

export function readWhole(
  reading: Reading,
  value: unknown,
  pointer: string,
  least: number,
  most: number,
): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  addFault(reading, pointer, `a whole number from ${least} to ${most}`);
  return least;
}

export function readChoice<const T extends string>(
  reading: Reading,
  value: unknown,
  pointer: string,
  choices: readonly [T, ...T[]],
): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  addFault(reading, pointer, `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`);
  return choices[0];
}

/** What reads a name at a pointer, and says what was expected when there is none such. */
export type ReadName = (value: unknown, pointer: string) => string;

/** Reads one of the names that are known. */
export function toKnownReader(
  reading: Reading,
  names: { has(name: string): boolean },
  expected: string,
): ReadName {
  return (value, pointer) => {
    if (typeof value === 'string' && names.has(value)) return value;
    addFault(reading, pointer, expected);
    return '';
  };
}

/** The names that stand under the key of each element of a list; a fault at each that stood before. */
export function readDistinct(
  reading: Reading,
  pointer: string,
  key: string,
  names: readonly string[],
  expected: string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) addFault(reading, toPointer(toPointer(pointer, index), key), expected);
    seen.add(name);
  });
  return seen;
}

/** A field that may be absent: `{}` then, so that it can be spread. */
export function optional<K extends string, T>(
  fields: Fields,
  key: K,
  pointer: string,
  read: (value: unknown, pointer: string) => T,
): Readonly<Partial<Record<K, T>>> {
  const found: Partial<Record<K, T>> = {};
  if (fields[key] !== undefined) found[key] = read(fields[key], toPointer(pointer, key));
  return found;
}
