/**
 * Acts on their way to the host: on this node's disk before the client hears of them, sent until the log holds them.
 *
 * Law     An act leaves the outbox when this node's verified replica holds it, or when the host refused it for a
 *         reason that asking again cannot change. A receipt not honoured in time is an alarm, with the receipt as
 *         evidence; it is taken back when the log holds the act after all.
 */
import {
  createNodeClient,
  parseReceiptText,
  verifyReceipt,
  type Problem,
  type Receipt,
} from '@homeward/contract';
import type { ActId } from '@homeward/core/exchange';
import type { PendingAct, Store } from '@homeward/store';
import { leafHash, parseNote, type VerifierKey } from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import { ed25519 } from '../keys/ed25519.ts';
import { nativeSha256 } from '../log/store-source.ts';
import type { Submitted } from '../node/node.ts';

export interface Outbox {
  /** Keeps an act and hands it to the host at once. */
  submit(id: ActId, bytes: Uint8Array): Promise<Submitted>;
  /** Sends what waits, and looks for broken promises. */
  push(): Promise<void>;
  /** The verified replica holds these acts now. */
  settle(acts: readonly ActId[]): Promise<void>;
  waiting(): number;
}

export interface OutboxOptions {
  readonly store: Store;
  readonly hostUrl: string;
  readonly origin: string;
  readonly receiptKey: VerifierKey;
  readonly alarms: Alarms;
  /** True when the verified replica holds the act. */
  readonly isLogged: (id: ActId) => Promise<boolean>;
  readonly report: (line: string) => void;
}

const pushedAtOnce = 256;
/** Grace beyond a receipt's promise, for our own polling and a clock that is a little off. */
const graceMs = 2_000;
const timeoutMs = 10_000;

export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { store, alarms, origin, receiptKey } = options;
  const client = createNodeClient(options.hostUrl, async (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  );
  const receipts = new Map<ActId, Receipt>();
  const sending = new Map<ActId, Promise<Submitted>>();
  /** What waits: ids only, so that asking costs nothing. */
  const held = new Set<ActId>();

  for (const { act } of await store.pending.waiting(100_000)) {
    held.add(act);
    const note = await store.settings.find(receiptSetting(act));
    const receipt = typeof note === 'string' ? readReceipt(note) : undefined;
    if (receipt !== undefined) receipts.set(act, receipt);
  }

  async function send(act: ActId, bytes: Uint8Array): Promise<Submitted> {
    const running = sending.get(act);
    if (running !== undefined) return running;
    const turn = sendNow(act, bytes).finally(() => sending.delete(act));
    sending.set(act, turn);
    return turn;
  }

  async function sendNow(act: ActId, bytes: Uint8Array): Promise<Submitted> {
    const reply = await client.submitAct(bytes);
    if (!reply.ok) {
      if (!isFinal(reply.status, reply.problem)) {
        await store.pending.noteAttempt(act, reply.problem.kind);
        return { kind: 'kept', id: act };
      }
      await store.pending.refuse(act, reply.problem.kind);
      held.delete(act);
      return { kind: 'problem', problem: reply.problem };
    }
    const submission = reply.body;
    if (!('receipt' in submission)) {
      options.report(`host gave no receipt for act ${act}`);
      await store.pending.noteAttempt(act, 'receipt-wrong');
      return { kind: 'kept', id: act };
    }
    const leaf = leafHash(bytes, nativeSha256);
    const verdict = await verifyReceipt(submission.receipt, { origin, act, leaf }, receiptKey, ed25519);
    if (!verdict.ok || submission.index !== verdict.receipt.index) {
      const says = verdict.ok ? 'The receipt names another place than the answer.' : verdict.says;
      options.report(`host gave no good receipt for act ${act}: ${says}`);
      await store.pending.noteAttempt(act, 'receipt-wrong');
      return { kind: 'kept', id: act };
    }
    await store.settings.put(receiptSetting(act), submission.receipt);
    receipts.set(act, verdict.receipt);
    return { kind: 'logged', submission, again: reply.status === 200 };
  }

  async function settle(acts: readonly ActId[]): Promise<void> {
    const own = acts.filter((act) => held.has(act));
    if (own.length === 0) return;
    await store.pending.settle(own);
    for (const act of own) {
      held.delete(act);
      const receipt = receipts.get(act);
      if (receipt === undefined) continue;
      await alarms.clear('dropped-act', toOverdue(act, receipt));
      receipts.delete(act);
    }
  }

  return {
    async submit(id, bytes) {
      await store.pending.put(id, bytes);
      held.add(id);
      return send(id, bytes);
    },

    async push() {
      const waiting = await store.pending.waiting(pushedAtOnce);
      const now = Date.now();
      const unsent: PendingAct[] = [];
      for (const pending of waiting) {
        if (await options.isLogged(pending.act)) {
          await settle([pending.act]);
          continue;
        }
        const receipt = receipts.get(pending.act);
        if (receipt === undefined) unsent.push(pending);
        else if (now > receipt.due + graceMs) {
          await alarms.raise('dropped-act', toOverdue(pending.act, receipt));
        }
      }
      // In order, one at a time: a later act may rest on an earlier one.
      for (const { act, bytes } of unsent) {
        const sent = await send(act, bytes);
        if (sent.kind === 'kept') break;
      }
    },

    settle,

    waiting: () => held.size,
  };
}

/** Whether asking again could give another answer. */
function isFinal(status: number, problem: Problem): boolean {
  if (status === 0 || status >= 500 || status === 429 || status === 408 || status === 421) return false;
  return problem.type.startsWith('urn:homeward:problem:');
}

function toOverdue(act: ActId, { index, due }: Receipt): string {
  return `Act ${act} was promised place ${String(index)} by ${new Date(due).toISOString()} and is not in the log.`;
}

function receiptSetting(act: ActId): string {
  return `receipt:${act}`;
}

function readReceipt(note: string): Receipt | undefined {
  const parsed = parseNote(new TextEncoder().encode(note));
  return parsed.ok ? parseReceiptText(parsed.value.text) : undefined;
}
