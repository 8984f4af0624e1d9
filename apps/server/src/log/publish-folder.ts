/**
 * The published log as a folder of files, for any web server, CDN or `homeward verify`.
 *
 * Law     A checkpoint replaces the one before only when its policy accepts it, and only after the tiles and bundles it
 *         needs, and the names they stand under, are on disk; each file appears whole. The folder never goes back to a
 *         smaller checkpoint. A partial file goes only once the full one is there and a checkpoint covers it [LG-17], so
 *         that a reader of any checkpoint, however slow, finds each tile: partial as asked for, or full.
 * Repair  The first publication after a start writes what the checkpoint needs and is not there, and clears what a kill
 *         or a loss of power left behind: unfinished files, tiles of a checkpoint that never came, superseded partials.
 * Cost    The files that changed since the last checkpoint: a few, whatever the log's length. At the first publication
 *         one listing and one look at each file.
 */
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import {
  checkpointPath,
  levelSize,
  parsePolicy,
  parseTilePath,
  readCheckpoint,
  tilePath,
  tileWidth,
  verifyByPolicy,
  type TileAddress,
} from '@homeward/tlog';
import { ed25519 } from '@homeward/keys';

export interface FolderPublisher {
  /**
   * Writes what this checkpoint needs and then the checkpoint itself. Does nothing with a checkpoint that the policy does
   * not accept (yet), or that is smaller than the one that stands. Answers the size of the one that stands then.
   */
  publish(note: string, findTile: (path: string) => Promise<Uint8Array | undefined>): Promise<number>;
}

/** Rejects where the folder cannot be written, or holds the log of another origin. */
export async function openFolderPublisher(
  folder: string,
  { logKey, policyText }: { readonly logKey: string; readonly policyText: string },
): Promise<FolderPublisher> {
  const policy = parsePolicy(Buffer.from(policyText));
  if (!policy.ok) throw new Error(`the policy cannot be read: ${policy.problem.text}`);
  const disk = new DurableFolder(folder);
  await disk.make();
  const before = await readFile(join(folder, checkpointPath)).catch(() => undefined);
  const stood = before === undefined ? undefined : readCheckpoint(before);
  const { origin, size: sizeBefore } =
    stood?.ok === true ? stood.value.checkpoint : { origin: undefined, size: 0 };
  const own = policy.value.logs.map(({ key }) => key.name);
  if (origin !== undefined && !own.includes(origin)) throw new Error(`it holds another log, ${origin}`);
  await disk.write('vkey', Buffer.from(`${logKey}\n`));
  await disk.write('policy', Buffer.from(policyText));
  await disk.settle();
  let last = before?.toString('utf8') ?? '';
  let size = sizeBefore;
  let isRepaired = false;
  return {
    async publish(note, findTile) {
      if (note === last && isRepaired) return size;
      const verified = await verifyByPolicy(Buffer.from(note), policy.value, ed25519);
      if (!verified.ok || verified.value.size < size) return size;
      const next = verified.value.size;
      const full: TileAddress[] = [];
      for (const address of filesBetween(isRepaired ? size : 0, next)) {
        if (address.width === tileWidth) full.push(address);
        const path = tilePath(address);
        if (!isRepaired && (await disk.has(path))) continue;
        const bytes = await findTile(path);
        if (bytes === undefined) throw new Error(`this node does not have its own ${path}`);
        await disk.write(path, bytes);
      }
      await disk.settle();
      if (note !== last) {
        await disk.write(checkpointPath, Buffer.from(note));
        await disk.settle();
      }
      if (isRepaired) for (const address of full) await disk.remove(`${tilePath(address)}.p`);
      else await disk.clear((path) => isLeftOver(path, next));
      last = note;
      size = next;
      isRepaired = true;
      return size;
    },
  };
}

/** Tiles and bundles that a tree of `to` has and one of `from` had not. */
function* filesBetween(from: number, to: number): Generator<TileAddress> {
  if (from === to) return;
  for (let level = 0; levelSize(level, to) > 0; level += 1) {
    const had = levelSize(level, from);
    const has = levelSize(level, to);
    if (had === has) continue;
    for (let index = Math.floor(had / tileWidth); index * tileWidth < has; index += 1) {
      const width = Math.min(tileWidth, has - index * tileWidth);
      if (level === 0) yield { level: 'entries', index, width };
      yield { level, index, width };
    }
  }
}

/** What this publisher once began or superseded, and no reader of a checkpoint of `size` asks for. */
function isLeftOver(path: string, size: number): boolean {
  const isUnfinished = path.endsWith(unfinished);
  const of = isUnfinished ? path.slice(0, -unfinished.length) : path;
  const address = parseTilePath(of);
  if (isUnfinished) return address.ok || besides.includes(of);
  if (!address.ok) return false;
  const { level, index, width } = address.value;
  const count = levelSize(level === 'entries' ? 0 : level, size);
  const isAhead = index * tileWidth + width > count;
  return isAhead || (width < tileWidth && (index + 1) * tileWidth <= count);
}

const besides = [checkpointPath, 'vkey', 'policy'];
const unfinished = '.new';

/**
 * Files that are written aside and appear together when settled, each whole or not at all, and from then on stay through a
 * loss of power.
 */
class DurableFolder {
  readonly #folder: string;
  /** Places of files that are written and have no name yet. */
  readonly #staged = new Set<string>();
  /** Folders in which a name changed since the last settling. */
  readonly #changed = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async make(): Promise<void> {
    await this.#makeFolder(this.#folder);
  }

  async has(path: string): Promise<boolean> {
    return (await stat(join(this.#folder, path)).catch(() => undefined))?.isFile() === true;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const place = join(this.#folder, path);
    const temporary = `${place}${unfinished}`;
    await this.#makeFolder(dirname(place));
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    this.#staged.add(place);
  }

  /** Gives what was written its names and puts these on disk: a file's own sync does not. */
  async settle(): Promise<void> {
    for (const place of this.#staged) {
      await rename(`${place}${unfinished}`, place);
      this.#staged.delete(place);
      this.#changed.add(dirname(place));
    }
    for (const folder of this.#changed) {
      const handle = await open(folder, 'r');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      this.#changed.delete(folder);
    }
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.#folder, path), { force: true, recursive: true });
  }

  /** Removes every file that `isLeftOver` names. */
  async clear(isLeftOver: (path: string) => boolean): Promise<void> {
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true })) {
      const path = relative(this.#folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isFile() && isLeftOver(path)) await this.remove(path);
    }
  }

  async #makeFolder(place: string): Promise<void> {
    const first = await mkdir(place, { recursive: true });
    if (first === undefined) return;
    // Each new folder is a name in the one above it.
    for (let at = place; at.length >= first.length; at = dirname(at)) this.#changed.add(dirname(at));
  }
}
