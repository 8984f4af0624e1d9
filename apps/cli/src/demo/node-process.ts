/**
 * One node as a process of its own: started from its configuration, started again when it dies, stopped when asked.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface NodeProcess {
  readonly name: string;
  readonly url: string;
  /** Undefined between a death and the next start. */
  readonly pid: () => number | undefined;
  /** How often it was started again. */
  readonly restarts: () => number;
  /** Resolves once the process answers for the first time, or rejects when it cannot start. */
  readonly ready: Promise<void>;
  /** Resolves when the node answers now. */
  readonly answers: () => Promise<void>;
  /** Asks it to stop and waits. */
  readonly stop: () => Promise<void>;
}

const main = fileURLToPath(new URL('../../bin/from-source.mjs', import.meta.url));
const leash = new URL('./end-with-parent.ts', import.meta.url).href;
/** Four nodes share one machine here: each collects its garbage before it has much. */
const small = ['--max-semi-space-size=4', '--max-old-space-size=512'];
const againMs = 50;
/** A node that dies this often without ever answering is misconfigured. */
const deathsMax = 5;
const stopPatienceMs = 15_000;

export function startNodeProcess(work: {
  readonly name: string;
  readonly url: string;
  readonly config: string;
  /** File that its output is appended to. */
  readonly output: string;
}): NodeProcess {
  const { name, url, config, output } = work;
  let child: ChildProcess | undefined;
  let stopping = false;
  let starts = 0;
  let answered = false;
  let exited: Promise<void> = Promise.resolve();
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);

  function start(): void {
    if (stopping) return;
    starts++;
    const file = openSync(output, 'a');
    const born = spawn(
      process.execPath,
      ['--conditions=homeward-source', ...small, '--import', leash, main, 'serve', '--config', config],
      { stdio: ['ignore', file, file, 'ipc'] },
    );
    closeSync(file);
    child = born;
    exited = new Promise((resolve) => {
      born.once('exit', () => {
        child = undefined;
        resolve();
        if (stopping) return;
        if (!answered && starts >= deathsMax) {
          fail(new Error(`The node ${name} does not start. Its output is in ${output}.`));
          return;
        }
        setTimeout(start, againMs);
      });
    });
  }

  async function untilAnswered(): Promise<void> {
    while (!stopping) {
      const status = await fetch(`${url}/v1/status`).catch(() => undefined);
      if (status?.ok === true) {
        answered = true;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  start();
  return {
    name,
    url,
    pid: () => child?.pid,
    restarts: () => starts - 1,
    ready: Promise.race([untilAnswered(), failed]),
    answers: untilAnswered,
    stop: async () => {
      stopping = true;
      const running = child;
      if (running === undefined) return;
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), stopPatienceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
