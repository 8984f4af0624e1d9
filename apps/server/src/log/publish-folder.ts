/**
 * The published log as a folder of files, for any web server, CDN or `homeward verify`.
 *
 * Law     Tiles and bundles of a checkpoint are on disk before that checkpoint replaces the one before; each file
 *         appears whole. Partial tiles stay while a reader of the last checkpoint may need them.
 * Cost    The files that changed since the last checkpoint: a few, whatever the log's length.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { edgeTiles, levelSize, readCheckpoint, tilePath, tileWidth, type TileAddress } from '@homeward/tlog';

export interface FolderPublisher {
  /** Writes what this checkpoint needs and then the checkpoint itself. */
  publish(note: string, findTile: (path: string) => Promise<Uint8Array | undefined>): Promise<void>;
}

export async function openFolderPublisher(
  folder: string,
  { logKey, policyText }: { readonly logKey: string; readonly policyText: string },
): Promise<FolderPublisher> {
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, 'vkey'), new TextEncoder().encode(`${logKey}\n`));
  await writeWhole(join(folder, 'policy'), new TextEncoder().encode(policyText));
  const before = await readFile(join(folder, 'checkpoint')).catch(() => undefined);
  let last = before === undefined ? '' : before.toString('utf8');
  let size = sizeOf(last);
  /** Partial files of the checkpoint before the last: nobody asks for them any more. */
  let stale: readonly string[] = [];
  return {
    async publish(note, findTile) {
      if (note === last) return;
      const next = sizeOf(note);
      for (const address of filesBetween(size, next)) {
        const path = tilePath(address);
        const bytes = await findTile(path);
        if (bytes === undefined) throw new Error(`this node does not have its own ${path}`);
        await writeWhole(join(folder, path), bytes);
      }
      await writeWhole(join(folder, 'checkpoint'), new TextEncoder().encode(note));
      if (next !== size) {
        const needed = new Set(partialsOf(next));
        for (const path of stale) if (!needed.has(path)) await rm(join(folder, path), { force: true });
        stale = partialsOf(size);
      }
      last = note;
      size = next;
    },
  };
}

/** Tiles and bundles that a tree of `to` has and one of `from` had not. */
function* filesBetween(from: number, to: number): Generator<TileAddress> {
  if (from === to) return;
  for (let level = 0; levelSize(level, to) > 0; level += 1) {
    const had = levelSize(level, from);
    const has = levelSize(level, to);
    for (let index = Math.floor(had / tileWidth); index * tileWidth < has; index += 1) {
      const width = Math.min(tileWidth, has - index * tileWidth);
      if (level === 0) yield { level: 'entries', index, width };
      yield { level, index, width };
    }
  }
}

function partialsOf(size: number): readonly string[] {
  return edgeTiles(size)
    .filter(({ width }) => width < tileWidth)
    .flatMap((tile) => (tile.level === 0 ? [tile, { ...tile, level: 'entries' as const }] : [tile]))
    .map(tilePath);
}

function sizeOf(note: string): number {
  const read = note === '' ? undefined : readCheckpoint(new TextEncoder().encode(note));
  return read?.ok === true ? read.value.checkpoint.size : 0;
}

/** A file appears whole or not at all, also through a crash. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  await mkdir(dirname(path), { recursive: true });
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
