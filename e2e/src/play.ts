/** An exchange of generated people as signed envelopes, in an order the rules accept, ready to hand in one by one. */
import { createNodeClient } from '@homeward/contract';
import { actIdOf, encodeAct, preAuthEncoding, sealEnvelope } from '@homeward/core/exchange';
import {
  actFor,
  actorOf,
  createWorld,
  play,
  seenIn,
  type Task,
  type World,
  writeScript,
} from '@homeward/example-istanbul-2025';
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
  /** What everything that has a label is called instead. */
  readonly called?: Called;
}): SealedExchange {
  const { people, seed, round = 1, witnesses, begins = '2025-05-23T04:00:00.000Z', called } = work;
  const made = createWorld({ seed, people, round });
  const world = called === undefined ? made : callWorld(made, called);
  const script = writeScript(world, { witnesses });
  const tasks = called === undefined ? script : script.map((task) => callTask(task, called));
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

/** Labels for an exchange, its crossings, its parties and its vehicles. */
export interface Called {
  readonly title: string;
  readonly crossing: string;
  readonly party: string;
  readonly vehicle: string;
}

function callWorld(world: World, { title, crossing }: Called): World {
  const crossings = world.terms.crossings.map((each) => ({ ...each, label: crossing }));
  return { ...world, title, terms: { ...world.terms, crossings } };
}

function callTask(task: Task, { party, vehicle }: Called): Task {
  if (task.kind === 'PartyAccredited') {
    return { ...task, body: (seen) => ({ ...task.body(seen), label: party }) };
  }
  if (task.kind === 'ManifestIssued') return { ...task, body: (seen) => ({ ...task.body(seen), vehicle }) };
  return task;
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
