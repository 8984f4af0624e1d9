/** An exchange of generated people as signed envelopes, in an order the rules accept, ready to hand in one by one. */
import { createNodeClient } from '@homeward/contract';
import { actIdOf, encodeAct, preAuthEncoding, sealEnvelope } from '@homeward/core/exchange';
import { actFor, actorOf, createWorld, play, seenIn, writeScript } from '@homeward/example-istanbul-2025';
import type { ActId, Base64Hash } from '@homeward/core/exchange';

const emptyTree = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash };

export interface SealedExchange {
  readonly id: string;
  readonly envelopes: readonly Uint8Array[];
}

/** Signs a whole exchange. The hours run from `begins`, `minutes` apart. */
export function sealExchange(work: {
  readonly people: number;
  readonly seed: number;
  readonly round?: number;
  readonly witnesses: Readonly<Record<string, string>>;
  readonly begins?: string;
}): SealedExchange {
  const { people, seed, round = 1, witnesses, begins = '2025-05-23T04:00:00.000Z' } = work;
  const world = createWorld({ seed, people, round });
  const tasks = writeScript(world, { witnesses });
  const byLabel = new Map(tasks.map((task) => [task.label, task]));
  const ids = new Map<string, ActId>();
  const envelopes: Uint8Array[] = [];
  for (const [at, { label }] of play({ world, tasks }).acts.entries()) {
    const task = byLabel.get(label)!;
    const act = actFor(world, task, seenIn(ids), {
      after: emptyTree,
      at: new Date(Date.parse(begins) + at * 45_000).toISOString(),
    });
    const bytes = encodeAct(act);
    const actor = actorOf(world, task);
    envelopes.push(sealEnvelope(bytes, actor.key, actor.sign(preAuthEncoding(bytes))));
    ids.set(label, actIdOf(bytes));
  }
  return { id: world.exchange, envelopes };
}

/** Hands acts to a node in order; rejects when one is refused. Passing trouble is met by asking again. */
export async function handIn(url: string, envelopes: readonly Uint8Array[]): Promise<void> {
  const client = createNodeClient(url);
  for (const envelope of envelopes) {
    for (let tries = 0; ; tries += 1) {
      const reply = await client.submitAct(envelope);
      if (reply.ok) break;
      const passes = ['unreachable', 'stopping', 'overloaded', 'host-unreachable'].includes(
        reply.problem.kind,
      );
      if (!passes || tries > 100) throw new Error(`${reply.problem.title} ${reply.problem.detail}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
