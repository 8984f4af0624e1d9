/** Whether newer pages than these have been fetched, so that a page which stays open for days learns of it. */
import { useSyncExternalStore } from 'react';

let renewed = false;
const listeners = new Set<() => void>();

/** How often an open page asks whether there are newer ones. */
const everyMs = 15 * 60_000;

/** Watches the worker that keeps the pages: another one in its place means that newer pages are here. */
export function watchRenewal(workers: ServiceWorkerContainer): void {
  // Without a worker before, the first one brings the very pages that are open.
  if (workers.controller === null) return;
  workers.addEventListener('controllerchange', () => {
    renewed = true;
    for (const listener of listeners) listener();
  });
  setInterval(() => {
    void workers.getRegistration().then(
      async (registration) => registration?.update(),
      () => undefined,
    );
  }, everyMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRenewed(): boolean {
  return useSyncExternalStore(subscribe, () => renewed);
}
