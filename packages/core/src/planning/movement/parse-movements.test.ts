import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { arrangeMovements, type MovementTerms } from './movement.ts';
import { parseMovementTerms } from './parse-movement-terms.ts';
import { parseMovements } from './parse-movements.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import { changeEach, isValid, type Schema } from '../reference/index.ts';

const problem: PlanningProblem = {
  format: 'homeward-planning-problem',
  version: 1,
  tranches: [{ id: 't1' }, { id: 't2' }],
  legs: [
    { id: 'ab', from: 'a', to: 'b', crossing: 'bridge' },
    { id: 'ba', from: 'b', to: 'a' },
  ],
  persons: [
    { id: 'p1', leg: 'ab', category: 'soldier', lane: 'exchange', days: 900, need: 'seat' },
    { id: 'p2', leg: 'ba', category: 'soldier', lane: 'exchange', days: 10, need: 'ambulance' },
  ],
  rules: [],
};
const terms: MovementTerms = {
  stepSizes: [{ leg: 'ab', size: 2 }],
  stepMinutes: 10,
  leadMinutes: 30,
  windows: [{ tranche: 't1', leg: 'ab', opensAt: 600, closesAt: 900 }],
  vehicles: [
    { leg: 'ab', vehicles: [{ id: 'bus', seats: 5 }] },
    { leg: 'ba', vehicles: [{ id: 'car', ambulances: 1 }] },
  ],
};
const termsDocument = { format: 'homeward-movement-terms', version: 1, ...terms };
const places = [
  { person: 'p1', tranche: 't1' },
  { person: 'p2', tranche: 't1' },
];

function readSchema(name: string): Schema {
  return JSON.parse(
    readFileSync(new URL(`../../../../../spec/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as Schema;
}

function arrange(): unknown {
  const arranged = arrangeMovements(problem, { places, counted: [] }, terms);
  if (arranged.kind !== 'arranged') throw new Error(arranged.reasons.join('; '));
  return JSON.parse(JSON.stringify(arranged.document));
}

describe('reading movements and their terms', () => {
  test('[PL-1] what was written is read back, and the published schemas agree on it and on each field spoilt', () => {
    const documents: readonly [unknown, Schema, (data: unknown) => boolean][] = [
      [termsDocument, readSchema('movement-terms-v1'), (data) => parseMovementTerms(data, problem).isParsed],
      [arrange(), readSchema('movements-v1'), (data) => parseMovements(data).isParsed],
    ];
    let spoilt = 0;
    for (const [data, schema, isRead] of documents) {
      expect(isValid(schema, data)).toBe(true);
      expect(isRead(data)).toBe(true);
      for (const [path, changed] of changeEach(data)) {
        expect([path, isValid(schema, changed)]).toEqual([path, false]);
        expect([path, isRead(changed)]).toEqual([path, false]);
        spoilt += 1;
      }
    }
    expect(spoilt).toBeGreaterThan(60);
    expect(parseMovementTerms(termsDocument, problem)).toEqual({ isParsed: true, value: terms });
    expect(parseMovements(arrange())).toEqual({ isParsed: true, value: arrange() });
  });

  test.each([
    [{ stepSizes: [{ leg: 'xy', size: 2 }] }, '/stepSizes/0/leg'],
    [{ stepSizes: [...terms.stepSizes, ...terms.stepSizes] }, '/stepSizes/1/leg'],
    [{ stepSizes: [{ leg: 'ab', size: 0 }] }, '/stepSizes/0/size'],
    [{ stepMinutes: 0 }, '/stepMinutes'],
    [{ leadMinutes: -1 }, '/leadMinutes'],
    [{ windows: [{ ...terms.windows[0], tranche: 't9' }] }, '/windows/0/tranche'],
    [{ windows: [{ ...terms.windows[0], closesAt: 600 }] }, '/windows/0/closesAt'],
    [{ windows: [...terms.windows, ...terms.windows] }, '/windows/1/leg'],
    [{ vehicles: [{ leg: 'ab', vehicles: [{ id: 'v' }, { id: 'v' }] }] }, '/vehicles/0/vehicles/1/id'],
  ])('[PL-1] terms with %j are refused at %s', (fields, pointer) => {
    const parsed = parseMovementTerms({ ...termsDocument, ...fields }, problem);
    expect(parsed.isParsed ? [] : parsed.faults.map((fault) => fault.pointer)).toEqual([pointer]);
  });

  test('[PL-1] no data makes the readers throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        parseMovements(data);
        parseMovementTerms(data, problem);
        parseMovements({ format: 'homeward-movements', version: 1, problem: 'p', movements: [data] });
      }),
      { numRuns: 300 },
    );
  });
});
