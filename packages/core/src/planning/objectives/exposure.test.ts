import { expect, test } from 'vitest';
import { toExposure } from './exposure.ts';
import type { PlanningProblem, Rule } from '../problem/problem.ts';
import { toRandomSource } from '../reference/index.ts';
import { getPersons, toRoster, type Roster } from '../problem/roster.ts';

function toProblem(count: number, rules: readonly Rule[], unfitEach = 11): PlanningProblem {
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }],
    legs: [{ id: 'ab', from: 'a', to: 'b' }],
    persons: Array.from({ length: count }, (_, index) => ({
      id: `p${String(index).padStart(5, '0')}`,
      leg: 'ab',
      category: 'soldier',
      lane: 'exchange',
      days: 1,
      need: 'seat',
      ...(index % unfitEach === 10 && unfitEach < 20_000 ? { ineligible: 'unfit' } : {}),
    })),
    rules,
  };
}

/** One after another: whom does this person hold back, and whom do those. */
function followEach(roster: Roster): number[] {
  const back = roster.persons.map(() => new Set<number>());
  for (const rule of roster.problem.rules) {
    if (rule.kind === 'package' && rule.form === 'only-with') {
      for (const from of getPersons(roster, rule.with))
        for (const to of getPersons(roster, rule.persons)) back[from]?.add(to);
    } else if ((rule.kind === 'package' || rule.kind === 'family') && rule.form === 'together') {
      const members = getPersons(roster, rule.persons).filter(
        (index) => rule.kind === 'package' || roster.persons[index]?.ineligible === undefined,
      );
      for (const from of members) for (const to of members) back[from]?.add(to);
    }
  }
  const canGo = findGoing(roster);
  return roster.persons.map((_, start) => {
    const seen = new Set([start]);
    for (const next of seen) for (const to of back[next] ?? []) seen.add(to);
    return [...seen].filter((index) => index !== start && canGo[index] === true).length;
  });
}

/** Who can go at all: nobody whom the person needs is kept off, asked until nothing changes. */
function findGoing({ problem, persons, personIndex }: Roster): readonly boolean[] {
  const canGo = persons.map(({ ineligible }) => ineligible === undefined);
  const numbers = (names: readonly string[]): readonly number[] =>
    names.map((id) => personIndex.get(id) ?? -1);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const rule of problem.rules) {
      if (rule.kind !== 'package' && rule.kind !== 'family') continue;
      const own = numbers(rule.persons).filter(
        (index) =>
          rule.kind === 'package' || canGo[index] === true || persons[index]?.ineligible === undefined,
      );
      const needed = rule.form === 'only-with' ? numbers(rule.with) : own;
      if (needed.every((index) => canGo[index] === true)) continue;
      for (const index of own) {
        if (canGo[index] === true) isChanged = true;
        canGo[index] = false;
      }
    }
  }
  return canGo;
}

test('[PL-21] whom a person who drops out holds back, through circles, chains and families', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const random = toRandomSource(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const count = 3 + below(90);
    const some = (most: number): string[] => [
      ...new Set(Array.from({ length: 2 + below(most) }, () => `p${String(below(count)).padStart(5, '0')}`)),
    ];
    const rules = Array.from({ length: below(count) }, (_, number): Rule => {
      const id = `r${number}`;
      const lot = below(4);
      if (lot === 0) return { id, kind: 'package', form: 'together', persons: some(3) };
      if (lot === 1) return { id, kind: 'family', form: 'together', persons: some(3) };
      return { id, kind: 'package', form: 'only-with', persons: some(2), with: some(2) };
    });
    const roster = toRoster(toProblem(count, rules));
    expect([seed, [...toExposure(roster)]]).toEqual([seed, followEach(roster)]);
  }
});

test('[PL-2] [PL-21] rules of as many names as may stand in one are counted, not paired', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `p${String(index).padStart(5, '0')}`);
  const half = names.slice(0, 10_000);
  const rest = names.slice(10_000);
  const rules: Rule[] = [
    { id: 'all', kind: 'family', form: 'together', persons: half },
    { id: 'many', kind: 'package', form: 'only-with', persons: rest, with: half },
    { id: 'back', kind: 'package', form: 'only-with', persons: half, with: [names[19_999] ?? ''] },
  ];
  const exposure = toExposure(toRoster(toProblem(20_000, rules, 20_000_000)));
  expect(exposure[0]).toBe(19_999);
  expect(exposure[10_000]).toBe(0);
  expect(exposure[19_999]).toBe(19_999);
});
