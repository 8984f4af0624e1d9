import { findIn, valuesOf } from '@homeward/core/exchange';
import type { EntryId, Exchange } from '@homeward/core/exchange';
import { poolOf } from '@homeward/core/choice';
import { describe, expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import type { Played } from './play.ts';
import { play } from './play.ts';
import { writeScript } from './script/script.ts';
import { legs } from './terms.ts';
import type { World } from './world.ts';
import { createWorld } from './world.ts';

function returnedByTranche({ state }: Played): readonly (readonly [number, number, number])[] {
  return [...valuesOf(state.tranches)]
    .filter(({ status }) => status === 'certified')
    .map(({ number, movements }) => [
      number,
      findIn(movements, legs.ab)?.returned ?? 0,
      findIn(movements, legs.ba)?.returned ?? 0,
    ])
    .toSorted(([a], [b]) => a! - b!) as unknown as readonly (readonly [number, number, number])[];
}

/** Persons received on one leg less those on the other, at the worst moment. */
function worstImbalance(world: World, tasks: ReturnType<typeof writeScript>): number {
  let worst = 0;
  play({
    world,
    tasks,
    onState: (state: Exchange) => {
      const received = [...valuesOf(state.legs)].map((count) => count.received);
      if (received.length === 2) worst = Math.max(worst, Math.abs(received[0]! - received[1]!));
    },
  });
  return worst;
}

describe('1,000 for 1,000 against the rules alone', () => {
  const world = createWorld({ seed: 1, people: 1000 });
  const tasks = writeScript(world);
  const played = play({ world, tasks });

  test('everybody agreed comes home, in 390, 307 and 303 each way', () => {
    expect(played.state.status).toBe('completed');
    expect(returnedByTranche(played)).toEqual([
      [1, 390, 390],
      [2, 307, 307],
      [3, 303, 303],
    ]);
  });

  test('the first tranche has 270 military and 120 civilians each way', () => {
    for (const power of ['A', 'B'] as const) {
      const held = new Map(world.lists.of[power].held.map((person) => [person.id, person.category]));
      const categories = world.tranches[0]!.persons[power].map((id) => held.get(id));
      expect(categories.filter((category) => category === 'military')).toHaveLength(270);
      expect(categories.filter((category) => category === 'civilian')).toHaveLength(120);
    }
  });

  test('the script breaks rules on purpose, and each attempt is refused', () => {
    expect(Object.fromEntries(played.refused.map(({ label, refusal }) => [label, refusal.kind]))).toEqual({
      'approve twice by one person': 'SignedAlready',
      'approve another hash': 'HashDiffers',
      'overfill a bus': 'StepTooLarge',
      'release in spite of the rejection': 'StepHalted',
      'resume what another power suspended': 'PartyMayNot',
    });
  });

  test('it holds what a real exchange holds', () => {
    const kinds = new Map<string, number>();
    for (const { act } of played.acts) kinds.set(act.kind, (kinds.get(act.kind) ?? 0) + 1);
    expect(kinds.get('IdentityRejected')).toBe(1);
    expect(kinds.get('UnlistedReturnee')).toBe(1);
    expect(kinds.get('ExchangeSuspended')).toBe(1);
    expect(kinds.get('ExchangeResumed')).toBe(1);
    expect(kinds.get('EntryStruck')).toBe(2);
    const rounds = played.acts.flatMap(({ act }) => (act.kind === 'CommentMade' ? [act.body.round] : []));
    expect(new Set(rounds)).toEqual(new Set([1, 2]));
    const refusals = played.acts.flatMap(({ act }) =>
      act.kind === 'ClearanceRecorded' ? act.body.persons.filter(({ cleared }) => !cleared) : [],
    );
    expect(refusals).toHaveLength(6);
    expect(world.lists.of.A.withheld.length).toBeGreaterThan(0);
  });

  test('nobody is named twice, and nobody goes who is withheld or does not wish to', () => {
    const going = world.tranches.flatMap(({ persons }) => [...persons.A, ...persons.B]);
    expect(new Set(going).size).toBe(2000);
    const unwilling = new Set(
      played.acts.flatMap(({ act }) =>
        act.kind === 'ClearanceRecorded'
          ? act.body.persons.filter(({ cleared }) => !cleared).map(({ entry }) => entry)
          : [],
      ),
    );
    expect(going.filter((entry) => unwilling.has(entry))).toEqual([]);
    const withheld = new Set(
      [...world.lists.of.A.withheld, ...world.lists.of.B.withheld].map(({ id }) => id),
    );
    expect(going.filter((entry) => withheld.has(entry))).toEqual([]);
  });
});

describe('what the script chose among', () => {
  test('[CH-1] [CH-2] the record says the same at the moment of the first proposal', () => {
    const world = createWorld({ seed: 5, people: 60 });
    let asked: Exchange | undefined;
    play({
      world,
      tasks: writeScript(world),
      onState: (state) => {
        if (state.tranches.size === 0) asked = state;
      },
    });
    const pool = asked === undefined ? undefined : poolOf(asked);
    if (pool?.ok !== true) throw new Error('nothing was asked');
    const held = new Map(pool.value.candidates.map(({ entry, held }) => [entry, held]));
    const chosen = world.tranches.flatMap(({ persons }) => [...persons.A, ...persons.B]);
    expect(chosen.filter((entry) => held.get(entry) !== undefined)).toEqual([]);
    expect(chosen.every((entry) => held.has(entry))).toBe(true);
    for (const power of ['A', 'B'] as const) {
      expect(world.refusers[power].map((entry) => held.get(entry))).toEqual(['PersonNotCleared']);
      expect(world.unfit[power].map((entry) => held.get(entry))).toEqual(['PersonNotCleared']);
    }
    const withheld = [...world.lists.of.A.withheld, ...world.lists.of.B.withheld];
    expect(withheld.filter(({ id }) => held.has(id as EntryId))).toEqual([]);
  });
});

describe('smaller runs', () => {
  test.each([12, 60, 100])('%i each way: the figures scale', (people) => {
    const world = createWorld({ seed: 7, people });
    const tasks = writeScript(world);
    const played = play({ world, tasks });
    const returned = returnedByTranche(played);
    expect(played.state.status).toBe('completed');
    expect(returned.map(([, ab]) => ab)).toEqual(world.figures.tranches);
    expect(returned.reduce((sum, [, ab]) => sum + ab, 0)).toBe(people);
    expect(returned.reduce((sum, [, , ba]) => sum + ba, 0)).toBe(people);
    expect(worstImbalance(world, tasks)).toBeLessThanOrEqual(world.figures.stepSize);
  });

  test('the same seed gives the same tranches and the same acts but for their hour', () => {
    const script = (seed: number): readonly unknown[] => {
      const world = createWorld({ seed, people: 24 });
      return play({ world, tasks: writeScript(world) }).acts.map(({ label, act }) => [label, act.body]);
    };
    expect(script(3)).toEqual(script(3));
    expect(script(3)).not.toEqual(script(4));
  });

  test('any order that the script allows ends in the same counts', () => {
    const world = createWorld({ seed: 11, people: 24 });
    const tasks = writeScript(world);
    const counts = Array.from({ length: 25 }, (_, run) => {
      const chance = chanceOf(run, 'order');
      const played = play({ world, tasks, pick: (ready) => chance.pick(ready) });
      expect(played.state.status).toBe('completed');
      return JSON.stringify([returnedByTranche(played), played.acts.length, played.refused.length]);
    });
    expect(new Set(counts).size).toBe(1);
  });

  test.each([0, 2, 17, 99, 12_345])('seed %i plays to the end', (seed) => {
    const world = createWorld({ seed, people: 40 });
    expect(play({ world, tasks: writeScript(world) }).state.status).toBe('completed');
  });
});
