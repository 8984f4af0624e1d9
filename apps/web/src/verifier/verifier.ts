/** The page's end of the verifying worker, and what this browser remembers of the logs it verified. */
import { toScriptAddress } from '../browser/script-address.ts';
import { Asker } from '../workers/ask.ts';
import {
  type FaultCode,
  faultCodes,
  type SeenCheckpoint,
  type StageProgress,
  type Tasks,
  VerifierFault,
} from './protocol.ts';
import workerAddress from './verifier.worker.ts?worker&url';

let worker: Worker | undefined;
let asker: Asker<Tasks> | undefined;

const toCode = (code: string): FaultCode => faultCodes.find((known) => known === code) ?? 'program';

function getAsker(): Asker<Tasks> {
  if (asker !== undefined) return asker;
  worker = new Worker(toScriptAddress(workerAddress), { type: 'module', name: 'verifier' });
  // The worker could not be loaded, or died of a fault that no question met.
  worker.onerror = (event) => {
    event.preventDefault();
    endWorker(new VerifierFault('program', event.message));
  };
  asker = new Asker(worker, { toError: ({ code, message }) => new VerifierFault(toCode(code), message) });
  return asker;
}

export async function askVerifier<T extends keyof Tasks>(
  task: T,
  ask: Tasks[T]['ask'],
  onProgress?: (progress: StageProgress) => void,
): Promise<Tasks[T]['answer']> {
  return getAsker().ask(task, ask, onProgress);
}

function endWorker(why: VerifierFault): void {
  worker?.terminate();
  asker?.end(why);
  worker = undefined;
  asker = undefined;
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
