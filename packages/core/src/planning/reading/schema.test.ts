import canonicalize from 'canonicalize';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toCanonicalText, toProblemDigest } from '../plan/check.ts';
import { parsePlan } from './parse-plan.ts';
import { parseProblem } from './parse-problem.ts';
import type { TranchePlan } from '../problem/plan.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import { changeEach, isValid, toRandomProblem, type Schema } from '../reference/index.ts';

const load = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../../../../spec/${name}`, import.meta.url), 'utf8')) as Schema;
const problemSchema = load('planning-problem-v1.schema.json');
const planSchema = load('tranche-plan-v1.schema.json');
const isPlan = (data: unknown): boolean =>
  isValid(planSchema, data, { 'planning-problem-v1.schema.json': problemSchema });

test('[PL-1] the published schema and the reader agree on whole problems and on problems with a field changed', () => {
  let [refused, siblings] = [0, 0];
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
      // A field that another form or another kind has is as unknown as any.
      for (const [key, value] of Object.entries({ importance: 1, ...ruleFields })) {
        if (key in rule || isKnownField(rule, key)) continue;
        const added = { ...problem, rules: [{ ...rule, [key]: value }] };
        expect([seed, rule['kind'], rule['form'], key, isValid(problemSchema, added)]).toEqual([
          seed,
          rule['kind'],
          rule['form'],
          key,
          false,
        ]);
        expect([seed, key, parseProblem(added).isParsed]).toEqual([seed, key, false]);
        siblings += 1;
      }
    }
  }
  expect(refused).toBeGreaterThan(1_000);
  expect(siblings).toBeGreaterThan(1_000);
});

/** A value that would do for each field that some rule has. */
const ruleFields: Readonly<Record<string, unknown>> = {
  with: ['p0'],
  persons: ['p0'],
  timing: 'same',
  left: ['ab'],
  right: ['ab'],
  legs: ['ab'],
  ratio: [1, 1],
  counts: [1],
  powers: ['a'],
  over: 'total',
  by: 't1',
  max: 1,
};

const optionalFields: Readonly<Record<string, readonly string[]>> = {
  equal: ['over'],
  ratio: ['over'],
  'only-with': ['timing'],
  quota: ['max', 'over'],
  'must-go': ['by'],
  gate: ['timing'],
};

/** Whether the rule may have the field, though it has not. */
function isKnownField(rule: Readonly<Record<string, unknown>>, key: string): boolean {
  return [rule['form'], rule['kind']].some(
    (name) => typeof name === 'string' && optionalFields[name]?.includes(key) === true,
  );
}

test('[PL-3] the published schema has no field for a name, nor for anything by which a person is known', () => {
  const fields = (schema: Schema): readonly string[] =>
    Object.keys(schema.items?.properties ?? {}).toSorted();
  expect(fields(problemSchema.properties?.['persons'] ?? {})).toEqual([
    'age',
    'category',
    'days',
    'earliest',
    'facility',
    'id',
    'ineligible',
    'labels',
    'lane',
    'latest',
    'leg',
    'need',
    'sex',
  ]);
  const names =
    JSON.stringify(problemSchema).match(/"(?:[a-z]*name|surname|birth[a-z]*|patronymic|address)":/gi) ?? [];
  // The one "name" is the problem's own.
  expect(names).toEqual(['"name":']);
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
  expect(isPlan(plan)).toBe(true);
  expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual({ isParsed: true, value: plan });
  let refused = 0;
  // The fields of a rule are read with the problem that it enters.
  for (const [path, changed] of changeEach(plan, ['rule'])) {
    expect([path, isPlan(changed)]).toEqual([path, false]);
    expect([path, parsePlan(changed).isParsed]).toEqual([path, false]);
    refused += 1;
  }
  expect(refused).toBeGreaterThan(50);
  for (const key of Object.keys(plan)) {
    const less = Object.fromEntries(Object.entries(plan).filter(([one]) => one !== key));
    expect([key, isPlan(less)]).toEqual([key, key === 'replan']);
    expect([key, parsePlan(less).isParsed]).toEqual([key, key === 'replan']);
  }
});
