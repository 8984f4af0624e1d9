/**
 * The page's end of its replica: one worker for the whole visit, started when a page first needs the log.
 *
 * Status and board are pushed; everything else is asked. A component reads them through the hooks below.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { toScriptAddress } from '../browser/script-address.ts';
import type { BoardView } from '../reading/board-view.ts';
import { Asker } from '../workers/ask.ts';
import type { FromReplica, Questions, ReplicaStatus, ToReplica } from './protocol.ts';
import workerAddress from './replica.worker.ts?worker&url';

let worker: Worker | undefined;
let asker: Asker<Questions, ToReplica, FromReplica> | undefined;
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

function getAsker(): Asker<Questions, ToReplica, FromReplica> {
  if (asker !== undefined) return asker;
  worker = new Worker(toScriptAddress(workerAddress), { type: 'module', name: 'replica' });
  asker = new Asker(worker, { word: take, toError: ({ message }) => new Error(message) });
  // The worker could not be loaded, or died of a fault.
  worker.onerror = (event) => {
    event.preventDefault();
    breakOff(event.message);
  };
  asker.tell({ kind: 'start', base: location.origin });
  return asker;
}

function take(word: FromReplica): void {
  switch (word.kind) {
    case 'status':
      status = word.status;
      tell();
      return;
    case 'board':
      boards = new Map(boards).set(word.board.exchange, word.board);
      tell();
      return;
    case 'broken':
      breakOff(word.message);
  }
}

/** What is on show stays; that it will not go on is said, and nobody waits any longer. */
function breakOff(message: string): void {
  if (worker === undefined) return;
  worker.terminate();
  worker = undefined;
  status = { ...status, phase: 'stopped', faults: [...status.faults, { kind: 'program', message }] };
  asker?.end(new Error(message));
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  getAsker();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the worker; rejects where it failed. */
export async function askReplica<Q extends keyof Questions>(
  question: Q,
  ask: Questions[Q]['ask'],
): Promise<Questions[Q]['answer']> {
  return getAsker().ask(question, ask);
}

export function useReplica(): ReplicaStatus {
  return useSyncExternalStore(subscribe, () => status);
}

/** The board as it stands now, pushed after every act. */
export function useLiveBoard(exchange: string): BoardView | undefined {
  useEffect(() => {
    getAsker().tell({ kind: 'watch', exchange });
    return () => getAsker().tell({ kind: 'watch', exchange: undefined });
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
