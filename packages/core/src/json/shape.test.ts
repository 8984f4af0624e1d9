/** Shapes judge what a counterpart may send: all of its faults, none of its tricks. */
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  byKind,
  either,
  exactly,
  faultsMax,
  findFaults,
  fitting,
  listOf,
  matching,
  members,
  oneOf,
  optional,
  read,
  tableOf,
  text,
  wholeNumber,
  yesOrNo,
  type Of,
} from './shape.ts';

const name = matching(/^[a-z~/]{1,8}$/u, 'a name');
const person = members({ id: name, age: optional(wholeNumber(0, 150)) });
const document = members({
  version: exactly(1),
  kind: oneOf('list', 'plan'),
  persons: listOf(person, 0, 50),
  counts: optional(tableOf(name, wholeNumber(0, 9), 3)),
  count: either(
    (value) => typeof value === 'number',
    wholeNumber(1, 9),
    byKind({ all: members({ kind: oneOf('all') }) }),
  ),
});

const good = {
  version: 1,
  kind: 'list',
  persons: [{ id: 'a' }, { id: 'b', age: 3 }],
  count: { kind: 'all' },
};

describe('shapes', () => {
  it('carry the type of what has them', () => {
    expectTypeOf<Of<typeof person>>().toExtend<{ readonly id: string; readonly age?: number }>();
    expectTypeOf<{ readonly id: string }>().toExtend<Of<typeof person>>();
    expectTypeOf<Of<typeof document>['kind']>().toEqualTypeOf<'list' | 'plan'>();
    expectTypeOf<Of<typeof document>['count']>().toExtend<number | { readonly kind: 'all' }>();
    const result = read(document, good);
    expect(result.ok && result.value.persons.length).toBe(2);
  });

  it('tell every fault by pointer, to a limit', () => {
    const bad = { version: 2, kind: 'lists', persons: [{ id: 'A' }, { age: -1, 'no/such~': 1 }], count: 0 };
    expect(findFaults(document, bad)).toEqual([
      { pointer: '/version', expected: '1' },
      { pointer: '/kind', expected: 'one of list, plan' },
      { pointer: '/persons/0/id', expected: 'a name' },
      { pointer: '/persons/1/id', expected: 'to be present' },
      { pointer: '/persons/1/age', expected: 'a whole number from 0 to 150' },
      { pointer: '/persons/1/no~1such~0', expected: 'to be absent' },
      { pointer: '/count', expected: 'a whole number from 1 to 9' },
    ]);
    expect(findFaults(document, bad, 1)).toHaveLength(1);
    const many = { ...good, persons: Array.from({ length: 50 }, () => ({ id: 7 })) };
    expect(findFaults(document, many)).toHaveLength(faultsMax);
  });

  it('are closed, whatever a member is called', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const hostile = JSON.parse(`{"id":"a","${key}":1}`) as unknown;
      expect(findFaults(person, hostile)).toEqual([{ pointer: `/${key}`, expected: 'to be absent' }]);
      expect(findFaults(byKind({ a: person }), { kind: key })).toHaveLength(1);
      expect(findFaults(members({ constructor: yesOrNo }), {})).toHaveLength(1);
    }
    expect(findFaults(tableOf(name, yesOrNo, 1), { a: true, b: true })).toHaveLength(1);
    expect(findFaults(tableOf(name, yesOrNo, 2), { 'A/b': true })).toEqual([
      { pointer: '/A~1b', expected: 'a name' },
    ]);
    const unlike = fitting(
      listOf(text(1, 1), 0, 9),
      (all) => new Set(all).size === all.length,
      'no two alike',
    );
    expect(findFaults(unlike, ['a', 'a'])).toEqual([{ pointer: '', expected: 'no two alike' }]);
    expect(findFaults(unlike, ['a', ''])).toEqual([
      { pointer: '/1', expected: 'a text of 1 to 1 characters' },
    ]);
  });

  it('judge any JSON without throwing, and only what has the shape is let through', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const result = read(document, value);
        if (result.ok) expect(JSON.stringify(value)).toContain('persons');
        else expect(result.error.length).toBeGreaterThan(0);
      }),
    );
  });
});
