/**
 * The page's end of its replica: one worker for the whole visit, started when a page first needs the log.
 *
 * Status and board are pushed; everything else is asked. A component reads them through the hooks below.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { toScriptAddress } from '../browser/script-address.ts';
import type { BoardView } from '../reading/board-view.ts';
import type { FromWorker, Question, Questions, ReplicaStatus } from './protocol.ts';
import workerAddress from './replica.worker.ts?worker&url';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

let worker: Worker | undefined;
/** Why the worker answers no more. */
let broken: Error | undefined;
let nextId = 1;
const waiting = new Map<number, Waiting>();
const listeners = new Set<() => void>();
let status: ReplicaStatus = {
  phase: 'loading',
  have: 0,
  size: 0,
  heard: 0,
  origin: '',
  exchanges: [],
  faults: [],
};
let boards: ReadonlyMap<string, BoardView> = new Map();

function getWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(toScriptAddress(workerAddress), { type: 'module', name: 'replica' });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    switch (data.kind) {
      case 'status':
        status = data.status;
        tell();
        return;
      case 'board':
        boards = new Map(boards).set(data.board.exchange, data.board);
        tell();
        return;
      case 'broken':
        breakOff(data.message);
        return;
      case 'answer':
        waiting.get(data.id)?.resolve(data.answer as never);
        waiting.delete(data.id);
        return;
      case 'failed':
        waiting.get(data.id)?.reject(new Error(data.message));
        waiting.delete(data.id);
    }
  };
  // The worker could not be loaded, or died of a fault.
  worker.onerror = (event) => {
    event.preventDefault();
    breakOff(event.message);
  };
  worker.postMessage({ kind: 'start', base: location.origin });
  return worker;
}

/** What is on show stays; that it will not go on is said, and nobody waits any longer. */
function breakOff(message: string): void {
  if (broken !== undefined) return;
  broken = new Error(message);
  worker?.terminate();
  status = { ...status, phase: 'stopped', faults: [...status.faults, { kind: 'program', message }] };
  for (const { reject } of waiting.values()) reject(broken);
  waiting.clear();
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  getWorker();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the worker; rejects where it failed. */
export function askReplica<Q extends Question>(
  question: Q,
  ask: Questions[Q]['ask'],
): Promise<Questions[Q]['answer']> {
  const id = nextId;
  nextId += 1;
  if (broken !== undefined) return Promise.reject(broken);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    getWorker().postMessage({ kind: 'ask', id, question, ask });
  });
}

export function useReplica(): ReplicaStatus {
  return useSyncExternalStore(subscribe, () => status);
}

/** The board as it stands now, pushed after every act. */
export function useLiveBoard(exchange: string): BoardView | undefined {
  useEffect(() => {
    getWorker().postMessage({ kind: 'watch', exchange });
    return () => getWorker().postMessage({ kind: 'watch', exchange: undefined });
  }, [exchange]);
  return useSyncExternalStore(subscribe, () => boards.get(exchange));
}

/** The board as it stood after `position` acts. */
export function useBoardAt(exchange: string, position: number | undefined): BoardView | undefined {
  const { have } = useReplica();
  const past = useQuery({
    queryKey: ['board', exchange, position, position === undefined ? 0 : have === 0],
    queryFn: async () => (await askReplica('board', { exchange, position: position ?? 0 })) ?? null,
    enabled: position !== undefined && have > 0,
    staleTime: Infinity,
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  return past.data ?? undefined;
}
