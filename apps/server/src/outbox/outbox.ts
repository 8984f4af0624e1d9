/**
 * Acts on their way to the host: on this node's disk before the client hears of them, sent until the log holds them.
 *
 * Law     An act leaves the outbox when this node's verified replica holds it, when a stop of this node takes it out, or
 *         when the host refused it by a rule that this program knows and asking again cannot change that.
 *         Stops are sent before everything else. Other acts are sent in the order they were handed in. None is refused
 *         for good while an earlier one, that it may rest on, has no receipt. What this node may not say now stays, and
 *         what came after it is sent before it.
 *         A receipt puts its promise off for no longer than agreed. One that is not honoured in time is an alarm, with
 *         the receipt as evidence, and is taken back when the log holds the act after all. At another place than was
 *         promised the act leaves the outbox too, but the receipt and an alarm stay. Of several receipts for one act the
 *         first counts. An act with a receipt is offered again until the replica holds it, and no other waits for that.
 */
import { createNodeClient, parseReceiptText, verifyReceipt, type Receipt } from '@homeward/contract';
import { parseEnvelope, type ActId, type ActKind, type Envelope } from '@homeward/core/exchange';
import type { Store } from '@homeward/store';
import { leafHash, parseNote, type VerifierKey } from '@homeward/tlog';
import { stops } from '../act/stops.ts';
import type { Alarms } from '../alarm/alarms.ts';
import { ed25519, nativeSha256 } from '@homeward/keys';
import type { Submitted } from '../node/node.ts';
import { formatTime } from '../report/format-time.ts';
import { toFinalRefusal } from './final-refusal.ts';
import { takesOut, toQueuedAct, type QueuedAct } from './stopped-acts.ts';

export interface Outbox {
  /** Keeps an act and hands it to the host at once. */
  submit(envelope: Envelope, bytes: Uint8Array): Promise<Submitted>;
  /** Sends what waits, and looks for broken promises. */
  push(): Promise<void>;
  /** The verified replica holds these acts now, at these places. */
  settle(places: ReadonlyMap<ActId, number>): Promise<void>;
  waiting(): number;
}

export interface OutboxOptions {
  readonly store: Store;
  readonly hostUrl: string;
  readonly origin: string;
  readonly receiptKey: VerifierKey;
  /** The longest delay that a receipt may promise, in milliseconds. */
  readonly mergeDelayMaxMs: number;
  readonly alarms: Alarms;
  /** Where the verified replica holds these acts; those it does not hold are absent. */
  readonly findPlaces: (acts: readonly ActId[]) => Promise<ReadonlyMap<ActId, number>>;
  /** Whether an act of this kind may leave this node now. */
  readonly maySend: (kind: ActKind) => boolean;
  readonly report: (line: string) => void;
}

const pushedAtOnce = 256;
/** An act with a receipt is offered again after so long, for as long as the replica does not hold it. */
const offerAgainMs = 15_000;

interface Attempt {
  readonly submitted: Submitted;
  /** Whether the host answered at all. */
  readonly isAnswered: boolean;
  /** Refused for good, was it not for an earlier act that waits and may cure it. */
  readonly isEarly?: boolean;
}

/** Grace beyond a receipt's promise, for our own polling and a clock that is a little off. */
const graceMs = 2_000;
const timeoutMs = 10_000;

export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { store, alarms, origin, receiptKey } = options;
  const client = createNodeClient(options.hostUrl, async (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  );
  const receipts = new Map<ActId, Receipt>();
  const sending = new Map<ActId, Promise<Attempt>>();
  /** What waits, in the order it was handed in: without the bytes, so that asking costs nothing. */
  const held = new Map<ActId, QueuedAct>();
  /** When each act with a receipt was offered last, by the monotonic clock. */
  const offered = new Map<ActId, number>();

  for (const { act, bytes } of await store.pending.waiting(100_000)) {
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'parsed') {
      const queued = toQueuedAct(parsed.envelope.act);
      // A kill between a stop and what it takes out leaves that in the queue.
      await takeOutBy(queued);
      held.set(act, queued);
    } else options.report(`act ${act} in the outbox cannot be read: it is not sent`);
  }
  // Also those of acts that are logged: at another place than promised, they stay evidence.
  for (const note of (await store.settings.under(receiptPrefix)).values()) {
    const receipt = typeof note === 'string' ? readReceipt(note) : undefined;
    if (receipt !== undefined) receipts.set(receipt.act as ActId, receipt);
  }
  // A kill between the replica's append and the outbox leaves acts behind.
  await settle(await options.findPlaces([...new Set([...held.keys(), ...receipts.keys()])]));

  async function send(act: ActId, bytes: Uint8Array, isInTurn: boolean): Promise<Attempt> {
    const running = sending.get(act);
    if (running !== undefined) return running;
    const turn = sendNow(act, bytes, isInTurn).finally(() => sending.delete(act));
    sending.set(act, turn);
    return turn;
  }

  async function sendNow(act: ActId, bytes: Uint8Array, isInTurn: boolean): Promise<Attempt> {
    const reply = await client.submitAct(bytes);
    if (!reply.ok) {
      const refusal = toFinalRefusal(reply.status, reply.problem);
      // What an earlier act may still make valid is final only in its turn, and what was promised is not refused.
      if (!isInTurn || refusal === undefined || receipts.has(act)) {
        await store.pending.noteAttempt(act, reply.problem.kind);
        return {
          submitted: { kind: 'kept', id: act },
          isAnswered: reply.status !== 0,
          isEarly: refusal !== undefined,
        };
      }
      await store.pending.refuse(act);
      held.delete(act);
      return { submitted: { kind: 'problem', problem: refusal }, isAnswered: true };
    }
    const submission = reply.body;
    if (!('receipt' in submission)) return keepWithout(act, 'the answer holds none');
    const expected = {
      origin,
      act,
      leaf: leafHash(bytes, nativeSha256),
      now: Date.now(),
      delayMaxMs: options.mergeDelayMaxMs,
    };
    const verdict = await verifyReceipt(submission.receipt, expected, receiptKey, ed25519);
    if (!verdict.ok) return keepWithout(act, verdict.says);
    const { index } = verdict.receipt;
    if (submission.index !== index)
      return keepWithout(act, 'The receipt names another place than the answer.');
    await keepReceipt(act, submission.receipt, verdict.receipt);
    // The replica may have taken the act before its receipt came, or before it was handed in here.
    await settle(await options.findPlaces([act]));
    return {
      submitted: {
        kind: 'logged',
        submission: { id: act, index, receipt: submission.receipt },
        again: reply.status === 200,
      },
      isAnswered: true,
    };
  }

  async function keepWithout(act: ActId, says: string): Promise<Attempt> {
    options.report(`host gave no good receipt for act ${act}: ${says}`);
    await store.pending.noteAttempt(act, 'receipt-wrong');
    return { submitted: { kind: 'kept', id: act }, isAnswered: true };
  }

  /** Takes out of the queue what this stop forbids, but for what is on its way to the host already. */
  async function takeOutBy(stop: QueuedAct): Promise<void> {
    for (const [act, waiting] of held) {
      if (receipts.has(act) || !takesOut(stop, waiting)) continue;
      await store.pending.refuse(act);
      held.delete(act);
      options.report(`act ${act} (${waiting.kind}) is not sent: a ${stop.kind} handed in after it stops it`);
    }
  }

  /** The first promise counts: with every later one a host could put it off, or name the place that came of it. */
  async function keepReceipt(act: ActId, note: string, receipt: Receipt): Promise<void> {
    if ((await store.settings.find(receiptSetting(act))) !== undefined) return;
    await store.settings.put(receiptSetting(act), note);
    receipts.set(act, receipt);
    offered.set(act, performance.now());
  }

  async function settle(places: ReadonlyMap<ActId, number>): Promise<void> {
    const own = [...places.keys()].filter((act) => held.has(act));
    if (own.length > 0) await store.pending.settle(own);
    for (const [act, place] of places) {
      held.delete(act);
      offered.delete(act);
      const receipt = receipts.get(act);
      if (receipt !== undefined) await weigh(act, receipt, place);
    }
  }

  /** A receipt that was honoured is evidence of nothing; one for another place convicts the host for good. */
  async function weigh(act: ActId, receipt: Receipt, place: number): Promise<void> {
    // Nothing more can become of it; were it looked at again, many such could keep others from being looked at.
    receipts.delete(act);
    if (receipt.index === place) await store.settings.delete(receiptSetting(act));
    else await alarms.raise('dropped-act', toDisplaced(act, receipt, place));
    await alarms.clear('dropped-act', toOverdue(act, receipt));
  }

  async function lookForBrokenPromises(): Promise<void> {
    const now = Date.now();
    const overdue = [...receipts].filter(([, { due }]) => now > due + graceMs).slice(0, pushedAtOnce);
    if (overdue.length === 0) return;
    const places = await options.findPlaces(overdue.map(([act]) => act));
    await settle(places);
    for (const [act, receipt] of overdue) {
      if (!places.has(act)) await alarms.raise('dropped-act', toOverdue(act, receipt));
    }
  }

  /** Acts handed in before this one for which there is no receipt. */
  function* unsentBefore(act: ActId): Generator<ActId> {
    for (const earlier of held.keys()) {
      if (earlier === act) return;
      if (!receipts.has(earlier)) yield earlier;
    }
  }

  const isInTurn = (act: ActId): boolean => unsentBefore(act).next().done === true;

  async function pushOne(act: ActId): Promise<Attempt | undefined> {
    const queued = held.get(act);
    // Asked again here: those before it may have taken long.
    if (queued === undefined || !options.maySend(queued.kind)) return undefined;
    const pending = await store.pending.find(act);
    if (pending?.status === 'waiting') return send(act, pending.bytes, isInTurn(act));
    held.delete(act);
    return undefined;
  }

  /** Sends acts in this order, one at a time, since a later act may rest on an earlier one. Says whether the host answers. */
  async function pushInOrder(acts: readonly ActId[]): Promise<boolean> {
    for (const act of acts) {
      // A stop among them may have got its receipt in the turn of the stops.
      if (receipts.has(act)) continue;
      const sent = await pushOne(act);
      if (sent?.isAnswered === false) return false;
      if (sent?.submitted.kind === 'kept' && sent.isEarly !== true) return true;
    }
    return true;
  }

  /** A receipt is a promise, not the log: who gave it may have lost the act, or lie. */
  async function offerAgain(): Promise<void> {
    const now = performance.now();
    const due = [...held.keys()].filter(
      (act) => receipts.has(act) && now - (offered.get(act) ?? -Infinity) >= offerAgainMs,
    );
    for (const act of due.slice(0, pushedAtOnce)) {
      offered.set(act, now);
      const sent = await pushOne(act);
      if (sent?.isAnswered === false) return;
    }
  }

  return {
    async submit({ id, act }, bytes) {
      await store.pending.put(id, bytes);
      const queued = toQueuedAct(act);
      held.set(id, queued);
      await takeOutBy(queued);
      const sent = await send(id, bytes, isInTurn(id));
      if (sent.isEarly !== true) return sent.submitted;
      // It came while earlier acts were on their way to the host: what they leave of the refusal is for its sender to know.
      await Promise.allSettled([...unsentBefore(id)].flatMap((earlier) => sending.get(earlier) ?? []));
      return isInTurn(id) ? (await send(id, bytes, true)).submitted : sent.submitted;
    },

    async push() {
      await lookForBrokenPromises();
      const unsent = [...held].filter(([act, { kind }]) => !receipts.has(act) && options.maySend(kind));
      const isStop = ([, { kind }]: readonly [ActId, QueuedAct]): boolean => stops.has(kind);
      const idOf = ([act]: readonly [ActId, QueuedAct]): ActId => act;
      // What the host does not take yet holds back no stop.
      for (const stop of unsent.filter(isStop)) if (!(await pushInOrder([stop[0]]))) return;
      const isAnswering = await pushInOrder(unsent.slice(0, pushedAtOnce).map(idOf));
      if (isAnswering) await offerAgain();
    },

    settle,

    waiting: () => held.size,
  };
}

function toOverdue(act: ActId, { index, due }: Receipt): string {
  return `Act ${act} was promised place ${String(index)} by ${formatTime(due)} and is not in the log.`;
}

function toDisplaced(act: ActId, { index }: Receipt, place: number): string {
  return `Act ${act} was promised place ${String(index)} and stands at ${String(place)} in the log.`;
}

const receiptPrefix = 'receipt:';

function receiptSetting(act: ActId): string {
  return `${receiptPrefix}${act}`;
}

function readReceipt(note: string): Receipt | undefined {
  const parsed = parseNote(new TextEncoder().encode(note));
  return parsed.ok ? parseReceiptText(parsed.value.text) : undefined;
}
