/**
 * Follows the node's log in a worker: reads what there is by tiles, then the stream, folds every act with the
 * core and answers the page. Between the two nothing is lost or taken twice: the next entry wanted is always the
 * number of entries held, an older one is compared with what is held, and a newer one means reading again.
 */
import '../workers/no-eval.ts';
import { Answerer, toProgramFailure } from '../workers/ask.ts';
import { createNodeClient, fetchUntilSilent, type NodeClient } from '@homeward/contract';
import { findSigningKey, valuesOf } from '@homeward/core/exchange';
import { decodeBase64, isEqualBytes, readEntries, type TileSource, tileWidth } from '@homeward/tlog';
import { findChanges } from '../reading/change.ts';
import { anyHost, asksForActs, isAsked, type RecordQuery } from '../reading/record-query.ts';
import { SharedStream, StreamLostError } from './shared-stream.ts';
import { withFault } from './faults.ts';
import { FoldedLog, type LogEntry } from '../reading/folded-log.ts';
import {
  type FromReplica,
  type Questions,
  type RecordLine,
  type ReplicaFault,
  type ReplicaStatus,
  type ToReplica,
} from './protocol.ts';

/** A node speaks every fifteen seconds at least; one that misses two of its turns is not there. */
const silenceMs = 40_000;

const log = new FoldedLog();
let faults: readonly ReplicaFault[] = [];
let phase: ReplicaStatus['phase'] = 'loading';
let size = 0;
let heard = 0;
let origin = '';
let watched: string | undefined;
const dirty = { status: false, board: false, scheduled: false };

function announce(what: { readonly board?: boolean } = {}): void {
  dirty.status = true;
  if (what.board === true) dirty.board = true;
  if (dirty.scheduled) return;
  dirty.scheduled = true;
  // One turn of the loop gathers what came in one chunk; a channel is not slowed down as timers are.
  turn.port2.postMessage(undefined);
}
const turn = new MessageChannel();
turn.port1.onmessage = () => {
  dirty.scheduled = false;
  if (dirty.board && watched !== undefined && phase !== 'loading') {
    dirty.board = false;
    const board = log.findBoard(watched);
    if (board !== undefined) page.tell({ kind: 'board', board });
  }
  dirty.status = false;
  page.tell({
    kind: 'status',
    status: {
      phase,
      have: log.size,
      size,
      heard,
      origin,
      exchanges: log.heads(),
      faults,
    },
  });
};

function find(fault: ReplicaFault): void {
  faults = withFault(faults, fault);
}

function take(index: number, bytes: Uint8Array): boolean {
  if (index > log.size) return false;
  if (index < log.size) {
    if (!isEqualBytes(log.entries[index]!.bytes, bytes)) find({ kind: 'changed', index });
    return true;
  }
  const exchange = log.append(bytes);
  size = Math.max(size, log.size);
  if (exchange !== undefined && exchange === watched) dirty.board = true;
  return true;
}

/** The node does not answer, or not as a node does: it is asked again. */
class Cut extends Error {
  override readonly name = 'Cut';
}

async function follow(base: string): Promise<never> {
  let isFollowing = false;
  const node = createNodeClient(
    base,
    fetchUntilSilent((url, init) => fetch(url, init), {
      ms: silenceMs,
      onHeard: () => {
        if (!isFollowing) return;
        heard = Date.now();
        shared?.heard();
      },
    }),
  );
  const source: TileSource = {
    read: async (path) => {
      const reply = await node.findTile(path);
      if (reply.ok) return reply.body;
      if (reply.status === 404) return undefined;
      throw new Cut(reply.problem.title);
    },
  };
  let wait = 250;
  for (;;) {
    const had = log.size;
    try {
      const known = await meet(node);
      if (known !== undefined) {
        await readBundles(source, known);
        isFollowing = true;
        await listen(node);
      }
    } catch (error) {
      if (!(error instanceof Cut || error instanceof StreamLostError)) throw error;
    } finally {
      isFollowing = false;
    }
    if (phase !== 'stopped') phase = 'cut';
    announce();
    wait = log.size > had ? 250 : Math.min(4000, wait * 2);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** Asks the node what it has; answers with the size of its checkpoint, or nothing where it serves another log. */
async function meet(node: NodeClient): Promise<number | undefined> {
  const status = await node.getStatus();
  if (!status.ok) throw new Cut(status.problem.title);
  heard = Date.now();
  const told = status.body;
  if (origin !== '' && origin !== told.origin) {
    // Entries of another log are never folded onto those of this one.
    find({ kind: 'other-log', origin: told.origin, was: origin });
    phase = 'stopped';
    return undefined;
  }
  if (phase === 'stopped') phase = 'cut';
  origin = told.origin;
  const known = told.log.checkpoint?.size ?? 0;
  const most = Math.max(known, told.log.size);
  if (most < log.size) find({ kind: 'shrunk', had: log.size, size: most });
  size = Math.max(size, most);
  announce({ board: true });
  return known;
}

/** Whole bundles are the quickest way to what is long settled; the rest comes by the stream. */
async function readBundles(source: TileSource, known: number): Promise<void> {
  while (known - log.size >= tileWidth) {
    const from = log.size;
    const to = Math.min(known, (Math.floor(from / tileWidth) + 8) * tileWidth);
    const entries = await readEntries(source, { from, to, size: known });
    if (!entries.ok) return;
    phase = 'loading';
    entries.value.forEach((bytes, at) => take(from + at, bytes));
    announce();
  }
}

type StreamEvent = NodeClient extends { stream(from: number): AsyncIterable<infer E> } ? E : never;

/** What this page shares with the other pages of this browser while it listens. */
let shared: SharedStream<StreamEvent> | undefined;

/** Reads what is missing by a stream of its own, and goes on with it only where no other page of this browser has one. */
async function listen(node: NodeClient): Promise<void> {
  shared = await SharedStream.join<StreamEvent>(`homeward/1 ${location.origin} ${origin}`);
  try {
    while ((await readStream(node)) === 'others-listen' && shared !== undefined) {
      for await (const event of shared.follow(silenceMs)) {
        heard = Date.now();
        // What another page heard may begin later than what is held here: then this one reads for itself.
        if (event?.event === 'act' && event.index > log.size) break;
        if (event !== undefined && !hear(event)) return;
        announce();
      }
    }
  } finally {
    shared?.leave();
    shared = undefined;
  }
}

async function readStream(node: NodeClient): Promise<'ended' | 'others-listen'> {
  for await (const event of node.stream(log.size)) {
    if (shared?.leads === true) shared.pass(event);
    if (!hear(event)) return 'ended';
    if (shared?.leads === false && phase === 'live') return 'others-listen';
  }
  return 'ended';
}

/** Takes what the node says; no where it leaves something out. */
function hear(event: StreamEvent): boolean {
  if (event.event === 'hello') {
    size = Math.max(size, event.size);
    phase = log.size >= event.size ? 'live' : 'loading';
  } else if (event.event === 'act') {
    const bytes = decodeBase64(event.envelope);
    if (bytes === undefined || !take(event.index, bytes)) {
      find({ kind: 'gap', expected: log.size, got: event.index });
      return false;
    }
    if (log.size >= size) phase = 'live';
  }
  announce({ board: phase === 'live' });
  return true;
}

function toLine(entry: LogEntry, index: number): RecordLine {
  switch (entry.kind) {
    case 'act':
      return { kind: 'act', line: entry.line };
    case 'refused':
      return { kind: 'refused', line: entry.line, refusal: entry.refusal };
    case 'unread':
      return { kind: 'unread', index, bytes: entry.bytes.length };
  }
}

function findLines(query: RecordQuery): Int32Array {
  const forActs = asksForActs(query);
  const found: number[] = [];
  for (let index = log.size - 1; index >= 0; index -= 1) {
    const entry = log.entries[index]!;
    if (entry.kind === 'unread' ? !forActs : isAsked(query, entry.line, entry.text)) found.push(index);
  }
  return Int32Array.from(found);
}

const page = new Answerer<Questions, ToReplica, FromReplica>(
  self,
  {
    board: ({ exchange, position }) => log.findBoard(exchange, position),
    find: findLines,
    lines: (indices) =>
      indices.flatMap((index) => {
        const entry = log.entries[index];
        return entry === undefined ? [] : [toLine(entry, index)];
      }),
    act: (index) => {
      const entry = log.entries[index];
      if (entry === undefined) return undefined;
      const change = log.findChange(index);
      return {
        record: toLine(entry, index),
        bytes: entry.bytes,
        json: change === undefined ? '' : new TextDecoder().decode(change.envelope.actBytes),
        changes: change === undefined ? [] : findChanges(change.before, change.after, change.envelope.act),
        publicKey: change === undefined ? '' : (findSigningKey(change.before, change.envelope.act) ?? ''),
        position: log.findPosition(index)?.position ?? 0,
      };
    },
    parties: () => {
      // Hosts of several exchanges have as many labels and are one choice.
      const labels = new Map<string, boolean>();
      for (const { id } of log.heads()) {
        for (const { label, kind } of valuesOf(log.findState(id).parties)) {
          labels.set(kind === 'host' ? anyHost : label, kind === 'host');
        }
      }
      return [...labels].map(([label, host]) => ({ label, host }));
    },
  },
  {
    word: (word) => {
      switch (word.kind) {
        case 'start':
          follow(word.base).catch((error: unknown) =>
            page.tell({ kind: 'broken', message: toProgramFailure(error).message }),
          );
          return;
        case 'watch':
          watched = word.exchange;
          announce({ board: true });
      }
    },
    toFailure: toProgramFailure,
  },
);
