import {
  actIdOf,
  decide,
  encodeAct,
  evolve,
  findAwaited,
  initial,
  valuesOf,
  type ActId,
  type Base64Hash,
  type Exchange,
  type LegId,
} from '@homeward/core/exchange';
import { actFor, createWorld, play, seenIn, writeScript } from '@homeward/example-istanbul-2025';
import { describe, expect, it } from 'vitest';
import { toBoard } from './to-board.ts';

const emptyTree = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash };
const context = { position: 0, of: 0, at: '', last: [], series: [], refused: [], heard: new Map() };

/** Every state of an exchange of made-up persons, from the first act to the last. */
function playStates(seed: number): readonly Exchange[] {
  const world = createWorld({ seed, people: 12 });
  const tasks = writeScript(world, {});
  const byLabel = new Map(tasks.map((task) => [task.label, task]));
  const ids = new Map<string, ActId>();
  const all = [initial];
  for (const { label } of play({ world, tasks }).acts) {
    const act = actFor(world, byLabel.get(label)!, seenIn(ids), {
      after: emptyTree,
      at: '2025-05-23T04:00:00.000Z',
    });
    const id = actIdOf(encodeAct(act));
    ids.set(label, id);
    const before = all.at(-1)!;
    if (decide(before, act, id).kind === 'accepted') all.push(evolve(before, act, id));
  }
  return all;
}
const states = playStates(3);

describe('the board', () => {
  it('[WB-24] measures the balance of unlike directions in their steps, as the core does', () => {
    let told = 0;
    for (const state of states) {
      const terms = state.terms?.terms;
      const coupling = terms?.couplings[0];
      if (terms === undefined || coupling === undefined) continue;
      const [one, other] = coupling.legs.map(
        (id) => [...valuesOf(state.legs)].find(({ leg }) => leg === id)?.received ?? 0,
      ) as [number, number];
      if (one === other || one === 0 || other === 0) continue;
      // Steps in the proportion in which persons have crossed: the exchange is even, however far apart the figures.
      const [a, b] = coupling.legs as [LegId, LegId];
      const unlike: Exchange = {
        ...state,
        terms: {
          ...state.terms!,
          terms: { ...terms, couplings: [{ legs: [a, b], stepSize: { [a]: one, [b]: other } }] },
        },
      };
      const [balance] = toBoard(unlike, context).balances;
      expect(balance).toMatchObject({ ahead: undefined, imbalance: 0 });
      expect(balance!.legs.map(({ crossed }) => crossed)).toEqual([one, other]);
      told += 1;
    }
    expect(told).toBeGreaterThan(0);
    for (const state of states) {
      for (const { imbalance, limit } of toBoard(state, context).balances) {
        expect(imbalance).toBeLessThanOrEqual(limit);
      }
    }
  });

  it('shows a tranche that is over before the one that took its number', () => {
    const isOver = (status: string) => status === 'withdrawn' || status === 'cancelled';
    let told = 0;
    // The state keeps its tranches by their ids, which are in another order with another seed.
    for (const state of [3, 4, 5, 6].map((seed) => playStates(seed).at(-1)!)) {
      const { tranches } = toBoard(state, context);
      tranches.forEach(({ number, status }, at) => {
        const next = tranches[at + 1];
        if (next?.number !== number) return;
        expect(isOver(status)).toBe(true);
        told += 1;
      });
    }
    expect(told).toBe(4);
  });

  it('[WB-25] says that nothing holds a step back only where there is a step, and none where there is none', () => {
    for (const state of states) {
      const board = toBoard(state, context);
      const live = [...valuesOf(state.tranches)].some(({ status }) => status === 'live');
      if (!live || state.status !== 'open') expect(board.nextSteps).toBe(0);
      expect(board.holds.length).toBeLessThanOrEqual(board.nextSteps);
      // What is awaited of a giver as the next step's release is not held back by anything.
      for (const { kind, order, tranche } of board.awaited) {
        if (kind !== 'release' && kind !== 'manifest') continue;
        expect(board.holds.some((hold) => hold.order === order && hold.tranche === tranche)).toBe(false);
      }
    }
    expect(states.some((state) => toBoard(state, context).nextSteps > 0)).toBe(true);
  });

  it('[WB-25] names the shut gate and the route and notice that are missing before there is a manifest', () => {
    const early = states.find((state) => {
      const [tranche] = valuesOf(state.tranches);
      return (
        tranche?.status === 'live' &&
        [...valuesOf(tranche.movements)].every(({ route }) => route === undefined)
      );
    })!;
    const gated: Exchange = {
      ...early,
      terms: {
        ...early.terms!,
        terms: {
          ...early.terms!.terms,
          gates: early.terms!.terms.legs.map(({ id }) => ({
            id: 'signed',
            leg: id,
            tranche: 1,
            requires: { kind: 'condition-met', condition: 'signed' },
          })),
        },
      },
    };
    const board = toBoard(gated, context);
    expect(board.holds.length).toBeGreaterThan(0);
    for (const { refusals } of board.holds) {
      const kinds = refusals.map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['GateShut', 'RouteMissing', 'NoticeMissing']));
    }
  });

  it('[WB-26] says of everything that the core awaits whose it is to do, at every state', () => {
    const kinds = new Set<string>();
    for (const state of states) {
      const { awaited } = toBoard(state, context);
      expect(awaited.map(({ kind, parties }) => [kind, parties])).toEqual(
        findAwaited(state).map(({ kind, parties }) => [kind, parties]),
      );
      for (const one of awaited) {
        kinds.add(one.kind);
        expect((one.leg === undefined) === (one.order === undefined)).toBe(true);
      }
    }
    expect(kinds.size).toBeGreaterThan(12);
    expect(toBoard(states.at(-1)!, context).awaited).toEqual([]);
  });
});
