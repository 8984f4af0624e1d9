/**
 * A published log in a folder: its files by their paths, and all of them by name, so that none is left unread.
 *
 * Contract  The caller brings the reading, and refuses there what is no plain file or larger than `fileBytesMax`.
 */
import type { TileSource } from '@homeward/tlog';

export interface FolderPorts {
  /** The bytes of a file below the folder; nothing where there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** What lies in a folder below the folder ('' for itself); nothing where there is no such folder. */
  readonly list: (
    path: string,
  ) => Promise<readonly { readonly name: string; readonly isFolder: boolean }[] | undefined>;
}

/** Deepest folder of a log: `tile/<level>/` and six groups of digits. A hostile folder may go deeper, or round. */
const depthMax = 12;

export function toFolderSource({ read, list }: FolderPorts): TileSource {
  /** A folder that went while it was looked through holds nothing: a log that grows drops some. */
  async function* below(under: string, depth: number): AsyncGenerator<string> {
    for (const { name, isFolder } of (await list(under)) ?? []) {
      const path = `${under}${name}`;
      if (!isFolder) yield path;
      else if (depth < depthMax) yield* below(`${path}/`, depth + 1);
      else yield `${path}/`;
    }
  }
  return { read, list: () => below('', 0) };
}
