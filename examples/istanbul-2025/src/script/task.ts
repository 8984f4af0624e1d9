/**
 * The script of an exchange: every act that somebody is to sign, with the acts that must be in the log before it.
 *
 * The script is a graph, not a sequence. Whoever plays it needs only to know which of its acts the log holds: what
 * is ready follows, whoever was killed meanwhile. Each task's nonce follows from its label, so that the same task
 * handed in twice is one act.
 */
import { createHash } from 'node:crypto';
import type { ActId, ActKind, Bodies } from '@homeward/core/exchange';

/** What the log already holds of the script. */
export interface Seen {
  /** The id of the act that a task became; a task may only ask for what it needs. */
  readonly idOf: (label: string) => ActId;
}

export interface TaskOf<K extends ActKind> {
  readonly label: string;
  /** Name of the actor who signs (`actors.ts`). */
  readonly actor: string;
  readonly kind: K;
  readonly body: (seen: Seen) => Bodies[K];
  /** Labels of tasks that must be in the log, or refused where they were meant to be, before this one. */
  readonly needs: readonly string[];
  /** The script provokes a refusal: the act breaks a rule and must not enter the log. */
  readonly mustBeRefused?: true;
}

export type Task = { readonly [K in ActKind]: TaskOf<K> }[ActKind];

/** Collects tasks and sees that labels are unique and that nothing waits for what never comes. */
export interface Script {
  readonly tasks: readonly Task[];
  /** Adds a task and gives its label back. */
  add<K extends ActKind>(task: TaskOf<K>): string;
}

export function createScript(): Script {
  const tasks: Task[] = [];
  const labels = new Set<string>();
  return {
    tasks,
    add: (task) => {
      if (labels.has(task.label)) throw new Error(`two tasks are called ${task.label}`);
      for (const need of task.needs) {
        if (!labels.has(need)) throw new Error(`${task.label} waits for ${need}, which nobody does`);
      }
      labels.add(task.label);
      // The compiler cannot see that a TaskOf<K> for some K is a member of the union over all K.
      tasks.push(task as unknown as Task);
      return task.label;
    },
  };
}

/** The nonce of a task: 43 characters of base64url that follow from the exchange and the label. */
export function nonceOf(exchange: string, label: string): string {
  return createHash('sha256').update(`${exchange}\0${label}`).digest('base64url');
}

/** Which tasks can be done now, given those that are done. Order: as in the script. */
export function readyTasks(tasks: readonly Task[], done: ReadonlySet<string>): readonly Task[] {
  return tasks.filter(({ label, needs }) => !done.has(label) && needs.every((need) => done.has(need)));
}
