import canonicalize from 'canonicalize';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toCanonicalText, toProblemDigest } from './check.ts';
import { parsePlan } from './parse-plan.ts';
import { parseProblem } from './parse-problem.ts';
import type { TranchePlan } from './plan.ts';
import type { PlanningProblem } from './problem.ts';
import { toRandomProblem } from './reference/index.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const load = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../../../spec/${name}`, import.meta.url), 'utf8')) as Schema;
const problemSchema = load('planning-problem-v1.schema.json');
const planSchema = load('tranche-plan-v1.schema.json');

/** The schema that a reference names, and the document it stands in. */
function resolve(root: Schema, ref: string): readonly [Schema, Schema] {
  const [file, path = ''] = ref.split('#');
  const document = file === 'planning-problem-v1.schema.json' ? problemSchema : root;
  const found = path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], document);
  return [document, found as Schema];
}

/** The part of JSON Schema that the published schemas use, read literally. */
function isValid(root: Schema, data: unknown): boolean {
  return isValidIn(root, root, data);
}

function isValidIn(root: Schema, schema: Schema, data: unknown): boolean {
  const is = (one: Schema, part: unknown): boolean => isValidIn(root, one, part);
  if (schema.$ref !== undefined) return isValidIn(...resolve(root, schema.$ref), data);
  if (schema.oneOf !== undefined) return schema.oneOf.filter((one) => is(one, data)).length === 1;
  if (schema.anyOf !== undefined) return schema.anyOf.some((one) => is(one, data));
  if ('const' in schema) return data === schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(data);
  switch (schema.type) {
    case 'null':
      return data === null;
    case 'string':
      return (
        typeof data === 'string' &&
        data.length >= (schema.minLength ?? 0) &&
        data.length <= (schema.maxLength ?? Infinity)
      );
    case 'integer':
      return (
        Number.isInteger(data) &&
        Number(data) >= (schema.minimum ?? -Infinity) &&
        Number(data) <= (schema.maximum ?? Infinity)
      );
    case 'array':
      return (
        Array.isArray(data) &&
        data.length >= (schema.minItems ?? 0) &&
        data.length <= (schema.maxItems ?? Infinity) &&
        data.every((one) => is(schema.items ?? {}, one))
      );
    case 'object':
      return (
        typeof data === 'object' &&
        data !== null &&
        !Array.isArray(data) &&
        (schema.required ?? []).every((key) => key in data) &&
        Object.entries(data).every(([key, one]) => {
          const known = schema.properties?.[key];
          return known !== undefined && is(known, one);
        })
      );
    case undefined:
    default:
      return false;
  }
}

test('[PL-1] the published schema and the reader agree on whole problems and on problems with a field changed', () => {
  let refused = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const problem = JSON.parse(JSON.stringify(toRandomProblem(seed, 8))) as Record<string, unknown>;
    expect([seed, isValid(problemSchema, problem)]).toEqual([seed, true]);
    const rules = problem['rules'] as Record<string, unknown>[];
    for (const [index, rule] of rules.entries()) {
      for (const key of Object.keys(rule)) {
        const changed = {
          ...problem,
          rules: rules.map((one, at) => (at === index ? { ...one, [key]: true } : one)),
        };
        expect([seed, key, isValid(problemSchema, changed)]).toEqual([seed, key, false]);
        expect([seed, key, parseProblem(changed).isParsed]).toEqual([seed, key, false]);
        refused += 1;
      }
      const added = { ...problem, rules: [{ ...rule, importance: 1 }] };
      expect(isValid(problemSchema, added)).toBe(false);
      expect(parseProblem(added).isParsed).toBe(false);
    }
  }
  expect(refused).toBeGreaterThan(1_000);
});

test('[PL-5] the digest of a problem is over its canonical JSON, as a general writer of it writes it', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const problem = toRandomProblem(seed, 6);
    const turned = {
      ...Object.fromEntries(Object.entries(problem).toReversed()),
    } as unknown as PlanningProblem;
    expect(toCanonicalText(turned)).toBe(canonicalize(problem));
  }
  const odd = { ...toRandomProblem(1, 6), name: 'ґ \u2028 "\\ \u0007 \u{1f54a}' };
  expect(toCanonicalText(odd)).toBe(canonicalize(odd));
  expect(toProblemDigest(odd)).not.toBe(toProblemDigest({ ...odd, name: 'other' }));
});

/** The data with one field of one of its objects changed, for every field there is. */
function* changeEach(data: unknown): Generator<readonly [string, unknown]> {
  if (typeof data !== 'object' || data === null) return;
  for (const [key, value] of Object.entries(data)) {
    const put = (one: unknown): unknown =>
      Array.isArray(data)
        ? data.map((old: unknown, at) => (String(at) === key ? one : old))
        : { ...data, [key]: one };
    yield [key, put(true)];
    if (key === 'rule' && typeof value === 'object') continue;
    for (const [path, one] of changeEach(value)) yield [`${key}/${path}`, put(one)];
  }
}

test('[PL-1] [PL-39] the published schema and the reader agree on whole plans and on plans with a field changed', () => {
  const level = { objective: 'medical', part: 'stretcher', sense: 'min', proof: 'none' } as const;
  const plan: TranchePlan = {
    format: 'homeward-tranche-plan',
    version: 1,
    problem: 'ab',
    replan: {
      previous: { places: [{ person: 'p1', tranche: 't1' }] },
      changes: [
        { kind: 'strike', person: 'p1', reason: 'unfit' },
        { kind: 'place', persons: ['p1'], tranche: 't1' },
        { kind: 'place', persons: ['p1'], tranche: null },
        { kind: 'forbid', persons: ['p1'] },
        { kind: 'forbid', persons: ['p1'], tranche: 't1' },
        { kind: 'set-rule', rule: { id: 'r', kind: 'apart', persons: ['p1', 'p2'] } },
        { kind: 'drop-rule', rule: 'r' },
      ],
      digest: 'cd',
    },
    places: [{ person: 'p2', tranche: 't1' }],
    counted: [{ group: 'g', tranche: 't1', count: 2 }],
    circuits: [{ rule: 'c', legs: ['ab', 'ba'], moves: [[1], [1]] }],
    certificate: {
      status: 'feasible',
      stopped: 'time-limit',
      solver: 's',
      levels: [
        { ...level, value: 3, bound: null },
        { ...level, value: -1, bound: 2 },
      ],
    },
  };
  expect(isValid(planSchema, plan)).toBe(true);
  expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual({ isParsed: true, value: plan });
  let refused = 0;
  for (const [path, changed] of changeEach(plan)) {
    expect([path, isValid(planSchema, changed)]).toEqual([path, false]);
    expect([path, parsePlan(changed).isParsed]).toEqual([path, false]);
    refused += 1;
  }
  expect(refused).toBeGreaterThan(50);
  for (const key of Object.keys(plan)) {
    const less = Object.fromEntries(Object.entries(plan).filter(([one]) => one !== key));
    expect([key, isValid(planSchema, less)]).toEqual([key, key === 'replan']);
    expect([key, parsePlan(less).isParsed]).toEqual([key, key === 'replan']);
  }
  expect(isValid(planSchema, { ...plan, rank: 1 })).toBe(false);
  expect(parsePlan({ ...plan, rank: 1 }).isParsed).toBe(false);
});
