import {
  actIdOf,
  decide,
  encodeAct,
  evolve,
  initial,
  parseEnvelope,
  sealEnvelope,
  type ActId,
  type Base64Hash,
  type Exchange,
} from '@homeward/core/exchange';
import { actFor, actorOf, createWorld, play, seenIn, writeScript } from '@homeward/example-istanbul-2025';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FoldedLog } from './folded-log.ts';

const emptyTree = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash };
/** Folding asks for a signature's shape alone; who checks it is another part. */
const noSignature = new Uint8Array(64);

/** A whole exchange of made-up persons as log entries, in an order the rules accept. */
function entriesOf(work: { readonly seed: number; readonly round: number }): readonly Uint8Array[] {
  const world = createWorld({ ...work, people: 12 });
  const tasks = writeScript(world, {});
  const byLabel = new Map(tasks.map((task) => [task.label, task]));
  const ids = new Map<string, ActId>();
  return play({ world, tasks }).acts.map(({ label }, at) => {
    const task = byLabel.get(label)!;
    const act = actFor(world, task, seenIn(ids), {
      after: emptyTree,
      at: new Date(Date.UTC(2025, 4, 23, 4) + at * 45_000).toISOString(),
    });
    const bytes = encodeAct(act);
    ids.set(label, actIdOf(bytes));
    return sealEnvelope(bytes, actorOf(world, task).key, noSignature);
  });
}
const one = entriesOf({ seed: 3, round: 1 });
const other = entriesOf({ seed: 4, round: 2 });
const exchangeOf = (entry: Uint8Array): string => {
  const parsed = parseEnvelope(entry);
  if (parsed.kind !== 'parsed') throw new Error('The made-up act does not parse.');
  return parsed.envelope.act.exchange;
};

/** Two exchanges through each other (a failure is told unshrunk: so long a log shrinks for ever), each in its order, with acts said twice and entries nobody can read between. */
const logs = fc
  .array(fc.constantFrom('one', 'other', 'again', 'junk'), {
    minLength: one.length + other.length,
    maxLength: 2 * (one.length + other.length),
  })
  .map((picks) => {
    const entries: Uint8Array[] = [];
    const rest = { one: [...one], other: [...other] };
    for (const pick of [...picks, ...one.map(() => 'one' as const), ...other.map(() => 'other' as const)]) {
      if (pick === 'junk') entries.push(new TextEncoder().encode(`{"junk":${String(entries.length)}}`));
      else if (pick === 'again') entries.push(entries[entries.length >> 1] ?? new Uint8Array([1]));
      else entries.push(...rest[pick].splice(0, 1));
    }
    return entries;
  });

const fold = (entries: readonly Uint8Array[]): FoldedLog => {
  const log = new FoldedLog();
  for (const entry of entries) log.append(entry);
  return log;
};

describe('the folded log', () => {
  it('[WB-22] shows after any act what a log that ends there shows', () => {
    fc.assert(
      fc.property(logs, fc.constantFrom(one, other), fc.nat(), (entries, acts, cut) => {
        const exchange = exchangeOf(acts[0]!);
        const whole = fold(entries);
        const of = whole.findBoard(exchange)!.of;
        expect(of).toBe(acts.length);
        const position = cut % (of + 1);
        // What stands in the log before the next act of this exchange that the rules accept.
        const next = entries.findIndex(
          (_, index) =>
            whole.findPosition(index)?.exchange === exchange &&
            whole.findPosition(index)!.position > position,
        );
        const short = fold(next < 0 ? entries : entries.slice(0, next));
        const replayed = whole.findBoard(exchange, position);
        if (position === 0) {
          expect(replayed).toMatchObject({ position: 0, status: 'unopened', last: [], series: [] });
          return;
        }
        expect({ ...replayed, of: position }).toEqual(short.findBoard(exchange));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('[WB-20] holds the state that the core folds from the same acts, whatever stands between them', () => {
    fc.assert(
      fc.property(logs, (entries) => {
        const log = fold(entries);
        const states = new Map<string, Exchange>();
        const refused = new Map<string, number[]>();
        for (const [index, entry] of entries.entries()) {
          const parsed = parseEnvelope(entry);
          if (parsed.kind !== 'parsed') continue;
          const { act, id } = parsed.envelope;
          const before = states.get(act.exchange) ?? initial;
          if (decide(before, act, id).kind === 'refused') {
            refused.set(act.exchange, [...(refused.get(act.exchange) ?? []), index]);
          } else states.set(act.exchange, evolve(before, act, id));
        }
        for (const [exchange, state] of states) {
          expect(log.findState(exchange).hash).toBe(state.hash);
          const board = log.findBoard(exchange);
          expect(board?.hash).toBe(state.hash);
          expect(board?.refused.map(({ index }) => index)).toEqual(refused.get(exchange) ?? []);
        }
        expect(log.size).toBe(entries.length);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('[WB-20] shows the crossing of a tranche under way, not that of one cancelled under the same number', () => {
    const log = fold(one);
    const exchange = exchangeOf(one[0]!);
    const { of } = log.findBoard(exchange)!;
    let told = 0;
    for (let position = 1; position <= of; position += 1) {
      const board = log.findBoard(exchange, position)!;
      const cancelled = board.tranches.filter(({ status }) => status === 'cancelled');
      const live = board.tranches.filter(({ status }) => status === 'under-way');
      const again = live.find(({ number }) => cancelled.some((each) => each.number === number));
      if (again === undefined) continue;
      for (const { leg, underWay, returned } of again.legs) {
        if (underWay + returned === 0) continue;
        const shown = board.crossings.flatMap(({ legs }) => legs).find((each) => each.leg === leg);
        expect(shown?.steps.some(({ stage }) => stage !== 'manifest')).toBe(true);
        expect(shown?.persons).toBe(again.legs.find((each) => each.leg === leg)?.agreed);
        expect(shown?.steps.reduce((sum, { persons }) => sum + persons, 0)).toBeGreaterThan(0);
        told += 1;
      }
    }
    expect(told).toBeGreaterThan(0);
  });
});
