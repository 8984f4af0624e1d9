/** Where a published log lies: a folder or a node's address, as files by their C2SP paths. */
import { constants } from 'node:fs';
import { access, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readAtMost } from '@homeward/contract';
import type { TileSource } from '@homeward/tlog';

const timeoutMs = 30_000;
/** A bundle of 256 full entries, and some room. */
const fileBytesMax = 17_000_000;

export interface PublishedLog {
  /** How to name it to people. */
  readonly place: string;
  readonly source: TileSource;
  /** `vkey` and `policy` beside the checkpoint; nothing where there is no such file. */
  readonly readText: (name: 'vkey' | 'policy') => Promise<string | undefined>;
}

export type FoundLog =
  { readonly ok: true; readonly log: PublishedLog } | { readonly ok: false; readonly says: string };

/** Finds the log at a folder (itself or its `log/`) or a URL (a node, or a prefix where the files lie). */
export async function findLog(where: string): Promise<FoundLog> {
  return /^https?:\/\//u.test(where) ? findLogAt(where) : findLogIn(where);
}

async function findLogIn(folder: string): Promise<FoundLog> {
  for (const place of [folder, join(folder, 'log')]) {
    if ((await stat(join(place, 'checkpoint')).catch(() => undefined))?.isFile() === true) {
      return { ok: true, log: toFolderLog(place) };
    }
  }
  const isThere = (await stat(folder).catch(() => undefined)) !== undefined;
  if (isThere && !(await isReadable(folder))) {
    return { ok: false, says: `${folder} cannot be read: this account may not look into it.` };
  }
  return {
    ok: false,
    says: isThere
      ? `there is no published log in ${folder}: it has no file "checkpoint".`
      : `${folder} does not exist.`,
  };
}

/** A pipe is not waited for and a device not read: a folder may come from anyone. */
async function readPlainFile(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = await file.stat();
    if (about.isDirectory()) return await file.readFile();
    if (!about.isFile()) throw new Error(`${path} is no plain file`);
    if (about.size > fileBytesMax) throw new Error(`${path} is larger than any file of a log`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function toFolderLog(place: string): PublishedLog {
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return await readPlainFile(join(place, path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    place,
    source: {
      read,
      list: () => listBelow(place, ''),
    },
    readText: async (name) => {
      const bytes = await read(name);
      return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
    },
  };
}

/** Every file, by its path. A folder that went while it was looked through holds none: a log that grows drops some. */
async function* listBelow(place: string, under: string): AsyncGenerator<string> {
  let entries;
  try {
    entries = await readdir(join(place, under), { withFileTypes: true });
  } catch (error) {
    if (isMissing(error) && under !== '') return;
    throw error;
  }
  for (const entry of entries) {
    const path = `${under}${entry.name}`;
    if (entry.isDirectory()) yield* listBelow(place, `${path}/`);
    else yield path;
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))
  );
}

async function findLogAt(url: string): Promise<FoundLog> {
  const base = url.replace(/\/+$/u, '');
  for (const place of [base, `${base}/log`]) {
    try {
      const bytes = await readAt(`${place}/checkpoint`);
      if (bytes !== undefined) return { ok: true, log: toUrlLog(place) };
    } catch (error) {
      return { ok: false, says: `${place} cannot be read: ${reasonOf(error)}.` };
    }
  }
  return { ok: false, says: `${base} publishes no log: it has no "checkpoint".` };
}

function toUrlLog(place: string): PublishedLog {
  return {
    place,
    source: { read: async (path) => readAt(`${place}/${path}`) },
    readText: async (name) => {
      const bytes = await readAt(`${place}/${name}`);
      return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
    },
  };
}

async function readAt(url: string): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}`);
  const bytes = await readAtMost(response, fileBytesMax);
  if (bytes === undefined) throw new Error(`${url} is larger than any file of a log`);
  return bytes;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
