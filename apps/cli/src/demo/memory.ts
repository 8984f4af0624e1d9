/** Memory of this process and everything it started, read from /proc; other systems have no figure. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Resident bytes of the process tree below `root`, pages that several processes share counted once in proportion
 * (PSS) where the kernel tells, else each time. Undefined where there is no /proc.
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
  let total = 0;
  for (const pid of parents.keys()) if (isBelow(pid, root, parents)) total += bytesOf(pid);
  return total === 0 ? undefined : total;
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true;
  }
  return false;
}

function bytesOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
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
