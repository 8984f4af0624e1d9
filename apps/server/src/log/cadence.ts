/** Repeats a task with a pause between two runs, one run at a time, until stopped. */
export interface Cadence {
  /** Runs the task as soon as the present run, if any, is over. */
  nudge(): void;
  /** Lets the present run finish and starts no other. */
  stop(): Promise<void>;
}

/** A task that rejects is a bug: `onBug` is told, and the cadence goes on. */
export function startCadence(
  pauseMs: number,
  task: () => Promise<void>,
  onBug: (error: unknown) => void,
): Cadence {
  let isStopped = false;
  let isNudged = false;
  let wake: () => void = () => undefined;
  const pause = async (): Promise<void> => {
    if (isNudged || isStopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  const isRunning = (): boolean => !isStopped;
  const running = (async () => {
    while (isRunning()) {
      isNudged = false;
      try {
        await task();
      } catch (error) {
        onBug(error);
      }
      await pause();
    }
  })();
  return {
    nudge() {
      isNudged = true;
      wake();
    },
    async stop() {
      isStopped = true;
      wake();
      await running;
    },
  };
}
