/**
 * Plays a script against the rules alone: no node, no clock, no disk. What the real nodes carry by HTTP is decided
 * here by the same `decide` and `evolve`, one act after the other.
 */
import { decide, evolve, initial, toSentence } from '@homeward/core/exchange';
import type { Act, ActHead, ActId, ActKind, Base64Hash, Exchange, Refusal } from '@homeward/core/exchange';
import { actIdOf, encodeAct } from '@homeward/core/exchange';
import type { Actor } from './actors.ts';
import type { Seen, Task } from './script/task.ts';
import { nonceOf } from './script/task.ts';
import type { World } from './world.ts';

/** What a signer knows when signing: the newest cosigned checkpoint, and the hour. */
export interface Moment {
  readonly after: { readonly size: number; readonly root: Base64Hash };
  readonly at: string;
}

/** The act that `task` asks for, unsigned. */
export function actFor(world: World, task: Task, seen: Seen, moment: Moment): Act {
  const actor = actorOf(world, task);
  const head: ActHead<ActKind> = {
    exchange: world.exchange,
    kind: task.kind,
    body: task.body(seen),
    by: actor.key,
    role: actor.role,
    after: moment.after,
    nonce: nonceOf(world.exchange, task.label),
    at: moment.at,
  };
  // Body and kind come from one task: the compiler does not follow the pair through the union.
  return head as Act;
}

export function actorOf(world: World, task: Task): Actor {
  const actor = world.actors.get(task.actor);
  if (actor === undefined) throw new Error(`nobody is called ${task.actor}`);
  return actor;
}

export interface Played {
  readonly state: Exchange;
  readonly acts: readonly { readonly label: string; readonly act: Act; readonly id: ActId }[];
  /** What the rules refused, as the script meant them to. */
  readonly refused: readonly { readonly label: string; readonly refusal: Refusal }[];
}

/**
 * Plays every task in the order that `pick` gives among those that are ready; the first one by default.
 *
 * Throws when the rules refuse an act of the script or accept one that it means them to refuse.
 */
export function play(work: {
  readonly world: World;
  readonly tasks: readonly Task[];
  readonly pick?: (ready: readonly Task[]) => Task;
  readonly onState?: (state: Exchange) => void;
}): Played {
  const { world, tasks, pick, onState } = work;
  const ids = new Map<string, ActId>();
  const done = new Set<string>();
  const acts: Played['acts'][number][] = [];
  const refused: Played['refused'][number][] = [];
  let state = initial;
  let minutes = 0;
  const waiting = waitingList(tasks);
  while (waiting.ready.length > 0) {
    const task = pick === undefined ? waiting.ready[0]! : pick(waiting.ready);
    const act = actFor(world, task, seenIn(ids), {
      after: { size: acts.length, root: 'A'.repeat(43).concat('=') as Base64Hash },
      at: new Date(Date.parse('2025-05-16T12:00:00.000Z') + minutes++ * 60_000).toISOString(),
    });
    const id = actIdOf(encodeAct(act));
    const decision = decide(state, act, id);
    if (decision.kind === 'refused') {
      if (task.mustBeRefused !== true) {
        throw new Error(`${task.label} was refused: ${toSentence(decision.refusal)}`);
      }
      refused.push({ label: task.label, refusal: decision.refusal });
    } else {
      if (task.mustBeRefused === true) throw new Error(`${task.label} was accepted and should not have been`);
      state = evolve(state, act, id);
      ids.set(task.label, id);
      acts.push({ label: task.label, act, id });
      onState?.(state);
    }
    done.add(task.label);
    waiting.finish(task);
  }
  if (done.size < tasks.length) throw new Error(`${tasks.length - done.size} tasks were never ready`);
  return { state, acts, refused };
}

export function seenIn(ids: ReadonlyMap<string, ActId>): Seen {
  return {
    idOf: (label) => {
      const id = ids.get(label);
      if (id === undefined) throw new Error(`${label} is not in the log`);
      return id;
    },
  };
}

/** The tasks that can be done now, kept current as tasks finish; cost per finished task: those that wait for it. */
export function waitingList(tasks: readonly Task[]): {
  readonly ready: readonly Task[];
  readonly finish: (task: Task) => readonly Task[];
} {
  const missing = new Map<string, number>();
  const waitersOf = new Map<string, Task[]>();
  const ready: Task[] = [];
  for (const task of tasks) {
    missing.set(task.label, task.needs.length);
    if (task.needs.length === 0) ready.push(task);
    for (const need of task.needs) waitersOf.set(need, [...(waitersOf.get(need) ?? []), task]);
  }
  return {
    ready,
    finish: (task) => {
      const at = ready.indexOf(task);
      if (at !== -1) ready.splice(at, 1);
      const freed = (waitersOf.get(task.label) ?? []).filter(({ label }) => {
        const left = missing.get(label)! - 1;
        missing.set(label, left);
        return left === 0;
      });
      ready.push(...freed);
      return freed;
    },
  };
}
