import { describe, expect, test } from 'vitest';
import type { WhatIf } from '../problem/what-if.ts';
import { applyWhatIf } from './change-problem.ts';
import { parseProblem } from './parse-problem.ts';
import type { PlanningPerson, PlanningProblem, Rule } from '../problem/problem.ts';

function toProblem(persons: readonly PlanningPerson[], rules: readonly Rule[]): PlanningProblem {
  return {
    format: 'homeward-planning-problem',
    version: 1,
    tranches: [{ id: 't1' }, { id: 't2' }],
    legs: [{ id: 'ab', from: 'a', to: 'b' }],
    persons,
    rules,
  };
}

function toPerson(id: string): PlanningPerson {
  return { id, leg: 'ab', category: 'soldier', lane: 'exchange', days: 100, need: 'seat' };
}

describe('what-if changes', () => {
  test('[PL-36] a placing or a ban has an id of its own, whatever the rules are called', () => {
    const apart: Rule = { id: 'what-if 1', kind: 'apart', persons: ['p1', 'p2'] };
    const forbid: WhatIf = { kind: 'forbid', persons: ['p1'], tranche: 't1' };
    const place: WhatIf = { kind: 'place', persons: ['p2'], tranche: 't1' };
    const persons = ['p1', 'p2'].map(toPerson);
    const ask = (rules: readonly Rule[], changes: readonly WhatIf[]): readonly (readonly string[])[] => {
      const changed = applyWhatIf(toProblem(persons, rules), changes);
      expect(parseProblem(changed)).toEqual({ isParsed: true, value: changed });
      return changed.rules.map(({ id, kind }) => [id, kind]);
    };
    expect(ask([apart], [forbid, place])).toEqual([
      ['what-if 1', 'apart'],
      ['what-if 1 (2)', 'veto'],
      ['what-if 2', 'place'],
    ]);
    // A rule put in later does not take the place of a ban that had its id before.
    expect(ask([], [forbid, { kind: 'set-rule', rule: apart }, place])).toEqual([
      ['what-if 1 (2)', 'veto'],
      ['what-if 1', 'apart'],
      ['what-if 3', 'place'],
    ]);
  });

  test('[PL-36] changes follow one another: the last rule of an id and the last ground of a strike stand', () => {
    const veto = (id: string, tranche: string): Rule => ({ id, kind: 'veto', persons: ['p1'], tranche });
    const changed = applyWhatIf(toProblem(['p1', 'p2'].map(toPerson), [veto('a', 't1'), veto('b', 't1')]), [
      { kind: 'set-rule', rule: veto('a', 't2') },
      { kind: 'drop-rule', rule: 'b' },
      { kind: 'set-rule', rule: veto('b', 't2') },
      { kind: 'set-rule', rule: veto('c', 't2') },
      { kind: 'drop-rule', rule: 'c' },
      { kind: 'strike', person: 'p2', reason: 'unfit' },
      { kind: 'strike', person: 'p2', reason: 'unwilling' },
      { kind: 'strike', person: 'nobody', reason: 'unfit' },
    ]);
    expect(changed.rules).toEqual([veto('a', 't2'), veto('b', 't2')]);
    expect(changed.persons).toEqual([toPerson('p1'), { ...toPerson('p2'), ineligible: 'unwilling' }]);
  });

  test('however many are struck, persons are gone through once', () => {
    let reads = 0;
    const persons = Array.from({ length: 200 }, (_, index): PlanningPerson => {
      const person = toPerson(`p${index}`);
      return Object.defineProperty(person, 'id', {
        enumerable: true,
        get: () => {
          reads += 1;
          return `p${index}`;
        },
      });
    });
    const changes = persons.map((_, index): WhatIf => ({
      kind: 'strike',
      person: `p${index}`,
      reason: 'unfit',
    }));
    expect(applyWhatIf(toProblem(persons, []), changes).persons.every(({ ineligible }) => ineligible)).toBe(
      true,
    );
    expect(reads).toBeLessThanOrEqual(2 * persons.length);
  });
});
