/** Memory of this process and everything it started, read from /proc; other systems have no figure. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Resident bytes of the process tree below `root`: the private pages of each process, and the shared pages of the
 * one that shares most (PostgreSQL's buffers, one program's code), since those are the same pages in every other.
 * Undefined where there is no /proc. Cost: two small reads per process of the machine.
 */
export function measureTree(root: number): number | undefined {
  const parents = new Map<number, number>();
  let names: readonly string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return undefined;
  }
  for (const name of names) {
    const stat = read(`/proc/${name}/stat`);
    // The command name, in parentheses, may hold spaces and parentheses itself.
    const parent = /^\) \S (\d+)/.exec(stat.slice(stat.lastIndexOf(')')))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  let own = 0;
  let shared = 0;
  for (const pid of parents.keys()) {
    if (!isBelow(pid, root, parents)) continue;
    const [, resident = 0, common = 0] = read(`/proc/${pid}/statm`).split(' ').map(Number);
    own += resident - common;
    shared = Math.max(shared, common);
  }
  return own === 0 ? undefined : (own + shared) * pageBytes;
}

/** The page of Linux on x86-64 and arm64 as it is built for PCs and servers. */
const pageBytes = 4_096;

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true;
  }
  return false;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Samples the tree of this process until stopped; answers the highest figure seen. */
export function watchPeak(everyMs: number): { readonly stop: () => number | undefined } {
  let peak: number | undefined;
  const sample = (): void => {
    const now = measureTree(process.pid);
    if (now !== undefined) peak = Math.max(peak ?? 0, now);
  };
  sample();
  const timer = setInterval(sample, everyMs);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      sample();
      return peak;
    },
  };
}
