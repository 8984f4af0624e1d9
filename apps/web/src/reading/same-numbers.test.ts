/**
 * One exchange, read by everybody: the board of a page, `/v1/exchanges/{id}`, `homeward verify --json` and an oracle that
 * counts the persons one by one give the same numbers at every length of the log, also where somebody has just
 * halted a step, suspended the exchange or cancelled a tranche.
 */
import { ExchangeSummary } from '@homeward/contract';
import {
  actIdOf,
  decide,
  encodeAct,
  valuesOf,
  type Act,
  type Envelope,
  type Exchange,
  type StepRef,
} from '@homeward/core/exchange';
import { createWorld, play, writeScript, type World } from '@homeward/example-istanbul-2025';
import { emptyLedger, follow, summarizeLogged, type Ledger } from '@homeward/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBoard } from './to-board.ts';

const world = createWorld({ seed: 8, people: 12, round: 1 });

/** What persons of the exchange could do at any time to hold it up. */
function holdUps(state: Exchange, { actors, exchange }: World, salt: number): readonly Envelope[] {
  const steps: StepRef[] = [];
  for (const tranche of valuesOf(state.tranches)) {
    for (const { leg, steps: own } of valuesOf(tranche.movements)) {
      for (const { step } of valuesOf(own)) steps.push({ tranche: tranche.id, leg, step });
    }
  }
  const step = steps[salt % Math.max(1, steps.length)];
  const said = (actor: string, kind: Act['kind'], body: object): Envelope => {
    const { key, role } = actors.get(actor)!;
    const nonce = `hold-up-${String(salt).padStart(14, '0')}`;
    const after = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' };
    const at = '2025-05-23T06:00:00.000Z';
    const act = { exchange, kind, body, by: key, role, after, nonce, at } as unknown as Act;
    return { act, id: actIdOf(encodeAct(act)) } as Envelope;
  };
  return [
    said('A.coordinator', 'ExchangeSuspended', {}),
    ...(step === undefined
      ? []
      : [
          said('B.officer', 'StepHalted', { ...step, reason: 'security' }),
          said('A.coordinator', 'TrancheCancelled', { tranche: step.tranche }),
        ]),
  ].filter(({ act, id }) => decide(state, act, id).kind === 'accepted');
}

/** Persons of a leg by where they are, counted one by one. */
function countPersons(state: Exchange, leg: string) {
  const counts = { moving: 0, received: 0, returned: 0 };
  for (const entry of valuesOf(state.entries)) {
    if (entry.leg !== leg || entry.kind === 'unlisted') continue;
    if (entry.whereabouts === 'departed' || entry.whereabouts === 'crossing') counts.moving += 1;
    else if (entry.whereabouts === 'received') counts.received += 1;
    else if (entry.whereabouts === 'returned') counts.returned += 1;
  }
  return counts;
}

function compare(ledger: Ledger): Exchange {
  const [logged] = [...ledger.exchanges.values()];
  if (logged === undefined) throw new Error('there is no exchange');
  const { state } = logged;
  const summary = summarizeLogged(logged);
  // What a node sends is what verification writes.
  expect(ExchangeSummary.parse(JSON.parse(JSON.stringify(summary)))).toEqual(
    JSON.parse(JSON.stringify(summary)),
  );
  const board = toBoard(state, {
    position: state.size,
    of: state.size,
    at: '',
    last: [],
    series: [],
    refused: [],
    heard: new Map(),
  });
  expect([board.status, board.hash, board.suspendedBy]).toEqual([
    summary.status,
    summary.hash,
    summary.suspendedBy,
  ]);
  for (const [at, leg] of summary.legs.entries()) {
    const { id, approved, underWay, returned, notGoing, unlisted } = leg;
    expect(board.legs[at]).toMatchObject({ id, approved, underWay, returned, notGoing, unlisted });
    const { moving, received } = countPersons(state, id);
    expect({ id, moving: leg.moving, received: leg.received, underWay }).toEqual({
      id,
      moving,
      received,
      underWay: moving + received,
    });
    expect(returned).toBe(countPersons(state, id).returned);
    expect(approved + underWay + returned).toBeLessThanOrEqual(leg.agreed ?? leg.named);
    const ofTranches = summary.tranches.flatMap(({ legs }) => legs.filter((one) => one.leg === id));
    expect(ofTranches.reduce((sum, one) => sum + one.underWay, 0)).toBe(underWay);
  }
  const shown = board.tranches.filter(({ status }) => status !== 'planned');
  expect(
    shown.map(({ id, status, legs }) => [id, status, legs.map((one) => [one.underWay, one.returned])]),
  ).toEqual(
    summary.tranches.map(({ id, status, legs }) => [
      id,
      status,
      legs.map((one) => [one.underWay, one.returned]),
    ]),
  );
  const halted = board.crossings.flatMap(({ legs }) =>
    legs.flatMap(({ steps }) => steps.filter(({ stage }) => stage === 'halted')),
  );
  expect(
    summary.tranches.flatMap(({ legs }) => legs).reduce((sum, leg) => sum + leg.halted, 0),
  ).toBeGreaterThanOrEqual(halted.length);
  return state;
}

describe('the numbers of an exchange', () => {
  it('[WR-40] are the same on the board, on the wire and in what verification writes, at every length of the log', () => {
    const tasks = writeScript(world, {});
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 50, maxLength: 50 }), (picks) => {
        let turn = 0;
        const next = (): number => picks[(turn += 1) % picks.length]!;
        const { acts } = play({ world, tasks, pick: (ready) => ready[next() % ready.length]! });
        let ledger = emptyLedger;
        for (const { act, id } of acts) {
          ledger = follow(ledger, { act, id } as Envelope);
          const state = compare(ledger);
          for (const heldUp of holdUps(state, world, next())) {
            const held = compare(follow(ledger, heldUp));
            for (const { legs } of summarizeLogged([...follow(ledger, heldUp).exchanges.values()][0]!)
              .tranches) {
              for (const leg of legs) {
                if (leg.halted > 0) seen.add('halted');
                if (leg.moving > 0) seen.add('moving');
                if (leg.received > 0) seen.add('received');
              }
            }
            seen.add(held.status);
          }
        }
      }),
      { numRuns: 3, seed: 20250523, endOnFailure: true },
    );
    // A property over exchanges in which nobody is on the way would hold of anything.
    for (const what of ['halted', 'moving', 'received']) expect(seen).toContain(what);
  }, 120_000);
});
