/** The page's end of the verifying worker, and what this browser remembers of the logs it verified. */
import { toScriptAddress } from '../browser/script-address.ts';
import {
  type FromVerifier,
  type SeenCheckpoint,
  type StageProgress,
  type Task,
  type Tasks,
  VerifierFault,
} from './protocol.ts';
import workerAddress from './verifier.worker.ts?worker&url';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: StageProgress) => void) | undefined;
}

let worker: Worker | undefined;
let nextId = 1;
const waiting = new Map<number, Waiting>();

function getWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(toScriptAddress(workerAddress), { type: 'module', name: 'verifier' });
  worker.onmessage = ({ data }: MessageEvent<FromVerifier>) => {
    const asked = waiting.get(data.id);
    if (data.kind === 'progress') {
      asked?.onProgress?.(data.progress);
      return;
    }
    waiting.delete(data.id);
    if (data.kind === 'answer') asked?.resolve(data.answer as never);
    else asked?.reject(new VerifierFault(data.code, data.message));
  };
  // The worker could not be loaded, or died of a fault that no question met.
  worker.onerror = (event) => {
    event.preventDefault();
    endWorker(new VerifierFault('program', event.message));
  };
  return worker;
}

export function askVerifier<T extends Task>(
  task: T,
  ask: Tasks[T]['ask'],
  onProgress?: (progress: StageProgress) => void,
): Promise<Tasks[T]['answer']> {
  const id = nextId;
  nextId += 1;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject, onProgress });
    getWorker().postMessage({ id, task, ask });
  });
}

function endWorker(why: VerifierFault): void {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(why);
  waiting.clear();
}

/** Ends whatever is being verified; the next question starts a new worker. */
export function stopVerifier(): void {
  endWorker(new VerifierFault('stopped'));
}

const memory = 'homeward-seen';

/** The checkpoints this browser verified before, at this address. Sizes, roots and public keys: nothing about a person. */
export function readSeen(): readonly SeenCheckpoint[] {
  try {
    const content: unknown = JSON.parse(localStorage.getItem(memory) ?? '[]');
    return Array.isArray(content) ? content.filter(isSeen) : [];
  } catch {
    return [];
  }
}

export function rememberSeen(seen: SeenCheckpoint): void {
  const others = readSeen().filter(({ origin }) => origin !== seen.origin);
  try {
    localStorage.setItem(memory, JSON.stringify([seen, ...others].slice(0, 16)));
  } catch {
    // Without memory a later visit is a first visit again, and says so.
  }
}

function isSeen(value: unknown): value is SeenCheckpoint {
  if (typeof value !== 'object' || value === null) return false;
  const { origin, size, root, log, witnesses, at } = value as Partial<Record<keyof SeenCheckpoint, unknown>>;
  return (
    typeof origin === 'string' &&
    Number.isSafeInteger(size) &&
    typeof root === 'string' &&
    typeof log === 'string' &&
    Array.isArray(witnesses) &&
    witnesses.every((each) => typeof each === 'string') &&
    typeof at === 'number'
  );
}
