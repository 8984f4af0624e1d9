/**
 * Shapes of plain JSON data: each says where a value departs from it, as a JSON pointer (RFC 6901) and what was
 * expected there. Closed: an unknown member departs. Data may come from an adversary: nothing here throws.
 */
export interface Departure {
  readonly pointer: string;
  readonly expected: string;
}

/** Undefined when `value` has the shape; `pointer` is where it stands. */
export type Shape = (value: unknown, pointer: string) => Departure | undefined;

const departs = (pointer: string, expected: string): Departure => ({ pointer, expected });

export function text(lengthMin: number, lengthMax: number): Shape {
  return (value, pointer) =>
    typeof value === 'string' && value.length >= lengthMin && value.length <= lengthMax
      ? undefined
      : departs(pointer, `a text of ${lengthMin} to ${lengthMax} characters`);
}

export function matching(pattern: RegExp, expected: string): Shape {
  return (value, pointer) =>
    typeof value === 'string' && pattern.test(value) ? undefined : departs(pointer, expected);
}

export function wholeNumber(least: number, most: number): Shape {
  return (value, pointer) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : departs(pointer, `a whole number from ${least} to ${most}`);
}

export function decimal(least: number, most: number): Shape {
  return (value, pointer) =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : departs(pointer, `a number from ${least} to ${most}`);
}

export const yesOrNo: Shape = (value, pointer) =>
  typeof value === 'boolean' ? undefined : departs(pointer, 'true or false');

export function oneOf(...words: readonly string[]): Shape {
  return (value, pointer) =>
    typeof value === 'string' && words.includes(value)
      ? undefined
      : departs(pointer, `one of ${words.join(', ')}`);
}

export function listOf(member: Shape, least: number, most: number): Shape {
  return (value, pointer) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      return departs(pointer, `a list of ${least} to ${most}`);
    }
    for (let i = 0; i < value.length; i += 1) {
      const departure = member(value[i], `${pointer}/${i}`);
      if (departure !== undefined) return departure;
    }
    return undefined;
  };
}

/** An optional member: absent, or of the shape. */
export interface Optional {
  readonly optional: Shape;
}
export const optional = (shape: Shape): Optional => ({ optional: shape });

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

export function members(shapes: Readonly<Record<string, Shape | Optional>>): Shape {
  const known = Object.entries(shapes).map(([key, shape]) => ({
    key,
    shape: typeof shape === 'function' ? shape : shape.optional,
    needed: typeof shape === 'function',
  }));
  const names = new Set(Object.keys(shapes));
  return (value, pointer) => {
    if (!isRecord(value)) return departs(pointer, 'an object');
    for (const { key, shape, needed } of known) {
      if (!Object.hasOwn(value, key)) {
        if (needed) return departs(`${pointer}/${key}`, 'to be present');
        continue;
      }
      const departure = shape(value[key], `${pointer}/${key}`);
      if (departure !== undefined) return departure;
    }
    for (const key of Object.keys(value)) {
      if (!names.has(key)) return departs(`${pointer}/${escaped(key).slice(0, 64)}`, 'to be absent');
    }
    return undefined;
  };
}

/** An object used as a table: every key and every member has its shape. */
export function tableOf(key: Shape, member: Shape, most: number): Shape {
  return (value, pointer) => {
    if (!isRecord(value)) return departs(pointer, 'an object');
    const keys = Object.keys(value);
    if (keys.length > most) return departs(pointer, `at most ${most} members`);
    for (const name of keys) {
      const at = `${pointer}/${escaped(name).slice(0, 64)}`;
      const departure = key(name, at) ?? member(value[name], at);
      if (departure !== undefined) return departure;
    }
    return undefined;
  };
}

/** Objects told apart by their member `kind`. */
export function byKind(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, pointer) => {
    if (!isRecord(value)) return departs(pointer, 'an object');
    const kind = Object.hasOwn(value, 'kind') ? value['kind'] : undefined;
    const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    if (shape === undefined) return departs(`${pointer}/kind`, `one of ${Object.keys(shapes).join(', ')}`);
    return shape(value, pointer);
  };
}
