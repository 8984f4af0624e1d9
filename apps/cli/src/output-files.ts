/**
 * Where results go, judged before the work begins: an hour of linking must not end in a folder that cannot be
 * written, nor a result replace the list that it was made from.
 */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What to say of the first output that cannot be written or would replace something else; nothing when all are fine. */
export function findOutputFault(
  /** Paths by option, for example `--out`; options that were not given are undefined. */
  outputs: Readonly<Record<string, string | undefined>>,
  inputs: readonly string[],
): string | undefined {
  const taken = new Map<string, string>();
  for (const path of inputs) taken.set(toRealPath(path), `the input ${path}`);
  for (const [option, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    const real = toRealPath(path);
    const owner = taken.get(real);
    if (owner !== undefined) return `${option} ${path} would replace ${owner}; name another file.`;
    taken.set(real, `what ${option} writes`);
    const fault = findFault(path);
    if (fault !== undefined) return `${option} ${path} cannot be written: ${fault}.`;
  }
  return undefined;
}

function findFault(path: string): string | undefined {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isDirectory() === true) return 'it is a folder';
  if (file !== undefined && !file.isFile()) return 'it is not an ordinary file';
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    return `there is no folder ${folder}`;
  try {
    accessSync(folder, constants.W_OK);
    if (file !== undefined) accessSync(path, constants.W_OK);
  } catch {
    return 'this account may not write there';
  }
  return undefined;
}

/** One name for a file however it is spelled or linked; for one that is not there yet, by its folder's. */
function toRealPath(path: string): string {
  for (const [there, rest] of [
    [path, ''],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      return join(realpathSync(there), rest);
    } catch {
      // Not there: the folder has the next say.
    }
  }
  return path;
}
