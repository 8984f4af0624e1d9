/** Where a published log lies: a folder or a node's address, as files by their C2SP paths. */
import { constants } from 'node:fs';
import { access, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readAtMost } from '@homeward/contract';
import { fileBytesMax, toFolderSource, toHttpSource, toReason } from '@homeward/ledger';
import type { TileSource } from '@homeward/tlog';

const timeoutMs = 30_000;

export interface PublishedLog {
  /** How to name it to people. */
  readonly place: string;
  readonly source: TileSource;
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
  const orNothing = async <T>(reading: Promise<T>): Promise<T | undefined> =>
    reading.catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  const list = async (under: string) => {
    const entries = await readdir(join(place, under), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  };
  return {
    place,
    source: toFolderSource({
      read: async (path) => orNothing(readPlainFile(join(place, path))),
      list: async (under) => (under === '' ? list(under) : orNothing(list(under))),
    }),
  };
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))
  );
}

async function findLogAt(url: string): Promise<FoundLog> {
  const base = url.replace(/\/+$/u, '');
  for (const place of [base, `${base}/log`]) {
    const source = toHttpSource(place, { fetch: fetchFile, readAtMost });
    try {
      const bytes = await source.read('checkpoint');
      if (bytes !== undefined) return { ok: true, log: { place, source } };
    } catch (error) {
      return { ok: false, says: `${place} cannot be read: ${toReason(error)}.` };
    }
  }
  return { ok: false, says: `${base} publishes no log: it has no "checkpoint".` };
}

async function fetchFile(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
}
