/** A progress bar on stderr, only where a person is looking: nothing is written when stderr is no terminal. */
export interface Progress {
  readonly show: (done: number) => void;
  readonly close: () => void;
}

const width = 30;
const everyMs = 100;

export function openProgress(unit: string, total: number): Progress {
  if (!process.stderr.isTTY || total <= 0) return { show: () => undefined, close: () => undefined };
  let shownAt = 0;
  return {
    show(done) {
      const now = performance.now();
      if (now - shownAt < everyMs && done < total) return;
      shownAt = now;
      const filled = Math.min(width, Math.floor((done / total) * width));
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
      process.stderr.write(`\r${bar} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`);
    },
    close() {
      process.stderr.write('\r\u001b[K');
    },
  };
}
