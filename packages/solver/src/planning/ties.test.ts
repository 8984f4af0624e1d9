import {
  checkPlan,
  planTranches,
  type PlanningPerson,
  type PlanningProblem,
  type Rule,
  type Solver,
  type TranchePlan,
} from '@homeward/core/planning';
import { toRandomProblem } from '@homeward/core/planning/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighsSolver } from './highs-solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

function planOf(problem: PlanningProblem): TranchePlan | undefined {
  const outcome = planTranches(problem, solver);
  return outcome.kind === 'planned' ? outcome.plan : undefined;
}

/** Persons whom `together` rules make move as one; who is in none moves alone. */
function toBlocks({ persons, rules }: PlanningProblem): readonly (readonly PlanningPerson[])[] {
  const blocks = persons.map((person) => new Set([person.id]));
  for (const rule of rules) {
    if (rule.kind !== 'family' && rule.kind !== 'package') continue;
    if (rule.form !== 'together') continue;
    const members = rule.persons.filter(
      (id) => rule.kind === 'package' || persons.find((one) => one.id === id)?.ineligible === undefined,
    );
    const touched = blocks.filter((block) => members.some((id) => block.has(id)));
    const whole = new Set(touched.flatMap((block) => [...block]));
    for (const block of touched) blocks.splice(blocks.indexOf(block), 1);
    blocks.push(whole);
  }
  return blocks.map((block) => persons.filter(({ id }) => block.has(id)));
}

/** Negative when the first should go before the second, by [PL-24]. */
function compare(one: readonly PlanningPerson[], other: readonly PlanningPerson[]): number {
  const days = (block: readonly PlanningPerson[]): number[] =>
    block.map((person) => person.days).sort((a, b) => b - a);
  const [mine, theirs] = [days(one), days(other)];
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const differing = mine.findIndex((day, at) => day !== theirs[at]);
  return (
    sum(theirs) - sum(mine) ||
    (differing < 0 ? 0 : (theirs[differing] ?? 0) - (mine[differing] ?? 0)) ||
    (one
      .map(({ id }) => id)
      .sort()
      .join() <
    other
      .map(({ id }) => id)
      .sort()
      .join()
      ? -1
      : 1)
  );
}

/** Every swap of two blocks after which the checker would count the same levels and no broken rule. */
function findSwaps(problem: PlanningProblem, plan: TranchePlan): readonly string[] {
  const order = problem.tranches.map(({ id }) => id);
  const placed = new Map(plan.places.map(({ person, tranche }) => [person, tranche]));
  const blocks = toBlocks(problem);
  const levels = JSON.stringify(checkPlan(problem, plan).levels);
  const places = (block: readonly PlanningPerson[]): number => {
    const at = order.indexOf(placed.get(block[0]?.id ?? '') ?? '');
    return at < 0 ? order.length : at;
  };
  const found: string[] = [];
  for (const one of blocks)
    for (const other of blocks) {
      const [from, to] = [places(one), places(other)];
      if (one.length !== other.length || from <= to || compare(one, other) > 0) continue;
      const next = new Map(placed);
      for (const [block, place] of [
        [one, to],
        [other, from],
      ] as const)
        for (const { id } of block) {
          const tranche = order[place];
          if (tranche === undefined) next.delete(id);
          else next.set(id, tranche);
        }
      const swapped: TranchePlan = {
        ...plan,
        // What the checker says of ties is not asked here: only of rules and levels.
        certificate: { ...plan.certificate, status: 'feasible' },
        places: [...next].map(([person, tranche]) => ({ person, tranche })),
      };
      const report = checkPlan(problem, swapped);
      if (JSON.stringify(report.levels) !== levels) continue;
      if (report.faults.every(({ text }) => text.includes('nothing tells them apart')))
        found.push(`${one.map(({ id }) => id).join()} with ${other.map(({ id }) => id).join()}`);
    }
  return found;
}

describe('[PL-24] ties', () => {
  test.each(Array.from({ length: 5 }, (_, block) => block))(
    'block %i: of no two who could swap their places does the wrong one wait, whatever ties them',
    (block) => {
      let planned = 0;
      for (let seed = 20_000 + block * 100; seed < 20_100 + block * 100; seed += 1) {
        const problem = toRandomProblem(seed, 8);
        const plan = planOf(problem);
        if (plan === undefined) continue;
        planned += 1;
        expect([seed, plan.certificate.status, checkPlan(problem, plan).faults]).toEqual([
          seed,
          'optimal',
          [],
        ]);
        expect([seed, findSwaps(problem, plan)]).toEqual([seed, []]);
      }
      expect(planned).toBeGreaterThan(40);
    },
  );

  const person = (id: string, days: number, more: Partial<PlanningPerson> = {}): PlanningPerson => ({
    id,
    leg: 'ab',
    category: 'soldier',
    lane: 'exchange',
    days,
    need: 'seat',
    ...more,
  });
  const ask = (persons: readonly PlanningPerson[], rules: readonly Rule[], perTranche = 1): string => {
    const problem: PlanningProblem = {
      format: 'homeward-planning-problem',
      version: 1,
      tranches: [{ id: 't1' }, { id: 't2' }],
      legs: [{ id: 'ab', from: 'a', to: 'b' }],
      persons,
      rules: [{ id: 'q', kind: 'quota', who: {}, max: perTranche }, ...rules],
    };
    const plan = planOf(problem);
    if (plan === undefined) throw new Error('there is a plan');
    return plan.places.map((place) => `${place.person}=${place.tranche}`).join(' ');
  };

  test('equal captivity goes by entry id, though the facility tells them apart', () => {
    expect(ask([person('p1', 59, { facility: 'f1' }), person('p2', 59, { facility: 'f2' })], [])).toBe(
      'p1=t1 p2=t2',
    );
    const six = Array.from({ length: 6 }, (_, at) => person(`p${at}`, 59, { facility: `f${at}` }));
    expect(ask(six, [], 2)).toBe('p0=t1 p1=t1 p2=t2 p3=t2');
  });

  test('within a step, more days go first', () => {
    expect(ask([person('p1', 31, { facility: 'f1' }), person('p2', 59, { facility: 'f2' })], [])).toBe(
      'p1=t2 p2=t1',
    );
  });

  test('families who move as one swap places as one', () => {
    const family = (id: string, ...persons: string[]): Rule => ({
      id,
      kind: 'family',
      form: 'together',
      persons,
    });
    const persons = [person('p1', 31), person('p2', 31), person('p3', 59), person('p4', 59)];
    expect(ask(persons, [family('f1', 'p1', 'p2'), family('f2', 'p3', 'p4')], 2)).toBe(
      'p1=t2 p2=t2 p3=t1 p4=t1',
    );
  });

  test('the checker refuses an optimum in which a swap is left', () => {
    const problem: PlanningProblem = {
      format: 'homeward-planning-problem',
      version: 1,
      tranches: [{ id: 't1' }, { id: 't2' }],
      legs: [{ id: 'ab', from: 'a', to: 'b' }],
      persons: [person('p1', 31, { facility: 'f1' }), person('p2', 59, { facility: 'f2' })],
      rules: [{ id: 'q', kind: 'quota', who: {}, max: 1 }],
    };
    const plan = planOf(problem);
    if (plan === undefined) throw new Error('there is a plan');
    const turned = [
      { person: 'p1', tranche: 't1' },
      { person: 'p2', tranche: 't2' },
    ];
    expect(checkPlan(problem, { ...plan, places: turned }).faults.map(({ text }) => text)).toEqual([
      'p2 (59 days) could swap places with p1 (31 days), and every rule and level would stay as it is',
    ]);
  });
});
