/**
 * Plays a script over HTTP: each actor acts through its own party's node, on what that node has verified or holds a
 * receipt for.
 *
 * A player knows nothing but the script and what its node's stream shows, so nodes may be killed and started again
 * at any moment: acts are sent again, byte for byte, until the log shows them. Time is bounded by the longest chain
 * of tasks that wait for each other, times what an act needs to reach the other nodes.
 */
import { createNodeClient } from '@homeward/contract';
import type { NodeClient, Problem } from '@homeward/contract';
import { encodeAct, parseEnvelope, preAuthEncoding, sealEnvelope } from '@homeward/core/exchange';
import type { Act, ActId, Base64Hash } from '@homeward/core/exchange';
import { actFor, actorOf, nonceOf, seenIn, waitingList } from '@homeward/example-istanbul-2025';
import type { Task, World } from '@homeward/example-istanbul-2025';
import { createRequestSigner } from '@homeward/keys';
import type { Journal } from './journal.ts';
import type { SealedPaper } from './papers.ts';

/** What an onlooker is told, once per act, as soon as the first node shows it. */
export interface PlayEvents {
  readonly onAct?: (seen: {
    readonly label: string;
    readonly id: ActId;
    readonly index: number;
    readonly act: Act;
  }) => void;
  readonly onRefused?: (refusal: { readonly label: string; readonly problem: Problem }) => void;
  readonly onAcknowledged?: (act: { readonly label: string; readonly index: number }) => void;
}

export interface PlayWork extends PlayEvents {
  readonly world: World;
  readonly tasks: readonly Task[];
  /** Base address of each party's node. */
  readonly urls: Readonly<Record<string, string>>;
  readonly journal: Journal;
  /** Sealed papers that must lie at the host before the act that names them, by task. */
  readonly papers?: ReadonlyMap<string, readonly SealedPaper[]>;
  readonly signal: AbortSignal;
  /** Least time between two tasks of one party, for a play that people follow by eye. */
  readonly paceMs?: number;
}

/** Problems that pass: the act is sent again. */
const passing: ReadonlySet<string> = new Set([
  'unreachable',
  'contract-broken',
  'host-unreachable',
  'overloaded',
  'slow-down',
  'frozen',
  'stopping',
  'broken',
  'http',
]);

/** Size and root of a log that holds nothing: SHA-256 of no bytes (RFC 6962, section 2.1). */
const emptyTree = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash };

const retryMs = 100;
/** Acts of one party on the way at once. */
const inFlightMax = 16;

/** Plays until every task is in the log and every node has seen it; rejects when the rules refuse the script. */
export async function playOnNodes(work: PlayWork): Promise<void> {
  const { world, tasks, urls, signal } = work;
  const labelOf = new Map(tasks.map(({ label }) => [nonceOf(world.exchange, label), label]));
  const host = createNodeClient(urls['H'] ?? '');
  const told = new Set<string>();
  const refusedOnce = new Set<string>();
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const read = createReader(Object.keys(urls).length);
  const desks = Object.entries(urls).map(([party, url]) =>
    createDesk({ party, client: createNodeClient(url) }),
  );

  function createDesk(node: { readonly party: string; readonly client: NodeClient }): {
    readonly run: () => Promise<void>;
    readonly markRefused: (task: Task) => void;
  } {
    const { party, client } = node;
    const waiting = waitingList(tasks);
    const ids = new Map<string, ActId>();
    const byLabel = new Map(tasks.map((task) => [task.label, task]));
    const unsettled = new Map(byLabel);
    const queue: Task[] = [];
    let unseen = tasks.length;
    let after = emptyTree;
    let inFlight = 0;
    let from = 0;
    let finished: () => void = () => undefined;
    const allSeen = new Promise<void>((resolve) => (finished = resolve));
    const own = (task: Task): boolean => actorOf(world, task).party === party;

    function enqueue(ready: readonly Task[]): void {
      queue.push(...ready.filter(own));
      pump();
    }

    function pump(): void {
      const most = work.paceMs === undefined ? inFlightMax : 1;
      while (!stop.aborted && inFlight < most && queue.length > 0) {
        const task = queue.shift()!;
        inFlight++;
        void handIn(task)
          .then(async () => {
            if (work.paceMs !== undefined) await pause(work.paceMs);
          })
          .catch((error: unknown) => {
            failure.abort(error);
          })
          .finally(() => {
            inFlight--;
            pump();
          });
      }
    }

    /** What waits for this task may go on. */
    function finish(label: string): void {
      const task = byLabel.get(label);
      if (task === undefined) return;
      byLabel.delete(label);
      enqueue(waiting.finish(task));
    }

    /** This node's own log shows the task, or the task was refused as it should be. */
    function settle(label: string): void {
      const task = unsettled.get(label);
      if (task === undefined) return;
      unsettled.delete(label);
      unseen--;
      finish(label);
      // What was meant to be refused before this one was refused in an earlier run.
      for (const need of task.needs) if (unsettled.get(need)?.mustBeRefused === true) settle(need);
      if (unseen === 0) finished();
    }

    async function handIn(task: Task): Promise<void> {
      const envelope = work.journal.find(task.label) ?? sign(task);
      await leavePapers(task);
      while (!stop.aborted && byLabel.has(task.label)) {
        const reply = await client.submitAct(envelope);
        // An act that the party's node keeps until the host answers: asking again brings the receipt or the refusal.
        if (reply.ok && 'index' in reply.body) {
          ids.set(task.label, reply.body.id as ActId);
          finish(task.label);
          work.onAcknowledged?.({ label: task.label, index: reply.body.index });
          return;
        }
        if (!reply.ok && !passing.has(reply.problem.kind)) {
          if (!byLabel.has(task.label)) return;
          if (task.mustBeRefused !== true) {
            throw new Error(`${task.label}: ${reply.problem.title} ${reply.problem.detail}`);
          }
          if (!refusedOnce.has(task.label)) {
            refusedOnce.add(task.label);
            work.onRefused?.({ label: task.label, problem: reply.problem });
          }
          for (const desk of desks) desk.markRefused(task);
          return;
        }
        await pause(retryMs);
      }
    }

    /** Leaves the papers that this party's act names with the host, which cannot read them. */
    async function leavePapers(task: Task): Promise<void> {
      const own = (work.papers?.get(task.label) ?? []).filter(({ from }) => from === party);
      const signer = createRequestSigner('host', actorOf(world, task));
      for (const { hash, bytes } of own) {
        while (!stop.aborted && byLabel.has(task.label)) {
          const reply = await host.putPayload(hash, bytes, signer);
          if (reply.ok) break;
          if (!passing.has(reply.problem.kind)) {
            throw new Error(`${task.label}: ${reply.problem.title} ${reply.problem.detail}`);
          }
          await pause(retryMs);
        }
      }
    }

    function sign(task: Task): Uint8Array {
      const act = actFor(world, task, seenIn(ids), { after, at: new Date().toISOString() });
      const bytes = encodeAct(act);
      const actor = actorOf(world, task);
      const envelope = sealEnvelope(bytes, actor.key, actor.sign(preAuthEncoding(bytes)));
      work.journal.keep(task.label, envelope);
      return envelope;
    }

    async function follow(): Promise<void> {
      while (!stop.aborted && unseen > 0) {
        for await (const event of client.stream(from, stop)) {
          if (event.event === 'checkpoint') {
            after = headOf(event.note) ?? after;
          } else if (event.event === 'act') {
            from = event.index + 1;
            see(event.index, event.envelope);
          }
          if (unseen === 0) return;
        }
        await pause(retryMs);
      }
    }

    function see(index: number, text: string): void {
      const parsed = read(text);
      if (parsed.kind !== 'parsed' || parsed.envelope.act.exchange !== world.exchange) return;
      const { act, id } = parsed.envelope;
      const label = labelOf.get(act.nonce);
      if (label === undefined || !unsettled.has(label)) return;
      ids.set(label, id);
      if (!told.has(label)) {
        told.add(label);
        work.onAct?.({ label, id, index, act });
      }
      settle(label);
    }

    return {
      run: async () => {
        enqueue([...waiting.ready]);
        const following = follow();
        await Promise.race([allSeen, following]);
      },
      markRefused: (task) => settle(task.label),
    };
  }

  await Promise.all(desks.map((desk) => desk.run()));
  if (failure.signal.aborted) throw failure.signal.reason;

  async function pause(ms: number): Promise<void> {
    if (stop.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        stop.removeEventListener('abort', done);
        resolve();
      }
      stop.addEventListener('abort', done);
    });
  }
}

/** Parses each act once, though every one of `times` nodes shows it: whoever plays all sides would parse it for each. */
function createReader(times: number): (text: string) => ReturnType<typeof parseEnvelope> {
  const parsed = new Map<string, { readonly result: ReturnType<typeof parseEnvelope>; seen: number }>();
  return (text) => {
    const known = parsed.get(text) ?? {
      result: parseEnvelope(new Uint8Array(Buffer.from(text, 'base64'))),
      seen: 0,
    };
    known.seen += 1;
    if (known.seen < times) parsed.set(text, known);
    else parsed.delete(text);
    return known.result;
  };
}

/** Size and root of a checkpoint's note: its second and third line. */
function headOf(note: string): typeof emptyTree | undefined {
  const [, size, root] = note.split('\n');
  if (size === undefined || root === undefined || !/^\d+$/.test(size)) return undefined;
  return { size: Number(size), root: root as Base64Hash };
}
