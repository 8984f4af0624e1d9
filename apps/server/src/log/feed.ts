/** Tells whoever follows a log that it has grown or that a newer checkpoint stands. Carries no data itself. */
export interface Feed {
  /** Called after the log grew or a newer checkpoint was verified. */
  changed(): void;
  /** Resolves at the next change, or after `timeoutMs`; `false` for the timeout. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<boolean>;
}

export function createFeed(): Feed {
  const waiting = new Set<(changed: boolean) => void>();
  return {
    changed() {
      for (const wake of waiting) wake(true);
    },
    async wait(timeoutMs, signal) {
      if (signal.aborted) return false;
      return new Promise<boolean>((resolve) => {
        const wake = (changed: boolean): void => {
          waiting.delete(wake);
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          resolve(changed);
        };
        const onAbort = (): void => {
          wake(false);
        };
        const timer = setTimeout(() => {
          wake(false);
        }, timeoutMs);
        waiting.add(wake);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
