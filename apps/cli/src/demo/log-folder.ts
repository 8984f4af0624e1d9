/** The published log as files in the C2SP tile layout: what `homeward verify DIR` and any other auditor reads. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NodeClient } from '@homeward/contract';
import { edgeTiles, tilePath, tileWidth } from '@homeward/tlog';
import type { TileAddress } from '@homeward/tlog';

/** Every tile and bundle of a log of `size` entries. */
function tilesOf(size: number): readonly TileAddress[] {
  return edgeTiles(size).flatMap((edge) => {
    const row = Array.from({ length: edge.index + 1 }, (_, index) => ({
      level: edge.level,
      index,
      width: index === edge.index ? edge.width : tileWidth,
    }));
    return edge.level === 0 ? [...row, ...row.map((tile) => ({ ...tile, level: 'entries' as const }))] : row;
  });
}

/**
 * Copies the log that `client` serves into `folder`, its checkpoint last, so that a reader never meets a checkpoint
 * whose tiles are missing. Answers the size, or undefined when the node could not be read.
 */
export async function copyLog(
  client: NodeClient,
  folder: string,
  verifierKey: string,
): Promise<number | undefined> {
  const checkpoint = await client.findCheckpoint();
  if (!checkpoint.ok) return undefined;
  const size = Number(checkpoint.body.split('\n')[1]);
  for (const address of tilesOf(size)) {
    const path = tilePath(address);
    const tile = await client.findTile(path);
    if (!tile.ok) return undefined;
    await put(join(folder, path), tile.body);
  }
  await put(join(folder, 'vkey'), `${verifierKey.trim()}\n`);
  await put(join(folder, 'checkpoint'), checkpoint.body);
  return size;
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
