import { decide, evolve, initial, type Exchange } from '@homeward/core/exchange';
import { createWorld, play, writeScript } from '@homeward/example-istanbul-2025';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../testing/words-of.ts';
import { findChanges } from './change.ts';

const { has } = await wordsOf('en');

describe('what an act changed', () => {
  it('[WB-4] has a word for each state it names, and says of a yes or no that it is one', () => {
    const world = createWorld({ seed: 6, people: 12 });
    let state: Exchange = initial;
    const met = new Set<string>();
    for (const { act, id } of play({ world, tasks: writeScript(world) }).acts) {
      expect(decide(state, act, id).kind).toBe('accepted');
      const next = evolve(state, act, id);
      for (const { what, about, from, to } of findChanges(state, next, act)) {
        met.add(what);
        expect(has(`change.${what}`), what).toBe(true);
        for (const value of [from, to]) {
          if (what === 'status') expect(has(`status.${String(value)}`), String(value)).toBe(true);
          if (what === 'tranche' && value !== undefined) {
            expect(has(`tranche.${String(value)}`), String(value)).toBe(true);
          }
          if (['condition', 'routes', 'notified', 'acknowledged'].includes(what)) {
            expect(['boolean', 'undefined'], what).toContain(typeof value);
          }
        }
        if (what === 'verdict') expect(typeof about === 'string' && has(`verdict.${about}`)).toBe(true);
      }
      state = next;
    }
    for (const what of ['status', 'tranche', 'routes', 'notified', 'acknowledged', 'verdict']) {
      expect(met.has(what), what).toBe(true);
    }
  });
});
